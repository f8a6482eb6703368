"""The rehearsal in the browser, without a browser: the page's own requests."""

import asyncio
import calendar
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.rehearsal.door import Door, open_door
from bot.rehearsal.evening import Evening
from bot.rehearsal.troupe import Troupe
from bot.rehearsal.window import Window
from tests.conftest import until


@dataclass
class Page:
    """The page as one facilitator's browser holds it."""

    door: Door
    http: aiohttp.ClientSession
    evening: Evening
    window: Window

    async def ask(self, method: str, path: str, **options: Any) -> aiohttp.ClientResponse:
        """What the simulator's own page sends."""
        headers = {"X-Simcord-Capability": self.window.capability, **options.pop("headers", {})}
        return await self.http.request(
            method, f"{self.door.address.rstrip('/')}{path}", headers=headers, **options
        )

    async def state(self, eyes: int = 0) -> dict[str, Any]:
        async with self.http.get(f"{self.door.page_address}/state?as={eyes}") as answer:
            return await answer.json()

    async def do(self, path: str) -> dict[str, Any]:
        async with self.http.post(f"{self.door.page_address}/{path}") as answer:
            assert answer.status == 200, path
            return await answer.json()


@pytest.fixture
async def page(troupe: Troupe) -> AsyncIterator[Page]:
    evening = Evening(troupe, you="You")
    async with (
        Window(troupe.stage, troupe.scenario) as window,
        open_door(troupe.stage.library.texts, 0) as door,
        aiohttp.ClientSession() as http,
    ):
        door.let_in(evening, window)
        yield Page(door, http, evening, window)


async def test_the_simulated_discord_comes_through_the_door(page: Page) -> None:
    """On this machine's address, in a frame of this page's and of no other's, without its own controls."""
    answer = await page.ask("GET", "/")
    assert answer.status == 200
    assert "<html" in (await answer.text()).lower()
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert ".preview-toolbar, .messages-sidebar" in await (await page.ask("GET", "/preview.css")).text()


async def test_the_page_asks_no_other_machine(page: Page) -> None:
    """It stands in no frame, and what it is made of comes from here."""
    async with page.http.get(page.door.page_address) as answer:
        policy, text = answer.headers["Content-Security-Policy"], await answer.text()
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "://" not in text


@pytest.mark.parametrize("header", [{"Host": "elsewhere.example"}, {"Origin": "http://elsewhere.example"}])
async def test_no_other_site_gets_through(troupe: Troupe, page: Page, header: dict[str, str]) -> None:
    """A page that is open in the same browser can't act here, and neither can a guess."""
    before, at = troupe.stage.env.now(), page.door.page_address
    assert (await page.ask("GET", "/", headers=header)).status == 403
    assert (await page.ask("POST", "/api/pages", headers=header, json={})).status == 403
    for path in ("later/week", "next", "cut-off", "you/1", "begin/first-evening", "pace/step"):
        assert (await page.http.post(f"{at}/{path}", headers=header)).status == 403
        assert (await page.http.post(f"{page.door.address}guessed/{path}")).status != 200
    assert (await page.http.get(f"{at}/state", headers=header)).status == 403
    assert (await page.http.get(f"{at}/take/transcript.txt", headers=header)).status == 403
    assert (troupe.stage.env.now(), page.door.wanted) == (before, None)


async def test_an_action_waits_for_its_turn(page: Page) -> None:
    """While one of the others acts, a press waits; it is not refused."""
    await page.evening.turn.acquire()
    pressed = asyncio.ensure_future(page.ask("POST", "/api/pages", json={}))
    await asyncio.sleep(0.05)
    assert not pressed.done()
    page.evening.turn.release()
    assert (await pressed).status == 200


async def test_the_others_act_one_at_a_time(troupe: Troupe, page: Page) -> None:
    """Whoever sits at the page is left alone, and is told who acted."""
    await troupe.move_on()
    await troupe.move_on()
    await troupe.stage.pass_time()
    told = set()
    while "Nobody" not in (notice := (await page.do("next"))["notice"]):
        told.add(notice)
    assert "That was Cem." in told
    assert "That was You." not in told
    session = await troupe.session()
    assert session is not None
    assert len(session.facts) == 3
    assert all(fact.answer for fact in session.facts)


async def test_anybody_s_part_can_be_taken(page: Page) -> None:
    """The script leaves that person alone and takes the other's part; or it takes everybody's."""
    assert (await page.do("you/1"))["you"] == 1
    assert "Bea" not in page.evening.others
    assert "You" in page.evening.others
    assert (await page.do("you/nobody"))["you"] is None
    assert len(page.evening.others) == 6
    assert (await page.http.post(f"{page.door.page_address}/you/60")).status == 404


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


async def test_another_place_is_shown_to_every_tab(troupe: Troupe, page: Page) -> None:
    """The simulator shows one place at a time: whoever asks next is told the new one."""
    before = page.window.capability
    channel = str(troupe.stage.channel.id)
    assert (await page.do(f"go/{channel}?as=2"))["place"] == channel
    told = await page.state(eyes=1)
    assert told["place"] == channel
    assert told["capability"] == page.window.capability != before
    assert (await page.http.post(f"{page.door.page_address}/go/4")).status == 404


