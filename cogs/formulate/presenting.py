"""The presenter's brakes and last mile, and everyone's goodbye."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.delivery.wishes import Picture
from bot.desk import Desk
from bot.documents.markdown import handout_markdown
from bot.formulation import acts
from bot.refusal import Refusal
from bot.services.commitments import commitment_token
from bot.services.papers import alternative_text, chart_of, handout_of, revealed_of
from bot.ui import forms, last_mile, posts, private
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.parts import Modal
from bot.ui.verbs import Verb
from cogs.formulate.clicks import Clicks, may


class Presenting(Clicks):
    """Handlers for the presenter, from their brakes to their handout."""

    async def brake(self, request: Request) -> Answer:
        stored = await self._act(request, acts.Pause(on=request.control.argument == "on"))
        return await self._mine(request, stored)

    async def present(self, request: Request) -> Answer:
        """The presenter's part, for one who is known by an alias and may be in the thread as a member."""
        return await self._mine(request, request.standing.session)

    async def stop(self, request: Request) -> Answer:
        return Private(private.stop_question(self._session(request), self._library(request)))

    async def stop_now(self, request: Request) -> Answer:
        await self._act(request, acts.TakeCaseBack())
        return self._thanks(request, "stop-done")

    async def aside(self, request: Request) -> Answer:
        page = request.control.argument
        return self._aside(request, int(page) if page.isdigit() else 0)

    def _aside(self, request: Request, page: int) -> Answer:
        session, library = self._session(request), self._library(request)
        lines = self._desk.formulating.lines_in_sight(session)
        return Private(private.aside(session, lines, page, library))

    async def aside_line(self, request: Request) -> Answer:
        await self._act(request, acts.SetAside(request.first_chosen()))
        return self._thanks(request, "aside-done")

    async def aside_topic(self, request: Request) -> Answer:
        await self._act(request, acts.SetTopicAside(request.control.argument))
        return self._thanks(request, "aside-done")

    async def own_side(self, request: Request) -> Answer:
        stored = await self._act(request, acts.AllowOwnSide(allowed=request.control.argument == "yes"))
        return await self._mine(request, stored)

    async def own_chart(self, request: Request) -> Answer:
        session, library = self._session(request), self._library(request)
        shown = revealed_of(session, library)
        chart = chart_of(shown, library, session.own_fits) if shown is not None else None
        if shown is None or chart is None:
            raise Refusal("no-figures")
        content = await asyncio.to_thread(self._desk.printer.chart_png, chart)
        view = private.own_chart(alternative_text(shown, library), library)
        return Private(view, (Picture(posts.CHART_NAME, content),), in_place=False)

    async def respond(self, request: Request) -> Answer:
        chosen = request.chosen("fits")
        named = [each for each in chosen if each not in (forms.SOMETHING_ELSE, forms.NONE_OF_THESE)]
        if forms.NONE_OF_THESE in chosen and named:
            raise Refusal("none-and-some")
        act = acts.Respond(
            fits=tuple(named),
            something_else=forms.SOMETHING_ELSE in chosen,
            text=request.text("text"),
        )
        await self._act(request, act)
        return self._thanks(request, "answer-done")

    async def step(self, request: Request) -> Answer:
        session, library = self._session(request), self._library(request)
        if session.outcome is None:
            return Private(last_mile.warning(session, library))
        return Private(last_mile.steps(session, library))

    async def steps(self, request: Request) -> Answer:
        return Private(last_mile.steps(self._session(request), self._library(request)))

    async def beyond_peers(self, request: Request) -> Answer:
        return Private(last_mile.beyond_peers(self._session(request), self._library(request)))

    async def strategy(self, request: Request) -> Answer:
        library = self._library(request)
        wanted = request.first_chosen()
        if all(each.id != wanted for each in library.strategies):
            raise Refusal("control-stale")
        return Private(last_mile.strategy(self._session(request), library.strategy(wanted), library))

    async def decide(self, request: Request) -> Answer:
        act = acts.Decide("plan", request.control.argument, request.text("cue"), request.text("action"))
        return await self._decided(request, act)

    async def ask_client(self, request: Request) -> Answer:
        return await self._decided(request, acts.Decide("ask", question=request.text("question")))

    async def outcome(self, request: Request) -> Answer:
        match request.control.argument:
            case "receive" | "watch" | "consult" as kind:
                return await self._decided(request, acts.Decide(kind))
            case _:
                raise Refusal("control-stale")

    async def _decided(self, request: Request, act: acts.Decide) -> Answer:
        stored = await self._act(request, act)
        kept = await self._desk.commitments.load(commitment_token(stored.session.token))
        plan = kept[0] if kept is not None else None
        habits = None
        if plan is not None:
            habits = await self._desk.reminders.habits(request.standing.own_group, plan.user)
        now = self._desk.ground.clock.seconds()
        return Private(last_mile.decided(stored.session, plan, habits, now, self._library(request)))

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
        session = stored.session
        if session.status == "open":
            raise Refusal("handout-later")
        if session.taken_back:
            raise Refusal("handout-taken-back")
        if session.handout_withheld:
            raise Refusal("handout-withheld")
        zone = ZoneInfo(request.standing.own_group.zone)
        purge_day = datetime.fromtimestamp(stored.purge_at, UTC).astimezone(zone).date()
        paper = handout_of(session, library, purge_day)
        pdf = await asyncio.to_thread(self._desk.printer.handout_pdf, paper)
        markdown = handout_markdown(paper).encode()
        pictures = (Picture("handout.pdf", pdf), Picture("handout.md", markdown))
        view = private.handout(library, [picture.name for picture in pictures])
        return Private(view, pictures, in_place=False)

    # Their forms

    def form_respond(self, request: Request, filled: Fields) -> Modal:
        session = self._session(request)
        rated = self._desk.formulating.script_of(session).rates
        return forms.respond(session, self._library(request), filled, rated=rated)

    def form_decide(self, request: Request, filled: Fields) -> Modal:
        return forms.decide(self._session(request), self._library(request).texts, filled)

    def form_ask_client(self, request: Request, filled: Fields) -> Modal:
        return forms.ask_client(self._session(request), self._library(request).texts, filled)

    def form_goodbye(self, request: Request, filled: Fields) -> Modal:
        return forms.goodbye(self._library(request).texts, filled)


