"""What can't be delivered: said once to whom it was meant for, and nowhere else."""

from bot.rehearsal.stage import message_text
from bot.storage import tables
from tests.case_flow.desk import controls
from tests.remind_flow.inbox import DAILY, Inboxes
from tests.vignettes.shelf import rows_of

CLOSED = 50007


async def test_direct_messages_are_closed(inboxes: Inboxes) -> None:
    """The row has failed; it is said in the next private answer, once, and never in the channel."""
    bea, cem, stage = inboxes["Bea"], inboxes["Cem"], inboxes.stage
    await inboxes.keep(bea)
    posts = len(stage.posts(stage.channel))
    inbox = f"/channels/{bea.member.user.dm_channel.id}/messages"
    stage.env.inject_error(
        "POST", inbox, status=403, code=CLOSED, message="Cannot send messages to this user"
    )
    await inboxes.until(19)
    (row,) = [each for each in await rows_of(stage.bot.desk, tables.deliveries) if each["kind"] == "note"]
    assert (row["state"], row["message_id"]) == ("failed", None)
    assert (await inboxes.only(bea)).unreached
    assert bea.inbox == []
    unreached = inboxes.say("visit-unreached")
    await cem.command("remind list")
    assert unreached not in cem.text
    await bea.command("remind list")
    assert unreached in bea.text
    await bea.command("remind list")
    assert unreached not in bea.text
    assert len(stage.posts(stage.channel)) == posts
    # The next one is tried again, and comes.
    await inboxes.until(19)
    assert len(bea.inbox) == 1


async def test_closed_for_good(inboxes: Inboxes) -> None:
    """Each is tried once, and after two it ends by itself, as for anyone who opens none."""
    bea, stage = inboxes["Bea"], inboxes.stage
    await inboxes.keep(bea)
    inbox = f"/channels/{bea.member.user.dm_channel.id}/messages"
    stage.env.inject_error("POST", inbox, status=403, code=CLOSED, times=None)
    for _ in range(6):
        await inboxes.until(19)
    assert len(inboxes.sent(bea)) == 3
    assert (await inboxes.only(bea)).state == "stopped"
    await bea.command("remind list")
    assert inboxes.say("visit-unreached") in bea.text
    assert bea.offers("r-resume")


async def test_the_channel_is_gone(inboxes: Inboxes) -> None:
    """Nothing falls; whoever may change it learns it from the list, once."""
    mo, stage = inboxes["Mo"], inboxes.stage
    await inboxes.keep_in_channel(mo)
    path = f"/channels/{stage.channel.id}/messages"
    stage.env.inject_error("POST", path, status=404, code=10003, message="Unknown Channel")
    await inboxes.until(19)
    assert inboxes.posts() == []
    await mo.command("remind list")
    assert inboxes.say("remind-unposted") in mo.text
    await mo.command("remind list")
    assert inboxes.say("remind-unposted") not in mo.text
    await inboxes.until(19)
    assert len(inboxes.posts()) == 1


async def test_forgetting_takes_all_of_it(inboxes: Inboxes) -> None:
    """Reminders, notes and what was remembered; the channel's stay."""
    bea, mo, stage = inboxes["Bea"], inboxes["Mo"], inboxes.stage
    await inboxes.keep(bea)
    await inboxes.keep_in_channel(mo)
    await inboxes.until(19)
    await stage.bot.desk.privacy.forget(bea.id, stage.guild.id)
    await stage.pass_time(5)
    assert bea.inbox == []
    assert await inboxes.of(bea) == []
    assert await rows_of(stage.bot.desk, tables.habits) == []
    assert len(await inboxes.of(None)) == 1
    assert len(inboxes.posts()) == 1


async def test_nothing_of_it_in_the_channel(inboxes: Inboxes) -> None:
    """From setting it up to answering: everything about somebody's own is before them alone."""
    bea, stage = inboxes["Bea"], inboxes.stage
    before = [message_text(each) for each in stage.posts(stage.channel) if not each.flags.ephemeral]
    await inboxes.look(bea, **DAILY)
    await bea.press("r-keep")
    await inboxes.until(19)
    await inboxes.show(bea)
    await bea.press("n-how", "1.not-yet")
    await bea.command("remind list")
    assert controls(bea, "r-pause")
    after = [message_text(each) for each in stage.posts(stage.channel) if not each.flags.ephemeral]
    assert after == before
