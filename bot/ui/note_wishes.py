"""From a delivery row about a note to what it comes to now."""

from bot.commitments.posts import posts as posts_of_commitment
from bot.delivery.wishes import DirectPost, Post, Wish, Withdrawn
from bot.formulation.posts import PostKey
from bot.reminders.posts import posts as posts_of_reminder
from bot.services.commitments import CommitmentService
from bot.services.ground import Ground
from bot.services.reminders import ReminderService
from bot.storage.deliveries import Delivery
from bot.ui import notes
from bot.ui.control import Control

NOTE_KINDS = frozenset({"note", "plan-note"})


class NoteWishes:
    """Draws the notes that reminders and commitments send: what they bring shows after a tap only."""

    def __init__(self, reminders: ReminderService, commitments: CommitmentService, ground: Ground) -> None:
        self._reminders = reminders
        self._commitments = commitments
        self._ground = ground

    async def wish_for(self, row: Delivery) -> Wish:
        """What the row comes to."""
        if row.kind == "plan-note":
            return await self._of_commitment(row)
        found = await self._reminders.load(row.subject)
        note = found[0].note(int(row.ref)) if found is not None else None
        if found is None or note is None or PostKey("note", row.ref) not in posts_of_reminder(found[0]):
            return Withdrawn()
        reminder, group = found
        arrived = notes.Arrived(
            note.at, late=note.late, farewell=note.farewell, in_channel=reminder.user is None
        )
        show = Control(reminder.token, "n-show", row.ref)
        view = notes.arrival(arrived, show, self._ground.library(group).texts)
        if reminder.user is None:
            return Post(group.channel_id, view, carries_session=False, silent=True)
        return DirectPost(reminder.user, view, silent=True)

    async def _of_commitment(self, row: Delivery) -> Wish:
        found = await self._commitments.load(row.subject)
        note = found[0].note(int(row.ref)) if found is not None else None
        if (
            found is None
            or note is None
            or PostKey("plan-note", row.ref) not in posts_of_commitment(found[0])
        ):
            return Withdrawn()
        commitment, group = found
        arrived = notes.Arrived(note.at, late=note.late, farewell=note.kind == "farewell")
        show = Control(commitment.token, "p-show", row.ref)
        view = notes.arrival(arrived, show, self._ground.library(group).texts)
        return DirectPost(commitment.user, view, silent=True)
