"""What people give to a session: the telling, facts, lines, ratings, and the presenter's own end."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.content.models import Mechanism
from bot.formulation import acts
from bot.formulation.reveal import Observation, gathered, revealed, without_own
from bot.formulation.scene import Scene, changed, me, said
from bot.formulation.script import Script
from bot.formulation.session import (
    Answer,
    Closing,
    Evidence,
    Fact,
    Line,
    Outcome,
    Session,
    ToldBack,
    Walk,
)
from bot.formulation.walk import evidence_wanted, is_complete, order
from bot.refusal import Refusal

MOST_FACTS = 30
MOST_TOLD_BACK = 5


def tell(session: Session, act: acts.Tell, _scene: Scene) -> Session:
    """The account; empty takes it away."""
    return changed(session, account=act.account or None)


def ask(session: Session, act: acts.Ask, scene: Scene) -> Session:
    """A factual question."""
    if any(fact.key == act.key for fact in session.facts):
        return session
    if len(session.facts) >= MOST_FACTS:
        raise Refusal("too-many-facts", most=MOST_FACTS)
    said(act.question)
    fact = Fact(key=act.key, asked_by=me(session, scene).key, question=act.question)
    return changed(session, facts=(*session.facts, fact))


def reply(session: Session, act: acts.Reply, _scene: Scene) -> Session:
    """The presenter's answer to one."""
    if not any(fact.key == act.fact for fact in session.facts):
        raise Refusal("fact-gone")
    said(act.answer)
    facts = tuple(
        fact.model_copy(update={"answer": act.answer}) if fact.key == act.fact else fact
        for fact in session.facts
    )
    return changed(session, facts=facts)


def restate(session: Session, act: acts.Restate, _scene: Scene) -> Session:
    """The question, put anew."""
    said(act.question)
    return changed(session, restated=act.question)


def choose_way(session: Session, act: acts.ChooseWay, scene: Scene) -> Session:
    """How the group works in what follows."""
    step = scene.script.step(session)
    if all(way.id != act.way for way in step.options):
        raise Refusal("control-stale")
    return changed(session, chosen={**session.chosen, step.id: act.way})


def contribute(session: Session, act: acts.Contribute, scene: Scene) -> Session:
    """One short line."""
    if any(line.key == act.key for line in session.lines):
        return session
    said(act.text)
    step, by = scene.script.step(session), me(session, scene).key
    mine = sum(line.by == by and line.step == step.id for line in session.lines)
    if mine >= (step.lines or 1):
        raise Refusal("enough-lines", most=step.lines or 1)
    line = Line(key=act.key, step=step.id, by=by, text=act.text)
    return changed(session, lines=(*session.lines, line))


def take_note(session: Session, act: acts.TakeNote, _scene: Scene) -> Session:
    """The presenter's private notes."""
    return changed(session, note=act.text)


# The private ratings


def _walked(session: Session, scene: Scene, change: Callable[[Walk], dict[str, Any]]) -> Session:
    person = me(session, scene)
    walk = session.walk(person)
    walk = walk.model_copy(update=change(walk))
    if session.mode != "slow" and not walk.done:
        # Live, nobody need say that they are done when they are; in slow mode saying so moves the group on.
        cards = order(scene.mechanisms, person.key)
        wanted = evidence_wanted(walk, cards, scene.script.evidence)
        all_given = is_complete(walk, cards) and all(each in walk.evidence for each in wanted)
        walk = walk.model_copy(update={"done": all_given})
    return changed(session, walks={**session.walks, person.key: walk})


def _checked(scene: Scene, mechanism: str, fit: int | None = None) -> None:
    known = any(each.id == mechanism for each in scene.mechanisms)
    if not known or (fit is not None and fit not in range(5)):
        raise Refusal("control-stale")


def suppose(session: Session, act: acts.Suppose, scene: Scene) -> Session:
    """The open line; empty skips it."""
    return _walked(session, scene, lambda _: {"idea": act.idea})


def rate(session: Session, act: acts.Rate, scene: Scene) -> Session:
    """One fit."""
    _checked(scene, act.mechanism, act.fit)
    return _walked(session, scene, lambda walk: {"fits": {**walk.fits, act.mechanism: act.fit}})


