"""The one way out: makes Discord show what the delivery rows want, each thing once.

Before a post is attempted, the attempt is written down. If its end stays unknown (a crash, a lost
answer), the same nonce makes a second attempt harmless for two minutes; after that the channel is
searched for the post's own mark first. Threads have no nonce: there the name is searched for.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace

import discord

from bot.clock import Nap
from bot.delivery import discord_out
from bot.delivery.trouble import Trouble, judge, retry_after
from bot.delivery.wishes import (
    DirectPost,
    NotYet,
    Post,
    PostThread,
    PrivateThread,
    Removal,
    ThreadGuest,
    Wish,
    Withdrawn,
)
from bot.services.ground import Ground
from bot.storage.deliveries import AT_ONCE, IN_TURN, Delivery

log = logging.getLogger(__name__)

NONCE_LASTS = 120
POST_STAYS_FRESH = 50 * 60
MOST_ATTEMPTS = 40
MOST_IN_LANE = {AT_ONCE: 8, IN_TURN: 2}
"""How many subjects are sent at a time: a full hour's notes leave the machine to those who press buttons."""
THREAD_ON = {"vignette": "discussion", "case": "case-thread"}
"""Posts in the channel on which a thread hangs, each with the kind of its thread."""
NOTES = ("note", "plan-note")
"""Posts that somebody asked for, who is told where one can't be delivered."""


