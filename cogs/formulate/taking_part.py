"""Coming in and stepping out, one's own part, and the brakes that anyone has."""

from bot.desk import Desk
from bot.formulation import acts
from bot.ui import private
from bot.ui.answers import Answer, Private, Request
from bot.ui.verbs import Verb
from cogs.formulate.clicks import Clicks, may


class TakingPart(Clicks):
    """Handlers for everyone in a session, and for those before its door."""

    async def join(self, request: Request) -> Answer:
        stored = request.standing.session
        if stored.session.status == "open" and stored.session.person(request.caller.user) is None:
            return Private(private.before_coming_in(stored.session, self._library(request)))
        return await self.enter(request)

    async def enter(self, request: Request) -> Answer:
        stored = await self._act(request, acts.Join(self._desk.ground.chance.token()))
        person = self._person(request, stored)
        return Private(private.joined(stored.session, person, stored.thread_id, self._library(request)))

    async def leave(self, request: Request) -> Answer:
        return Private(private.leave_question(self._session(request), self._library(request)))

    async def step_out(self, request: Request) -> Answer:
        was_in = self._session(request).person(request.caller.user) is not None
        await self._act(request, acts.StepOut())
        return self._thanks(request, "left-done" if was_in else "passed-done")

    async def mine(self, request: Request) -> Answer:
        return await self._mine(request, request.standing.session)

    async def slower(self, request: Request) -> Answer:
        await self._act(request, acts.SlowDown(request.control.argument))
        return self._thanks(request, "slower-done")

    async def own_words(self, request: Request) -> Answer:
        stored = request.standing.session
        person = self._person(request, stored)
        return Private(private.own_words(stored.session, person, self._library(request)))

    async def take_back(self, request: Request) -> Answer:
        stored = await self._act(request, acts.TakeBack(request.first_chosen()))
        person = self._person(request, stored)
        return Private(private.own_words(stored.session, person, self._library(request)))

    async def nudge(self, request: Request) -> Answer:
        stored = await self._act(request, acts.WantNudge(on=request.control.argument == "on"))
        return await self._mine(request, stored)

    async def done_here(self, request: Request) -> Answer:
        stored = await self._act(request, acts.DoneHere(request.control.argument))
        moved_on = stored.session.step != self._session(request).step
        return self._thanks(request, "done-here-all" if moved_on else "done-here")


def verbs(desk: Desk) -> list[Verb]:
    """The controls of everyone."""
    clicks = TakingPart(desk)
    return [
        Verb("join", may(acts.Join), press=clicks.join, begins_session=True),
        Verb("enter", may(acts.Join), press=clicks.enter, begins_session=True),
        Verb("leave", "member", press=clicks.leave),
        Verb("step-out", may(acts.StepOut), press=clicks.step_out),
        Verb("mine", "member", press=clicks.mine, begins_session=True),
        Verb("slower", may(acts.SlowDown), press=clicks.slower),
        Verb("own-words", may(acts.TakeBack), press=clicks.own_words),
        Verb("take-back", may(acts.TakeBack), press=clicks.take_back),
        Verb("nudge", may(acts.WantNudge), press=clicks.nudge),
        Verb("done-here", may(acts.DoneHere), press=clicks.done_here),
    ]
