"""The double of Discord keeps Discord's rules, or what is shown with it shows nothing."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from benchmarks.double import Double, Fault
from benchmarks.double.gateway import HEARTBEAT, IDENTIFY, INVALID, RESUME
from benchmarks.double.server import TOKEN
from benchmarks.double.state import COMMAND, Channel, Interaction, Payload
from benchmarks.double.twice import doubled

SAID: Payload = {"type": 4, "data": {"content": "yes", "flags": 64}}


class Bot:
    """The least of a bot: requests, and one line."""

    def __init__(self, double: Double, http: aiohttp.ClientSession) -> None:
        self.double = double
        self._http = http

    async def ask(self, line: str, body: object = None) -> tuple[int, Payload]:
        method, path = line.split(" ")
        headers = {"Authorization": f"Bot {TOKEN}"}
        async with self._http.request(method, self.double.base + path, json=body, headers=headers) as answer:
            return answer.status, (await answer.json()) if answer.status != 204 else {}

    async def line(self) -> aiohttp.ClientWebSocketResponse:
        socket = await self._http.ws_connect(self.double.gateway.address)
        assert (await socket.receive_json())["op"] == 10
        return socket

    async def answer(self, asked: Interaction, body: Payload = SAID) -> tuple[int, Payload]:
        return await self.ask(f"POST /interactions/{asked.id}/{asked.token}/callback", body)


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    async with Double.open() as double, aiohttp.ClientSession() as http:
        yield Bot(double, http)


@pytest.fixture
def channel(bot: Bot) -> Channel:
    return bot.double.world.add_channel("tuesday")


@pytest.fixture
async def asked(bot: Bot, channel: Channel) -> AsyncIterator[Interaction]:
    """A command that somebody typed while a bot was there."""
    line = await bot.line()
    await line.send_json({"op": IDENTIFY, "d": {}})
    await line.receive_json()
    yield bot.double.person("Bea", channel).reach_out(COMMAND, {"name": "x"}, channel, None)
    await line.close()


async def test_an_interaction_is_answered_once_and_in_time(bot: Bot, asked: Interaction) -> None:
    """A second answer is refused, and so is one after three seconds, or one to nothing."""
    assert (await bot.answer(asked))[0] == 200
    assert (await bot.answer(asked))[1]["code"] == 40060
    asked.acknowledged = None
    asked.made_at -= 4
    assert (await bot.answer(asked))[1]["code"] == 10062
    asked.token = "other"
    assert (await bot.ask(f"POST /interactions/{asked.id}/x/callback", SAID))[1]["code"] == 10062


async def test_tokens_of_interactions_end(bot: Bot, asked: Interaction) -> None:
    """After a quarter of an hour nothing can be added, and before an answer neither."""
    later = f"PATCH /webhooks/1/{asked.token}/messages/@original"
    assert (await bot.ask(later, {"content": "x"}))[1]["code"] == 10015
    await bot.answer(asked, {"type": 5, "data": {"flags": 64}})
    assert (await bot.ask(later, {"content": "x"}))[0] == 200
    asked.made_at -= 1000
    assert (await bot.ask(later, {"content": "x"}))[0] == 401


async def test_a_nonce_makes_one_message_for_some_minutes(bot: Bot, channel: Channel) -> None:
    """And another one when they have passed: then the double says that it is there twice."""
    line, body = (
        f"POST /channels/{channel.id}/messages",
        {"content": "x", "nonce": "a", "enforce_nonce": True},
    )
    first, second = (await bot.ask(line, body))[1], (await bot.ask(line, body))[1]
    assert first["id"] == second["id"]
    assert doubled(bot.double.world) == []
    bot.double.world.forget_nonces()
    assert (await bot.ask(line, body))[1]["id"] != first["id"]
    assert any("made 2 times" in each for each in doubled(bot.double.world))


async def test_a_post_has_one_thread(bot: Bot, channel: Channel) -> None:
    """It takes the id of its post; a second one is refused."""
    _, post = await bot.ask(f"POST /channels/{channel.id}/messages", {"content": "x"})
    line = f"POST /channels/{channel.id}/messages/{post['id']}/threads"
    assert (await bot.ask(line, {"name": "x"}))[1]["id"] == post["id"]
    assert (await bot.ask(line, {"name": "x"}))[1]["code"] == 160004


async def test_what_was_missed_is_told_on_resuming(bot: Bot, channel: Channel) -> None:
    """From the sequence on that the bot had; a session that is not known is refused."""
    line = await bot.line()
    await line.send_json({"op": IDENTIFY, "d": {}})
    ready = await line.receive_json()
    await line.send_json({"op": HEARTBEAT, "d": 1})
    assert [(await line.receive_json()).get("t") for _ in range(2)] == ["GUILD_CREATE", None]
    await bot.double.gateway.drop()
    bot.double.world.add_channel("missed")
    again = await bot.line()
    known = {"seq": 2, "session_id": ready["d"]["session_id"]}
    await again.send_json({"op": RESUME, "d": known})
    assert [(await again.receive_json())["t"] for _ in range(2)] == ["CHANNEL_CREATE", "RESUMED"]
    await again.send_json({"op": RESUME, "d": {**known, "session_id": "other"}})
    assert (await again.receive_json())["op"] == INVALID


async def test_faults_meet_whom_they_were_planned_for(bot: Bot, channel: Channel) -> None:
    """With or without the effect, so many times, and then all is well."""
    line = f"POST /channels/{channel.id}/messages"
    bot.double.plan(Fault("POST", "500"), Fault("POST", "drop after", skip=1), Fault("POST", "drop before"))
    assert (await bot.ask(line, {"content": "a"}))[0] == 500
    with pytest.raises(aiohttp.ClientError):
        await bot.ask(line, {"content": "b"})
    with pytest.raises(aiohttp.ClientError):
        await bot.ask(line, {"content": "c"})
    assert (await bot.ask(line, {"content": "d"}))[0] == 200
    assert [each["content"] for each in channel.messages.values()] == ["c", "d"]


async def test_nobody_is_answered_by_a_bot_that_is_gone(bot: Bot, channel: Channel) -> None:
    """Whoever presses then sees it fail."""
    bea = bot.double.person("Bea", channel)
    asked = bea.reach_out(COMMAND, {"name": "x"}, channel, None)
    with pytest.raises(Exception, match="failed"):
        await asyncio.wait_for(bea.answer_to(asked), 5)
