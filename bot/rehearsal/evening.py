"""One rehearsal as it goes: the others and the clock, taking turns with whoever sits at the page."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.rehearsal.power import bring_back, cut_off
from bot.rehearsal.stage import Stage
from bot.rehearsal.troupe import Troupe
from bot.rehearsal.window import Window
from bot.vignettes.slots import AT_LEAST_AHEAD, SLOT_SECONDS

BREATH: Final = 0.4
"""Seconds between two looks at what the others might do, and at the clock."""
SETTLES: Final = 3.0
"""Seconds within which everything that a slot or an action brings is posted."""
SLOT_AFTER: Final = 6.0
"""Seconds after which the clock goes on to the quarter of an hour that something waits for."""


@dataclass(frozen=True)
class Pace:
    """How many seconds pass between two things that the others do, and how many times as fast the clock goes.

    ``every`` None: they wait until they are told.
    """

    every: float | None
    clock: int


PACES: Final = {"life": Pace(8.0, 1), "quick": Pace(1.5, 6), "step": Pace(None, 1)}


@dataclass
class Evening:
    """A troupe on its stage, and what was last said about it to whoever sits at the page.

    ``you`` is the one whom the script leaves alone; None: it takes everybody's part. Whatever changes
    something takes ``turn`` first.
    """

    troupe: Troupe
    you: str | None = None
    pace: str = "life"
    off: bool = False
    notice: str = ""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _waits_since: float | None = None
    _shown: object = None

    @property
    def stage(self) -> Stage:
        """The simulated server."""
        return self.troupe.stage

    @property
    def others(self) -> list[str]:
        """Everyone who acts by script."""
        return [person.name for person in self.troupe.scenario.people if person.name != self.you]

    def say(self, key: str, **args: str | int) -> None:
        """Tell whoever sits at the page."""
        self.notice = self.stage.library.texts(key, **args)

    async def run(self, window: Window, ends: asyncio.Event) -> None:
        """Let the others act and the clock go on until ``ends`` is set, or the window is closed."""
        before = acted_at = time.monotonic()
        while not ends.is_set() and not window.ended:
            await asyncio.sleep(BREATH)
            if window.filling_in:
                # Time that somebody spends writing does not count: what they write must not go stale.
                before = time.monotonic()
                continue
            async with self.turn:
                now, pace = time.monotonic(), PACES[self.pace]
                await self.stage.pass_time((now - before) * pace.clock)
                before = now
                due = pace.every is not None and now - acted_at >= pace.every
                if due and not self.off and await self.one_action() is not None:
                    acted_at = now
                await self._mind_slots(now)
                await self.show_new(window)

    async def _mind_slots(self, now: float) -> None:
        if self.off or await self.slot_ahead() is None:
            self._waits_since = None
        elif self._waits_since is None:
            self._waits_since = now
        elif now - self._waits_since >= SLOT_AFTER:
            self._waits_since = None
            await self.go_on_to_slot()

    async def show_new(self, window: Window) -> None:
        """Renew the page where there is something new: a press on a page that is being renewed is refused."""
        if (looks := self._looks()) != self._shown:
            self._shown = looks
            await window.refresh()

    async def next_action(self) -> None:
        """Let one of the others act now, and say who it was."""
        name = await self.one_action()
        await self.stage.pass_time()
        if name is None:
            self.say("page-nobody-acts")
        else:
            self.say("page-acted", name=name)

    async def later(self, seconds: int) -> None:
        """Let time go by: whatever is due in between comes, each at its own instant."""
        await self.stage.pass_time(seconds)

    async def restart(self) -> None:
        """End the bot in good order and start it again on its data."""
        await self.stage.restart()
        self.say("page-restarted")

    async def cut_off(self) -> None:
        """Take the bot away in the middle of what one of the others does, if anybody has something to do."""
        self.off = True
        await cut_off(self.stage, self.one_action())
        self.say("page-cut-off")

    async def bring_back(self) -> None:
        """Build the bot again from its data."""
        await bring_back(self.stage)
        self.off = False
        await self.stage.pass_time()
        self.say("page-brought-back")

    async def slot_ahead(self) -> int | None:
        """The quarter of an hour for which something about a vignette waits, in seconds UTC, or None."""
        now = int(self.stage.env.now().timestamp())
        async with self.stage.bot.desk.ground.reading() as store:
            groups = await store.groups.of_guild(self.stage.guild.id)
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
        await self.stage.pass_time(slot - self.stage.env.now().timestamp() + SETTLES)
        local = datetime.fromtimestamp(slot, ZoneInfo(self.troupe.scenario.zone))
        self.say("serve-slot", time=f"{local:%H:%M}")

    def _looks(self) -> object:
        places = (self.stage.channel, *self.stage.channel.threads)
        posts = [post for place in places for post in self.stage.posts(place)]
        posts += [post for actor in self.stage.actors.values() for post in actor.inbox]
        # A page that was made for the bot before a restart is refused by the one after it.
        return self.stage.bot, [(post.id, post.edited_at) for post in posts]

    async def one_action(self) -> str | None:
        """Let the first of the others who has something to do do it; the name, or None where nobody has."""
        try:
            async for name in self.troupe.actions(*self.others):
                return name
        except LookupError:
            # The board they meant to press is just being posted afresh: they look again in a breath.
            return None
        return None
