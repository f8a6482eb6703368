"""From a changed session to what delivery must do about it."""

from collections.abc import Mapping

from bot.content.protocols import Protocol
from bot.formulation.posts import PostKey, Version, posts
from bot.formulation.script import Script
from bot.formulation.session import Session
from bot.services.ground import Ground
from bot.storage.store import Store


async def note_wishes(
    store: Store, ground: Ground, protocol: Protocol, before: Session | None, after: Session
) -> None:
    """Note each post that ``after`` shows otherwise than ``before``, in the deciding transaction."""
    now = ground.clock.seconds()
    mechanisms = ground.library(after).mechanisms
    script = Script.of(after, protocol)
    had: Mapping[PostKey, Version] = posts(before, script, mechanisms) if before is not None else {}
    has = posts(after, script, mechanisms)
    for key, version in has.items():
        old = had.get(key)
        if old != version:
            fresh = old is not None and old.place != version.place
            await store.deliveries.want(
                after.token, key.kind, key.ref, ground.chance.token(), now, fresh=fresh
            )
    for key in had.keys() - has.keys():
        await store.deliveries.want(after.token, key.kind, key.ref, ground.chance.token(), now)
