"""A protocol as one session runs it: which steps, how long, and when they end."""

from dataclasses import dataclass

from bot.content.models import Protocol, Step
from bot.formulation.session import Session


@dataclass(frozen=True)
class Moment:
    """A step, and within the talk a topic. Buttons carry it, so that a late press can be told apart."""

    step: str
    topic: int

    def __str__(self) -> str:
        return f"{self.step}.{self.topic}"


@dataclass(frozen=True)
class Script:
    """The steps of ``protocol`` that a session of ``minutes`` takes in text mode, in order."""

    protocol: Protocol
    minutes: int

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in order, the handout last."""
        return tuple(
            step
            for step in self.protocol.steps
            if step.text and (step.minutes[self.minutes] or step.kind == "handout")
        )

    def step(self, session: Session) -> Step:
        """The step that the session is in."""
        return next(step for step in self.steps if step.id == session.step)

    def number(self, session: Session) -> int:
        """Which step this is, from 1."""
        return self.steps.index(self.step(session)) + 1

    def topics_in_time(self) -> int:
        """How many topics the talk has room for."""
        talk = next((step for step in self.steps if step.topics), None)
        return talk.topics[self.minutes] if talk is not None and talk.topics else 0

    def next_moment(self, session: Session) -> Moment | None:
        """Where *next* leads: the next topic, the next step, or None at the end."""
        step = self.step(session)
        if (
            step.kind == "talk"
            and session.reveal is not None
            and session.topic + 1 < len(session.reveal.topics)
        ):
            return Moment(step.id, session.topic + 1)
        following = self.steps.index(step) + 1
        return Moment(self.steps[following].id, 0) if following < len(self.steps) else None

    def seconds(self, session: Session) -> int:
        """How long the present moment lasts. The topics of a talk share its minutes evenly."""
        step = self.step(session)
        seconds = step.minutes[self.minutes] * 60
        topics = len(session.reveal.topics) if step.kind == "talk" and session.reveal is not None else 1
        return seconds // max(topics, 1)

    def until(self, session: Session) -> int | None:
        """When the minutes of this moment run out, in seconds UTC; None while paused or without minutes."""
        seconds = self.seconds(session)
        if session.status != "open" or session.paused_at is not None or not seconds:
            return None
        return session.step_began_at + session.paused_seconds + seconds

    def ends_at(self, session: Session) -> int:
        """The one fixed end of the session, in seconds UTC."""
        return session.started_at + self.minutes * 60


def moment(session: Session) -> Moment:
    """Where the session is."""
    return Moment(session.step, session.topic)
