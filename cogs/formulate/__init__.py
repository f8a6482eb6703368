"""`/formulate`: a case through the six mechanisms, from the form that brings it to the handout."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.desk import Desk
from bot.refusal import Refusal
from bot.services.access import Caller
from bot.ui import private
from bot.ui.answers import Answer, Private
from bot.ui.commands import described, who
from bot.ui.control import Control
from cogs.formulate.clicks import verbs


class Formulate(commands.GroupCog, group_name="formulate", group_description=described("command-formulate")):
    """The commands of a session."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(
        name="start", description=described("command-formulate-start"), extras=who("colleague")
    )
    async def start(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form that brings a case."""
        control = Control(self._desk.ground.chance.token(), "start")
        await self._desk.router.press(interaction, control)

    @app_commands.command(
        name="mine", description=described("command-formulate-mine"), extras=who("colleague")
    )
    async def mine(self, interaction: discord.Interaction[Any]) -> None:
        """Give back whatever private view someone has lost."""

        async def answer(caller: Caller) -> Answer:
            standing = await self._desk.router.admit_here("colleague", caller)
            group = standing.own_group
            stored = await self._desk.formulating.mine(group, caller.user, caller.thread)
            person = stored.session.person(caller.user) if stored is not None else None
            drafts = await self._desk.drafts.of(caller.user, group.token)
            library = self._desk.ground.library(group)
            if stored is None or person is None:
                if drafts:
                    return Private(private.drafts_only(library, drafts), in_place=False)
                raise Refusal("no-session-here")
            return Private(
                private.mine(stored.session, person, library, stored.purge_at, drafts), in_place=False
            )

        await self._desk.router.command(interaction, answer)


async def add(bot: commands.Bot, desk: Desk) -> None:
    """Add the commands and the clicks of sessions to the bot."""
    desk.router.add(verbs(desk))
    await bot.add_cog(Formulate(desk))
