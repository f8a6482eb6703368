"""The pictures of the README: the first evening, played on the simulator and seen at a phone's width.

Run it with `make pictures`. It needs Chromium or Chrome on this machine and writes to `docs/pictures/`.
With `--all FOLDER` it draws every kind of screen there is into that folder instead, to be looked at.
"""

import argparse
import asyncio
import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image

from bot.cases.pages import pages_of
from bot.documents.models import Handout
from bot.documents.render import Printer
from bot.rehearsal.play import throwaway_settings
from bot.rehearsal.scenario import load_scenario
from bot.rehearsal.stage import Actor, components_of, open_stage
from bot.rehearsal.troupe import Troupe
from bot.ui.posts import CHART_NAME, script_of
from bot.vignettes.slots import AT_LEAST_AHEAD, SLOT_SECONDS
from tests.conftest import Dice
from tests.rehearsal.browser import browsing, rehearsing
from tests.ui.camera import Camera, find_browser, open_browser
from tests.ui.every_screen import draw_every_screen

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
NO_BROWSER = "The pictures need Chromium or Chrome, and neither was found. Install one, and try again."
BEGINS = datetime(2026, 1, 6, 18, 0, tzinfo=UTC)
"""A Tuesday, seven in the evening where the group is: the same in every picture of every run."""
HANDOUT_PIXELS_PER_INCH = 110
BEFORE_TIME_IS_UP = 20.0
A_MOMENT = 1500.0
"""Milliseconds in which a page has drawn itself."""
TOO_OPEN = (
    "She wrote after the last session, from anna.k@example.org, that her brother Tomasz had driven her "
    "to Hebden Bridge."
)
VIGNETTE = (
    "My client Anna Kowalska, 34, comes early each time and brings coffee for both of us, from a place near "
    "Leeds General Infirmary, where she works. She asks how I slept, and when I say well she laughs and says "
    "that somebody has to look after me. I felt looked after, and then I felt guilty."
)


def saved(name: str, content: bytes) -> None:
    """Write a picture with few colours: flat surfaces and letters need no more."""
    picture = Image.open(io.BytesIO(content))
    # Of Pillow's ways the one that keeps a colour of few dots, such as a required field's star.
    few = picture.quantize(method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)


class ShowingPrinter(Printer):
    """Prints as ever, and keeps the pages of the last handout as pictures."""

    pages: tuple[bytes, ...] = ()

    def handout_pdf(self, handout: Handout) -> bytes:
        self.pages = tuple(self.handout_pages_png(handout, HANDOUT_PIXELS_PER_INCH))
        return super().handout_pdf(handout)


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
            camera, troupe = Camera(stage, browser, scenario.zone, saved), Troupe(stage, scenario)
            await troupe.prepare()
            await a_case_is_brought(camera, troupe)
            await the_group_rates(camera, troupe)
            await it_shows(camera, troupe)
            await the_presenter_takes_it_home(camera, troupe, printer)
            await a_vignette_is_written(camera, troupe)
            await a_case_is_prepared(camera, troupe)
            await a_note_comes(camera)


async def go_on(troupe: Troupe, step: str | None) -> None:
    """To the beginning of a step (None: to the end), taking the minutes that the protocol gives each."""
    stage = troupe.stage
    while (session := await troupe.session()) is not None and session.step != step:
        if session.status != "open":
            return
        # Presenters answer questions that were not there yet when the round began.
        for _ in range(2):
            async for _ in troupe.own_parts(*stage.actors):
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
    await camera.shown("start-form", presenter)
    await presenter.fill(title=case.title, question=case.question, account=TOO_OPEN, time="voice.60")
    await camera.shown("given-back", presenter)
    await presenter.press("discard")
    await presenter.press("discard-now")
    assert await troupe.bring_case()
    await troupe.gather()
    await stage.pass_time()
    await camera.take("board-arrive", presenter, stage.newest_with(stage.thread, "mine"))


