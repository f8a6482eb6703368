"""What people bring to a session: the case, facts, lines, the presenter's notes."""

from bot.desk import Desk
from bot.formulation import acts
from bot.refusal import Refusal
from bot.services.formulating import PROTOCOL
from bot.ui import forms, private
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.parts import Modal
from bot.ui.verbs import Verb
from cogs.formulate.clicks import Clicks, may


class Giving(Clicks):
    """Handlers of what is told, asked and added."""

    async def start(self, request: Request) -> Answer:
        protocol = request.control.argument or PROTOCOL
        opening = forms.opening_in(request.fields, request.control.token, protocol)
        await self._desk.formulating.start(opening, request.standing.own_group, request.caller.user)
        return self._thanks(request, "start-done", mode=opening.mode)

    async def tell(self, request: Request) -> Answer:
        stored = await self._act(request, acts.Tell(request.text("account")))
        return self._thanks(request, "answer-done" if stored.session.told else "told-done")

    async def ask(self, request: Request) -> Answer:
        # The form's own opening is the question's key: a form that is sent twice asks once.
        await self._act(request, acts.Ask(request.control.opening or "", request.text("question")))
        return self._thanks(request, "asked-done")

    async def reply(self, request: Request) -> Answer:
        await self._act(request, acts.Reply(request.control.argument, request.text("answer")))
        return self._thanks(request, "reply-done")

    async def restate(self, request: Request) -> Answer:
        await self._act(request, acts.Restate(request.text("question")))
        return self._thanks(request, "answer-done")

    async def ways(self, request: Request) -> Answer:
        return Private(private.ways(self._session(request), self._library(request)))

    async def way(self, request: Request) -> Answer:
        stored = await self._act(request, acts.ChooseWay(request.first_chosen()))
        if stored.session.step != self._session(request).step:
            return self._thanks(request, "answer-done")
        return Private(private.ways(stored.session, self._library(request)))

    async def contribute(self, request: Request) -> Answer:
        act = acts.Contribute(request.control.opening or "", request.text("text"))
        stored = await self._act(request, act)
        person = self._person(request, stored)
        return Private(private.contributed(stored.session, person, self._library(request)))

    async def note(self, request: Request) -> Answer:
        stored = await self._act(request, acts.TakeNote(request.text("note")))
        return await self._mine(request, stored)

    # Their forms, which begin with what is there already

    def form_start(self, request: Request, filled: Fields) -> Modal:
        library = self._library(request)
        wanted = request.control.argument or PROTOCOL
        protocol = next((each for each in library.protocols if each.id == wanted), None)
        if protocol is None:
            raise Refusal("protocol-unknown")
        return forms.start(library, protocol, filled)

    def form_tell(self, request: Request, filled: Fields) -> Modal:
        return forms.tell(self._session(request), self._library(request).texts, filled)

    def form_ask(self, request: Request, filled: Fields) -> Modal:
        return forms.ask(self._library(request).texts, filled)

    def form_reply(self, request: Request, filled: Fields) -> Modal:
        session, texts = self._session(request), self._library(request).texts
        return forms.reply(session, request.control.argument, texts, filled)

    def form_restate(self, request: Request, filled: Fields) -> Modal:
        session = self._session(request)
        step = self._desk.formulating.script_of(session).step(session)
        return forms.restate(session, step, self._library(request).texts, filled)

    def form_contribute(self, request: Request, filled: Fields) -> Modal:
        session = self._session(request)
        script = self._desk.formulating.script_of(session)
        step = script.step(session)
        return forms.contribute(step, script.way(session, step), filled)

    def form_note(self, request: Request, filled: Fields) -> Modal:
        return forms.private_note(self._session(request), self._library(request).texts, filled)


def verbs(desk: Desk) -> list[Verb]:
    """The controls of what is brought."""
    clicks = Giving(desk)
    return [
        Verb(
            "start",
            "colleague",
            form=clicks.form_start,
            submit=clicks.start,
            checked=("title", "question", "account"),
            about_session=False,
            begins_session=True,
        ),
        Verb("tell", may(acts.Tell), form=clicks.form_tell, submit=clicks.tell, checked=("account",)),
        Verb("ask", may(acts.Ask), form=clicks.form_ask, submit=clicks.ask, checked=("question",)),
        Verb("reply", may(acts.Reply), form=clicks.form_reply, submit=clicks.reply, checked=("answer",)),
        Verb(
            "restate",
            may(acts.Restate),
            form=clicks.form_restate,
            submit=clicks.restate,
            checked=("question",),
        ),
        Verb("ways", may(acts.ChooseWay), press=clicks.ways),
        Verb("way", may(acts.ChooseWay), press=clicks.way),
        Verb(
            "contribute",
            may(acts.Contribute),
            form=clicks.form_contribute,
            submit=clicks.contribute,
            checked=("text",),
        ),
        Verb("note", may(acts.TakeNote), form=clicks.form_note, submit=clicks.note, checked=("note",)),
    ]
