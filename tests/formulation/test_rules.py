"""Who may do what when: every act, by everyone, in every kind of step, held against ``RULES``."""

from collections.abc import Iterator
from functools import cache
from typing import get_args

import pytest

from bot.content.protocols import StepKind
from bot.formulation import acts
from bot.formulation.acts import RULES, Act, Who
from bot.formulation.calendar import evening_after
from bot.formulation.reveal import gathered, revealed
from bot.formulation.script import Script, moment
from bot.formulation.session import Session
from bot.formulation.transition import transition
from bot.refusal import Refusal
from tests.formulation.evening import (
    AMA,
    BEN,
    FACILITATOR,
    KINDS,
    OUTSIDER,
    PRESENTER,
    RATERS,
    REVERSAL,
    SIX,
    TIETZE,
    TRANSFERENCE,
    Evening,
    library,
    protocol,
)

OBSERVER = 9_050
ROLES = {
    "outsider": OUTSIDER,
    "observer": OBSERVER,
    "member": AMA,
    "facilitator": FACILITATOR,
    "presenter": PRESENTER,
    "clock": None,
}
IN = {"observer", "member", "facilitator", "presenter"}
MAY: dict[Who, set[str]] = {
    "anyone": IN | {"outsider"},
    "member": IN,
    "rater": {"member", "facilitator"},
    "presenter": {"presenter"},
    "facilitator": {"facilitator"},
    "leading": {"presenter", "facilitator"},
    "clock": {"clock"},
}
PLACES = (*get_args(StepKind), "stranded")
"""Every kind of step, and a session that was cut off in the middle of one."""


@cache
def evenings() -> dict[str, Session]:
    """Sessions in each kind of step, in which everyone has given what there was to give."""
    found: dict[str, Session] = {}
    for named in (TIETZE, SIX):
        evening = Evening(named=named, room=6)
        evening.act(OBSERVER, acts.Join("observer"))
        for step in evening.script.steps:
            evening.until(step.id)
            match step.kind:
                case "facts":
                    evening.act(BEN, acts.Ask("fact", "How long?"))
                case "gather":
                    evening.act(AMA, acts.Contribute("line", "wait"))
                case "ratings":
                    for place, user in enumerate(RATERS):
                        evening.rate(user, {REVERSAL: place % 4, TRANSFERENCE: 2})
                    evening.act(AMA, acts.Suppose("an idea"))
            found[step.kind] = evening.session
        if named == SIX:
            cut = found["talk"]
            found["stranded"] = transition(cut, acts.Strand(), None, 0, protocol(), library().mechanisms)
    return found


def now(session: Session) -> int:
    """A time at which nothing has run out yet."""
    return session.step_began_at + 61


def line_in_sight(session: Session) -> str:
    lines = gathered(session, "ideas")
    if session.reveal is not None:
        lines = revealed(session, library().mechanisms, session.reveal.seed).observations
    return lines[0].id if lines else "none"


def sample(act: type[Act], session: Session) -> Act:
    """One act of a kind, as the right person could do it now."""
    here = str(moment(session))
    samples: tuple[Act, ...] = (
        acts.Join("fresh"),
        acts.StepOut(),
        acts.Facilitate("fresh"),
        acts.HandOver(BEN),
        acts.SignOfLife(),
        acts.MakeRoom(),
        acts.Next(here),
        acts.Skip(here),
        acts.GoBack(here),
        acts.MoreTime(here),
        acts.MoveDate(here, evening_after(now(session), 1, session.zone)),
        acts.Pause(on=True),
        acts.SlowDown(here),
        acts.End(),
        acts.TakeCaseBack(),
        acts.TimeUp(here),
        acts.DoneHere(here),
        acts.WantNudge(on=True),
        acts.Tell("another account"),
        acts.Ask("fresh", "Since when?"),
        acts.Reply("fact", "Since spring."),
        acts.Restate("How can I wait?"),
        acts.ChooseWay("brainstorm"),
        acts.Contribute("fresh", "ask her"),
        acts.TakeNote("a note"),
        acts.Suppose("a thought"),
        acts.Rate(REVERSAL, 4),
        acts.RateAgain(REVERSAL, 4),
        acts.RateForMyself(REVERSAL, 4),
        acts.Observe(REVERSAL, "for", "against"),
        acts.FinishWalk(),
        acts.TakeBack("line.line" if session.protocol == TIETZE else "idea"),
        acts.SetAside(line_in_sight(session)),
        acts.SetTopicAside(here),
        acts.AllowOwnSide(allowed=True),
        acts.Respond((REVERSAL,), something_else=False, text="yes"),
        acts.Decide("watch"),
        acts.SayGoodbye("lighter", 2),
        acts.TellBack("plan", "Kept."),
        acts.Strand(),
        acts.Forget(),
    )
    return next(each for each in samples if type(each) is act)


