"""The card of a case on a phone: short answers whole, long ones folded into the thread."""

from dataclasses import dataclass

from bot.cases.case import Answered, Case
from bot.cases.excerpts import excerpt, pieces, shares, whole

CARD_CHARACTERS = 3000
"""Of all labels and answers on a card together; what stands around them has room beside that."""
PAGE_CHARACTERS = 3000


@dataclass(frozen=True)
class Shown:
    """One answer on a card. ``folded``: there is more of it than ``text``, which ends in an ellipsis then."""

    label: str
    text: str
    folded: bool


def card(case: Case) -> tuple[Shown, ...]:
    """The shared answers in their order, within ``CARD_CHARACTERS``, whatever was typed."""
    return folded(case.shared)


def folded(answered: Answered, most: int = CARD_CHARACTERS) -> tuple[Shown, ...]:
    """Answers within ``most`` characters, labels counted: what does not fit is cut, the longest first."""
    texts = [whole(answer) for _, answer in answered]
    room = most - sum(len(field.label) for field, _ in answered)
    given = shares([len(text) for text in texts], room)
    return tuple(
        Shown(field.label, excerpt(text, share), len(text) > share)
        for (field, _), text, share in zip(answered, texts, given, strict=True)
    )


def thread_pages(case: Case) -> tuple[tuple[str, str], ...]:
    """What the card folds, whole: label and text of one post each, of at most ``PAGE_CHARACTERS``."""
    return tuple(
        (shown.label, piece)
        for shown, (_, answer) in zip(card(case), case.shared, strict=True)
        if shown.folded
        for piece in pieces(answer, PAGE_CHARACTERS)
    )
