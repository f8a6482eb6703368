"""The way from a form to a reminder, and what lies in somebody's inbox."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import discord

from bot.rehearsal.stage import Actor, Stage
from bot.reminders.reminder import Reminder
from bot.reminders.typed import Way
from bot.storage.groups import Group
from tests.services.evening import ZONE
from tests.ui.raw import Asked, press
from tests.vignette_flow.table import Table, ids_in

QUIET = "21:00–7:00"
DAILY: dict[str, Any] = {"days": list("0123456"), "time": "19:00", "quiet": QUIET}
"""Every evening at seven, as it is typed."""
SILENT = 1 << 12
DAY, HOUR = 86_400, 3_600


@dataclass
class Inboxes:
    """Everyone around the table, and what comes to them."""

    table: Table

    def __getitem__(self, name: str) -> Actor:
        return self.table[name]

    @property
    def stage(self) -> Stage:
        return self.table.stage

    @property
    def now(self) -> int:
        return self.stage.clock.seconds()

    def here(self) -> datetime:
        return datetime.fromtimestamp(self.now, ZoneInfo(ZONE))

    def say(self, key: str, **values: str | int) -> str:
        return self.table.say(key, **values)

    async def group(self) -> Group:
        async with self.stage.bot.desk.ground.reading() as store:
            group = await store.groups.by_channel(self.stage.channel.id)
        assert group is not None
        return group

    async def of(self, who: Actor | None) -> list[Reminder]:
        """The reminders of somebody, or the channel's."""
        user = who.id if who is not None else None
        return await self.stage.bot.desk.reminders.of(await self.group(), user)

    async def only(self, who: Actor | None) -> Reminder:
        (reminder,) = await self.of(who)
        return reminder

    # From the form to the reminder

    async def look(self, who: Actor, how: Way = "week", *, command: str = "remind me", **typed: Any) -> None:
        """A form filled in, and what would come."""
        await who.command(command, how=how)
        await who.fill(**(typed or DAILY))

    async def keep(self, who: Actor, how: Way = "week", **typed: Any) -> Reminder:
        """A reminder of somebody's own."""
        await self.look(who, how, **typed)
        await who.press("r-keep")
        return (await self.of(who))[-1]

    async def keep_in_channel(self, who: Actor, **typed: Any) -> Reminder:
        await self.look(who, command="remind channel", **typed)
        await who.press("r-keep")
        return await self.only(None)

    # Time

    async def until(self, hour: int, minute: int = 0, *, days: int = 0) -> None:
        """Until a little after this local time: the next of its kind, or days later."""
        here = self.here()
        then = here.replace(hour=hour, minute=minute, second=5, microsecond=0)
        if then <= here:
            then += timedelta(days=1)
        then += timedelta(days=days)
        await self.stage.pass_time(then.timestamp() - self.now)

    # What came

    def posts(self) -> list[discord.Message]:
        """The notes in the channel."""
        return [
            each
            for each in self.stage.posts(self.stage.channel)
            if not each.flags.ephemeral and any(":n-show:" in found for found in ids_in(each))
        ]

    def sent(self, who: Actor) -> list[Any]:
        """The bodies of what was sent to somebody's inbox."""
        path = f"/channels/{who.member.user.dm_channel.id}/messages"
        return [
            each.json
            for each in self.stage.env.http_requests
            if each.method == "POST" and re.fullmatch(f"(?:.*)?{path}", each.path)
        ]

    async def show(self, who: Actor, number: int = -1) -> None:
        """*Show*, on a note in somebody's inbox."""
        await who.press("n-show", on=who.inbox[number])

    async def again(
        self, who: Actor, control: str, *, direct: bool = False, values: list[str] | None = None
    ) -> Asked:
        """A press in the channel or in one's inbox, with a control that was copied or seen before."""
        where = who.member.user.dm_channel.id if direct else None
        guild = None if direct else -1
        asked = press(self.stage, who.id, control, where, guild=guild, values=values)
        await self.stage.env.settle()
        return asked


def shown_strategy(stage: Stage, text: str) -> str | None:
    """The strategy whose name and caution stand in a text."""
    return next(
        (each.id for each in stage.library.strategies if each.name in text and each.caution in text), None
    )
