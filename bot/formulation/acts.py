"""Everything that can happen to a session, and who may let it happen when."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from bot.formulation.session import OutcomeKind, Person

Who = Literal["anyone", "member", "rater", "presenter", "facilitator", "clock"]
"""``anyone`` may be outside the session; ``member`` is everyone in it; ``clock`` is no person."""


@dataclass(frozen=True)
class Join:
    """Come in as a member. ``key`` is fresh randomness and becomes the person's key."""

    key: str


@dataclass(frozen=True)
class Facilitate:
    """Take the facilitator's role where nobody has it; comes in on the way if need be."""

    key: str


@dataclass(frozen=True)
class Next:
    """Go on from ``seen``, the moment on the button that was pressed. ``seed`` shuffles a reveal."""

    seen: str
    seed: str


@dataclass(frozen=True)
class Pause:
    """Hold the clock, or let it go on."""

    on: bool


@dataclass(frozen=True)
class End:
    """Close the session here."""


@dataclass(frozen=True)
class TimeUp:
    """The minutes of ``seen`` have run out."""

    seen: str


@dataclass(frozen=True)
class Tell:
    """The presenter's account."""

    account: str


@dataclass(frozen=True)
class Ask:
    """A factual question; ``key`` is that of the form, so that a form sent twice asks once."""

    key: str
    question: str


@dataclass(frozen=True)
class Reply:
    """The presenter's answer to one factual question."""

    fact: str
    answer: str


@dataclass(frozen=True)
class Suppose:
    """The open line before the cards; empty skips it."""

    idea: str


@dataclass(frozen=True)
class Rate:
    """One fit, 0 to 4, or None for "can't tell"."""

    mechanism: str
    fit: int | None


@dataclass(frozen=True)
class Observe:
    """What speaks for and against one mechanism."""

    mechanism: str
    speaks_for: str
    speaks_against: str


@dataclass(frozen=True)
class FinishWalk:
    """Say that one is done, which changes what this member is shown and nothing for the group."""


@dataclass(frozen=True)
class AllowOwnSide:
    """Whether countertransference may be talked about. Only the presenter says so, privately."""

    allowed: bool


@dataclass(frozen=True)
class Respond:
    """The presenter's own answer to what the group saw."""

    fits: tuple[str, ...]
    something_else: bool
    text: str


@dataclass(frozen=True)
class Decide:
    """The one step the presenter leaves with."""

    kind: OutcomeKind
    strategy: str = ""
    cue: str = ""
    action: str = ""


@dataclass(frozen=True)
class SayGoodbye:
    """One word for everyone and the one private item."""

    word: str
    looked_after: int | None


@dataclass(frozen=True)
class Strand:
    """The thread is gone or closed to the bot: the session can't go on."""


@dataclass(frozen=True)
class Forget:
    """Everything that came from this person goes, and the person with it."""


Act = (
    Join
    | Facilitate
    | Next
    | Pause
    | End
    | TimeUp
    | Tell
    | Ask
    | Reply
    | Suppose
    | Rate
    | Observe
    | FinishWalk
    | AllowOwnSide
    | Respond
    | Decide
    | SayGoodbye
    | Strand
    | Forget
)


def admits(who: Who, person: Person | None) -> bool:
    """Whether ``person`` (None for someone outside the session) is among ``who``; the clock is nobody."""
    if who == "anyone":
        return True
    if person is None or who == "clock":
        return False
    return who in ("member", person.role) or (who == "rater" and person.role != "presenter")


@dataclass(frozen=True)
class Rule:
    """Who may do it, and in which kinds of step; no kinds mean any, also after the close."""

    who: Who
    kinds: frozenset[str] | None = None


_BEFORE_REVEAL = frozenset({"arrive", "telling", "facts", "ratings"})
_AFTER_REVEAL = frozenset({"reveal", "talk", "answer", "step", "close"})
_RUNNING = _BEFORE_REVEAL | _AFTER_REVEAL

RULES: Mapping[type[Act], Rule] = MappingProxyType(
    {
        Join: Rule("anyone", _RUNNING),
        Facilitate: Rule("anyone", _RUNNING),
        Next: Rule("facilitator"),
        Pause: Rule("facilitator", _RUNNING),
        End: Rule("facilitator"),
        TimeUp: Rule("clock"),
        Tell: Rule("presenter", frozenset({"arrive", "telling"})),
        Ask: Rule("rater", frozenset({"facts"})),
        Reply: Rule("presenter", frozenset({"facts", "ratings"})),
        Suppose: Rule("rater", frozenset({"ratings"})),
        Rate: Rule("rater", frozenset({"ratings"})),
        Observe: Rule("rater", frozenset({"ratings"})),
        FinishWalk: Rule("rater", frozenset({"ratings"})),
        AllowOwnSide: Rule("presenter", frozenset({"reveal"})),
        Respond: Rule("presenter", frozenset({"answer", "step"})),
        Decide: Rule("presenter", frozenset({"step", "close"})),
        SayGoodbye: Rule("member", frozenset({"close"})),
        Strand: Rule("clock"),
        Forget: Rule("anyone"),
    }
)
