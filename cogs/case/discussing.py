"""What its group and its presenter do with a case that is posted."""

import hashlib
from dataclasses import replace

from bot.cases import acts
from bot.cases.account import account_of, exhibits_of, question_of
from bot.cases.case import Case, FollowUp
from bot.cases.pages import cleaned
from bot.cases.writing import CaseWriting
from bot.content.models import Template
from bot.desk import Desk
from bot.refusal import Refusal
from bot.services.formulating import PROTOCOL
from bot.ui import case_forms, cases, notices
from bot.ui import forms as session_forms
from bot.ui import vignette_forms as forms
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.control import Control
from bot.ui.parts import Modal, date
from bot.ui.verbs import Verb

FOLLOW_UP = "follow-up"


class DiscussingClicks:
    """Handlers of one case's controls."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _case(self, request: Request) -> Case:
        return request.standing.case.case

    def _thanks(self, request: Request, key: str, **values: str | int) -> Private:
        return Private(notices.sentence(self._desk.library_for(request).texts(key, **values)))

    def _check_open(self, request: Request) -> Case:
        case = self._case(request)
        if case.status != "open":
            raise Refusal("case-not-now")
        return case

    def _more(self, request: Request, case: Case) -> Answer:
        library = self._desk.library_for(request)
        return Private(cases.more(case, library, is_presenter=case.presenter == request.caller.user))

    async def _follow_up(self, request: Request) -> Template:
        """The group's own, where it has one; its first page is asked."""
        return await self._desk.templates.find(request.standing.own_group, FOLLOW_UP)

    async def more(self, request: Request) -> Answer:
        return self._more(request, self._case(request))

    async def ask(self, request: Request) -> Answer:
        act = acts.Ask(request.control.opening or "", request.text("text"))
        await self._desk.cases.act(request.control.token, act)
        return self._thanks(request, "case-ask-done")

    async def reply(self, request: Request) -> Answer:
        act = acts.Reply(request.control.argument, request.text("text"))
        stored = await self._desk.cases.act(request.control.token, act)
        if stored.case.open_questions:
            return self._more(request, stored.case)
        return self._thanks(request, "case-reply-done")

    async def edit(self, request: Request) -> Answer:
        """Its answers as a draft: the case stays as it is until that is posted."""
        case, group, user = self._check_open(request), request.standing.own_group, request.caller.user
        begun = await self._desk.writing.begun(user, group.token, CaseWriting)
        token = next((token for token, writing in begun.items() if writing.case == case.token), None)
        if token is None:
            token = self._desk.ground.chance.token()
            writing = CaseWriting(case.template, case.answers, case.token)
            await self._desk.writing.keep(token, writing, group, user)
        return await self._desk.router.opened(request.caller, Control(token, "c-pages"))

    async def close(self, request: Request) -> Answer:
        """Close it, with what came of it where anything was told."""
        template = await self._follow_up(request)
        answers = cleaned(template, case_forms.typed_in(template, 0, request.fields))
        told = FollowUp(template=template, answers=answers) if answers else None
        stored = await self._desk.cases.close(request.control.token, told)
        return self._thanks(request, "case-close-done", until=date(stored.purge_at))

    async def withdraw(self, request: Request) -> Answer:
        return Private(cases.withdraw(self._case(request), self._desk.library_for(request).texts))

    async def withdraw_now(self, request: Request) -> Answer:
        await self._desk.cases.withdraw(request.control.token)
        return self._thanks(request, "case-withdraw-done")

    async def formulate(self, request: Request) -> Answer:
        """Its answers become the account, and what a rating can point at."""
        case = self._check_open(request)
        # One session of each form, however often it is sent.
        token = hashlib.sha256((request.control.opening or "").encode()).hexdigest()[:16]
        opening = session_forms.opening_in(request.fields, token, PROTOCOL)
        opening = replace(opening, exhibits=exhibits_of(case))
        await self._desk.formulating.start(opening, request.standing.own_group, request.caller.user)
        await self._desk.cases.act(case.token, acts.Formulated())
        return self._thanks(request, "start-done", mode=opening.mode)

    # Their forms

    def form_ask(self, request: Request, filled: Fields) -> Modal:
        self._check_open(request)
        texts = self._desk.library_for(request).texts
        return forms.one_text(texts, "case-ask", filled, most=forms.MOST_ASKED)

    def form_reply(self, request: Request, filled: Fields) -> Modal:
        self._check_open(request)
        return forms.one_text(self._desk.library_for(request).texts, "case-reply", filled)

    async def form_close(self, request: Request, filled: Fields) -> Modal:
        self._check_open(request)
        template, texts = await self._follow_up(request), self._desk.library_for(request).texts
        return case_forms.page(template, 0, filled, {}, texts)

    def form_formulate(self, request: Request, filled: Fields) -> Modal:
        case, library = self._check_open(request), self._desk.library_for(request)
        question = question_of(case) or library.texts("case-no-question")
        before: Fields = {
            "title": case.template.title,
            "question": question[: session_forms.MOST_QUESTION],
            "account": account_of(case, session_forms.MOST_ACCOUNT),
        }
        return session_forms.start(library, library.protocol(PROTOCOL), {**before, **filled})


def verbs(desk: Desk) -> list[Verb]:
    """The controls of a case that is posted."""
    clicks = DiscussingClicks(desk)
    return [
        Verb("k-more", "peer", press=clicks.more),
        Verb("k-ask", "peer", form=clicks.form_ask, submit=clicks.ask, checked=("text",)),
        Verb("k-reply", "case-presenter", form=clicks.form_reply, submit=clicks.reply, checked=("text",)),
        Verb("k-edit", "case-presenter", press=clicks.edit),
        Verb("k-close", "case-presenter", form=clicks.form_close, submit=clicks.close, checks_all=True),
        Verb("k-withdraw", "case-presenter", press=clicks.withdraw),
        Verb("k-withdraw-now", "case-presenter", press=clicks.withdraw_now),
        Verb(
            "k-formulate",
            "case-presenter",
            form=clicks.form_formulate,
            submit=clicks.formulate,
            checked=("title", "question", "account"),
            begins_session=True,
        ),
    ]
