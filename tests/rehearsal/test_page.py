"""The rehearsal's page in a browser: what a facilitator can press around the simulated Discord."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.rehearsal.scenario import load_scenario
from tests.rehearsal.browser import PATIENCE, Rehearsal, Sitting, browsing, rehearsing


@pytest.fixture(scope="module")
def rehearsal() -> Iterator[Rehearsal]:
    with browsing() as browser, rehearsing(browser) as running:
        yield running


@pytest.fixture
def tab(rehearsal: Rehearsal) -> Iterator[Sitting]:
    """The first evening, begun anew, where nobody acts unless told."""
    sitting = rehearsal.open()
    sitting.begin("first-evening", load_scenario().title)
    sitting.pace("Step by step")
    yield sitting
    assert sitting.errors == []
    sitting.page.close()


def test_you_facilitate_by_hand(tab: Sitting) -> None:
    """A button in the simulated Discord does what it does there, and the simulator's own are out of sight."""
    expect(tab.inside.locator("#toolbar")).to_be_hidden()
    tab.inside.get_by_role("button", name="Facilitator").last.click()
    tab.inside.get_by_role("button", name="Next: ").last.click()
    expect(tab.inside.get_by_text("Step 2 of").last).to_be_visible(timeout=PATIENCE)


def test_two_tabs_see_one_place_through_two_pairs_of_eyes(rehearsal: Rehearsal, tab: Sitting) -> None:
    """Where one goes the other follows, and each looks as somebody else."""
    other = rehearsal.open(390)
    other.page.locator("#eyes").select_option(label="Cem")
    other.looks_as("Cem")
    tab.looks_as("You")
    tab.page.get_by_role("button", name="#tuesday-evening").click()
    for each in (tab, other):
        here = each.page.locator("#places [aria-current=true]")
        expect(here).to_have_text("#tuesday-evening", timeout=PATIENCE)
        expect(each.inside.get_by_role("button", name="Formulate this").last).to_be_visible(timeout=PATIENCE)
    other.looks_as("Cem")
    assert other.errors == []
    other.page.close()


def test_only_who_may_look_can_be_looked_through(tab: Sitting) -> None:
    """In somebody's direct messages it is they alone; back in the thread, whoever one likes."""
    tab.page.locator("#inboxes button", has_text="Bea").click()
    tab.looks_as("Bea")
    expect(tab.page.locator("#eyes option:disabled")).to_have_count(5)
    expect(tab.page.locator("#member h2")).to_have_text("Seen by Bea")
    tab.page.get_by_role("button", name="Session").click()
    expect(tab.page.locator("#eyes option:disabled")).to_have_count(0)


def test_the_bot_is_restarted_and_cut_off_in_the_middle(tab: Sitting) -> None:
    """While it is off nothing answers; afterwards the same button does."""
    tab.press("Restart the bot")
    tab.told("restarted")
    tab.press("Cut it off")
    expect(tab.page.get_by_role("button", name="Next action")).to_be_disabled()
    tab.inside.get_by_role("button", name="My part").last.click()
    tab.told("Nothing answered")
    tab.press("Bring it back")
    tab.told("is back")
    shown = tab.inside.get_by_text("Only you can see this")
    before = shown.count()
    tab.page.wait_for_timeout(1000)
    tab.inside.get_by_role("button", name="My part").last.click()
    expect(shown).to_have_count(before + 1, timeout=PATIENCE)


def test_time_goes_by_and_the_transcript_is_taken_home(tab: Sitting, tmp_path: Path) -> None:
    """A day at one press; the file holds what stands there."""
    before = tab.page.locator("#now").inner_text()
    tab.press("A day later")
    expect(tab.page.locator("#now")).to_contain_text("Wednesday")
    assert tab.page.locator("#now").inner_text() != before
    with tab.page.expect_download() as kept:
        tab.page.get_by_role("link", name="transcript.txt").click()
    file = tmp_path / "transcript.txt"
    kept.value.save_as(file)
    assert load_scenario().case.question in file.read_text(encoding="utf-8")


def test_the_keyboard_is_enough(tab: Sitting) -> None:
    """Pace by the arrows, a press by the space bar, and a rehearsal that is not begun after all."""
    tab.page.get_by_role("radio", name="Step by step").focus()
    tab.page.keyboard.press("ArrowLeft")
    expect(tab.page.get_by_role("radio", name="Quicker")).to_be_checked()
    expect(tab.page.get_by_role("button", name="Next action")).to_be_hidden()
    tab.page.locator("[data-begin=four-people]").focus()
    tab.page.keyboard.press("Space")
    expect(tab.page.locator("#sure button[value=no]")).to_be_focused()
    tab.page.keyboard.press("Space")
    expect(tab.page.locator("#sure")).to_be_hidden()
    expect(tab.page.locator("#title")).to_have_text(load_scenario().title)


def test_a_dead_page_says_so(rehearsal: Rehearsal) -> None:
    """The command has ended: the page does not go on as if nothing had happened."""
    with rehearsing(rehearsal.browser) as running:
        sitting = running.open(390)
        expect(sitting.page.locator("#ended")).to_be_hidden()
        running.process.terminate()
        expect(sitting.page.locator("#ended")).to_be_visible(timeout=PATIENCE)
        expect(sitting.page.locator("#ended")).to_contain_text("make rehearse")
