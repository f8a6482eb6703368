"""Telling the group what became of a plan is a choice, and can be taken back."""

from bot.formulation.acts import Forget, TakeCaseBack
from bot.formulation.giving import MOST_TOLD_BACK
from bot.rehearsal.stage import Actor, message_text
from tests.commitment_flow.plans import PLAN, UNTIMED, Plans
from tests.services.evening import Evening
from tests.ui.raw import press


async def next_session(plans: Plans) -> tuple[Actor, Evening]:
    """Cem has a plan from one session, and is a member of the next."""
    await plans.decide()
    await plans.over()
    evening = await plans.session("Dag")
    cem = plans["Cem"]
    cem.shown = None
    await cem.press("mine")
    assert PLAN in cem.text
    return cem, evening


def told(plans: Plans) -> list[str]:
    head = plans.say("told-back-head", who=f"<@{plans['Cem'].id}>")
    posts = plans.stage.posts(plans.stage.thread)
    return [text for post in posts if head in (text := message_text(post))]


async def test_told(plans: Plans) -> None:
    """Offered with the very words; told, they stand in the session's thread under one's name, unpinged."""
    cem, _ = await next_session(plans)
    await cem.press("p-kept")
    await cem.fill(line="For me alone.")
    assert plans.say("plan-told-kept", plan=PLAN) in cem.text
    await plans.stage.pass_time(5)
    assert PLAN not in plans.in_public()
    await cem.press("p-tell")
    assert plans.say("plan-tell-done", button=plans.say("button-own-words")) == cem.text
    await plans.stage.pass_time(5)
    [post] = told(plans)
    assert plans.say("plan-told-kept", plan=PLAN) in post
    assert "For me alone." not in plans.in_public()
    path = f"/channels/{plans.stage.thread.id}/messages"
    requests = [each for each in plans.stage.env.http_requests if each.path.endswith(path)]
    [body] = [each.json or {} for each in requests if PLAN in str(each.json)]
    assert body["allowed_mentions"] == {"parse": []}


async def test_not_told(plans: Plans) -> None:
    """Whatever else is pressed, the group reads nothing of it."""
    cem, _ = await next_session(plans)
    await cem.press("p-not-yet")
    assert cem.offers("p-tell")
    await plans.stage.pass_time(60)
    assert PLAN not in plans.in_public()


async def test_pressed_twice(plans: Plans) -> None:
    """There is one post."""
    cem, _ = await next_session(plans)
    await cem.press("p-not-yet")
    control = next(
        each["custom_id"]
        for row in _rows(cem)
        for each in row.get("components", ())
        if ":p-tell:" in each["custom_id"]
    )
    for _ in range(2):
        press(plans.stage, cem.id, control, plans.stage.thread.id)
        await plans.stage.env.settle()
    await plans.stage.pass_time(5)
    assert len(told(plans)) == 1


def _rows(actor: Actor) -> list[dict]:
    assert actor.shown is not None
    assert actor.shown.response is not None
    [framed] = actor.shown.response.components
    return [part for part in framed["components"] if part["type"] == 1]


async def test_taken_back(plans: Plans) -> None:
    """Its owner takes it back like any line; then it is gone from the thread."""
    cem, _ = await next_session(plans)
    await cem.press("p-not-yet")
    await cem.press("p-tell")
    await plans.stage.pass_time(5)
    assert len(told(plans)) == 1
    plan = await plans.plan()
    cem.shown = None
    await cem.press("mine")
    await cem.press("own-words")
    await cem.choose("take-back", f"told.{plan.token}")
    await plans.stage.pass_time(5)
    assert told(plans) == []


async def test_forgotten(plans: Plans) -> None:
    """Forget-me and a case that is taken back erase it too."""
    for act, by in ((Forget(), "Cem"), (TakeCaseBack(), "Dag")):
        cem, evening = await next_session(plans)
        await cem.press("p-not-yet")
        await cem.press("p-tell")
        await plans.stage.pass_time(5)
        assert len(told(plans)) == 1
        await evening.act(act, plans[by].id)
        await plans.stage.pass_time(5)
        assert told(plans) == []
        assert (await evening.session()).told_back == ()
        await plans.over()


async def test_only_ones_own(plans: Plans) -> None:
    """A control that was copied tells nobody anything, whoever presses it."""
    _, evening = await next_session(plans)
    plan = await plans.plan()
    asked = press(
        plans.stage, plans["Bea"].id, f"6:{evening.token}:p-tell:{plan.token}.kept", plans.stage.thread.id
    )
    await plans.stage.env.settle()
    assert asked.text == plans.say("only-committed")
    for wrong in ("0" * 16 + ".kept", plan.token, f"{plan.token}.sold"):
        asked = press(plans.stage, plans["Cem"].id, f"6:{evening.token}:p-tell:{wrong}")
        await plans.stage.env.settle()
        assert asked.text in {plans.say("commitment-gone"), plans.say("control-stale")}
    assert (await evening.session()).told_back == ()


async def test_enough_is_enough(plans: Plans) -> None:
    """A session hears of so many plans; the next is refused with a sentence."""
    for number in range(MOST_TOLD_BACK + 1):
        await plans.decide(cue=f"{UNTIMED} {number}")
        await plans.over()
    evening = await plans.session("Dag")
    asked = ""
    for plan in await plans.kept():
        control = f"6:{evening.token}:p-tell:{plan.token}.not-yet"
        answer = press(plans.stage, plans["Cem"].id, control)
        await plans.stage.env.settle()
        asked = answer.text
    assert asked == plans.say("told-back-enough", most=MOST_TOLD_BACK)
    assert len((await evening.session()).told_back) == MOST_TOLD_BACK
