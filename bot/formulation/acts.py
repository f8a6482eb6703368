"""Everything that can happen to a session, and who may let it happen when."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from bot.content.protocols import StepKind
from bot.formulation.session import OutcomeKind, Person

Who = Literal["anyone", "member", "rater", "presenter", "facilitator", "leading", "clock"]
"""``anyone`` may be outside the session; ``member`` is everyone in it; a ``rater`` takes part and does
not present; ``leading`` are presenter and facilitator; ``clock`` is no person."""


@dataclass(frozen=True)
class Join:
    """Come in as a member. ``key`` is fresh randomness and becomes the person's key."""

    key: str


@dataclass(frozen=True)
class StepOut:
    """Leave, or let it pass because one may know the client: the same act, so that nobody can tell."""


@dataclass(frozen=True)
class Facilitate:
    """Take the facilitator's role where nobody has it, or where its holder is gone; comes in if need be."""

    key: str


@dataclass(frozen=True)
class HandOver:
    """Give the facilitator's role to somebody who is in the session."""

    user: int


@dataclass(frozen=True)
class SignOfLife:
    """The facilitator looked at the panel."""


@dataclass(frozen=True)
class MakeRoom:
    """Let everyone take part: observers become members, up to the most that fit."""


@dataclass(frozen=True)
class Next:
    """Go on from ``seen``, the moment on the button that was pressed."""

    seen: str


@dataclass(frozen=True)
class Skip:
    """Go on from ``seen`` although something of it is missing."""

    seen: str


@dataclass(frozen=True)
class GoBack:
    """Return to the moment before ``seen``; never behind the reveal."""

    seen: str


@dataclass(frozen=True)
class MoreTime:
    """Two minutes more for ``seen``, as far as there are any that nobody else was promised."""

    seen: str


@dataclass(frozen=True)
class MoveDate:
    """Another date for ``seen``, in slow mode, once: ``due_at`` is an evening of a weekday."""

    seen: str
    due_at: int


@dataclass(frozen=True)
class Pause:
    """Hold the clock, or let it go on."""

    on: bool


@dataclass(frozen=True)
class SlowDown:
    """Ask for a slower pace in ``seen``. Nobody is told who asked."""

    seen: str


@dataclass(frozen=True)
class End:
    """Close the session here. Without ``handout`` the presenter is offered none."""

    handout: bool = True


@dataclass(frozen=True)
class TakeCaseBack:
    """Stop, and erase the case with everything that was made of it."""


@dataclass(frozen=True)
class TimeUp:
    """The clock: the time of ``seen`` has come, whatever there is to be said about it by now."""

    seen: str


@dataclass(frozen=True)
class DoneHere:
    """Be done with ``seen``, in slow mode: when all are, it ends before its date."""

    seen: str


@dataclass(frozen=True)
class WantNudge:
    """Want to be told once a step, privately, that something is open; or not any more."""

    on: bool


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
class Restate:
    """The presenter's question, put anew."""

    question: str


@dataclass(frozen=True)
class ChooseWay:
    """How the group works in the steps that follow this one."""

    way: str


@dataclass(frozen=True)
class Contribute:
    """One short line; ``key`` is that of the form, so that a form sent twice gives one."""

    key: str
    text: str


@dataclass(frozen=True)
class TakeNote:
    """The presenter's private notes, as they stand now."""

    text: str


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
class RateAgain:
    """A second fit, of a mechanism that was talked about."""

    mechanism: str
    fit: int | None


@dataclass(frozen=True)
class RateForMyself:
    """The presenter's own fit, which no figure of the group's ever holds."""

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
class TakeBack:
    """An author takes something of their own back: ``what`` as ``reveal.own_lines`` calls it."""

    what: str


@dataclass(frozen=True)
class SetAside:
    """The presenter does not want a line looked at: ``line`` is its id in the reveal."""

    line: str


@dataclass(frozen=True)
class SetTopicAside:
    """The presenter does not want ``seen`` talked about: on to what comes after it."""

    seen: str


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
    question: str = ""


@dataclass(frozen=True)
class SayGoodbye:
    """One word for everyone and the one private item."""

    word: str
    looked_after: int | None


