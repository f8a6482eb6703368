"""Where a session is: from moment to moment by hand or, in slow mode, by date; held, slowed, ended."""

from dataclasses import replace

from bot.content.protocols import Step
from bot.formulation import acts
from bot.formulation.calendar import evening_after, evenings_after
from bot.formulation.people import without_case
from bot.formulation.reveal import revealed, topics
from bot.formulation.scene import Scene, changed, me
from bot.formulation.script import MORE_SECONDS, Moment, moment
from bot.formulation.session import FEWEST_PEOPLE, Reveal, Session
from bot.formulation.spread import FEWEST_RATERS
from bot.formulation.walk import asked_in, is_done
from bot.refusal import Refusal

MOST_EVENINGS = 10
"""How many evenings ahead a date can be moved."""


def go_on(session: Session, act: acts.Next, scene: Scene) -> Session:
    """To the next moment, if this one has what the next one needs."""
    if act.seen != str(moment(session)):
        return session
    _may_move(session)
    kind = scene.script.step(session).kind
    if kind == "telling" and not session.account and session.mode != "voice":
        raise Refusal("account-missing")
    if kind == "ratings" and not any(walk.fits for walk in session.walks.values()):
        raise Refusal("nobody-rated")
    return _forward(session, scene)


def skip(session: Session, act: acts.Skip, scene: Scene) -> Session:
    """To the next moment, whatever is missing."""
    if act.seen != str(moment(session)):
        return session
    _may_move(session)
    return _forward(session, scene)


def go_back(session: Session, act: acts.GoBack, scene: Scene) -> Session:
    """To the moment before."""
    if act.seen != str(moment(session)):
        return session
    _may_move(session)
    target = scene.script.moment_before(session)
    if target is None:
        raise Refusal("nothing-before")
    before = _entered(session, target, scene)
    if moment(settled(before, scene)) == moment(session):
        # In slow mode, where everyone is done with it already.
        raise Refusal("nothing-before")
    return before


def set_topic_aside(session: Session, act: acts.SetTopicAside, scene: Scene) -> Session:
    """The presenter wants this topic left: the group goes on to what comes after it.

    In slow mode all topics are open side by side: ``seen`` names the one, and the date stays.
    """
    if session.mode == "slow":
        return _left_out(session, act.seen)
    if act.seen != str(moment(session)):
        return session
    _may_move(session)
    topic = session.topic_now
    if topic is None:
        raise Refusal("nothing-to-set-aside")
    return _forward(changed(session, set_aside=(*session.set_aside, topic)), scene)


def _left_out(session: Session, seen: str) -> Session:
    named = {str(Moment(session.step, place)): topic for place, topic in enumerate(session.topics)}
    topic = named.get(seen)
    if topic is None:
        raise Refusal("nothing-to-set-aside")
    if topic in session.set_aside:
        return session
    return changed(session, set_aside=(*session.set_aside, topic))


def _may_move(session: Session) -> None:
    if session.status != "open":
        raise Refusal("session-over")
    if session.paused_at is not None:
        raise Refusal("paused")


def _forward(session: Session, scene: Scene) -> Session:
    step = scene.script.step(session)
    if step.kind == "arrive" and len(session.present) < FEWEST_PEOPLE:
        raise Refusal("too-few-people", fewest=FEWEST_PEOPLE)
    target = scene.script.next_moment(session)
    if target is None:
        return session
    left = target.step != step.id
    if left and step.kind in ("gather", "second-ratings") and step.id not in session.opened:
        session = changed(session, opened=(*session.opened, step.id))
    return _entered(session, target, scene)


def _entered(session: Session, target: Moment, scene: Scene) -> Session:
    step = next(step for step in scene.script.steps if step.id == target.step)
    moved = changed(
        session,
        step=target.step,
        topic=target.topic,
        step_began_at=scene.at,
        paused_seconds=0,
        extra_seconds=0,
        time_up=False,
        slower=False,
        done=(),
        due_at=due_at(step, scene.at, session),
        graced=False,
        moved=False,
        nudged=False,
    )
    match step.kind:
        case "telling":
            return changed(moved, told=True)
        case "reveal" if moved.reveal is None:
            return changed(moved, reveal=Reveal(seed=session.seed, topics=()))
        case "talk" if step.topics and moved.reveal is not None and session.step != step.id:
            return _with_topics(moved, scene)
        case "handout":
            return changed(moved, status="closed", closed_at=scene.at, due_at=None)
        case _:
            return moved


def _with_topics(session: Session, scene: Scene) -> Session:
    if session.reveal is None or session.reveal.topics:
        return session
    shown = revealed(session, scene.mechanisms, session.reveal.seed)
    shown = replace(shown, seen=tuple(each for each in shown.seen if each.mechanism not in session.set_aside))
    own_side = session.own_side_may_be_talked_about is True
    chosen = topics(shown, scene.mechanisms, scene.script.topics, own_side=own_side)
    return changed(session, reveal=session.reveal.model_copy(update={"topics": chosen}))


def due_at(step: Step, at: int, session: Session) -> int | None:
    """When a step that begins at ``at`` ends at the latest, in slow mode; None in a live one."""
    if session.mode != "slow" or step.days is None:
        return None
    return evening_after(at, step.days, session.zone)


# The clock, held and let go


