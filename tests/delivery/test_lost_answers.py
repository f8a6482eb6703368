"""Requests and answers that are lost on the way, and processes that end in between."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bot.delivery.sender import NONCE_LASTS
from bot.formulation.acts import End, Next
from bot.rehearsal.stage import Stage, message_text, text_of
from bot.storage.deliveries import Deliveries
from bot.ui import posts
from tests.delivery.wire import UNCLEAR, Wire, nothing_twice, own_posts, row_of, server_error
from tests.services.evening import evening_on

INTO_CHANNEL = r"/channels/\d+/messages"


def posts_in_channel(stage: Stage) -> list[int]:
    return [message.id for message in own_posts(stage, stage.channel)]


def invitations(wire: Wire) -> list[Any]:
    return wire.of("POST", rf"/channels/{wire.stage.channel.id}/messages")


@pytest.mark.parametrize("error", UNCLEAR.values(), ids=UNCLEAR.keys())
async def test_a_post_whose_answer_is_lost_is_not_doubled(
    stage: Stage, wire: Wire, error: Callable[[], Exception]
) -> None:
    """Within two minutes the same nonce goes out again, and Discord knows it."""
    wire.trouble("answer lost", "POST", rf"/channels/{stage.channel.id}/messages", error, times=2)
    evening = await evening_on(stage, members=("Cem",))
    await stage.pass_time(30)
    sent = invitations(wire)
    assert len(sent) == 3
    assert len({each.body["nonce"] for each in sent}) == 1
    assert all(each.body["enforce_nonce"] for each in sent)
    assert posts_in_channel(stage) == [(await row_of(stage, evening.token, "invitation")).message_id]


@pytest.mark.parametrize("error", [server_error, TimeoutError])
async def test_a_post_that_never_arrived_is_made_once(
    stage: Stage, wire: Wire, error: Callable[[], Exception]
) -> None:
    """Lost on the way there, it is sent again, by the same nonce."""
    wire.trouble("request lost", "POST", rf"/channels/{stage.channel.id}/messages", error, times=3)
    evening = await evening_on(stage, members=("Cem",))
    await stage.pass_time(30)
    assert len({each.body["nonce"] for each in invitations(wire)}) == 1
    assert posts_in_channel(stage) == [(await row_of(stage, evening.token, "invitation")).message_id]


async def test_after_two_minutes_the_channel_is_searched_first(stage: Stage, wire: Wire) -> None:
    """The message is found by its mark and taken over: nothing is posted, and later changes edit it."""
    wire.trouble("answer lost", "POST", rf"/channels/{stage.channel.id}/messages")
    wire.trouble("request lost", "*", INTO_CHANNEL, times=10_000)
    evening = await evening_on(stage, members=("Cem",))
    await stage.pass_time(NONCE_LASTS + 60)
    (message_id,) = posts_in_channel(stage)
    await stage["Ola"].member.send(stage.channel, "Is anybody here?")
    wire.clear()
    before = len(invitations(wire))
    await stage.pass_time(300)
    assert len(invitations(wire)) == before
    assert (await row_of(stage, evening.token, "invitation")).message_id == message_id
    await evening.to("telling")
    await evening.act(End(), evening.facilitator)
    await stage.pass_time(5)
    assert wire.of("PATCH", rf"/channels/{stage.channel.id}/messages/{message_id}")
    assert posts_in_channel(stage) == [message_id]


async def test_a_search_that_finds_nothing_posts(stage: Stage, wire: Wire) -> None:
    """Also where the wire was down for longer than a nonce lasts, and people wrote meanwhile."""
    wire.trouble("request lost", "*", INTO_CHANNEL, times=10_000)
    evening = await evening_on(stage, members=("Cem",))
    await stage.pass_time(NONCE_LASTS + 60)
    for line in range(3):
        await stage["Ola"].member.send(stage.channel, f"line {line}")
    wire.clear()
    await stage.pass_time(300)
    assert wire.of("GET", rf"/channels/{stage.channel.id}/messages")
    posted = (await row_of(stage, evening.token, "invitation")).message_id
    assert posts_in_channel(stage) == [posted]


async def test_a_post_with_a_picture_is_not_doubled_either(stage: Stage, wire: Wire) -> None:
    """The reveal travels as a form with a file; its second attempt has the whole picture again."""
    evening = await evening_on(stage)
    await evening.to("ratings")
    path = rf"/channels/{stage.thread.id}/messages"
    known = len(wire.of("POST", path))
    wire.trouble("answer lost", "POST", path)
    await evening.to("reveal")
    await stage.pass_time(30)
    reveal = await row_of(stage, evening.token, "reveal")
    pictures = [message for message in stage.posts() if message.attachments]
    assert [message.id for message in pictures] == [reveal.message_id]
    assert pictures[0].attachments[0].size > 1000
    nonces = [each.body["nonce"] for each in wire.of("POST", path)[known:]]
    assert nonces.count(f"{reveal.token}.1") == 2


@pytest.mark.parametrize("fate", ["request held", "answer held"])
@pytest.mark.parametrize("minutes", [0, 3], ids=["at once", "three minutes later"])
async def test_a_process_that_ends_during_an_attempt(
    stage: Stage, wire: Wire, fate: Any, minutes: int
) -> None:
    """The next process makes the post or finds it; either way there is one."""
    wire.trouble(fate, "POST", rf"/channels/{stage.channel.id}/messages")
    evening = await evening_on(stage, members=("Cem",))
    assert (await row_of(stage, evening.token, "invitation")).tried_at is not None
    await stage.bot.stop_loops()
    await stage.pass_time(minutes * 60)
    await stage.restart()
    await stage.pass_time(30)
    assert posts_in_channel(stage) == [(await row_of(stage, evening.token, "invitation")).message_id]
    found = fate == "answer held" and minutes > 0
    assert len(invitations(wire)) == (1 if found else 2)


@pytest.mark.parametrize("minutes", [0, 3], ids=["at once", "three minutes later"])
async def test_a_process_that_ends_between_answer_and_record(
    stage: Stage, wire: Wire, minutes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the record is committed then; the next process finds out what Discord has."""
    settle = Deliveries.settle

    async def never(self: Deliveries, row: Any, now: int, **values: Any) -> None:
        if row.kind == "invitation":
            await asyncio.sleep(1_000_000_000)
        await settle(self, row, now, **values)

    monkeypatch.setattr(Deliveries, "settle", never)
    evening = await evening_on(stage, members=("Cem",))
    await stage.bot.stop_loops()
    monkeypatch.setattr(Deliveries, "settle", settle)
    await stage.pass_time(minutes * 60)
    await stage.restart()
    await stage.pass_time(30)
    assert posts_in_channel(stage) == [(await row_of(stage, evening.token, "invitation")).message_id]
    assert len(invitations(wire)) == (1 if minutes else 2)


