"""From the plan to the note ten minutes before its moment, and to what becomes of it."""

import pytest

from tests.commitment_flow.plans import ACTION, CUE, DAY, HOUR, PLAN, SILENT, UNTIMED, Plans
from tests.ui.raw import send

NOTE = "note-arrived"


def note(plans: Plans) -> str:
    return plans.say(NOTE, place="inbox")


async def test_nothing_comes_unasked(plans: Plans) -> None:
    """A plan is kept with its session, and brings no note before somebody wants one."""
    cem = await plans.decide()
    nudge = plans.thursday() - 600
    assert plans.say("plan-offer", at=f"<t:{nudge}:F>") in cem.text
    await plans.over()
    await plans.until(plans.thursday() + 9 * DAY)
    assert plans.notes() == []
    assert (await plans.plan()).cue == CUE


async def test_a_note_ten_minutes_before(plans: Plans) -> None:
    """It comes silently at ten to three, and says nothing of the plan before it is opened."""
    cem = await plans.decide()
    thursday = plans.thursday()
    await cem.press("p-remind-now")
    assert cem.text == f"{plans.say('plan-reminds', at=f'<t:{thursday - 600}:F>')}"
    await plans.over()
    await plans.until(thursday - 610)
    assert plans.notes() == []
    await plans.until(thursday - 600)
    assert plans.notes() == [note(plans)]
    [body] = plans.sent_to()
    assert body["flags"] & SILENT
    for hidden in (CUE, ACTION, str(cem.id)):
        assert hidden not in str(body)
    assert CUE not in plans.in_public()
    assert ACTION not in plans.in_public()
    asked = await plans.opened()
    assert PLAN in asked.text
    opened = asked.control("p-kept")
    form = await plans.there("Cem", opened)
    sent = send(
        plans.stage,
        plans["Cem"].id,
        form.form["custom_id"],
        {"line": "It stood there, and she told me."},
        plans["Cem"].member.user.dm_channel.id,
        guild=None,
    )
    await plans.stage.env.settle()
    plan = await plans.plan()
    assert (plan.status, plan.line) == ("kept", "It stood there, and she told me.")
    assert "p-tell" not in str(sent.controls)
    await plans.until(thursday + 10 * DAY)
    assert len(plans.notes()) == 1


async def test_it_comes_back_after_a_week(plans: Plans) -> None:
    """Where nothing is said about it, it is asked about once more, a week after its moment."""
    await plans.planned()
    thursday = plans.thursday()
    await plans.until(thursday)
    await plans.opened()
    await plans.until(thursday + 7 * DAY - 60)
    assert len(plans.notes()) == 1
    await plans.until(thursday + 7 * DAY)
    assert plans.notes() == [note(plans)] * 2
    assert plans.say("plan-note-back") in (await plans.opened()).text


async def test_only_in_a_week(plans: Plans) -> None:
    """A plan whose words name no time offers one to be set, or the week alone."""
    cem = await plans.decide(cue=UNTIMED)
    assert not cem.offers("p-remind-now")
    at = plans.now + 7 * DAY
    await cem.press("p-remind-week")
    plan = await plans.plan()
    assert plan.nudge_at is None
    assert plan.back_at is not None
    assert 0 <= plan.back_at - at < 10 * HOUR
    await plans.over()
    await plans.until(plan.back_at)
    assert plans.notes() == [note(plans)]


async def test_another_time(plans: Plans) -> None:
    """The form takes a day and a time, quiet hours and a city; what it can't read comes back by itself."""
    cem = await plans.decide(cue=UNTIMED)
    await cem.press("p-remind")
    await cem.fill(when="some evening", quiet="21:00–7:00", zone="Berlin")
    assert plans.say("commitment-no-time") in cem.text
    await cem.press("edit")
    await cem.fill(when="Thursday 15:00", quiet="at night", zone="Berlin")
    assert plans.say("reminder-hours") in cem.text
    await cem.press("edit")
    await cem.fill(when="Thursday 15:00", quiet="21:00–7:00", zone="Atlantis")
    assert plans.say("reminder-zone") in cem.text
    assert (await plans.plan()).timing is None
    await cem.press("edit")
    await cem.fill(when="Thursday 15:00", quiet="", zone="berlin")
    plan = await plans.plan()
    assert plan.timing is not None
    assert (plan.timing.zone, plan.timing.quiet_from) == ("Europe/Berlin", None)
    assert plan.nudge_at == plans.thursday() - 600
    habits = await plans.stage.bot.desk.reminders.habits(await plans.group(), cem.id)
    assert habits.quiet_from is None


async def test_never_in_quiet_hours(plans: Plans) -> None:
    """For a moment early in the morning the note comes the evening before; the screen says when."""
    cem = await plans.decide(cue="it is Friday 6:30 am")
    evening_before = plans.thursday() + 6 * HOUR - 60
    assert plans.say("plan-offer", at=f"<t:{evening_before}:F>") in cem.text
    await cem.press("p-remind-now")
    await plans.over()
    await plans.until(evening_before)
    assert plans.notes() == [note(plans)]


