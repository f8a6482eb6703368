"""Everything that can happen to a reminder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.reminders.reminder import How
from bot.reminders.rules import Rule


@dataclass(frozen=True)
class Repertoire:
    """The strategies there are, by id, and which of them weigh more for this person."""

    strategies: Sequence[str]
    weights: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True)
class ComeDue:
    """Whatever is due by ``now`` (seconds UTC) is sent, or skipped where it is too late for it."""

    now: int
    repertoire: Repertoire


@dataclass(frozen=True)
class Fade:
    """Notes that have had their time by ``now`` (seconds UTC) go."""

    now: int


@dataclass(frozen=True)
class Open:
    """Somebody looked at a note."""

    number: int


@dataclass(frozen=True)
class Answer:
    """What became of a note. The last answer counts."""

    number: int
    how: How


@dataclass(frozen=True)
class Another:
    """Another strategy in the place of the one ``seen`` in this note: pressed twice it is one other."""

    number: int
    seen: str
    repertoire: Repertoire


@dataclass(frozen=True)
class Snooze:
    """The strategy of a note comes once more, at ``at`` (seconds UTC)."""

    number: int
    at: int


@dataclass(frozen=True)
class Pause:
    """Nothing more until it is resumed."""

    now: int


@dataclass(frozen=True)
class Resume:
    """It goes on from ``now`` (seconds UTC); what was due meanwhile does not come."""

    now: int


@dataclass(frozen=True)
class Skip:
    """The one that is due at ``at`` (seconds UTC) does not come."""

    at: int


@dataclass(frozen=True)
class Stop:
    """Its owner wants no more of these."""

    now: int


@dataclass(frozen=True)
class ChangeRule:
    """It comes at other times from ``now`` (seconds UTC) on."""

    rule: Rule
    now: int


@dataclass(frozen=True)
class Undelivered:
    """A note could not be delivered."""

    number: int


@dataclass(frozen=True)
class Told:
    """Its owner has heard that a note could not be delivered."""


Act = (
    ComeDue
    | Fade
    | Open
    | Answer
    | Another
    | Snooze
    | Pause
    | Resume
    | Skip
    | Stop
    | ChangeRule
    | Undelivered
    | Told
)
