"""Writing a template of the group's own: each press changes the draft, and nothing counts before *Save*."""

import hashlib
from collections.abc import Callable

from bot.desk import Desk
from bot.refusal import Refusal
from bot.services.template_writing import (
    KEY_CHARACTERS,
    QUESTION,
    ChangedMeanwhile,
    Judged,
    Sketch,
    headed,
    judged,
    moved,
    new_sketch,
    with_field,
    without_field,
)
from bot.services.templates import FIRST
from bot.ui import case_forms, notices, templates
from bot.ui import template_forms as forms
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.parts import Modal
from bot.ui.verbs import Verb


class Building:
    """Handlers for whoever writes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _judged(self, request: Request) -> Judged:
        if request.standing.draft is None:
            raise Refusal("draft-gone")
        return judged(request.standing.draft)

    def _shown(self, request: Request, now: Judged, note: str | None = None) -> Private:
        texts = self._desk.library_for(request).texts
        return Private(templates.sketch(now, texts, texts(note) if note is not None else None))

    async def begin(self, request: Request) -> Answer:
        library = self._desk.library_for(request)
        question = next(each for each in library.template(FIRST).fields if each.id == QUESTION)
        return self._shown(
            request,
            await self._desk.template_writing.begin(
                request.control.token,
                new_sketch(*forms.head_in(request), question),
                request.standing.own_group,
                request.caller.user,
            ),
            "template-begun",
        )

    async def list(self, request: Request) -> Answer:
        return self._shown(request, self._judged(request))

    async def head(self, request: Request) -> Answer:
        return await self._changed(request, headed(*forms.head_in(request)))

    async def field(self, request: Request) -> Answer:
        return await self._changed(request, with_field(forms.field_in(request, _key(request))))

    async def out(self, request: Request) -> Answer:
        return await self._changed(request, without_field(request.control.argument))

    async def _changed(self, request: Request, how: Callable[[Sketch], Sketch]) -> Answer:
        token, user = request.control.token, request.caller.user
        return self._shown(request, await self._desk.template_writing.change(token, user, how))

    async def pick(self, request: Request) -> Answer:
        return self._one(request, self._judged(request), request.first_chosen())

    async def move(self, request: Request) -> Answer:
        key, _, place = request.control.argument.partition(".")
        if not place.isdigit():
            raise Refusal("control-stale")
        token, user = request.control.token, request.caller.user
        now = await self._desk.template_writing.change(token, user, moved(key, int(place)))
        return self._one(request, now, key)

    def _one(self, request: Request, now: Judged, key: str) -> Answer:
        asked = now.sketch.field(key)
        if asked is None:
            return self._shown(request, now, "template-field-gone")
        return Private(templates.one(now, asked, self._desk.library_for(request).texts))

    async def looked(self, request: Request) -> Answer:
        return self._shown(request, self._judged(request), "template-looked")

    async def save(self, request: Request) -> Answer:
        # Whoever wrote it may have been a facilitator then, and none by now.
        standing = await self._desk.router.admit_here("steward", request.caller)
        group, user, over = standing.own_group, request.caller.user, request.control.argument
        now = self._judged(request)
        if now.problems:
            return self._shown(request, now)
        texts = self._desk.ground.library(group).texts
        try:
            saved = await self._desk.template_writing.save(
                request.control.token, group, user, int(over) if over.isdigit() else None
            )
        except ChangedMeanwhile as changed:
            return Private(templates.changed_meanwhile(request.control.token, changed.version, texts))
        shipped = saved.template.id in {each.id for each in self._desk.ground.library(group).templates}
        return Private(templates.saved(saved, texts, shipped=shipped))

    async def drop(self, request: Request) -> Answer:
        return Private(templates.drop_question(request.control.token, self._desk.library_for(request).texts))

    async def drop_now(self, request: Request) -> Answer:
        await self._desk.drafts.drop(request.control.token, request.caller.user)
        return Private(notices.sentence(self._desk.library_for(request).texts("draft-discarded")))

    # Their forms

    def form_begin(self, request: Request, filled: Fields) -> Modal:
        return forms.head(self._desk.library_for(request).texts, filled)

    def form_head(self, request: Request, filled: Fields) -> Modal:
        return forms.head(self._desk.library_for(request).texts, filled, self._judged(request).sketch)

    def form_field(self, request: Request, filled: Fields) -> Modal:
        asked = self._judged(request).sketch.field(request.control.argument)
        return forms.one_field(self._desk.library_for(request).texts, filled, asked)

    def form_page(self, request: Request, filled: Fields) -> Modal:
        template, number = self._judged(request).template, request.control.argument
        if template is None:
            raise Refusal("template-not-ready")
        if not number.isdigit() or int(number) >= case_forms.page_count(template):
            raise Refusal("control-stale")
        return case_forms.page(template, int(number), filled, {}, self._desk.library_for(request).texts)


def _key(request: Request) -> str:
    """Which field was typed: that of its form, or a new one, one for each form however often it is sent."""
    if request.control.argument:
        return request.control.argument
    return hashlib.sha256((request.control.opening or "").encode()).hexdigest()[:KEY_CHARACTERS]


def verbs(desk: Desk) -> list[Verb]:
    """Every control of a template that is being written."""
    clicks = Building(desk)
    head = ("title", "when-to-use", "leave-out")
    return [
        Verb(
            "template",
            "steward",
            form=clicks.form_begin,
            submit=clicks.begin,
            checked=head,
            about_session=False,
        ),
        Verb("t-list", "owner", press=clicks.list),
        Verb("t-head", "owner", form=clicks.form_head, submit=clicks.head, checked=head),
        Verb(
            "t-field",
            "owner",
            form=clicks.form_field,
            submit=clicks.field,
            checked=("label", "guidance", "more"),
        ),
        Verb("t-pick", "owner", press=clicks.pick),
        Verb("t-move", "owner", press=clicks.move),
        Verb("t-out", "owner", press=clicks.out),
        Verb("t-page", "owner", form=clicks.form_page, submit=clicks.looked),
        Verb("t-save", "owner", press=clicks.save),
        Verb("t-drop", "owner", press=clicks.drop),
        Verb("t-drop-now", "owner", press=clicks.drop_now),
    ]
