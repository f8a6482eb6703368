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
from bot.rehearsal.hands import Beat, no_beat
from bot.rehearsal.scenario import Scenario, load_scenario
from bot.rehearsal.stage import open_stage
from bot.rehearsal.transcript import Transcript
from bot.rehearsal.troupe import Troupe
from bot.settings import Settings

REFUSED = 2
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
    if case is not None and scenario.starts == "none":
        print(load_library().texts("play-own-case-nowhere"))  # noqa: T201 - the terminal is its page
        return REFUSED
    if case is not None:
        print(load_library().texts("play-own-case"))  # noqa: T201 - the terminal is its page
        told = scenario.case.model_copy(update={"account": case})
        scenario = scenario.model_copy(update={"case": told})
    return asyncio.run(_play(scenario, out))


async def _play(scenario: Scenario, out: Path) -> int:
    console = Console(file=sys.stdout, highlight=False, record=True)
    say = load_library().texts
    written: list[Path] = []
    with throwaway_settings() as settings:
        names = [person.name for person in scenario.people]
        async with open_stage(settings, names, server=scenario.server, channel=scenario.channel) as stage:
            await stage.to_evening(ZoneInfo(scenario.zone))
            transcript = Transcript(stage, say, console, ZoneInfo(scenario.zone))
            troupe = Troupe(stage, scenario, transcript.note)
            if not await troupe.begin():
                console.print(say("play-refused"), style="bold")
                return REFUSED

            async def look() -> None:
                await transcript.note()
                session = await troupe.session()
                if (
                    not written
                    and session is not None
                    and session.status == "closed"
                    and not session.taken_back
                ):
                    written.extend(await take_home(troupe, out))
                    await transcript.note()

            await through(troupe, names, look)
    paper = out / "transcript.txt"
    paper.parent.mkdir(parents=True, exist_ok=True)
    console.save_text(str(paper))
    console.print(say("play-written", files=", ".join(str(path) for path in (*written, paper))), style="bold")
    return 0


async def through(troupe: Troupe, names: list[str], look: Beat = no_beat) -> None:
    """Let ``names`` act and time go by until nothing more will come; ``look`` whenever all is quiet."""
    while True:
        async for _ in troupe.actions(*names):
            await troupe.stage.pass_time()
        await look()
        due = await troupe.next_due()
        if due is None:
            return
        await troupe.stage.pass_time(due - troupe.now + POSTS_ARE_OUT)


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


def _write(contents: Mapping[Path, bytes]) -> None:
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
