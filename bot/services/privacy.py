"""When is it gone? Every way in which something stored is erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.aliases import mark_in_group, opens
from bot.formulation.acts import Forget
from bot.services.cases import cases_of, erase_case
from bot.services.formulating import FormulatingService
from bot.services.ground import SECONDS_A_DAY, Ground
from bot.services.owned import OwnedService
from bot.services.vignettes import erase_vignette
from bot.services.wishes import note_removal
from bot.storage.store import Store
from bot.vignettes.slots import next_slot

GRACE_DAYS = 3
GRACE_SECONDS = GRACE_DAYS * SECONDS_A_DAY
SCRUB_AGAIN_SECONDS = 60


@dataclass(frozen=True)
class Forgotten:
    """How much went: sessions erased whole (as presenter), sessions left, drafts, memberships.

    ``words`` that they had said are no names; ``vignettes`` that they wrote and had not closed,
    ``cases`` that they had posted, ``notes``: reminders and commitments of theirs.
    """

    erased_sessions: int
    left_sessions: int
    drafts: int
    memberships: int
    words: int = 0
    vignettes: int = 0
    cases: int = 0
    notes: int = 0


class PrivacyService:
    """Erasing: by a person's wish, by time, and when a server lets the bot go."""

    def __init__(
        self, ground: Ground, formulating: FormulatingService, owned: Sequence[OwnedService[Any]]
    ) -> None:
        self._ground = ground
        self._owned = owned
        self._formulating = formulating
        self.scrub_at: int | None = None
        """When the database's log is to be emptied, in seconds UTC; None where nothing was deleted."""

    async def forget(self, user: int, guild: int) -> Forgotten:
        """Erase all that came from ``user`` in this server, and the posts that show it.

        The case of a presenter goes whole. Somebody else's session stays without them.
        """
        keys = self._ground.seal_keys
        erased = left = memberships = drafts = words = vignettes = cases = notes = 0
        now = self._ground.clock.seconds()
        # Not with the rest of what was theirs: going in the same second would say whose it was.
        slot = next_slot(now)
        async with self._ground.writing() as store:
            groups = await store.groups.of_guild(guild)
            for group in groups:
                gone = await self._forget_vignettes(store, group.token, user, slot)
                for stored in await store.sessions.of_group(group.token):
                    person = stored.session.known(user)
                    presented = person is not None and person.role == "presenter"
                    if presented or stored.session.vignette in gone:
                        at = now if presented else slot
                        await self._erase_session(store, stored.session.token, at)
                        erased += 1
                    elif person is not None:
                        await self._formulating.change(store, stored, Forget(), user)
                        left += 1
                vignettes += len(gone)
                cases += await self._forget_cases(store, group.token, user)
                mark = mark_in_group(user, group.token, keys)
                memberships += await store.groups.forget_member(group.token, mark)
                words += await store.words.forget_own(group.token, mark)
                for owned in self._owned:
                    notes += await owned.forget(store, group.token, mark)
                await store.habits.remove(group.token, mark)
                if user in group.facilitators:
                    await store.groups.save(group.without_facilitator(user), self._ground.today)
            # A draft without a group was typed outside of any: it may be from here, so it goes.
            here = {None, *(group.token for group in groups)}
            for token, owner in await store.drafts.owners():
                draft = await store.drafts.load(token) if opens(user, token, owner, keys) else None
                if draft is not None and draft.group in here:
                    await store.drafts.remove(token)
                    drafts += 1
        await self._scrub()
        return Forgotten(erased, left, drafts, memberships, words, vignettes, cases, notes)

    async def _forget_vignettes(self, store: Store, group: str, user: int, slot: int) -> set[str]:
        gone = {
            token
            for token, owner in await store.vignettes.authors(group)
            if opens(user, token, owner, self._ground.seal_keys)
        }
        for token in gone:
            await erase_vignette(store, self._ground, token, slot)
        return gone

    async def _forget_cases(self, store: Store, group: str, user: int) -> int:
        gone = await cases_of(store, group, user)
        for token in gone:
            await erase_case(store, self._ground, token)
        return len(gone)

    async def erase_server(self, guild: int) -> None:
        """Erase everything about a server. Nothing is left to send there; what stands in inboxes goes."""
        now = self._ground.clock.seconds()
        async with self._ground.writing() as store:
            for group in await store.groups.tokens_of_guild(guild):
                for session in await store.sessions.tokens_of_group(group):
                    for row in await store.deliveries.of_subject(session):
                        if row.kind == "nudge" and row.channel_id is not None and row.message_id is not None:
                            await store.deliveries.want_removal(
                                self._ground.chance.token(), row.channel_id, row.message_id, now
                            )
                    await store.deliveries.remove_of_subject(session)
                for owned in self._owned:
                    await owned.erase_group(store, group)
                for subject in (
                    *await store.vignettes.tokens_of_group(group),
                    *await store.cases.tokens_of_group(group),
                ):
                    await store.deliveries.remove_of_subject(subject)
                await store.drafts.remove_of_group(group)
                await store.groups.remove(group)
        await self._scrub()

    async def reconcile(self, present: set[int]) -> None:
        """Note which servers are gone: being let go while the bot was off sends it no word."""
        now = self._ground.clock.seconds()
        async with self._ground.writing() as store:
            for guild in await store.groups.guilds():
                await store.groups.note_absence(guild, None if guild in present else now)

    async def erase_due(self) -> None:
        """Erase what has had its time: sessions, drafts, and servers gone for ``GRACE_DAYS``."""
        now = self._ground.clock.seconds()
        async with self._ground.reading() as store:
            due = await store.sessions.to_purge(now)
            drafts_due = await store.drafts.next_due()
            absent = await store.groups.absent_before(now - GRACE_SECONDS)
        for guild in absent:
            await self.erase_server(guild)
        if due or (drafts_due is not None and drafts_due <= now):
            async with self._ground.writing() as store:
                for token in due:
                    await self._erase_session(store, token, now)
                await store.drafts.expire(now)
            self.scrub_soon()
        if self.scrub_at is not None and self.scrub_at <= now:
            await self._scrub()

    def scrub_soon(self) -> None:
        """Something was erased elsewhere: the database's log is to be emptied of it."""
        self.scrub_at = self._ground.clock.seconds()

    async def _scrub(self) -> None:
        """Empty the database's log, where deleted text lives on while somebody reads; else try again soon."""
        emptied = await self._ground.database.scrub()
        self.scrub_at = None if emptied else self._ground.clock.seconds() + SCRUB_AGAIN_SECONDS

    async def _erase_session(self, store: Store, token: str, at: int) -> None:
        """Erase a session with its posts, which go from ``at`` on: its thread whole, and the invitation."""
        await note_removal(store, self._ground, token, await store.sessions.thread_of(token), at)
        await store.sessions.remove(token)
