"""A protocol as one session runs it: which steps, how long, and when they end."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.content.protocols import Evidence, Protocol, Step, Way
from bot.formulation.session import Mode, Session

MORE_SECONDS = 120
NUDGE_BEFORE = 9 * 3600
"""Seconds before an evening's due date at which those who asked for it are told: the same morning."""


@dataclass(frozen=True)
class Moment:
    """A step, and within the talk a topic. Buttons carry it, so that a late press can be told apart."""

    step: str
    topic: int

    def __str__(self) -> str:
        return f"{self.step}.{self.topic}"


@dataclass(frozen=True)
class Script:
    """The steps of ``protocol`` that a session takes, in order; ``minutes`` mean nothing in slow mode."""

    protocol: Protocol
    mode: Mode
    minutes: int

    @classmethod
    def of(cls, session: Session, protocol: Protocol) -> "Script":
        """The script that this session runs."""
        return cls(protocol, session.mode, session.minutes)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps in order, the handout last."""
        return tuple(step for step in self.protocol.steps if self._is_taken(step))

    def _is_taken(self, step: Step) -> bool:
        if step.kind == "handout":
            return True
        return step.days is not None if self.mode == "slow" else step.minutes[self.minutes] > 0

    def step(self, session: Session) -> Step:
        """The step that the session is in."""
        return next(step for step in self.steps if step.id == session.step)

    def number(self, session: Session) -> int:
        """Which step this is, from 1."""
        return self.steps.index(self.step(session)) + 1

    def guide(self, session: Session) -> str:
        """What the board says of the present step."""
        step = self.step(session)
        way = self.way(session, step)
        if way is not None:
            return way.guide
        if self.mode == "voice" and step.spoken:
            return step.voice_guide or step.guide
        return (step.slow_guide or step.guide) if self.mode == "slow" else step.guide

    def way(self, session: Session, step: Step) -> Way | None:
        """The way of working that was chosen for this step, or None where there is none to choose."""
        if step.follows is None or step.follows not in session.chosen:
            return None
        chosen = session.chosen[step.follows]
        return next((way for way in self.protocol.step(step.follows).options if way.id == chosen), None)

    @property
    def rates(self) -> bool:
        """Whether mechanisms are rated in this script."""
        return any(step.kind == "ratings" for step in self.steps)

    @property
    def evidence(self) -> Evidence:
        """Which fits ask for what speaks for and against them."""
        step = next((step for step in self.steps if step.evidence), None)
        if step is None or step.evidence is None:
            return "highest"
        return step.slow_evidence or "all" if self.mode == "slow" else step.evidence[self.minutes]

    @property
    def topics(self) -> int:
        """How many topics the talk has room for."""
        talk = next((step for step in self.steps if step.topics), None)
        if talk is None or talk.topics is None:
            return 0
        return talk.slow_topics or 1 if self.mode == "slow" else talk.topics[self.minutes]

    def next_moment(self, session: Session) -> Moment | None:
        """Where *next* leads: the next topic, the next step, or None at the end."""
        step = self.step(session)
        later = [place for place in self._topics_of(step, session) if place > session.topic]
        if later:
            return Moment(step.id, later[0])
        following = self.steps.index(step) + 1
        if following == len(self.steps):
            return None
        topics = self._topics_of(self.steps[following], session)
        return Moment(self.steps[following].id, topics[0] if topics else 0)

    def moment_before(self, session: Session) -> Moment | None:
        """Where *back* leads; None at the beginning, and where what was hidden has been opened."""
        step = self.step(session)
        earlier = [place for place in self._topics_of(step, session) if place < session.topic]
        if earlier:
            return Moment(step.id, earlier[-1])
        place = self.steps.index(step)
        if not place or _is_sealed(self.steps[place - 1]):
            return None
        before = self.steps[place - 1]
        topics = self._topics_of(before, session)
        return Moment(before.id, topics[-1] if topics else 0)

    def _topics_of(self, step: Step, session: Session) -> list[int]:
        """The places of the topics that a step goes through one by one; none that was set aside."""
        if not step.topics or self.mode == "slow":
            return []
        return [place for place, topic in enumerate(session.topics) if topic in session.talked_about]

    def until(self, session: Session) -> int | None:
        """When this moment is over, in seconds UTC; None while paused, or where no time is set.

        A talk's topics share what is left of it evenly. Nothing lasts into what is kept free after it.
        """
        if session.status != "open" or session.paused_at is not None:
            return None
        if self.mode == "slow":
            return session.due_at
        step = self.step(session)
        if not step.minutes[self.minutes]:
            return None
        began = session.step_began_at + session.paused_seconds
        latest = self.latest(session)
        seconds = step.minutes[self.minutes] * 60
        if step.topics:
            topics = len(session.topics)
            share = (latest - began) // max(topics - session.topic, 1)
            seconds = max(min(seconds // max(topics, 1), share), 0)
        return min(began + seconds + session.extra_seconds, latest)

    def latest(self, session: Session) -> int:
        """When this step must end for all that is kept free after it, in seconds UTC.

        Before the reserve everything after it is kept free but talks and gatherings: that is where more time
        comes from. Within the reserve each step keeps its own.
        """
        step = self.step(session)
        after = self.steps[self.steps.index(step) + 1 :]
        kept = [each for each in after if step.reserve or not _gives(each)]
        return self.ends_at(session) - 60 * self._minutes_of(kept)

    def left_to_give(self, session: Session) -> int:
        """Seconds that the talk has left, if this step ends as it does now and others last as meant."""
        until = self.until(session)
        return max(self.latest(session) - until, 0) if until is not None and self.mode != "slow" else 0

    def _minutes_of(self, steps: Sequence[Step]) -> int:
        return sum(step.minutes[self.minutes] for step in steps)

    def reserve_begins(self, session: Session) -> int | None:
        """When the presenter's own time begins, in seconds UTC; None where none is kept, or in slow mode."""
        reserve = [step for step in self.steps if step.reserve]
        if self.mode == "slow" or not reserve:
            return None
        return self.ends_at(session) - 60 * self._minutes_of(reserve)

    def ends_at(self, session: Session) -> int:
        """The one fixed end of a live session, in seconds UTC."""
        return session.started_at + self.minutes * 60

    def wakes_at(self, session: Session) -> int | None:
        """When the clock has something to say about this moment, in seconds UTC; None for never."""
        until = self.until(session)
        if until is None:
            return None
        if self.mode == "slow":
            nudge_at = until - NUDGE_BEFORE
            nudging = not session.nudged and nudge_at > session.step_began_at
            return nudge_at if nudging and any(person.nudge for person in session.present) else until
        if not session.time_up:
            return until
        reserve = self.reserve_begins(session)
        in_reserve = self.step(session).reserve
        return reserve if reserve is not None and not in_reserve and not session.reserve_called else None


def _gives(step: Step) -> bool:
    return step.kind in ("talk", "gather") and not step.reserve


def _is_sealed(step: Step) -> bool:
    """Whether what is given to a step stays out of sight until it is over."""
    return step.hidden or step.kind in ("ratings", "second-ratings")


def moment(session: Session) -> Moment:
    """Where the session is."""
    return Moment(session.step, session.topic)
