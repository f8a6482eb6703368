"""Who may do what when: every act, by everyone, in every step, held against ``RULES``."""

from functools import cache
from typing import get_args

import pytest

from bot.formulation import acts
from bot.formulation.acts import RULES, Act, Who
from bot.formulation.script import moment
from bot.formulation.session import Session
from bot.formulation.transition import transition
from bot.refusal import Refusal
from tests.formulation.evening import (
    FACILITATOR,
    KINDS,
    MEMBERS,
    OUTSIDER,
    PRESENTER,
    REVERSAL,
    Evening,
    library,
    protocol,
)

ROLES = {
    "outsider": OUTSIDER,
    "member": MEMBERS[0],
    "facilitator": FACILITATOR,
    "presenter": PRESENTER,
    "clock": None,
}
PEOPLE = {"outsider", "member", "facilitator", "presenter"}
MAY: dict[Who, set[str]] = {
    "anyone": PEOPLE,
    "member": PEOPLE - {"outsider"},
    "rater": {"member", "facilitator"},
    "presenter": {"presenter"},
    "facilitator": {"facilitator"},
    "clock": {"clock"},
}
LATE = 10_000_000_000


@cache
def evenings() -> dict[str, Session]:
    """The same evening in each of its steps, and cut off in the middle of one."""
    evening, found = Evening(), dict[str, Session]()
    for kind in KINDS:
        evening.until(kind)
        if kind == "facts":
            evening.act(MEMBERS[1], acts.Ask("fact", "How long?"))
        if kind == "ratings":
            evening.rate(MEMBERS[1], {REVERSAL: 3})
        found[kind] = evening.session
    broken = Evening().until("talk")
    return found | {"stranded": broken.act(None, acts.Strand())}


def sample(act: type[Act], session: Session) -> Act:
    """One act of a kind, as the right person could do it now."""
    samples: tuple[Act, ...] = (
        acts.Join("fresh"),
        acts.Facilitate("fresh"),
        acts.Next(str(moment(session)), "seed"),
        acts.Pause(on=True),
        acts.End(),
        acts.TimeUp(str(moment(session))),
        acts.Tell("another account"),
        acts.Ask("fresh", "Since when?"),
        acts.Reply("fact", "Since spring."),
        acts.Suppose("a thought"),
        acts.Rate(REVERSAL, 4),
        acts.Observe(REVERSAL, "for", "against"),
        acts.FinishWalk(),
        acts.AllowOwnSide(allowed=True),
        acts.Respond((REVERSAL,), something_else=False, text="yes"),
        acts.Decide("watch"),
        acts.SayGoodbye("lighter", 2),
        acts.Strand(),
        acts.Forget(),
    )
    return next(each for each in samples if type(each) is act)


def allowed_kinds(act: type[Act]) -> frozenset[str]:
    kinds = RULES[act].kinds
    return frozenset({*KINDS, "stranded"}) if kinds is None else kinds


def expected_refusal(act: type[Act], role: str, kind: str) -> str | None:
    """What the rules, and the state of these evenings, say about it."""
    who = RULES[act].who
    if role not in MAY[who]:
        return "control-stale" if who in ("anyone", "clock") else f"only-{who}"
    if kind in ("handout", "stranded") and (RULES[act].kinds is not None or act is acts.Next):
        return "session-over"
    if kind not in allowed_kinds(act):
        return "step-moved-on"
    if act is acts.Facilitate and role != "facilitator":
        return "facilitator-taken"
    return None


def after(session: Session, act: Act, by: int | None, at: int = LATE) -> Session:
    return transition(session, act, by, at, protocol(), library().mechanisms)


MATRIX = [(act, role, kind) for act in RULES for role in ROLES for kind in (*KINDS, "stranded")]


def test_every_act_has_a_rule() -> None:
    """And there is a rule for nothing else."""
    assert set(RULES) == set(get_args(Act))
    assert {rule.who for rule in RULES.values()} == set(get_args(Who))


def test_rules_name_steps_that_exist() -> None:
    """A kind that no protocol has would allow nothing."""
    assert {kind for rule in RULES.values() for kind in rule.kinds or ()} <= set(KINDS)


@pytest.mark.parametrize(
    ("act", "role", "kind"), MATRIX, ids=[f"{act.__name__}-{role}-{kind}" for act, role, kind in MATRIX]
)
def test_everyone_may_do_what_the_rules_say(act: type[Act], role: str, kind: str) -> None:
    """Allowed, and then twice is as good as once; or refused for the right reason, and nothing changed."""
    session, by = evenings()[kind], ROLES[role]
    done, before = sample(act, session), session.model_dump_json()
    expected = expected_refusal(act, role, kind)

    if expected is None:
        once = after(session, done, by)
        assert after(once, done, by, LATE + 100) == once
    else:
        with pytest.raises(Refusal) as refused:
            after(session, done, by)
        assert refused.value.key == expected
    assert session.model_dump_json() == before


WITHOUT_EFFECT = {
    # The facilitator is in and facilitates; a member is in; what is closed stays closed.
    (acts.Join, "facilitator"),
    (acts.Join, "member"),
    (acts.Join, "presenter"),
    (acts.Facilitate, "facilitator"),
    (acts.Forget, "outsider"),
}


@pytest.mark.parametrize(
    ("act", "role", "kind"),
    [each for each in MATRIX if expected_refusal(*each) is None],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_what_is_allowed_has_its_effect(act: type[Act], role: str, kind: str) -> None:
    """Once, and an act whose effect is there already has none."""
    session = evenings()[kind]
    over = kind in ("handout", "stranded") and act is not acts.Forget
    unchanged = after(session, sample(act, session), ROLES[role]) == session
    assert unchanged is (over or (act, role) in WITHOUT_EFFECT)