def verbs(desk: Desk) -> list[Verb]:
    """The controls of the presenter, and the goodbye."""
    clicks = Presenting(desk)
    return [
        Verb("brake", "presenter", press=clicks.brake),
        Verb("present", "presenter", press=clicks.present),
        Verb("stop", may(acts.TakeCaseBack), press=clicks.stop),
        Verb("stop-now", may(acts.TakeCaseBack), press=clicks.stop_now),
        Verb("aside", may(acts.SetAside), press=clicks.aside),
        Verb("aside-line", may(acts.SetAside), press=clicks.aside_line),
        Verb("aside-topic", may(acts.SetTopicAside), press=clicks.aside_topic),
        Verb("own-side", may(acts.AllowOwnSide), press=clicks.own_side),
        Verb("own-chart", "presenter", press=clicks.own_chart),
        Verb(
            "respond", may(acts.Respond), form=clicks.form_respond, submit=clicks.respond, checked=("text",)
        ),
        Verb("step", may(acts.Decide), press=clicks.step),
        Verb("steps", may(acts.Decide), press=clicks.steps),
        Verb("beyond-peers", may(acts.Decide), press=clicks.beyond_peers),
        Verb("strategy", may(acts.Decide), press=clicks.strategy),
        Verb(
            "decide",
            may(acts.Decide),
            form=clicks.form_decide,
            submit=clicks.decide,
            checked=("cue", "action"),
        ),
        Verb(
            "ask-client",
            may(acts.Decide),
            form=clicks.form_ask_client,
            submit=clicks.ask_client,
            checked=("question",),
        ),
        Verb("outcome", may(acts.Decide), press=clicks.outcome),
        Verb(
            "goodbye",
            may(acts.SayGoodbye),
            form=clicks.form_goodbye,
            submit=clicks.goodbye,
            checked=("word",),
        ),
        Verb("handout", "presenter", press=clicks.handout),
    ]
