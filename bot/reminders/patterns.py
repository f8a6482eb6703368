"""Which local dates a rule names: the parts of an RRULE (RFC 5545), read strictly, walked by dateutil."""

import re
from calendar import isleap, weekday
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any, Literal
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule
from dateutil.rrule import weekday as nth_weekday

from bot.refusal import Refusal
from bot.reminders.rules import ByRrule, MonthlyDate, MonthlyWeekday, Once, Weekly

LONGEST_RRULE = 500
MOST_INTERVAL = 999
MOST_COUNT = 9_999
LOOKS_AHEAD = timedelta(days=3_653)
"""Ten years: what does not come within them counts as never, which bounds every walk."""
_YEARS_NEEDED = 12
_SHORTEST_MONTH = 28
_FIRST_YEAR, _LAST_YEAR = 1970, 9000
"""Of UNTIL: far enough from the ends of the calendar to count days on both sides."""

Frequency = Literal[0, 1, 2, 3]
_FREQUENCIES: dict[str, Frequency] = {
    "YEARLY": YEARLY,
    "MONTHLY": MONTHLY,
    "WEEKLY": WEEKLY,
    "DAILY": DAILY,
}
_TOO_OFTEN = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
_DAYS = {name: number for number, name in enumerate("MO TU WE TH FR SA SU".split())}
_OF_THE_FORM = frozenset({"DTSTART", "DTEND", "EXDATE", "EXRULE", "RDATE", "BYHOUR", "BYMINUTE", "BYSECOND"})
_LISTS = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYSETPOS": (1, 366),
}
"""The numbers that may stand in a list; all but months may count from the end, below zero."""