async def test_a_fresh_board_whose_answer_is_lost(stage: Stage, wire: Wire) -> None:
    """The new one is there once, and the old one goes."""
    evening = await evening_on(stage)
    await stage.pass_time()
    first = await row_of(stage, evening.token, "board")
    wire.trouble("answer lost", "POST", rf"/channels/{stage.thread.id}/messages", times=2)
    await evening.to("telling")
    await stage.pass_time(30)
    assert (await row_of(stage, evening.token, "board")).message_id != first.message_id
    await nothing_twice(stage, evening.token)


@pytest.mark.parametrize("restarts", [False, True], ids=["the same process", "the next one"])
@pytest.mark.parametrize("minutes", [0, 3], ids=["at once", "three minutes later"])
async def test_what_changed_since_the_lost_answer_shows(
    stage: Stage, wire: Wire, minutes: int, *, restarts: bool
) -> None:
    """The post that is there was drawn before the group moved on: without an edit it would stay like that."""
    evening = await evening_on(stage)
    await evening.to("telling")
    path = rf"/channels/{stage.thread.id}/messages"
    wire.trouble("answer held" if restarts else "answer lost", "POST", path)
    await evening.act(Next(await evening.here()), evening.facilitator)
    assert (await row_of(stage, evening.token, "board")).tried_at is not None
    if minutes:
        wire.trouble("request lost", "*", rf"{path}(/\d+)?", times=10_000)
    if restarts:
        await stage.bot.stop_loops()
    await evening.act(Next(await evening.here()), evening.facilitator)
    await stage.pass_time(minutes * 60)
    wire.clear()
    if restarts:
        await stage.restart()
    await stage.pass_time(330)
    stored = await evening.stored()
    board = posts.board(stored.session, stage.library, stored.purge_at)
    message_id = (await row_of(stage, evening.token, "board")).message_id
    there = [message_text(message) for message in own_posts(stage) if message.id == message_id]
    assert there == [text_of(board.to_components())]
    await nothing_twice(stage, evening.token)