@dataclass(frozen=True)
class TellBack:
    """What became of an earlier plan, told under one's own name. ``key``: told again it takes its place."""

    key: str
    text: str


@dataclass(frozen=True)
class Strand:
    """The thread is gone or closed to the bot: the session can't go on."""


@dataclass(frozen=True)
class Forget:
    """Everything that came from this person goes, and the person with it."""


Act = (
    Join
    | StepOut
    | Facilitate
    | HandOver
    | SignOfLife
    | MakeRoom
    | Next
    | Skip
    | GoBack
    | MoreTime
    | MoveDate
    | Pause
    | SlowDown
    | End
    | TakeCaseBack
    | TimeUp
    | DoneHere
    | WantNudge
    | Tell
    | Ask
    | Reply
    | Restate
    | ChooseWay
    | Contribute
    | TakeNote
    | Suppose
    | Rate
    | RateAgain
    | RateForMyself
    | Observe
    | FinishWalk
    | TakeBack
    | SetAside
    | SetTopicAside
    | AllowOwnSide
    | Respond
    | Decide
    | SayGoodbye
    | TellBack
    | Strand
    | Forget
)


def admits(who: Who, person: Person | None) -> bool:
    """Whether ``person`` (None for someone outside the session) is among ``who``; the clock is nobody."""
    if who == "anyone":
        return True
    if person is None or who == "clock":
        return False
    match who:
        case "member":
            return True
        case "rater":
            return person.role in ("facilitator", "member")
        case "leading":
            return person.role in ("presenter", "facilitator")
        case _:
            return who == person.role


@dataclass(frozen=True)
class Rule:
    """Who may do it, and in which kinds of step; no kinds mean any, also after the close."""

    who: Who
    kinds: frozenset[str] | None = None


RUNNING = frozenset(get_args(StepKind)) - {"handout"}

RULES: Mapping[type[Act], Rule] = MappingProxyType(
    {
        Join: Rule("anyone", RUNNING),
        StepOut: Rule("anyone"),
        Facilitate: Rule("anyone", RUNNING),
        HandOver: Rule("facilitator", RUNNING),
        SignOfLife: Rule("facilitator"),
        MakeRoom: Rule("facilitator", RUNNING),
        Next: Rule("facilitator"),
        Skip: Rule("facilitator"),
        GoBack: Rule("facilitator", RUNNING),
        MoreTime: Rule("facilitator", RUNNING),
        MoveDate: Rule("facilitator", RUNNING),
        Pause: Rule("leading", RUNNING),
        SlowDown: Rule("member", RUNNING),
        End: Rule("facilitator"),
        TakeCaseBack: Rule("presenter"),
        TimeUp: Rule("clock"),
        DoneHere: Rule("member", RUNNING),
        WantNudge: Rule("member", RUNNING),
        Tell: Rule("presenter", frozenset({"arrive", "telling"})),
        Ask: Rule("rater", frozenset({"facts"})),
        Reply: Rule("presenter", frozenset({"facts", "restate", "choose", "gather", "ratings"})),
        Restate: Rule("presenter", frozenset({"restate"})),
        ChooseWay: Rule("leading", frozenset({"choose"})),
        Contribute: Rule("rater", frozenset({"gather"})),
        TakeNote: Rule("presenter", RUNNING),
        Suppose: Rule("rater", frozenset({"ratings"})),
        Rate: Rule("rater", frozenset({"ratings"})),
        RateAgain: Rule("rater", frozenset({"second-ratings"})),
        RateForMyself: Rule("presenter", frozenset({"ratings"})),
        Observe: Rule("rater", frozenset({"ratings"})),
        FinishWalk: Rule("rater", frozenset({"ratings"})),
        TakeBack: Rule("member"),
        SetAside: Rule("presenter"),
        SetTopicAside: Rule("presenter", frozenset({"talk"})),
        AllowOwnSide: Rule("presenter", frozenset({"reveal"})),
        Respond: Rule("presenter", frozenset({"answer", "step"})),
        Decide: Rule("presenter", frozenset({"step", "close"})),
        SayGoodbye: Rule("member", frozenset({"close"})),
        TellBack: Rule("member", RUNNING),
        Strand: Rule("clock"),
        Forget: Rule("anyone"),
    }
)
