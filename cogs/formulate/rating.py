"""The private ratings: a member's cards, the presenter's own, the second look."""

from bot.desk import Desk
from bot.formulation import acts
from bot.formulation.session import Evidence
from bot.storage.sessions import Stored
from bot.ui import forms, rating
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.parts import Modal
from bot.ui.verbs import Verb
from cogs.formulate.clicks import Clicks, may


class Rating(Clicks):
    """Handlers of the cards."""

    def _walk(self, request: Request, stored: Stored, after: str | None = None) -> Answer:
        person = self._person(request, stored)
        return Private(rating.next_of_walk(stored.session, person, self._library(request), after))

    async def walk(self, request: Request) -> Answer:
        return self._walk(request, request.standing.session)

    async def idea(self, request: Request) -> Answer:
        return Private(rating.idea(self._session(request), self._library(request)))

    async def suppose(self, request: Request) -> Answer:
        return self._walk(request, await self._act(request, acts.Suppose(request.text("idea"))))

    async def skip(self, request: Request) -> Answer:
        return self._walk(request, await self._act(request, acts.Suppose("")))

    async def card(self, request: Request) -> Answer:
        stored, library = request.standing.session, self._library(request)
        mechanism = self._mechanism(library, request.control.argument or request.first_chosen())
        return Private(rating.card(stored.session, self._person(request, stored), mechanism, library))

    async def rate(self, request: Request) -> Answer:
        mechanism, fit = _fit_in(request.control.argument)
        return self._walk(request, await self._act(request, acts.Rate(mechanism, fit)), mechanism)

    async def more(self, request: Request) -> Answer:
        library = self._library(request)
        mechanism = self._mechanism(library, request.control.argument)
        own = request.control.verb == "own-more"
        return Private(rating.more(self._session(request), mechanism, library, own=own))

    async def observe(self, request: Request) -> Answer:
        speaks_for = forms.observed_for(request.standing.session.session.exhibits, request.fields)
        act = acts.Observe(request.control.argument, speaks_for, request.text("against"))
        return self._summary(request, await self._act(request, act))

    async def finish(self, request: Request) -> Answer:
        stored = await self._act(request, acts.FinishWalk())
        if stored.session.reveal is not None:
            # In slow mode the last who is done brings the reveal about.
            return self._thanks(request, "done-here-all")
        return self._summary(request, stored)

    def _summary(self, request: Request, stored: Stored) -> Answer:
        person = self._person(request, stored)
        return Private(rating.summary(stored.session, person, self._library(request)))

    # The presenter, for themselves

    async def own(self, request: Request) -> Answer:
        stored = request.standing.session
        person = self._person(request, stored)
        return Private(rating.next_own_card(stored.session, person, self._library(request)))

    async def own_card(self, request: Request) -> Answer:
        stored, library = request.standing.session, self._library(request)
        mechanism = self._mechanism(library, request.control.argument or request.first_chosen())
        return Private(rating.own_card(stored.session, self._person(request, stored), mechanism, library))

    async def rate_own(self, request: Request) -> Answer:
        mechanism, fit = _fit_in(request.control.argument)
        stored = await self._act(request, acts.RateForMyself(mechanism, fit))
        person = self._person(request, stored)
        return Private(rating.next_own_card(stored.session, person, self._library(request), mechanism))

    # The second look

    async def again(self, request: Request) -> Answer:
        return self._again(request, request.standing.session)

    def _again(self, request: Request, stored: Stored) -> Answer:
        person = self._person(request, stored)
        return Private(rating.again(stored.session, person, self._library(request)))

    async def again_card(self, request: Request) -> Answer:
        stored, library = request.standing.session, self._library(request)
        mechanism = self._mechanism(library, request.first_chosen())
        return Private(rating.again_card(stored.session, self._person(request, stored), mechanism, library))

    async def rate_again(self, request: Request) -> Answer:
        mechanism, fit = _fit_in(request.control.argument)
        return self._again(request, await self._act(request, acts.RateAgain(mechanism, fit)))

    # Their forms

    def form_suppose(self, request: Request, filled: Fields) -> Modal:
        stored = request.standing.session
        idea = stored.session.walk(self._person(request, stored)).idea
        return forms.suppose(idea, self._library(request).texts, filled)

    def form_observe(self, request: Request, filled: Fields) -> Modal:
        stored, library = request.standing.session, self._library(request)
        mechanism = self._mechanism(library, request.control.argument)
        walk = stored.session.walk(self._person(request, stored))
        seen = walk.evidence.get(mechanism.id, Evidence(speaks_for="", speaks_against=""))
        return forms.observe(
            mechanism.name,
            seen.speaks_for,
            seen.speaks_against,
            stored.session.exhibits,
            library.texts,
            filled,
        )


def _fit_in(argument: str) -> tuple[str, int | None]:
    mechanism, _, value = argument.rpartition(".")
    return mechanism, int(value) if value.isdigit() else None


def verbs(desk: Desk) -> list[Verb]:
    """The controls of the cards."""
    clicks = Rating(desk)
    return [
        Verb("walk", may(acts.Rate), press=clicks.walk),
        Verb("idea", may(acts.Suppose), press=clicks.idea),
        Verb(
            "suppose", may(acts.Suppose), form=clicks.form_suppose, submit=clicks.suppose, checked=("idea",)
        ),
        Verb("skip", may(acts.Suppose), press=clicks.skip),
        Verb("card", may(acts.Rate), press=clicks.card),
        Verb("rate", may(acts.Rate), press=clicks.rate),
        Verb("more", may(acts.Rate), press=clicks.more),
        Verb(
            "observe",
            may(acts.Observe),
            form=clicks.form_observe,
            submit=clicks.observe,
            checked=("for", "against"),
        ),
        Verb("finish", may(acts.FinishWalk), press=clicks.finish),
        Verb("own", may(acts.RateForMyself), press=clicks.own),
        Verb("own-card", may(acts.RateForMyself), press=clicks.own_card),
        Verb("own-more", may(acts.RateForMyself), press=clicks.more),
        Verb("rate-own", may(acts.RateForMyself), press=clicks.rate_own),
        Verb("again", may(acts.RateAgain), press=clicks.again),
        Verb("again-card", may(acts.RateAgain), press=clicks.again_card),
        Verb("rate-again", may(acts.RateAgain), press=clicks.rate_again),
    ]
