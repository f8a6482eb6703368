"""From a delivery row about a case to what it comes to now."""

from typing import cast

from bot.cases.posts import posts
from bot.delivery.wishes import NotYet, Post, PostThread, Wish, Withdrawn
from bot.formulation.posts import PostKey, PostKind
from bot.services.cases import CaseService
from bot.services.ground import Ground
from bot.storage.cases import StoredCase
from bot.storage.deliveries import Delivery
from bot.storage.groups import Group
from bot.ui import cases

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
                return await self._thread(row, group)
            case "case-page":
                view = cases.page(case, int(row.ref))
            case "case-follow-up":
                view = cases.follow_up(case, library)
            case _:
                view = cases.item(case, row.ref, library)
        if view is None:
            return Withdrawn()
        return Post(stored.thread_id, view) if stored.thread_id is not None else NotYet()

    async def _thread(self, row: Delivery, group: Group) -> Wish:
        async with self._ground.reading() as store:
            rows = await store.deliveries.of_subject(row.subject)
        card = next((each for each in rows if each.kind == "case"), None)
        if card is None or card.message_id is None:
            return NotYet()
        name = self._ground.library(group).texts("case-thread-name")
        return PostThread(group.channel_id, card.message_id, f"{name} · {row.token[:6]}")