@dataclass(frozen=True)
class Pattern:
    """The parts of an RRULE that pick dates; empty: not limited. ``days``: (weekday, ordinal or None)."""

    frequency: Frequency
    interval: int = 1
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    days: tuple[tuple[int, int | None], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    count: int | None = None
    until: datetime | None = None
    """The last local time, or with ``until_utc`` the last instant; both are naive here."""
    until_utc: bool = False

    def last_date(self, start: date, hour: int, minute: int, zone: ZoneInfo) -> date | None:
        """The last date that COUNT and UNTIL allow, or None. COUNT ends it within ten years."""
        lasts: list[date] = []
        if self.until is not None:
            until = self.until
            if self.until_utc:
                until = until.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
            same_day = (until.hour, until.minute) >= (hour, minute)
            lasts.append(until.date() if same_day else until.date() - timedelta(days=1))
        if self.count is not None:
            lasts.append(_counted(self, start))
        return min(lasts, default=None)


def pattern_of(every: Weekly | MonthlyDate | MonthlyWeekday | ByRrule | Once) -> Pattern | None:
    """The pattern of a kind of rule, None for what comes once. Raises as ``read_rrule`` does."""
    match every:
        case Once():
            return None
        case Weekly():
            return Pattern(WEEKLY, every.weeks, days=tuple((day, None) for day in sorted(every.weekdays)))
        case MonthlyDate() if every.day <= _SHORTEST_MONTH:
            return Pattern(MONTHLY, month_days=(every.day,))
        case MonthlyDate():
            # The last of those that the month has.
            return Pattern(MONTHLY, month_days=tuple(range(_SHORTEST_MONTH, every.day + 1)), positions=(-1,))
        case MonthlyWeekday():
            return Pattern(MONTHLY, days=((every.weekday, every.ordinal),))
        case ByRrule():
            return read_rrule(every.text)


@lru_cache(maxsize=1_024)
def read_rrule(text: str) -> Pattern:
    """The pattern of one RRULE, in any case, with or without "RRULE:" before it.

    It may hold FREQ (DAILY to YEARLY), INTERVAL, COUNT, UNTIL, WKST, BYMONTH, BYMONTHDAY, BYYEARDAY,
    BYWEEKNO, BYDAY and BYSETPOS. Time, start and exceptions are no part of it: they are asked for beside it,
    and two answers to one question would leave a person guessing which one counts.

    Raises ``Refusal``: ``reminder-rrule`` where it can't be read, ``reminder-rrule-part`` with ``part`` for
    what must be left out, ``reminder-too-often`` for several times a day, ``reminder-never`` for none.
    """
    if len(text) > LONGEST_RRULE:
        raise Refusal("reminder-rrule")
    upper = text.strip().upper()
    for name in re.findall(r"(?:^|[\s;:])([A-Z]+)(?=[=:;])", upper):
        if name in _OF_THE_FORM:
            raise Refusal("reminder-rrule-part", part=name)
    parts: dict[str, str] = {}
    for piece in upper.removeprefix("RRULE:").rstrip(";").split(";"):
        name, equals, value = piece.strip().partition("=")
        if not equals or name in parts:
            raise Refusal("reminder-rrule")
        parts[name] = value.strip()
    frequency = parts.pop("FREQ", "")
    if frequency in _TOO_OFTEN:
        raise Refusal("reminder-too-often")
    if frequency not in _FREQUENCIES or parts.keys() - _READERS.keys():
        raise Refusal("reminder-rrule")
    values: dict[str, Any] = {}
    for name, value in parts.items():
        field, read = _READERS[name]
        values[field] = read(value)
        if name == "UNTIL":
            values["until_utc"] = value.endswith("Z")
    return _sensible(Pattern(_FREQUENCIES[frequency], **values))


def _sensible(pattern: Pattern) -> Pattern:
    # What RFC 5545 forbids, and dateutil reads in ways that nobody could foresee.
    ordinals = any(ordinal for _, ordinal in pattern.days)
    limits = (pattern.months, pattern.month_days, pattern.year_days, pattern.weeks, pattern.days)
    wrong = (
        (ordinals and (pattern.frequency not in {MONTHLY, YEARLY} or pattern.weeks))
        or (pattern.month_days and pattern.frequency == WEEKLY)
        or ((pattern.year_days or pattern.weeks) and pattern.frequency != YEARLY)
        or (pattern.positions and not any(limits))
        or (pattern.count is not None and pattern.until is not None)
    )
    if wrong:
        raise Refusal("reminder-rrule")
    if pattern.frequency == DAILY and pattern.positions and not {1, -1} & {*pattern.positions}:
        # Of one day there is no second.
        raise Refusal("reminder-never")
    return pattern


def _number(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,4}", text) or not least <= int(text) <= most:
        raise Refusal("reminder-rrule")
    return int(text)


def _numbers(least: int, most: int, *, from_end: bool) -> Callable[[str], tuple[int, ...]]:
    def read(text: str) -> tuple[int, ...]:
        found = {_number(each.strip(), -most if from_end else least, most) for each in text.split(",")}
        if 0 in found:
            raise Refusal("reminder-rrule")
        return tuple(sorted(found))

    return read


def _weekdays(text: str) -> tuple[tuple[int, int | None], ...]:
    found: list[tuple[int, int | None]] = []
    for each in text.split(","):
        read = re.fullmatch(r"\s*([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)\s*", each)
        if read is None:
            raise Refusal("reminder-rrule")
        ordinal = None if read[1] is None else _number(read[1], -53, 53)
        if ordinal == 0:
            raise Refusal("reminder-rrule")
        found.append((_DAYS[read[2]], ordinal))
    return tuple(dict.fromkeys(found))


def _week_start(text: str) -> int:
    if text not in _DAYS:
        raise Refusal("reminder-rrule")
    return _DAYS[text]


def _until(text: str) -> datetime:
    read = re.fullmatch(r"([0-9]{8})(?:T([0-9]{4})([0-9]{2})?Z?)?", text)
    if read is None or not _FIRST_YEAR <= int(text[:4]) <= _LAST_YEAR:
        raise Refusal("reminder-rrule")
    try:
        return datetime.strptime(read[1] + (read[2] or "2359"), "%Y%m%d%H%M")  # noqa: DTZ007
    except ValueError:
        raise Refusal("reminder-rrule") from None


_READERS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "INTERVAL": ("interval", lambda text: _number(text, 1, MOST_INTERVAL)),
    "COUNT": ("count", lambda text: _number(text, 1, MOST_COUNT)),
    "UNTIL": ("until", _until),
    "WKST": ("week_start", _week_start),
    "BYDAY": ("days", _weekdays),
    "BYMONTH": ("months", _numbers(*_LISTS["BYMONTH"], from_end=False)),
    "BYMONTHDAY": ("month_days", _numbers(*_LISTS["BYMONTHDAY"], from_end=True)),
    "BYYEARDAY": ("year_days", _numbers(*_LISTS["BYYEARDAY"], from_end=True)),
    "BYWEEKNO": ("weeks", _numbers(*_LISTS["BYWEEKNO"], from_end=True)),
    "BYSETPOS": ("positions", _numbers(*_LISTS["BYSETPOS"], from_end=True)),
}


