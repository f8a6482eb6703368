"""From a delivery row to what it comes to now: the session is read at the moment of sending."""

import asyncio
from collections.abc import Callable

from bot.content.library import Library
from bot.delivery.wishes import NotYet, Picture, Post, PrivateThread, Removal, ThreadGuest, Wish, Withdrawn
from bot.documents.render import Printer
from bot.formulation.session import Session
from bot.services.formulating import FormulatingService
from bot.services.papers import chart_of, revealed_of
from bot.storage.deliveries import Delivery
from bot.storage.groups import Group
from bot.storage.sessions import Stored
from bot.ui import posts
from bot.ui.parts import View


class Wishes:
    """Draws what delivery sends."""

    def __init__(
        self,
        formulating: FormulatingService,
        library_of: Callable[[Session], Library],
        printer: Callable[[], Printer],
    ) -> None:
        self._formulating = formulating
        self._library_of = library_of
        self._printer = printer

    async def wish_for(self, row: Delivery) -> Wish:
        """What the row comes to."""
        if row.kind == "removal":
            return Removal(row.channel_id or 0, row.message_id)
        found = await self._formulating.load(row.subject)
        if found is None:
            return Withdrawn()
        stored, group = found
        library = self._library_of(stored.session)
        session = stored.session
        match row.kind:
            case "thread":
                return PrivateThread(group.channel_id, library.texts("thread-name"))
            case "invitation":
                return Post(group.channel_id, posts.invitation(session, library), carries_session=False)
            case "stranded":
                return self._stranded(session, group, library)
            case _:
                return await self._in_thread(row, stored, library)

    def _stranded(self, session: Session, group: Group, library: Library) -> Wish:
        facilitator = session.holder("facilitator")
        rouses = facilitator.user if facilitator is not None else None
        return Post(group.channel_id, posts.stranded(session, library), rouses=rouses, carries_session=False)

    async def _in_thread(self, row: Delivery, stored: Stored, library: Library) -> Wish:
        session, thread_id = stored.session, stored.thread_id
        if thread_id is None:
            return NotYet()
        if row.kind == "member":
            person = next((each for each in session.people if each.key == row.ref), None)
            return ThreadGuest(thread_id, person.user) if person is not None else Withdrawn()
        if row.kind == "board":
            return Post(thread_id, posts.board(session, library, stored.purge_at), stays_fresh=True)
        if row.kind == "reveal":
            return await self._reveal(session, thread_id, library)
        view = _view(row, session, library)
        return Post(thread_id, view) if view is not None else Withdrawn()

    async def _reveal(self, session: Session, thread_id: int, library: Library) -> Wish:
        shown = revealed_of(session, library)
        chart = chart_of(shown, library) if shown is not None else None
        if chart is None:
            return Post(thread_id, posts.reveal(session, library))
        content = await asyncio.to_thread(self._printer().chart_png, chart)
        return Post(thread_id, posts.reveal(session, library), (Picture(posts.CHART_NAME, content),))


def _view(row: Delivery, session: Session, library: Library) -> View | None:
    if row.kind == "question":
        return posts.question(session, library)
    if row.kind == "account" and session.account is not None:
        return posts.account(session, library)
    if row.kind == "fact":
        asked = next((fact for fact in session.facts if fact.key == row.ref), None)
        return posts.fact(session, asked, library) if asked is not None else None
    if row.kind == "observations":
        return posts.observations(session, int(row.ref), library)
    if row.kind == "answer" and session.answer is not None:
        return posts.answer(session, library)
    if row.kind == "closing":
        return posts.closing(session, library)
    return None
