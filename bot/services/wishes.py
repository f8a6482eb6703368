"""From a changed session to what delivery must do about it."""

from collections.abc import Mapping

from bot.content.protocols import Protocol
from bot.formulation.posts import PostKey, Version, posts
from bot.formulation.script import Script
from bot.formulation.session import Session
from bot.services.ground import Ground
from bot.storage.store import Store


async def note_wishes(
    store: Store, ground: Ground, protocol: Protocol, before: Session | None, after: Session, at: int
) -> None:
    """Note each post that ``after`` shows otherwise than ``before``, in the deciding transaction.

    They are due from ``at`` on, in seconds UTC.
    """
    mechanisms = ground.library(after).mechanisms
    script = Script.of(after, protocol)
    had: Mapping[PostKey, Version] = posts(before, script, mechanisms) if before is not None else {}
    await note_difference(store, ground, after.token, had, posts(after, script, mechanisms), at)


async def note_difference(
    store: Store,
    ground: Ground,
    subject: str,
    had: Mapping[PostKey, Version],
    has: Mapping[PostKey, Version],
    at: int,
) -> None:
    """Note each post of ``subject`` that is in ``has`` otherwise than in ``had``, or not in it any more."""
    for key, version in has.items():
        old = had.get(key)
        if old != version:
            fresh = old is not None and old.place != version.place
            await store.deliveries.want(subject, key.kind, key.ref, ground.chance.token(), at, fresh=fresh)
    for key in had.keys() - has.keys():
        await store.deliveries.want(subject, key.kind, key.ref, ground.chance.token(), at)
