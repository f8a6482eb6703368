"""The one function that changes a session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.content.models import Mechanism, Protocol
from bot.formulation import acts
from bot.formulation.acts import RULES, Act, Who, admits
from bot.formulation.reveal import revealed, topics
from bot.formulation.script import Script, moment
from bot.formulation.session import (
    FEWEST_PEOPLE,
    MOST_PEOPLE,
    Answer,
    Closing,
    Evidence,
    Fact,
    Outcome,
    Person,
    Reveal,
    Session,
    Walk,
)
from bot.refusal import Refusal

MOST_FACTS = 30


@dataclass(frozen=True)
class Scene:
    """What a change needs to know besides the session: the script, the mechanisms, who and when.

    ``by`` is a user id, None for the clock; ``at`` is in seconds UTC.
    """

    script: Script
    mechanisms: Sequence[Mechanism]
    by: int | None
    at: int


def transition(
    session: Session, act: Act, by: int | None, at: int, protocol: Protocol, mechanisms: Sequence[Mechanism]
) -> Session:
    """The session after ``act``. Pure: equal arguments give equal sessions.

    An act that has had its effect already gives back the session as it is. Raises ``Refusal``
    where the act is not this person's, or not of this step; nothing has changed then.
    """
    scene = Scene(Script(protocol, session.minutes), mechanisms, by, at)
    rule = RULES[type(act)]
    _admit(session, rule.who, by)
    if rule.kinds is not None:
        if session.status != "open":
            raise Refusal("session-over")
        if scene.script.step(session).kind not in rule.kinds:
            raise Refusal("step-moved-on")
    return _CHANGES[type(act)](session, act, scene)


def _admit(session: Session, who: Who, by: int | None) -> None:
    allowed = who == "clock" if by is None else admits(who, session.person(by))
    if allowed:
        return
    if who in ("anyone", "clock"):
        # No control offers a person what is the clock's, or the clock what is a person's.
        raise Refusal("control-stale")
    raise Refusal(f"only-{who}")


def _with(session: Session, **changes: object) -> Session:
    return session.model_copy(update=changes)


def _me(session: Session, scene: Scene) -> Person:
    person = session.person(scene.by) if scene.by is not None else None
    if person is None:
        raise Refusal("only-member")
    return person


def _join(session: Session, act: acts.Join, scene: Scene) -> Session:
    if scene.by is None or session.person(scene.by) is not None:
        return session
    if len(session.people) >= MOST_PEOPLE:
        raise Refusal("session-full", most=MOST_PEOPLE)
    return _with(session, people=(*session.people, Person(key=act.key, user=scene.by, role="member")))


def _facilitate(session: Session, act: acts.Facilitate, scene: Scene) -> Session:
    holder = session.holder("facilitator")
    if holder is not None:
        if holder.user == scene.by:
            return session
        raise Refusal("facilitator-taken")
    joined = _join(session, acts.Join(act.key), scene)
    me = _me(joined, scene)
    if me.role == "presenter":
        raise Refusal("presenter-cannot-facilitate")
    people = tuple(
        person.model_copy(update={"role": "facilitator"}) if person == me else person
        for person in joined.people
    )
    return _with(joined, people=people)


def _next(session: Session, act: acts.Next, scene: Scene) -> Session:
    if act.seen != str(moment(session)):
        return session
    if session.status != "open":
        raise Refusal("session-over")
    if session.paused_at is not None:
        raise Refusal("paused")
    _ready_to_leave(session, scene)
    target = scene.script.next_moment(session)
    if target is None:
        return session
    kind = next(step.kind for step in scene.script.steps if step.id == target.step)
    moved = _with(
        session, step=target.step, topic=target.topic, step_began_at=scene.at, paused_seconds=0, time_up=False
    )
    if kind == "telling":
        return _with(moved, told=True)
    if kind == "reveal":
        return _with(moved, reveal=Reveal(seed=act.seed, topics=()))
    if kind == "talk" and session.reveal is not None and target.topic == 0:
        shown = revealed(session, scene.mechanisms, session.reveal.seed)
        own_side = session.own_side_may_be_talked_about is True
        chosen = topics(shown, scene.mechanisms, scene.script.topics_in_time(), own_side=own_side)
        return _with(moved, reveal=session.reveal.model_copy(update={"topics": chosen}))
    if kind == "handout":
        return _with(moved, status="closed", closed_at=scene.at)
    return moved


def _ready_to_leave(session: Session, scene: Scene) -> None:
    kind = scene.script.step(session).kind
    if kind == "arrive" and len(session.people) < FEWEST_PEOPLE:
        raise Refusal("too-few-people", fewest=FEWEST_PEOPLE)
    if kind == "telling" and not session.account:
        raise Refusal("account-missing")
    if kind == "ratings" and not any(walk.fits for walk in session.walks.values()):
        raise Refusal("nobody-rated")


def _pause(session: Session, act: acts.Pause, scene: Scene) -> Session:
    if act.on == (session.paused_at is not None):
        return session
    if session.paused_at is None:
        return _with(session, paused_at=scene.at)
    held = session.paused_seconds + max(scene.at - session.paused_at, 0)
    return _with(session, paused_at=None, paused_seconds=held)


def _end(session: Session, _act: acts.End, scene: Scene) -> Session:
    if session.status != "open":
        return session
    last = scene.script.steps[-1].id
    return _with(
        session, step=last, topic=0, status="closed", closed_at=scene.at, paused_at=None, ended_early=True
    )


def _time_up(session: Session, act: acts.TimeUp, scene: Scene) -> Session:
    until = scene.script.until(session)
    if act.seen != str(moment(session)) or until is None or scene.at < until:
        return session
    return _with(session, time_up=True)


def _tell(session: Session, act: acts.Tell, _scene: Scene) -> Session:
    return _with(session, account=act.account or None)


def _ask(session: Session, act: acts.Ask, scene: Scene) -> Session:
    if any(fact.key == act.key for fact in session.facts):
        return session
    if len(session.facts) >= MOST_FACTS:
        raise Refusal("too-many-facts", most=MOST_FACTS)
    _said(act.question)
    fact = Fact(key=act.key, asked_by=_me(session, scene).key, question=act.question)
    return _with(session, facts=(*session.facts, fact))


def _reply(session: Session, act: acts.Reply, _scene: Scene) -> Session:
    if not any(fact.key == act.fact for fact in session.facts):
        raise Refusal("fact-gone")
    _said(act.answer)
    facts = tuple(
        fact.model_copy(update={"answer": act.answer}) if fact.key == act.fact else fact
        for fact in session.facts
    )
    return _with(session, facts=facts)


def _walked(session: Session, scene: Scene, change: Callable[[Walk], dict[str, Any]]) -> Session:
    me = _me(session, scene)
    walk = session.walk(me)
    return _with(session, walks={**session.walks, me.key: walk.model_copy(update=change(walk))})


def _said(text: str) -> None:
    if not text.strip():
        raise Refusal("nothing-written")


def _known(scene: Scene, mechanism: str) -> None:
    if all(each.id != mechanism for each in scene.mechanisms):
        raise Refusal("control-stale")


def _suppose(session: Session, act: acts.Suppose, scene: Scene) -> Session:
    return _walked(session, scene, lambda _: {"idea": act.idea})


def _rate(session: Session, act: acts.Rate, scene: Scene) -> Session:
    _known(scene, act.mechanism)
    if act.fit is not None and act.fit not in range(5):
        raise Refusal("control-stale")
    return _walked(session, scene, lambda walk: {"fits": {**walk.fits, act.mechanism: act.fit}})


def _observe(session: Session, act: acts.Observe, scene: Scene) -> Session:
    _known(scene, act.mechanism)
    seen = Evidence(speaks_for=act.speaks_for, speaks_against=act.speaks_against)
    return _walked(session, scene, lambda walk: {"evidence": {**walk.evidence, act.mechanism: seen}})


def _finish_walk(session: Session, _act: acts.FinishWalk, scene: Scene) -> Session:
    return _walked(session, scene, lambda _: {"done": True})


def _allow_own_side(session: Session, act: acts.AllowOwnSide, _scene: Scene) -> Session:
    return _with(session, own_side_may_be_talked_about=act.allowed)


def _respond(session: Session, act: acts.Respond, scene: Scene) -> Session:
    for mechanism in act.fits:
        _known(scene, mechanism)
    return _with(session, answer=Answer(fits=act.fits, something_else=act.something_else, text=act.text))


def _decide(session: Session, act: acts.Decide, _scene: Scene) -> Session:
    if act.kind == "plan":
        _said(act.cue)
        _said(act.action)
    outcome = Outcome(kind=act.kind, strategy=act.strategy, cue=act.cue, action=act.action)
    if act.kind != "plan" and session.outcome is not None:
        # Leaving it for now must not cost what was written: the plan is there if they come back to it.
        outcome = session.outcome.model_copy(update={"kind": act.kind})
    return _with(session, outcome=outcome)


def _say_goodbye(session: Session, act: acts.SayGoodbye, scene: Scene) -> Session:
    if act.looked_after is not None and act.looked_after not in range(5):
        raise Refusal("control-stale")
    closing = Closing(word=act.word, looked_after=act.looked_after)
    return _with(session, closings={**session.closings, _me(session, scene).key: closing})


def _strand(session: Session, _act: acts.Strand, scene: Scene) -> Session:
    if session.status != "open":
        return session
    return _with(session, status="stranded", closed_at=scene.at, paused_at=None)


def _forget(session: Session, _act: acts.Forget, scene: Scene) -> Session:
    person = session.person(scene.by) if scene.by is not None else None
    if person is None:
        return session
    if person.role == "presenter":
        session = _without_case(session)
    return _with(
        session,
        people=tuple(each for each in session.people if each != person),
        walks={key: walk for key, walk in session.walks.items() if key != person.key},
        closings={key: closing for key, closing in session.closings.items() if key != person.key},
        facts=tuple(fact for fact in session.facts if fact.asked_by != person.key),
    )


def _without_case(session: Session) -> Session:
    return _with(
        session,
        title="",
        question="",
        account=None,
        facts=tuple(fact.model_copy(update={"answer": None}) for fact in session.facts),
        own_side_may_be_talked_about=None,
        answer=None,
        outcome=None,
    )


_CHANGES: dict[type[Act], Callable[[Session, Any, Scene], Session]] = {
    acts.Join: _join,
    acts.Facilitate: _facilitate,
    acts.Next: _next,
    acts.Pause: _pause,
    acts.End: _end,
    acts.TimeUp: _time_up,
    acts.Tell: _tell,
    acts.Ask: _ask,
    acts.Reply: _reply,
    acts.Suppose: _suppose,
    acts.Rate: _rate,
    acts.Observe: _observe,
    acts.FinishWalk: _finish_walk,
    acts.AllowOwnSide: _allow_own_side,
    acts.Respond: _respond,
    acts.Decide: _decide,
    acts.SayGoodbye: _say_goodbye,
    acts.Strand: _strand,
    acts.Forget: _forget,
}
