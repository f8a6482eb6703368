"""Everything that can happen to a commitment. Instants are seconds UTC."""

from dataclasses import dataclass

from bot.commitments.commitment import Timing


@dataclass(frozen=True)
class Rewrite:
    """Its owner changed it: it stays open, in other words."""

    cue: str
    action: str
    now: int


@dataclass(frozen=True)
class Keep:
    """Its owner did it, and perhaps wrote a line for themselves."""

    line: str
    now: int


@dataclass(frozen=True)
class Drop:
    """Its owner lets it go, and perhaps wrote a line for themselves."""

    line: str
    now: int


@dataclass(frozen=True)
class NotYet:
    """The moment didn't come: it stays, and its cue is the next one."""

    now: int


@dataclass(frozen=True)
class Remind:
    """Its owner wants to be reminded."""

    timing: Timing
    now: int


@dataclass(frozen=True)
class StopReminding:
    """Its owner wants no more notes about it. The commitment stays."""

    now: int


@dataclass(frozen=True)
class ComeDue:
    """Whatever is due by ``now`` is sent, or skipped where it is too late for it."""

    now: int


@dataclass(frozen=True)
class Fade:
    """Notes that have had their time by ``now`` go."""

    now: int


@dataclass(frozen=True)
class Open:
    """Its owner looked at a note."""

    number: int


@dataclass(frozen=True)
class Snooze:
    """A note comes once more, at ``at``."""

    number: int
    at: int


@dataclass(frozen=True)
class Offered:
    """Its owner saw it at a visit."""

    now: int


@dataclass(frozen=True)
class Undelivered:
    """A note could not be delivered."""

    number: int


@dataclass(frozen=True)
class Told:
    """Its owner has heard that a note could not be delivered."""


Act = (
    Rewrite
    | Keep
    | Drop
    | NotYet
    | Remind
    | StopReminding
    | ComeDue
    | Fade
    | Open
    | Snooze
    | Offered
    | Undelivered
    | Told
)
