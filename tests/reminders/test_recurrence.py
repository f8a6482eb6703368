"""When reminders come: ten years in zones with odd rules, beside a reckoning that shares no code."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reminders.recurrence import Occurrence, next_five, occurrences
from bot.reminders.rules import ByRrule, Every, MonthlyDate, MonthlyWeekday, Once, Rule, Weekly
from tests.reminders import ten_years

DAY = 86_400
BERLIN = ZoneInfo("Europe/Berlin")
SPANS = (
    ("Australia/Lord_Howe", 2024),
    ("Africa/Casablanca", 2024),
    ("Africa/Cairo", 2024),
    ("Asia/Kathmandu", 2024),
    ("Europe/Berlin", 2024),
    ("America/St_Johns", 2024),
    ("Pacific/Apia", 2024),
    # Clocks that changed at a minute past midnight, and a Friday that was left out altogether.
    ("America/St_Johns", 2004),
    ("Pacific/Apia", 2006),
)
MINUTES = (0, 30, 90, 120, 150, 179, 19 * 60, 23 * 60 + 59)
WEEKDAYS = tuple(range(7))
EVERYDAY = Weekly(weekdays=frozenset(WEEKDAYS))


def rule(every: Every, start: date = date(2024, 1, 1), minute: int = 19 * 60, **more: object) -> Rule:
    values = {"zone": "Europe/Berlin", **more}
    return Rule.model_validate(
        {"every": every, "start": start, "hour": minute // 60, "minute": minute % 60, **values}
    )


def rrule(text: str) -> ByRrule:
    return ByRrule(text=text)


def keys(found: tuple[Occurrence, ...]) -> list[str]:
    return [each.key for each in found]


def reckoned(zone: str, first: int, minute: int, named: Callable[[date], bool]) -> list[Occurrence]:
    found: list[Occurrence] = []
    for day in ten_years.days(first):
        if named(day):
            at = ten_years.instant(zone, first, day, minute)
            if not found or at > found[-1].at:
                found.append(Occurrence(at, f"{day}T{minute // 60:02}:{minute % 60:02}"))
    return found


@pytest.mark.parametrize(("zone", "first"), SPANS)
@pytest.mark.parametrize("minute", MINUTES)
def test_daily_for_ten_years_each_comes_at_its_local_minute(zone: str, first: int, minute: int) -> None:
    """Over each change of the clocks: none twice, none missed; what does not exist moves to what does."""
    found = occurrences(
        rule(EVERYDAY, date(first, 1, 1), minute, zone=zone, end=date(first + 9, 12, 31)),
        ten_years.seconds(date(first, 1, 1)) - 2 * DAY,
    )
    assert list(found) == reckoned(zone, first, minute, lambda _: True)


START = date(2024, 2, 29)
PATTERNS: list[tuple[Every, Callable[[date], bool]]] = [
    (Weekly(weekdays=frozenset({3})), ten_years.every_n_weeks(START, 1, {3})),
    (Weekly(weekdays=frozenset(range(5))), ten_years.every_n_weeks(START, 1, range(5))),
    # The start is a Thursday: the Monday of its week has gone, the next is n weeks on.
    (Weekly(weeks=3, weekdays=frozenset({0, 4})), ten_years.every_n_weeks(START, 3, {0, 4})),
    (Weekly(weeks=52, weekdays=frozenset({6})), ten_years.every_n_weeks(START, 52, {6})),
    *((MonthlyDate(day=day), ten_years.monthly_date(day)) for day in (1, 28, 29, 30, 31)),
    (MonthlyWeekday(ordinal=1, weekday=0), ten_years.monthly_weekday(1, 0)),
    (MonthlyWeekday(ordinal=2, weekday=1), ten_years.monthly_weekday(2, 1)),
    (MonthlyWeekday(ordinal=4, weekday=6), ten_years.monthly_weekday(4, 6)),
    (MonthlyWeekday(ordinal=-1, weekday=4), ten_years.monthly_weekday(-1, 4)),
    (rrule("RRULE:FREQ=DAILY;INTERVAL=3"), lambda day: (day - START).days % 3 == 0),
    (rrule("freq=weekly;interval=2"), ten_years.every_n_weeks(START, 2, {3})),
    (rrule("FREQ=WEEKLY;BYDAY=MO,TU;BYMONTH=1,12"), lambda day: day.weekday() < 2 and day.month in {1, 12}),
    (rrule("FREQ=MONTHLY;BYMONTHDAY=-1"), lambda day: (day + timedelta(days=1)).day == 1),
    (
        rrule("FREQ=MONTHLY;INTERVAL=5;BYDAY=2TU"),
        lambda day: (
            ten_years.monthly_weekday(2, 1)(day) and (day.year * 12 + day.month - 2024 * 12 - 2) % 5 == 0
        ),
    ),
    (rrule("FREQ=YEARLY"), lambda day: (day.month, day.day) == (2, 29)),
    (rrule("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24"), lambda day: (day.month, day.day) == (11, 24)),
    (
        rrule("FREQ=YEARLY;INTERVAL=3;BYYEARDAY=100"),
        lambda day: ordinal(day) == 100 and day.year % 3 == 2024 % 3,
    ),
    (rrule("FREQ=YEARLY;BYDAY=-1FR"), lambda day: day.month == 12 and ten_years.monthly_weekday(-1, 4)(day)),
    (rrule("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"), lambda day: day.isocalendar()[1:] == (20, 1)),
    (rrule("FREQ=DAILY;COUNT=10"), lambda day: day < START + timedelta(days=10)),
    (rrule("FREQ=DAILY;UNTIL=20240310"), lambda day: day <= date(2024, 3, 10)),
    (rrule("FREQ=DAILY;UNTIL=20240310T190000"), lambda day: day <= date(2024, 3, 10)),
    (rrule("FREQ=DAILY;UNTIL=20240310T185900"), lambda day: day <= date(2024, 3, 9)),
    # In UTC, an hour behind Berlin.
    (rrule("FREQ=DAILY;UNTIL=20240310T180000Z"), lambda day: day <= date(2024, 3, 10)),
    (rrule("FREQ=DAILY;UNTIL=20240310T175900Z"), lambda day: day <= date(2024, 3, 9)),
]


def ordinal(day: date) -> int:
    return (day - date(day.year, 1, 1)).days + 1


@pytest.mark.parametrize(("every", "named"), PATTERNS, ids=[str(every) for every, _ in PATTERNS])
def test_each_kind_names_the_dates_that_the_calendar_does(
    every: Every, named: Callable[[date], bool]
) -> None:
    """For ten years from a leap day on, and the same from wherever one begins to look."""
    expected = reckoned("Europe/Berlin", 2024, 19 * 60, lambda day: day >= START and named(day))
    the_rule = rule(every, START, end=date(2033, 12, 31))
    # Ten years are looked ahead of what is asked, and these ten begin where the rule does.
    assert list(occurrences(the_rule, 0)) == expected
    for year in range(2024, 2034):
        after = ten_years.seconds(date(year, 7, 1))
        later = [each for each in expected if each.at > after]
        assert list(occurrences(the_rule, after)) == later
        assert next_five(the_rule, after) == tuple(later[:5])


def test_a_rule_looks_the_same_hundreds_of_years_on() -> None:
    """Also where a year that four divides has no leap day."""
    for first in (2090, 2094, 2099, 2100, 2196):
        found = list(islice(occurrences(rule(MonthlyDate(day=31)), ten_years.seconds(date(first, 1, 1))), 48))
        shown = [date.fromisoformat(each.key[:10]) for each in found]
        assert shown == [day for day in ten_years.days(first) if ten_years.monthly_date(31)(day)][:48]
        weekly = next_five(rule(Weekly(weekdays=frozenset({2}))), ten_years.seconds(date(first, 2, 26)))
        assert {date.fromisoformat(each.key[:10]).weekday() for each in weekly} == {2}


def test_once_comes_once() -> None:
    """On its start, and never again."""
    once = rule(Once(), date(2026, 11, 24))
    (only,) = occurrences(once, 0)
    assert only.key == "2026-11-24T19:00"
    assert list(occurrences(once, only.at)) == []
    assert list(occurrences(once, only.at - 1)) == [only]


def test_the_local_hour_that_does_not_exist_and_the_one_that_comes_twice() -> None:
    """At 03:00 in March; in October the first 02:30 and not the second."""
    march = next_five(rule(EVERYDAY, date(2027, 3, 27), 150), 0)
    assert [f"{datetime.fromtimestamp(each.at, UTC):%d %H:%M}" for each in march[:3]] == [
        "27 01:30",
        "28 01:00",
        "29 00:30",
    ]
    assert keys(march)[1] == "2027-03-28T02:30"
    october = next_five(rule(EVERYDAY, date(2027, 10, 30), 150), 0)
    assert [f"{datetime.fromtimestamp(each.at, UTC):%d %H:%M}" for each in october[:3]] == [
        "30 00:30",
        "31 00:30",
        "01 01:30",
    ]


def test_the_day_that_samoa_left_out_comes_with_the_next() -> None:
    """At its first minute; and what is named for that minute itself does not come beside it."""
    left_out = rule(EVERYDAY, date(2011, 12, 29), 19 * 60, zone="Pacific/Apia")
    assert [each.key for each in islice(occurrences(left_out, 0), 3)] == [
        "2011-12-29T19:00",
        "2011-12-30T19:00",
        "2011-12-31T19:00",
    ]
    midnight = rule(EVERYDAY, date(2011, 12, 29), 0, zone="Pacific/Apia")
    found = list(islice(occurrences(midnight, 0), 3))
    assert keys(tuple(found)) == ["2011-12-29T00:00", "2011-12-30T00:00", "2012-01-01T00:00"]
    assert next(occurrences(midnight, found[1].at)) == found[2]


def test_what_falls_into_quiet_hours_comes_at_their_end() -> None:
    """The same morning or the next, after the rule's last date too; the key stays what the rule named."""
    late = rule(
        EVERYDAY, date(2026, 11, 23), 23 * 60, quiet_from=22 * 60, quiet_to=7 * 60, end=date(2026, 11, 24)
    )
    shown = [
        (datetime.fromtimestamp(each.at, BERLIN).strftime("%d %H:%M"), each.key)
        for each in occurrences(late, 0)
    ]
    assert shown == [
        ("24 07:00", "2026-11-23T23:00"),
        ("25 07:00", "2026-11-24T23:00"),
    ]
    early = rule(EVERYDAY, date(2026, 11, 23), 5 * 60, quiet_from=22 * 60, quiet_to=7 * 60)
    (first, *_) = next_five(early, 0)
    assert datetime.fromtimestamp(first.at, BERLIN).strftime("%d %H:%M") == "23 07:00"


