"""A verb: what one control does, and who may."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import discord

from bot.services.access import Who
from bot.ui.answers import Answer, Fields, Request

Handler = Callable[[Request], Awaitable[Answer]]
FormBuilder = Callable[[Request, Fields], discord.ui.Modal]


@dataclass(frozen=True)
class Verb:
    """``press`` answers a button or a select. With a ``form``, pressing opens it and ``submit`` takes it.

    ``checked`` names the fields of the form that go through the identifier review before anyone sees
    them; ``keeps`` those that come back to their author where it has a review of its own.
    ``about_session``: the token is that of what it is about, a session or a vignette.
    """

    name: str
    who: Who
    press: Handler | None = None
    form: FormBuilder | None = None
    submit: Handler | None = None
    checked: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    about_session: bool = True
