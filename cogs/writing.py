"""Going through what the review found in a text: each press changes the draft, and the review runs again.

It is the same for whatever is written for others; how one is begun and where it goes is its own cog's.
"""

from collections.abc import Callable

from discord.ext import commands

from bot.desk import Desk
from bot.refusal import Refusal
from bot.services.writing import Reviewed, accepting_all, keeping, names_in, replacing
from bot.storage.drafts import Draft
from bot.ui import vignette_forms as forms
from bot.ui import writing as screens
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.parts import Modal
from bot.ui.verbs import Verb
from bot.writing import Writing


class WritingClicks:
    """Handlers for whoever writes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def draft(self, request: Request) -> Draft:
        """The draft that the request is about; in another group than its own there is none."""
        draft = request.standing.draft
        if draft is None or draft.group != request.standing.own_group.token:
            raise Refusal("draft-gone")
        return draft

    async def reviewed(self, request: Request) -> Reviewed:
        """That draft, reviewed as it stands now."""
        group, user = request.standing.own_group, request.caller.user
        return await self._desk.writing.review(self.draft(request), group, user)

    async def changed(self, request: Request, how: Callable[[Reviewed], Writing]) -> Reviewed:
        """That draft, changed and reviewed anew."""
        group, user = request.standing.own_group, request.caller.user
        return await self._desk.writing.change(self.draft(request), group, user, how)

    def shown(self, request: Request, reviewed: Reviewed, page: int = 0) -> Answer:
        """The whole text with what was found in it."""
        return Private(screens.review(reviewed, page, self._desk.library_for(request).texts))


class ReviewClicks(WritingClicks):
    """Handlers of one finding, and of all."""

    def _numbered(self, request: Request) -> tuple[int, str]:
        number, _, address = request.control.argument.partition(".")
        if not number.isdigit():
            raise Refusal("control-stale")
        return int(number), address

    def _one(self, request: Request, reviewed: Reviewed, number: int) -> Answer:
        return Private(screens.one(reviewed, number, self._desk.library_for(request).texts))

    async def review(self, request: Request) -> Answer:
        page = request.control.argument
        return self.shown(request, await self.reviewed(request), int(page) if page.isdigit() else 0)

    async def all(self, request: Request) -> Answer:
        return self.shown(request, await self.changed(request, accepting_all(request.control.argument)))

    async def one(self, request: Request) -> Answer:
        number, _ = self._numbered(request)
        return self._one(request, await self.reviewed(request), number)

    async def take(self, request: Request) -> Answer:
        number, address = self._numbered(request)
        return self._one(request, await self.changed(request, replacing(address, None)), number)

    async def own(self, request: Request) -> Answer:
        number, address = self._numbered(request)
        reviewed = await self.changed(request, replacing(address, request.text("words")))
        return self._one(request, reviewed, number)

    async def keep(self, request: Request) -> Answer:
        number, address = self._numbered(request)
        return self._one(request, await self.changed(request, keeping(address)), number)

    async def no_name(self, request: Request) -> Answer:
        number, address = self._numbered(request)
        reviewed = await self.reviewed(request)
        words = names_in([reviewed.at(address)])
        await self._desk.words.say_no_names(request.standing.own_group, request.caller.user, words)
        return self._one(request, await self.reviewed(request), number)

    def form_own(self, request: Request, filled: Fields) -> Modal:
        return forms.own_words(self._desk.library_for(request).texts, "", filled)


def owned(name: str, **handlers: object) -> Verb:
    """A control of a text under way: it is about a draft, which only its owner opens."""
    return Verb(name, "owner", about_session=False, **handlers)  # pyright: ignore[reportArgumentType]


def verbs(desk: Desk) -> list[Verb]:
    """The controls of the review of a text under way."""
    clicks = ReviewClicks(desk)
    return [
        owned("w-review", press=clicks.review),
        owned("w-all", press=clicks.all),
        owned("w-one", press=clicks.one),
        owned("w-take", press=clicks.take),
        owned("w-own", form=clicks.form_own, submit=clicks.own),
        owned("w-keep", press=clicks.keep),
        owned("w-no-name", press=clicks.no_name),
    ]


async def add(_: commands.Bot, desk: Desk) -> None:
    """Add the clicks to the bot."""
    desk.router.add(verbs(desk))
