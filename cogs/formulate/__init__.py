"""`/formulate`: a case through a protocol, from the form that brings it to the handout."""

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
from bot.ui.parts import shortened
from cogs.formulate import giving, leading, presenting, rating, taking_part


class Formulate(commands.GroupCog, group_name="formulate", group_description=described("command-formulate")):
    """The commands of a session."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(
        name="start", description=described("command-formulate-start"), extras=who("colleague")
    )
    @app_commands.describe(protocol=described("option-protocol"))
    async def start(self, interaction: discord.Interaction[Any], protocol: str | None = None) -> None:
        """Open the form that brings a case."""
        if protocol is not None and not self._desk.formulating.protocols(protocol, exactly=True):
            await self._desk.router.refuse(interaction, Refusal("protocol-unknown"))
            return
        control = Control(self._desk.ground.chance.token(), "start", protocol or "")
        await self._desk.router.press(interaction, control)

    @start.autocomplete("protocol")
    async def protocols(
        self, _interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Protocols that are called so, or that are good for what was typed."""
        return [
            app_commands.Choice(name=shortened(f"{each.title}: {each.good_for}", 100), value=each.id)
            for each in self._desk.formulating.protocols(typed)
        ]

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
            unreached = person.nudge and await self._desk.formulating.unreached(stored.session, person)
            view = private.mine(stored.session, person, library, stored.purge_at, drafts, unreached=unreached)
            return Private(view, in_place=False)

        await self._desk.router.command(interaction, answer)


async def add(bot: commands.Bot, desk: Desk) -> None:
    """Add the commands and the clicks of sessions to the bot."""
    for part in (taking_part, leading, giving, rating, presenting):
        desk.router.add(part.verbs(desk))
    await bot.add_cog(Formulate(desk))
