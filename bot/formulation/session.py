"""A session as it is stored: one aggregate, frozen, changed only by ``transition``."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Role = Literal["presenter", "facilitator", "member", "observer"]
Mode = Literal["voice", "text", "slow"]
Status = Literal["open", "closed", "stranded"]
OutcomeKind = Literal["plan", "receive", "watch", "ask", "consult"]

NOBODY = 0
"""The user id of a presenter whom only an alias names."""
MOST_PEOPLE = 25
USUAL_PEOPLE = 8
FEWEST_PEOPLE = 3


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(_Frozen):
    """Someone in the session. ``key`` is random and stands for them where a user id must not.

    ``away``: they stepped out, for whatever reason; nothing tells the reasons apart. ``nudge``: they want
    to be told once a step, privately, that something of theirs is open.
    """

    key: str
    user: int
    role: Role
    away: bool = False
    nudge: bool = False


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


class Line(_Frozen):
    """One short line that a member gave to a step which gathers them. Who gave it is not shown."""

    key: str
    step: str
    by: str
    text: str


class Walk(_Frozen):
    """One member's private ratings. ``idea`` is None until it is written or skipped (then empty).

    ``fits`` holds 0 to 4, or None for "can't tell". A fit counts from its tap on, whether or not
    ``done`` was ever pressed. ``again`` holds the second ratings, of what was talked about.
    """

    idea: str | None = None
    fits: dict[str, int | None] = {}
    evidence: dict[str, Evidence] = {}
    done: bool = False
    again: dict[str, int | None] = {}


_UNWALKED = Walk()


class Reveal(_Frozen):
    """What was decided at the reveal: the shuffle, and (when the talk begins) the topics in their order."""

    seed: str
    topics: tuple[str, ...]


class Answer(_Frozen):
    """The presenter's own answer. ``fits`` are mechanism ids; nothing chosen is an answer too."""

    fits: tuple[str, ...]
    something_else: bool
    text: str


class Outcome(_Frozen):
    """The one step: an if-then plan (``cue``, ``action``), or one of its equals.

    ``question`` is what to ask the client, where that is the step; it may be empty.
    """

    kind: OutcomeKind
    strategy: str = ""
    cue: str = ""
    action: str = ""
    question: str = ""


class ToldBack(_Frozen):
    """What somebody chose to tell of a plan from an earlier session. ``by`` is a person's key, and shown."""

    key: str
    by: str
    text: str


class Closing(_Frozen):
    """One word for everyone, and one private item: 0 "we thought with them" to 4 "we looked after them"."""

    word: str
    looked_after: int | None


class Session(_Frozen):
    """One run of a protocol over one case. Instants are whole seconds since 1970, UTC.

    How it runs: ``mode`` and, unless it is slow, ``minutes``; ``zone`` is the group's; ``seed`` shuffles
    what is shown without names; ``room`` is how many take part before others come in as observers.

    ``exhibits`` are label and text of what the case was prepared with: a rating can point at them.

    ``walks`` and ``closings`` go by the key of a person. ``account`` is None until it is written, and
    shown from ``told`` on. ``opened`` names the steps whose hidden contributions have become visible,
    ``set_aside`` the mechanisms and lines that the presenter does not want looked at. ``own_fits`` and
    ``note`` are the presenter's alone.

    Where the case is a ``vignette``, its presenter is known by that vignette's ``alias`` alone: their person
    has the user id ``NOBODY``, and whoever opens the vignette's seal acts as it.

    About the present step: ``time_up`` says that its minutes have run out, ``reserve_called`` that the
    presenter's time has begun and the facilitator knows; ``extra_seconds`` were added to it; ``slower`` was
    asked for; ``done`` holds the keys of those who are done with it. In slow mode ``due_at`` is when it
    ends at the latest; it was ``graced`` with one day more, its date ``moved`` by hand, or people ``nudged``.
    """

    token: str
    group: str
    protocol: str
    language: str = "en"
    mode: Mode = "text"
    minutes: int
    zone: str = "UTC"
    seed: str = ""
    room: int = MOST_PEOPLE
    retention_days: int
    title: str
    question: str
    account: str | None
    told: bool = False
    restated: str | None = None
    exhibits: tuple[tuple[str, str], ...] = ()
    people: tuple[Person, ...]
    step: str
    topic: int = 0
    status: Status = "open"
    started_at: int
    step_began_at: int
    paused_at: int | None = None
    paused_seconds: int = 0
    extra_seconds: int = 0
    time_up: bool = False
    reserve_called: bool = False
    slower: bool = False
    done: tuple[str, ...] = ()
    due_at: int | None = None
    graced: bool = False
    moved: bool = False
    nudged: bool = False
    facilitator_seen_at: int | None = None
    facts: tuple[Fact, ...] = ()
    chosen: dict[str, str] = {}
    lines: tuple[Line, ...] = ()
    opened: tuple[str, ...] = ()
    walks: dict[str, Walk] = {}
    own_fits: dict[str, int | None] = {}
    note: str = ""
    reveal: Reveal | None = None
    set_aside: tuple[str, ...] = ()
    own_side_may_be_talked_about: bool | None = None
    alias: str | None = None
    vignette: str | None = None
    answer: Answer | None = None
    outcome: Outcome | None = None
    closings: dict[str, Closing] = {}
    told_back: tuple[ToldBack, ...] = ()
    ended_early: bool = False
    taken_back: bool = False
    handout_withheld: bool = False
    closed_at: int | None = None

    @property
    def present(self) -> tuple[Person, ...]:
        """Everyone who has not stepped out."""
        return tuple(person for person in self.people if not person.away)

    def person(self, user: int) -> Person | None:
        """Whoever has this user id here, or None, also for one who stepped out."""
        return next((person for person in self.present if person.user == user), None)

    def known(self, user: int) -> Person | None:
        """Whoever has this user id, also one who stepped out."""
        return next((person for person in self.people if person.user == user), None)

    def holder(self, role: Role) -> Person | None:
        """The presenter or the facilitator, or None where nobody is."""
        return next((person for person in self.present if person.role == role), None)

    @property
    def raters(self) -> tuple[Person, ...]:
        """Everyone who takes part but the presenter."""
        return tuple(person for person in self.present if person.role in ("facilitator", "member"))

    @property
    def topics(self) -> tuple[str, ...]:
        """What was chosen to be talked about, in its order; a moment counts its topics here."""
        return self.reveal.topics if self.reveal is not None else ()

    @property
    def talked_about(self) -> tuple[str, ...]:
        """The topics without those that the presenter set aside: these are rated a second time."""
        return tuple(topic for topic in self.topics if topic not in self.set_aside)

    @property
    def topic_now(self) -> str | None:
        """The mechanism that is talked about, or None where none is."""
        topic = self.topics[self.topic] if self.topic < len(self.topics) else None
        return topic if topic in self.talked_about else None

    def walk(self, person: Person) -> Walk:
        """This person's ratings so far."""
        return self.walks.get(person.key, _UNWALKED)
