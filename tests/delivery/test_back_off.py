"""What is tried again, when, and what is given up."""

from collections.abc import Callable
from itertools import pairwise

import discord
import pytest

from bot.formulation.acts import Ask, Pause
from bot.rehearsal.stage import Stage, message_text, text_of
from bot.ui import posts
from tests.delivery.wire import Wire, http_error, own_posts, row_of, rows_of, server_error, too_many
from tests.services.evening import evening_on, session_in


def all_text(stage: Stage) -> str:
    """What the posts in every thread say."""
    posts = [each for thread in stage.channel.threads for each in own_posts(stage, thread)]
    return "\n".join(message_text(each) for each in posts)


def gaps(wire: Wire, path: str) -> list[float]:
    return [round(later.at - earlier.at) for earlier, later in pairwise(wire.of("POST", path))]


@pytest.mark.parametrize(
    "error", [server_error, lambda: ConnectionResetError(104, "reset")], ids=["503", "dropped connection"]
)
async def test_the_waits_double_up_to_five_minutes(
    stage: Stage, wire: Wire, error: Callable[[], Exception]
) -> None:
    """And then it goes on: once Discord is there again the post is made, and the waits begin anew."""
    path = rf"/channels/{stage.channel.id}/messages"
    trouble = wire.trouble("request lost", "POST", path, error, times=12)
    evening = await evening_on(stage, members=("Cem",))
    await stage.pass_time(2100)
    assert trouble.times == 0
    assert gaps(wire, path) == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]
    assert len(own_posts(stage, stage.channel)) == 1
    assert (await row_of(stage, evening.token, "invitation")).attempts == 0


async def test_discord_s_own_wait_is_kept(stage: Stage, wire: Wire) -> None:
    """Told to come back in 77 seconds, it does not knock before; told 10 minutes, likewise."""
    path = rf"/channels/{stage.channel.id}/messages"
    wire.trouble("request lost", "POST", path, lambda: discord.RateLimited(77.2))
    wire.trouble("request lost", "POST", path, lambda: too_many("600"))
    await evening_on(stage, members=("Cem",))
    await stage.pass_time(800)
    assert gaps(wire, path) == [78, 600]
    assert len(own_posts(stage, stage.channel)) == 1


async def test_new_wishes_do_not_make_it_knock_harder(stage: Stage, wire: Wire) -> None:
    """While an edit waits for its next attempt, whatever changes waits with it."""
    evening = await evening_on(stage)
    await evening.to("facts")
    await stage.pass_time(10)
    thread = stage.thread.id
    wire.trouble("request lost", "PATCH", rf"/channels/{thread}/messages/\d+", times=4)
    for number in range(30):
        await evening.act(Pause(on=number % 2 == 0), evening.facilitator)
        await stage.pass_time(0.5)
    assert len(wire.of("PATCH", rf"/channels/{thread}/messages/\d+")) <= 4


async def test_what_discord_refuses_is_given_up(
    stage: Stage, wire: Wire, log_text: Callable[[], str]
) -> None:
    """One attempt; the log says which row, and nothing of its text; every other post is made."""
    evening = await evening_on(stage)
    await evening.to("facts")
    texts = ("How long has she been coming for?", "And who told you about the garden?")
    path = rf"/channels/{stage.thread.id}/messages"
    wire.trouble(
        "request lost", "POST", path, lambda: http_error(400, 50035, f"In components: {texts[0]} is too long")
    )
    for number, question in enumerate(texts):
        await evening.act(Ask(f"{number:08x}", question), evening.members[0])
        await stage.pass_time()
    await stage.pass_time(1000)
    refused, made = await rows_of(stage, evening.token, "fact")
    assert (refused.state, refused.message_id) == ("failed", None)
    assert made.message_id is not None
    sent = [text_of(each.body["components"]) for each in wire.of("POST", path)]
    assert [sum(text in each for each in sent) for text in texts] == [1, 1]
    assert refused.token in log_text()
    assert texts[0] not in log_text()
    assert texts[0] not in all_text(stage)


async def test_what_can_t_be_drawn_stops_nothing_else(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, log_text: Callable[[], str]
) -> None:
    """A fault of ours in one post: all other posts come, and this one once it can be drawn."""
    evening = await evening_on(stage)
    await evening.to("facts")
    draw = posts.fact

    def fault(*_: object) -> discord.ui.LayoutView:
        raise KeyError("The garden behind the house")

    monkeypatch.setattr(posts, "fact", fault)
    await evening.act(Ask("0a0a0a0a", "How long?"), evening.members[0])
    await stage.pass_time(10)
    other = await session_in(
        stage, evening.group, evening.presenter, evening.facilitator, (), token="f0f0f0f0f0f0f0f0"
    )
    await evening.act(Pause(on=True), evening.facilitator)
    await stage.pass_time(5)
    assert (await row_of(stage, other.token, "board")).message_id is not None
    assert stage.library.texts("board-paused") in all_text(stage)
    assert "KeyError" in log_text()
    assert "garden" not in log_text()
    monkeypatch.setattr(posts, "fact", draw)
    await stage.pass_time(60)
    assert "How long?" in all_text(stage)


async def test_one_session_s_trouble_does_not_hold_up_another(stage: Stage, wire: Wire) -> None:
    """Requests that never come back, in as many sessions as a group may have but one."""
    wire.trouble("request held", "POST", rf"/channels/{stage.channel.id}/threads", times=2)
    first = await evening_on(stage, members=("Cem",))
    people = (first.presenter, first.facilitator, ())
    second = await session_in(stage, first.group, *people, token="a1a1a1a1a1a1a1a1")
    third = await session_in(stage, first.group, *people, token="f0f0f0f0f0f0f0f0")
    await stage.pass_time(5)
    assert (await third.stored()).thread_id is not None
    assert (await row_of(stage, third.token, "board")).message_id is not None
    for stuck in (first, second):
        assert (await stuck.stored()).thread_id is None


async def test_a_request_that_hangs_holds_up_no_other_session(stage: Stage, wire: Wire) -> None:
    """What another one wants shown in two seconds shows then, though nobody presses anything meanwhile."""
    first = await evening_on(stage)
    await first.to("facts")
    second = await session_in(stage, first.group, stage["Cem"].id, stage["Dag"].id, (), token="2" * 16)
    await stage.pass_time(10)
    hanging = (await row_of(stage, first.token, "board")).message_id
    edited = (await row_of(stage, second.token, "board")).message_id
    wire.trouble("request held", "PATCH", rf"/channels/\d+/messages/{hanging}")
    for evening in (first, second, second):
        paused = (await evening.session()).paused_at is not None
        await evening.act(Pause(on=not paused), evening.facilitator)
    await stage.pass_time(10)
    assert len(wire.of("PATCH", rf"/channels/\d+/messages/{edited}")) == 2
