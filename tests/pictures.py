"""The pictures of the README: the first evening, played on the simulator and seen at a phone's width.

Run it with `make pictures`. It needs Chromium or Chrome on this machine and writes to `docs/pictures/`.
"""

import asyncio
import io
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, async_playwright
from simcord.builders import ChannelHandle

from bot.documents.models import Handout
from bot.documents.render import Printer
from bot.rehearsal.play import throwaway_settings
from bot.rehearsal.scenario import load_scenario
from bot.rehearsal.stage import Actor, Stage, open_stage
from bot.rehearsal.troupe import Troupe
from bot.ui.posts import CHART_NAME, script_of
from tests.conftest import Dice

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
BROWSERS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = "The pictures need Chromium or Chrome, and neither was found. Install one, and try again."
BEGINS = datetime(2026, 1, 6, 18, 0, tzinfo=UTC)
"""A Tuesday, seven in the evening where the group is: the same in every picture of every run."""
PHONE = (390, 2400)
"""Pixels of a phone's page, before ``SHARPNESS``; long enough for the longest message."""
SHARPNESS = 2
COLOURS = 96
HANDOUT_PIXELS_PER_INCH = 110
ROOM_TO_BREATHE = """
addEventListener("DOMContentLoaded", () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        #focused-content { padding-block: 12px 16px; }
        .modal-dialog { max-height: none !important; }
        .modal-close { outline: none !important; }
    `);
    document.adoptedStyleSheets.push(sheet);
});
"""
"""A little air around a message; a form in its whole length, without the ring around a button in focus."""
BEFORE_TIME_IS_UP = 20.0
TOO_OPEN = (
    "She wrote after the last session, from anna.k@example.org, that her brother Tomasz had driven her "
    "to Hebden Bridge."
)


