"""Due dates: evenings of weekdays, in the group's own time, over every change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formulation.calendar import evening_after, evenings_after

HOUR, DAY = 3_600, 86_400
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    # Half an hour of summer time, and quarters of an hour all the year.
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    # Clocks that change at midnight, on a Friday, and around Ramadan.
    "Africa/Cairo",
    "America/Santiago",
    "Asia/Gaza",
    "Africa/Casablanca",
    # The ends of the world.
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "UTC",
)
FIRST, LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2026, 2029))


def at(text: str, zone: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def local(instant: int, zone: str) -> datetime:
    return datetime.fromtimestamp(instant, ZoneInfo(zone))


@cache
def clock_changes(zone: str) -> tuple[int, ...]:
    """The days after which the clocks of a zone differ from before."""
    days = range(FIRST, LAST, DAY)
    changes = [each for each, later in pairwise(days) if offset(each, zone) != offset(later, zone)]
    return tuple(changes)


def offset(instant: int, zone: str) -> timedelta | None:
    return local(instant, zone).utcoffset()


def evenings_by_looking(instant: int, days: int, zone: str) -> dict[date, int]:
    """Weekday evenings around ``instant``, found by reading the local clock every quarter of an hour."""
    found: dict[date, int] = {}
    start = instant - instant % 900 - DAY
    for quarter in range(start, start + days * DAY, 900):
        now = local(quarter, zone)
        if now.hour == 19 and now.minute == 0 and now.strftime("%a") not in ("Sat", "Sun"):
            found.setdefault(now.date(), quarter)
    return found


def near_a_change(zone: str) -> st.SearchStrategy[int]:
    anywhere = st.integers(FIRST, LAST)
    if not clock_changes(zone):
        return anywhere
    return anywhere | st.builds(
        int.__add__, st.sampled_from(clock_changes(zone)), st.integers(-4 * DAY, 4 * DAY)
    )


TIMES = st.sampled_from(ZONES).flatmap(lambda zone: st.tuples(near_a_change(zone), st.just(zone)))


@given(TIMES, st.integers(0, 6))
def test_it_is_the_evening_that_one_finds_by_looking(time: tuple[int, str], weekdays: int) -> None:
    """The first evening of a weekday to come, or that of the nth weekday after today."""
    now, zone = time
    evenings = evenings_by_looking(now, weekdays + 10, zone)
    today = local(now, zone).date()
    to_come = [evening for evening in evenings.values() if evening > now]
    later = [evening for day, evening in evenings.items() if day > today]
    expected = later[weekdays - 1] if weekdays else to_come[0]
    assert evening_after(now, weekdays, zone) == expected


@given(TIMES, st.integers(0, 8))
def test_the_next_evenings_leave_none_out(time: tuple[int, str], count: int) -> None:
    """Each once, in their order, from the next one on."""
    now, zone = time
    to_come = [evening for evening in evenings_by_looking(now, count + 12, zone).values() if evening > now]
    assert evenings_after(now, count, zone) == tuple(to_come[:count])


@pytest.mark.parametrize(
    ("now", "weekdays", "evening"),
    [
        ("2026-09-21 15:33", 0, "2026-09-21 19:00"),
        ("2026-09-21 18:59:59", 0, "2026-09-21 19:00"),
        ("2026-09-21 19:00", 0, "2026-09-22 19:00"),
        ("2026-09-21 19:00", 1, "2026-09-22 19:00"),
        ("2026-09-21 00:00", 3, "2026-09-24 19:00"),
        ("2026-09-24 23:59", 1, "2026-09-25 19:00"),
        ("2026-09-25 08:00", 1, "2026-09-28 19:00"),
        ("2026-09-25 20:00", 0, "2026-09-28 19:00"),
        ("2026-09-26 12:00", 0, "2026-09-28 19:00"),
        ("2026-09-26 12:00", 1, "2026-09-28 19:00"),
        ("2026-09-27 23:00", 2, "2026-09-29 19:00"),
        ("2026-09-23 10:00", 7, "2026-10-02 19:00"),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kathmandu", "America/New_York"])
def test_nothing_is_due_at_a_weekend(now: str, weekdays: int, evening: str, zone: str) -> None:
    """Worked out with a calendar on the wall; the same in every zone."""
    assert evening_after(at(now, zone), weekdays, zone) == at(evening, zone)


@pytest.mark.parametrize(
    ("zone", "before", "hours"),
    [
        # From Friday's evening to Monday's over the Sunday on which the clocks change, and over one without.
        ("Europe/Berlin", "2026-03-27 19:00", 71),
        ("Europe/Berlin", "2026-10-23 19:00", 73),
        ("Europe/Berlin", "2026-06-12 19:00", 72),
        ("Australia/Lord_Howe", "2026-04-03 19:00", 72.5),
        ("Australia/Lord_Howe", "2026-10-02 19:00", 71.5),
        ("Asia/Kathmandu", "2026-03-27 19:00", 72),
        # From Thursday's evening to Friday's: the change comes on the Friday itself.
        ("Africa/Cairo", "2026-04-23 19:00", 23),
        ("Africa/Cairo", "2026-10-29 19:00", 25),
    ],
)
def test_the_evening_stays_where_it_is_on_the_clock(zone: str, before: str, hours: float) -> None:
    """An hour more or less in the night between makes no evening earlier or later."""
    begin = at(before, zone)
    assert evening_after(begin, 1, zone) - begin == hours * HOUR


def test_one_instant_is_another_day_elsewhere() -> None:
    """Late on a Friday in New York it is Saturday in Berlin; both are due on their own Monday evening."""
    friday = at("2026-09-25 18:30", "America/New_York")
    assert evening_after(friday, 0, "America/New_York") == friday + HOUR // 2
    assert evening_after(friday, 0, "Europe/Berlin") == at("2026-09-28 19:00", "Europe/Berlin")
