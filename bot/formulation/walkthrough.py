"""Walking a protocol: simulated people take a session of it to its end, and note where it goes wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.content.models import Mechanism
from bot.content.protocols import GUIDE_WORDS, Protocol, Step
from bot.content.wording import count_words
from bot.formulation import acts
from bot.formulation.acts import Act
from bot.formulation.moving import due_at
from bot.formulation.posts import PostKey, posts
from bot.formulation.reveal import changes, revealed
from bot.formulation.script import Script, moment
from bot.formulation.session import FEWEST_PEOPLE, MOST_PEOPLE, Mode, Person, Session
from bot.formulation.spread import FEWEST_RATERS
from bot.formulation.transition import transition
from bot.formulation.walk import asked_in, evidence_wanted, is_done, order
from bot.refusal import Refusal

Rule = Literal[
    "refused", "failed", "stuck", "passed-by", "long-guide", "late-reserve", "late-end", "few-raters"
]
"""What is wrong with a step: what it asks for is ``refused``, or has ``failed``; nothing leads out of it, or
the session passes it by; its guide is too long for a board; the presenter's own time begins late with it, or
the session ends late with it; it shows a figure that too few stand behind."""

CROWDS = (FEWEST_PEOPLE, 6, MOST_PEOPLE)
PRESENTER, FACILITATOR = 1, 2
_NAME = "walk"
_BEGINS_AT = 1_700_000_000
_MOST_WAKINGS = 10
"""How often the clock may come to one moment of a slow session: for nudges, its date, a day more."""
_FITS: tuple[int | None, ...] = (0, 1, 2, 3, 4, None)


@dataclass(frozen=True)
class Course:
    """One way to walk a protocol; ``minutes`` mean nothing in slow mode.

    ``idle`` people leave a slow session to its dates: they come in, the account is there, nobody does more.
    """

    mode: Mode
    minutes: int
    people: int
    idle: bool = False


@dataclass(frozen=True)
class Problem:
    """What is wrong in a step; ``refusal`` is the key of the refusal that was met there, if one was."""

    step: str
    rule: Rule
    refusal: str = ""


def courses(protocol: Protocol) -> Iterator[Course]:
    """Every way to walk ``protocol``: all its modes and lengths, with each number of people in ``CROWDS``."""
    for people in CROWDS:
        for minutes in protocol.lengths:
            yield Course("voice", minutes, people)
            yield Course("text", minutes, people)
        if protocol.can_be_slow:
            yield Course("slow", protocol.lengths[0], people)
            yield Course("slow", protocol.lengths[0], people, idle=True)


def walk(protocol: Protocol, mechanisms: Sequence[Mechanism], course: Course) -> tuple[Problem, ...]:
    """Take a session of ``protocol`` to its end; gives what went wrong on the way, each thing once.

    The people are a presenter, a facilitator and members, three or more together. In every step they do
    what it asks of them. Live, each step uses all its minutes, talks and gatherings are extended, and the
    facilitator goes on; in slow mode everyone is done early, unless they are idle.
    """
    walker = _Walker(protocol, mechanisms, course)
    try:
        walker.to_the_end()
    except Refusal as refusal:
        walker.note("refused", refusal=refusal.key)
    except Exception:  # noqa: BLE001 - whatever comes up, it is the step that must be named
        walker.note("failed")
    return tuple(dict.fromkeys(walker.problems))


class _Walker:
    def __init__(self, protocol: Protocol, mechanisms: Sequence[Mechanism], course: Course) -> None:
        self.problems: list[Problem] = []
        self._protocol, self._mechanisms, self._course = protocol, mechanisms, course
        self._script = Script(protocol, course.mode, course.minutes)
        self._slow = course.mode == "slow"
        self._at = _BEGINS_AT
        first = self._script.steps[0]
        session = Session(
            token=_NAME,
            group=_NAME,
            protocol=protocol.id,
            mode=course.mode,
            minutes=course.minutes,
            seed=_NAME,
            retention_days=1,
            title="title",
            question="question",
            account="account" if course.idle else None,
            people=(Person(key="presenter", user=PRESENTER, role="presenter"),),
            step=first.id,
            started_at=self._at,
            step_began_at=self._at,
        )
        self._session = session.model_copy(update={"due_at": due_at(first, self._at, session)})

    def note(self, rule: Rule, step: str = "", refusal: str = "") -> None:
        """Note a problem of ``step``, or else of the one that the session is in."""
        self.problems.append(Problem(step or self._session.step, rule, refusal))

    def to_the_end(self) -> None:
        """Go on until the session is over or nothing leads on; raises what a change raises."""
        self._look()
        while self._session.status == "open":
            here, left = self._here, self._step
            self._do_what_is_asked()
            if self._here == here:
                self._go_on(here)
            if self._here == here or self._place(self._step) < self._place(left):
                self.note("stuck", left.id)
                return

    @property
    def _here(self) -> str:
        return str(moment(self._session))

    @property
    def _step(self) -> Step:
        return self._script.step(self._session)

    def _place(self, step: Step) -> int:
        return self._script.steps.index(step)

    def _do(self, by: int | None, act: Act) -> None:
        before = self._session
        after = transition(before, act, by, self._at, self._protocol, self._mechanisms)
        if after == before:
            return
        self._session = after
        self._look()
        if after.step != before.step:
            self._look_back(before)

    # Going on

    def _go_on(self, here: str) -> None:
        if self._course.idle:
            for _ in range(_MOST_WAKINGS):
                if self._here == here:
                    self._clock_comes(here)
        elif self._slow:
            self._be_done(here)
        else:
            self._clock_comes(here)
            if self._step.kind in ("talk", "gather"):
                self._extend(here)
            self._do(FACILITATOR, acts.Next(here))

    def _clock_comes(self, here: str) -> None:
        """Let time pass until the clock wants to come, and let it come."""
        wakes_at = self._script.wakes_at(self._session)
        if wakes_at is None:
            return
        self._at = max(self._at, wakes_at)
        self._do(None, acts.TimeUp(here))
        again = self._script.wakes_at(self._session)
        if self._here == here and again is not None and again <= self._at:
            self.note("stuck")

    def _extend(self, here: str) -> None:
        try:
            self._do(FACILITATOR, acts.MoreTime(here))
        except Refusal as refusal:
            # Where all minutes were promised to others, saying so is right.
            if refusal.key != "no-minutes-left":
                raise
        else:
            self._clock_comes(here)

    def _be_done(self, here: str) -> None:
        asked = asked_in(self._session, self._step)
        for person in asked:
            self._do(person.user, acts.DoneHere(here))
        if not asked:
            self._do(FACILITATOR, acts.Next(here))

    # What a step asks

    def _do_what_is_asked(self) -> None:
        step = self._step
        if step.kind == "arrive":
            self._come_in()
        elif not self._course.idle and not self._session.topic:
            for act in self._asked_of_presenter(step):
                self._do(PRESENTER, act)
            for place, person in enumerate(self._session.raters):
                for act in self._asked_of_rater(step, place, person):
                    self._do(person.user, act)
            for fact in self._session.facts if step.kind == "facts" else ():
                self._do(PRESENTER, acts.Reply(fact.key, "answer"))

    def _come_in(self) -> None:
        self._do(FACILITATOR, acts.Facilitate("facilitator"))
        for user in range(FACILITATOR + 1, self._course.people + 1):
            self._do(user, acts.Join(f"member-{user}"))
        self._do(self._course.people, acts.WantNudge(on=True))

    def _asked_of_presenter(self, step: Step) -> Iterator[Act]:
        match step.kind:
            case "telling" if not (self._course.mode == "voice" and step.spoken):
                yield acts.Tell("account")
            case "restate":
                yield acts.Restate("question")
            case "choose":
                yield acts.ChooseWay(step.options[self._course.people % len(step.options)].id)
            case "ratings":
                yield from (acts.RateForMyself(mechanism.id, 2) for mechanism in self._mechanisms)
            case "reveal":
                yield acts.AllowOwnSide(allowed=True)
            case "answer":
                yield acts.Respond((), something_else=True, text="answer")
            case "step":
                yield acts.Decide("plan", cue="cue", action="action")
            case "close":
                yield acts.SayGoodbye("word", 2)
            case _:
                return

    def _asked_of_rater(self, step: Step, place: int, person: Person) -> Iterator[Act]:
        """``place`` tells the raters apart, so that they don't all see the same."""
        match step.kind:
            case "facts":
                yield acts.Ask(person.key, f"question of {person.key}")
            case "gather":
                for number in range(step.lines or 1):
                    name = f"{step.id} {number} of {person.key}"
                    yield acts.Contribute(name, name)
            case "ratings":
                yield from self._rating(place, person)
            case "second-ratings":
                if person in asked_in(self._session, step):
                    for number, topic in enumerate(self._session.talked_about):
                        yield acts.RateAgain(topic, _fit(place, number + 1))
            case "close":
                yield acts.SayGoodbye("word", 2)
            case _:
                return

    def _rating(self, place: int, person: Person) -> Iterator[Act]:
        yield acts.Suppose(f"idea of {person.key}")
        for number, mechanism in enumerate(self._mechanisms):
            yield acts.Rate(mechanism.id, _fit(place, number))
        cards = order(self._mechanisms, person.key)
        for mechanism in evidence_wanted(self._session.walk(person), cards, self._script.evidence):
            yield acts.Observe(mechanism, f"for of {person.key}", f"against of {person.key}")
        yield acts.FinishWalk()

    # What must be so

    def _look(self) -> None:
        """At what the group sees just now."""
        if PostKey("board") not in posts(self._session, self._script, self._mechanisms):
            self.note("failed")
        if count_words(self._script.guide(self._session)) > GUIDE_WORDS:
            self.note("long-guide")

    def _look_back(self, before: Session) -> None:
        """At the way from the step of ``before`` to the present one."""
        left, here = self._script.step(before), self._step
        for step in self._script.steps[self._place(left) + 1 : self._place(here)]:
            if not self._needs_no_time(step):
                self.note("passed-by", step.id)
        self._look_at_figures()
        if self._slow:
            return
        reserve = self._script.reserve_begins(self._session)
        if reserve is not None and here.reserve and not left.reserve and self._at > reserve:
            self.note("late-reserve")
        if self._session.status != "open" and self._at > self._script.ends_at(self._session):
            self.note("late-end", left.id)

    def _needs_no_time(self, step: Step) -> bool:
        """Whether a slow session may pass ``step`` by, since nothing that it asks for is missing."""
        asked = asked_in(self._session, step)
        return self._slow and all(is_done(self._session, step, person) for person in asked)

    def _look_at_figures(self) -> None:
        session = self._session
        if session.reveal is None:
            return
        shown = revealed(session, self._mechanisms, session.reveal.seed).seen
        figures = {seen.mechanism for seen in shown if seen.spread is not None} | changes(session).keys()
        for mechanism in figures:
            if sum(walk.fits.get(mechanism) is not None for walk in session.walks.values()) < FEWEST_RATERS:
                self.note("few-raters")


def _fit(place: int, number: int) -> int | None:
    return _FITS[(place + number) % len(_FITS)]
