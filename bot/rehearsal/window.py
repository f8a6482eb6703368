"""Which conversation of the simulated server the page shows: the simulator shows one at a time."""

import asyncio
from contextlib import AsyncExitStack
from typing import Final, Self

import discord
from simcord.builders import ChannelHandle
from simcord.preview import Preview

from bot.rehearsal.scenario import Scenario
from bot.rehearsal.stage import Stage

PLACES: Final = ("session", "channel", "thread")
"""The session's thread, the group's channel, and the newest thread below a vignette."""


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
        """Show a place; the capability that the simulator's page needs from then on."""
        await self._leave()
        names = sorted(
            (person.name for person in self._scenario.people),
            key=lambda name: name != self._scenario.facilitator,
        )
        self._preview = await self._opened.enter_async_context(
            self._stage.env.preview(
                self._channel(place),
                viewers=[self._stage[name].member for name in names],
                layout="channel",
                locale="en-GB",
                timezone=self._scenario.zone,
            )
        )
        self._closed = asyncio.ensure_future(self._preview.wait_closed())
        self.inner, _, self._capability = self._preview.url.partition("#")
        return self._capability

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