async def test_the_same_place_through_other_eyes_stays_open(troupe: Troupe, page: Page) -> None:
    """Nothing is loaded anew, so that the other tab keeps what it was doing."""
    before = page.window.capability
    told = await page.do(f"go/{troupe.stage.thread.id}?as=3")
    assert told["capability"] == before


async def test_everyone_s_direct_messages_can_be_seen(troupe: Troupe, page: Page) -> None:
    """One person's, through their own eyes: what the bot wrote to them alone."""
    stage, bea = troupe.stage, troupe.stage["Bea"]
    channel = bea.member.user.dm_channel
    await stage.bot.get_partial_messageable(channel.id).send("for Bea alone")
    for number, name in enumerate(page.window.people):
        await page.do(f"go/inbox-{number}")
        state = await (await page.ask("POST", "/api/pages", json={})).text()
        assert ("for Bea alone" in state) == (name == "Bea")


async def test_a_week_goes_by_at_a_press(troupe: Troupe, page: Page) -> None:
    """The page says what time it is, and whatever is due in between has come."""
    stage = troupe.stage
    before = stage.env.now()
    told = await page.do("later/week")
    assert stage.env.now() - before == timedelta(days=7)
    local = stage.env.now().astimezone(ZoneInfo(troupe.scenario.zone))
    assert f"{local:%A}, {local.day} {local:%B}, {local:%H:%M}" in told["now"]
    session = await troupe.session()
    assert session is not None
    assert session.time_up


async def test_every_day_of_the_week_has_its_name(page: Page) -> None:
    """Sessions keep to weekdays; the rehearsal's clock goes through Saturday and Sunday too."""
    told = [(await page.do("later/day"))["now"].split()[5] for _ in range(7)]
    assert sorted(told) == sorted(f"{each}," for each in calendar.day_name)


async def test_the_bot_is_cut_off_and_comes_back(troupe: Troupe, page: Page) -> None:
    """Nothing answers in between; afterwards everyone goes on from what was stored."""
    stage = troupe.stage
    await troupe.move_on()
    await troupe.move_on()
    await stage.pass_time()
    assert (await page.do("cut-off"))["off"]
    await stage["Eli"].press("mine", on=stage.newest_with(stage.thread, "mine"))
    shown = stage["Eli"].shown
    assert shown is not None
    assert not shown.acknowledged
    assert (await page.do("next"))["off"]
    assert not (await page.do("bring-back"))["off"]
    while "Nobody" not in (await page.do("next"))["notice"]:
        pass
    session = await troupe.session()
    assert session is not None
    assert len(session.facts) == 3
    assert len({fact.question for fact in session.facts}) == 3


async def test_a_restart_in_the_middle(troupe: Troupe, page: Page) -> None:
    """Whoever had something to do still has."""
    await troupe.move_on()
    await troupe.move_on()
    await troupe.stage.pass_time()
    assert "That was" in (await page.do("next"))["notice"]
    before = troupe.stage.bot
    assert "restarted" in (await page.do("restart"))["notice"]
    assert troupe.stage.bot is not before
    assert "That was" in (await page.do("next"))["notice"]


async def test_the_transcript_says_who_saw_what(troupe: Troupe, page: Page) -> None:
    """It can be taken at any moment; a file that nobody was given can't."""
    assert (await page.state())["downloads"] == ["transcript.txt"]
    await troupe.stage["Bea"].press("mine", on=troupe.stage.newest_with(troupe.stage.thread, "mine"))
    async with page.http.get(f"{page.door.page_address}/take/transcript.txt") as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        text = await answer.text()
    assert troupe.scenario.case.question in text
    assert "Only Bea sees" in text
    assert "@You" in text
    assert re.findall(r"<t:|<@", text) == []
    assert (await page.http.get(f"{page.door.page_address}/take/chart.png")).status == 404


async def test_chart_and_handout_are_taken_home(troupe: Troupe, page: Page) -> None:
    """Once somebody has been given them: the chart by the reveal, the handout by asking for it."""
    await until(troupe, "handout")
    assert {"chart.png", "transcript.txt"} <= set((await page.state())["downloads"])
    stage = troupe.stage
    await stage["Bea"].press("handout", on=stage.newest_with(stage.thread, "handout"))
    begins = {"chart.png": b"\x89PNG", "handout.pdf": b"%PDF", "handout.md": b"# "}
    assert begins.keys() <= set((await page.state())["downloads"])
    for name, first in begins.items():
        async with page.http.get(f"{page.door.page_address}/take/{name}") as answer:
            assert answer.status == 200
            assert (await answer.read()).startswith(first)


async def test_a_form_in_one_tab_holds_everything_up(page: Page) -> None:
    """Another tab without a form does not take that back."""
    page.window.note_form("one", "form")
    page.window.note_form("two", None)
    assert page.window.filling_in
    page.window.note_form("one", None)
    assert not page.window.filling_in


async def test_another_rehearsal_takes_the_place_of_this_one(page: Page) -> None:
    """The page says that it is on its way, and nothing of the old one can be pressed."""
    assert "preparing" in await page.do("begin/four-people")
    assert page.door.wanted == "four-people"
    assert page.door.ends.is_set()
    assert (await page.ask("POST", "/api/pages", json={})).status == 503
    assert "preparing" in await page.do("next")
    assert (await page.http.post(f"{page.door.page_address}/begin/no-such")).status == 404
