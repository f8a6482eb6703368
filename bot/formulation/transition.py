"""The one function that changes a session."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.content.models import Mechanism
from bot.content.protocols import Protocol
from bot.formulation import acts, giving, moving, people
from bot.formulation.acts import RULES, Act, Who, admits
from bot.formulation.scene import Scene, changed
from bot.formulation.script import Script
from bot.formulation.session import Session
from bot.refusal import Refusal


def transition(
    session: Session, act: Act, by: int | None, at: int, protocol: Protocol, mechanisms: Sequence[Mechanism]
) -> Session:
    """The session after ``act``. Pure: equal arguments give equal sessions.

    An act that has had its effect already gives back the session as it is. Raises ``Refusal``
    where the act is not this person's, or not of this step; nothing has changed then.
    """
    scene = Scene(Script.of(session, protocol), mechanisms, by, at)
    rule = RULES[type(act)]
    _admit(session, rule.who, by)
    if rule.kinds is not None:
        if session.status != "open":
            raise Refusal("session-over")
        if scene.script.step(session).kind not in rule.kinds:
            raise Refusal("step-moved-on")
    after = _CHANGES[type(act)](session, act, scene)
    if after == session:
        return session
    return _seen(moving.settled(after, scene), scene)


def _admit(session: Session, who: Who, by: int | None) -> None:
    allowed = who == "clock" if by is None else admits(who, session.person(by))
    if allowed:
        return
    if who in ("anyone", "clock"):
        # No control offers a person what is the clock's, or the clock what is a person's.
        raise Refusal("control-stale")
    raise Refusal(f"only-{who}")


def _seen(session: Session, scene: Scene) -> Session:
    """Whatever the facilitator did is a sign of life."""
    facilitator = session.holder("facilitator")
    if facilitator is None or facilitator.user != scene.by:
        return session
    return changed(session, facilitator_seen_at=scene.at)


_CHANGES: dict[type[Act], Callable[[Session, Any, Scene], Session]] = {
    acts.Join: people.join,
    acts.StepOut: people.step_out,
    acts.Facilitate: people.facilitate,
    acts.HandOver: people.hand_over,
    acts.SignOfLife: people.sign_of_life,
    acts.MakeRoom: people.make_room,
    acts.WantNudge: people.want_nudge,
    acts.Forget: people.forget,
    acts.Next: moving.go_on,
    acts.Skip: moving.skip,
    acts.GoBack: moving.go_back,
    acts.SetTopicAside: moving.set_topic_aside,
    acts.MoreTime: moving.more_time,
    acts.MoveDate: moving.move_date,
    acts.Pause: moving.pause,
    acts.SlowDown: moving.slow_down,
    acts.TimeUp: moving.time_up,
    acts.DoneHere: moving.done_here,
    acts.End: moving.end,
    acts.TakeCaseBack: moving.take_case_back,
    acts.Strand: moving.strand,
    acts.Tell: giving.tell,
    acts.Ask: giving.ask,
    acts.Reply: giving.reply,
    acts.Restate: giving.restate,
    acts.ChooseWay: giving.choose_way,
    acts.Contribute: giving.contribute,
    acts.TakeNote: giving.take_note,
    acts.Suppose: giving.suppose,
    acts.Rate: giving.rate,
    acts.RateAgain: giving.rate_again,
    acts.RateForMyself: giving.rate_for_myself,
    acts.Observe: giving.observe,
    acts.FinishWalk: giving.finish_walk,
    acts.TakeBack: giving.take_back,
    acts.SetAside: giving.set_aside,
    acts.AllowOwnSide: giving.allow_own_side,
    acts.Respond: giving.respond,
    acts.Decide: giving.decide,
    acts.SayGoodbye: giving.say_goodbye,
    acts.TellBack: giving.tell_back,
}
