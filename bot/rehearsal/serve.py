"""The rehearsal in the browser: you facilitate, the others act by script at the pace of people."""

import asyncio
import time
import webbrowser
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.app import end_when_told
from bot.content.library import load_library
from bot.rehearsal.door import Door, open_door
from bot.rehearsal.play import throwaway_settings
from bot.rehearsal.scenario import Scenario, load_scenario
from bot.rehearsal.stage import open_stage
from bot.rehearsal.troupe import Troupe
from bot.rehearsal.window import Window
from bot.vignettes.slots import AT_LEAST_AHEAD, SLOT_SECONDS

BREATH = 0.4
"""Seconds between two looks at what the others might do, and at the clock."""
ACTION_EVERY = 2.0
"""Seconds between two things that the others do."""
SETTLES = 3.0
"""Seconds within which everything that a slot brings is posted."""
SLOT_AFTER = 6.0
"""Seconds after which the clock goes on to the quarter of an hour that something waits for."""


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
            await stage.to_evening(ZoneInfo(scenario.zone))
            troupe = Troupe(stage, scenario)
            await troupe.prepare()
            await troupe.bring_case()
            await troupe.gather()
            await troupe.post_prepared()
            await stage.pass_time()
            evening = Evening(troupe, console)
            async with (
                Window(stage, scenario) as window,
                open_door(window, port, evening.turn) as door,
            ):
                console.print(say("serve-ready", address=door.address_of("session")), style="bold")
                console.print(
                    say(
                        "serve-channel",
                        channel=scenario.channel,
                        address=door.address_of("channel"),
                        thread=door.address_of("thread"),
                    )
                )
                console.print(say("serve-desk", address=door.address_of()))
                console.print(say("serve-hint", name=scenario.facilitator, server=scenario.server))
                if open_browser:
                    webbrowser.open(door.address_of("session"))
                await evening.run(window, door)


@dataclass
class Evening:
    """The others and the clock, taking turns with whoever sits at the page."""

    troupe: Troupe
    console: Console
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, window: Window, door: Door) -> None:
        """Until the page is closed by *End preview session*, or the command is interrupted."""
        others = [name for name in self.troupe.stage.actors if name != self.troupe.scenario.facilitator]
        before = acted_at = time.monotonic()
        said_over, shown = False, self._looks()
        waits_since: float | None = None
        while not window.ended:
            await asyncio.sleep(BREATH)
            if door.filling_in:
                continue
            async with self.turn:
                now = time.monotonic()
                await self.troupe.stage.pass_time(now - before)
                before = now
                if now - acted_at >= ACTION_EVERY and await self.one_action(others):
                    acted_at = now
                if await self.slot_ahead() is None:
                    waits_since = None
                elif waits_since is None:
                    waits_since = now
                elif now - waits_since >= SLOT_AFTER:
                    waits_since = None
                    await self.go_on_to_slot()
                # Only when there is something new: a press on a page that is being renewed is refused.
                if (looks := self._looks()) != shown:
                    shown = looks
                    await window.refresh()
            session = await self.troupe.session()
            if not said_over and session is not None and session.status != "open":
                said_over = True
                self.console.print(
                    self.troupe.stage.library.texts("serve-over", presenter=self.troupe.scenario.presenter)
                )

    async def slot_ahead(self) -> int | None:
        """The quarter of an hour for which something about a vignette waits, in seconds UTC, or None."""
        stage = self.troupe.stage
        now = int(stage.env.now().timestamp())
        async with stage.bot.desk.ground.reading() as store:
            groups = await store.groups.of_guild(stage.guild.id)
            kept = [each.vignette for group in groups for each in await store.vignettes.of_group(group.token)]
            # Whatever else is to be sent keeps to no quarter of an hour.
            dates = [await store.deliveries.next_due()]
        going_out = [vignette for vignette in kept if vignette.status == "waiting"]
        # One that waits for company would drive the clock on and on.
        alone = len(going_out) == 1 and going_out[0].waits_until is not None
        dates += [each.next_slot for each in kept if not (alone and each is going_out[0])]
        near = now + SLOT_SECONDS + AT_LEAST_AHEAD
        slots = [
            date for date in dates if date is not None and date % SLOT_SECONDS == 0 and now < date <= near
        ]
        return min(slots, default=None)

    async def go_on_to_slot(self) -> None:
        """Let the time in between go by, and say so."""
        slot = await self.slot_ahead()
        if slot is None:
            return
        stage = self.troupe.stage
        await stage.pass_time(slot - stage.env.now().timestamp() + SETTLES)
        local = datetime.fromtimestamp(slot, ZoneInfo(self.troupe.scenario.zone))
        self.console.print(stage.library.texts("serve-slot", time=f"{local:%H:%M}"))

    def _looks(self) -> list[tuple[int, object]]:
        stage = self.troupe.stage
        places = (stage.channel, *stage.channel.threads)
        return [(message.id, message.edited_at) for place in places for message in stage.posts(place)]

    async def one_action(self, others: list[str]) -> bool:
        """Let the first of ``others`` who has something to do do it; False where nobody has."""
        try:
            async for _ in self.troupe.actions(*others):
                return True
        except LookupError:
            # The board they meant to press is just being posted afresh: they look again in a breath.
            return False
        return False
