"""The rehearsal in the browser: you facilitate, the others act by script at the pace of people."""

import asyncio
import time
import webbrowser
from dataclasses import dataclass

from rich.console import Console
from simcord import SetupError
from simcord.preview import Preview

from bot.content.library import load_library
from bot.rehearsal.play import throwaway_settings
from bot.rehearsal.scenario import Scenario, load_scenario
from bot.rehearsal.stage import Stage, open_stage
from bot.rehearsal.troupe import Troupe

BREATH = 0.4
"""Seconds between two looks at what the others might do, and at the clock."""
ACTION_EVERY = 2.0
"""Seconds between two things that the others do."""


def serve(port: int, open_browser: bool) -> int:  # noqa: FBT001 - the command line's own switch
    """Serve the rehearsal on this machine until it is interrupted. Gives the exit code.

    ``port`` 0 takes any free one. Raises OSError where the port is taken.
    """
    try:
        asyncio.run(_serve(load_scenario(), port, open_browser=open_browser))
    except KeyboardInterrupt:
        return 0
    return 0


async def _serve(scenario: Scenario, port: int, *, open_browser: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    say = load_library().texts
    names = [person.name for person in scenario.people]
    with throwaway_settings() as settings:
        async with open_stage(settings, names, server=scenario.server, channel=scenario.channel) as stage:
            troupe = Troupe(stage, scenario)
            await troupe.prepare()
            await troupe.bring_case()
            await troupe.gather()
            await stage.pass_time()
            async with _preview(stage, scenario, port) as preview:
                console.print(say("serve-ready", address=preview.url), style="bold")
                console.print(say("serve-hint", name=scenario.facilitator, server=scenario.server))
                if open_browser:
                    webbrowser.open(preview.url)
                await Evening(troupe, preview).run()


def _preview(stage: Stage, scenario: Scenario, port: int) -> Preview:
    viewers = [stage[scenario.facilitator].member]
    viewers += [actor.member for name, actor in stage.actors.items() if name != scenario.facilitator]
    return stage.env.preview(
        stage.thread, viewers=viewers, layout="channel", locale="en-GB", timezone=scenario.zone, port=port
    )


@dataclass
class Evening:
    """The others and the clock, taking turns with whoever sits at the page."""

    troupe: Troupe
    preview: Preview

    async def run(self) -> None:
        """Until the page is closed by *End preview session*, or the command is interrupted."""
        others = [name for name in self.troupe.stage.actors if name != self.troupe.scenario.facilitator]
        before = acted_at = time.monotonic()
        closed = asyncio.ensure_future(self.preview.wait_closed())
        while not closed.done():
            await asyncio.wait({closed}, timeout=BREATH)
            now = time.monotonic()
            try:
                await self.troupe.stage.pass_time(now - before)
                before = now
                if now - acted_at >= ACTION_EVERY and await self._one_action(others):
                    acted_at = now
                await self.preview.refresh()
            except (SetupError, LookupError):
                # Whoever sits at the page is in the middle of something: the others wait a breath.
                continue

    async def _one_action(self, others: list[str]) -> bool:
        async for _ in self.troupe.actions(*others):
            return True
        return False
