"""An independent reckoning of ten years in a zone: dates by the calendar, instants by UTC minutes."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

HOUR, MINUTE = 3_600, 60


def seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def offset(instant: int, zone: ZoneInfo) -> int:
    shift = datetime.fromtimestamp(instant, UTC).astimezone(zone).utcoffset()
    assert shift is not None
    return int(shift.total_seconds())


@cache
def spans(name: str, first: int, years: int = 10) -> tuple[tuple[int, int, int], ...]:
    """Stretches (begin, end, offset) of one offset, found hour by hour and then minute by minute."""
    zone = ZoneInfo(name)
    begin, stop = (
        seconds(date(first, 1, 1)) - 10 * 24 * HOUR,
        seconds(date(first + years, 1, 1)) + 10 * 24 * HOUR,
    )
    found: list[tuple[int, int, int]] = []
    current = offset(begin, zone)
    for hour in range(begin, stop, HOUR):
        if offset(hour + HOUR, zone) != current:
            for minute in range(hour, hour + HOUR + 1, MINUTE):
                if (there := offset(minute, zone)) != current:
                    found.append((begin, minute, current))
                    begin, current = minute, there
    return (*found, (begin, stop, current))


def instant(name: str, first: int, day: date, minute: int) -> int:
    """The first UTC minute at which clocks show that minute of that day, or else a later one."""
    wall = seconds(day) + minute * MINUTE
    for begin, end, shift in spans(name, first):
        if begin <= wall - shift < end:
            return wall - shift
        if begin + shift > wall:
            return begin
    raise AssertionError("beyond the ten years")


def days(first: int, years: int = 10) -> Iterable[date]:
    day = date(first, 1, 1)
    while day.year < first + years:
        yield day
        day += timedelta(days=1)


def every_n_weeks(start: date, weeks: int, weekdays: Iterable[int]) -> Callable[[date], bool]:
    monday = start - timedelta(days=start.weekday())
    return lambda day: (
        day >= start and day.weekday() in set(weekdays) and (day - monday).days // 7 % weeks == 0
    )


def monthly_date(wanted: int) -> Callable[[date], bool]:
    return lambda day: day.day == min(wanted, monthrange(day.year, day.month)[1])


def monthly_weekday(ordinal: int, weekday: int) -> Callable[[date], bool]:
    def named(day: date) -> bool:
        if day.weekday() != weekday:
            return False
        if ordinal == -1:
            return (day + timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == ordinal

    return named
