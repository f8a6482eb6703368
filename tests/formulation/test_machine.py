"""Whole sessions at random: anyone does anything at any time, and some things hold all the same."""

from collections.abc import Callable
from typing import Any, get_args

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.formulation import acts
from bot.formulation.acts import RULES, Act, admits
from bot.formulation.posts import PostKey, posts
from bot.formulation.reveal import pages, revealed
from bot.formulation.script import Script, moment
from bot.formulation.session import Answer, Closing, Evidence, OutcomeKind, Session
from bot.formulation.transition import transition
from bot.refusal import Refusal
from tests.formulation.evening import BEGIN, KINDS, PRESENTER, library, new_session, protocol

MECHANISMS = library().mechanisms
IDS = st.sampled_from([mechanism.id for mechanism in MECHANISMS])
USERS = tuple(range(101, 109))
PEOPLE = st.sampled_from((PRESENTER, *USERS))
TEXTS = st.text(max_size=12)
KEYS = st.integers(0, 5).map("fact-{}".format)
MOMENTS = st.tuples(st.sampled_from(KINDS), st.integers(0, 2)).map("{0[0]}.{0[1]}".format)
FITS = st.lists(st.sampled_from([4, 0, 3, 1, 2, None]), min_size=len(MECHANISMS), max_size=len(MECHANISMS))
WAITS = st.integers(-30, 1200)

ACTS: dict[type[Act], st.SearchStrategy[Act]] = {
    acts.Join: st.builds(acts.Join, st.just("")),
    acts.Facilitate: st.builds(acts.Facilitate, st.just("")),
    acts.Next: st.builds(acts.Next, MOMENTS, TEXTS),
    acts.Pause: st.builds(acts.Pause, on=st.booleans()),
    acts.End: st.just(acts.End()),
    acts.TimeUp: st.builds(acts.TimeUp, MOMENTS),
    acts.Tell: st.builds(acts.Tell, TEXTS),
    acts.Ask: st.builds(acts.Ask, KEYS, TEXTS),
    acts.Reply: st.builds(acts.Reply, KEYS, TEXTS),
    acts.Suppose: st.builds(acts.Suppose, TEXTS),
    acts.Rate: st.builds(acts.Rate, IDS, st.none() | st.integers(-1, 5)),
    acts.Observe: st.builds(acts.Observe, IDS, TEXTS, TEXTS),
    acts.FinishWalk: st.just(acts.FinishWalk()),
    acts.AllowOwnSide: st.builds(acts.AllowOwnSide, st.booleans()),
    acts.Respond: st.builds(acts.Respond, st.lists(IDS, max_size=3).map(tuple), st.booleans(), TEXTS),
    acts.Decide: st.builds(acts.Decide, st.sampled_from(get_args(OutcomeKind)), TEXTS, TEXTS, TEXTS),
    acts.SayGoodbye: st.builds(acts.SayGoodbye, TEXTS, st.none() | st.integers(-1, 5)),
    acts.Strand: st.just(acts.Strand()),
    acts.Forget: st.just(acts.Forget()),
}
# What ends a session or takes something out of it comes by a rule of its own, or no session would get far.
ENDING = {acts.End, acts.Strand, acts.Forget}


class Idea(str):
    """An open line, told apart from other texts."""

    __slots__ = ()


Name = tuple[str, str]
CONTRIBUTIONS: dict[type[Act], Callable[[Any], tuple[Name, object]]] = {
    acts.Tell: lambda act: (("account", ""), act.account or None),
    acts.Ask: lambda act: (("fact", act.key), act.question),
    acts.Reply: lambda act: (("reply", act.fact), act.answer),
    acts.Suppose: lambda act: (("idea", ""), Idea(act.idea)),
    acts.Rate: lambda act: (("fit", act.mechanism), act.fit),
    acts.Observe: lambda act: (
        ("evidence", act.mechanism),
        Evidence(speaks_for=act.speaks_for, speaks_against=act.speaks_against),
    ),
    acts.Respond: lambda act: (("answer", ""), Answer(**vars(act))),
    # Its kind alone: a plan that was written stays behind whatever is decided after it.
    acts.Decide: lambda act: (("outcome", ""), act.kind),
    acts.SayGoodbye: lambda act: (("closing", ""), Closing(**vars(act))),
}


def left_in(session: Session, user: int) -> dict[Name, object]:
    """Everything that ``user`` has given, as it stands in the session."""
    person = session.person(user)
    assert person is not None
    walk = session.walk(person)
    left: dict[Name, object] = {("idea", ""): walk.idea, ("closing", ""): session.closings.get(person.key)}
    left |= {("fit", mechanism): fit for mechanism, fit in walk.fits.items()}
    left |= {("evidence", mechanism): seen for mechanism, seen in walk.evidence.items()}
    left |= {("fact", fact.key): fact.question for fact in session.facts if fact.asked_by == person.key}
    if person.role == "presenter":
        left |= {("account", ""): session.account, ("answer", ""): session.answer}
        left |= {("outcome", ""): session.outcome.kind if session.outcome is not None else None}
        left |= {("reply", fact.key): fact.answer for fact in session.facts}
    return left


