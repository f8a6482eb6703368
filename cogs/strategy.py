"""`/strategy`: the library, for whoever wants to look something up. Nothing of it is kept."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.content.library import Library
from bot.content.models import Strategy as Kept
from bot.content.search import MOST_TYPED, named, search
from bot.desk import Desk
from bot.refusal import Refusal
from bot.services.access import Caller
from bot.ui import strategies
from bot.ui.answers import Answer, Private, Request
from bot.ui.commands import described, who
from bot.ui.incoming import caller_of
from bot.ui.parts import shortened
from bot.ui.verbs import Verb

Typed = app_commands.Range[str, 1, MOST_TYPED]


class StrategyClicks:
    """Handlers of the library's controls."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def browse(self, request: Request) -> Answer:
        """All of it, from the top."""
        return Private(strategies.overview(request.control.token, self._desk.library_for(request)))

    async def list(self, request: Request) -> Answer:
        """One list, as it was chosen or as *Back* leads to it."""
        control = request.control
        id_ = request.first_chosen() or control.argument
        library = self._desk.library_for(request)
        return Private(strategies.listed(control.verb, id_, control.token, library))

    async def open(self, request: Request) -> Answer:
        """One strategy of a list."""
        library, origin = self._desk.library_for(request), request.control.argument
        wanted = next((one for one in library.strategies if one.id == request.first_chosen()), None)
        if wanted is None:
            raise Refusal("strategy-gone")
        # What was looked for is kept nowhere, so the list that came of it stays where it is.
        view = strategies.one(wanted, request.control.token, library, origin)
        return Private(view, in_place=bool(origin))

    async def frame(self, request: Request) -> Answer:
        """One text to read before any of them."""
        library = self._desk.library_for(request)
        wanted = next((one for one in library.frame if one.id == request.control.argument), None)
        if wanted is None:
            raise Refusal("control-stale")
        return Private(strategies.frame(wanted, request.control.token, library))


class Strategy(commands.GroupCog, group_name="strategy", group_description=described("command-strategy")):
    """The commands of the library."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def _library(self, caller: Caller) -> Library:
        return self._desk.ground.library((await self._desk.router.admit_here("everyone", caller)).group)

    @app_commands.command(
        name="browse", description=described("command-strategy-browse"), extras=who("everyone")
    )
    async def browse(self, interaction: discord.Interaction[Any]) -> None:
        """Show where every strategy can be found."""

        async def answer(caller: Caller) -> Answer:
            view = strategies.overview(self._desk.ground.chance.token(), await self._library(caller))
            return Private(view, in_place=False)

        await self._desk.router.command(interaction, answer)

    @app_commands.command(name="show", description=described("command-strategy-show"), extras=who("everyone"))
    @app_commands.describe(name=described("option-strategy"))
    async def show(self, interaction: discord.Interaction[Any], name: Typed) -> None:
        """Open the one of this name, or offer those that come near."""

        async def answer(caller: Caller) -> Answer:
            library, token = await self._library(caller), self._desk.ground.chance.token()
            called = named(library, name)
            if len(called) == 1:
                return Private(strategies.one(called[0], token, library), in_place=False)
            if called:
                head = library.texts("strategies-which")
                return Private(strategies.found(head, called, token, library), in_place=False)
            return self._found("strategies-not-called-so", search(library, name), token, library)

        await self._desk.router.command(interaction, answer)

    @show.autocomplete("name")
    async def names(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Names that were begun, or come near."""
        try:
            library = await self._library(caller_of(interaction))
        except Refusal:
            return []
        found = named(library, typed) or search(library, typed)
        return [
            app_commands.Choice(name=shortened(one.name, 100), value=one.id)
            for one in found[: strategies.MOST_LISTED]
        ]

    @app_commands.command(
        name="search", description=described("command-strategy-search"), extras=who("everyone")
    )
    @app_commands.describe(words=described("option-strategy-words"))
    async def search(self, interaction: discord.Interaction[Any], words: Typed) -> None:
        """Find strategies by name, occasion, mechanism or wording."""

        async def answer(caller: Caller) -> Answer:
            library = await self._library(caller)
            token = self._desk.ground.chance.token()
            return self._found("strategies-found", search(library, words), token, library)

        await self._desk.router.command(interaction, answer)

    @staticmethod
    def _found(head: str, strategies_: tuple[Kept, ...], token: str, library: Library) -> Answer:
        if not strategies_:
            return Private(strategies.nothing(token, library), in_place=False)
        return Private(strategies.found(library.texts(head), strategies_, token, library), in_place=False)


async def add(bot: commands.Bot, desk: Desk) -> None:
    """Add the commands and the clicks of the library to the bot."""
    clicks = StrategyClicks(desk)
    desk.router.add(
        [
            Verb("s-browse", "everyone", press=clicks.browse, about_session=False),
            Verb(strategies.FITS, "everyone", press=clicks.list, about_session=False),
            Verb(strategies.ABOUT, "everyone", press=clicks.list, about_session=False),
            Verb("s-open", "everyone", press=clicks.open, about_session=False),
            Verb("s-frame", "everyone", press=clicks.frame, about_session=False),
        ]
    )
    await bot.add_cog(Strategy(desk))
