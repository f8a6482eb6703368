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


async def note_removal(store: Store, ground: Ground, subject: str, thread_id: int | None, at: int) -> None:
    """Note that every post of ``subject`` goes from ``at`` on: its thread whole, and what stands outside."""
    if thread_id is not None:
        await store.deliveries.want_removal(ground.chance.token(), thread_id, None, at)
    for row in await store.deliveries.of_subject(subject):
        if row.channel_id is not None and row.message_id is not None and row.channel_id != thread_id:
            await store.deliveries.want_removal(ground.chance.token(), row.channel_id, row.message_id, at)
    await store.deliveries.remove_of_subject(subject)
