"""Reminders that are kept: the list, resting, leaving one out, other times, removing."""

import re

import pytest

from bot.rehearsal.stage import Actor
from bot.reminders.recurrence import next_five
from bot.reminders.reminder import RESTING_SECONDS
from tests.case_flow.desk import controls, fields, values
from tests.remind_flow.inbox import DAILY, DAY, Inboxes
from tests.services.evening import ZONE


async def two_of(inboxes: Inboxes, who: Actor) -> None:
    await inboxes.keep(who)
    await inboxes.keep(who, **{**DAILY, "days": ["1"], "weeks": ["2"], "time": "18:00"})


async def test_the_list(inboxes: Inboxes) -> None:
    """Each in words, with when it comes next; the channel's for those who may change them."""
    bea, mo = inboxes["Bea"], inboxes["Mo"]
    await bea.command("remind list")
    assert bea.text == f"{inboxes.say('remind-list-none')}"
    await two_of(inboxes, bea)
    await inboxes.keep_in_channel(mo)
    await bea.command("remind list")
    assert f"Every day, 19:00, {ZONE}" in bea.text
    assert f"Every second week on Tuesday, 18:00, {ZONE}" in bea.text
    for each in await inboxes.of(bea):
        assert f"<t:{each.next_at}:F>" in bea.text
    assert inboxes.say("remind-list-channel") not in bea.text
    await bea.choose("r-pick", (await inboxes.of(bea))[0].token)
    assert bea.offers("r-pause")
    assert bea.offers("r-remove")
    await mo.command("remind list")
    assert mo.offers("r-pause")
    assert inboxes.say("remind-place", place="channel") in mo.text


async def test_rest_and_go_on(inboxes: Inboxes) -> None:
    """Nothing comes meanwhile, and nothing of it afterwards; the list says until when it is kept."""
    bea = inboxes["Bea"]
    await inboxes.keep(bea)
    await bea.command("remind pause")
    assert inboxes.say("remind-paused") in bea.text
    paused_at = (await inboxes.only(bea)).resting_since
    assert paused_at is not None
    assert f"<t:{paused_at + RESTING_SECONDS}:D>" in bea.text
    await bea.command("remind pause")
    assert bea.text == inboxes.say("reminder-none")
    await inboxes.until(19, days=2)
    assert bea.inbox == []
    await bea.command("remind resume")
    assert inboxes.say("remind-resumed") in bea.text
    await inboxes.stage.pass_time(60)
    assert bea.inbox == []
    await inboxes.until(19)
    assert len(bea.inbox) == 1


async def test_one_that_rests_too_long_is_gone(inboxes: Inboxes) -> None:
    """After three months, with a sentence for whoever looks for it."""
    bea = inboxes["Bea"]
    await inboxes.keep(bea)
    await bea.command("remind pause")
    (resume,) = controls(bea, "r-resume")
    await inboxes.stage.pass_time(RESTING_SECONDS + DAY)
    assert await inboxes.of(bea) == []
    assert (await inboxes.again(bea, resume)).text == inboxes.say("reminder-gone")


async def test_leaving_one_out(inboxes: Inboxes) -> None:
    """The one that was on the screen, however often it is pressed; then they come as before."""
    bea = inboxes["Bea"]
    reminder = await inboxes.keep(bea)
    first, second = next_five(reminder.rule, inboxes.now)[:2]
    await bea.command("remind list")
    (skip,) = controls(bea, "r-skip")
    assert skip.endswith(f":{first.at}")
    for _ in range(3):
        await inboxes.again(bea, skip)
    assert (await inboxes.only(bea)).next_at == second.at
    await inboxes.until(19)
    assert bea.inbox == []
    await bea.command("remind skip")
    assert inboxes.say("remind-skipped") in bea.text
    await inboxes.until(19)
    assert bea.inbox == []
    await inboxes.until(19)
    assert len(bea.inbox) == 1


async def test_the_next_five(inboxes: Inboxes) -> None:
    """As before it was kept, without what is left out."""
    bea = inboxes["Bea"]
    reminder = await inboxes.keep(bea)
    six = [each.at for each in next_five(reminder.rule, inboxes.now)]
    await bea.command("remind skip")
    await bea.command("remind preview")
    seen = [int(each) for each in re.findall(r"<t:(\d+):F>", bea.text)]
    assert seen[:4] == six[1:]
    assert len(seen) == 5


async def test_other_times(inboxes: Inboxes) -> None:
    """The form has what is kept; it is looked at before it counts, and every second week stays the same."""
    bea = inboxes["Bea"]
    kept = await inboxes.keep(bea, **{**DAILY, "days": ["1"], "weeks": ["2"]})
    await inboxes.stage.pass_time(10 * DAY)
    await bea.command("remind list")
    await bea.press("r-times")
    assert values(bea)["time"] == "19:00"
    assert f"{kept.rule.start:%d.%m.%Y}" in values(bea)["span"]
    (weeks,) = [each["value"] for each in fields(bea)["weeks"]["options"] if each.get("default")]
    assert weeks == "2"
    same = {"weeks": ["2"], "days": ["1"], "span": values(bea)["span"], "quiet": values(bea)["quiet"]}
    await bea.fill(**same, time="18:15")
    assert (await inboxes.only(bea)).rule == kept.rule
    await bea.press("r-keep")
    after = await inboxes.only(bea)
    assert after.token == kept.token
    assert after.rule == kept.rule.model_copy(update={"hour": 18, "minute": 15})
    assert inboxes.say("remind-changed") in bea.text


