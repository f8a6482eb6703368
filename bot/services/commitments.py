"""Commitments: from the step a presenter leaves with to what became of it."""

import hashlib
from collections.abc import Mapping, Sequence

from bot.aliases import mark_in_group
from bot.commitments import acts
from bot.commitments.change import change
from bot.commitments.commitment import Commitment, Timing
from bot.commitments.posts import posts
from bot.formulation.posts import PostKey, PostKind, Version
from bot.formulation.session import NOBODY, Session
from bot.refusal import Refusal
from bot.reminders.habits import Habits
from bot.services.ground import Ground
from bot.services.owned import OwnedService
from bot.services.wishes import note_removal
from bot.storage.groups import Group
from bot.storage.owned import OwnedDocuments
from bot.storage.store import Store

MOST_OFFERED = 3
"""Commitments shown at one visit: two minutes are all it may take."""


class CommitmentService(OwnedService[Commitment]):
    """Use cases of commitments."""

    note_kind: PostKind = "plan-note"

    def _gone(self) -> Refusal:
        return Refusal("commitment-gone")

    def _kept(self, store: Store) -> OwnedDocuments[Commitment]:
        return store.commitments

    def _change(self, document: Commitment, act: acts.Act) -> Commitment:
        return change(document, act)

    def _posts(self, document: Commitment) -> Mapping[PostKey, Version]:
        return posts(document)

    def _faded(self, document: Commitment, now: int) -> Commitment | None:
        return change(document, acts.Fade(now)) if document.ends_at > now else None

    def _undelivered(self, document: Commitment, number: int) -> Commitment:
        return change(document, acts.Undelivered(number))

    async def _come_due(self, store: Store, documents: Sequence[Commitment], now: int) -> list[Commitment]:
        _ = store
        return [change(document, acts.ComeDue(now)) for document in documents]

    async def of(self, group: Group, user: int) -> list[Commitment]:
        """The commitments of ``user`` that are still kept, the newest first."""
        mark = mark_in_group(user, group.token, self._ground.seal_keys)
        async with self._ground.reading() as store:
            kept = await store.commitments.of(group.token, mark)
        return sorted((stored.document for stored in kept), key=lambda each: (-each.made_at, each.token))

    async def remind(self, token: str, timing: Timing, group: Group) -> Commitment:
        """Let its notes come by ``timing``; its owner's zone and quiet hours are remembered."""
        reminded = await self.act(token, acts.Remind(timing, self._ground.clock.seconds()))
        mark = mark_in_group(reminded.user, group.token, self._ground.seal_keys)
        habits = Habits(zone=timing.zone, quiet_from=timing.quiet_from, quiet_to=timing.quiet_to)
        async with self._ground.writing() as store:
            if await store.habits.of(group.token, mark) != habits:
                await store.habits.save(habits, group.token, mark, self._ground.chance.token())
        return reminded

    async def open_of(self, group: Group, user: int) -> list[Commitment]:
        """Those that wait to be kept, changed or dropped, the newest first."""
        return [each for each in await self.of(group, user) if each.status == "open"]


def commitment_token(session: str) -> str:
    """The one commitment that comes of a session: however often its plan is decided, it is this one."""
    return hashlib.sha256(f"commitment {session}".encode()).hexdigest()[:16]


async def note_commitment(store: Store, ground: Ground, before: Session, after: Session) -> None:
    """Keep the plan that a presenter leaves ``after`` with, in the deciding transaction.

    One who is known by an alias alone has none: keeping it would mean to know who they are.
    """
    if before.outcome == after.outcome and before.taken_back == after.taken_back:
        return
    token = commitment_token(after.token)
    known = await store.commitments.load(token)
    presenter = next((person for person in after.people if person.role == "presenter"), None)
    planned = after.outcome is not None and after.outcome.kind == "plan" and not after.taken_back
    if presenter is None or presenter.user == NOBODY or not planned or after.outcome is None:
        if known is not None:
            await note_removal(store, ground, token, None, ground.clock.seconds())
            await store.commitments.remove(token)
        return
    now, outcome = ground.clock.seconds(), after.outcome
    if known is not None:
        # Decided anew it is open again, whatever had become of it.
        reopened = {"status": "open", "line": "", "closed_at": None, "strategy": outcome.strategy}
        kept = known.document.model_copy(update=reopened)
        rewritten = change(kept, acts.Rewrite(outcome.cue, outcome.action, now))
        await store.commitments.save(rewritten, known.version)
        return
    commitment = Commitment(
        token=token,
        group=after.group,
        session=after.token,
        user=presenter.user,
        cue=outcome.cue,
        action=outcome.action,
        strategy=outcome.strategy,
        retention_days=after.retention_days,
        made_at=now,
        touched_at=now,
    )
    mark = mark_in_group(presenter.user, after.group, ground.seal_keys)
    await store.commitments.add(commitment, mark)
