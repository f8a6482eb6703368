"""Which posts a reminder has in Discord: one for each note that is still kept."""

from collections.abc import Mapping

from bot.formulation.posts import PostKey, Version
from bot.reminders.reminder import Reminder


def posts(reminder: Reminder) -> Mapping[PostKey, Version]:
    """Every note by its number. None of them changes once it is sent."""
    return {PostKey("note", str(note.number)): Version() for note in reminder.notes}
