"""`/remind`: strategies that come by at times somebody chose, and the notes that bring them."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.desk import Desk
from bot.reminders.typed import WAYS
from bot.reminders.zones import zones_like
from bot.services.access import Caller
from bot.ui.answers import Answer
from bot.ui.commands import described, who
from cogs.remind import holding, opening, setting_up
from cogs.remind.holding import HoldingClicks
from cogs.remind.setting_up import SettingUpClicks

_HOW = [app_commands.Choice(name=described("remind-way", way=way), value=way) for way in WAYS]


class Remind(commands.GroupCog, group_name="remind", group_description=described("command-remind")):
    """The commands of reminders."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._setting_up = SettingUpClicks(desk)
        self._holding = HoldingClicks(desk)

    @app_commands.command(name="me", description=described("command-remind-me"), extras=who("colleague"))
    @app_commands.describe(how=described("option-remind-how"), zone=described("option-remind-zone"))
    @app_commands.choices(how=_HOW)
    async def me(
        self, interaction: discord.Interaction[Any], how: str | None = None, zone: str | None = None
    ) -> None:
        """Set up notes for oneself."""

        async def answer(caller: Caller) -> Answer:
            return await self._setting_up.begin(caller, "colleague", how, zone)

        await self._desk.router.command(interaction, answer)

    @app_commands.command(
        name="channel", description=described("command-remind-channel"), extras=who("steward")
    )
    @app_commands.describe(how=described("option-remind-how"), zone=described("option-remind-zone"))
    @app_commands.choices(how=_HOW)
    async def channel(
        self, interaction: discord.Interaction[Any], how: str | None = None, zone: str | None = None
    ) -> None:
        """Set up notes for the group's channel."""

        async def answer(caller: Caller) -> Answer:
            return await self._setting_up.begin(caller, "steward", how, zone)

        await self._desk.router.command(interaction, answer)

    @me.autocomplete("zone")
    @channel.autocomplete("zone")
    async def zones(
        self, _interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Time zones that may be meant."""
        return [app_commands.Choice(name=zone, value=zone) for zone in zones_like(typed)]

    @app_commands.command(name="list", description=described("command-remind-list"), extras=who("colleague"))
    async def list(self, interaction: discord.Interaction[Any]) -> None:
        """Show one's own, and for those who may change them the channel's."""
        await self._desk.router.command(interaction, self._holding.list)

    @app_commands.command(
        name="pause", description=described("command-remind-pause"), extras=who("colleague")
    )
    async def pause(self, interaction: discord.Interaction[Any]) -> None:
        """Let one rest."""
        await self._about_one(interaction, "r-pause")

    @app_commands.command(
        name="resume", description=described("command-remind-resume"), extras=who("colleague")
    )
    async def resume(self, interaction: discord.Interaction[Any]) -> None:
        """Let one go on."""
        await self._about_one(interaction, "r-resume")

    @app_commands.command(name="skip", description=described("command-remind-skip"), extras=who("colleague"))
    async def skip(self, interaction: discord.Interaction[Any]) -> None:
        """Leave out the next note of one."""
        await self._about_one(interaction, "r-skip")

    @app_commands.command(
        name="preview", description=described("command-remind-preview"), extras=who("colleague")
    )
    async def preview(self, interaction: discord.Interaction[Any]) -> None:
        """Show when the next five of one come."""
        await self._about_one(interaction, "r-preview")

    @app_commands.command(
        name="remove", description=described("command-remind-remove"), extras=who("colleague")
    )
    async def remove(self, interaction: discord.Interaction[Any]) -> None:
        """Remove one, after a question."""
        await self._about_one(interaction, "r-remove")

    async def _about_one(self, interaction: discord.Interaction[Any], verb: str) -> None:
        async def answer(caller: Caller) -> Answer:
            return await self._holding.about_one(caller, verb)

        await self._desk.router.command(interaction, answer)


async def add(bot: commands.Bot, desk: Desk) -> None:
    """Add the commands and the clicks of reminders to the bot."""
    for part in (setting_up, holding, opening):
        desk.router.add(part.verbs(desk))
    await bot.add_cog(Remind(desk))
