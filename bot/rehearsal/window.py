"""Which conversation of the simulated server the page shows: the simulator shows one at a time."""

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Final, Self
from zoneinfo import ZoneInfo

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, UserHandle
from simcord.preview import Preview

from bot.content.texts import Texts
from bot.rehearsal.scenario import Scenario
from bot.rehearsal.stage import Stage

PLACES: Final = ("session", "channel", "thread")
"""The session's thread, the group's channel, and the newest thread below a vignette."""
INBOX: Final = "inbox-"
"""Before the number of a person: their direct messages with the bot."""


class Window:
    """The page of one place, through everyone's eyes. Open it with ``async with``."""

    def __init__(self, stage: Stage, scenario: Scenario) -> None:
        self._stage = stage
        self._scenario = scenario
        self._opened = AsyncExitStack()
        self._preview: Preview | None = None
        self._closed: asyncio.Future[None] | None = None
        self._capability = ""
        self.inner = ""

    async def __aenter__(self) -> Self:
        await self.show("session")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._leave()

    async def show(self, place: str) -> str:
        """Show a place; the capability that the simulator's page needs from then on.

        ``place`` is one of ``PLACES``, or ``INBOX`` and the number of one of ``people``.
        """
        await self._leave()
        channel, viewers = self._conversation(place)
        self._preview = await self._opened.enter_async_context(
            self._stage.env.preview(
                channel,
                viewers=viewers,
                layout="channel",
                locale="en-GB",
                timezone=self._scenario.zone,
            )
        )
        self._closed = asyncio.ensure_future(self._preview.wait_closed())
        self.inner, _, self._capability = self._preview.url.partition("#")
        return self._capability

    @property
    def people(self) -> list[str]:
        """Everyone's name, and first that of whoever sits at the page."""
        names = [person.name for person in self._scenario.people]
        return sorted(names, key=lambda name: name != self._scenario.facilitator)

    @property
    def local_time(self) -> datetime:
        """What a clock in the group's zone shows in the rehearsal."""
        return self._stage.env.now().astimezone(ZoneInfo(self._scenario.zone))

    @property
    def texts(self) -> Texts:
        """The sentences of the rehearsal."""
        return self._stage.library.texts

    async def later(self, seconds: int) -> None:
        """Let time go by: whatever is due in between comes, each at its own instant."""
        await self._stage.pass_time(seconds)
        await self.refresh()

    def _conversation(self, place: str) -> tuple[ChannelHandle, list[MemberActor] | list[UserHandle]]:
        if not place.startswith(INBOX):
            return self._channel(place), [self._stage[name].member for name in self.people]
        user = self._stage[self.people[int(place.removeprefix(INBOX))]].member.user
        return user.dm_channel, [user]

    async def refresh(self) -> None:
        """Let the page see what is new."""
        if self._preview is not None:
            await self._preview.refresh()

    @property
    def ended(self) -> bool:
        """Whether somebody pressed *End preview session*."""
        return self._closed is not None and self._closed.done()

    async def _leave(self) -> None:
        if self._closed is not None:
            self._closed.cancel()
        await self._opened.aclose()

    def _channel(self, place: str) -> ChannelHandle:
        channel = self._stage.channel
        match place:
            case "session":
                return self._stage.newest_thread(discord.ChannelType.private_thread) or channel
            case "thread":
                return self._stage.newest_thread(discord.ChannelType.public_thread) or channel
            case _:
                return channel
