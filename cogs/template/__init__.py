"""`/template`: the forms that a group writes for itself, shares and takes in."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.content.template_files import MOST_BYTES, read_template, write_template
from bot.delivery.wishes import Picture
from bot.desk import Desk
from bot.refusal import Refusal
from bot.services.access import Caller
from bot.services.template_writing import PURPOSE, Saved, sketch_of
from bot.storage.groups import Group
from bot.ui import notices, templates
from bot.ui.answers import Answer, Private, Request
from bot.ui.commands import described, who
from bot.ui.control import Control
from bot.ui.incoming import caller_of
from bot.ui.verbs import Verb
from cogs.template import building

ENDING = ".toml"
MOST_CHOICES = 25


class Removing:
    """The one press that is about a template which is no draft."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def remove(self, request: Request) -> Answer:
        group, texts = request.standing.own_group, self._desk.library_for(request).texts
        kept = await self._desk.templates.kept(group)
        found = next((each.template.id for each in kept if each.token == request.control.token), None)
        if found is None:
            raise Refusal("template-gone")
        await self._desk.templates.remove(group, found)
        return Private(notices.sentence(texts("template-removed")))


class Template(commands.GroupCog, group_name="template", group_description=described("command-template")):
    """The commands of a group's own templates."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def _group(self, caller: Caller) -> Group:
        return (await self._desk.router.admit_here("steward", caller)).own_group

    @app_commands.command(name="new", description=described("command-template-new"), extras=who("steward"))
    async def new(self, interaction: discord.Interaction[Any]) -> None:
        """Open the first form of a new one, or lead back to one that was begun."""
        fresh = Control(self._desk.ground.chance.token(), "template")

        async def answer(caller: Caller) -> Answer:
            group = await self._group(caller)
            begun = [
                each
                for each in await self._desk.template_writing.of(caller.user, group)
                if not each.sketch.id
            ]
            if not begun:
                return await self._desk.router.opened(caller, fresh)
            texts = self._desk.ground.library(group).texts
            view = templates.unfinished(begun[-1].token, begun[-1].sketch.title, fresh, texts)
            return Private(view, in_place=False)

        await self._desk.router.command(interaction, answer)

    @app_commands.command(name="edit", description=described("command-template-edit"), extras=who("steward"))
    @app_commands.describe(template=described("option-template-any"))
    async def edit(self, interaction: discord.Interaction[Any], template: str) -> None:
        """Begin to change one, a shipped one by a copy; or lead back to where that was left."""

        async def answer(caller: Caller) -> Answer:
            group = await self._group(caller)
            texts = self._desk.ground.library(group).texts
            found = await self._desk.templates.called(group, template)
            for begun in await self._desk.template_writing.of(caller.user, group):
                if begun.sketch.id == found.id:
                    return Private(templates.sketch(begun, texts, texts("template-gone-on")), in_place=False)
            sketch = sketch_of(found, await self._desk.templates.version(group, found.id))
            token = self._desk.ground.chance.token()
            now = await self._desk.template_writing.begin(token, sketch, group, caller.user)
            note = texts("template-edit-own" if sketch.base else "template-edit-shipped")
            return Private(templates.sketch(now, texts, note), in_place=False)

        await self._desk.router.command(interaction, answer)

    @app_commands.command(
        name="share", description=described("command-template-share"), extras=who("steward")
    )
    @app_commands.describe(template=described("option-template-any"))
    async def share(self, interaction: discord.Interaction[Any], template: str) -> None:
        """Hand one over as a file."""

        async def answer(caller: Caller) -> Answer:
            group = await self._group(caller)
            found = await self._desk.templates.called(group, template)
            name = f"{found.id}{ENDING}"
            view = templates.file(name, found.title, self._desk.ground.library(group).texts)
            return Private(view, (Picture(name, write_template(found).encode()),), in_place=False)

        await self._desk.router.command(interaction, answer)

    @app_commands.command(
        name="import", description=described("command-template-import"), extras=who("steward")
    )
    @app_commands.describe(file=described("option-template-file"))
    async def take_in(self, interaction: discord.Interaction[Any], file: discord.Attachment) -> None:
        """Take a template from a file, which is read once and not kept."""

        async def answer(caller: Caller) -> Answer:
            group = await self._group(caller)
            library = self._desk.ground.library(group)
            template, problems = read_template(await _text_of(file))
            if template is None:
                return Private(templates.broken_file(problems, library.texts), in_place=False)
            kept = await self._desk.templates.kept(group)
            known = next((each for each in kept if each.template.id == template.id), None)
            if known is not None and known.template != template:
                token = self._desk.ground.chance.token()
                sketch = sketch_of(template, known.version)
                now = await self._desk.template_writing.begin(token, sketch, group, caller.user)
                note = library.texts("template-import-known")
                return Private(templates.sketch(now, library.texts, note), in_place=False)
            saved = Saved(template, await self._desk.templates.save(group, template))
            shipped = template.id in {each.id for each in library.templates}
            return Private(templates.saved(saved, library.texts, shipped=shipped), in_place=False)

        await self._desk.router.command(interaction, answer)

    @app_commands.command(
        name="remove", description=described("command-template-remove"), extras=who("steward")
    )
    @app_commands.describe(template=described("option-template-own"))
    async def remove(self, interaction: discord.Interaction[Any], template: str) -> None:
        """Ask once more before one of the group's own goes."""

        async def answer(caller: Caller) -> Answer:
            group = await self._group(caller)
            found = await self._desk.templates.called(group, template)
            kept = await self._desk.templates.kept(group)
            token = next((each.token for each in kept if each.template.id == found.id), None)
            if token is None:
                raise Refusal("template-not-own")
            library = self._desk.ground.library(group)
            shipped = found.id in {each.id for each in library.templates}
            view = templates.remove_question(token, found.title, shipped=shipped, say=library.texts)
            return Private(view, in_place=False)

        await self._desk.router.command(interaction, answer)

    @edit.autocomplete("template")
    @share.autocomplete("template")
    async def all(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        """The group's templates whose title or use has what was typed in it."""
        return await self._choices(interaction, typed, own=False)

    @remove.autocomplete("template")
    async def own(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        """Likewise, of those that are the group's own."""
        return await self._choices(interaction, typed, own=True)

    async def _choices(
        self, interaction: discord.Interaction[Any], typed: str, *, own: bool
    ) -> list[app_commands.Choice[str]]:
        try:
            group = await self._group(caller_of(interaction))
        except Refusal:
            return []
        mine = await self._desk.templates.own(group)
        found = [
            each for each in await self._desk.templates.matching(group, typed) if not own or each.id in mine
        ]
        return [app_commands.Choice(name=each.title, value=each.id) for each in found[:MOST_CHOICES]]


async def _text_of(file: discord.Attachment) -> str:
    """What a file that was handed in says; ``Refusal`` where it can't be a template."""
    if not file.filename.lower().endswith(ENDING):
        raise Refusal("template-file-kind")
    if file.size > MOST_BYTES:
        raise Refusal("template-file-long", most=MOST_BYTES // 1024)
    try:
        return (await file.read()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("template-file-encoding") from error
    except discord.HTTPException as error:
        raise Refusal("template-file-gone") from error


async def add(bot: commands.Bot, desk: Desk) -> None:
    """Add the commands and the clicks of templates to the bot."""
    desk.router.add(building.verbs(desk))
    desk.router.add([Verb("t-remove", "steward", press=Removing(desk).remove, about_session=False)])
    desk.router.resume(PURPOSE, "t-list")
    await bot.add_cog(Template(desk))
