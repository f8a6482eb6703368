"""Reminders: from the form to the note, and the answers to it."""

import logging
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.aliases import mark_in_group
from bot.content.library import Library
from bot.formulation.posts import PostKey, PostKind, Version
from bot.refusal import Refusal
from bot.reminders import acts
from bot.reminders.change import change
from bot.reminders.habits import Habits
from bot.reminders.posts import posts
from bot.reminders.recurrence import check, next_five
from bot.reminders.reminder import Reminder
from bot.reminders.rules import Rule
from bot.reminders.walls import wall_at
from bot.services.owned import OwnedService
from bot.storage.groups import Group
from bot.storage.owned import OwnedDocuments
from bot.storage.store import Store

log = logging.getLogger(__name__)

MOST_REMINDERS = 10
TAKEN_WEIGHT = 3
"""How much a strategy weighs for somebody that a plan of theirs rests on; its neighbours weigh one."""


class ReminderService(OwnedService[Reminder]):
    """Use cases of reminders."""

    note_kind: PostKind = "note"

    def _gone(self) -> Refusal:
        return Refusal("reminder-gone")

    def _kept(self, store: Store) -> OwnedDocuments[Reminder]:
        return store.reminders

    def _change(self, document: Reminder, act: acts.Act) -> Reminder:
        return change(document, act)

    def _posts(self, document: Reminder) -> Mapping[PostKey, Version]:
        return posts(document)

    def _faded(self, document: Reminder, now: int) -> Reminder | None:
        left = change(document, acts.Fade(now))
        return None if left.is_gone(now) else left

    def _undelivered(self, document: Reminder, number: int) -> Reminder:
        return change(document, acts.Undelivered(number))

    def _mark(self, group: str, user: int | None) -> bytes | None:
        return mark_in_group(user, group, self._ground.seal_keys) if user is not None else None

    async def keep(self, token: str, rule: Rule, group: Group, user: int | None) -> Reminder:
        """Begin a reminder of ``user``'s, or of the group's channel; kept twice it is one.

        ``Refusal`` where nothing would come of it, or where there are ``MOST_REMINDERS`` already.
        """
        now = self._ground.clock.seconds()
        check(rule, now)
        reminder = Reminder(
            token=token,
            group=group.token,
            user=user,
            rule=rule,
            seed=self._ground.chance.token(),
            handled_until=now,
        )
        mark = self._mark(group.token, user)
        async with self._ground.writing() as store:
            known = await store.reminders.load(token)
            if known is not None:
                return known.document
            if len(await store.reminders.of(group.token, mark)) >= MOST_REMINDERS:
                raise Refusal("reminder-too-many", most=MOST_REMINDERS)
            await store.reminders.add(reminder, mark)
            if user is not None and mark is not None:
                habits = Habits(zone=rule.zone, quiet_from=rule.quiet_from, quiet_to=rule.quiet_to)
                await store.habits.save(habits, group.token, mark, self._ground.chance.token())
        return reminder

    def check(self, rule: Rule, before: Rule | None = None) -> None:
        """``Refusal`` unless ``rule`` can be kept now, in the place of the one ``before`` where there is one.

        What began in the past may go on from there: every second week stays the same one.
        """
        now = self._ground.clock.seconds()
        if before is None or (rule.start, rule.zone) != (before.start, before.zone):
            check(rule, now)
            return
        today = wall_at(now, ZoneInfo(rule.zone)).date()
        check(rule.model_copy(update={"start": max(rule.start, today)}), now)
        if not next_five(rule, now):
            raise Refusal("reminder-never")

    async def change_rule(self, token: str, rule: Rule) -> Reminder:
        """Let a reminder come at other times from now on; ``Refusal`` as ``check``."""
        async with self._ground.writing() as store:
            stored = await store.reminders.load(token)
            if stored is None:
                raise self._gone()
            self.check(rule, stored.document.rule)
            now = self._ground.clock.seconds()
            return await self._save(store, stored, change(stored.document, acts.ChangeRule(rule, now)))

    async def habits(self, group: Group, user: int) -> Habits:
        """The zone and the quiet hours that ``user`` chose last, or the group's zone and the usual ones."""
        mark = mark_in_group(user, group.token, self._ground.seal_keys)
        async with self._ground.reading() as store:
            known = await store.habits.of(group.token, mark)
        return known or Habits(zone=group.zone)

    async def of(self, group: Group, user: int | None) -> list[Reminder]:
        """The reminders of ``user``, or those of the group's channel."""
        async with self._ground.reading() as store:
            kept = await store.reminders.of(group.token, self._mark(group.token, user))
        return [stored.document for stored in kept]

    async def remove(self, token: str) -> None:
        """Remove a reminder with its notes. Twice is once."""
        async with self._ground.writing() as store:
            await self.erase(store, token)

    async def repertoire(self, reminder: Reminder) -> acts.Repertoire:
        """The strategies that a note of this reminder may bring."""
        async with self._ground.reading() as store:
            return (await self._repertoires(store, [reminder]))[reminder.token]

    async def _come_due(self, store: Store, documents: Sequence[Reminder], now: int) -> list[Reminder]:
        repertoires = await self._repertoires(store, documents)
        after: list[Reminder] = []
        for reminder in documents:
            try:
                after.append(change(reminder, acts.ComeDue(now, repertoires[reminder.token])))
            except Exception as error:  # noqa: BLE001 - one that can't go on must not hold up the others
                log.error("reminder %s can't go on: %s", reminder.token, type(error).__name__)  # noqa: TRY400 - a traceback may quote a text
        return after

    async def _repertoires(self, store: Store, reminders: Sequence[Reminder]) -> dict[str, acts.Repertoire]:
        """What each may bring: weighted by its owner's own plans, and for a channel not at all.

        A channel's would tell what its sessions found.
        """
        libraries = {
            token: self._ground.library(await store.groups.by_token(token))
            for token in {reminder.group for reminder in reminders}
        }
        marks = {
            reminder.token: mark
            for reminder in reminders
            if (mark := self._mark(reminder.group, reminder.user)) is not None
        }
        taken: dict[bytes, list[str]] = {}
        if marks:
            for mark, commitment in await store.commitments.of_marks(libraries.keys(), {*marks.values()}):
                taken.setdefault(mark, []).append(commitment.strategy)
        return {
            reminder.token: _repertoire(
                libraries[reminder.group], taken.get(marks.get(reminder.token, b""), ())
            )
            for reminder in reminders
        }


def _repertoire(library: Library, taken: Sequence[str]) -> acts.Repertoire:
    weights: dict[str, int] = {}
    near = {mechanism for each in library.strategies if each.id in taken for mechanism in each.mechanisms}
    for each in library.strategies:
        own = taken.count(each.id) * TAKEN_WEIGHT
        weights[each.id] = own or int(not near.isdisjoint(each.mechanisms))
    return acts.Repertoire(tuple(each.id for each in library.strategies), weights if taken else {})
