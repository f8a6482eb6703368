"""From a delivery row about a case to what it comes to now."""

from typing import cast

from bot.cases.posts import posts
from bot.delivery.wishes import NotYet, Post, Wish, Withdrawn
from bot.formulation.posts import PostKey, PostKind
from bot.services.cases import CaseService
from bot.services.ground import Ground
from bot.storage.cases import StoredCase
from bot.storage.deliveries import Delivery
from bot.storage.groups import Group
from bot.ui import cases
from bot.ui.threads import thread_on

CASE_KINDS = frozenset({"case", "case-thread", "case-page", "case-item", "case-follow-up"})


class CaseWishes:
    """Draws what delivery sends of cases."""

    def __init__(self, service: CaseService, ground: Ground) -> None:
        self._service = service
        self._ground = ground

    async def wish_for(self, row: Delivery) -> Wish:
        """What the row comes to."""
        found = await self._service.load(row.subject)
        if found is None:
            return Withdrawn()
        stored, group = found
        if PostKey(cast("PostKind", row.kind), row.ref) not in posts(stored.case):
            return Withdrawn()
        return await self._wish(row, stored, group)

    async def _wish(self, row: Delivery, stored: StoredCase, group: Group) -> Wish:
        case, library = stored.case, self._ground.library(group)
        match row.kind:
            case "case":
                return Post(group.channel_id, cases.card(case, library))
            case "case-thread":
                name = library.texts("case-thread-name")
                return await thread_on("case", name, row, group, self._ground)
            case "case-page":
                view = cases.page(case, int(row.ref))
            case "case-follow-up":
                view = cases.follow_up(case, library)
            case _:
                view = cases.item(case, row.ref, library)
        if view is None:
            return Withdrawn()
        return Post(stored.thread_id, view) if stored.thread_id is not None else NotYet()
