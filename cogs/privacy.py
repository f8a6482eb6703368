"""`/privacy`: who sees this, when is it gone, and erasing what came from oneself."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.desk import Desk
from bot.services.access import Caller
from bot.ui import notices
from bot.ui.answers import Answer, Private, Request
from bot.ui.commands import described, who
from bot.ui.control import Control
from bot.ui.parts import Style, button, row, screen
from bot.ui.verbs import Verb


class Privacy(commands.GroupCog, group_name="privacy", group_description=described("command-privacy")):
    """The commands about what is kept."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(
        name="notice", description=described("command-privacy-notice"), extras=who("everyone")
    )
    async def notice(self, interaction: discord.Interaction[Any]) -> None:
        """Say what is kept, who can read it, and until when."""

        async def answer(caller: Caller) -> Answer:
            group = (await self._desk.router.admit_here("everyone", caller)).group
            texts = self._desk.ground.library(group).texts
            if group is None:
                return Private(notices.sentence(texts("notice-no-group")))
            words = await self._desk.words.count_no_names(group, caller.user)
            return Private(notices.sentence(texts("notice", days=group.retention_days, words=words)))

        await self._desk.router.command(interaction, answer)

    @app_commands.command(
        name="forget-me", description=described("command-privacy-forget-me"), extras=who("everyone")
    )
    async def forget_me(self, interaction: discord.Interaction[Any]) -> None:
        """Ask once more before everything that came from someone is erased."""

        async def answer(caller: Caller) -> Answer:
            group = (await self._desk.router.admit_here("everyone", caller)).group
            texts = self._desk.ground.library(group).texts
            control = Control(self._desk.ground.chance.token(), "forget")
            return Private(
                screen(texts("forget-ask"), row(button(texts("forget-yes"), control, Style.danger)))
            )

        await self._desk.router.command(interaction, answer)


async def add(bot: commands.Bot, desk: Desk) -> None:
    """Add the commands and the clicks about privacy to the bot."""

    async def forget(request: Request) -> Answer:
        forgotten = await desk.privacy.forget(request.caller.user, request.caller.guild)
        texts = desk.library_for(request).texts
        return Private(
            notices.sentence(
                texts(
                    "forget-done",
                    sessions=forgotten.erased_sessions,
                    vignettes=forgotten.vignettes,
                    cases=forgotten.cases,
                    notes=forgotten.notes,
                )
            )
        )

    desk.router.add([Verb("forget", "everyone", press=forget, about_session=False)])
    await bot.add_cog(Privacy(desk))
