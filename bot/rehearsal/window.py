"""Which conversation of the simulated server the page shows: the simulator shows one at a time."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self
from zoneinfo import ZoneInfo

import discord
from simcord.backend.access import can_access_channel
from simcord.builders import ChannelHandle
from simcord.preview import Preview

from bot.content.texts import Texts
from bot.rehearsal.scenario import Scenario
from bot.rehearsal.stage import Stage
from bot.rehearsal.transcript import as_shown

INBOX: Final = "inbox-"
"""Before the number of a person: their direct messages with the bot."""
FILLING_IN_LASTS: Final = 300.0
"""Seconds after which a form that was opened counts as left: closing one in the page sends no word."""


@dataclass(frozen=True)
class Place:
    """A conversation, and the numbers of those who may look into it. ``kind`` names its sort."""

    id: str
    kind: str
    name: str
    channel: ChannelHandle
    who: tuple[int, ...]


class Window:
    """The simulator's page of one place, through the eyes of all who may look. Open it with ``async with``.

    ``place`` is where it shows, ``capability`` what the simulator's page needs, ``inner`` its address.
    """

    def __init__(self, stage: Stage, scenario: Scenario) -> None:
        self._stage = stage
        self._scenario = scenario
        self._opened = AsyncExitStack()
        self._preview: Preview | None = None
        self._closed: asyncio.Future[None] | None = None
        self._viewers: tuple[int, ...] = ()
        self._forms: dict[str, tuple[str, float]] = {}
        self.place = ""
        self.capability = ""
        self.inner = ""

    async def __aenter__(self) -> Self:
        thread = self._stage.newest_thread(discord.ChannelType.private_thread)
        await self.show(str((thread or self._stage.channel).id))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._leave()

    async def show(self, name: str, eyes: int | None = None) -> None:
        """Show a place, through one person's eyes first. Raises LookupError where nobody may look into it."""
        place = next((place for place in self.places() if place.id == name), None)
        if place is None:
            raise LookupError(name)
        if self.place == name and (eyes is None or eyes in self._viewers):
            return
        await self._leave()
        # Whoever is first is who looks, until the page is told otherwise.
        self._viewers = tuple(sorted(place.who, key=lambda number: number != eyes))
        members = [self._stage[self.people[number]].member for number in self._viewers]
        viewers = [member.user for member in members] if place.kind == "inbox" else members
        self._preview = await self._opened.enter_async_context(
            self._stage.env.preview(
                place.channel,
                viewers=viewers,
                layout="channel",
                locale="en-GB",
                timezone=self._scenario.zone,
            )
        )
        self._closed = asyncio.ensure_future(self._preview.wait_closed())
        self.inner, _, self.capability = self._preview.url.partition("#")
        self.place = name

    @property
    def people(self) -> list[str]:
        """Everyone's name. A person's number is their place in it."""
        return [person.name for person in self._scenario.people]

    @property
    def people_ids(self) -> list[str]:
        """Everyone's user id, in the same order."""
        return [str(self._stage[name].id) for name in self.people]

    def as_shown(self, text: str) -> str:
        """``text`` with its times and names as Discord shows them."""
        return as_shown(text, self._stage, ZoneInfo(self._scenario.zone))

    @property
    def local_time(self) -> datetime:
        """What a clock in the group's zone shows in the rehearsal."""
        return self._stage.env.now().astimezone(ZoneInfo(self._scenario.zone))

    @property
    def texts(self) -> Texts:
        """The sentences of the rehearsal."""
        return self._stage.library.texts

    def places(self) -> list[Place]:
        """Every conversation that somebody may look into: the channel, its threads, and direct messages."""
        kinds = {discord.ChannelType.private_thread.value: "session"}
        channel = self._stage.channel
        found = [Place(str(channel.id), "channel", f"#{channel.name}", channel, self._allowed(channel))]
        for thread in channel.threads:
            kind = kinds.get(self._stage.env.backend.get_channel(thread.id).type, "thread")
            found.append(Place(str(thread.id), kind, thread.name or "", thread, self._allowed(thread)))
        for number, name in enumerate(self.people):
            inbox = self._stage[name].member.user.dm_channel
            found.append(Place(f"{INBOX}{number}", "inbox", name, inbox, (number,)))
        return [place for place in found if place.who]

    def _allowed(self, channel: ChannelHandle) -> tuple[int, ...]:
        env = self._stage.env
        return tuple(
            number
            for number, name in enumerate(self.people)
            if can_access_channel(env, channel.id, self._stage[name].member, history=True)
        )

    def posts(self, place: Place, number: int) -> Sequence[discord.Message]:
        """What one person sees in a place, oldest first; nothing where they may not look."""
        actor = self._stage[self.people[number]]
        if place.kind == "inbox":
            return actor.inbox if number in place.who else []
        return self._stage.posts(place.channel, actor)

    async def refresh(self) -> None:
        """Let the page see what is new; where its place is gone, it shows the channel."""
        if all(place.id != self.place for place in self.places()):
            await self.show(str(self._stage.channel.id))
        elif self._preview is not None and not self.ended:
            await self._preview.refresh()

    def note_form(self, page: str, form: str | None) -> None:
        """A page of the browser's has this form open, or none."""
        if form is None:
            self._forms.pop(page, None)
        elif self._forms.get(page, ("", 0.0))[0] != form:
            self._forms[page] = (form, time.monotonic())

    @property
    def filling_in(self) -> bool:
        """Whether a form is open in a page: whatever renews the page would take it away."""
        now = time.monotonic()
        return any(now - since < FILLING_IN_LASTS for _, since in self._forms.values())

    @property
    def ended(self) -> bool:
        """Whether the simulator's page was closed for good."""
        return self._closed is not None and self._closed.done()

    async def _leave(self) -> None:
        self._forms.clear()
        if self._closed is not None:
            self._closed.cancel()
        await self._opened.aclose()