class Sender:
    """Sends what is due, several subjects at a time, the posts of one subject in order."""

    def __init__(
        self,
        ground: Ground,
        client: discord.Client,
        wish_for: Callable[[Delivery], Awaitable[Wish]],
        strand: Callable[[str], Awaitable[None]],
        undelivered: Callable[[str, str], Awaitable[None]],
    ) -> None:
        self._ground = ground
        self._client = client
        self._wish_for = wish_for
        self._strand = strand
        self._undelivered = undelivered
        self.nap = Nap(ground.clock)
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._busy_lanes = Counter[int]()

    async def run(self) -> None:
        """Send until cancelled."""
        try:
            while True:
                now = self._ground.clock.seconds()
                async with self._ground.reading() as store:
                    next_due = await store.deliveries.next_due()
                    due = next_due is not None and next_due <= now
                    for lane, most in MOST_IN_LANE.items() if due else ():
                        free = most - self._busy_lanes[lane]
                        for subject in await store.deliveries.due_subjects(
                            now, self._busy.keys(), lane, free
                        ):
                            self._busy_lanes[lane] += 1
                            self._busy[subject] = asyncio.create_task(self._drain(subject, lane))
                    if due:
                        # What is due now is on its way, and ends the wait when it is done.
                        next_due = await store.deliveries.next_due(after=now)
                await self.nap.sleep_until(next_due)
        finally:
            for task in self._busy.values():
                task.cancel()

    async def _drain(self, subject: str, lane: int) -> None:
        """Send everything that is due for one subject."""
        try:
            while True:
                now = self._ground.clock.seconds()
                async with self._ground.reading() as store:
                    row = await store.deliveries.first_due(subject, now)
                if row is None:
                    return
                await self._attempt(row, now)
        finally:
            del self._busy[subject]
            self._busy_lanes[lane] -= 1
            self.nap.wake()

    async def _attempt(self, row: Delivery, now: int) -> None:
        try:
            wish = await self._wish_for(row)
        except Exception as error:  # noqa: BLE001 - one post that can't be drawn must not stop the others
            await self._later(row, now, error)
            return
        try:
            await self._fulfil(row, wish, now)
        except Exception as error:  # noqa: BLE001 - whatever it is, the row says what happens next
            await self._recover(row, wish, now, error)

    async def _fulfil(self, row: Delivery, wish: Wish, now: int) -> None:
        match wish:
            case NotYet():
                await self._note(row, due_at=None)
            case Post():
                await self._show(row, wish, now)
            case DirectPost():
                channel_id = row.channel_id or await discord_out.inbox(self._client, wish.user)
                post = Post(channel_id, wish.view, carries_session=False, silent=wish.silent)
                await self._show(row, post, now)
            case PrivateThread():
                await self._make_thread(row, wish, now)
            case PostThread():
                thread_id = await discord_out.make_post_thread(
                    self._client, wish.channel_id, wish.message_id, wish.name
                )
                await self._keep_thread(row, thread_id, now)
            case ThreadGuest():
                move = discord_out.add_guest if wish.inside else discord_out.remove_guest
                await move(self._client, wish.thread_id, wish.user)
                await self._settle(row, now, posts_done=1)
            case Withdrawn():
                await self._withdraw(row)
            case Removal():
                if wish.message_id is None:
                    await discord_out.delete_thread(self._client, wish.channel_id)
                else:
                    await discord_out.delete_message(self._client, wish.channel_id, wish.message_id)
                await self._drop(row)

    async def _withdraw(self, row: Delivery) -> None:
        if row.channel_id is not None:
            unclear = None
            if row.tried_at is not None:
                # An attempt whose end nobody knows may have left the post there after all.
                number = row.posts_done + 1
                unclear = await discord_out.find_own(self._client, row.channel_id, row.token, number)
            for message_id in (row.stale_message_id, row.message_id, unclear):
                if message_id is not None:
                    await self._delete(row.channel_id, message_id)
        await self._drop(row)

    async def _show(self, row: Delivery, post: Post, now: int) -> None:
        if row.stale_message_id is not None:
            await self._delete(row.channel_id or post.channel_id, row.stale_message_id)
            await self._note(row, stale_message_id=None)
        too_old = post.stays_fresh and row.posted_at is not None and now - row.posted_at > POST_STAYS_FRESH
        if row.message_id is None or row.posts_done < row.posts_wanted or too_old:
            await self._post(row, post, now)
        elif row.shown < row.wanted:
            await discord_out.edit(self._client, post, row.message_id, row.token, row.posts_done)
            await self._settle(row, now, sent_at=now)
        else:
            await self._settle(row, now)

    async def _post(self, row: Delivery, post: Post, now: int) -> None:
        number = row.posts_done + 1
        message_id = None
        if row.tried_at is None:
            await self._note(row, tried_at=now, shown=row.wanted, channel_id=post.channel_id)
        elif now - row.tried_at > NONCE_LASTS:
            message_id = await discord_out.find_own(self._client, post.channel_id, row.token, number)
        if message_id is None:
            message_id = await discord_out.send(self._client, post, row.token, number)
        # What an attempt before left there was drawn then: what was wanted since takes an edit.
        drawn = row if row.tried_at is None else replace(row, wanted=row.shown)
        async with self._ground.writing(wakes=False) as store:
            await store.deliveries.settle(
                drawn,
                now,
                message_id=message_id,
                stale_message_id=row.message_id,
                posts_done=number,
                posts_wanted=max(row.posts_wanted, number),
                posted_at=now,
                sent_at=now,
            )
            if row.kind in THREAD_ON:
                # Its thread waited for it, if it was late; in a commit of its own that could be lost.
                await store.deliveries.release(row.subject, now)

    async def _make_thread(self, row: Delivery, wish: PrivateThread, now: int) -> None:
        name = f"{wish.name} · {row.token[:6]}"
        thread_id = None
        if row.tried_at is None:
            await self._note(row, tried_at=now)
        else:
            guild_id = await self._guild_of(row.subject)
            if guild_id is not None:
                thread_id = await discord_out.find_thread(self._client, guild_id, wish.channel_id, name)
        if thread_id is None:
            thread_id = await discord_out.make_thread(self._client, wish.channel_id, name)
        await self._keep_thread(row, thread_id, now)

    async def _keep_thread(self, row: Delivery, thread_id: int, now: int) -> None:
        async with self._ground.writing(wakes=False) as store:
            match row.kind:
                case "discussion":
                    await store.vignettes.put_in_thread(row.subject, thread_id)
                case "case-thread":
                    await store.cases.put_in_thread(row.subject, thread_id)
                case _:
                    await store.sessions.put_in_thread(row.subject, thread_id)
            await store.deliveries.settle(row, now, posts_done=1)
            await store.deliveries.release(row.subject, now)

    async def _guild_of(self, session: str) -> int | None:
        async with self._ground.reading() as store:
            stored = await store.sessions.load(session)
            group = await store.groups.by_token(stored.session.group) if stored is not None else None
        return group.guild_id if group is not None else None

    async def _delete(self, channel_id: int, message_id: int) -> None:
        try:
            await discord_out.delete_message(self._client, channel_id, message_id)
        except discord.HTTPException as error:
            if judge(error) != "message-gone":
                raise

    async def _recover(self, row: Delivery, wish: Wish, now: int, error: Exception) -> None:
        trouble = judge(error)
        vanished: tuple[Trouble, ...] = ("place-gone", "message-gone", "person-gone")
        if isinstance(wish, DirectPost) and trouble in ("inbox-closed", "person-gone", "place-gone"):
            await self._fail(row)
        elif trouble == "person-gone" or (trouble in vanished and isinstance(wish, Removal | Withdrawn)):
            await self._drop(row)
        elif trouble == "message-gone" and (
            isinstance(wish, PostThread) or (isinstance(wish, Post) and not wish.stays_fresh)
        ):
            # Somebody took it away by hand, and may have had a reason: it does not come back.
            await self._note(row, state="failed", due_at=None)
            if row.kind in (*THREAD_ON, *THREAD_ON.values()):
                await self._strand(row.subject)
        elif trouble in ("message-gone", "too-old"):
            gone: dict[str, int | None] = {"message_id": None} if trouble == "message-gone" else {}
            await self._note(row, posts_wanted=row.posts_done + 1, due_at=now, **gone)
        elif trouble == "archived":
            await self._reopen(row, wish)
            await self._later(row, now, error)
        elif trouble == "place-gone":
            await self._fail(row)
            if _carries_session(wish):
                await self._strand(row.subject)
        elif trouble == "refused":
            log.error("discord refused a %s (row %s): %s", row.kind, row.token, type(error).__name__)
            await self._give_up(row)
        else:
            await self._later(row, now, error)

    async def _reopen(self, row: Delivery, wish: Wish) -> None:
        thread_id = wish.thread_id if isinstance(wish, ThreadGuest) else row.channel_id
        if thread_id is None:
            return
        try:
            await discord_out.unarchive(self._client, thread_id)
        except Exception as error:  # noqa: BLE001 - the row comes again whether or not it opened
            log.warning("a thread (row %s) stays put away: %s", row.token, type(error).__name__)

    async def _later(self, row: Delivery, now: int, error: Exception) -> None:
        """Again later; given up after ``MOST_ATTEMPTS``, which is about three hours.

        A removal never is: what was erased here must not stay in Discord.
        """
        attempts = row.attempts + 1
        # The type and no more: the text of an error may hold what was being sent.
        log.warning(
            "a %s (row %s) was not sent, attempt %s: %s", row.kind, row.token, attempts, type(error).__name__
        )
        if attempts >= MOST_ATTEMPTS and row.kind != "removal":
            await self._give_up(row)
        else:
            await self._note(row, attempts=attempts, due_at=now + retry_after(error, attempts))

    async def _give_up(self, row: Delivery) -> None:
        if row.kind == "removal":
            await self._drop(row)
            return
        await self._fail(row)
        if row.kind == "thread":
            await self._strand(row.subject)

    async def _fail(self, row: Delivery) -> None:
        await self._note(row, state="failed", due_at=None)
        if row.kind in NOTES:
            await self._undelivered(row.subject, row.ref)

    async def _note(self, row: Delivery, **values: int | str | None) -> None:
        async with self._ground.writing(wakes=False) as store:
            await store.deliveries.note(row.token, **values)

    async def _settle(self, row: Delivery, now: int, **values: int | None) -> None:
        async with self._ground.writing(wakes=False) as store:
            await store.deliveries.settle(row, now, **values)

    async def _drop(self, row: Delivery) -> None:
        async with self._ground.writing(wakes=False) as store:
            await store.deliveries.remove(row.token)


def _carries_session(wish: Wish) -> bool:
    """Whether a session can't go on where this has no place any more; without parting with a guest it can."""
    if isinstance(wish, Post):
        return wish.carries_session
    return not isinstance(wish, ThreadGuest) or wish.inside
