"""`/commitment`: one's own plans, wherever they were left."""

import pytest

from bot.formulation.acts import Decide, Join, TakeCaseBack
from bot.formulation.session import NOBODY
from bot.rehearsal.stage import text_of
from bot.services.formulating import PROTOCOL, Opening
from bot.ui import last_mile
from tests.commitment_flow.plans import ACTION, CUE, DAY, PLAN, UNTIMED, Plans
from tests.services.evening import Evening


async def test_mine(plans: Plans) -> None:
    """The open ones with what can be done about them, and the closed ones with what was said."""
    cem = plans["Cem"]
    await cem.command("commitment mine")
    assert plans.say("plans-none") in cem.text
    await plans.decide()
    await plans.over()
    await plans.decide(cue=UNTIMED)
    await plans.over()
    await cem.command("commitment mine")
    assert PLAN in cem.text
    assert UNTIMED in cem.text
    for verb in ("p-kept", "p-change", "p-not-yet", "p-drop", "p-remind"):
        assert cem.offers(verb)
    await cem.press("p-kept")
    await cem.fill(line="She laughed.")
    await cem.command("commitment mine")
    assert plans.say("plan-was-kept") in cem.text
    assert "> She laughed." in cem.text
    for other in ("Bea", "Mo"):
        await plans[other].command("commitment mine")
        assert plans.say("plans-none") in plans[other].text


async def test_pages(plans: Plans) -> None:
    """However many there are, all can be reached."""
    seen = set[int]()
    for number in range(5):
        await plans.decide(cue=f"she says {number} words")
        await plans.over()
    cem = plans["Cem"]
    await cem.command("commitment mine")
    for _ in range(2):
        seen |= {each for each in range(5) if f"she says {each} words" in cem.text}
        if cem.offers("p-page", "1"):
            await cem.press("p-page", "1")
    assert seen == set(range(5))


@pytest.mark.parametrize(("command", "status"), [("done", "kept"), ("drop", "dropped"), ("change", "open")])
async def test_a_command_for_each(plans: Plans, command: str, status: str) -> None:
    """None: a sentence. One: its form at once. Several: the question which."""
    cem = plans["Cem"]
    await cem.command(f"commitment {command}")
    assert cem.text == plans.say("plan-none-open")
    await plans.decide()
    await plans.over()
    await cem.command(f"commitment {command}")
    filled = {"cue": "she pours", "action": "wait"} if command == "change" else {"line": "A line."}
    await cem.fill(**filled)
    plan = await plans.plan()
    assert plan.status == status
    assert (plan.cue, plan.action) == (("she pours", "wait") if command == "change" else (CUE, ACTION))
    for cue in ("another cue", "a third cue"):
        await plans.decide(cue=cue)
        await plans.over()
    await cem.command(f"commitment {command}")
    chosen = next(each for each in await plans.kept() if each.cue == "another cue")
    await cem.choose("p-which", chosen.token)
    await cem.fill(**filled)
    after = {each.token: each for each in await plans.kept()}
    assert after[chosen.token].status == status
    assert after[chosen.token].cue == ("she pours" if command == "change" else "another cue")


async def test_what_is_typed_is_looked_through(plans: Plans) -> None:
    """A line with an address comes back, and nothing is closed before it is changed."""
    await plans.decide()
    await plans.over()
    cem = plans["Cem"]
    await cem.command("commitment done")
    await cem.fill(line="She wrote from anna.k@example.org.")
    assert "anna.k@example.org" in cem.text
    assert (await plans.plan()).status == "open"
    await cem.press("edit")
    await cem.fill(line="She wrote.")
    assert (await plans.plan()).line == "She wrote."


async def test_under_an_alias(plans: Plans) -> None:
    """Whoever presents under an alias has no plan kept, which would mean to know them; they are told so."""
    desk, group, mo = plans.stage.bot.desk, await plans.group(), plans["Mo"].id
    opening = Opening(
        "a" * 16, "A case", "What?", "It was so.", PROTOCOL, "text", 60, mo, alias="Evergreen Lighthouse"
    )
    await desk.formulating.start(opening, group, NOBODY)
    evening = Evening(lambda: desk, group, opening.token, NOBODY, mo, (plans["Bea"].id, plans["Dag"].id))
    for member in evening.members:
        await evening.act(Join(f"{member:016x}"[:16]), member)
    await evening.to("step")
    session = await evening.act(Decide("plan", cue=CUE, action=ACTION), NOBODY)
    assert await plans.rows() == []
    shown = last_mile.decided(session, None, None, plans.now, plans.stage.library)
    assert plans.say("plan-offer-alias") in text_of(shown.to_components())


async def test_taken_back(plans: Plans) -> None:
    """With the case its plan is gone, and the notes about it."""
    await plans.planned()
    await plans.until(plans.thursday())
    assert len(plans.notes()) == 1
    evening = plans.evenings[-1]
    await evening.act(TakeCaseBack(), evening.presenter)
    await plans.stage.pass_time(10)
    assert await plans.rows() == []
    assert plans.notes() == []


async def test_forgotten(plans: Plans) -> None:
    """Forget-me erases plans and notes."""
    await plans.planned()
    await plans.until(plans.thursday())
    cem = plans["Cem"]
    await cem.command("privacy forget-me")
    await cem.press("forget")
    await plans.stage.pass_time(10)
    assert await plans.rows() == []
    assert plans.notes() == []


async def test_it_outlives_its_session(plans: Plans) -> None:
    """The purge of a session leaves the plan, which has a date of its own."""
    await plans.decide(cue=UNTIMED)
    await plans.over()
    await plans.stage.pass_time(20 * DAY)
    async with plans.stage.bot.desk.ground.reading() as store:
        assert await store.sessions.all() == []
    assert (await plans.plan()).cue == UNTIMED
    await plans.stage.pass_time(70 * DAY)
    assert await plans.rows() == []
