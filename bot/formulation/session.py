"""A session as it is stored: one aggregate, frozen, changed only by ``transition``."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Role = Literal["presenter", "facilitator", "member"]
Status = Literal["open", "closed", "stranded"]
OutcomeKind = Literal["plan", "watch", "ask", "consult"]

MOST_PEOPLE = 25
FEWEST_PEOPLE = 3


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(_Frozen):
    """Someone in the session. ``key`` is random and stands for them where a user id must not."""

    key: str
    user: int
    role: Role


class Fact(_Frozen):
    """A factual question and, once given, the presenter's short answer. Who asked is not shown."""

    key: str
    asked_by: str
    question: str
    answer: str | None = None


class Evidence(_Frozen):
    """What one member saw that speaks for and against one mechanism. Either may be empty."""

    speaks_for: str
    speaks_against: str


class Walk(_Frozen):
    """One member's private ratings. ``idea`` is None until it is written or skipped (then empty).

    ``fits`` holds 0 to 4, or None for "can't tell". A fit counts from its tap on, whether or not
    ``done`` was ever pressed.
    """

    idea: str | None = None
    fits: dict[str, int | None] = {}
    evidence: dict[str, Evidence] = {}
    done: bool = False


_UNWALKED = Walk()


class Reveal(_Frozen):
    """What was decided at the moment of the reveal: the shuffle and which topics, widest split first."""

    seed: str
    topics: tuple[str, ...]


class Answer(_Frozen):
    """The presenter's own answer. ``fits`` are mechanism ids; nothing chosen is an answer too."""

    fits: tuple[str, ...]
    something_else: bool
    text: str


class Outcome(_Frozen):
    """The one step: an if-then plan, or leaving it and watching, or a question, or a consultation."""

    kind: OutcomeKind
    strategy: str = ""
    cue: str = ""
    action: str = ""


class Closing(_Frozen):
    """One word for everyone, and one private item: 0 "we thought with them" to 4 "we looked after them"."""

    word: str
    looked_after: int | None


class Session(_Frozen):
    """One run of a protocol over one case. Instants are whole seconds since 1970, UTC.

    ``walks`` and ``closings`` go by the key of a person. ``account`` is None until it
    is written, and shown from ``told`` on.
    ``time_up`` says that the minutes of this step have run out and the facilitator was told.
    """

    token: str
    group: str
    protocol: str
    language: str = "en"
    minutes: int
    retention_days: int
    title: str
    question: str
    account: str | None
    told: bool = False
    people: tuple[Person, ...]
    step: str
    topic: int = 0
    status: Status = "open"
    started_at: int
    step_began_at: int
    paused_at: int | None = None
    paused_seconds: int = 0
    time_up: bool = False
    facts: tuple[Fact, ...] = ()
    walks: dict[str, Walk] = {}
    reveal: Reveal | None = None
    own_side_may_be_talked_about: bool | None = None
    answer: Answer | None = None
    outcome: Outcome | None = None
    closings: dict[str, Closing] = {}
    ended_early: bool = False
    closed_at: int | None = None

    def person(self, user: int) -> Person | None:
        """Whoever has this user id here, or None."""
        return next((person for person in self.people if person.user == user), None)

    def holder(self, role: Role) -> Person | None:
        """The presenter or the facilitator, or None where nobody is."""
        return next((person for person in self.people if person.role == role), None)

    @property
    def raters(self) -> tuple[Person, ...]:
        """Everyone but the presenter."""
        return tuple(person for person in self.people if person.role != "presenter")

    def walk(self, person: Person) -> Walk:
        """This person's ratings so far."""
        return self.walks.get(person.key, _UNWALKED)
