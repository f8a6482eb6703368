"""Each rehearsal in a browser, from the first click to its end; all of them by ``make pages``."""

import os
from collections.abc import Iterator

import pytest

from bot.rehearsal.scenario import load_scenario, scenario_names
from tests.rehearsal.browser import WIDTHS, Rehearsal, browsing, rehearsing

QUICK = [("taken-back", 1280), ("vignette", 390)]
ALL = [(name, width) for name in scenario_names() for width in WIDTHS]
MOST_ACTIONS = 250
QUIET_DAYS = 2
"""After so many days on which nobody had anything to do, a rehearsal is over; then a week goes by."""


@pytest.fixture(scope="module")
def rehearsal() -> Iterator[Rehearsal]:
    with browsing() as browser, rehearsing(browser) as running:
        yield running


@pytest.mark.parametrize(("name", "width"), ALL if os.environ.get("PAGES") == "all" else QUICK)
def test_from_the_first_click_to_the_end(rehearsal: Rehearsal, name: str, width: int) -> None:
    """The script takes everybody's part, one action at a press; the days in between go by at a press too."""
    tab, scenario = rehearsal.open(width), load_scenario(name)
    tab.begin(name, scenario.title)
    tab.page.locator("#you").select_option(value="nobody")
    tab.pace("Step by step")
    acted, quiet = set[str](), 0
    for _ in range(MOST_ACTIONS):
        notice = tab.press("Next action")["notice"]
        if notice.startswith("That was"):
            acted.add(notice)
            quiet = 0
            continue
        quiet += 1
        if quiet > QUIET_DAYS:
            break
        tab.press("A day later")
    assert quiet > QUIET_DAYS, "it never came to an end"
    told = tab.press("A week later")
    assert len(acted) > 1
    assert "transcript.txt" in told["downloads"]
    assert tab.page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert tab.errors == []
    tab.page.close()
