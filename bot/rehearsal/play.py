"""The scripted session in the terminal, from the start form to the handout."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.content.library import load_library
from bot.rehearsal.scenario import Scenario, load_scenario
from bot.rehearsal.stage import open_stage
from bot.rehearsal.transcript import Transcript
from bot.rehearsal.troupe import Troupe
from bot.services.papers import script_of
from bot.settings import Settings

REFUSED = 2
NOTES_OF_A_PLAN = 2
POSTS_ARE_OUT = 3
"""Seconds after which everything that is due has been sent."""


@contextmanager
def throwaway_settings() -> Generator[Settings]:
    """Settings on a data folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="sixfold-rehearsal-"))
    try:
        yield Settings.model_construct(data_dir=folder / "data")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def play(name: str, case: str | None, out: Path) -> int:
    """Play the scenario ``name`` and write chart, handout and transcript to ``out``.

    ``case`` is the account, if given. Gives the exit code: 0, or ``REFUSED`` where the start form came
    back because of what ``case`` holds.
    """
    scenario = load_scenario(name)
    if case is not None:
        print(load_library().texts("play-own-case"))  # noqa: T201 - the terminal is its page
        told = scenario.case.model_copy(update={"account": case})
        scenario = scenario.model_copy(update={"case": told})
    return asyncio.run(_play(scenario, out))


async def _play(scenario: Scenario, out: Path) -> int:
    console = Console(file=sys.stdout, highlight=False, record=True)
    say = load_library().texts
    with throwaway_settings() as settings:
        names = [person.name for person in scenario.people]
        async with open_stage(settings, names, server=scenario.server, channel=scenario.channel) as stage:
            await stage.to_evening(ZoneInfo(scenario.zone))
            transcript = Transcript(stage, say, console, ZoneInfo(scenario.zone))
            troupe = Troupe(stage, scenario, transcript.note)
            await troupe.prepare()
            if not await troupe.bring_case():
                console.print(say("play-refused"), style="bold")
                return REFUSED
            await troupe.gather()
            await through(troupe, names)
            await transcript.note()
            written = await take_home(troupe, out)
            await transcript.note()
            await afterwards(troupe, transcript)
    paper = out / "transcript.txt"
    console.save_text(str(paper))
    console.print(say("play-written", files=", ".join(str(path) for path in (*written, paper))), style="bold")
    return 0


async def through(troupe: Troupe, names: list[str]) -> None:
    """Every step to the end: all do their part; then the facilitator goes on, or in slow mode the date."""
    while (session := await troupe.session()) is not None and session.status == "open":
        # Presenters answer questions that were not there yet when the round began.
        for _ in range(2):
            async for _ in troupe.actions(*names):
                await troupe.stage.pass_time()
        if session.mode == "slow":
            await _until_something_happens(troupe)
        else:
            await troupe.move_on()
            await troupe.stage.pass_time()


async def _until_something_happens(troupe: Troupe) -> None:
    """Let a slow session's days go by until its clock next says something, if nobody moved it on."""
    session = await troupe.session()
    if session is None or session.status != "open":
        return
    wakes_at = script_of(session, troupe.stage.library).wakes_at(session)
    now = troupe.stage.clock.seconds()
    await troupe.stage.pass_time(max((wakes_at or now) - now, 0) + POSTS_ARE_OUT)


async def take_home(troupe: Troupe, out: Path) -> list[Path]:
    """Write the chart from the thread and the presenter's handout, as files of their names in ``out``."""
    presenter = troupe.stage[troupe.scenario.presenter]
    await presenter.press("handout", on=troupe.stage.newest_with(troupe.stage.thread, "handout"))
    response = presenter.shown.response if presenter.shown is not None else None
    attachments = [each for message in troupe.stage.posts() for each in message.attachments]
    attachments += response.attachments if response is not None else []
    contents = {out / attachment.filename: await attachment.read() for attachment in attachments}
    _write(contents)
    return list(contents)


async def afterwards(troupe: Troupe, transcript: Transcript) -> None:
    """The notes about the presenter's plan: one before its cue, and one when it comes back and was kept."""
    stage, opened = troupe.stage, 0
    while (due := await troupe.next_note()) is not None:
        await stage.pass_time(due - stage.clock.seconds() + POSTS_ARE_OUT)
        transcript.note_time()
        await transcript.note()
        await troupe.look_at_note()
        opened += 1
        if opened == NOTES_OF_A_PLAN:
            await troupe.keep_plan()
        await transcript.note()


def _write(contents: Mapping[Path, bytes]) -> None:
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
