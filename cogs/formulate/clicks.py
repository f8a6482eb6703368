"""What all handlers of a session's controls stand on: one act each, then the screen that follows from it."""

from bot.content.library import Library
from bot.content.models import Mechanism
from bot.desk import Desk
from bot.formulation.acts import RULES, Act
from bot.formulation.session import Person, Session
from bot.refusal import Refusal
from bot.services.access import Who
from bot.storage.sessions import Stored
from bot.ui import notices, private
from bot.ui.answers import Answer, Private, Request


def may(act: type[Act]) -> Who:
    """Whoever the act's own rule names."""
    return RULES[act].who


class Clicks:
    """Handlers of one session's controls."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _library(self, request: Request) -> Library:
        return self._desk.library_for(request)

    def _session(self, request: Request) -> Session:
        return request.standing.session.session

    def _person(self, request: Request, stored: Stored) -> Person:
        person = stored.session.person(request.standing.actor)
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
        return await self._desk.formulating.act(request.control.token, act, request.standing.actor)

    def _thanks(self, request: Request, key: str, **values: str | int) -> Private:
        return Private(notices.sentence(self._library(request).texts(key, **values)))

    async def _mine(self, request: Request, stored: Stored) -> Answer:
        drafts = await self._desk.drafts.of(request.caller.user, stored.session.group)
        person = self._person(request, stored)
        unreached = person.nudge and await self._desk.formulating.unreached(stored.session, person)
        view = private.mine(
            stored.session, person, self._library(request), stored.purge_at, drafts, unreached=unreached
        )
        return Private(view)