OVER = ("handout", "stranded")
HAS_LINES = ("gather", "reveal", "talk", "second-ratings", "answer", "step", "close", "handout", "stranded")


def expected_refusal(act: type[Act], role: str, place: str) -> str | None:
    """What the rules, and the state of these sessions, say about it."""
    rule = RULES[act]
    if role not in MAY[rule.who]:
        return "control-stale" if rule.who in ("anyone", "clock") else f"only-{rule.who}"
    if place in OVER and (rule.kinds is not None or act in (acts.Next, acts.Skip)):
        return "session-over"
    if rule.kinds is not None and place not in rule.kinds:
        return "step-moved-on"
    refused = {
        acts.StepOut: "presenter-steps-out" if role == "presenter" else None,
        acts.Facilitate: "facilitator-taken" if role != "facilitator" else None,
        acts.MoveDate: "no-date-here",
        # The answer comes after the second rating, whose figures are open.
        acts.GoBack: "nothing-before" if place in ("arrive", "reveal", "answer") else None,
        # The protocol that gathers ideas has no step for facts.
        acts.Reply: "fact-gone" if place in ("restate", "choose", "gather") else None,
        acts.SetAside: "control-stale" if place not in HAS_LINES else None,
    }
    return refused.get(act)


def has_effect(act: type[Act], role: str, place: str) -> bool:
    """Whether an act that is allowed changes anything here."""
    if place in OVER:
        goes = act in (acts.StepOut, acts.Forget) and role != "outsider"
        shown = {acts.TakeCaseBack, acts.SetAside, acts.SignOfLife}
        return goes or act in shown or (act is acts.TakeBack and role == "member")
    return not (
        act is acts.DoneHere
        or (act is acts.Join and role != "outsider")
        or (act is acts.Facilitate and role == "facilitator")
        or (act in (acts.StepOut, acts.Forget) and role == "outsider")
        or (act is acts.TakeBack and (role != "member" or place not in {"ratings", *HAS_LINES}))
    )


def after(session: Session, act: Act, by: int | None, later: int = 0) -> Session:
    """``act`` at a time when it can have its effect: the clock's when the minutes are over."""
    until = Script.of(session, protocol(session.protocol)).until(session)
    at = until if isinstance(act, acts.TimeUp) and until is not None else now(session)
    return transition(session, act, by, at + later, protocol(session.protocol), library().mechanisms)


MATRIX = [(act, role) for act in RULES for role in ROLES]
IDS = [f"{act.__name__}-{role}" for act, role in MATRIX]


def cases(act: type[Act], role: str) -> Iterator[tuple[str, Session, Act, int | None]]:
    for place in PLACES:
        session = evenings()[place]
        yield place, session, sample(act, session), ROLES[role]


def test_every_act_has_a_rule() -> None:
    """And there is a rule for nothing else."""
    assert set(RULES) == set(get_args(Act))
    assert {rule.who for rule in RULES.values()} == set(get_args(Who)) == set(MAY)


def test_rules_name_steps_that_exist() -> None:
    """A kind that no protocol has would allow nothing; and each kind is looked at here."""
    assert {kind for rule in RULES.values() for kind in rule.kinds or ()} <= set(get_args(StepKind))
    assert set(evenings()) == set(PLACES) >= set(KINDS)


@pytest.mark.parametrize(("act", "role"), MATRIX, ids=IDS)
def test_everyone_may_do_what_the_rules_say(act: type[Act], role: str) -> None:
    """Allowed, or refused for the right reason and nothing changed, in every kind of step."""
    for place, session, done, by in cases(act, role):
        before = session.model_dump_json()
        expected = expected_refusal(act, role, place)
        if expected is None:
            assert (after(session, done, by) != session) is has_effect(act, role, place), place
        else:
            with pytest.raises(Refusal) as refused:
                after(session, done, by)
            assert refused.value.key == expected, place
        assert session.model_dump_json() == before


# Each of these says by itself that something more is wanted, or that somebody is still here.
COUNTED = (acts.MoreTime, acts.SignOfLife)


@pytest.mark.parametrize(
    ("act", "role"),
    [(act, role) for act, role in MATRIX if act not in COUNTED],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_twice_is_as_good_as_once(act: type[Act], role: str) -> None:
    """A second press, a little later, finds its effect there or is refused; it has no second one."""
    for place, session, done, by in cases(act, role):
        if expected_refusal(act, role, place) is not None:
            continue
        once = after(session, done, by)
        try:
            twice = transition(
                once, done, by, now(session) + 10_000, protocol(session.protocol), library().mechanisms
            )
        except Refusal:
            continue
        called = {"reserve_called": True} if act is acts.TimeUp else {}
        assert twice in (once, once.model_copy(update=called)), place