async def test_another_rhythm(inboxes: Inboxes) -> None:
    """Any of the five, for the same reminder; what can't be read comes back here too."""
    bea = inboxes["Bea"]
    kept = await inboxes.keep(bea)
    await bea.command("remind list")
    await bea.press("r-ways")
    await bea.press("r-times", "nth")
    assert values(bea)["time"] == "19:00"
    await bea.fill(which="2", weekday="1", time="late", span="", quiet="none")
    assert inboxes.say("reminder-time") in bea.text
    await bea.press("edit")
    await bea.fill(which="2", weekday="1", time="20:00", span="", quiet="none")
    await bea.press("r-keep")
    after = await inboxes.only(bea)
    assert (after.token, after.rule.every.kind) == (kept.token, "monthly-weekday")


async def test_removed_after_a_question(inboxes: Inboxes) -> None:
    """With its notes, from the inbox too; pressed again it says that it is gone."""
    bea = inboxes["Bea"]
    await inboxes.keep(bea)
    await inboxes.until(19)
    assert len(bea.inbox) == 1
    await bea.command("remind remove")
    assert len(await inboxes.of(bea)) == 1
    (now,) = controls(bea, "r-remove-now")
    await bea.press("r-remove-now")
    assert bea.text == inboxes.say("remind-removed")
    await inboxes.stage.pass_time(5)
    assert await inboxes.of(bea) == []
    assert bea.inbox == []
    assert (await inboxes.again(bea, now)).text == inboxes.say("reminder-gone")
    await bea.command("remind remove")
    assert bea.text == inboxes.say("reminder-none")


@pytest.mark.parametrize("verb", ["pause", "skip", "preview", "remove"])
async def test_which_one(inboxes: Inboxes, verb: str) -> None:
    """Where a command could mean several, it asks, and goes on with the one that is chosen."""
    bea = inboxes["Bea"]
    await two_of(inboxes, bea)
    chosen = (await inboxes.of(bea))[1]
    await bea.command(f"remind {verb}")
    assert inboxes.say("remind-choose-head") in bea.text
    await bea.choose("r-pick", chosen.token)
    after = {each.token: each for each in await inboxes.of(bea)}[chosen.token]
    match verb:
        case "pause":
            assert after.state == "paused"
        case "skip":
            assert chosen.next_at is not None
            assert after.next_at is not None
            assert after.next_at > chosen.next_at
        case "preview":
            assert f"<t:{chosen.next_at}:F>" in bea.text
        case _:
            assert bea.offers("r-remove-now")


async def test_somebody_else_s_reminder(inboxes: Inboxes) -> None:
    """Copied controls, and a choice made by hand, do nothing; the channel's is for stewards."""
    bea, cem, mo = inboxes["Bea"], inboxes["Cem"], inboxes["Mo"]
    own = await inboxes.keep(bea)
    channel = await inboxes.keep_in_channel(mo)
    verbs = (
        "r-more",
        "r-pause",
        "r-resume",
        "r-skip",
        "r-preview",
        "r-remove",
        "r-remove-now",
        "r-ways",
        "r-times",
    )
    for verb in verbs:
        for direct in (False, True):
            asked = await inboxes.again(cem, f"6:{own.token}:{verb}:", direct=direct)
            assert asked.text == inboxes.say("only-reminder-holder"), verb
        asked = await inboxes.again(cem, f"6:{channel.token}:{verb}:")
        assert asked.text == inboxes.say("only-steward"), verb
    for token, key in ((own.token, "only-reminder-holder"), (channel.token, "only-steward")):
        asked = await inboxes.again(cem, f"6:{'a' * 16}:r-pick:r-remove", values=[token])
        assert asked.text == inboxes.say(key)
    asked = await inboxes.again(bea, f"6:{'a' * 16}:r-pick:r-remove-now", values=[own.token])
    assert asked.text == inboxes.say("control-stale")
    assert await inboxes.only(bea) == own
    assert await inboxes.only(None) == channel


async def test_one_that_is_over(inboxes: Inboxes) -> None:
    """It is listed while its last note is kept, and says so; other times let it begin again."""
    bea = inboxes["Bea"]
    end = f"{inboxes.here():%d.%m.%Y}" if inboxes.here().hour < 19 else "tomorrow"
    await inboxes.keep(bea, **{**DAILY, "span": f"until {end}"})
    await inboxes.until(19)
    assert (await inboxes.only(bea)).state == "over"
    await bea.command("remind list")
    assert "is over" in bea.text
    await bea.command("remind resume")
    assert bea.text == inboxes.say("reminder-none")
    token = (await inboxes.only(bea)).token
    assert (await inboxes.again(bea, f"6:{token}:r-resume:")).text == inboxes.say("reminder-over")
    await bea.command("remind list")
    await bea.press("r-times")
    await bea.fill(**{**DAILY, "span": ""})
    await bea.press("r-keep")
    assert (await inboxes.only(bea)).state == "running"