async def the_group_rates(camera: Camera, troupe: Troupe) -> None:
    stage = camera.stage
    await go_on(troupe, "ratings")
    async for _ in troupe.own_parts("Cem", "Dag"):
        await stage.pass_time(90)
    eli, you = stage["Eli"], stage[troupe.scenario.facilitator]
    await eli.press("walk")
    await eli.press("skip")
    await camera.shown("card", eli)
    await eli.press("rate", f"{eli.rates()}.1")
    await stage.pass_time()
    await camera.take("board-ratings", eli, stage.newest_with(stage.thread, "walk"))
    await you.press("panel", on=stage.newest_with(stage.thread, "panel"))
    await camera.shown("panel", you)


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


async def a_case_is_prepared(camera: Camera, troupe: Troupe) -> None:
    stage, prepared = camera.stage, troupe.scenario.prepared
    assert prepared is not None
    presenter, template = stage[prepared.presenter], stage.library.template(prepared.template)
    await presenter.command("case present", template=template.id)
    await camera.shown("case-form-1", presenter)
    first, *others = pages_of(template)
    await troupe.fill_page(presenter, prepared, first)
    for number, fields in enumerate(others, start=1):
        await presenter.press("c-page", str(number))
        if number == 1:
            await camera.shown("case-form-2", presenter)
        await troupe.fill_page(presenter, prepared, fields)
    for verb in ("c-look", "c-next", "c-post"):
        await presenter.press(verb)
    await stage.pass_time(5)
    await camera.take("case-card", stage["Dag"], stage.newest_with(stage.channel, "k-ask"), stage.channel)


async def a_vignette_is_written(camera: Camera, troupe: Troupe) -> None:
    stage = camera.stage
    author, reader = stage["Dag"], stage["Eli"]
    await author.command("vignette write")
    await author.fill(title="The early bird", text=VIGNETTE, question="What do I miss when I enjoy this?")
    await camera.take("vignette-review", author, before(author), stage.channel)
    await author.press("w-all")
    await author.press("w-next")
    await author.press("w-questions")
    await author.fill(client="no", relative="no", needed="yes", changed="the season", placement="no-trainee")
    choices = [each for each in control_ids(before(author), "w-publish") if "alias.now" in each]
    await author.press("w-publish", choices[0].split(":", 3)[3])
    await stage.pass_time(SLOT_SECONDS + AT_LEAST_AHEAD + 5)
    await camera.take("vignette", reader, stage.newest_with(stage.channel, "v-offer"), stage.channel)


async def a_note_comes(camera: Camera) -> None:
    stage, who = camera.stage, camera.stage["Fay"]
    await who.command("remind me", how="week")
    await who.fill(weeks=["1"], days=["1"], time="19:45", quiet="21:00–7:00")
    await camera.take("reminder", who, before(who), stage.channel)
    await who.press("r-keep")
    await stage.pass_time(7 * 86_400)
    inbox = who.member.user.dm_channel
    await camera.take("note", who, who.inbox[-1], inbox)
    await who.press("n-show", on=who.inbox[-1])
    await camera.take("note-shown", who, before(who), inbox)


def draw_page() -> None:
    """The rehearsal's page, as it opens."""
    with browsing() as browser, rehearsing(browser) as rehearsal:
        tab = rehearsal.open(1280)
        tab.looks_as("You")
        tab.page.wait_for_timeout(A_MOMENT)
        saved("rehearsal", tab.page.screenshot())


def before(actor: Actor) -> Any:
    """The private message that someone has before them."""
    assert actor.shown is not None
    return actor.shown.response


def control_ids(message: Any, verb: str) -> list[str]:
    """The custom_ids with which a message offers a verb."""
    ids = [str(each["custom_id"]) for each in components_of(message) if "custom_id" in each]
    return [each for each in ids if each.split(":")[2] == verb]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--all", type=Path, metavar="FOLDER", help="draw every kind of screen into this folder"
    )
    folder: Path | None = parser.parse_args().all
    program = find_browser()
    if program is None:
        sys.stderr.write(f"{NO_BROWSER}\n")
        return 1
    (folder or FOLDER).mkdir(parents=True, exist_ok=True)
    asyncio.run(draw(program) if folder is None else draw_every_screen(program, folder))
    if folder is None:
        draw_page()
    for file in sorted((folder or FOLDER).glob("*.png")):
        sys.stdout.write(f"{file.stat().st_size / 1000:6.0f} kB  {file.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