class SessionMachine(RuleBasedStateMachine):
    """A session, and beside it what each person has left in it by now."""

    def __init__(self) -> None:
        super().__init__()
        self.session = new_session(account=None)
        self.now = BEGIN
        self.drawn = 0
        self.given: dict[int, dict[Name, object]] = {}
        self.before = self.session

    @initialize(
        data=st.data(),
        minutes=st.sampled_from((45, 60, 90)),
        members=st.integers(1, len(USERS) - 1),
        kind=st.sampled_from(KINDS[:-1]),
    )
    def a_group_has_come_this_far(self, data: st.DataObject, minutes: int, members: int, kind: str) -> None:
        self.session = new_session(minutes, account=None)
        self.do(USERS[0], acts.Facilitate(""))
        for user in USERS[1 : members + 1]:
            self.do(user, acts.Join(""))
        while self.kind != kind:
            self.the_group_goes_on(data, "seed", all_rate=True, after=60)

    @property
    def script(self) -> Script:
        return Script(protocol(), self.session.minutes)

    @property
    def kind(self) -> str:
        return self.script.step(self.session).kind

    def do(self, by: int | None, act: Act, after: int = 0) -> bool:
        """Whether ``act`` went through. Once or twice, it has one effect; refused, it has none."""
        if isinstance(act, acts.Join | acts.Facilitate):
            self.drawn += 1
            act = type(act)(f"key-{self.drawn:04}")
        self.now += after
        self.before = self.session
        stored = self.session.model_dump_json()
        arguments = (act, by, self.now, protocol(), MECHANISMS)
        try:
            once = transition(self.session, *arguments)
        except Refusal as refusal:
            # Raises where there is no such sentence, or where it needs something else.
            library().texts(refusal.key, **refusal.values)
            assert self.session.model_dump_json() == stored
            return False
        assert transition(self.session, *arguments) == once
        assert transition(once, *arguments) == once
        assert self.session.model_dump_json() == stored
        self.session = once
        self.remember(by, act)
        return True

    def remember(self, by: int | None, act: Act) -> None:
        if by is None or self.session == self.before:
            return
        if isinstance(act, acts.Forget):
            gone = {key for kind, key in self.given.pop(by, {}) if kind == "fact"}
            self.given = {
                user: {
                    name: value for name, value in given.items() if name[0] != "reply" or name[1] not in gone
                }
                for user, given in self.given.items()
            }
        elif type(act) in CONTRIBUTIONS:
            name, value = CONTRIBUTIONS[type(act)](act)
            self.given.setdefault(by, {})[name] = value

    # What people do

    @rule(data=st.data(), by=st.none() | PEOPLE, after=WAITS)
    def anyone_does_anything(self, data: st.DataObject, by: int | None, after: int) -> None:
        act = data.draw(st.sampled_from([act for act in ACTS if act not in ENDING]).flatmap(ACTS.__getitem__))
        self.do(by, act, after)

    @rule(data=st.data(), times=st.integers(1, 6), after=WAITS)
    def people_do_what_is_asked_now(self, data: st.DataObject, times: int, after: int) -> None:
        for _ in range(times):
            kind, people = self.kind, self.session.people
            asked = {
                act: [person.user for person in people if admits(rule.who, person)]
                for act, rule in RULES.items()
                if kind in (rule.kinds or ()) and rule.who in ("presenter", "rater", "member")
            }
            chosen = data.draw(st.sampled_from([acts.Join, *(act for act in asked if asked[act])]))
            by = data.draw(st.sampled_from(asked.get(chosen, USERS)))
            self.do(by, data.draw(ACTS[chosen]), after)

    @rule(data=st.data(), seed=TEXTS, all_rate=st.booleans(), after=WAITS)
    def the_group_goes_on(self, data: st.DataObject, seed: str, all_rate: bool, after: int) -> None:
        facilitator = self.session.holder("facilitator")
        if facilitator is None:
            self.do(USERS[0], acts.Facilitate(""), after)
            return
        if self.session.paused_at is not None:
            self.do(facilitator.user, acts.Pause(on=False), after)
        if self.kind == "telling" and not self.session.account:
            self.do(PRESENTER, acts.Tell("what happened"), after)
        if self.kind == "ratings":
            for person in self.session.raters[: None if all_rate else 1]:
                for mechanism, fit in zip(MECHANISMS, data.draw(FITS), strict=True):
                    self.do(person.user, acts.Rate(mechanism.id, fit))
        here = moment(self.session)
        if self.do(facilitator.user, acts.Next(str(here), seed), after):
            assert self.session.status != "open" or moment(self.session) != here

    @rule(after=WAITS)
    def the_clock_calls(self, after: int) -> None:
        self.do(None, acts.TimeUp(str(moment(self.session))), after)

    @rule(user=st.sampled_from(USERS))
    def someone_is_forgotten(self, user: int) -> None:
        if len(self.session.people) == 3:
            return
        person = self.session.person(user)
        assert self.do(user, acts.Forget())
        assert person is None or person.key not in self.session.model_dump_json()

    @rule(act=st.sampled_from([acts.End(), acts.Strand(), acts.Forget()]), by=st.none() | PEOPLE)
    def it_breaks_off(self, act: Act, by: int | None) -> None:
        if self.kind in ("talk", "close"):
            self.do(by, act)

    # What holds all the same

    @invariant()
    def nothing_is_revealed_before_its_time(self) -> None:
        kinds = {key.kind for key in posts(self.session, MECHANISMS)}
        if KINDS.index(self.kind) < KINDS.index("reveal"):
            assert self.session.reveal is None
        if self.session.reveal is None:
            assert not kinds & {"reveal", "observations"}
        if not self.session.told:
            assert "account" not in kinds
        # Who was never asked for a word is not told that there was none.
        asked = bool(self.session.closings) or not self.session.ended_early
        assert ("closing" in kinds) is (self.session.status == "closed" and asked)

    @invariant()
    def what_is_revealed_is_all_and_nothing_else(self) -> None:
        if self.session.reveal is None:
            return
        shown = revealed(self.session, MECHANISMS, self.session.reveal.seed)
        kept = [self.given.get(person.user, {}) for person in self.session.raters]
        for seen in shown.seen:
            fits = [each["fit", seen.mechanism] for each in kept if ("fit", seen.mechanism) in each]
            known = sorted(fit for fit in fits if isinstance(fit, int))
            assert seen.cannot_tell == len(fits) - len(known)
            figures = list(seen.spread.fits) if seen.spread is not None else None
            assert figures == (known if len(known) >= 4 else None)
        written = [value for each in kept for value in each.values()]
        texts = [value for value in written if isinstance(value, Idea)]
        for seen_by_one in (value for value in written if isinstance(value, Evidence)):
            texts += [Idea(seen_by_one.speaks_for), Idea(seen_by_one.speaks_against)]
        lines = [line.text for page in pages(shown) for line in page]
        assert sorted(lines) == sorted(text for text in texts if text)

    @invariant()
    def nothing_that_was_given_is_lost(self) -> None:
        for user, given in self.given.items():
            assert given.items() <= left_in(self.session, user).items()

    @invariant()
    def it_only_goes_forward(self) -> None:
        steps = [step.id for step in self.script.steps]

        def place(session: Session) -> tuple[int, int]:
            return steps.index(session.step), session.topic

        assert place(self.before) <= place(self.session)
        if self.before.status != "open":
            assert self.session.status == self.before.status
            assert self.session.step == self.before.step
        assert (self.session.closed_at is None) is (self.session.status == "open")
        assert (self.session.status == "closed") is (self.kind == "handout")

    @invariant()
    def nobody_has_two_roles_and_no_role_two_people(self) -> None:
        roles = [person.role for person in self.session.people]
        assert roles.count("presenter") <= 1
        assert roles.count("facilitator") <= 1
        assert len({person.user for person in self.session.people}) == len(roles)
        assert len({person.key for person in self.session.people}) == len(roles)
        keys = {person.key for person in self.session.people}
        assert self.session.walks.keys() <= keys
        assert self.session.closings.keys() <= keys
        assert {fact.asked_by for fact in self.session.facts} <= keys

    @invariant()
    def it_can_be_stored(self) -> None:
        again = Session.model_validate_json(self.session.model_dump_json())
        assert again == self.session
        assert posts(again, MECHANISMS) == posts(self.session, MECHANISMS)

    @invariant()
    def the_board_stands_at_the_moment(self) -> None:
        board = PostKey("board")
        before, after = (posts(each, MECHANISMS)[board] for each in (self.before, self.session))
        assert (before.place != after.place) is (moment(self.before) != moment(self.session))

    @invariant()
    def there_are_minutes_left_or_none(self) -> None:
        until = self.script.until(self.session)
        running = self.session.status == "open" and self.session.paused_at is None
        assert (until is not None) is running
        assert until is None or until >= self.session.step_began_at


SessionMachine.TestCase.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
TestSessionMachine = SessionMachine.TestCase
