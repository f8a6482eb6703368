"""`/commitment`: the plans that somebody left their sessions with, and what became of them."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.desk import Desk
from bot.services.access import Caller
from bot.ui.answers import Answer
from bot.ui.commands import described, who
from cogs.commitment import answering
from cogs.commitment.answering import Committed


class CommitmentCommands(
    commands.GroupCog, group_name="commitment", group_description=described("command-commitment")
):
    """The commands of plans."""

    def __init__(self, desk: Desk, committed: Committed) -> None:
        self._desk = desk
        self._committed = committed

    @app_commands.command(
        name="mine", description=described("command-commitment-mine"), extras=who("colleague")
    )
    async def mine(self, interaction: discord.Interaction[Any]) -> None:
        """One's own plans."""
        await self._desk.router.command(interaction, self._committed.mine, greets=False)

    @app_commands.command(
        name="done", description=described("command-commitment-done"), extras=who("colleague")
    )
    async def done(self, interaction: discord.Interaction[Any]) -> None:
        """Close one that was kept."""
        await self._one(interaction, "p-kept")

    @app_commands.command(
        name="change", description=described("command-commitment-change"), extras=who("colleague")
    )
    async def change(self, interaction: discord.Interaction[Any]) -> None:
        """Put one into other words."""
        await self._one(interaction, "p-change")

    @app_commands.command(
        name="drop", description=described("command-commitment-drop"), extras=who("colleague")
    )
    async def drop(self, interaction: discord.Interaction[Any]) -> None:
        """Let one go."""
        await self._one(interaction, "p-drop")

    async def _one(self, interaction: discord.Interaction[Any], verb: str) -> None:
        async def answer(caller: Caller) -> Answer:
            return await self._committed.one(caller, verb)

        await self._desk.router.command(interaction, answer, greets=False)


async def add(bot: commands.Bot, desk: Desk) -> None:
    """Add the commands and the clicks of plans to the bot."""
    committed = Committed(desk)
    desk.router.add(answering.verbs(committed))
    await bot.add_cog(CommitmentCommands(desk, committed))
