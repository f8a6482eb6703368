"""When a note that was put off comes again. Instants are whole seconds since 1970, UTC."""

from datetime import datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from bot.refusal import Refusal
from bot.reminders.walls import after_quiet, before_quiet, instant_at, wall_at

SnoozeHow = Literal["tonight", "tomorrow", "next-week"]
TONIGHT = 20
"""The local hour of *tonight*."""
LAST_CALL = timedelta(minutes=30)
"""*Tonight* is not offered any more when it is this near."""


def snoozed_until(
    how: str, note_at: int, now: int, zone: str, quiet_from: int | None, quiet_to: int | None
) -> int:
    """When a note comes again that is put off at ``now``; never in quiet hours.

    *Tonight* is at eight, or before quiet hours that begin earlier; the others are on the next local day and
    seven days from now, at the local time at which the note came. Raises ``Refusal`` ``snooze-too-late``
    where there is no evening left, and ``control-stale`` for what is none of these.
    """
    place = ZoneInfo(zone)
    here = wall_at(now, place)
    if how == "tonight":
        wall = datetime(here.year, here.month, here.day, TONIGHT)  # noqa: DTZ001
        at = before_quiet(instant_at(wall, place), place, quiet_from, quiet_to)
        if at - now < LAST_CALL.total_seconds():
            raise Refusal("snooze-too-late")
        return at
    if how not in get_args(SnoozeHow):
        raise Refusal("control-stale")
    came = wall_at(note_at, place)
    day = here + timedelta(days=1 if how == "tomorrow" else 7)
    wall = datetime(day.year, day.month, day.day, came.hour, came.minute)  # noqa: DTZ001
    return after_quiet(instant_at(wall, place), place, quiet_from, quiet_to)


def offered(now: int, zone: str, quiet_from: int | None, quiet_to: int | None) -> tuple[SnoozeHow, ...]:
    """What a note can be put off until, at ``now``."""
    try:
        snoozed_until("tonight", now, now, zone, quiet_from, quiet_to)
    except Refusal:
        return ("tomorrow", "next-week")
    return ("tonight", "tomorrow", "next-week")
