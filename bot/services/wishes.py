"""From a changed session to what delivery must do about it."""

from collections.abc import Mapping

from bot.content.library import Library
from bot.formulation.posts import PostKey, Version, posts
from bot.formulation.session import Session
from bot.services.ground import Ground
from bot.storage.store import Store


async def note_wishes(
    store: Store, ground: Ground, library: Library, before: Session | None, after: Session
) -> None:
    """Note each post that ``after`` shows otherwise than ``before``, in the deciding transaction."""
    now = ground.clock.seconds()
    had: Mapping[PostKey, Version] = posts(before, library.mechanisms) if before is not None else {}
    has = posts(after, library.mechanisms)
    for key, version in has.items():
        old = had.get(key)
        if old != version:
            fresh = old is not None and old.place != version.place
            await store.deliveries.want(
                after.token, key.kind, key.ref, ground.chance.token(), now, fresh=fresh
            )
    for key in had.keys() - has.keys():
        await store.deliveries.want(after.token, key.kind, key.ref, ground.chance.token(), now)
