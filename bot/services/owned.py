"""What reminders and commitments have in common: they come due, send notes, and fade."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from bot.formulation.posts import PostKey, PostKind, Version
from bot.refusal import Refusal
from bot.services.ground import Ground
from bot.services.wishes import note_difference, note_removal
from bot.storage.groups import Group
from bot.storage.owned import Owned, OwnedDocuments, StoredOwned
from bot.storage.store import Store
from bot.storage.vault import VaultError

log = logging.getLogger(__name__)

AT_ONCE = 10
"""How many are handed out in one transaction: whoever presses a button meanwhile waits for one such turn."""
A_SECOND = 40

Document = TypeVar("Document", bound=Owned)


class OwnedService(ABC, Generic[Document]):
    """Use cases that are alike. Each is one transaction, or one for every ``AT_ONCE``."""

    note_kind: PostKind

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    @abstractmethod
    def _gone(self) -> Refusal:
        """What is said where there is none any more."""

    @abstractmethod
    def _kept(self, store: Store) -> OwnedDocuments[Document]:
        """Where they are kept."""

    @abstractmethod
    def _change(self, document: Document, act: Any) -> Document:  # noqa: ANN401 - an act of its own kind
        """The document after ``act``."""

    @abstractmethod
    def _posts(self, document: Document) -> Mapping[PostKey, Version]:
        """The notes that are still kept."""

    @abstractmethod
    async def _come_due(self, store: Store, documents: Sequence[Document], now: int) -> list[Document]:
        """Each after what was due by ``now`` has been sent or skipped."""

    @abstractmethod
    def _faded(self, document: Document, now: int) -> Document | None:
        """What is left of it at ``now``, or None where nothing is."""

    @abstractmethod
    def _undelivered(self, document: Document, number: int) -> Document:
        """The document after its note of this number could not be delivered."""

    async def load(self, token: str) -> tuple[Document, Group] | None:
        """One and its group, or None where it is gone."""
        async with self._ground.reading() as store:
            stored = await self._kept(store).load(token)
            group = await store.groups.by_token(stored.document.group) if stored is not None else None
        return (stored.document, group) if stored is not None and group is not None else None

    async def act(self, token: str, act: Any) -> Document:  # noqa: ANN401 - an act of its own kind
        """Let ``act`` happen. Who may was asked before."""
        async with self._ground.writing() as store:
            stored = await self._kept(store).load(token)
            if stored is None:
                raise self._gone()
            return await self._save(store, stored, self._change(stored.document, act))

    async def _save(self, store: Store, stored: StoredOwned[Document], after: Document) -> Document:
        before = stored.document
        if after != before:
            await self._kept(store).save(after, stored.version)
            had, has, now = self._posts(before), self._posts(after), self._ground.clock.seconds()
            await note_difference(store, self._ground, after.token, had, has, now)
        return after

    async def come_due(self) -> bool:
        """Hand what is due to delivery: the decision and the row to be sent are one commit.

        At most ``A_SECOND`` of them, about as many as Discord takes; whether more are due.
        """
        handed = 0
        while (more := await self._any_due()) and handed < A_SECOND:
            await self._hand_out()
            handed += AT_ONCE
        return more

    async def _any_due(self) -> bool:
        async with self._ground.reading() as store:
            first = await self._kept(store).next_wake()
        return first is not None and first <= self._ground.clock.seconds()

    async def _hand_out(self) -> None:
        now = self._ground.clock.seconds()
        async with self._ground.writing() as store:
            before = await self._kept(store).due(now, AT_ONCE)
            after = await self._come_due(store, before, now)
            await self._kept(store).save_all(after)
            known = {document.token: self._posts(document) for document in before}
            notes = [
                (document.token, key.ref, self._ground.chance.token())
                for document in after
                for key in self._posts(document).keys() - known[document.token].keys()
            ]
            if notes:
                await store.deliveries.want_notes(self.note_kind, notes, now)
            for document in after:
                # Still due at the same instant: something is wrong with it, and others must not wait for it.
                if document.next_at is not None and document.next_at <= now:
                    log.error("a %s (%s) stays due", self.note_kind, document.token)
                    await self._kept(store).let_rest(document.token)
            for token in known.keys() - {document.token for document in after}:
                await self._kept(store).let_rest(token)

    async def erase_due(self) -> bool:
        """Erase what has had its time, with its notes; whether there was any."""
        now = self._ground.clock.seconds()
        async with self._ground.reading() as store:
            due = await self._kept(store).fading(now, AT_ONCE)
        if not due:
            return False
        async with self._ground.writing() as store:
            for token in due:
                await self._fade(store, token, now)
        return True

    async def _fade(self, store: Store, token: str, now: int) -> None:
        try:
            stored = await self._kept(store).load(token)
        except VaultError:
            # What can't be read must still be erased.
            await self.erase(store, token)
            return
        left = self._faded(stored.document, now) if stored is not None else None
        if stored is None or left is None:
            await self.erase(store, token)
        else:
            await self._save(store, stored, left)

    async def erase(self, store: Store, token: str) -> None:
        """Remove one, with its notes from wherever they stand."""
        await note_removal(store, self._ground, token, None, self._ground.clock.seconds())
        await self._kept(store).remove(token)

    async def forget(self, store: Store, group: str, mark: bytes) -> int:
        """Erase whatever is this person's; how many there were."""
        tokens = await self._kept(store).tokens_of(group, mark)
        for token in tokens:
            await self.erase(store, token)
        return len(tokens)

    async def erase_group(self, store: Store, group: str) -> None:
        """Erase whatever belongs to a group, or to somebody in it."""
        for token in await self._kept(store).tokens_of_group(group):
            await self.erase(store, token)

    async def undelivered(self, token: str, ref: str) -> None:
        """A note could not be delivered: its owner hears so in their next private answer."""
        async with self._ground.writing() as store:
            stored = await self._kept(store).load(token)
            if stored is not None:
                await self._save(store, stored, self._undelivered(stored.document, int(ref)))
