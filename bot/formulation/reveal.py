"""What becomes visible at the reveal, derived from the walks each time it is shown."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.models import Mechanism
from bot.formulation.session import Session
from bot.formulation.spread import Spread, spread


@dataclass(frozen=True)
class Seen:
    """One mechanism as the group saw it: figures only from four raters on, observations shuffled."""

    mechanism: str
    spread: Spread | None
    cannot_tell: int
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


@dataclass(frozen=True)
class Revealed:
    """Everything the reveal shows, in the order of the mechanisms, without a trace of who said it."""

    seen: tuple[Seen, ...]
    ideas: tuple[str, ...]

    @property
    def figures(self) -> bool:
        """Whether any mechanism has a figure."""
        return any(each.spread is not None for each in self.seen)


def revealed(session: Session, mechanisms: Sequence[Mechanism], seed: str) -> Revealed:
    """The reveal of ``session``. Equal seeds shuffle equally, whoever is asked and after any restart."""
    walks = [session.walk(person) for person in session.raters]

    def shuffled(about: str, lines: list[str]) -> tuple[str, ...]:
        # Sorted first: otherwise the order of joining would show through a known seed.
        kept = sorted(line for line in lines if line)
        random.Random(f"{seed}:{about}").shuffle(kept)  # noqa: S311 - a shuffle to be repeated, not a secret
        return tuple(kept)

    def seen(mechanism: str) -> Seen:
        rated = [walk.fits[mechanism] for walk in walks if mechanism in walk.fits]
        evidence = [walk.evidence[mechanism] for walk in walks if mechanism in walk.evidence]
        return Seen(
            mechanism,
            spread(fit for fit in rated if fit is not None),
            rated.count(None),
            shuffled(f"{mechanism}:for", [each.speaks_for for each in evidence]),
            shuffled(f"{mechanism}:against", [each.speaks_against for each in evidence]),
        )

    return Revealed(
        tuple(seen(mechanism.id) for mechanism in mechanisms),
        shuffled("ideas", [walk.idea or "" for walk in walks]),
    )


@dataclass(frozen=True)
class Observation:
    """One line of the reveal: ``about`` is a mechanism id, or empty for an idea beside the six."""

    about: str
    speaks_for: bool
    text: str


PAGE_CHARACTERS = 3000
_BULLET = 3
"""Characters that stand around each line: a dash, a space, the end of the line."""


def pages(shown: Revealed) -> tuple[tuple[Observation, ...], ...]:
    """The observations in posts of at most ``PAGE_CHARACTERS``, bullets counted, none of them lost.

    One that is longer by itself has a post of its own.
    """
    lines = [
        Observation(seen.mechanism, speaks_for, text)
        for seen in shown.seen
        for speaks_for, texts in ((True, seen.speaks_for), (False, seen.speaks_against))
        for text in texts
    ]
    lines += [Observation("", speaks_for=True, text=idea) for idea in shown.ideas]
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
