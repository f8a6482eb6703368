"""The private rating: which card comes when, what evidence it asks for, who is done with a step."""

import hashlib
from collections.abc import Sequence
from typing import Literal

from bot.content.models import Mechanism
from bot.content.protocols import Evidence as EvidenceRule
from bot.content.protocols import Step
from bot.formulation.session import Person, Session, Walk

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


def following(cards: Sequence[str], card: str, rated: Sequence[str]) -> str | None:
    """The first card after ``card`` that is not rated yet, then the first of all; None when every one is."""
    after = cards.index(card) + 1
    return next((each for each in (*cards[after:], *cards[:after]) if each not in rated), None)


def evidence_wanted(walk: Walk, cards: Sequence[str], rule: EvidenceRule) -> tuple[str, ...]:
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


def is_done(session: Session, step: Step, person: Person) -> bool:
    """Whether ``person`` has given to ``step`` all that it asks of them, or says that they have."""
    walk = session.walk(person)
    match step.kind:
        case "telling":
            return bool(session.account)
        case "ratings":
            return walk.done
        case "second-ratings":
            return all(topic in walk.again for topic in session.talked_about)
        case "restate":
            return session.restated is not None
        case "choose":
            return step.id in session.chosen
        case "answer":
            return session.answer is not None
        case "step":
            return session.outcome is not None
        case "close":
            return person.key in session.closings
        case _:
            return person.key in session.done


def asked_in(session: Session, step: Step) -> tuple[Person, ...]:
    """Whom ``step`` asks for something."""
    presenter = tuple(person for person in session.present if person.role == "presenter")
    match step.kind:
        case "telling" | "restate" | "choose" | "answer" | "step":
            return presenter
        case "ratings" | "gather":
            return session.raters
        case "second-ratings":
            # Whoever came after the first has nothing to compare a second one with.
            return tuple(person for person in session.raters if session.walk(person).fits)
        case "arrive" | "handout":
            return ()
        case _:
            # A presenter under an alias may take part as a member too, and is not asked twice.
            return session.raters if session.alias is not None else (*presenter, *session.raters)


def progress(session: Session, step: Step) -> Progress:
    """How much of the group is done with ``step``; never who, never a number."""
    asked = asked_in(session, step)
    ready = sum(is_done(session, step, person) for person in asked)
    if not ready:
        return "none"
    if ready == len(asked):
        return "all"
    return "most" if ready * 2 > len(asked) else "some"