def dates_from(pattern: Pattern, start: date, first: date) -> Iterator[date]:
    """The dates of ``pattern`` from ``first`` and ``start`` on, for ten years; COUNT and UNTIL aside.

    ``start`` says which weeks, months or years are the right ones of every n; BYSETPOS counts in whole ones,
    also in the one that ``start`` lies in. Costs the same however far ``first`` lies behind it, and ends
    after at most some 40 years of steps whatever the pattern.
    """
    first = max(first, start)
    months, month_days, days = pattern.months, pattern.month_days, pattern.days
    if not (pattern.year_days or pattern.weeks or month_days or days):
        # What an RRULE leaves open it takes from its start.
        if pattern.frequency == YEARLY:
            months, month_days = months or (start.month,), (start.day,)
        elif pattern.frequency == MONTHLY:
            month_days = (start.day,)
        elif pattern.frequency == WEEKLY:
            days = ((start.weekday(), None),)
    begin, last = _period(pattern, start, first), first + LOOKS_AHEAD
    if begin > last:
        return iter(())
    # dateutil looks at its end only where it finds something, and else goes on to the year 9999. So it walks
    # years shortly before that one, with the same calendar.
    moved = _same_calendar(begin.year)
    walk = rrule(
        pattern.frequency,
        dtstart=_midnight(begin + moved),
        interval=pattern.interval,
        wkst=pattern.week_start,
        bymonth=months or None,
        bymonthday=month_days or None,
        byyearday=pattern.year_days or None,
        byweekno=pattern.weeks or None,
        byweekday=[nth_weekday(day, ordinal) for day, ordinal in days] or None,
        bysetpos=pattern.positions or None,
        byhour=0,
        byminute=0,
        bysecond=0,
        until=_midnight(last + moved),
    )
    return (day for each in walk if (day := each.date() - moved) >= first)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001


def _period(pattern: Pattern, start: date, first: date) -> date:
    """The first day of the first right day, week, month or year that ends on ``first`` or later."""
    every = pattern.interval
    if pattern.frequency == DAILY:
        return first + timedelta(days=-(first - start).days % every)
    if pattern.frequency == WEEKLY:
        begun, week = (
            each - timedelta(days=(each.weekday() - pattern.week_start) % 7) for each in (start, first)
        )
        return week + timedelta(weeks=-((week - begun).days // 7) % every)
    if pattern.frequency == MONTHLY:
        begun, month = (each.year * 12 + each.month - 1 for each in (start, first))
        month += -(month - begun) % every
        return date(month // 12, month % 12 + 1, 1)
    return date(first.year + -(first.year - start.year) % every, 1, 1)


@lru_cache(maxsize=128)
def _same_calendar(year: int) -> timedelta:
    """How far behind ``year`` the last years lie that have its weekdays and leap years for a dozen years."""

    def calendar(begin: int) -> tuple[int, tuple[bool, ...]]:
        return weekday(begin, 1, 1), tuple(isleap(begin + each) for each in range(-1, _YEARS_NEEDED))

    like = next(
        each for each in range(MAXYEAR - _YEARS_NEEDED, year - 1, -1) if calendar(each) == calendar(year)
    )
    return date(like, 1, 1) - date(year, 1, 1)


@lru_cache(maxsize=1_024)
def _counted(pattern: Pattern, start: date) -> date:
    """The date of the last of COUNT, ten years after the start at the latest."""
    counted = islice(dates_from(pattern, start, start), (pattern.count or 1) - 1, None)
    return next(counted, start + LOOKS_AHEAD)
