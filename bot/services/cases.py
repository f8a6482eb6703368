"""Cases under their presenter's name: from the form to the close."""

from bot.aliases import opens
from bot.cases import acts
from bot.cases.case import Case, FollowUp
from bot.cases.change import change
from bot.cases.posts import posts
from bot.cases.writing import CaseWriting
from bot.refusal import Refusal
from bot.services.ground import SECONDS_A_DAY, Ground
from bot.services.wishes import note_difference, note_removal
from bot.services.writing import Reviewed, of_kind, writing_in
from bot.storage.cases import StoredCase
from bot.storage.groups import Group
from bot.storage.store import Store
from bot.storage.vault import VaultError


class CaseService:
    """Use cases of a case. Each is one transaction."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def post(self, reviewed: Reviewed, group: Group, user: int) -> Case:
        """Post what was looked through, or put it in the place of the case it edits; the draft goes.

        ``Refusal`` with nothing changed where something in it must be changed first.
        """
        writing = of_kind(reviewed.writing, CaseWriting)
        if reviewed.blocks:
            raise Refusal("writing-blocks")
        if reviewed.open:
            raise Refusal("writing-changed")
        writing.check()
        async with self._ground.writing() as store:
            draft = await store.drafts.load(reviewed.token)
            if draft is None or not opens(user, draft.token, draft.owner, self._ground.seal_keys):
                raise Refusal("draft-gone")
            if writing_in(draft) != writing:
                # Changed on another device meanwhile: what goes out is what was looked through, or nothing.
                raise Refusal("writing-changed")
            if writing.case is not None:
                case = await self._rewrite(store, writing, user)
            else:
                case = await self._add(store, writing, group, user)
            await store.drafts.remove(draft.token)
        return case

    async def preview(self, writing: CaseWriting, group: Group, user: int) -> Case:
        """The case as it would be, with nothing stored."""
        found = await self.load(writing.case) if writing.case is not None else None
        if found is None:
            return self._new(writing, group, user)
        return change(found[0].case, acts.Rewrite(writing.answers, self._ground.clock.seconds()))

    def _new(self, writing: CaseWriting, group: Group, user: int) -> Case:
        return Case(
            token=self._ground.chance.token(),
            group=group.token,
            language=group.language,
            retention_days=group.retention_days,
            presenter=user,
            template=writing.template,
            answers=writing.answers,
            posted_at=self._ground.clock.seconds(),
        )

    async def _add(self, store: Store, writing: CaseWriting, group: Group, user: int) -> Case:
        case = self._new(writing, group, user)
        await store.cases.add(case, self._purge_at(case))
        await note_difference(store, self._ground, case.token, {}, posts(case), case.posted_at)
        return case

    async def _rewrite(self, store: Store, writing: CaseWriting, user: int) -> Case:
        stored = await store.cases.load(writing.case or "")
        if stored is None or stored.case.presenter != user:
            raise Refusal("case-gone")
        act = acts.Rewrite(writing.answers, self._ground.clock.seconds())
        return (await self._change(store, stored, act)).case

    async def act(self, token: str, act: acts.Act) -> StoredCase:
        """Let ``act`` happen. Who may was asked before."""
        async with self._ground.writing() as store:
            stored = await store.cases.load(token)
            if stored is None:
                raise Refusal("case-gone")
            return await self._change(store, stored, act)

    async def close(self, token: str, told: FollowUp | None) -> StoredCase:
        """Close a case, with what came of it where its presenter tells that."""
        async with self._ground.writing() as store:
            stored = await store.cases.load(token)
            if stored is None:
                raise Refusal("case-gone")
            stored = await self._change(store, stored, acts.Close(self._ground.clock.seconds()))
            return await self._change(store, stored, acts.AddFollowUp(told)) if told is not None else stored

    async def _change(self, store: Store, stored: StoredCase, act: acts.Act) -> StoredCase:
        before = stored.case
        after = change(before, act)
        if after == before:
            return stored
        purge_at = self._purge_at(after)
        await store.cases.save(after, stored.version, purge_at)
        now = self._ground.clock.seconds()
        await note_difference(store, self._ground, after.token, posts(before), posts(after), now)
        return StoredCase(after, stored.thread_id, stored.version + 1, purge_at)

    def _purge_at(self, case: Case) -> int:
        """After the close, or after the last thing that happened in it."""
        since = case.closed_at if case.closed_at is not None else self._ground.clock.seconds()
        return since + case.retention_days * SECONDS_A_DAY

    async def load(self, token: str) -> tuple[StoredCase, Group] | None:
        """A case and its group, or None where it is gone."""
        async with self._ground.reading() as store:
            stored = await store.cases.load(token)
            group = await store.groups.by_token(stored.case.group) if stored is not None else None
        return (stored, group) if stored is not None and group is not None else None

    async def of_group(self, group: Group) -> list[tuple[StoredCase, int | None]]:
        """Every case of a group, the newest first, each with the message that is its card by now."""
        async with self._ground.reading() as store:
            kept = await store.cases.of_group(group.token)
            return [(stored, await _card_of(store, stored.case.token)) for stored in kept]

    async def withdraw(self, token: str) -> None:
        """Erase a case everywhere: card, thread and rows. Twice is once."""
        async with self._ground.writing() as store:
            await erase_case(store, self._ground, token)

    async def lose(self, token: str) -> None:
        """Its card or its thread can't be reached any more."""
        async with self._ground.writing() as store:
            stored = await store.cases.load(token)
            if stored is not None:
                await self._change(store, stored, acts.Lose())

    async def erase_due(self) -> bool:
        """Erase what has had its time, with its posts; whether there was any."""
        async with self._ground.reading() as store:
            due = await store.cases.to_purge(self._ground.clock.seconds())
        if due:
            async with self._ground.writing() as store:
                for token in due:
                    await erase_case(store, self._ground, token)
        return bool(due)


async def _card_of(store: Store, token: str) -> int | None:
    rows = await store.deliveries.of_subject(token)
    return next((row.message_id for row in rows if row.kind == "case" and row.state == "live"), None)


async def erase_case(store: Store, ground: Ground, token: str) -> None:
    """Remove a case, with a change of it that was begun; its card and its thread go from Discord."""
    thread_id = await store.cases.thread_of(token)
    await _drop_changes(store, await store.cases.group_of(token), token)
    await note_removal(store, ground, token, thread_id, ground.clock.seconds())
    await store.cases.remove(token)


async def _drop_changes(store: Store, group: str | None, token: str) -> None:
    """A change that was begun holds all of the case's answers, and leads nowhere once that is gone."""
    for draft_token, purpose, _ in await store.drafts.owners_in(group) if group is not None else ():
        if purpose != CaseWriting.purpose:
            continue
        try:
            draft = await store.drafts.load(draft_token)
        except VaultError:
            # Nobody can open it, and what can't be read must not be in the way of erasing.
            continue
        if draft is not None and of_kind(writing_in(draft), CaseWriting).case == token:
            await store.drafts.remove(draft_token)


async def cases_of(store: Store, group: str, user: int) -> list[str]:
    """The cases that ``user`` presents in a group; one that can't be opened is nobody's any more."""
    try:
        kept = await store.cases.of_group(group)
    except VaultError:
        return []
    return [stored.case.token for stored in kept if stored.case.presenter == user]
