"""People who leave sessions with plans, and what reaches their inboxes."""

from dataclasses import dataclass, field
from typing import Any

import discord

from bot.commitments.commitment import Commitment
from bot.formulation.acts import End
from bot.rehearsal.stage import Actor, Message, Stage, control_id, message_text
from bot.reminders.cue import cue_time, next_instant
from bot.storage import tables
from bot.storage.groups import Group
from tests.services.evening import ZONE, Evening, evening_of
from tests.ui.raw import Asked, press
from tests.vignette_flow.table import Table
from tests.vignettes.shelf import rows_of

CUE = "it is Thursday 15:00 and she pours the tea"
ACTION = "let it stand and ask about the week"
UNTIMED = "she asks how I slept"
PLAN = f"If {CUE}, then I {ACTION}."
HOUR = 3600
DAY = 24 * HOUR
SILENT = 1 << 12


@dataclass
class Plans:
    """Everyone around the table, and the sessions that they had."""

    table: Table
    evenings: list[Evening] = field(default_factory=list[Evening])

    def __getitem__(self, name: str) -> Actor:
        return self.table[name]

    @property
    def stage(self) -> Stage:
        return self.table.stage

    @property
    def now(self) -> int:
        return int(self.stage.env.now().timestamp())

    def say(self, key: str, **values: str | int) -> str:
        return self.table.say(key, **values)

    async def group(self) -> Group:
        async with self.stage.bot.desk.ground.reading() as store:
            group = await store.groups.by_channel(self.stage.channel.id)
        assert group is not None
        return group

    # Sessions

    async def session(self, presenter: str = "Cem", *, facilitator: str = "Mo") -> Evening:
        """A session in which everybody is."""
        members = [self[name].id for name in ("Bea", "Cem", "Dag", "Eli") if name != presenter]
        evening = await evening_of(
            lambda: self.stage.bot.desk,
            await self.group(),
            self[presenter].id,
            self[facilitator].id,
            members,
            token=f"{len(self.evenings) + 1:016x}",
        )
        self.evenings.append(evening)
        await self.stage.pass_time(5)
        return evening

    async def decide(self, presenter: str = "Cem", cue: str = CUE, action: str = ACTION) -> Actor:
        """The session of ``presenter`` up to their step, and their plan typed there."""
        evening = await self.session(presenter)
        await evening.to("step")
        await self.stage.pass_time(5)
        actor = self[presenter]
        actor.shown = None
        await actor.press("step")
        await actor.press("steps")
        await actor.press("decide")
        await actor.fill(cue=cue, action=action)
        return actor

    async def over(self) -> None:
        """The last session ends."""
        evening = self.evenings[-1]
        await evening.act(End(), evening.facilitator)
        await self.stage.pass_time(5)

    async def planned(self, presenter: str = "Cem", cue: str = CUE) -> Actor:
        """A plan whose owner wants to be reminded, after the session."""
        actor = await self.decide(presenter, cue)
        await actor.press("p-remind-now" if actor.offers("p-remind-now") else "p-remind-week")
        await self.over()
        return actor

    # What is kept

    async def kept(self, name: str = "Cem") -> list[Commitment]:
        return await self.stage.bot.desk.commitments.of(await self.group(), self[name].id)

    async def plan(self, name: str = "Cem") -> Commitment:
        [plan] = await self.kept(name)
        return plan

    async def rows(self) -> list[dict[str, Any]]:
        return await rows_of(self.stage.bot.desk, tables.commitments)

    # The inbox

    def thursday(self) -> int:
        """When it is Thursday, three o'clock, the next time."""
        cue = cue_time("Thursday 15:00")
        assert cue is not None
        at = next_instant(cue, ZONE, self.now)
        assert at is not None
        return at

    async def until(self, at: int) -> None:
        """Let time go by until ``at`` and a few seconds more."""
        await self.stage.pass_time(at - self.now + 5)

    def inbox(self, name: str = "Cem") -> list[discord.Message]:
        return self[name].member.user.dm_channel.history()

    def notes(self, name: str = "Cem") -> list[str]:
        return [message_text(each) for each in self.inbox(name)]

    def sent_to(self, name: str = "Cem") -> list[dict[str, Any]]:
        """The bodies of every message that was sent to an inbox."""
        path = f"/channels/{self[name].member.user.dm_channel.id}/messages"
        return [
            request.json or {}
            for request in self.stage.env.http_requests
            if request.method == "POST" and request.path.endswith(path)
        ]

    async def there(self, name: str, control: str, *, guild: int | None = None) -> Asked:
        """A press in somebody's direct messages."""
        asked = press(self.stage, self[name].id, control, self[name].member.user.dm_channel.id, guild=guild)
        await self.stage.env.settle()
        return asked

    async def opened(self, name: str = "Cem") -> Asked:
        """The newest note, opened."""
        return await self.there(name, control_id(self.inbox(name)[-1], "p-show", None))

    def in_public(self) -> str:
        """Whatever stands in the channel and its threads."""
        shown: list[Message] = []
        for place in (self.stage.channel, *self.stage.channel.threads):
            shown += [post for post in self.stage.posts(place) if not post.flags.ephemeral]
        return "\n".join(message_text(each) for each in shown)
