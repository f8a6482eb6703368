"""A note in somebody's own inbox: there once, while something of theirs is open, and never in the way."""

from typing import Any

import pytest

from bot.delivery.sender import NONCE_LASTS
from bot.formulation.acts import DoneHere, MoveDate, TakeCaseBack, WantNudge
from bot.formulation.calendar import evenings_after
from bot.formulation.script import NUDGE_BEFORE
from bot.rehearsal.stage import Actor, Stage, message_text, text_of
from bot.ui import posts
from tests.delivery.wire import Sent, Wire, http_error, rows_of
from tests.services.evening import QUESTION, TITLE, StageEvening, evening_on


def inbox(actor: Actor) -> list[str]:
    """What the bot has written to somebody alone, and what of it is still there."""
    return [message_text(each) for each in actor.member.user.dm_channel.history()]


def to_inbox(wire: Wire, actor: Actor) -> list[Sent]:
    return wire.of("POST", rf"/channels/{actor.member.user.dm_channel.id}/messages")


async def nudging(stage: Stage, *names: str) -> StageEvening:
    """Facts, over days: whoever is named wants to be told, and the morning of the date has not come."""
    evening = await evening_on(stage, mode="slow", members=("Cem", "Dag", "Eli"))
    await evening.to("facts")
    for name in names:
        await evening.act(WantNudge(on=True), stage[name].id)
    return evening


async def morning(evening: StageEvening) -> None:
    """Until a little after the hour at which those who wanted it are told."""
    due = (await evening.session()).due_at
    assert due is not None
    stage = evening.stage
    await stage.pass_time(due - NUDGE_BEFORE - stage.clock.seconds() + 5)


async def date(evening: StageEvening) -> None:
    """Until a little after the step's date."""
    due = (await evening.session()).due_at
    assert due is not None
    await evening.stage.pass_time(due - evening.stage.clock.seconds() + 5)


async def test_who_asked_for_it_is_told_once_a_step(stage: Stage, wire: Wire) -> None:
    """Through a restart, and nobody else; who is done, or whose step is over, finds nothing any more."""
    evening = await nudging(stage, "Cem", "Dag")
    cem, dag = stage["Cem"], stage["Dag"]
    await stage.pass_time(3600)
    assert inbox(cem) == inbox(dag) == []
    await morning(evening)
    session = await evening.session()
    note = text_of(posts.nudge(session, stage.library).to_components())
    assert inbox(cem) == inbox(dag) == [note]
    for told in (TITLE, QUESTION, str(stage.channel.name), str(stage.guild.id)):
        assert told not in note
    assert all(each.body["allowed_mentions"]["parse"] == [] for each in to_inbox(wire, cem))
    await stage.restart()
    await stage.pass_time(3600)
    assert inbox(cem) == [note]
    await cem.press("done-here", on=stage.newest_with(stage.thread, "done-here"))
    await stage.pass_time(5)
    assert inbox(cem) == []
    assert inbox(dag) == [note]
    await date(evening)
    assert await evening.kind() == "ratings"
    assert inbox(cem) == inbox(dag) == []
    assert await rows_of(stage, evening.token, "nudge") == []
    await morning(evening)
    assert len(inbox(cem)) == len(inbox(dag)) == 1
    assert [len(to_inbox(wire, each)) for each in (cem, dag)] == [2, 2]
    assert [inbox(stage[name]) for name in ("Bea", "You", "Eli")] == [[], [], []]
    # Each way in which there is nothing open for somebody any more.
    await evening.act(WantNudge(on=False), cem.id)
    await stage.pass_time(5)
    assert (len(inbox(cem)), len(inbox(dag))) == (0, 1)
    await evening.act(TakeCaseBack(), evening.presenter)
    await stage.pass_time(5)
    assert inbox(dag) == []


async def test_a_moved_date_takes_the_note_with_it(stage: Stage, wire: Wire) -> None:
    """It names the old date; on the morning of the new one another comes."""
    evening = await nudging(stage, "Cem")
    await morning(evening)
    (before,) = inbox(stage["Cem"])
    later = evenings_after(stage.clock.seconds(), 3, evening.group.zone)[-1]
    await evening.act(MoveDate(await evening.here(), later), evening.facilitator)
    await stage.pass_time(5)
    assert inbox(stage["Cem"]) == []
    await morning(evening)
    (after,) = inbox(stage["Cem"])
    assert after != before
    assert f"<t:{later}:" in after


