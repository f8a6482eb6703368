"""The private rating: which card comes when, what evidence it asks for, how far the group is."""

import hashlib
from collections.abc import Sequence
from typing import Literal

from bot.content.models import Mechanism
from bot.formulation.session import Session, Walk

Progress = Literal["none", "some", "most", "all"]
CLAIMED = 3


def order(mechanisms: Sequence[Mechanism], person_key: str) -> tuple[str, ...]:
    """Mechanism ids in this member's own order: ordinary care first, the amplifier last.

    Ordinary care is the null hypothesis; the others are shuffled per member so that no mechanism
    profits from its place; countertransference is a question of its own at the end.
    """

    def place(mechanism: Mechanism) -> tuple[int, bytes]:
        rank = 0 if mechanism.null_hypothesis else 2 if mechanism.amplifier else 1
        return rank, hashlib.sha256(f"{person_key}:{mechanism.id}".encode()).digest()

    return tuple(mechanism.id for mechanism in sorted(mechanisms, key=place))


def following(cards: Sequence[str], card: str, walk: Walk) -> str | None:
    """The first card after ``card`` without a fit, then the first of all; None when every one has one."""
    after = cards.index(card) + 1
    return next((each for each in (*cards[after:], *cards[:after]) if each not in walk.fits), None)


def evidence_wanted(walk: Walk, cards: Sequence[str], rule: str) -> tuple[str, ...]:
    """The mechanisms whose fit asks for what speaks for and against it.

    ``highest``: the highest fit above 0, of equals the one this member met first; ``claimed``: each
    fit of 3 or 4; ``all``: each that has a fit.
    """
    rated = {card: fit for card in cards if (fit := walk.fits.get(card)) is not None}
    if rule == "all":
        return tuple(rated)
    if rule == "claimed":
        return tuple(card for card, fit in rated.items() if fit >= CLAIMED)
    highest = max(rated, key=lambda card: rated[card], default=None)
    return (highest,) if highest is not None and rated[highest] > 0 else ()


def is_complete(walk: Walk, cards: Sequence[str]) -> bool:
    """Whether every card has a fit or a "can't tell"."""
    return all(card in walk.fits for card in cards)


def progress(session: Session, mechanism_count: int) -> Progress:
    """How much of the group has rated every card; never who, never a number."""
    raters = session.raters
    ready = sum(len(session.walk(person).fits) >= mechanism_count for person in raters)
    if not raters or not ready:
        return "none"
    if ready == len(raters):
        return "all"
    return "most" if ready * 2 > len(raters) else "some"
