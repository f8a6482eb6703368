"""Due dates of the slow mode: evenings of weekdays, in the group's own time. Instants are seconds UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVENING = time(19)
SATURDAY = 5


def evening_after(at: int, weekdays: int, zone: str) -> int:
    """The evening of the weekday that is ``weekdays`` weekdays after the day of ``at``; always after ``at``.

    With 0 that is the evening of the same day where it is a weekday and the evening has not begun.
    """
    here = ZoneInfo(zone)
    day = datetime.fromtimestamp(at, UTC).astimezone(here).date()
    while weekdays > 0 or day.weekday() >= SATURDAY or _evening(day, here) <= at:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            weekdays -= 1
    return _evening(day, here)


def evenings_after(at: int, count: int, zone: str) -> tuple[int, ...]:
    """The next ``count`` evenings of weekdays after ``at``."""
    found: list[int] = []
    for _ in range(count):
        at = evening_after(at, 0, zone)
        found.append(at)
    return tuple(found)


def _evening(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, EVENING, zone).timestamp())