class SharpBrowser:
    """A browser with a phone's fine pixels. The simulator asks for coarse ones, and closes it each time."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.version = browser.version

    async def new_context(self, **options: Any) -> Any:
        context = await self._browser.new_context(**{**options, "device_scale_factor": SHARPNESS})
        await context.add_init_script(ROOM_TO_BREATHE)
        return context

    async def close(self) -> None:
        return


def find_browser() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name)) is not None), None)


@asynccontextmanager
async def open_browser(program: str) -> AsyncIterator[SharpBrowser]:
    # Chromium's own cage can't be built for the root of a container.
    caged = [] if os.geteuid() else ["--no-sandbox"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program,
            args=[*caged, "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        try:
            yield SharpBrowser(browser)
        finally:
            await browser.close()


def saved(name: str, content: bytes) -> None:
    """Write a picture with few colours: flat surfaces and letters need no more."""
    picture = Image.open(io.BytesIO(content))
    see_through = picture.mode == "RGBA" and picture.getchannel("A").getextrema() != (255, 255)
    method = Image.Quantize.FASTOCTREE if see_through else Image.Quantize.MEDIANCUT
    few = picture if see_through else picture.convert("RGB")
    few = few.quantize(COLOURS, method=method, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)


class ShowingPrinter(Printer):
    """Prints as ever, and keeps the pages of the last handout as pictures."""

    pages: tuple[bytes, ...] = ()

    def handout_pdf(self, handout: Handout) -> bytes:
        self.pages = tuple(self.handout_pages_png(handout, HANDOUT_PIXELS_PER_INCH))
        return super().handout_pdf(handout)


@dataclass
class Camera:
    stage: Stage
    browser: SharpBrowser
    zone: str

    async def take(self, name: str, seen_by: Actor, what: Any, where: ChannelHandle | None = None) -> None:
        """The picture of one message or form, with nothing around it."""
        async with self.stage.env.preview(
            where or self.stage.thread,
            viewers=[seen_by.member],
            layout="message",
            display="fixed",
            width=PHONE[0],
            height=PHONE[1],
            locale="en-GB",
            timezone=self.zone,
        ) as preview:
            preview._capture_manager._browser = self.browser
            capture = await preview.screenshot(target=what)
        assert capture.png is not None
        saved(name, capture.png)


async def draw(program: str) -> None:
    scenario = load_scenario()
    names = [person.name for person in scenario.people]
    with throwaway_settings() as settings:
        async with (
            open_browser(program) as browser,
            open_stage(
                settings, names, server=scenario.server, channel=scenario.channel, chance=Dice()
            ) as stage,
        ):
            printer = stage.bot.desk.printer = ShowingPrinter()
            await stage.pass_time((BEGINS - stage.env.now()).total_seconds())
            camera, troupe = Camera(stage, browser, scenario.zone), Troupe(stage, scenario)
            await troupe.prepare()
            await a_case_is_brought(camera, troupe)
            await the_group_rates(camera, troupe)
            await it_shows(camera, troupe)
            await the_presenter_takes_it_home(camera, troupe, printer)


async def go_on(troupe: Troupe, step: str | None) -> None:
    """To the beginning of a step (None: to the end), taking the minutes that the protocol gives each."""
    stage = troupe.stage
    while (session := await troupe.session()) is not None and session.step != step:
        if session.status != "open":
            return
        # Presenters answer questions that were not there yet when the round began.
        for _ in range(2):
            async for _ in troupe.actions(*stage.actors):
                await stage.pass_time(5)
        until = script_of(session, stage.library).until(session)
        left = (until or 0) - stage.env.now().timestamp() - BEFORE_TIME_IS_UP
        await stage.pass_time(max(left, 2.1))
        await troupe.move_on()
        await stage.pass_time()


async def a_case_is_brought(camera: Camera, troupe: Troupe) -> None:
    stage, case = camera.stage, troupe.scenario.case
    presenter = stage[troupe.scenario.presenter]
    await presenter.command("formulate start")
    await presenter.press("accept")
    await presenter.press("start")
    await camera.take("start-form", presenter, presenter.shown, stage.channel)
    await presenter.fill(title=case.title, question=case.question, account=TOO_OPEN, minutes="60")
    await camera.take("given-back", presenter, before(presenter), stage.channel)
    await presenter.press("discard")
    assert await troupe.bring_case()
    await troupe.gather()
    await stage.pass_time()
    await camera.take("board-arrive", presenter, stage.newest_with(stage.thread, "mine"))


async def the_group_rates(camera: Camera, troupe: Troupe) -> None:
    stage = camera.stage
    await go_on(troupe, "ratings")
    async for _ in troupe.actions("Cem", "Dag"):
        await stage.pass_time(90)
    eli, you = stage["Eli"], stage[troupe.scenario.facilitator]
    await eli.press("walk")
    await eli.press("skip")
    await camera.take("card", eli, before(eli))
    await eli.press("rate", f"{eli.rates()}.1")
    await stage.pass_time()
    await camera.take("board-ratings", eli, stage.newest_with(stage.thread, "walk"))
    await you.press("panel", on=stage.newest_with(stage.thread, "panel"))
    await camera.take("panel", you, before(you))


async def it_shows(camera: Camera, troupe: Troupe) -> None:
    stage = camera.stage
    await go_on(troupe, "reveal")
    shown = next(each for each in stage.posts() if each.attachments)
    await camera.take("reveal", stage["Eli"], shown)
    chart = next(each for each in shown.attachments if each.filename == CHART_NAME)
    saved("chart", await chart.read())


async def the_presenter_takes_it_home(camera: Camera, troupe: Troupe, printer: ShowingPrinter) -> None:
    stage = camera.stage
    await go_on(troupe, None)
    presenter = stage[troupe.scenario.presenter]
    await presenter.press("handout", on=stage.newest_with(stage.thread, "handout"))
    for number, page in enumerate(printer.pages, start=1):
        saved(f"handout-{number}", page)


def before(actor: Actor) -> Any:
    """The private message that someone has before them."""
    assert actor.shown is not None
    return actor.shown.response


def main() -> int:
    program = find_browser()
    if program is None:
        sys.stderr.write(f"{NO_BROWSER}\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(draw(program))
    for file in sorted(FOLDER.glob("*.png")):
        sys.stdout.write(f"{file.stat().st_size / 1000:6.0f} kB  {file.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
