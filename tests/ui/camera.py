"""Pictures of single messages and forms, seen at a phone's width."""

import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, async_playwright
from simcord.builders import ChannelHandle

from bot.rehearsal.stage import Actor, Stage

BROWSERS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE = (390, 2400)
"""Pixels of a phone's page, before ``SHARPNESS``; long enough for the longest message."""
SHARPNESS = 2
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


@dataclass
class Camera:
    """``keep`` is given the name and the content of each picture."""

    stage: Stage
    browser: SharpBrowser
    zone: str
    keep: Callable[[str, bytes], None]

    async def take(self, name: str, seen_by: Actor, what: Any, where: ChannelHandle | None = None) -> None:
        """The picture of one message or form, with nothing around it."""
        place = where or self.stage.thread
        async with self.stage.env.preview(
            place,
            viewers=[seen_by.member if place.guild is not None else seen_by.member.user],
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
        self.keep(name, capture.png)

    async def shown(self, name: str, seen_by: Actor) -> None:
        """What somebody has before them: their private message, or the form that is open."""
        shown = seen_by.shown
        assert shown is not None
        places = [self.stage.channel, *self.stage.channel.threads, seen_by.member.user.dm_channel]
        here = next(place for place in places if place.id == shown._interaction.channel_id)
        await self.take(name, seen_by, shown if shown.modal is not None else shown.response, here)
