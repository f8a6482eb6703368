"""What the buttons and forms of a session do: one act each, then the screen that follows from it."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.content.library import Library
from bot.content.models import Mechanism
from bot.delivery.wishes import Picture
from bot.desk import Desk
from bot.documents.markdown import handout_markdown
from bot.formulation import acts
from bot.formulation.acts import RULES, Act
from bot.formulation.session import Evidence, Person, Session
from bot.formulation.walk import following, order
from bot.refusal import Refusal
from bot.services.access import Who
from bot.services.formulating import PROTOCOL, Opening
from bot.services.papers import handout_of
from bot.storage.sessions import Stored
from bot.ui import forms, notices, private
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.parts import Modal
from bot.ui.verbs import Verb


class Clicks:
    """Handlers of one session's controls."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _library(self, request: Request) -> Library:
        return self._desk.library_for(request)

    def _person(self, request: Request, stored: Stored) -> Person:
        person = stored.session.person(request.caller.user)
        if person is None:
            raise Refusal("only-member")
        return person

    def _mechanism(self, library: Library, wanted: str) -> Mechanism:
        """The mechanism that a control names; it may be one of an older version of the texts."""
        found = next((each for each in library.mechanisms if each.id == wanted), None)
        if found is None:
            raise Refusal("control-stale")
        return found

    async def _act(self, request: Request, act: Act) -> Stored:
        return await self._desk.formulating.act(request.control.token, act, request.caller.user)

    def _thanks(self, request: Request, key: str) -> Private:
        return Private(notices.sentence(self._library(request).texts(key)))

    # Coming in, and one's own part

    async def join(self, request: Request) -> Answer:
        stored = await self._act(request, acts.Join(self._desk.ground.chance.token()))
        return Private(private.joined(stored.session, stored.thread_id, self._library(request)))

    async def facilitate(self, request: Request) -> Answer:
        stored = await self._act(request, acts.Facilitate(self._desk.ground.chance.token()))
        return Private(private.panel(stored.session, self._library(request)))

    async def mine(self, request: Request) -> Answer:
        return await self._mine(request, request.standing.session)

    async def _mine(self, request: Request, stored: Stored) -> Answer:
        drafts = await self._desk.drafts.of(request.caller.user, stored.session.group)
        person = self._person(request, stored)
        return Private(private.mine(stored.session, person, self._library(request), stored.purge_at, drafts))

    # The facilitator's panel

    async def panel(self, request: Request) -> Answer:
        return Private(private.panel(request.standing.session.session, self._library(request)))

    async def next(self, request: Request) -> Answer:
        act = acts.Next(request.control.argument, self._desk.ground.chance.token())
        stored = await self._act(request, act)
        return Private(private.panel(stored.session, self._library(request)))

    async def pause(self, request: Request) -> Answer:
        stored = await self._act(request, acts.Pause(on=request.control.argument == "on"))
        return Private(private.panel(stored.session, self._library(request)))

    async def end(self, request: Request) -> Answer:
        return Private(private.end_question(request.standing.session.session, self._library(request)))

    async def end_now(self, request: Request) -> Answer:
        stored = await self._act(request, acts.End())
        return await self._mine(request, stored)

    # The start, the telling, the facts

    async def start(self, request: Request) -> Answer:
        title, question = request.text("title"), request.text("question")
        minutes = request.text("minutes")
        if not title or not question or not minutes.isdigit():
            raise Refusal("start-empty")
        facilitator = next((int(user) for user in request.chosen("facilitator")), None)
        opening = Opening(
            token=request.control.token,
            title=" ".join(title.split()),
            question=question,
            account=request.text("account"),
            minutes=int(minutes),
            facilitator=facilitator,
        )
        await self._desk.formulating.start(opening, request.standing.own_group, request.caller.user)
        return self._thanks(request, "start-done")

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

    # The private ratings

    async def walk(self, request: Request) -> Answer:
        return self._walk(request, request.standing.session)

    def _walk(self, request: Request, stored: Stored, after: str | None = None) -> Answer:
        session, library = stored.session, self._library(request)
        person = self._person(request, stored)
        walk = session.walk(person)
        cards = order(library.mechanisms, person.key)
        if walk.idea is None:
            return Private(private.idea(session, library))
        open_card = following(cards, after or cards[-1], walk)
        if open_card is None:
            return Private(private.summary(session, person, library))
        return Private(private.card(session, person, library.mechanism(open_card), library))

    async def idea(self, request: Request) -> Answer:
        return Private(private.idea(request.standing.session.session, self._library(request)))

    async def suppose(self, request: Request) -> Answer:
        return self._walk(request, await self._act(request, acts.Suppose(request.text("idea"))))

    async def skip(self, request: Request) -> Answer:
        return self._walk(request, await self._act(request, acts.Suppose("")))

    async def card(self, request: Request) -> Answer:
        stored, library = request.standing.session, self._library(request)
        wanted = request.control.argument or next(iter(request.chosen("chosen")), "")
        return Private(
            private.card(
                stored.session, self._person(request, stored), self._mechanism(library, wanted), library
            )
        )

    async def rate(self, request: Request) -> Answer:
        mechanism, _, value = request.control.argument.rpartition(".")
        fit = int(value) if value.isdigit() else None
        stored = await self._act(request, acts.Rate(mechanism, fit))
        return self._walk(request, stored, mechanism)

    async def more(self, request: Request) -> Answer:
        library = self._library(request)
        session = request.standing.session.session
        return Private(private.more(session, self._mechanism(library, request.control.argument), library))

    async def observe(self, request: Request) -> Answer:
        act = acts.Observe(request.control.argument, request.text("for"), request.text("against"))
        stored = await self._act(request, act)
        return Private(private.summary(stored.session, self._person(request, stored), self._library(request)))

    async def finish(self, request: Request) -> Answer:
        stored = await self._act(request, acts.FinishWalk())
        return Private(private.summary(stored.session, self._person(request, stored), self._library(request)))

    # The presenter's end

    async def own_side(self, request: Request) -> Answer:
        stored = await self._act(request, acts.AllowOwnSide(allowed=request.control.argument == "yes"))
        return await self._mine(request, stored)

    async def respond(self, request: Request) -> Answer:
        chosen = request.chosen("fits")
        act = acts.Respond(
            fits=tuple(each for each in chosen if each != forms.SOMETHING_ELSE),
            something_else=forms.SOMETHING_ELSE in chosen,
            text=request.text("text"),
        )
        await self._act(request, act)
        return self._thanks(request, "answer-done")

    async def step(self, request: Request) -> Answer:
        return Private(private.steps(request.standing.session.session, self._library(request)))

    async def strategy(self, request: Request) -> Answer:
        library = self._library(request)
        wanted = next(iter(request.chosen("chosen")), "")
        if all(each.id != wanted for each in library.strategies):
            raise Refusal("control-stale")
        session = request.standing.session.session
        return Private(private.strategy(session, library.strategy(wanted), library))

    async def decide(self, request: Request) -> Answer:
        act = acts.Decide("plan", request.control.argument, request.text("cue"), request.text("action"))
        return await self._decided(request, act)

    async def outcome(self, request: Request) -> Answer:
        match request.control.argument:
            case "watch" | "ask" | "consult" as kind:
                return await self._decided(request, acts.Decide(kind))
            case _:
                raise Refusal("control-stale")

    async def _decided(self, request: Request, act: acts.Decide) -> Answer:
        stored = await self._act(request, act)
        return Private(private.decided(stored.session, self._library(request)))

    async def goodbye(self, request: Request) -> Answer:
        looked_after = request.text("looked-after")
        act = acts.SayGoodbye(
            word=" ".join(request.text("word").split()),
            looked_after=int(looked_after) if looked_after.isdigit() else None,
        )
        await self._act(request, act)
        return self._thanks(request, "goodbye-done")

    async def handout(self, request: Request) -> Answer:
        stored, library = request.standing.session, self._library(request)
        if stored.session.status == "open":
            raise Refusal("handout-later")
        zone = ZoneInfo(request.standing.own_group.zone)
        purge_day = datetime.fromtimestamp(stored.purge_at, UTC).astimezone(zone).date()
        paper = handout_of(stored.session, library, purge_day)
        pdf = await asyncio.to_thread(self._desk.printer.handout_pdf, paper)
        markdown = handout_markdown(paper).encode()
        pictures = (Picture("handout.pdf", pdf), Picture("handout.md", markdown))
        view = private.handout(library, [picture.name for picture in pictures])
        return Private(view, pictures, in_place=False)

    # Forms that begin with what is there already

    def form_start(self, request: Request, filled: Fields) -> Modal:
        library = self._library(request)
        return forms.start(library, library.protocol(PROTOCOL).lengths, filled)

    def form_tell(self, request: Request, filled: Fields) -> Modal:
        return forms.tell(self._session(request), self._library(request).texts, filled)

    def form_ask(self, request: Request, filled: Fields) -> Modal:
        return forms.ask(self._library(request).texts, filled)

    def form_reply(self, request: Request, filled: Fields) -> Modal:
        return forms.reply(
            self._session(request), request.control.argument, self._library(request).texts, filled
        )

    def form_suppose(self, request: Request, filled: Fields) -> Modal:
        stored = request.standing.session
        idea = stored.session.walk(self._person(request, stored)).idea
        return forms.suppose(idea, self._library(request).texts, filled)

    def form_observe(self, request: Request, filled: Fields) -> Modal:
        stored, library = request.standing.session, self._library(request)
        mechanism = self._mechanism(library, request.control.argument)
        walk = stored.session.walk(self._person(request, stored))
        seen = walk.evidence.get(mechanism.id, Evidence(speaks_for="", speaks_against=""))
        return forms.observe(mechanism.name, seen.speaks_for, seen.speaks_against, library.texts, filled)

    def form_respond(self, request: Request, filled: Fields) -> Modal:
        return forms.respond(self._session(request), self._library(request), filled)

    def form_decide(self, request: Request, filled: Fields) -> Modal:
        return forms.decide(self._session(request), self._library(request).texts, filled)

    def form_goodbye(self, request: Request, filled: Fields) -> Modal:
        return forms.goodbye(self._library(request).texts, filled)

    def _session(self, request: Request) -> Session:
        return request.standing.session.session


