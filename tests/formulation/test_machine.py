"""Whole sessions at random: anyone does anything at any time, and some things hold all the same."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.content.protocols import Step, StepKind
from bot.formulation import acts
from bot.formulation.acts import RULES, Act, admits
from bot.formulation.calendar import evenings_after
from bot.formulation.giving import lines_in_sight
from bot.formulation.posts import PostKey, Version, posts
from bot.formulation.reveal import changes, own_lines, revealed
from bot.formulation.script import Script, moment
from bot.formulation.session import FEWEST_PEOPLE, MOST_PEOPLE, Mode, OutcomeKind, Session
from bot.formulation.spread import change
from bot.formulation.transition import transition
from bot.refusal import Refusal
from tests.formulation.evening import (
    BEGIN,
    OWN_SIDE,
    PRESENTER,
    PROTOCOLS,
    SIX,
    library,
    new_session,
    protocol,
)

MECHANISMS = library().mechanisms
IDS = tuple(mechanism.id for mechanism in MECHANISMS)
USERS = tuple(range(101, 110))
PEOPLE = (PRESENTER, *USERS)
STEPS = sorted({step.id for named in PROTOCOLS for step in protocol(named).steps})
WAYS = sorted({way.id for named in PROTOCOLS for step in protocol(named).steps for way in step.options})
FITS = (0, 0, 1, 2, 3, 4, 4, None, -1, 5)
MODES: tuple[Mode, ...] = ("voice", "text", "slow")
RUNS: list[tuple[str, Mode]] = [
    (named, mode) for named in PROTOCOLS for mode in MODES if mode != "slow" or protocol(named).can_be_slow
]
WEIGHED: list[tuple[str, Mode]] = [*RUNS, *(run for run in RUNS if run[0] == SIX for _ in range(2))]
KEYS = tuple(f"key-{number}" for number in range(6))

HERE, WORDS, FRESH = "<here>", "<words>", "<fresh>"
"""In a drawn act: the moment of now, words that nobody has used before, a key that nobody has."""
TEXTS = (WORDS, WORDS, WORDS, WORDS, "", " \n")


def some_moment(dice: Random) -> str:
    return dice.choice([HERE, HERE, HERE, f"{dice.choice(STEPS)}.{dice.randrange(3)}"])


def some_moment_of_now(dice: Random) -> str:
    return dice.choice([HERE, HERE, HERE, "talk.1", "talk.2"])


ACTS: dict[type[Act], Callable[[Random], Act]] = {
    acts.Join: lambda _: acts.Join(FRESH),
    acts.StepOut: lambda _: acts.StepOut(),
    acts.Facilitate: lambda _: acts.Facilitate(FRESH),
    acts.HandOver: lambda dice: acts.HandOver(dice.choice(PEOPLE)),
    acts.SignOfLife: lambda _: acts.SignOfLife(),
    acts.MakeRoom: lambda _: acts.MakeRoom(),
    acts.Next: lambda dice: acts.Next(some_moment(dice)),
    acts.Skip: lambda dice: acts.Skip(some_moment(dice)),
    acts.GoBack: lambda dice: acts.GoBack(some_moment(dice)),
    acts.MoreTime: lambda dice: acts.MoreTime(some_moment(dice)),
    acts.MoveDate: lambda dice: acts.MoveDate(some_moment(dice), dice.randrange(-1, 11)),
    acts.Pause: lambda dice: acts.Pause(dice.choice([True, False])),
    acts.SlowDown: lambda dice: acts.SlowDown(some_moment(dice)),
    acts.End: lambda dice: acts.End(dice.choice([True, False])),
    acts.TakeCaseBack: lambda _: acts.TakeCaseBack(),
    acts.TimeUp: lambda dice: acts.TimeUp(some_moment(dice)),
    acts.DoneHere: lambda dice: acts.DoneHere(some_moment(dice)),
    acts.WantNudge: lambda dice: acts.WantNudge(dice.choice([True, True, False])),
    acts.Tell: lambda dice: acts.Tell(dice.choice(TEXTS)),
    acts.Ask: lambda dice: acts.Ask(dice.choice(KEYS), dice.choice(TEXTS)),
    acts.Reply: lambda dice: acts.Reply(dice.choice(KEYS), dice.choice(TEXTS)),
    acts.Restate: lambda dice: acts.Restate(dice.choice(TEXTS)),
    acts.ChooseWay: lambda dice: acts.ChooseWay(dice.choice(WAYS)),
    acts.Contribute: lambda dice: acts.Contribute(dice.choice([*KEYS, FRESH]), dice.choice(TEXTS)),
    acts.TakeNote: lambda dice: acts.TakeNote(dice.choice(TEXTS)),
    acts.Suppose: lambda dice: acts.Suppose(dice.choice(TEXTS)),
    acts.Rate: lambda dice: acts.Rate(dice.choice(IDS), dice.choice(FITS)),
    acts.RateAgain: lambda dice: acts.RateAgain(dice.choice(IDS), dice.choice(FITS)),
    acts.RateForMyself: lambda dice: acts.RateForMyself(dice.choice(IDS), dice.choice(FITS)),
    acts.Observe: lambda dice: acts.Observe(dice.choice(IDS), dice.choice(TEXTS), dice.choice(TEXTS)),
    acts.FinishWalk: lambda _: acts.FinishWalk(),
    acts.TakeBack: lambda dice: acts.TakeBack(
        dice.choice(["idea", *(f"{what}.{key}" for what in ("line", "told") for key in KEYS)])
    ),
    acts.SetAside: lambda _: acts.SetAside("0123abcd"),
    acts.SetTopicAside: lambda dice: acts.SetTopicAside(some_moment_of_now(dice)),
    acts.AllowOwnSide: lambda dice: acts.AllowOwnSide(dice.choice([True, True, False])),
    acts.Respond: lambda dice: acts.Respond(
        tuple(dice.sample(IDS, dice.randrange(3))), dice.choice([True, False]), dice.choice(TEXTS)
    ),
    acts.Decide: lambda dice: acts.Decide(
        dice.choice(get_args(OutcomeKind)), "cue", *(dice.choice(TEXTS) for _ in range(3))
    ),
    acts.SayGoodbye: lambda dice: acts.SayGoodbye(dice.choice(TEXTS), dice.choice(FITS)),
    acts.TellBack: lambda dice: acts.TellBack(dice.choice([*KEYS, FRESH]), dice.choice(TEXTS)),
    acts.Strand: lambda _: acts.Strand(),
    acts.Forget: lambda _: acts.Forget(),
}
# What ends a session or takes something out of it comes by a rule of its own, or no session would get far.
ENDING = {acts.End, acts.Strand, acts.Forget, acts.TakeCaseBack}
BREAKS = (acts.End(), acts.Strand(), acts.Forget(), acts.TakeCaseBack())
# Each of these says by itself that something more is wanted, or that somebody is still here.
COUNTED = (acts.MoreTime, acts.SignOfLife)
MOVERS = {
    acts.Next: "facilitator",
    acts.Skip: "facilitator",
    acts.GoBack: "facilitator",
    acts.End: "facilitator",
    acts.SetTopicAside: "presenter",
    acts.TakeCaseBack: "presenter",
}
PRESENTERS_OWN: tuple[StepKind, ...] = ("telling", "restate", "choose", "answer", "step")
NEVER_SHOWN = ("note", "cue", "action", "question")

Slot = tuple[Any, ...]
"""Where a text stands: what it is, then whose it is or what it is about."""


def words_in(shown: object) -> set[str]:
    return set(re.findall(r"words\d{5}", shown if isinstance(shown, str) else repr(shown)))


def written_by(act: Act, by: int | None, step: str) -> list[tuple[Slot, str]]:
    """The texts of an act and where they stand, in place of what stood there."""
    match act:
        case acts.Tell(text):
            return [(("account",), text)]
        case acts.Ask(key, text):
            return [(("fact", key, by), text)]
        case acts.Reply(key, text):
            return [(("reply", key), text)]
        case acts.Contribute(key, text):
            return [(("line", key, by, step), text)]
        case acts.TellBack(key, text):
            return [(("told", key, by), text)]
        case acts.Observe(mechanism, speaks_for, speaks_against):
            return [(("for", by, mechanism), speaks_for), (("against", by, mechanism), speaks_against)]
        case acts.Decide("plan", _, cue, action):
            return [(("cue",), cue), (("action",), action)]
        case acts.Decide("ask", question=question):
            return [(("question",), question)]
        case _:
            return [(slot, text) for slot, text in _of_one_slot(act, by) if text is not None]


def _of_one_slot(act: Act, by: int | None) -> list[tuple[Slot, str | None]]:
    return [
        (("restated",), act.question if isinstance(act, acts.Restate) else None),
        (("note",), act.text if isinstance(act, acts.TakeNote) else None),
        (("idea", by), act.idea if isinstance(act, acts.Suppose) else None),
        (("answer",), act.text if isinstance(act, acts.Respond) else None),
        (("word", by), act.word if isinstance(act, acts.SayGoodbye) else None),
    ]


INVARIANTS: list[str] = []


def holds(function: Callable[..., None]) -> Callable[..., None]:
    """Whatever happens, this holds after it."""
    INVARIANTS.append(function.__name__)
    return invariant()(function)


class SessionMachine(RuleBasedStateMachine):
    """A session, and beside it a ledger of what each person has given that must be in it, and no more."""

    def __init__(self) -> None:
        super().__init__()
        self.session = self.before = new_session(account=None)
        self.now = BEGIN
        self.drawn = 0
        self.dice = Random(0)
        # The ledger.
        self.texts: dict[Slot, str] = {}
        self.aside: set[str] = set()
        self.fits: dict[tuple[int, str], int | None] = {}
        self.again: dict[tuple[int, str], int | None] = {}
        self.given: set[Slot] = set()
        self.entered: set[str] = set()
        self.left: set[str] = set()

    # How far it has come

    @initialize(seed=st.integers(0, 2**32))
    def a_group_has_come_this_far(self, seed: int) -> None:
        dice = self.dice = Random(seed)
        named, mode = dice.choice(WEIGHED)
        minutes = 0 if mode == "slow" else dice.choice((45, 60, 90))
        room, members = dice.choice((MOST_PEOPLE, MOST_PEOPLE, 8, 6, 3)), dice.randint(0, len(USERS) - 1)
        begun = new_session(minutes, account=None, mode=mode, named=named, room=room)
        title, question = self.fresh("words"), self.fresh("words")
        self.texts = {("title",): title, ("asked",): question}
        self.session = begun.model_copy(update={"title": title, "question": question})
        self.entered = {self.session.step}
        self.do(USERS[0], acts.Facilitate(FRESH))
        for user in USERS[1 : members + 1]:
            self.do(user, acts.Join(FRESH))
        for _ in range(dice.randint(0, 12)):
            if self.session.status == "open" and self.kind != "close":
                self.people_do_what_is_asked_now(3)
                self.the_group_goes_on(all_rate=True, after=60)

    @property
    def script(self) -> Script:
        return Script.of(self.session, protocol(self.session.protocol))

    @property
    def step(self) -> Step:
        return self.script.step(self.session)

    @property
    def kind(self) -> str:
        return self.step.kind

    @property
    def slow(self) -> bool:
        return self.session.mode == "slow"

    def fresh(self, what: str) -> str:
        self.drawn += 1
        return f"{what}{self.drawn:05}"

    def posts_of(self, session: Session) -> dict[PostKey, Version]:
        return dict(posts(session, self.script, MECHANISMS))

    def after(self, session: Session, by: int | None, act: Act, later: int = 0) -> Session:
        named = protocol(session.protocol)
        return transition(session, act, by, self.now + later, named, MECHANISMS)

    def written_out(self, act: Act) -> Act:
        """The act with the moment of now, words and keys in place of what stands for them."""
        places: dict[str, Callable[[], str]] = {
            HERE: lambda: str(moment(self.session)),
            WORDS: lambda: self.fresh("words"),
            FRESH: lambda: self.fresh("fresh"),
        }
        given = {each.name: getattr(act, each.name) for each in fields(act)}
        written = {name: places[value]() for name, value in given.items() if value in tuple(places)}
        act = replace(act, **written)
        if isinstance(act, acts.MoveDate):
            evenings = evenings_after(self.now, 12, self.session.zone)
            act = replace(act, due_at=evenings[act.due_at] if act.due_at >= 0 else self.now)
        return act

    def do(self, by: int | None, act: Act, after: int = 0) -> bool:
        """Whether ``act`` went through. Once or twice, it has one effect; refused, it has none."""
        self.now += after
        act = self.written_out(act)
        self.before = self.session
        stored = self.session.model_dump_json()
        try:
            once = self.after(self.session, by, act)
        except Refusal:
            assert self.session.model_dump_json() == stored
            return False
        assert self.after(self.session, by, act) == once
        assert self.session.model_dump_json() == stored
        if not isinstance(act, COUNTED):
            try:
                assert self.after(once, by, act, 0 if isinstance(act, acts.TimeUp) else 1) == once
            except Refusal:
                # Handing over, or ending, takes the right to do it again away.
                assert once != self.session
        self.session = once
        if once != self.before:
            self.enter(by, act)
        return True

    # The ledger

    def enter(self, by: int | None, act: Act) -> None:
        self.write(by, act)
        if isinstance(act, acts.StepOut) and by is not None:
            self.leave(by)
        elif isinstance(act, acts.Forget) and by is not None:
            asked = {slot[1] for slot in self.texts if slot[0] == "fact" and slot[2] == by}
            self.strike(lambda slot: by in slot[1:] or (slot[0] == "reply" and slot[1] in asked))
        if isinstance(act, acts.TakeCaseBack) or (isinstance(act, acts.Forget) and by == PRESENTER):
            self.strike(lambda _: True)
        elif isinstance(act, acts.TakeBack):
            kept = words_in(self.session.model_dump_json())
            self.texts = {slot: text for slot, text in self.texts.items() if text in kept}
        self.move(by, act)

    def write(self, by: int | None, act: Act) -> None:
        for slot, text in written_by(act, by, self.before.step):
            self.put(text, slot)
        match act:
            case acts.Rate(mechanism, fit) if by is not None:
                self.fits[by, mechanism] = fit
            case acts.RateAgain(mechanism, fit) if by is not None:
                self.again[by, mechanism] = fit
            case acts.SetAside(line):
                shown = lines_in_sight(self.before, self.script, MECHANISMS)
                self.aside |= {each.text for each in shown if each.id == line}
            case acts.FinishWalk() | acts.DoneHere():
                # Ratings are done with their own button, and with no other.
                if isinstance(act, acts.FinishWalk) or self.kind_of(self.before.step) != "ratings":
                    self.given.add(("done", by, self.before.step))
            case acts.ChooseWay() | acts.Respond() | acts.Decide():
                self.given.add((type(act).__name__, self.before.step))
            case _:
                pass

    def put(self, text: str, slot: Slot) -> None:
        self.given.add(slot)
        self.texts.pop(slot, None)
        if words_in(text):
            self.texts[slot] = text

    def strike(self, gone: Callable[[Slot], bool]) -> None:
        self.texts = {slot: text for slot, text in self.texts.items() if not gone(slot)}
        self.given = {slot for slot in self.given if not gone(slot)}
        self.fits = {slot: fit for slot, fit in self.fits.items() if not gone(("fit", *slot))}
        self.again = {slot: fit for slot, fit in self.again.items() if not gone(("again", *slot))}

    def leave(self, user: int) -> None:
        """Strike what is private until now: nobody has seen it, so nobody can miss it."""
        private = {"done"}
        if not self.passed("reveal", self.entered):
            private |= {"idea", "for", "against", "fit"}
        if not self.passed("second-ratings", self.left):
            private.add("again")
        if self.before.status == "open":
            private.add("word")
        hidden = {step.id for step in self.script.steps if step.hidden} - self.left
        self.strike(
            lambda slot: (
                user in slot[1:] and (slot[0] in private or (slot[0] == "line" and slot[-1] in hidden))
            )
        )

    def passed(self, kind: str, steps: set[str]) -> bool:
        return any(step.id in steps for step in self.script.steps if step.kind == kind)

    def move(self, by: int | None, act: Act) -> None:
        """Check that this act may move the group, and note where it has been."""
        steps = self.script.steps
        then, now = (
            next(place for place, step in enumerate(steps) if step.id == session.step)
            for session in (self.before, self.session)
        )
        if moment(self.before) == moment(self.session):
            return
        person = self.before.person(by) if by is not None else None
        if type(act) in MOVERS:
            assert person is not None
            assert person.role == MOVERS[type(act)]
        else:
            # The clock comes at a date, and the others where nothing is left to wait for.
            assert self.slow
            due = self.before.due_at
            dated = isinstance(act, acts.TimeUp) and due is not None and self.now >= due
            assert by is not None or dated
            assert dated or self.complete(steps[then])
        if self.session.ended_early:
            return
        assert now <= then if isinstance(act, acts.GoBack) else now >= then
        self.given = {slot for slot in self.given if slot[0] != "done" or self.kind_of(slot[2]) == "ratings"}
        assert all(self.complete(step) for step in steps[then + 1 : now])
        self.left |= {step.id for step in steps[then:now]}
        self.entered |= {step.id for step in steps[then + 1 : now + 1]}

    def kind_of(self, step: str) -> str:
        return self.script.protocol.step(step).kind

    def complete(self, step: Step) -> bool:
        """Whether everyone has given what ``step`` asks for, by the ledger."""
        people = {person.user for person in self.session.present if person.role != "observer"}
        others = people - {PRESENTER}
        topics = [topic for topic in self.session.topics if topic not in self.session.set_aside]
        if step.kind == "arrive":
            return self.before.due_at is None and len(self.session.present) >= FEWEST_PEOPLE
        if step.kind in PRESENTERS_OWN and PRESENTER not in people:
            return False
        complete: dict[str, Callable[[], bool]] = {
            "telling": lambda: bool(self.session.account),
            "restate": lambda: ("restated",) in self.given,
            "choose": lambda: ("ChooseWay", step.id) in self.given,
            "answer": lambda: any(slot[0] == "Respond" for slot in self.given),
            "step": lambda: any(slot[0] == "Decide" for slot in self.given),
            "second-ratings": lambda: all(
                (user, topic) in self.again
                for user in others & {user for user, _ in self.fits}
                for topic in topics
            ),
            "close": lambda: all(("word", user) in self.given for user in people),
        }
        if step.kind in complete:
            return complete[step.kind]()
        asked = others if step.kind in ("ratings", "gather") else people
        return bool(asked) and all(("done", user, step.id) in self.given for user in asked)

    # What people do

    @rule(times=st.integers(1, 8))
    def anyone_does_anything(self, times: int) -> None:
        for _ in range(times):
            act = self.dice.choice([act for act in ACTS if act not in ENDING])
            by = self.dice.choice([None, *PEOPLE])
            self.do(by, ACTS[act](self.dice), self.dice.choice([-30, 0, 1, 60, 1200]))

    @rule(times=st.integers(1, 12))
    def people_do_what_is_asked_now(self, times: int) -> None:
        for _ in range(times):
            kind, people = self.kind, self.session.present
            asked = {
                act: [person.user for person in people if admits(rule.who, person)]
                for act, rule in RULES.items()
                if kind in (rule.kinds or ()) and rule.who in ("presenter", "rater", "member", "leading")
            }
            # What only this step asks for comes oftener than what any does.
            asked = {act: who for act, who in asked.items() if who}
            own = [act for act in asked if len(RULES[act].kinds or ()) < 5]
            chosen = self.dice.choice([acts.Join, acts.StepOut, *asked, *own, *own, *own])
            by = self.dice.choice(asked.get(chosen, USERS))
            self.do(by, ACTS[chosen](self.dice), self.dice.choice([0, 1, 20, 60]))

    @rule(all_rate=st.booleans(), after=st.integers(0, 600))
    def the_group_goes_on(self, all_rate: bool, after: int) -> None:
        facilitator = self.session.holder("facilitator")
        if facilitator is None:
            self.do(USERS[0], acts.Facilitate(FRESH), after)
            return
        if self.session.paused_at is not None:
            self.do(facilitator.user, acts.Pause(on=False), after)
        self.give_what_is_missing(all_rate)
        here = moment(self.session)
        if self.do(facilitator.user, acts.Next(HERE), after):
            assert self.session.status != "open" or moment(self.session) != here

    def give_what_is_missing(self, all_rate: bool) -> None:
        raters = self.session.raters[: None if all_rate else 1]
        if self.kind == "telling" and not self.session.account:
            self.do(PRESENTER, acts.Tell(WORDS))
        if self.kind == "facts" and raters:
            key = self.dice.choice(KEYS)
            self.do(raters[-1].user, acts.Ask(key, WORDS))
            self.do(PRESENTER, acts.Reply(key, WORDS))
        if self.kind == "ratings":
            for person in raters:
                for mechanism in IDS:
                    self.do(person.user, acts.Rate(mechanism, self.dice.choice(FITS[:8])))
                self.do(
                    person.user, self.dice.choice([acts.Suppose(WORDS), acts.Observe(IDS[0], WORDS, WORDS)])
                )
        if self.kind == "reveal":
            self.do(PRESENTER, acts.AllowOwnSide(self.dice.choice([True, True, False])))
        if self.kind == "second-ratings":
            for person in raters:
                for topic in self.session.topics:
                    self.do(person.user, acts.RateAgain(topic, self.dice.choice(FITS[:8])))

    @rule(times=st.integers(1, 3))
    def the_facilitator_presses(self, times: int) -> None:
        panel = [act for act, rule in RULES.items() if rule.who in ("facilitator", "leading")]
        for _ in range(times):
            facilitator = self.session.holder("facilitator")
            act = self.dice.choice([act for act in panel if act not in ENDING])
            if facilitator is not None:
                self.do(facilitator.user, ACTS[act](self.dice), self.dice.choice([0, 1, 120]))

    @rule(waits=st.sampled_from([True, True, False]), after=st.integers(0, 300_000))
    def the_clock_calls(self, waits: bool, after: int) -> None:
        wakes_at = self.script.wakes_at(self.session)
        if waits and wakes_at is not None:
            after = max(wakes_at - self.now, 0)
        self.do(None, acts.TimeUp(HERE), after if self.slow or waits else after % 1200)

    @rule(but=st.sampled_from([0, 0, 0, 1, 2, 3]))
    def most_are_done(self, but: int) -> None:
        if not self.slow:
            return
        words = {
            "telling": acts.Tell(WORDS),
            "restate": acts.Restate(WORDS),
            "choose": acts.ChooseWay("hypotheses"),
            "ratings": acts.FinishWalk(),
            "answer": acts.Respond((), something_else=False, text=WORDS),
            "step": acts.Decide("watch"),
            "close": acts.SayGoodbye(WORDS, 2),
        }
        act, step = words.get(self.kind, acts.DoneHere(str(moment(self.session)))), self.session.step
        people = list(self.session.present)
        self.dice.shuffle(people)
        for person in people[but:]:
            for topic in self.session.topics if self.kind == "second-ratings" else ():
                self.do(person.user, acts.RateAgain(topic, 2))
            if self.session.step == step:
                self.do(person.user, act)

    @rule(after=st.integers(0, 60))
    def the_presenter_sets_a_line_aside(self, after: int) -> None:
        lines = lines_in_sight(self.session, self.script, MECHANISMS)
        if lines and self.session.person(PRESENTER) is not None:
            line = self.dice.choice(lines)
            assert self.do(PRESENTER, acts.SetAside(line.id), after)
            assert line.text in self.aside

    @rule(after=st.integers(0, 60))
    def an_author_takes_a_line_back(self, after: int) -> None:
        own = [
            (person.user, each) for person in self.session.present for each in own_lines(self.session, person)
        ]
        if own:
            user, line = self.dice.choice(own)
            assert self.do(user, acts.TakeBack(line.what), after)
            assert not words_in(line.text) & words_in(self.session.model_dump_json())

    @rule(user=st.sampled_from(USERS))
    def someone_is_forgotten(self, user: int) -> None:
        if len(self.session.people) == FEWEST_PEOPLE:
            return
        person = self.session.known(user)
        assert self.do(user, acts.Forget())
        assert person is None or person.key not in self.session.model_dump_json()

    @rule(act=st.sampled_from(BREAKS), by=st.sampled_from([None, *PEOPLE]))
    def it_breaks_off(self, act: Act, by: int | None) -> None:
        if self.kind in ("talk", "close", "handout"):
            self.do(by, act)

    # What is there to be read

    @holds
    def the_posts_say_what_may_be_read_by_now_and_nothing_else(self) -> None:
        revealing, closed = self.passed("reveal", self.entered), self.session.status == "closed"
        told = self.passed("telling", self.entered)
        hidden = {step.id for step in self.script.steps if step.hidden} - self.left

        def is_open(slot: Slot) -> bool:
            match slot[0]:
                case "account":
                    return told
                case "idea" | "for" | "against":
                    return revealing
                case "line":
                    return slot[-1] not in hidden
                case "word":
                    return closed
                case what:
                    return what not in NEVER_SHOWN

        expected = {text for slot, text in self.texts.items() if is_open(slot)} - self.aside
        assert words_in(self.posts_of(self.session)) == expected

    @holds
    def what_was_given_is_stored_and_what_was_withdrawn_is_not(self) -> None:
        assert words_in(self.session.model_dump_json()) == set(self.texts.values())

    @holds
    def there_are_no_posts_of_a_kind_before_its_time(self) -> None:
        kinds = {key.kind for key in self.posts_of(self.session)}
        if not self.passed("reveal", self.entered):
            assert self.session.reveal is None
            assert not kinds & {"reveal", "observations", "change"}
        if not self.passed("second-ratings", self.left):
            assert "change" not in kinds
        if self.session.taken_back:
            assert kinds == {"thread", "invitation", "member", "board"}
        else:
            # Who was never asked for a word is not told that there was none.
            asked = bool(self.session.closings) or not self.session.ended_early
            assert ("closing" in kinds) is (self.session.status == "closed" and asked)

    # Figures

    @holds
    def figures_are_of_four_or_more_who_rate_for_the_group(self) -> None:
        if self.session.reveal is None:
            return
        shown = revealed(self.session, MECHANISMS, self.session.reveal.seed)
        for seen in shown.seen:
            fits = [fit for (_, mechanism), fit in self.fits.items() if mechanism == seen.mechanism]
            known = sorted(fit for fit in fits if fit is not None)
            assert seen.cannot_tell == len(fits) - len(known)
            figures = list(seen.spread.fits) if seen.spread is not None else None
            assert figures == (known if len(known) >= 4 else None)
        assert PRESENTER not in {user for user, _ in (*self.fits, *self.again)}

    @holds
    def a_change_is_of_four_or_more_of_whom_two_moved(self) -> None:
        found = changes(self.session)
        for mechanism in MECHANISMS:
            pairs = [
                (self.fits.get((user, each)), second)
                for (user, each), second in self.again.items()
                if each == mechanism.id and mechanism.id in self.session.talked_about
            ]
            both = [(first, second) for first, second in pairs if first is not None and second is not None]
            moved = sum(first != second for first, second in both)
            assert (mechanism.id in found) is (len(both) >= 4 and moved >= 2)
            if mechanism.id in found:
                assert found[mechanism.id] == change(both)

    @holds
    def the_own_side_is_talked_about_with_leave_and_never_first(self) -> None:
        topics = self.session.topics
        assert topics[:1] != (OWN_SIDE,)
        assert len(topics) == len(set(topics)) <= self.script.topics
        assert OWN_SIDE not in topics or self.session.own_side_may_be_talked_about is True
        aside = [topic for topic in topics if topic in self.session.set_aside]
        if self.session.topic_now is not None:
            assert self.session.topic_now not in aside

    # The clock

    @holds
    def the_presenters_time_is_untouched(self) -> None:
        if self.slow:
            assert self.script.until(self.session) == (
                None if self.session.paused_at is not None else self.session.due_at
            )
            return
        end = BEGIN + self.session.minutes * 60
        kept = sum(step.minutes[self.session.minutes] * 60 for step in self.script.steps if step.reserve)
        until = self.script.until(self.session)
        assert self.script.ends_at(self.session) == end
        assert self.script.reserve_begins(self.session) == end - kept
        running = self.session.status == "open" and self.session.paused_at is None
        assert (until is not None) is running
        if until is not None:
            assert until <= (end if self.step.reserve else end - kept)

    @holds
    def a_date_is_to_come_or_waited_for(self) -> None:
        if self.slow and self.session.status == "open":
            due = self.session.due_at
            assert due is not None or self.kind in ("arrive", "telling")
            assert due is None or due > self.session.step_began_at
        else:
            assert self.session.due_at is None

    @holds
    def nobody_waits_where_all_are_done(self) -> None:
        held = self.session.status != "open" or self.session.paused_at is not None
        if self.slow and not held and self.kind != "arrive" and len(self.session.present) >= FEWEST_PEOPLE:
            assert not self.complete(self.step)

    @holds
    def what_is_over_stays_over(self) -> None:
        if self.before.status != "open":
            assert (self.session.status, self.session.step) == (self.before.status, self.before.step)
        assert (self.session.closed_at is None) is (self.session.status == "open")
        assert (self.session.status == "closed") is (self.kind == "handout")

    # The brakes

    @holds
    def the_brakes_hold(self) -> None:
        session = self.session
        presenter = session.person(PRESENTER)
        if session.status != "open":
            return
        for person in session.present:
            slower = self.after(session, person.user, acts.SlowDown(str(moment(session))))
            assert slower.slower
            if person != presenter:
                out = self.after(session, person.user, acts.StepOut())
                assert out.person(person.user) is None
        if presenter is not None:
            held = session.paused_at is not None
            after = self.after(session, PRESENTER, acts.Pause(on=not held))
            assert (after.paused_at is not None) is not held
            back = self.after(session, PRESENTER, acts.TakeCaseBack())
            assert (back.status, back.taken_back) == ("closed", True)
            assert not words_in(back.model_dump_json()) | words_in(self.posts_of(back))

    # People, posts and storage

    @holds
    def nobody_has_two_roles_and_no_role_two_people(self) -> None:
        people = self.session.people
        roles = [person.role for person in people]
        assert roles.count("presenter") <= 1
        assert roles.count("facilitator") <= 1
        assert len(people) <= MOST_PEOPLE
        assert all(person.role == "member" for person in people if person.away)
        assert is_distinct(person.user for person in people)
        assert is_distinct(person.key for person in people)
        keys = {person.key for person in people}
        assert self.session.walks.keys() | self.session.closings.keys() | set(self.session.done) <= keys
        assert {fact.asked_by for fact in self.session.facts} <= keys
        assert {line.by for line in self.session.lines} <= keys

    @holds
    def it_can_be_stored(self) -> None:
        again = Session.model_validate_json(self.session.model_dump_json())
        assert again == self.session
        assert self.posts_of(again) == self.posts_of(self.session)

    @holds
    def the_board_stands_at_the_moment(self) -> None:
        board = PostKey("board")
        before, after = (self.posts_of(each)[board] for each in (self.before, self.session))
        assert (before.place != after.place) is (moment(self.before) != moment(self.session))

    @holds
    def only_one_person_is_told_alone(self) -> None:
        alone = [key for key in self.posts_of(self.session) if key.kind in ("call", "nudge")]
        wishing = {person.key for person in self.session.present if person.nudge}
        for key in alone:
            if key.kind == "nudge":
                assert key.ref.partition(".")[0] in wishing
            else:
                facilitator = self.session.holder("facilitator")
                assert facilitator is not None
                assert key.ref.endswith(facilitator.key)
        assert sum(key.kind == "call" for key in alone) <= 1
        assert not alone or self.session.status == "open"


def is_distinct(values: Iterable[object]) -> bool:
    listed = list(values)
    return len(listed) == len(set(listed))


SEEDS, PRESSES = 60, 25
SOME, WHILE = range(1, 9), (0, 1, 60, 600)
HAPPENS: list[tuple[str, dict[str, Sequence[Any]]]] = [
    ("anyone_does_anything", {"times": SOME}),
    ("people_do_what_is_asked_now", {"times": SOME}),
    ("people_do_what_is_asked_now", {"times": SOME}),
    ("the_group_goes_on", {"all_rate": (True, True, False), "after": WHILE}),
    ("the_facilitator_presses", {"times": SOME}),
    ("the_clock_calls", {"waits": (True, True, False), "after": (*WHILE, 200_000)}),
    ("most_are_done", {"but": (0, 0, 1, 2)}),
    ("the_presenter_sets_a_line_aside", {"after": WHILE}),
    ("an_author_takes_a_line_back", {"after": WHILE}),
    ("someone_is_forgotten", {"user": USERS}),
    ("it_breaks_off", {"act": BREAKS, "by": (None, *PEOPLE)}),
]


def test_the_machine_knows_every_act() -> None:
    """One that it never does would never be tried."""
    assert set(ACTS) == set(RULES)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_sessions_by_dice(seed: int) -> None:
    """The same machine without a search: each seed goes its own way, as far as it comes."""
    machine, dice = SessionMachine(), Random(seed)
    machine.a_group_has_come_this_far(seed)
    for _ in range(PRESSES):
        happens, given = dice.choice(HAPPENS)
        getattr(machine, happens)(**{name: dice.choice(values) for name, values in given.items()})
        for holds in INVARIANTS:
            getattr(machine, holds)()


SessionMachine.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestSessionMachine = SessionMachine.TestCase
