"""`/vignette`: case material under an alias, from its writing to its close."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.desk import Desk
from bot.services.access import Caller
from bot.storage.groups import Group
from bot.ui import vignettes, writing
from bot.ui.answers import Answer, Private
from bot.ui.commands import described, who
from bot.ui.control import Control
from bot.vignettes.writing import VignetteWriting
from cogs.vignette import authoring, caring, drafting, reading


class Vignette(commands.GroupCog, group_name="vignette", group_description=described("command-vignette")):
    """The commands of vignettes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(
        name="write", description=described("command-vignette-write"), extras=who("colleague")
    )
    async def write(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form of a new one, or lead back to one that was begun."""
        fresh = Control(self._desk.ground.chance.token(), "vignette")

        async def begun(caller: Caller) -> str | None:
            standing = await self._desk.router.admit_here("colleague", caller)
            group = standing.own_group
            await self._desk.vignettes.may_write(group, caller.user)
            return next(iter(await self._begun(caller, group)), None)

        async def answer(caller: Caller) -> Answer:
            token = await begun(caller)
            if token is None:
                return await self._desk.router.opened(caller, fresh)
            texts = self._desk.ground.library().texts
            return Private(writing.unfinished(token, fresh, texts), in_place=False)

        await self._desk.router.command(interaction, answer)

    @app_commands.command(
        name="mine", description=described("command-vignette-mine"), extras=who("colleague")
    )
    async def mine(self, interaction: discord.Interaction[Any]) -> None:
        """Find one's own: nothing lists who wrote what, so each is tried."""

        async def answer(caller: Caller) -> Answer:
            standing = await self._desk.router.admit_here("colleague", caller)
            group = standing.own_group
            kept = await self._desk.vignettes.mine(group, caller.user)
            begun = await self._begun(caller, group)
            stopped = await self._desk.vignettes.stopped_until(group.token, caller.user)
            view = vignettes.mine(kept, begun, stopped, self._desk.ground.library(group))
            return Private(view, in_place=False)

        await self._desk.router.command(interaction, answer)

    async def _begun(self, caller: Caller, group: Group) -> list[str]:
        return list(await self._desk.writing.begun(caller.user, group.token, VignetteWriting))


async def add(bot: commands.Bot, desk: Desk) -> None:
    """Add the commands and the clicks of vignettes to the bot."""
    for part in (drafting, reading, authoring, caring):
        desk.router.add(part.verbs(desk))
    desk.router.resume(VignetteWriting.purpose, "w-edit")
    await bot.add_cog(Vignette(desk))
