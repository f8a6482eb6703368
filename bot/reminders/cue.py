"""The day and the time that the words of a plan name, in English or German. Instants are seconds UTC."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.reminders import words
from bot.reminders.walls import before_quiet, instant_at, wall_at

LEAST_AHEAD = 20 * 60
NUDGE_BEFORE = 10 * 60
FURTHEST_DAYS = 180
"""A date without a year that is further off than this was meant for one that has passed."""
FURTHEST_DAYS_WITH_YEAR = 730
LONGEST_TEXT = 4_000


@dataclass(frozen=True)
class Cue:
    """A local time, and the day as it was said: at least one of weekday (0 is Monday), date or days ahead.

    ``year`` is None where none was said. ``ahead`` counts days from the one on which it was said.
    """

    hour: int
    minute: int
    weekday: int | None = None
    day: tuple[int, int] | None = None
    """Month and day of the month."""
    year: int | None = None
    ahead: int | None = None


def cue_time(text: str) -> Cue | None:
    """The one day and the one time that ``text`` names, or None where either is missing or not clear.

    Two different days or times are not clear; of a stretch ("15:00–15:50") its beginning counts. From 1 to 6
    an hour is not clear without "am", "pm" or a part of the day: it may mean the night or the afternoon.
    """
    said = words.read(text[:LONGEST_TEXT])
    if said is None or len(said.times) != 1 or not (said.days or said.weekdays or said.ahead):
        return None
    if max(len(said.days), len(said.weekdays), len(said.ahead)) > 1:
        return None
    (at,) = said.times
    year, month_and_day = next(iter(said.days), (None, None))
    return Cue(
        at.hour,
        at.minute,
        weekday=next(iter(said.weekdays), None),
        day=month_and_day,
        year=year,
        ahead=next(iter(said.ahead), None),
    )


def next_instant(cue: Cue, zone: str, now: int) -> int | None:
    """When ``cue`` comes next in ``zone``, 20 minutes after ``now`` or more; "tomorrow" is told from ``now``.

    None where it has passed, where what it says of the day does not fit together ("tomorrow, Friday" on a
    Monday), or where the day is too far off: half a year, or two years for a date with its year.
    """
    here = ZoneInfo(zone)
    today = wall_at(now, here).date()
    furthest = FURTHEST_DAYS if cue.year is None else FURTHEST_DAYS_WITH_YEAR
    for ahead in range(furthest + 1):
        day = today + timedelta(days=ahead)
        if _fits(cue, day, ahead):
            instant = instant_at(datetime.combine(day, time(cue.hour, cue.minute)), here)
            if instant - now >= LEAST_AHEAD:
                return instant
    return None


def nudge_at(
    instant: int, zone: str, now: int, quiet_from: int | None = None, quiet_to: int | None = None
) -> int | None:
    """When to remind of a cue at ``instant``: ten minutes before it, never in quiet hours and never after it.

    At the end of quiet hours (local minutes of the day) it could come too late, so it comes at the last
    minute before they begin; None where that has passed by ``now``.
    """
    nudge = before_quiet(instant - NUDGE_BEFORE, ZoneInfo(zone), quiet_from, quiet_to)
    return nudge if nudge > now else None


def _fits(cue: Cue, day: date, ahead: int) -> bool:
    return (
        cue.weekday in {None, day.weekday()}
        and cue.day in {None, (day.month, day.day)}
        and cue.year in {None, day.year}
        and cue.ahead in {None, ahead}
    )
