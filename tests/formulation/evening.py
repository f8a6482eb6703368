"""An evening to test with, or a slow fortnight: a case, a presenter, a facilitator and members."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

import pytest

from bot.content import Library, Protocol
from bot.formulation import acts
from bot.formulation.acts import Act
from bot.formulation.moving import due_at
from bot.formulation.posts import PostKey, Version, posts
from bot.formulation.script import Script, moment
from bot.formulation.session import MOST_PEOPLE, Mode, Person, Session
from bot.formulation.transition import transition
from bot.refusal import Refusal
from tests.conftest import english

PRESENTER = 9_001
FACILITATOR = 9_002
MEMBERS = (9_003, 9_004, 9_005, 9_006)
AMA, BEN, CLEO, DAN = MEMBERS
RATERS: tuple[int, ...] = (FACILITATOR, *MEMBERS)
OUTSIDER = 9_099
BEGIN = 1_790_000_000
"""A Monday, a quarter past four in Berlin."""
DAY = 86_400
ZONE = "Europe/Berlin"
ACCOUNT = "She asks how I slept before she sits down."

SIX = "six-mechanisms"
BALINT = "balint"
INCIDENT = "incident-method"
TIETZE = "kollegiale-beratung"
PROTOCOLS = (SIX, BALINT, INCIDENT, TIETZE)
KINDS = (
    "arrive",
    "telling",
    "facts",
    "ratings",
    "reveal",
    "talk",
    "second-ratings",
    "answer",
    "step",
    "close",
    "handout",
)
"""The steps of the six mechanisms in 60 and 90 minutes, and over days."""

TRANSFERENCE = "transference"
OWN_SIDE = "countertransference"
CARE = "empathy-and-compassion"
REVERSAL = "role-reversal"
AVOIDING = "avoiding-vulnerability"
ABANDONMENT = "fear-of-abandonment"


@cache
def library() -> Library:
    return english()


def protocol(named: str = SIX) -> Protocol:
    return library().protocol(named)


def key_of(user: int) -> str:
    return f"key-of-{user}"


def new_session(
    minutes: int = 60,
    users: Sequence[int] = (),
    account: str | None = ACCOUNT,
    *,
    mode: Mode = "text",
    named: str = SIX,
    room: int = MOST_PEOPLE,
    begin: int = BEGIN,
) -> Session:
    """A session in its first step, with its presenter and whoever else is named as members."""
    script = Script(protocol(named), mode, minutes)
    session = Session(
        token="a" * 16,
        group="b" * 16,
        protocol=named,
        mode=mode,
        minutes=minutes,
        zone=ZONE,
        seed="seed",
        room=room,
        retention_days=14,
        title="The careful guest",
        question="What am I not seeing?",
        account=account,
        people=(
            Person(key=key_of(PRESENTER), user=PRESENTER, role="presenter"),
            *(Person(key=key_of(user), user=user, role="member") for user in users),
        ),
        step=script.steps[0].id,
        started_at=begin,
        step_began_at=begin,
    )
    return session.model_copy(update={"due_at": due_at(script.steps[0], begin, session)})


def moved_to(session: Session, by: int | None, at: int, *following: Act) -> Session:
    """``session`` after these acts of one person at one time."""
    for act in following:
        session = transition(session, act, by, at, protocol(session.protocol), library().mechanisms)
    return session


class Evening:
    """A session and the time of day. Every act goes through ``transition``."""

    def __init__(
        self,
        minutes: int = 60,
        members: Sequence[int] = MEMBERS,
        account: str | None = ACCOUNT,
        *,
        mode: Mode = "text",
        named: str = SIX,
        room: int = MOST_PEOPLE,
        begin: int = BEGIN,
    ) -> None:
        self.now = begin
        minutes = 0 if mode == "slow" else minutes
        self.session = new_session(minutes, account=account, mode=mode, named=named, room=room, begin=begin)
        self.script = Script.of(self.session, protocol(named))
        self.act(FACILITATOR, acts.Facilitate(key_of(FACILITATOR)))
        for user in members:
            self.act(user, acts.Join(key_of(user)))

    def act(self, by: int | None, act: Act, after: int = 0) -> Session:
        """Let ``by`` do it ``after`` so many seconds; gives the session that follows."""
        self.now += after
        self.session = moved_to(self.session, by, self.now, act)
        return self.session

    def refusal(self, by: int | None, act: Act, after: int = 0) -> str:
        """The key of the refusal that ``by`` meets; nothing may have changed."""
        before = self.session.model_dump_json()
        with pytest.raises(Refusal) as refused:
            self.act(by, act, after)
        assert self.session.model_dump_json() == before
        return refused.value.key

    @property
    def kind(self) -> str:
        return self.script.step(self.session).kind

    @property
    def here(self) -> str:
        """The moment as a button of now carries it."""
        return str(moment(self.session))

    @property
    def until_now(self) -> int | None:
        return self.script.until(self.session)

    def posts(self) -> dict[PostKey, Version]:
        return dict(posts(self.session, self.script, library().mechanisms))

    def next(self, after: int = 60) -> Session:
        return self.act(FACILITATOR, acts.Next(self.here), after)

    def wake(self) -> Session:
        """Let the clock say what it has to say next, at its time; its time must come."""
        at = self.script.wakes_at(self.session)
        assert at is not None
        return self.act(None, acts.TimeUp(self.here), max(at - self.now, 0))

    def rate(self, user: int, fits: Mapping[str, int | None]) -> None:
        for mechanism, fit in fits.items():
            self.act(user, acts.Rate(mechanism, fit))

    def rated(self, *raters: Mapping[str, int | None]) -> "Evening":
        """Let the raters, the facilitator first, rate so, being in the ratings."""
        for user, fits in zip(RATERS, raters, strict=False):
            self.rate(user, fits)
        return self

    def until(self, named: str) -> "Evening":
        """Go on to the first moment of a step (a kind or an id), someone having rated if need be."""
        while named not in (self.kind, self.session.step):
            if self.kind == "ratings" and not any(walk.fits for walk in self.session.walks.values()):
                self.rate(self.session.raters[0].user, {REVERSAL: 3})
            self.next()
        return self


def evening_at(kind: str, minutes: int = 60, *, mode: Mode = "text", named: str = SIX) -> Evening:
    return Evening(minutes, mode=mode, named=named).until(kind)


def talking(minutes: int = 90, mode: Mode = "text") -> Evening:
    """The talk after five have rated: four topics wide apart, the own side among them if the time allows."""
    fits = (
        {CARE: 0, REVERSAL: 0, TRANSFERENCE: 1, OWN_SIDE: 0},
        {CARE: 4, REVERSAL: 3, TRANSFERENCE: 2, OWN_SIDE: 4},
    )
    evening = Evening(minutes, mode=mode).until("ratings").rated(*(fits[place % 2] for place in range(5)))
    return evening.until("talk")


def full_evening(minutes: int = 60) -> Evening:
    """A closed session in which everyone has left something of every kind."""
    evening = Evening(minutes).until("facts")
    for user in RATERS:
        evening.act(user, acts.Ask(f"fact-{user}", f"question of {user}"))
        evening.act(PRESENTER, acts.Reply(f"fact-{user}", f"answer for {user}"))
    evening.act(PRESENTER, acts.TakeNote("presenter's note"))
    evening.until("ratings")
    for place, user in enumerate(RATERS):
        evening.act(user, acts.Suppose(f"idea of {user}"))
        fits = {mechanism.id: (place + number) % 5 for number, mechanism in enumerate(library().mechanisms)}
        evening.rate(user, fits)
        evening.act(user, acts.Observe(REVERSAL, f"for of {user}", f"against of {user}"))
        evening.act(user, acts.FinishWalk())
    evening.act(PRESENTER, acts.RateForMyself(REVERSAL, 4))
    evening.until("reveal")
    evening.act(PRESENTER, acts.AllowOwnSide(allowed=True))
    evening.until("second-ratings" if minutes > 45 else "answer")
    if minutes > 45:
        for user in RATERS:
            for topic in evening.session.topics:
                evening.act(user, acts.RateAgain(topic, 2))
    evening.until("answer")
    evening.act(PRESENTER, acts.Respond((REVERSAL,), something_else=True, text="presenter answers"))
    evening.until("step")
    evening.act(PRESENTER, acts.Decide("plan", "repair-a-lapse", "presenter cue", "presenter action"))
    evening.until("close")
    for user in (PRESENTER, *RATERS):
        evening.act(user, acts.SayGoodbye(f"word of {user}", 1))
    return evening.until("handout")


def texts_in(evening: Evening) -> str:
    """Everything that the posts say by now."""
    return repr([version.content for version in evening.posts().values()])


def says(evening: Evening, text: str) -> bool:
    return re.search(rf"\b{re.escape(text)}\b", texts_in(evening)) is not None
