"""The group's list of words: how long it is, and what can be done with it. Its words are never shown."""

from bot.content.texts import Texts
from bot.services.words import MOST_GROUP_WORDS
from bot.ui.control import Control
from bot.ui.parts import Style, View, button, row, screen


def panel(texts: Texts, token: str, count: int, note: str | None = None) -> View:
    """The list; ``note`` says what has just been done with it."""
    return screen(
        note,
        texts("words-head", count=count, most=MOST_GROUP_WORDS),
        row(
            button(texts("words-add"), Control(token, "words-add"), Style.primary),
            button(texts("words-remove"), Control(token, "words-remove")) if count else None,
            button(texts("words-empty"), Control(token, "words-empty")) if count else None,
        ),
    )


def empty_question(texts: Texts, token: str, count: int) -> View:
    """Once more, before the list is emptied."""
    return screen(
        texts("words-empty-ask", count=count),
        row(
            button(texts("words-empty-yes"), Control(token, "words-empty-now"), Style.danger),
            button(texts("button-back"), Control(token, "words")),
        ),
    )