def pause(session: Session, act: acts.Pause, scene: Scene) -> Session:
    """Hold the clock, or let it go on; in slow mode the date moves by as long as it was held."""
    if act.on == (session.paused_at is not None):
        return session
    if session.paused_at is None:
        return changed(session, paused_at=scene.at)
    held = max(scene.at - session.paused_at, 0)
    later = session.due_at
    if later is not None and held:
        later = evening_after(max(later + held, scene.at) - 1, 0, session.zone)
    return changed(session, paused_at=None, paused_seconds=session.paused_seconds + held, due_at=later)


def slow_down(session: Session, act: acts.SlowDown, _scene: Scene) -> Session:
    """Ask for a slower pace, for as long as this moment lasts."""
    return session if act.seen != str(moment(session)) else changed(session, slower=True)


def more_time(session: Session, act: acts.MoreTime, scene: Scene) -> Session:
    """Two minutes more, out of what nobody was promised."""
    if act.seen != str(moment(session)):
        return session
    if session.paused_at is not None:
        raise Refusal("paused")
    until = scene.script.until(session) if session.mode != "slow" else None
    if until is None:
        raise Refusal("no-clock-here")
    room = scene.script.latest(session) - max(until, scene.at)
    if room <= 0:
        raise Refusal("no-minutes-left")
    # Time that is over already is not paid back: the two minutes begin now.
    missed = max(scene.at - until, 0)
    extra = session.extra_seconds + missed + min(MORE_SECONDS, room)
    return changed(session, extra_seconds=extra, time_up=False)


def move_date(session: Session, act: acts.MoveDate, scene: Scene) -> Session:
    """Another evening for this step, once."""
    if act.seen != str(moment(session)) or session.due_at == act.due_at:
        return session
    if session.due_at is None:
        raise Refusal("no-date-here")
    if session.moved:
        raise Refusal("date-moved-already")
    if act.due_at not in evenings_after(scene.at, MOST_EVENINGS, session.zone):
        raise Refusal("control-stale")
    return changed(session, due_at=act.due_at, moved=True, nudged=False)


def time_up(session: Session, act: acts.TimeUp, scene: Scene) -> Session:
    """The clock. Live, it tells the facilitator and moves nobody; in slow mode it keeps the dates."""
    wakes_at = scene.script.wakes_at(session)
    if act.seen != str(moment(session)) or wakes_at is None or scene.at < wakes_at:
        return session
    if session.mode == "slow":
        if session.due_at is not None and scene.at < session.due_at:
            return changed(session, nudged=True)
        return _date_passed(session, scene)
    reserve = scene.script.reserve_begins(session)
    called = reserve is not None and scene.at >= reserve and not scene.script.step(session).reserve
    if not session.time_up:
        # Only from here on is there something for the facilitator to press, and their being gone counts.
        session = changed(session, time_up=True, facilitator_seen_at=scene.at)
    return changed(session, reserve_called=session.reserve_called or called)


def _date_passed(session: Session, scene: Scene) -> Session:
    """The date of a step in slow mode: on, or one day more, once, where too few are done."""
    step = scene.script.step(session)
    asked = asked_in(session, step)
    done = sum(is_done(session, step, person) for person in asked)
    if step.kind == "arrive":
        short = len(session.present) < FEWEST_PEOPLE
    elif step.kind in ("ratings", "second-ratings", "gather"):
        short = done < min(FEWEST_RATERS, len(asked))
    else:
        short = step.kind in ("telling", "restate", "choose", "answer", "step") and not done
    if short and not session.graced:
        return changed(session, graced=True, due_at=evening_after(scene.at, 1, session.zone))
    if short and step.kind in ("arrive", "telling"):
        # Without people or an account there is nothing to go on with: it waits for them.
        return changed(session, due_at=None)
    return _forward(session, scene)


def done_here(session: Session, act: acts.DoneHere, scene: Scene) -> Session:
    """One more who needs no more time for this step."""
    key = me(session, scene).key
    if act.seen != str(moment(session)) or key in session.done or session.mode != "slow":
        return session
    return changed(session, done=(*session.done, key))


def settled(session: Session, scene: Scene) -> Session:
    """A slow session, moved on as far as everyone is done already; any other as it is."""
    while session.mode == "slow" and session.status == "open" and session.paused_at is None:
        step = scene.script.step(session)
        asked = asked_in(session, step)
        # Of a second look nothing may be asked; of any other step that nobody is there to be asked for.
        ready = (bool(asked) or step.kind == "second-ratings") and all(
            is_done(session, step, person) for person in asked
        )
        if step.kind == "arrive":
            ready = session.due_at is None
        if not ready or len(session.present) < FEWEST_PEOPLE:
            break
        session = _forward(session, scene)
    return session


# The end


def end(session: Session, act: acts.End, scene: Scene) -> Session:
    """Close it here."""
    if session.status != "open":
        return session
    return changed(_closed(session, scene), handout_withheld=not act.handout)


def take_case_back(session: Session, _act: acts.TakeCaseBack, scene: Scene) -> Session:
    """Erase the case and all that was made of it, whether or not the session still runs."""
    if session.taken_back:
        return session
    closed = _closed(session, scene) if session.status == "open" else session
    return changed(without_case(closed), taken_back=True)


def _closed(session: Session, scene: Scene) -> Session:
    return changed(
        session,
        step=scene.script.steps[-1].id,
        topic=0,
        status="closed",
        closed_at=scene.at,
        paused_at=None,
        due_at=None,
        ended_early=True,
    )


def strand(session: Session, _act: acts.Strand, scene: Scene) -> Session:
    """The thread is gone: it can't go on."""
    if session.status != "open":
        return session
    return changed(session, status="stranded", closed_at=scene.at, paused_at=None, due_at=None)
