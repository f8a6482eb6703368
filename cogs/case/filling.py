"""Filling in a case's form, page by page, until its presenter posts it."""

from dataclasses import replace

from bot.cases.pages import digest, merged, pages_of
from bot.cases.writing import CaseWriting
from bot.desk import Desk
from bot.refusal import Refusal
from bot.services.access import Caller
from bot.services.writing import Reviewed, keeping_all, of_kind, writing_in
from bot.storage.groups import Group
from bot.ui import case_forms as forms
from bot.ui import cases, notices
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.control import Control
from bot.ui.parts import Modal
from bot.ui.verbs import Verb
from bot.writing import Writing
from cogs.writing import WritingClicks, owned

MOST_DRAFTS = 8


class FillingClicks(WritingClicks):
    """Handlers for whoever fills in a form."""

    async def open(self, caller: Caller, group: Group, called: str) -> Answer:
        """The first page of a form, as a draft of its own: from now on its fields are the ones of today."""
        template = await self._desk.templates.called(group, called)
        begun = await self._desk.writing.begun(caller.user, group.token, CaseWriting)
        if sum(not each.untouched for each in begun.values()) >= MOST_DRAFTS:
            raise Refusal("case-too-many", most=MOST_DRAFTS)
        # A form that was opened and left is taken again, but for the same form alone: on another device it
        # may be open still, and what is typed there belongs to that one.
        left = {token: each for token, each in begun.items() if each.untouched}
        token = next((token for token, each in left.items() if each.template == template), None)
        if token is None:
            if len(begun) >= MOST_DRAFTS:
                await self._desk.drafts.drop(next(iter(left)), caller.user)
            token = self._desk.ground.chance.token()
            await self._desk.writing.keep(token, CaseWriting(template, {}), group, caller.user)
        else:
            # Kept for another week; what somebody types into it at this moment stays.
            await self._desk.writing.update(token, group, caller.user, lambda kept: kept)
        return await self._desk.router.opened(caller, Control(token, "c-page", "0"))

    async def begun(self, user: int, group: Group) -> dict[str, CaseWriting]:
        """What somebody finds again: a form that was only opened is not among it."""
        found = await self._desk.writing.begun(user, group.token, CaseWriting)
        return {token: each for token, each in found.items() if not each.untouched}

    def _writing(self, request: Request) -> CaseWriting:
        return of_kind(writing_in(self.draft(request)), CaseWriting)

    def _pages(
        self, request: Request, writing: CaseWriting, expires_at: int, note: str | None = None
    ) -> Answer:
        texts = self._desk.library_for(request).texts
        return Private(cases.pages(request.control.token, writing, expires_at, texts, note))

    async def _form_note(self, request: Request, writing: CaseWriting) -> str | None:
        """That the form is another by now, or gone: it stays as it was begun."""
        kept = await self._desk.templates.of(request.standing.own_group)
        now = next((each for each in kept if each.id == writing.template.id), None)
        if now == writing.template:
            return None
        texts = self._desk.library_for(request).texts
        return texts("case-form-gone" if now is None else "case-form-changed")

    async def choose(self, request: Request) -> Answer:
        return await self.open(request.caller, request.standing.own_group, request.first_chosen())

    async def pages(self, request: Request) -> Answer:
        writing = self._writing(request)
        note = await self._form_note(request, writing)
        return self._pages(request, writing, self.draft(request).expires_at, note)

    async def page(self, request: Request) -> Answer:
        number, _, seen = request.control.argument.partition(".")

        def filled_in(before: Writing) -> Writing:
            writing = of_kind(before, CaseWriting)
            stands = digest(writing.template, int(number), writing.answers)
            typed = forms.typed_in(writing.template, int(number), request.fields)
            answers = merged(writing.template, int(number), typed, writing.answers)
            same = digest(writing.template, int(number), answers) == stands
            if seen != stands and not same:
                raise Refusal("case-page-changed")
            return replace(writing, answers=answers)

        self._check_page(request)
        group, user = request.standing.own_group, request.caller.user
        after, expires_at = await self._desk.writing.update(request.control.token, group, user, filled_in)
        return self._pages(request, of_kind(after, CaseWriting), expires_at)

    def _check_page(self, request: Request) -> int:
        number, _, _ = request.control.argument.partition(".")
        if not number.isdigit() or int(number) >= len(pages_of(self._writing(request).template)):
            raise Refusal("control-stale")
        return int(number)

    async def look(self, request: Request) -> Answer:
        writing = self._writing(request)
        try:
            writing.check()
        except Refusal as refusal:
            note = self._desk.library_for(request).texts(refusal.key, **refusal.values)
            return self._pages(request, writing, self.draft(request).expires_at, note)
        return self.shown(request, await self.reviewed(request))

    async def go_on(self, request: Request) -> Answer:
        seen = request.control.argument
        reviewed = await self.reviewed(request)
        if reviewed.blocks and seen == reviewed.digest:
            return self.shown(request, reviewed)
        return await self._preview(request, await self.changed(request, keeping_all(seen)))

    async def _preview(self, request: Request, reviewed: Reviewed) -> Answer:
        group, library = request.standing.own_group, self._desk.library_for(request)
        writing = of_kind(reviewed.writing, CaseWriting)
        case = await self._desk.cases.preview(writing, group, request.caller.user)
        edits = writing.case is not None
        return Private(cases.preview(reviewed.token, writing.digest, case, library, edits=edits))

    async def post(self, request: Request) -> Answer:
        reviewed = await self.reviewed(request)
        if request.control.argument != reviewed.writing.digest:
            raise Refusal("writing-changed")
        if reviewed.open:
            return self.shown(request, reviewed)
        group = request.standing.own_group
        edits = of_kind(reviewed.writing, CaseWriting).case is not None
        await self._desk.cases.post(reviewed, group, request.caller.user)
        texts = self._desk.library_for(request).texts
        return Private(notices.sentence(texts("case-changed" if edits else "case-posted")))

    def page_as_it_stands(self, request: Request) -> Control:
        """The page with what stands on it now: by that it is known whether another device changed it."""
        writing, number = self._writing(request), self._check_page(request)
        stands = digest(writing.template, number, writing.answers)
        return replace(request.control, argument=f"{number}.{stands}")

    # Their forms

    def form_page(self, request: Request, filled: Fields) -> Modal:
        writing = self._writing(request)
        number = self._check_page(request)
        texts = self._desk.library_for(request).texts
        return forms.page(writing.template, number, filled, writing.answers, texts)


def verbs(desk: Desk) -> list[Verb]:
    """The controls of a case under way, besides those of its review."""
    clicks = FillingClicks(desk)
    return [
        Verb("c-choose", "colleague", press=clicks.choose, about_session=False),
        owned("c-pages", press=clicks.pages),
        owned(
            "c-page",
            form=clicks.form_page,
            submit=clicks.page,
            keeps_all=True,
            opened_as=clicks.page_as_it_stands,
        ),
        owned("c-look", press=clicks.look),
        owned("c-next", press=clicks.go_on),
        owned("c-post", press=clicks.post),
    ]
