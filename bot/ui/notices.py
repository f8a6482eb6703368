"""Short private messages that any handler may need."""

from collections.abc import Sequence

import discord

from bot.content.library import Library
from bot.content.texts import Texts
from bot.ui.control import Control
from bot.ui.parts import Style, button, row, rule, screen, shortened

_SHOWN_BACK = 3000


def sentence(text: str) -> discord.ui.LayoutView:
    """One sentence."""
    return screen(text)


def charter(library: Library, group: str, then: Control | None) -> discord.ui.LayoutView:
    """The charter, and a button that accepts it and leads on to what was pressed before."""
    argument = f"{then.token}.{then.verb}.{then.argument}" if then is not None else ""
    accept = button(library.texts("charter-accept"), Control(group, "accept", argument), Style.primary)
    return screen(library.texts("charter-head"), library.charter, row(accept))


def charter_accepted(texts: Texts, then: Control | None) -> discord.ui.LayoutView:
    """Thanks, and the way on."""
    go_on = button(texts("go-on"), then, Style.primary) if then is not None else None
    return screen(texts("charter-accepted"), row(go_on))


def given_back(
    texts: Texts, why: str, draft: str, written: Sequence[str], *, late: bool = False
) -> discord.ui.LayoutView:
    """Why it was not posted, what was typed, and how to go on; ``late``: not by sending it again."""
    typed = "\n\n".join(written)
    shown = shortened(typed, _SHOWN_BACK)
    return screen(
        why,
        rule() if shown else None,
        shown or None,
        rule(),
        f"-# {texts('given-back-late' if late else 'given-back')}",
        kept_draft(texts, draft, late=late),
    )


def kept_draft(
    texts: Texts, draft: str, *, late: bool = False
) -> discord.ui.ActionRow[discord.ui.LayoutView] | None:
    """What can be done with a draft."""
    return row(
        None if late else button(texts("given-back-edit"), Control(draft, "edit"), Style.primary),
        button(texts("given-back-discard"), Control(draft, "discard")),
    )


def discard_question(texts: Texts, draft: str) -> discord.ui.LayoutView:
    """Before a draft is thrown away."""
    return screen(
        texts("given-back-sure"),
        row(
            button(texts("given-back-sure-yes"), Control(draft, "discard-now"), Style.danger),
            button(texts("given-back-edit"), Control(draft, "edit")),
        ),
    )
