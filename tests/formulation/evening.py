"""An evening to test with: a case, a presenter, a facilitator and members, taken from step to step."""

from collections.abc import Mapping, Sequence
from functools import cache

import pytest

from bot.content import Library, Protocol, load_library
from bot.formulation import acts
from bot.formulation.acts import Act
from bot.formulation.script import Script, moment
from bot.formulation.session import Person, Session
from bot.formulation.transition import transition
from bot.refusal import Refusal

PRESENTER = 9_001
FACILITATOR = 9_002
MEMBERS = (9_003, 9_004, 9_005, 9_006)
RATERS: tuple[int, ...] = (FACILITATOR, *MEMBERS)
OUTSIDER = 9_099
BEGIN = 1_790_000_000
ACCOUNT = "She asks how I slept before she sits down."
KINDS = ("arrive", "telling", "facts", "ratings", "reveal", "talk", "answer", "step", "close", "handout")

TRANSFERENCE = "transference"
OWN_SIDE = "countertransference"
CARE = "empathy-and-compassion"
REVERSAL = "role-reversal"
AVOIDING = "avoiding-vulnerability"
ABANDONMENT = "fear-of-abandonment"


@cache
def library() -> Library:
    return load_library()


@cache
def protocol() -> Protocol:
    return library().protocol("six-mechanisms")


def key_of(user: int) -> str:
    return f"key-of-{user}"


def new_session(minutes: int = 60, users: Sequence[int] = (), account: str | None = ACCOUNT) -> Session:
    """A session in its first step, with its presenter and whoever else is named as members."""
    return Session(
        token="a" * 16,
        group="b" * 16,
        protocol=protocol().id,
        minutes=minutes,
        retention_days=14,
        title="The careful guest",
        question="What am I not seeing?",
        account=account,
        people=(
            Person(key=key_of(PRESENTER), user=PRESENTER, role="presenter"),
            *(Person(key=key_of(user), user=user, role="member") for user in users),
        ),
        step=protocol().steps[0].id,
        started_at=BEGIN,
        step_began_at=BEGIN,
    )


class Evening:
    """A session and the time of day. Every act goes through ``transition``."""

    def __init__(
        self, minutes: int = 60, members: Sequence[int] = MEMBERS, account: str | None = ACCOUNT
    ) -> None:
        self.now = BEGIN
        self.session = new_session(minutes, account=account)
        self.script = Script(protocol(), minutes)
        self.act(FACILITATOR, acts.Facilitate(key_of(FACILITATOR)))
        for user in members:
            self.act(user, acts.Join(key_of(user)))

    def act(self, by: int | None, act: Act, after: int = 0) -> Session:
        """Let ``by`` do it ``after`` so many seconds; gives the session that follows."""
        self.now += after
        self.session = transition(self.session, act, by, self.now, protocol(), library().mechanisms)
        return self.session

    def refusal(self, by: int | None, act: Act) -> str:
        """The key of the refusal that ``by`` meets; nothing may have changed."""
        before = self.session.model_dump_json()
        with pytest.raises(Refusal) as refused:
            self.act(by, act)
        assert self.session.model_dump_json() == before
        return refused.value.key

    @property
    def kind(self) -> str:
        return self.script.step(self.session).kind

    def next(self, after: int = 60, seed: str = "seed") -> Session:
        return self.act(FACILITATOR, acts.Next(str(moment(self.session)), seed), after)

    def rate(self, user: int, fits: Mapping[str, int | None]) -> None:
        for mechanism, fit in fits.items():
            self.act(user, acts.Rate(mechanism, fit))

    def until(self, kind: str) -> "Evening":
        """Go on to the first moment of a step, someone having rated on the way if need be."""
        while self.kind != kind:
            if self.kind == "ratings" and not any(walk.fits for walk in self.session.walks.values()):
                self.rate(MEMBERS[0], {REVERSAL: 3})
            self.next()
        return self


def evening_at(kind: str, minutes: int = 60) -> Evening:
    return Evening(minutes).until(kind)


def full_evening(minutes: int = 60) -> Evening:
    """A closed session in which everyone has left something of every kind."""
    evening = Evening(minutes).until("facts")
    for user in RATERS:
        evening.act(user, acts.Ask(f"fact-{user}", f"question of {user}"))
        evening.act(PRESENTER, acts.Reply(f"fact-{user}", f"answer for {user}"))
    evening.until("ratings")
    for place, user in enumerate(RATERS):
        evening.act(user, acts.Suppose(f"idea of {user}"))
        fits = {mechanism.id: (place + number) % 5 for number, mechanism in enumerate(library().mechanisms)}
        evening.rate(user, fits)
        evening.act(user, acts.Observe(REVERSAL, f"for of {user}", f"against of {user}"))
        evening.act(user, acts.FinishWalk())
    evening.until("reveal")
    evening.act(PRESENTER, acts.AllowOwnSide(allowed=True))
    evening.until("answer")
    evening.act(PRESENTER, acts.Respond((REVERSAL,), something_else=True, text="presenter answers"))
    evening.until("step")
    evening.act(PRESENTER, acts.Decide("plan", "repair-a-lapse", "presenter cue", "presenter action"))
    evening.until("close")
    for user in (PRESENTER, *RATERS):
        evening.act(user, acts.SayGoodbye(f"word of {user}", 1))
    return evening.until("handout")
