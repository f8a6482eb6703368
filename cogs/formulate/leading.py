"""The facilitator's panel, and who may take it over."""

from bot.desk import Desk
from bot.formulation import acts
from bot.refusal import Refusal
from bot.storage.sessions import Stored
from bot.ui import panel
from bot.ui.answers import Answer, Private, Request
from bot.ui.verbs import Verb
from cogs.formulate.clicks import Clicks, may


class Leading(Clicks):
    """Handlers for the facilitator."""

    def _panel(self, request: Request, stored: Stored, note: str | None = None) -> Answer:
        return Private(panel.panel(stored.session, self._library(request), note))

    async def panel(self, request: Request) -> Answer:
        stored, library = request.standing.session, self._library(request)
        session = stored.session
        if self._person(request, stored).role == "facilitator":
            return self._panel(request, await self._act(request, acts.SignOfLife()))
        if session.status == "open" and (
            session.holder("facilitator") is None or self._desk.formulating.facilitator_is_gone(session)
        ):
            return Private(panel.take_over(session, library))
        raise Refusal("only-facilitator")

    async def facilitate(self, request: Request) -> Answer:
        stored = await self._act(request, acts.Facilitate(self._desk.ground.chance.token()))
        return self._panel(request, stored)

    async def next(self, request: Request) -> Answer:
        return self._panel(request, await self._act(request, acts.Next(request.control.argument)))

    async def more_time(self, request: Request) -> Answer:
        before = self._session(request)
        stored = await self._act(request, acts.MoreTime(request.control.argument))
        said = None
        if stored.session.extra_seconds > before.extra_seconds:
            left = self._desk.formulating.minutes_given(stored.session)
            said = self._library(request).texts("more-time-done", minutes=left)
        return self._panel(request, stored, said)

    async def pause(self, request: Request) -> Answer:
        stored = await self._act(request, acts.Pause(on=request.control.argument == "on"))
        return self._panel(request, stored)

    async def more(self, request: Request) -> Answer:
        now = self._desk.ground.clock.seconds()
        return Private(panel.more(self._session(request), now, self._library(request)))

    async def go_back(self, request: Request) -> Answer:
        return self._panel(request, await self._act(request, acts.GoBack(request.control.argument)))

    async def skip(self, request: Request) -> Answer:
        return self._panel(request, await self._act(request, acts.Skip(request.control.argument)))

    async def make_room(self, request: Request) -> Answer:
        return self._panel(request, await self._act(request, acts.MakeRoom()))

    async def move_date(self, request: Request) -> Answer:
        due_at = request.first_chosen()
        if not due_at.isdigit():
            raise Refusal("control-stale")
        stored = await self._act(request, acts.MoveDate(request.control.argument, int(due_at)))
        return self._panel(request, stored)

    async def hand_over(self, request: Request) -> Answer:
        user = request.first_chosen()
        if not user.isdigit():
            raise Refusal("control-stale")
        await self._act(request, acts.HandOver(int(user)))
        return self._thanks(request, "handed-over", facilitator=f"<@{user}>")

    async def end(self, request: Request) -> Answer:
        return Private(panel.end_question(self._session(request), self._library(request)))

    async def end_now(self, request: Request) -> Answer:
        stored = await self._act(request, acts.End(handout=request.control.argument != "bare"))
        return await self._mine(request, stored)


def verbs(desk: Desk) -> list[Verb]:
    """The controls of the facilitator; the panel's own button is everyone's, in case it must pass on."""
    clicks = Leading(desk)
    return [
        Verb("facilitate", may(acts.Facilitate), press=clicks.facilitate, begins_session=True),
        Verb("panel", "member", press=clicks.panel, begins_session=True),
        Verb("panel-more", "facilitator", press=clicks.more),
        Verb("next", may(acts.Next), press=clicks.next),
        Verb("more-time", may(acts.MoreTime), press=clicks.more_time),
        Verb("pause", "facilitator", press=clicks.pause),
        Verb("go-back", may(acts.GoBack), press=clicks.go_back),
        Verb("skip-step", may(acts.Skip), press=clicks.skip),
        Verb("make-room", may(acts.MakeRoom), press=clicks.make_room),
        Verb("move-date", may(acts.MoveDate), press=clicks.move_date),
        Verb("hand-over", may(acts.HandOver), press=clicks.hand_over),
        Verb("end", may(acts.End), press=clicks.end),
        Verb("end-now", may(acts.End), press=clicks.end_now),
    ]
