"""What its author, and nobody else, does with a vignette that is out."""

import hashlib

from bot.desk import Desk
from bot.formulation.session import NOBODY
from bot.services.formulating import PROTOCOL, Opening
from bot.ui import forms as session_forms
from bot.ui import vignette_forms as forms
from bot.ui import vignettes
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.control import Control
from bot.ui.parts import Modal
from bot.ui.router import TextHeld
from bot.ui.verbs import Verb
from bot.vignettes import acts
from cogs.vignette.clicks import VignetteClicks, may


class Authoring(VignetteClicks):
    """Handlers for the author."""

    async def answer(self, request: Request) -> Answer:
        act = acts.Answer(request.control.argument, request.text("text"), self._desk.vignettes.slot())
        return await self._more(request, await self._act(request, act))

    async def go_on(self, request: Request) -> Answer:
        slot = self._desk.vignettes.slot()
        act = acts.Continue(request.control.opening or "", request.text("text"), slot)
        await self._act(request, act)
        return self._thanks(request, "author-continue-done")

    async def rewrite(self, request: Request) -> Answer:
        text = forms.text_of(request.fields)
        # The fields were looked through apart; what stands across both is found only in the whole.
        group = request.standing.own_group
        language = self._desk.library_for(request).language
        whole = await self._desk.screening.findings([text], language, group.token, request.caller.user)
        if whole.blocks:
            raise TextHeld(whole)
        await self._act(request, acts.Rewrite(text, self._desk.vignettes.slot()))
        return self._thanks(request, "author-rewrite-done")

    async def close(self, request: Request) -> Answer:
        library = self._desk.library_for(request)
        control = Control(request.control.token, "v-close-now")
        return Private(vignettes.asked_first("close-ask", control, self._vignette(request), library))

    async def close_now(self, request: Request) -> Answer:
        await self._act(request, acts.Close())
        return self._thanks(request, "close-done")

    async def withdraw(self, request: Request) -> Answer:
        library = self._desk.library_for(request)
        return Private(vignettes.withdraw(self._vignette(request), library))

    async def withdraw_now(self, request: Request) -> Answer:
        at_once = request.control.argument == "at-once"
        await self._desk.vignettes.withdraw(request.control.token, at_once=at_once)
        return self._thanks(request, "withdraw-done-at-once" if at_once else "withdraw-done")

    async def formulate(self, request: Request) -> Answer:
        return Private(vignettes.formulate(self._vignette(request), self._desk.library_for(request)))

    async def slow(self, request: Request) -> Answer:
        """In writing: the alias stays, and the author presents without being seen to."""
        vignette = self._vignette(request)
        await self._desk.vignettes.not_stopped(request.standing.own_group, request.caller.user)
        opening = Opening(
            token=await self._desk.vignettes.session_token(vignette),
            title=vignette.title,
            question=vignette.question or self._desk.library_for(request).texts("vignette-no-question"),
            account=vignette.text,
            protocol=PROTOCOL,
            mode="slow",
            minutes=0,
            facilitator=None,
            alias=vignette.alias,
            vignette=vignette.token,
        )
        await self._desk.formulating.start(opening, request.standing.own_group, NOBODY)
        return self._thanks(request, "vignette-slow-done", alias=vignette.alias)

    async def live(self, request: Request) -> Answer:
        """By name: in a call whoever presents is heard, and whoever keeps silent is known by that."""
        opening = session_forms.opening_in(request.fields, _session_token(request), PROTOCOL)
        await self._desk.formulating.start(opening, request.standing.own_group, request.caller.user)
        return self._thanks(request, "start-done", mode=opening.mode)

    # Their forms

    def form_live(self, request: Request, filled: Fields) -> Modal:
        library = self._desk.library_for(request)
        vignette = self._vignette(request)
        before: Fields = {
            "title": vignette.title,
            "question": vignette.question,
            "account": vignette.text[: session_forms.MOST_ACCOUNT],
        }
        return session_forms.start(library, library.protocol(PROTOCOL), {**before, **filled})

    def form_answer(self, request: Request, filled: Fields) -> Modal:
        return forms.one_text(self._desk.library_for(request).texts, "author-answer", filled)

    def form_continue(self, request: Request, filled: Fields) -> Modal:
        return forms.one_text(self._desk.library_for(request).texts, "author-continue", filled)

    def form_rewrite(self, request: Request, filled: Fields) -> Modal:
        texts = self._desk.library_for(request).texts
        vignette = self._vignette(request)
        return forms.rewrite(texts, vignette.new_text or vignette.text, filled)


def _session_token(request: Request) -> str:
    """One session of each form, however often it is sent; nothing in it leads back to the vignette."""
    return hashlib.sha256((request.control.opening or "").encode()).hexdigest()[:16]


def verbs(desk: Desk) -> list[Verb]:
    """The controls of the author."""
    clicks = Authoring(desk)
    return [
        Verb("v-answer", may(acts.Answer), form=clicks.form_answer, submit=clicks.answer, checked=("text",)),
        Verb(
            "v-continue",
            may(acts.Continue),
            form=clicks.form_continue,
            submit=clicks.go_on,
            checked=("text",),
        ),
        Verb(
            "v-rewrite",
            may(acts.Rewrite),
            form=clicks.form_rewrite,
            submit=clicks.rewrite,
            checked=("text", "more"),
        ),
        Verb("v-close", may(acts.Close), press=clicks.close),
        Verb("v-close-now", may(acts.Close), press=clicks.close_now),
        Verb("v-withdraw", "author", press=clicks.withdraw),
        Verb("v-withdraw-now", "author", press=clicks.withdraw_now),
        Verb("v-formulate", "author", press=clicks.formulate),
        Verb("v-slow", "author", press=clicks.slow),
        Verb(
            "v-live",
            "author",
            form=clicks.form_live,
            submit=clicks.live,
            checked=("title", "question", "account"),
            begins_session=True,
        ),
    ]
