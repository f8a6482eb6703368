"""From a delivery row about a vignette to what it comes to now."""

from typing import cast

from bot.delivery.wishes import DirectPost, NotYet, Post, Wish, Withdrawn
from bot.formulation.posts import PostKey, PostKind
from bot.services.ground import Ground
from bot.services.vignettes import VignetteService
from bot.storage.deliveries import Delivery
from bot.storage.groups import Group
from bot.storage.vignettes import StoredVignette
from bot.ui import vignettes
from bot.ui.threads import thread_on
from bot.vignettes.posts import posts
from bot.vignettes.vignette import Concern

VIGNETTE_KINDS = frozenset(
    {"vignette", "discussion", "vignette-page", "vignette-item", "second-reader", "concern"}
)


class VignetteWishes:
    """Draws what delivery sends of vignettes."""

    def __init__(self, service: VignetteService, ground: Ground) -> None:
        self._service = service
        self._ground = ground

    async def wish_for(self, row: Delivery) -> Wish:
        """What the row comes to."""
        found = await self._service.load(row.subject)
        if found is None:
            return Withdrawn()
        stored, group = found
        kind = cast("PostKind", row.kind)
        if PostKey(kind, row.ref) not in posts(stored.vignette, len(group.facilitators)):
            return Withdrawn()
        return await self._wish(row, stored, group)

    async def _wish(self, row: Delivery, stored: StoredVignette, group: Group) -> Wish:
        vignette, library = stored.vignette, self._ground.library(group)
        match row.kind:
            case "second-reader":
                view = vignettes.second_reader(vignette, library)
                return Post(group.channel_id, view, carries_session=False)
            case "vignette":
                return Post(group.channel_id, vignettes.card(vignette, library))
            case "discussion":
                name = library.texts("vignette-thread-name")
                return await thread_on("vignette", name, row, group, self._ground)
            case "concern":
                return self._concern(row, stored, group)
            case "vignette-page":
                view = vignettes.page(vignette, int(row.ref))
            case _:
                view = vignettes.item(vignette, row.ref, library)
        if view is None:
            return Withdrawn()
        return Post(stored.thread_id, view) if stored.thread_id is not None else NotYet()

    def _concern(self, row: Delivery, stored: StoredVignette, group: Group) -> Wish:
        kind, _, number = row.ref.partition(".")
        concern: Concern = "identifies" if kind == "identifies" else "risk"
        view = vignettes.concern(stored.vignette, concern, self._ground.library(group))
        return DirectPost(group.facilitators[int(number)], view)
