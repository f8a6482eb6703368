"""From a delivery row to what it comes to now: the session is read at the moment of sending."""

import asyncio
from collections.abc import Callable

from bot.content.library import Library
from bot.delivery.wishes import (
    DirectPost,
    NotYet,
    Picture,
    Post,
    PrivateThread,
    Removal,
    ThreadGuest,
    Wish,
    Withdrawn,
)
from bot.documents.models import Chart
from bot.documents.render import Printer
from bot.formulation.posts import posts as posts_of
from bot.formulation.session import Session
from bot.services.cases import CaseService
from bot.services.formulating import FormulatingService
from bot.services.ground import Ground
from bot.services.papers import change_chart_of, chart_of, revealed_of, script_of
from bot.services.vignettes import VignetteService
from bot.storage.deliveries import Delivery
from bot.storage.groups import Group
from bot.storage.sessions import Stored
from bot.ui import posts
from bot.ui.case_wishes import CASE_KINDS, CaseWishes
from bot.ui.note_wishes import NOTE_KINDS, NoteWishes
from bot.ui.parts import View
from bot.ui.vignette_wishes import VIGNETTE_KINDS, VignetteWishes


class Wishes:
    """Draws what delivery sends."""

    def __init__(
        self,
        formulating: FormulatingService,
        vignettes: VignetteService,
        cases: CaseService,
        notes: NoteWishes,
        ground: Ground,
        printer: Callable[[], Printer],
    ) -> None:
        self._formulating = formulating
        self._library_of = ground.library
        self._vignettes = VignetteWishes(vignettes, ground)
        self._cases = CaseWishes(cases, ground)
        self._notes = notes
        self._printer = printer

    async def wish_for(self, row: Delivery) -> Wish:
        """What the row comes to."""
        if row.kind == "removal":
            return Removal(row.channel_id or 0, row.message_id)
        if row.kind in VIGNETTE_KINDS:
            return await self._vignettes.wish_for(row)
        if row.kind in CASE_KINDS:
            return await self._cases.wish_for(row)
        if row.kind in NOTE_KINDS:
            return await self._notes.wish_for(row)
        return await self._of_session(row)

    async def _of_session(self, row: Delivery) -> Wish:
        found = await self._formulating.load(row.subject)
        if found is None:
            return Withdrawn()
        stored, group = found
        library = self._library_of(stored.session)
        session = stored.session
        if row.kind == "stranded":
            return self._stranded(session, group, library)
        wanted = posts_of(session, script_of(session, library), library.mechanisms)
        if all((key.kind, key.ref) != (row.kind, row.ref) for key in wanted):
            return Withdrawn()
        match row.kind:
            case "thread":
                return PrivateThread(group.channel_id, library.texts("thread-name"))
            case "invitation":
                return Post(group.channel_id, posts.invitation(session, library), carries_session=False)
            case "nudge":
                return self._nudge(row, session, library)
            case _:
                return await self._in_thread(row, stored, library)

    def _nudge(self, row: Delivery, session: Session, library: Library) -> Wish:
        key = row.ref.partition(".")[0]
        person = next((each for each in session.present if each.key == key), None)
        return DirectPost(person.user, posts.nudge(session, library)) if person is not None else Withdrawn()

    def _stranded(self, session: Session, group: Group, library: Library) -> Wish:
        facilitator = session.holder("facilitator")
        rouses = facilitator.user if facilitator is not None else None
        return Post(group.channel_id, posts.stranded(session, library), rouses=rouses, carries_session=False)

    async def _in_thread(self, row: Delivery, stored: Stored, library: Library) -> Wish:
        session, thread_id = stored.session, stored.thread_id
        if thread_id is None:
            return NotYet()
        match row.kind:
            case "member":
                person = next((each for each in session.people if each.key == row.ref), None)
                if person is None:
                    return Withdrawn()
                return ThreadGuest(thread_id, person.user, inside=not person.away)
            case "board":
                return Post(thread_id, posts.board(session, library, stored.purge_at), stays_fresh=True)
            case "call":
                facilitator = session.holder("facilitator")
                rouses = facilitator.user if facilitator is not None else None
                return Post(thread_id, posts.call(session, library), rouses=rouses)
            case "reveal":
                shown = revealed_of(session, library)
                chart = chart_of(shown, library) if shown is not None else None
                return await self._drawn(thread_id, posts.reveal(session, library), chart, posts.CHART_NAME)
            case "change":
                chart = change_chart_of(session, library)
                return await self._drawn(thread_id, posts.change(session, library), chart, posts.CHANGE_NAME)
            case _:
                view = _view(row, session, library)
                return Post(thread_id, view) if view is not None else Withdrawn()

    async def _drawn(self, thread_id: int, view: View, chart: Chart | None, name: str) -> Wish:
        if chart is None:
            return Post(thread_id, view)
        content = await asyncio.to_thread(self._printer().chart_png, chart)
        return Post(thread_id, view, (Picture(name, content),))


def _view(row: Delivery, session: Session, library: Library) -> View | None:
    match row.kind:
        case "question":
            return posts.question(session, library)
        case "account":
            return posts.account(session, library)
        case "restated":
            return posts.restated(session, library)
        case "fact":
            asked = next((fact for fact in session.facts if fact.key == row.ref), None)
            return posts.fact(session, asked, library) if asked is not None else None
        case "gathered":
            step, _, page = row.ref.rpartition(".")
            return posts.gathering(session, step, int(page), library)
        case "observations":
            return posts.observations(session, int(row.ref), library)
        case "answer":
            return posts.answer(session, library)
        case "told-back":
            return posts.told_back(session, row.ref, library)
        case "closing":
            return posts.closing(session, library)
        case _:
            return None
