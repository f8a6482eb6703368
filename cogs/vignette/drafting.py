"""Writing a vignette: each press changes the draft, and the review runs again on what it says then."""

from collections.abc import Callable

from bot.desk import Desk
from bot.refusal import Refusal
from bot.services.vignettes import Wanted
from bot.services.writing import (
    Reviewed,
    accepting_all,
    keeping,
    keeping_all,
    names_in,
    replacing,
    writing_in,
)
from bot.storage.drafts import Draft
from bot.ui import vignette_forms as forms
from bot.ui import writing as screens
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.parts import Modal
from bot.ui.verbs import Verb
from bot.vignettes.writing import Writing

_WORRIES = {
    "client": {"perhaps": "worry-client", "yes": "worry-client"},
    "relative": {"perhaps": "worry-relative", "yes": "worry-relative"},
    "needed": {"not-all": "worry-needed"},
    "placement": {"unsure": "worry-placement"},
}


def _typed(request: Request) -> Writing:
    title = " ".join(request.text("title").split())
    return Writing(title, forms.text_of(request.fields), request.text("question"))


class WritingClicks:
    """Handlers for whoever writes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _draft(self, request: Request) -> Draft:
        if request.standing.draft is None:
            raise Refusal("draft-gone")
        return request.standing.draft

    def _numbered(self, request: Request) -> tuple[int, str]:
        number, _, address = request.control.argument.partition(".")
        if not number.isdigit():
            raise Refusal("control-stale")
        return int(number), address

    async def _reviewed(self, request: Request) -> Reviewed:
        group, user = request.standing.own_group, request.caller.user
        return await self._desk.writing.review(self._draft(request), group, user)

    async def _changed(self, request: Request, how: Callable[[Reviewed], Writing]) -> Reviewed:
        group, user = request.standing.own_group, request.caller.user
        return await self._desk.writing.change(self._draft(request), group, user, how)

    def _review(self, request: Request, reviewed: Reviewed, page: int = 0) -> Answer:
        return Private(screens.review(reviewed, page, self._desk.library_for(request).texts))

    def _one(self, request: Request, reviewed: Reviewed, number: int) -> Answer:
        return Private(screens.one(reviewed, number, self._desk.library_for(request).texts))

    async def begin(self, request: Request) -> Answer:
        group, user = request.standing.own_group, request.caller.user
        await self._desk.vignettes.may_write(group, user)
        return self._review(
            request, await self._desk.writing.begin(request.control.token, _typed(request), group, user)
        )

    async def review(self, request: Request) -> Answer:
        page = request.control.argument
        return self._review(request, await self._reviewed(request), int(page) if page.isdigit() else 0)

    async def all(self, request: Request) -> Answer:
        return self._review(request, await self._changed(request, accepting_all(request.control.argument)))

    async def one(self, request: Request) -> Answer:
        number, _ = self._numbered(request)
        return self._one(request, await self._reviewed(request), number)

    async def take(self, request: Request) -> Answer:
        number, address = self._numbered(request)
        return self._one(request, await self._changed(request, replacing(address, None)), number)

    async def own(self, request: Request) -> Answer:
        number, address = self._numbered(request)
        reviewed = await self._changed(request, replacing(address, request.text("words")))
        return self._one(request, reviewed, number)

    async def keep(self, request: Request) -> Answer:
        number, address = self._numbered(request)
        return self._one(request, await self._changed(request, keeping(address)), number)

    async def no_name(self, request: Request) -> Answer:
        number, address = self._numbered(request)
        reviewed = await self._reviewed(request)
        words = names_in([reviewed.at(address)])
        await self._desk.words.say_no_names(request.standing.own_group, request.caller.user, words)
        return self._one(request, await self._reviewed(request), number)

    async def edit(self, request: Request) -> Answer:
        group, user = request.standing.own_group, request.caller.user
        return self._review(
            request, await self._desk.writing.edit(self._draft(request), _typed(request), group, user)
        )

    async def go_on(self, request: Request) -> Answer:
        seen = request.control.argument
        reviewed = await self._reviewed(request)
        if reviewed.blocks and seen == reviewed.digest:
            return self._review(request, reviewed)
        await self._changed(request, keeping_all(seen))
        texts = self._desk.library_for(request).texts
        return Private(screens.before_questions(reviewed.token, texts))

    async def questions(self, request: Request) -> Answer:
        texts = self._desk.library_for(request).texts
        worries = [
            texts(sentences[request.text(name)])
            for name, sentences in _WORRIES.items()
            if request.text(name) in sentences
        ]
        altered = bool(request.text("changed"))
        await self._changed(request, lambda reviewed: reviewed.writing.with_altered(altered=altered))
        if worries:
            return Private(screens.look_again(self._draft(request).token, worries, texts))
        return await self.who(request)

    async def who(self, request: Request) -> Answer:
        reviewed = await self._reviewed(request)
        if reviewed.blocks:
            return self._review(request, reviewed)
        group = request.standing.own_group
        cover = await self._desk.vignettes.cover(group)
        alone = await self._desk.vignettes.goes_alone(group)
        texts = self._desk.library_for(request).texts
        return Private(screens.who(reviewed.token, reviewed.writing.digest, cover, alone=alone, say=texts))

    async def publish(self, request: Request) -> Answer:
        name, _, rest = request.control.argument.partition(".")
        when, _, digest = rest.partition(".")
        reviewed = await self._reviewed(request)
        if digest != reviewed.writing.digest:
            raise Refusal("writing-changed")
        if reviewed.open:
            return self._review(request, reviewed)
        wanted = Wanted(by_name=name == "name", waits=when == "wait")
        group = request.standing.own_group
        vignette = await self._desk.vignettes.publish(reviewed, group, request.caller.user, wanted)
        return Private(screens.taken_in(vignette, self._desk.library_for(request).texts))

    # Their forms

    def form_write(self, request: Request, filled: Fields) -> Modal:
        return forms.write(self._desk.library_for(request).texts, filled)

    def form_edit(self, request: Request, filled: Fields) -> Modal:
        texts = self._desk.library_for(request).texts
        return forms.write(texts, filled, writing_in(self._draft(request)))

    def form_own(self, request: Request, filled: Fields) -> Modal:
        return forms.own_words(self._desk.library_for(request).texts, "", filled)

    def form_questions(self, request: Request, filled: Fields) -> Modal:
        return forms.questions(self._desk.library_for(request).texts, filled)


def verbs(desk: Desk) -> list[Verb]:
    """The controls of a writing. What they are about is a draft, which only its owner opens."""
    clicks = WritingClicks(desk)

    def owned(name: str, **handlers: object) -> Verb:
        return Verb(name, "owner", about_session=False, **handlers)  # pyright: ignore[reportArgumentType]

    return [
        Verb(
            "vignette",
            "colleague",
            form=clicks.form_write,
            submit=clicks.begin,
            keeps=("title", "text", "more", "question"),
            about_session=False,
        ),
        owned("w-review", press=clicks.review),
        owned("w-all", press=clicks.all),
        owned("w-one", press=clicks.one),
        owned("w-take", press=clicks.take),
        owned("w-own", form=clicks.form_own, submit=clicks.own),
        owned("w-keep", press=clicks.keep),
        owned("w-no-name", press=clicks.no_name),
        owned(
            "w-edit",
            form=clicks.form_edit,
            submit=clicks.edit,
            keeps=("title", "text", "more", "question"),
        ),
        owned("w-next", press=clicks.go_on),
        owned("w-questions", form=clicks.form_questions, submit=clicks.questions),
        owned("w-who", press=clicks.who),
        owned("w-publish", press=clicks.publish),
    ]