def rate_again(session: Session, act: acts.RateAgain, scene: Scene) -> Session:
    """One fit after the talk."""
    _checked(scene, act.mechanism, act.fit)
    if act.mechanism not in session.talked_about:
        raise Refusal("control-stale")
    if not session.walk(me(session, scene)).fits:
        raise Refusal("again-not-before")
    return _walked(session, scene, lambda walk: {"again": {**walk.again, act.mechanism: act.fit}})


def rate_for_myself(session: Session, act: acts.RateForMyself, scene: Scene) -> Session:
    """The presenter's own fit."""
    _checked(scene, act.mechanism, act.fit)
    return changed(session, own_fits={**session.own_fits, act.mechanism: act.fit})


def observe(session: Session, act: acts.Observe, scene: Scene) -> Session:
    """What speaks for and against one mechanism."""
    _checked(scene, act.mechanism)
    seen = Evidence(speaks_for=act.speaks_for, speaks_against=act.speaks_against)
    return _walked(session, scene, lambda walk: {"evidence": {**walk.evidence, act.mechanism: seen}})


def finish_walk(session: Session, _act: acts.FinishWalk, scene: Scene) -> Session:
    """That this was all."""
    return _walked(session, scene, lambda _: {"done": True})


# Taken back, set aside


def take_back(session: Session, act: acts.TakeBack, scene: Scene) -> Session:
    """An author takes something of their own back."""
    return without_own(session, me(session, scene), act.what)


def set_aside(session: Session, act: acts.SetAside, scene: Scene) -> Session:
    """A line that the presenter does not want looked at."""
    if act.line in session.set_aside:
        return session
    if act.line not in {each.id for each in lines_in_sight(session, scene.script, scene.mechanisms)}:
        raise Refusal("control-stale")
    return changed(session, set_aside=(*session.set_aside, act.line))


def lines_in_sight(session: Session, script: Script, mechanisms: Sequence[Mechanism]) -> list[Observation]:
    """Every line that the group can read by now and that can be set aside."""
    found: list[Observation] = []
    if session.reveal is not None:
        found += revealed(session, mechanisms, session.reveal.seed).observations
    for step in script.steps:
        if step.kind == "gather" and (not step.hidden or step.id in session.opened):
            found += gathered(session, step.id)
    return found


# The presenter's end, and everyone's


def allow_own_side(session: Session, act: acts.AllowOwnSide, _scene: Scene) -> Session:
    """Whether countertransference may be talked about; topics that were chosen before are chosen anew."""
    if act.allowed == session.own_side_may_be_talked_about:
        return session
    reveal = session.reveal.model_copy(update={"topics": ()}) if session.reveal is not None else None
    return changed(session, own_side_may_be_talked_about=act.allowed, reveal=reveal)


def respond(session: Session, act: acts.Respond, scene: Scene) -> Session:
    """The presenter's answer."""
    for mechanism in act.fits:
        _checked(scene, mechanism)
    answer = Answer(fits=act.fits, something_else=act.something_else, text=act.text)
    return changed(session, answer=answer)


def decide(session: Session, act: acts.Decide, _scene: Scene) -> Session:
    """The one step. What was written for another one stays, in case they come back to it."""
    if act.kind == "plan":
        said(act.cue)
        said(act.action)
        plan = {"strategy": act.strategy, "cue": act.cue, "action": act.action}
    else:
        plan = {"question": act.question} if act.kind == "ask" else {}
    before = session.outcome or Outcome(kind=act.kind)
    return changed(session, outcome=before.model_copy(update={"kind": act.kind, **plan}))


def say_goodbye(session: Session, act: acts.SayGoodbye, scene: Scene) -> Session:
    """One word and one private item."""
    if act.looked_after is not None and act.looked_after not in range(5):
        raise Refusal("control-stale")
    closing = Closing(word=act.word, looked_after=act.looked_after)
    return changed(session, closings={**session.closings, me(session, scene).key: closing})


def tell_back(session: Session, act: acts.TellBack, scene: Scene) -> Session:
    """What became of an earlier plan, from whoever chose to tell it."""
    said(act.text)
    told = ToldBack(key=act.key, by=me(session, scene).key, text=act.text)
    before = next((each for each in session.told_back if each.key == act.key), None)
    if before is not None:
        if before.by != told.by:
            return session
        kept = tuple(told if each.key == act.key else each for each in session.told_back)
        return changed(session, told_back=kept)
    if len(session.told_back) >= MOST_TOLD_BACK:
        raise Refusal("told-back-enough", most=MOST_TOLD_BACK)
    return changed(session, told_back=(*session.told_back, told))