async def test_a_closed_inbox_holds_nothing_up(stage: Stage, wire: Wire) -> None:
    """One attempt; the others are told, the session goes on, and `/formulate mine` says what is wrong."""
    evening = await nudging(stage, "Cem", "Dag")
    cem, dag = stage["Cem"], stage["Dag"]
    unreached = stage.library.texts("mine-unreached")
    path = rf"/channels/{cem.member.user.dm_channel.id}/messages"
    wire.trouble("request lost", "POST", path, lambda: http_error(403, 50007), times=1000)
    await morning(evening)
    rows = await rows_of(stage, evening.token, "nudge")
    failed, made = sorted(rows, key=lambda row: row.state != "failed")
    assert (failed.state, failed.due_at, failed.message_id) == ("failed", None, None)
    assert made.message_id is not None
    assert len(inbox(dag)) == 1
    await cem.command("formulate mine")
    assert unreached in cem.text
    await dag.command("formulate mine")
    assert unreached not in dag.text
    await stage.pass_time(3600)
    assert len(to_inbox(wire, cem)) == 1
    # The next step: another attempt, which the inbox takes this time.
    wire.clear()
    await date(evening)
    assert await evening.kind() == "ratings"
    assert stage.newest_with(stage.thread, "walk") is not None
    await cem.command("formulate mine")
    assert unreached not in cem.text
    await morning(evening)
    assert len(inbox(cem)) == 1
    assert (await evening.session()).status == "open"


@pytest.mark.parametrize("code", [10013, 50278], ids=["no such person", "no server in common"])
async def test_a_person_out_of_reach_holds_nothing_up(stage: Stage, wire: Wire, code: int) -> None:
    """Gone from Discord, or from every server that the bot is in: the row waits for nothing."""
    evening = await nudging(stage, "Cem", "Dag")
    opening = "/users/@me/channels"
    wire.trouble("request lost", "POST", opening, lambda: http_error(403 if code == 50278 else 404, code))
    await morning(evening)
    states = sorted(row.state for row in await rows_of(stage, evening.token, "nudge"))
    assert states == ["failed", "live"]
    assert len(wire.of("POST", opening)) == 2
    assert (await evening.session()).status == "open"


@pytest.mark.parametrize("fate", ["answer lost", "answer held"])
async def test_a_note_whose_answer_is_lost_is_not_doubled(stage: Stage, wire: Wire, fate: Any) -> None:
    """The process ends, and comes back when the nonce is forgotten: the note is found and taken over."""
    evening = await nudging(stage, "Cem")
    cem = stage["Cem"]
    path = rf"/channels/{cem.member.user.dm_channel.id}/messages"
    wire.trouble(fate, "POST", path)
    wire.trouble("request lost", "*", path, times=1000)
    await morning(evening)
    assert len(inbox(cem)) == 1
    await stage.bot.stop_loops()
    await stage.pass_time(NONCE_LASTS + 60)
    wire.clear()
    await stage.restart()
    await stage.pass_time(600)
    (row,) = await rows_of(stage, evening.token, "nudge")
    assert [each.id for each in cem.member.user.dm_channel.history()] == [row.message_id]
    await evening.act(DoneHere(await evening.here()), cem.id)
    await stage.pass_time(5)
    assert inbox(cem) == []


async def test_a_note_goes_with_what_it_was_about(stage: Stage, wire: Wire) -> None:
    """With its reader who steps out or is forgotten, and with the session itself; each by its own way out."""
    evening = await nudging(stage, "Cem", "Dag", "Eli", "You")
    cem, dag, eli, you = (stage[name] for name in ("Cem", "Dag", "Eli", "You"))
    await morning(evening)
    assert [len(inbox(each)) for each in (cem, dag, eli, you)] == [1, 1, 1, 1]
    await cem.press("mine", on=stage.newest_with(stage.thread, "mine"))
    await cem.press("leave")
    await cem.press("step-out", "go")
    await stage.bot.desk.privacy.forget(dag.id, stage.guild.id)
    await stage.pass_time(5)
    assert [len(inbox(each)) for each in (cem, dag, eli, you)] == [0, 0, 1, 1]
    await stage.bot.desk.privacy.forget(evening.presenter, stage.guild.id)
    await stage.pass_time(10)
    assert [len(inbox(each)) for each in (eli, you)] == [0, 0]
    assert await rows_of(stage, evening.token) == []


async def test_a_server_that_lets_the_bot_go_leaves_no_note(stage: Stage, wire: Wire) -> None:
    """Its channels are out of reach then; inboxes are not."""
    evening = await nudging(stage, "Cem")
    await morning(evening)
    assert len(inbox(stage["Cem"])) == 1
    await stage.bot.desk.privacy.erase_server(stage.guild.id)
    await stage.pass_time(10)
    assert inbox(stage["Cem"]) == []
