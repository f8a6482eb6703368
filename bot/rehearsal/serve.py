"""The rehearsal in the browser: you are one of them, the others act by script at the pace you like."""

import asyncio
import webbrowser
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.app import end_when_told
from bot.content.library import load_library
from bot.rehearsal.door import Door, open_door
from bot.rehearsal.evening import Evening
from bot.rehearsal.play import throwaway_settings
from bot.rehearsal.scenario import FIRST, load_scenario
from bot.rehearsal.stage import open_stage
from bot.rehearsal.troupe import Troupe
from bot.rehearsal.window import Window


def serve(port: int, open_browser: bool) -> int:  # noqa: FBT001 - the command line's own switch
    """Serve the rehearsal on this machine until it is interrupted. Gives the exit code.

    ``port`` 0 takes any free one. Raises OSError where the port is taken.
    """
    try:
        asyncio.run(_serve(port, open_browser=open_browser))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0
    return 0


async def _serve(port: int, *, open_browser: bool) -> None:
    end_when_told()
    console = Console(highlight=False, soft_wrap=True)
    say = load_library().texts
    async with open_door(say, port) as door:
        console.print(say("serve-ready", address=door.page_address), style="bold")
        console.print(say("serve-hint"))
        if open_browser:
            webbrowser.open(door.page_address)
        wanted: str | None = FIRST
        while wanted is not None:
            wanted = await _rehearse(door, wanted)


async def _rehearse(door: Door, name: str) -> str | None:
    """One scenario on fresh data, until another is wanted: its name, or None where the page was closed."""
    scenario = load_scenario(name)
    names = [person.name for person in scenario.people]
    with throwaway_settings() as settings:
        async with open_stage(settings, names, server=scenario.server, channel=scenario.channel) as stage:
            await stage.to_evening(ZoneInfo(scenario.zone))
            troupe = Troupe(stage, scenario)
            await troupe.begin()
            await stage.pass_time()
            evening = Evening(troupe, you=scenario.you)
            async with Window(stage, scenario) as window:
                door.let_in(evening, window)
                try:
                    await evening.run(window, door.ends)
                finally:
                    await door.shut()
    return door.wanted
