"""The rehearsal in the browser, without a browser: the page's own requests."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from rich.console import Console

from bot.rehearsal.door import Door, open_door
from bot.rehearsal.serve import Evening
from bot.rehearsal.troupe import Troupe
from bot.rehearsal.window import Window


@dataclass
class Page:
    """The page as one facilitator's browser holds it."""

    door: Door
    capability: str
    http: aiohttp.ClientSession
    evening: Evening

    async def ask(self, method: str, path: str, **options: Any) -> aiohttp.ClientResponse:
        headers = {"X-Simcord-Capability": self.capability, **options.pop("headers", {})}
        return await self.http.request(
            method, f"{self.door.address.rstrip('/')}{path}", headers=headers, **options
        )


@pytest.fixture
async def page(troupe: Troupe) -> AsyncIterator[Page]:
    stage = troupe.stage
    evening = Evening(troupe, Console(quiet=True))
    async with (
        Window(stage, troupe.scenario) as window,
        open_door(window, 0, evening.turn) as door,
        aiohttp.ClientSession() as http,
    ):
        yield Page(door, await window.show("session"), http, evening)


async def test_the_page_comes_through_the_door(page: Page) -> None:
    """The simulator's own page answers on this machine's address."""
    answer = await page.ask("GET", "/")
    assert answer.status == 200
    assert "<html" in (await answer.text()).lower()
    assert page.door.address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("header", [{"Host": "elsewhere.example"}, {"Origin": "http://elsewhere.example"}])
async def test_no_other_site_gets_through(page: Page, header: dict[str, str]) -> None:
    """A page that is open in the same browser can't act here."""
    assert (await page.ask("GET", "/", headers=header)).status == 403
    assert (await page.ask("POST", "/api/pages", headers=header, json={})).status == 403


async def test_an_action_waits_for_its_turn(page: Page) -> None:
    """While one of the others acts, a press waits; it is not refused."""
    await page.evening.turn.acquire()
    pressed = asyncio.ensure_future(page.ask("POST", "/api/pages", json={}))
    await asyncio.sleep(0.05)
    assert not pressed.done()
    page.evening.turn.release()
    assert (await pressed).status == 200


async def test_the_others_act_by_themselves(troupe: Troupe, page: Page) -> None:
    """Nobody presses anything for them: once the step is there, they do their part."""
    await troupe.move_on()
    await troupe.move_on()
    await troupe.stage.pass_time()
    others = [person.name for person in troupe.scenario.people if person.name != "You"]
    while await page.evening.one_action(others):
        pass
    session = await troupe.session()
    assert session is not None
    assert len(session.facts) == 3
    assert all(fact.answer for fact in session.facts)


async def test_what_is_sent_from_an_older_page_counts(troupe: Troupe, page: Page) -> None:
    """The page was renewed in the moment of sending: it is sent again for the page as it is now."""
    state = await (await page.ask("POST", "/api/pages", json={})).json()
    action = {
        "kind": "send_message",
        "content": "Shall we begin?",
        "protocol_version": state["protocolVersion"],
        "generation": state["context"]["generation"],
        "bot_generation": state["botGeneration"],
        "published_revision": state["publishedRevision"] - 1,
        "sequence": 1,
        "request_id": "one",
    }
    context = {"X-Simcord-Context": state["context"]["id"]}
    told = await (await page.ask("POST", "/api/action", headers=context, json=action)).json()
    assert not told["rejected"], told
    assert troupe.stage.posts()[-1].content == "Shall we begin?"


async def test_another_place_of_the_server_is_shown(page: Page) -> None:
    """The group's channel instead of the session's thread, for whoever was told the address."""
    answer = await page.http.get(page.door.address_of("channel"), allow_redirects=False)
    assert answer.status == 302
    path, _, capability = answer.headers["Location"].partition("#")
    assert path == "/"
    assert capability
    assert capability != page.capability
    page.capability = capability
    assert (await page.ask("GET", "/")).status == 200
    unknown = await page.http.get(f"{page.door.address}guessed/channel")
    assert unknown.status != 200


async def test_another_place_needs_this_address(page: Page) -> None:
    """A page that is open in the same browser can't turn the window."""
    away = {"Origin": "http://elsewhere.example"}
    answer = await page.http.get(page.door.address_of("channel"), headers=away, allow_redirects=False)
    assert answer.status == 403


async def test_a_week_goes_by_at_a_press(troupe: Troupe, page: Page) -> None:
    """The page says what time it is, and whatever is due in between has come."""
    stage = troupe.stage
    before = stage.env.now()
    async with page.http.get(page.door.address_of()) as answer:
        assert answer.status == 200
        assert "The session" in await answer.text()
    jump = f"{page.door.address_of()}/later/week"
    async with page.http.post(jump) as answer:
        assert answer.status == 200
        shown = await answer.text()
    assert stage.env.now() - before == timedelta(days=7)
    local = stage.env.now().astimezone(ZoneInfo(troupe.scenario.zone))
    assert f"{local:%A}, {local.day} {local:%B}, {local:%H:%M}" in shown
    session = await troupe.session()
    assert session is not None
    assert session.time_up


async def test_only_this_page_lets_time_go_by(troupe: Troupe, page: Page) -> None:
    """Neither a page that is open in the same browser nor a guess does."""
    before, away = troupe.stage.env.now(), {"Origin": "http://elsewhere.example"}
    assert (await page.http.post(f"{page.door.address_of()}/later/week", headers=away)).status == 403
    assert (await page.http.post(f"{page.door.address}guessed/later/week")).status != 200
    assert troupe.stage.env.now() == before


async def test_everyone_s_direct_messages_can_be_seen(troupe: Troupe, page: Page) -> None:
    """One person's, through their own eyes: what the bot wrote to them alone."""
    stage, bea = troupe.stage, troupe.stage["Bea"]
    channel = bea.member.user.dm_channel
    await stage.bot.get_partial_messageable(channel.id).send("for Bea alone")
    for number, name in enumerate(page.door.people):
        async with page.http.get(page.door.address_of(f"inbox-{number}"), allow_redirects=False) as answer:
            assert answer.status == 302
            page.capability = answer.headers["Location"].partition("#")[2]
        state = await (await page.ask("POST", "/api/pages", json={})).text()
        assert ("for Bea alone" in state) == (name == "Bea")
