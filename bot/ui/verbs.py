"""A verb: what one control does, and who may."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import discord

from bot.services.access import Who
from bot.ui.answers import Answer, Fields, Request
from bot.ui.control import Control

Handler = Callable[[Request], Awaitable[Answer]]
FormBuilder = Callable[[Request, Fields], discord.ui.Modal | Awaitable[discord.ui.Modal]]


@dataclass(frozen=True)
class Verb:
    """``press`` answers a button or a select. With a ``form``, pressing opens it and ``submit`` takes it.

    ``checked`` names the fields of the form that go through the identifier review before anyone sees
    them (``checks_all``: every one); ``keeps`` those that come back to their author where the text has a
    review of its own (``keeps_all``: every one). ``opened_as``: the control that the form answers to,
    where it says more than the one that was pressed. ``about_session``: the token is that of what it is
    about, a session, a vignette or a case. ``begins_session``: whoever uses it comes into the session of that
    token, and open plans of theirs from earlier ones come first.
    """

    name: str
    who: Who
    press: Handler | None = None
    form: FormBuilder | None = None
    submit: Handler | None = None
    checked: tuple[str, ...] = ()
    checks_all: bool = False
    keeps: tuple[str, ...] = ()
    keeps_all: bool = False
    opened_as: Callable[[Request], Control] | None = None
    about_session: bool = True
    begins_session: bool = False
