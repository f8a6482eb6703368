"""The rehearsal's own command, and a browser before it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response, expect, sync_playwright

from tests.ui.camera import find_browser

WIDTHS = {1280: 800, 390: 844}
PATIENCE = 30_000
"""Milliseconds for whatever takes a moment."""


@dataclass
class Rehearsal:
    """``sixfold rehearse`` as a process of its own; ``browser`` opens its page."""

    process: subprocess.Popen[str]
    address: str
    browser: Browser

    def open(self, width: int = 1280) -> "Sitting":
        page = self.browser.new_page(viewport={"width": width, "height": WIDTHS[width]})
        page.set_default_timeout(PATIENCE)
        sitting = Sitting(page, [])
        page.on("pageerror", lambda error: sitting.errors.append(str(error)))
        page.goto(self.address)
        expect(page.locator("body")).to_have_attribute("aria-busy", "false", timeout=PATIENCE)
        return sitting


@dataclass
class Sitting:
    """One tab, and the errors in it."""

    page: Page
    errors: list[str]

    @property
    def inside(self) -> Any:
        """The simulated Discord in its frame."""
        return self.page.frame_locator("#frame")

    def told(self, text: str) -> None:
        """Wait until the page says so."""
        expect(self.page.locator("#notice")).to_contain_text(text, timeout=PATIENCE)

    def press(self, name: str) -> dict[str, Any]:
        """Press a button of the page; what the rehearsal answered."""
        with self.page.expect_response(_told) as told:
            self.page.get_by_role("button", name=name, exact=True).click()
        answer: dict[str, Any] = told.value.json()
        return answer

    def begin(self, name: str, title: str) -> None:
        """Choose a rehearsal and say yes."""
        choose = self.page.locator("#choose")
        if choose.get_attribute("open") is None:
            choose.locator("summary").click()
        self.page.locator(f"[data-begin={name}]").click()
        self.page.locator("#sure button[value=yes]").click()
        # The same one may stand there already: it is another when the room has been made ready.
        expect(self.page.locator("#preparing")).to_be_visible()
        expect(self.page.locator("#preparing")).to_be_hidden(timeout=PATIENCE)
        expect(self.page.locator("#title")).to_have_text(title)

    def pace(self, name: str) -> None:
        self.page.get_by_text(name, exact=True).click()
        expect(self.page.get_by_role("radio", name=name)).to_be_checked()

    def looks_as(self, name: str) -> None:
        """Wait until the frame shows what this person sees."""
        picker = self.inside.locator("#viewer-picker option:checked")
        expect(picker).to_have_text(name, timeout=PATIENCE)


def _told(answer: Response) -> bool:
    """Whether this answers a press in the page, and none in the simulated Discord."""
    return answer.request.method == "POST" and "/api/" not in answer.url


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser without a window."""
    program = find_browser()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("There is no Chromium here; .ci/run says how it comes.")
        pytest.skip("There is no Chromium here to open the page with.")
    caged = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*caged, "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def rehearsing(browser: Browser) -> Iterator[Rehearsal]:
    """Start the command, and end it."""
    command = [sys.executable, "-u", "-m", "bot", "rehearse", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().split()[-1]
            yield Rehearsal(process, address, browser)
        finally:
            process.terminate()
