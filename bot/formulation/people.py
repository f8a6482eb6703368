"""Who is in a session and in which role: coming in, stepping out, the facilitator's role."""

from typing import TypeVar

from bot.formulation import acts
from bot.formulation.scene import Scene, changed, me, with_person
from bot.formulation.session import MOST_PEOPLE, Person, Session
from bot.refusal import Refusal

GONE_AFTER = 600
GONE_AFTER_SLOW = 2 * 86_400
"""Seconds without a sign of the facilitator after which another may take over: ten minutes, two days."""
SIGN_OF_LIFE_EVERY = 60

GivenT = TypeVar("GivenT")


def join(session: Session, act: acts.Join, scene: Scene) -> Session:
    """Come in: as a member while there is room, else to listen."""
    if scene.by is None or session.person(scene.by) is not None:
        return session
    taking_part = sum(person.role != "observer" for person in session.present)
    role = "member" if taking_part < session.room else "observer"
    known = session.known(scene.by)
    if known is not None:
        return with_person(session, known, away=False, role=role)
    if len(session.people) >= MOST_PEOPLE:
        raise Refusal("session-full", most=MOST_PEOPLE)
    return changed(session, people=(*session.people, Person(key=act.key, user=scene.by, role=role)))


def step_out(session: Session, _act: acts.StepOut, scene: Scene) -> Session:
    """Leave. What is still private goes with its author; what everyone has read stays, without a name."""
    person = session.person(scene.by) if scene.by is not None else None
    if person is None:
        return session
    if person.role == "presenter":
        raise Refusal("presenter-steps-out")
    closed = [step for step in scene.script.steps if step.id not in session.opened]
    hidden = {step.id for step in closed if step.kind == "gather" and step.hidden}
    left = with_person(session, person, away=True, role="member", nudge=False)
    left = changed(
        left,
        lines=tuple(line for line in left.lines if line.by != person.key or line.step not in hidden),
        done=tuple(key for key in left.done if key != person.key),
    )
    if session.reveal is None:
        left = changed(left, walks=_without(left.walks, person))
    elif person.key in left.walks and any(step.kind == "second-ratings" for step in closed):
        walk = left.walks[person.key].model_copy(update={"again": {}})
        left = changed(left, walks={**left.walks, person.key: walk})
    if session.status == "open":
        left = changed(left, closings=_without(left.closings, person))
    return left


def _without(given: dict[str, GivenT], person: Person) -> dict[str, GivenT]:
    return {key: value for key, value in given.items() if key != person.key}


def facilitate(session: Session, act: acts.Facilitate, scene: Scene) -> Session:
    """Take the role where it is free, or where its holder has been gone for long."""
    holder = session.holder("facilitator")
    if holder is not None:
        if holder.user == scene.by:
            return session
        if not is_gone(session, scene.at):
            raise Refusal("facilitator-taken")
    joined = join(session, acts.Join(act.key), scene)
    person = me(joined, scene)
    if person.role == "presenter":
        raise Refusal("presenter-cannot-facilitate")
    return _given_to(joined, person, scene.at)


def hand_over(session: Session, act: acts.HandOver, scene: Scene) -> Session:
    """Give the role to somebody else who is here."""
    person = session.person(act.user)
    if person is None:
        raise Refusal("not-in-session")
    if person.role == "presenter":
        raise Refusal("presenter-cannot-facilitate")
    return _given_to(session, person, scene.at) if person.role != "facilitator" else session


def _given_to(session: Session, person: Person, at: int) -> Session:
    holder = session.holder("facilitator")
    if holder is not None:
        session = with_person(session, holder, role="member")
    return changed(with_person(session, person, role="facilitator"), facilitator_seen_at=at)


def is_gone(session: Session, at: int) -> bool:
    """Whether nothing has been seen of the facilitator for so long that another may take over.

    While the minutes of a step still run, there is nothing for a facilitator to press: they are not gone,
    and it counts from when the minutes ran out or the clock was held.
    """
    seen_at = session.facilitator_seen_at
    quiet = at - (seen_at if seen_at is not None else session.started_at)
    if session.mode == "slow":
        return quiet >= GONE_AFTER_SLOW
    if session.paused_at is not None:
        quiet = min(quiet, at - session.paused_at)
    return quiet >= GONE_AFTER and (session.time_up or session.paused_at is not None)


def sign_of_life(session: Session, _act: acts.SignOfLife, scene: Scene) -> Session:
    """Note that the facilitator is here; once a minute is enough."""
    seen_at = session.facilitator_seen_at
    if seen_at is not None and scene.at - seen_at < SIGN_OF_LIFE_EVERY:
        return session
    return changed(session, facilitator_seen_at=scene.at)


def make_room(session: Session, _act: acts.MakeRoom, _scene: Scene) -> Session:
    """Let those who listen take part, and all who come after them."""
    people = tuple(
        person.model_copy(update={"role": "member"}) if person.role == "observer" else person
        for person in session.people
    )
    return changed(session, people=people, room=MOST_PEOPLE)


def want_nudge(session: Session, act: acts.WantNudge, scene: Scene) -> Session:
    """Note whether somebody wants to be told, once a step, that something is open."""
    person = me(session, scene)
    return session if person.nudge == act.on else with_person(session, person, nudge=act.on)


def forget(session: Session, _act: acts.Forget, scene: Scene) -> Session:
    """Everything that came from somebody goes, also where they stepped out before."""
    person = session.known(scene.by) if scene.by is not None else None
    if person is None:
        return session
    if person.role == "presenter":
        session = without_case(session)
    return changed(
        session,
        people=tuple(each for each in session.people if each != person),
        walks=_without(session.walks, person),
        closings=_without(session.closings, person),
        facts=tuple(fact for fact in session.facts if fact.asked_by != person.key),
        lines=tuple(line for line in session.lines if line.by != person.key),
        told_back=tuple(told for told in session.told_back if told.by != person.key),
        done=tuple(key for key in session.done if key != person.key),
    )


def without_case(session: Session) -> Session:
    """The session without its case, and without anything that anyone made of it."""
    return changed(
        session,
        title="",
        question="",
        account=None,
        exhibits=(),
        restated=None,
        facts=(),
        chosen={},
        lines=(),
        walks={},
        own_fits={},
        note="",
        reveal=None,
        set_aside=(),
        own_side_may_be_talked_about=None,
        answer=None,
        outcome=None,
        closings={},
        told_back=(),
    )
