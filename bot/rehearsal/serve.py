"""The rehearsal in the browser: you facilitate, the others act by script at the pace of people."""

import asyncio
import time
import webbrowser
from dataclasses import dataclass, field

from rich.console import Console
from simcord.preview import Preview

from bot.app import end_when_told
from bot.content.library import load_library
from bot.rehearsal.door import Door, open_door
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
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0
    return 0


async def _serve(scenario: Scenario, port: int, *, open_browser: bool) -> None:
    end_when_told()
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
            evening = Evening(troupe, console)
            async with _preview(stage, scenario) as preview:
                inner, _, capability = preview.url.partition("#")
                async with open_door(inner, port, evening.turn) as door:
                    address = f"{door.address}#{capability}"
                    console.print(say("serve-ready", address=address), style="bold")
                    console.print(say("serve-hint", name=scenario.facilitator, server=scenario.server))
                    if open_browser:
                        webbrowser.open(address)
                    await evening.run(preview, door)


def _preview(stage: Stage, scenario: Scenario) -> Preview:
    viewers = [stage[scenario.facilitator].member]
    viewers += [actor.member for name, actor in stage.actors.items() if name != scenario.facilitator]
    return stage.env.preview(
        stage.thread, viewers=viewers, layout="channel", locale="en-GB", timezone=scenario.zone
    )


@dataclass
class Evening:
    """The others and the clock, taking turns with whoever sits at the page."""

    troupe: Troupe
    console: Console
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, preview: Preview, door: Door) -> None:
        """Until the page is closed by *End preview session*, or the command is interrupted."""
        others = [name for name in self.troupe.stage.actors if name != self.troupe.scenario.facilitator]
        before = acted_at = time.monotonic()
        closed = asyncio.ensure_future(preview.wait_closed())
        said_over, shown = False, self._looks()
        while not closed.done():
            await asyncio.wait({closed}, timeout=BREATH)
            if door.filling_in:
                continue
            async with self.turn:
                now = time.monotonic()
                await self.troupe.stage.pass_time(now - before)
                before = now
                if now - acted_at >= ACTION_EVERY and await self.one_action(others):
                    acted_at = now
                # Only when there is something new: a press on a page that is being renewed is refused.
                if (looks := self._looks()) != shown:
                    shown = looks
                    await preview.refresh()
            session = await self.troupe.session()
            if not said_over and session is not None and session.status != "open":
                said_over = True
                self.console.print(
                    self.troupe.stage.library.texts("serve-over", presenter=self.troupe.scenario.presenter)
                )

    def _looks(self) -> list[tuple[int, object]]:
        return [(message.id, message.edited_at) for message in self.troupe.stage.posts()]

    async def one_action(self, others: list[str]) -> bool:
        """Let the first of ``others`` who has something to do do it; False where nobody has."""
        try:
            async for _ in self.troupe.actions(*others):
                return True
        except LookupError:
            # The board they meant to press is just being posted afresh: they look again in a breath.
            return False
        return False
