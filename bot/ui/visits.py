"""What waits for somebody until they come by, beneath the private answer that they came for."""

import logging
from dataclasses import replace
from typing import Final

import discord

from bot.content.library import Library
from bot.services.access import Caller
from bot.services.ground import Ground
from bot.services.visits import VisitService, Waiting
from bot.ui import commitments
from bot.ui.answers import Answer, Private
from bot.ui.parts import TEXT_CHARACTERS, View, container

log = logging.getLogger(__name__)

MOST_COMPONENTS: Final = 40


class Visits:
    """Adds it."""

    def __init__(self, service: VisitService, ground: Ground) -> None:
        self._service = service
        self._ground = ground

    async def greet(self, answer: Answer, caller: Caller, session: str | None = None) -> Answer:
        """``answer`` with what waits for ``caller`` beneath it, where that is private and has the room.

        ``session``: this one, or one about this, begins for them. Whatever fails, the answer stays as it is.
        """
        if not isinstance(answer, Private):
            return answer
        try:
            return await self._greet(answer, caller, session)
        except Exception as error:  # noqa: BLE001 - nobody came for this: the answer must not be lost over it
            log.error("a greeting failed: %s", type(error).__name__)  # noqa: TRY400 - a traceback may quote a text
            return answer

    async def _greet(self, answer: Private, caller: Caller, session: str | None) -> Private:
        async with self._ground.reading() as store:
            group = await store.groups.by_channel(caller.channel)
        if group is None:
            return answer
        waiting = await self._service.waiting(caller.user, group, session)
        if not waiting:
            return answer
        view = beneath(answer.view, waiting, self._ground.library(group))
        if view is None:
            # No room: it is said at the next visit.
            return answer
        await self._service.shown(waiting)
        return replace(answer, view=view)


def beneath(view: discord.ui.LayoutView, waiting: Waiting, library: Library) -> View | None:
    """A message like ``view`` with what waits beneath it, or None where there is no room."""
    whole = View(timeout=None)
    for item in view.children:
        whole.add_item(item)
    if waiting.unreached:
        whole.add_item(container(library.texts("visit-unreached")))
    for plan in waiting.commitments:
        whole.add_item(container(*commitments.coming_back(plan, library)))
    whole.stop()
    fits = whole.content_length() <= TEXT_CHARACTERS and whole.total_children_count <= MOST_COMPONENTS
    return whole if fits else None
