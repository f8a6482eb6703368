"""`/case`: a case in writing, from its form to its close."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cases.writing import CaseWriting
from bot.desk import Desk
from bot.refusal import Refusal
from bot.services.access import Caller
from bot.ui import cases
from bot.ui.answers import Answer, Private
from bot.ui.commands import described, who
from bot.ui.control import Control
from bot.ui.incoming import caller_of
from bot.ui.parts import shortened
from cogs.case import discussing, filling
from cogs.case.filling import FillingClicks


class Case(commands.GroupCog, group_name="case", group_description=described("command-case")):
    """The commands of cases."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._filling = FillingClicks(desk)

    @app_commands.command(
        name="present", description=described("command-case-present"), extras=who("colleague")
    )
    @app_commands.describe(template=described("option-template"))
    async def present(self, interaction: discord.Interaction[Any], template: str | None = None) -> None:
        """Open a form, or the list of forms."""

        async def answer(caller: Caller) -> Answer:
            standing = await self._desk.router.admit_here("colleague", caller)
            group = standing.own_group
            if template is not None:
                return await self._filling.open(caller, group, template)
            kept = await self._desk.templates.of(group)
            begun = await self._filling.begun(caller.user, group)
            fresh = Control(self._desk.ground.chance.token(), "c-choose")
            view = cases.templates(kept, len(begun), fresh, self._desk.ground.library(group).texts)
            return Private(view, in_place=False)

        await self._desk.router.command(interaction, answer)

    @present.autocomplete("template")
    async def templates(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Forms that are called so, or that are for what was typed."""
        async with self._desk.ground.reading() as store:
            group = await store.groups.by_channel(caller_of(interaction).channel)
        found = await self._desk.templates.matching(group, typed) if group is not None else []
        return [
            app_commands.Choice(name=shortened(f"{each.title}: {each.when_to_use}", 100), value=each.id)
            for each in found[: cases.MOST_TEMPLATES]
        ]

    @app_commands.command(
        name="drafts", description=described("command-case-drafts"), extras=who("colleague")
    )
    async def drafts(self, interaction: discord.Interaction[Any]) -> None:
        """Find what one has begun, on whichever device."""

        async def answer(caller: Caller) -> Answer:
            standing = await self._desk.router.admit_here("colleague", caller)
            group = standing.own_group
            begun = await self._filling.begun(caller.user, group)
            return Private(cases.drafts(begun, self._desk.ground.library(group).texts), in_place=False)

        await self._desk.router.command(interaction, answer)

    @app_commands.command(name="list", description=described("command-case-list"), extras=who("colleague"))
    async def list(self, interaction: discord.Interaction[Any]) -> None:
        """The group's cases, and how each stands."""

        async def answer(caller: Caller) -> Answer:
            standing = await self._desk.router.admit_here("colleague", caller)
            group = standing.own_group
            kept = await self._desk.cases.of_group(group)
            texts = self._desk.ground.library(group).texts
            view = cases.listing(kept, group.guild_id, group.channel_id, caller.user, texts)
            return Private(view, in_place=False)

        await self._desk.router.command(interaction, answer)

    @app_commands.command(name="close", description=described("command-case-close"), extras=who("colleague"))
    async def close(self, interaction: discord.Interaction[Any]) -> None:
        """Close one of one's own, with a follow-up."""

        async def answer(caller: Caller) -> Answer:
            standing = await self._desk.router.admit_here("colleague", caller)
            group = standing.own_group
            kept = [stored.case for stored, _ in await self._desk.cases.of_group(group)]
            mine = [each for each in kept if each.presenter == caller.user and each.status == "open"]
            if not mine:
                raise Refusal("case-none-of-mine")
            return Private(cases.to_close(mine, self._desk.ground.library(group).texts), in_place=False)

        await self._desk.router.command(interaction, answer)


async def add(bot: commands.Bot, desk: Desk) -> None:
    """Add the commands and the clicks of cases to the bot."""
    for part in (filling, discussing):
        desk.router.add(part.verbs(desk))
    desk.router.resume(CaseWriting.purpose, "c-pages")
    await bot.add_cog(Case(desk))