def _may(act: type[Act]) -> Who:
    return RULES[act].who


def verbs(desk: Desk) -> list[Verb]:
    """Every control of a session, with who may use it: for an act, whoever the act's own rule names."""
    clicks = Clicks(desk)
    return [
        Verb("join", _may(acts.Join), press=clicks.join),
        Verb("facilitate", _may(acts.Facilitate), press=clicks.facilitate),
        Verb("mine", "member", press=clicks.mine),
        Verb("panel", "facilitator", press=clicks.panel),
        Verb("next", _may(acts.Next), press=clicks.next),
        Verb("pause", _may(acts.Pause), press=clicks.pause),
        Verb("end", _may(acts.End), press=clicks.end),
        Verb("end-now", _may(acts.End), press=clicks.end_now),
        Verb(
            "start",
            "colleague",
            form=clicks.form_start,
            submit=clicks.start,
            checked=("title", "question", "account"),
            about_session=False,
        ),
        Verb("tell", _may(acts.Tell), form=clicks.form_tell, submit=clicks.tell, checked=("account",)),
        Verb("ask", _may(acts.Ask), form=clicks.form_ask, submit=clicks.ask, checked=("question",)),
        Verb("reply", _may(acts.Reply), form=clicks.form_reply, submit=clicks.reply, checked=("answer",)),
        Verb("walk", _may(acts.Rate), press=clicks.walk),
        Verb("idea", _may(acts.Suppose), press=clicks.idea),
        Verb(
            "suppose", _may(acts.Suppose), form=clicks.form_suppose, submit=clicks.suppose, checked=("idea",)
        ),
        Verb("skip", _may(acts.Suppose), press=clicks.skip),
        Verb("card", _may(acts.Rate), press=clicks.card),
        Verb("rate", _may(acts.Rate), press=clicks.rate),
        Verb("more", _may(acts.Rate), press=clicks.more),
        Verb(
            "observe",
            _may(acts.Observe),
            form=clicks.form_observe,
            submit=clicks.observe,
            checked=("for", "against"),
        ),
        Verb("finish", _may(acts.FinishWalk), press=clicks.finish),
        Verb("own-side", _may(acts.AllowOwnSide), press=clicks.own_side),
        Verb(
            "respond", _may(acts.Respond), form=clicks.form_respond, submit=clicks.respond, checked=("text",)
        ),
        Verb("step", _may(acts.Decide), press=clicks.step),
        Verb("strategy", _may(acts.Decide), press=clicks.strategy),
        Verb(
            "decide",
            _may(acts.Decide),
            form=clicks.form_decide,
            submit=clicks.decide,
            checked=("cue", "action"),
        ),
        Verb("outcome", _may(acts.Decide), press=clicks.outcome),
        Verb(
            "goodbye",
            _may(acts.SayGoodbye),
            form=clicks.form_goodbye,
            submit=clicks.goodbye,
            checked=("word",),
        ),
        Verb("handout", "presenter", press=clicks.handout),
    ]
