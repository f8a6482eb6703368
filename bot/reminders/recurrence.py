"""When a rule's reminders come. Instants are whole seconds since 1970, UTC."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from bot.refusal import Refusal
from bot.reminders.patterns import LOOKS_AHEAD, dates_from, pattern_of
from bot.reminders.rules import Rule
from bot.reminders.walls import after_quiet, instant_at, wall_at
from bot.reminders.zones import is_zone

PREVIEWED = 5
_FURTHEST_MOVE = timedelta(days=5)
"""More than quiet hours and jumps of the clocks can move an occurrence, together."""


@dataclass(frozen=True)
class Occurrence:
    """``at`` is when it comes; by ``key``, the local minute that the rule named, it is known again."""

    at: int
    key: str


def occurrences(rule: Rule, after: int) -> Iterator[Occurrence]:
    """What comes strictly later than ``after``, in order, looking ten years ahead of it or of the start.

    The local hour stays across clock changes. A time that does not exist moves to the next minute that does,
    one that comes twice is its first, one in quiet hours moves to their end; of two that fall on the same
    instant then, the earlier named comes. Lazy, and as cheap ten years into a rule as at its start.

    Raises ``Refusal`` for a text that is no RRULE. The zone must be known: ``check`` sees to both.
    """
    zone = ZoneInfo(rule.zone)
    # Two moved to one instant are yielded once, and none of them where that instant has passed.
    last = after
    for day in _dates(rule, zone, wall_at(after, zone).date() - _FURTHEST_MOVE):
        wall = datetime(day.year, day.month, day.day, rule.hour, rule.minute)  # noqa: DTZ001
        at = after_quiet(instant_at(wall, zone), zone, rule.quiet_from, rule.quiet_to)
        if at > last:
            last = at
            yield Occurrence(at, wall.isoformat(timespec="minutes"))


def next_five(rule: Rule, after: int) -> tuple[Occurrence, ...]:
    """The next five after ``after``, or as many as there are; raises as ``occurrences`` does."""
    return tuple(islice(occurrences(rule, after), PREVIEWED))


def check(rule: Rule, now: int) -> None:
    """``Refusal`` unless ``rule``, new at ``now``, can be kept and has something still to come.

    Keys: ``reminder-zone``; ``reminder-quiet`` (one end only, or both alike); ``reminder-past-start`` and
    ``reminder-past-end`` (before today there, or once and over); ``reminder-end-first``; ``reminder-never``
    (not within ten years); and those of ``patterns.read_rrule``. It always ends after few steps, whatever was
    typed.
    """
    if not is_zone(rule.zone):
        raise Refusal("reminder-zone")
    if (rule.quiet_from is None) != (rule.quiet_to is None):
        raise Refusal("reminder-quiet")
    if rule.quiet_from is not None and rule.quiet_from == rule.quiet_to:
        raise Refusal("reminder-quiet")
    today = wall_at(now, ZoneInfo(rule.zone)).date()
    if rule.start < today:
        raise Refusal("reminder-past-start")
    if rule.end is not None and rule.end < today:
        raise Refusal("reminder-past-end")
    if rule.end is not None and rule.end < rule.start:
        raise Refusal("reminder-end-first")
    # Before anything is walked: a start at the end of the calendar has nothing after it to look at.
    if rule.start - today > LOOKS_AHEAD:
        raise Refusal("reminder-never")
    if next(occurrences(rule, now), None) is None:
        if rule.every.kind == "once":
            raise Refusal("reminder-past-start")
        raise Refusal("reminder-never")


def _dates(rule: Rule, zone: ZoneInfo, first: date) -> Iterator[date]:
    pattern = pattern_of(rule.every)
    if pattern is None:
        return iter([rule.start] if rule.start >= first else [])
    lasts = (rule.end, pattern.last_date(rule.start, rule.hour, rule.minute, zone))
    last = min((each for each in lasts if each is not None), default=None)
    if last is not None and last < first:
        return iter([])
    dates = dates_from(pattern, rule.start, first)
    return dates if last is None else takewhile(lambda day: day <= last, dates)