KINDS: st.SearchStrategy[Every] = st.one_of(
    st.builds(Weekly, weeks=st.integers(1, 5), weekdays=st.frozensets(st.integers(0, 6), min_size=1)),
    st.builds(MonthlyDate, day=st.integers(1, 31)),
    st.builds(MonthlyWeekday, ordinal=st.sampled_from((1, 2, 3, 4, -1)), weekday=st.integers(0, 6)),
    st.sampled_from(["FREQ=DAILY", "FREQ=DAILY;INTERVAL=5;COUNT=40", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2"]).map(
        rrule
    ),
)
RULES = st.builds(
    rule,
    KINDS,
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 1439),
    zone=st.sampled_from([zone for zone, _ in SPANS]),
    quiet_from=st.none() | st.integers(0, 1439),
    quiet_to=st.integers(0, 1439),
)
INSTANTS = st.integers(ten_years.seconds(date(2019, 1, 1)), ten_years.seconds(date(2032, 1, 1)))


@given(RULES, INSTANTS)
@settings(deadline=None)
def test_what_comes_is_in_order_and_none_twice_and_not_in_quiet_hours(the_rule: Rule, after: int) -> None:
    """And at the local minute that the rule names, unless that does not exist or lies in quiet hours."""
    found = list(islice(occurrences(the_rule, after), 40))
    assert all(one.at < other.at and one.key < other.key for one, other in pairwise(found))
    assert all(each.at > after for each in found)
    for each in found:
        shown = datetime.fromtimestamp(each.at, ZoneInfo(the_rule.zone)).replace(tzinfo=None)
        named = datetime.fromisoformat(each.key)
        assert (named.hour, named.minute) == (the_rule.hour, the_rule.minute)
        assert timedelta() <= shown - named < timedelta(days=2)
        assert not quiet(the_rule, shown.hour * 60 + shown.minute)
        if shown != named and not quiet(the_rule, the_rule.hour * 60 + the_rule.minute):
            zone = ZoneInfo(the_rule.zone)
            back = named.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
            assert back != named


def quiet(the_rule: Rule, minute: int) -> bool:
    begins, ends = the_rule.quiet_from, the_rule.quiet_to
    if begins is None or ends is None or begins == ends:
        return False
    return begins <= minute < ends if begins < ends else not ends <= minute < begins


@given(RULES, INSTANTS, st.integers(0, 400 * DAY))
@settings(deadline=None)
def test_it_does_not_matter_from_when_one_looks(the_rule: Rule, earlier: int, seconds: int) -> None:
    """What comes after a later instant is the rest of what comes after an earlier one."""
    later = earlier + seconds
    whole = occurrences(the_rule, earlier)
    rest = [each for each in takewhile(lambda each: each.at <= later + 100 * DAY, whole) if each.at > later]
    again = takewhile(lambda each: each.at <= later + 100 * DAY, occurrences(the_rule, later))
    assert list(again) == rest


@given(RULES)
def test_a_rule_is_stored_as_it_is(the_rule: Rule) -> None:
    """As JSON, and read again."""
    assert Rule.model_validate_json(the_rule.model_dump_json()) == the_rule
