"""What becomes visible at the reveal and after it, derived from what people gave each time it is shown."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.content.models import Mechanism
from bot.formulation.session import Evidence, Person, Session, Walk
from bot.formulation.spread import Change, Spread, change, spread

Side = Literal["for", "against", "idea", "line"]
"""``for`` and ``against`` a mechanism, an ``idea`` beside the six, or a ``line`` that a step gathered."""


@dataclass(frozen=True)
class Observation:
    """One thing that somebody wrote, without a trace of who.

    ``about`` is the mechanism or the step it belongs to, empty for an idea. ``id`` names it as long as it
    is worded so.
    """

    about: str
    side: Side
    text: str
    id: str


@dataclass(frozen=True)
class Seen:
    """One mechanism as the group saw it: figures only from four raters on, observations shuffled."""

    mechanism: str
    spread: Spread | None
    cannot_tell: int
    observations: tuple[Observation, ...]

    def of(self, side: Side) -> tuple[str, ...]:
        """The texts that speak for it, or against it."""
        return tuple(each.text for each in self.observations if each.side == side)


@dataclass(frozen=True)
class Revealed:
    """Everything the reveal shows, in the order of the mechanisms, without a trace of who said it."""

    seen: tuple[Seen, ...]
    ideas: tuple[Observation, ...]

    @property
    def figures(self) -> bool:
        """Whether any mechanism has a figure."""
        return any(each.spread is not None for each in self.seen)

    @property
    def observations(self) -> tuple[Observation, ...]:
        """All of them, in the order in which they are shown."""
        return (*(each for seen in self.seen for each in seen.observations), *self.ideas)


def revealed(session: Session, mechanisms: Sequence[Mechanism], seed: str) -> Revealed:
    """The reveal of ``session``. Equal seeds shuffle equally, whoever is asked and after any restart.

    What its author took back is not in it, and neither is what the presenter set aside.
    """
    walks = session.walks.values()

    def seen(mechanism: str) -> Seen:
        rated = [walk.fits[mechanism] for walk in walks if mechanism in walk.fits]
        evidence = [walk.evidence[mechanism] for walk in walks if mechanism in walk.evidence]
        return Seen(
            mechanism,
            spread(fit for fit in rated if fit is not None),
            rated.count(None),
            (
                *_shown(session, seed, mechanism, "for", [each.speaks_for for each in evidence]),
                *_shown(session, seed, mechanism, "against", [each.speaks_against for each in evidence]),
            ),
        )

    return Revealed(
        tuple(seen(mechanism.id) for mechanism in mechanisms),
        _shown(session, seed, "", "idea", [walk.idea or "" for walk in walks]),
    )


def gathered(session: Session, step: str) -> tuple[Observation, ...]:
    """The lines that a step gathered and that are visible by now."""
    lines = [line.text for line in session.lines if line.step == step]
    return _shown(session, session.seed, step, "line", lines)


def _shown(session: Session, seed: str, about: str, side: Side, texts: list[str]) -> tuple[Observation, ...]:
    # Sorted first: otherwise the order of joining would show through a known seed.
    kept = sorted(text for text in texts if text)
    random.Random(f"{seed}:{about}:{side}").shuffle(kept)  # noqa: S311 - a shuffle to be repeated, not a secret
    shown = [Observation(about, side, text, _id(seed, about, side, text)) for text in kept]
    return tuple(each for each in shown if each.id not in session.set_aside)


def _id(seed: str, *named: str) -> str:
    return hashlib.sha256("\0".join((seed, *named)).encode()).hexdigest()[:8]


def changes(session: Session) -> dict[str, Change]:
    """How the fits of what was talked about moved from the first rating to the second; see ``change``."""
    walks = [walk for walk in session.walks.values() if walk.again]
    found: dict[str, Change] = {}
    for topic in session.talked_about:
        pairs = [(walk.fits.get(topic), walk.again[topic]) for walk in walks if topic in walk.again]
        moved = change((before, after) for before, after in pairs if before is not None and after is not None)
        if moved is not None:
            found[topic] = moved
    return found


@dataclass(frozen=True)
class Own:
    """Something that its author may take back; ``what`` is how ``take_back`` finds it."""

    what: str
    about: str
    side: Side
    text: str


def own_lines(session: Session, person: Person) -> tuple[Own, ...]:
    """Everything that ``person`` gave the group to read; what they told of a plan with their name."""
    walk = session.walk(person)
    found = [Own("idea", "", "idea", walk.idea or "")]
    for mechanism, evidence in walk.evidence.items():
        found.append(Own(f"{mechanism}.for", mechanism, "for", evidence.speaks_for))
        found.append(Own(f"{mechanism}.against", mechanism, "against", evidence.speaks_against))
    found += [
        Own(f"line.{line.key}", line.step, "line", line.text)
        for line in session.lines
        if line.by == person.key
    ]
    found += [
        Own(f"told.{told.key}", "", "line", told.text) for told in session.told_back if told.by == person.key
    ]
    return tuple(own for own in found if own.text)


def without_own(session: Session, person: Person, what: str) -> Session:
    """The session after ``person`` took one of their own lines back; unchanged where it is none of theirs."""
    if what not in {own.what for own in own_lines(session, person)}:
        return session
    about, _, side = what.rpartition(".")
    if about == "line":
        return session.model_copy(update={"lines": tuple(line for line in session.lines if line.key != side)})
    if about == "told":
        kept = tuple(told for told in session.told_back if told.key != side)
        return session.model_copy(update={"told_back": kept})
    walk = session.walk(person)
    return session.model_copy(update={"walks": {**session.walks, person.key: _without(walk, about, side)}})


def _without(walk: Walk, mechanism: str, side: str) -> Walk:
    if not mechanism:
        return walk.model_copy(update={"idea": ""})
    seen = walk.evidence[mechanism]
    kept = Evidence(
        speaks_for="" if side == "for" else seen.speaks_for,
        speaks_against="" if side == "against" else seen.speaks_against,
    )
    return walk.model_copy(update={"evidence": {**walk.evidence, mechanism: kept}})


PAGE_CHARACTERS = 3000
_BULLET = 3
"""Characters that stand around each line: a dash, a space, the end of the line."""


def pages(lines: Sequence[Observation]) -> tuple[tuple[Observation, ...], ...]:
    """Observations in posts of at most ``PAGE_CHARACTERS``, bullets counted, none of them lost.

    One that is longer by itself has a post of its own.
    """
    paged: list[list[Observation]] = []
    room = 0
    for line in lines:
        size = len(line.text) + _BULLET
        if not paged or size > room:
            paged.append([])
            room = PAGE_CHARACTERS
        paged[-1].append(line)
        room -= size
    return tuple(tuple(page) for page in paged)


def topics(shown: Revealed, mechanisms: Sequence[Mechanism], room: int, *, own_side: bool) -> tuple[str, ...]:
    """What to talk about: the widest split first, of equals the higher median; at most ``room`` of them.

    Countertransference is an amplifier, not a rival: it is a topic only where the presenter said
    yes to ``own_side``, and never the first. Without figures there is none, and the group goes round.
    """
    amplifiers = {mechanism.id for mechanism in mechanisms if mechanism.amplifier}
    figures = [(each.mechanism, each.spread) for each in shown.seen if each.spread is not None]
    figures.sort(key=lambda pair: (-pair[1].width, -pair[1].median))
    rivals = [mechanism for mechanism, _ in figures if mechanism not in amplifiers]
    chosen = rivals[:room]
    if own_side and chosen and room > 1:
        amplifier = next((mechanism for mechanism, _ in figures if mechanism in amplifiers), None)
        if amplifier is not None:
            chosen = [*chosen[: room - 1], amplifier]
    return tuple(chosen)
