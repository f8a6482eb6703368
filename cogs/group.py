"""`/group`: making a channel a supervision group, its charter, and the words it wants found."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.desk import Desk
from bot.refusal import Refusal
from bot.ui import group_forms, notices
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.commands import described, who
from bot.ui.control import Control, parse
from bot.ui.parts import Modal
from bot.ui.verbs import Verb
from cogs.words import verbs

USUAL_RETENTION_DAYS = 14


class GroupClicks:
    """Handlers of a group's controls."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def form(self, request: Request, filled: Fields) -> Modal:
        library = self._desk.library_for(request)
        group = request.standing.group
        return group_forms.set_up(
            library.texts,
            sorted(self._desk.ground.libraries),
            group.language if group is not None else library.language,
            group.retention_days if group is not None else USUAL_RETENTION_DAYS,
            group.facilitators if group is not None else (),
            filled,
            second_reader=group is not None and group.second_reader,
        )

    async def set_up(self, request: Request) -> Answer:
        group = await self._desk.groups.set_up(
            request.caller,
            zone=request.control.argument,
            language=next(iter(request.chosen("language")), ""),
            retention_days=request.text("retention"),
            facilitators=tuple(int(user) for user in request.chosen("facilitators")),
            second_reader=request.text("second-reader") == "yes",
        )
        texts = self._desk.ground.library(group).texts
        return Private(notices.sentence(texts("setup-done", zone=group.zone, days=group.retention_days)))

    async def accept(self, request: Request) -> Answer:
        group = await self._desk.groups.accept_charter(request.control.token, request.caller)
        texts = self._desk.ground.library(group).texts
        return Private(notices.charter_accepted(texts, _remembered(request.control.argument)))

    async def discard(self, request: Request) -> Answer:
        texts = self._desk.library_for(request).texts
        return Private(notices.discard_question(texts, request.control.token), in_place=False)

    async def discard_now(self, request: Request) -> Answer:
        await self._desk.drafts.drop(request.control.token, request.caller.user)
        gone = notices.sentence(self._desk.library_for(request).texts("draft-discarded"))
        return Private(gone)


def _remembered(argument: str) -> Control | None:
    """The control that was pressed before the charter came in between."""
    token, _, rest = argument.partition(".")
    verb, _, remainder = rest.partition(".")
    return parse(str(Control(token, verb, remainder))) if verb else None


class Group(commands.GroupCog, group_name="group", group_description=described("command-group")):
    """The commands of a group."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(name="setup", description=described("command-group-setup"), extras=who("steward"))
    @app_commands.describe(zone=described("option-zone"))
    async def setup(self, interaction: discord.Interaction[Any], zone: str) -> None:
        """Open the form that makes this channel a group."""
        if zone not in self._desk.groups.zones(zone):
            await self._desk.router.refuse(interaction, Refusal("zone-unknown"))
            return
        await self._desk.router.press(interaction, Control(self._desk.ground.chance.token(), "setup", zone))

    @app_commands.command(name="words", description=described("command-group-words"), extras=who("steward"))
    async def words(self, interaction: discord.Interaction[Any]) -> None:
        """Show what can be done with the group's list of words."""
        await self._desk.router.press(interaction, Control(self._desk.ground.chance.token(), "words"))

    @setup.autocomplete("zone")
    async def zones(
        self, _interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Time zones that contain what was typed."""
        return [app_commands.Choice(name=zone, value=zone) for zone in self._desk.groups.zones(typed)]


async def add(bot: commands.Bot, desk: Desk) -> None:
    """Add the commands and the clicks of groups to the bot."""
    clicks = GroupClicks(desk)
    desk.router.add(
        [
            Verb("setup", "steward", form=clicks.form, submit=clicks.set_up, about_session=False),
            Verb("accept", "everyone", press=clicks.accept, about_session=False),
            Verb("discard", "owner", press=clicks.discard, about_session=False),
            Verb("discard-now", "owner", press=clicks.discard_now, about_session=False),
            *verbs(desk),
        ]
    )
    await bot.add_cog(Group(desk))