async def test_the_moment_did_not_come(plans: Plans) -> None:
    """Then it stays, and the note comes before the next Thursday; pressed twice it is the same."""
    await plans.planned()
    thursday = plans.thursday()
    await plans.until(thursday)
    asked = await plans.opened()
    for _ in range(2):
        said = await plans.there("Cem", asked.control("p-not-yet"))
        assert f"<t:{thursday + 7 * DAY - 600}:F>" in said.text
    await plans.until(thursday + 7 * DAY)
    assert len(plans.notes()) == 2


async def test_two_ignored_and_it_says_so(plans: Plans) -> None:
    """The third note is the last: it says that no more come, and the plan waits."""
    await plans.planned()
    thursday = plans.thursday()
    farewell = plans.say("note-farewell", place="inbox")
    for week, newest in enumerate((note(plans), note(plans), farewell)):
        await plans.until(thursday + week * 7 * DAY)
        assert plans.notes()[-1] == newest
    assert "/commitment mine" in (await plans.opened()).text
    await plans.until(thursday + 60 * DAY)
    assert len(plans.sent_to()) == 3
    assert (await plans.plan()).status == "open"


@pytest.mark.parametrize("how", ["tonight", "tomorrow", "next-week"])
async def test_later(plans: Plans, how: str) -> None:
    """The note comes once more at the time that was chosen, and not in between."""
    await plans.planned()
    thursday = plans.thursday()
    await plans.until(thursday)
    asked = await plans.opened()
    control = next(each for each in asked.controls if each.endswith(f":1.{how}"))
    said = await plans.there("Cem", control)
    later = {"tonight": 5 * HOUR, "tomorrow": DAY - 600, "next-week": 7 * DAY - 600}[how]
    assert f"<t:{thursday + later}:F>" in said.text
    await plans.until(thursday + later - 60)
    assert len(plans.notes()) == 1
    await plans.until(thursday + later)
    assert len(plans.notes()) == 2


async def test_no_notes(plans: Plans) -> None:
    """Nothing more comes, the plan stays, and a *later* that was still open says so."""
    await plans.planned()
    thursday = plans.thursday()
    await plans.until(thursday)
    asked = await plans.opened()
    await plans.there("Cem", asked.control("p-stop"))
    said = await plans.there("Cem", asked.control("p-snooze"))
    assert said.text == plans.say("commitment-not-reminding")
    await plans.until(thursday + 15 * DAY)
    assert len(plans.notes()) <= 1
    assert (await plans.plan()).status == "open"


async def test_a_restart_in_between(plans: Plans) -> None:
    """What is due while the bot is off comes once; a note from before is opened after."""
    await plans.planned()
    thursday = plans.thursday()
    await plans.stage.restart()
    await plans.until(thursday - 600)
    assert plans.notes() == [note(plans)]
    await plans.stage.restart()
    await plans.stage.pass_time(60)
    assert plans.notes() == [note(plans)]
    assert PLAN in (await plans.opened()).text


async def test_two_devices(plans: Plans) -> None:
    """Kept on one and let go on the other: the first counts, and the second is told so."""
    await plans.planned()
    await plans.until(plans.thursday())
    asked = await plans.opened()
    inbox, cem = plans["Cem"].member.user.dm_channel.id, plans["Cem"].id
    forms = [await plans.there("Cem", asked.control(verb)) for verb in ("p-kept", "p-drop")]
    answers = [
        send(plans.stage, cem, form.form["custom_id"], {"line": "a line"}, inbox, guild=None)
        for form in forms
    ]
    await plans.stage.env.settle()
    closed = plans.say("commitment-closed")
    refused = [closed in each.text for each in answers]
    assert sorted(refused) == [False, True]
    assert (await plans.plan()).status == ("dropped" if refused[0] else "kept")


async def test_somebody_else(plans: Plans) -> None:
    """A control that was copied is refused, and gives nothing away."""
    await plans.planned()
    plan = await plans.plan()
    await plans.until(plans.thursday())
    for control in (f"6:{plan.token}:p-show:1", f"6:{plan.token}:p-kept:", f"6:{plan.token}:p-stop:"):
        asked = await plans.there("Dag", control)
        assert asked.text == plans.say("only-committed")


async def test_a_plan_changed_in_its_session(plans: Plans) -> None:
    """Other words, other time: the note that was asked for comes by the new ones."""
    cem = await plans.decide()
    await cem.press("p-remind-now")
    cem.shown = None
    await cem.press("step")
    await cem.press("decide")
    await cem.fill(cue="it is Friday 15:00", action=ACTION)
    friday = plans.thursday() + DAY
    assert f"<t:{friday - 600}:F>" in cem.text
    await plans.over()
    await plans.until(friday - 700)
    assert plans.notes() == []
    await plans.until(friday - 600)
    assert plans.notes() == [note(plans)]
