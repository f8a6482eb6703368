"""What becomes of reminders that were due while the bot could not send. Instants are seconds UTC."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.reminders.recurrence import Occurrence

STILL_SENT = 6 * 60 * 60
"""Seconds of lateness from which on a note is no longer worth the interruption."""
LATE = 10 * 60
"""Seconds of lateness beyond which a note says that it is late."""


@dataclass(frozen=True)
class Sorted:
    """What is sent now, or nothing; whether it says that it is late; how many others will not be sent."""

    send: Occurrence | None
    late: bool
    skipped: int


def sort_out(due: Sequence[Occurrence], now: int) -> Sorted:
    """What to do about the occurrences of one reminder that are ``due``, in any order, at ``now``.

    The newest comes, once, where it is less than six hours late: an evening's note in the evening still
    helps, the same note the next morning speaks of an hour that is over. It is marked where it is more than
    ten minutes late, or it would seem to know what the hour is. All others are skipped and counted, so that
    an outage ends in one sentence and not in a flood. What is not due yet at ``now``, after a clock was set
    back, is left alone.
    """
    waiting = [each for each in due if each.at <= now]
    newest = max(waiting, key=lambda each: each.at, default=None)
    if newest is None or now - newest.at >= STILL_SENT:
        return Sorted(None, late=False, skipped=len(waiting))
    return Sorted(newest, late=now - newest.at > LATE, skipped=len(waiting) - 1)
