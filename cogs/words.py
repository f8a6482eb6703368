"""The words that a group wants found in every text: the panel of `/group words`, and what is done there."""

from bot.desk import Desk
from bot.ui import group_forms, words
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.parts import Modal
from bot.ui.verbs import Verb


class WordClicks:
    """Handlers of the panel. What is typed here is never posted, so no review reads it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def form_add(self, request: Request, filled: Fields) -> Modal:
        return group_forms.list_words(self._desk.library_for(request).texts, filled)

    def form_remove(self, request: Request, filled: Fields) -> Modal:
        return group_forms.unlist_word(self._desk.library_for(request).texts, filled)

    async def panel(self, request: Request) -> Answer:
        return await self._panel(request)

    async def add(self, request: Request) -> Answer:
        kind = next(iter(request.chosen("kind")), "")
        added = await self._desk.words.add(request.standing.own_group, kind, request.text("entries"))
        return await self._panel(request, "words-added", count=added.fresh)

    async def remove(self, request: Request) -> Answer:
        was_there = await self._desk.words.remove(request.standing.own_group, request.text("entry"))
        return await self._panel(request, "words-removed" if was_there else "words-not-there")

    async def empty(self, request: Request) -> Answer:
        texts = self._desk.library_for(request).texts
        count = await self._desk.words.count(request.standing.own_group)
        return Private(words.empty_question(texts, request.control.token, count))

    async def empty_now(self, request: Request) -> Answer:
        gone = await self._desk.words.empty(request.standing.own_group)
        return await self._panel(request, "words-emptied", count=gone)

    async def _panel(self, request: Request, note: str | None = None, **values: int) -> Private:
        texts = self._desk.library_for(request).texts
        count = await self._desk.words.count(request.standing.own_group)
        said = texts(note, **values) if note is not None else None
        return Private(words.panel(texts, request.control.token, count, said))


def verbs(desk: Desk) -> list[Verb]:
    """Every control of the panel: for those who look after the group."""
    clicks = WordClicks(desk)
    return [
        Verb("words", "steward", press=clicks.panel, about_session=False),
        Verb("words-add", "steward", form=clicks.form_add, submit=clicks.add, about_session=False),
        Verb("words-remove", "steward", form=clicks.form_remove, submit=clicks.remove, about_session=False),
        Verb("words-empty", "steward", press=clicks.empty, about_session=False),
        Verb("words-empty-now", "steward", press=clicks.empty_now, about_session=False),
    ]
