"""A plan comes back to its owner: at the next visit, and first of all where their next session begins."""

from bot.rehearsal.stage import Actor
from bot.services.visits import Waiting
from bot.ui.forms import MOST_ACTION, MOST_CUE
from bot.ui.parts import View, container
from bot.ui.visits import beneath
from tests.commitment_flow.plans import DAY, PLAN, UNTIMED, Plans
from tests.vignette_flow.test_formulating import come_in

MINE = "formulate mine"


async def start(plans: Plans, who: str, facilitator: str) -> None:
    """Somebody brings a case by its form."""
    await plans[who].command("formulate start")
    await plans[who].fill(
        title="A case",
        question="What do I miss?",
        account="",
        time="text.60",
        facilitator=[plans[facilitator].member.user],
    )


def offered(plans: Plans, who: str) -> bool:
    return PLAN in plans[who].text


async def test_not_on_the_same_evening(plans: Plans) -> None:
    """Whoever has just made a plan is not asked about it; half a day later they are, and not twice."""
    await plans.decide()
    await plans.over()
    await plans["Cem"].command("privacy notice")
    assert not offered(plans, "Cem")
    await plans.stage.pass_time(DAY)
    await plans["Dag"].command("privacy notice")
    assert not offered(plans, "Dag")
    await plans["Cem"].command("privacy notice")
    assert offered(plans, "Cem")
    await plans["Cem"].command("privacy notice")
    assert not offered(plans, "Cem")
    await plans.stage.pass_time(DAY)
    await plans["Cem"].command("privacy notice")
    assert offered(plans, "Cem")


async def test_the_answer_stays(plans: Plans) -> None:
    """What becomes of it is said below, and the answer that somebody came for stays where it is."""
    await plans.decide()
    await plans.over()
    await plans.stage.pass_time(DAY)
    cem = plans["Cem"]
    await cem.command("formulate mine")
    assert offered(plans, "Cem")
    answer = cem.shown
    assert answer is not None
    await cem.press("p-not-yet")
    assert plans.say("plan-noted-not-yet", when=plans.say("plan-no-notes")) in cem.text
    assert cem.shown is not None
    assert cem.shown.response != answer.response


async def test_to_whoever_brings_a_case(plans: Plans) -> None:
    """The presenter of the next session sees it under the answer to their form."""
    await plans.decide()
    await plans.over()
    await start(plans, "Cem", "Mo")
    assert plans.say("start-done", mode="text") in plans["Cem"].text
    assert offered(plans, "Cem")


async def test_to_whoever_comes_in(plans: Plans) -> None:
    """A member sees it when they are in, not at the door, and once; nobody else ever does."""
    await plans.decide()
    await plans.over()
    await start(plans, "Dag", "Mo")
    assert not offered(plans, "Dag")
    await plans.stage.pass_time(5)
    invitation = plans.stage.newest_with(plans.stage.channel, "join")
    cem = plans["Cem"]
    await cem.press("join", on=invitation)
    assert not offered(plans, "Cem")
    await cem.press("enter")
    assert offered(plans, "Cem")
    await cem.press("join", on=invitation)
    assert not offered(plans, "Cem")
    for name in ("Bea", "Eli", "Mo"):
        await come_in(plans[name], invitation)
        assert not offered(plans, name)
    assert PLAN not in plans.in_public()


async def test_to_whoever_facilitates(plans: Plans) -> None:
    """One who was named in the form sees it at the panel, their way in."""
    await plans.decide()
    await plans.over()
    await start(plans, "Dag", "Cem")
    await plans.stage.pass_time(5)
    cem: Actor = plans["Cem"]
    cem.shown = None
    await cem.press("panel")
    assert offered(plans, "Cem")
    await cem.press("panel")
    assert not offered(plans, "Cem")


async def test_what_is_closed_stays_away(plans: Plans) -> None:
    """A plan that was kept is not brought up again."""
    await plans.decide()
    await plans.over()
    await plans["Cem"].command("commitment done")
    await plans["Cem"].fill(line="")
    await plans.stage.pass_time(DAY)
    await plans["Cem"].command("privacy notice")
    assert not offered(plans, "Cem")


async def test_an_answer_without_room_stays_as_it_is(plans: Plans) -> None:
    """Too long an answer is sent as it was; what waits is said at the next one."""
    await plans.decide(cue=UNTIMED)
    [plan] = await plans.kept()
    long = plan.model_copy(update={"cue": "c" * MOST_CUE, "action": "a" * MOST_ACTION})
    library = plans.stage.library
    for length, fits in ((3000, True), (3900, False)):
        answer = View(timeout=None)
        answer.add_item(container("x" * length))
        whole = beneath(answer, Waiting((long,)), library)
        assert (whole is not None) is fits
        assert answer.content_length() == length
