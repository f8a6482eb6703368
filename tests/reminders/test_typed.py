"""What people type into the form of a reminder."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.refusal import Refusal
from bot.reminders.recurrence import check
from bot.reminders.rules import MonthlyDate, Once, Weekly
from bot.reminders.typed import WAYS, quiet_in, rule_in, span_in, time_in, way_of

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("19:00", (19, 0)),
        ("19.30", (19, 30)),
        ("19h", (19, 0)),
        ("19h30", (19, 30)),
        ("19", (19, 0)),
        ("7 pm", (19, 0)),
        ("7:30 PM", (19, 30)),
        ("7 p.m.", (19, 0)),
        ("12 am", (0, 0)),
        ("at 9:05", (9, 5)),
        ("um 19 Uhr 30", (19, 30)),
        ("noon", (12, 0)),
        # A bare small hour could be either half of the day.
        ("7", None),
        ("13 pm", None),
        ("24:00", None),
        ("25:00", None),
        ("19:75", None),
        ("seven", None),
        ("19:00 or 20:00", None),
        ("", None),
    ],
)
def test_times(typed: str, read: tuple[int, int] | None) -> None:
    """An hour in its own spelling, or the question again."""
    if read is not None:
        assert time_in(typed) == read
        return
    with pytest.raises(Refusal, match="reminder-time"):
        time_in(typed)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("", TODAY, None),
        ("24.11.2026", date(2026, 11, 24), None),
        ("24 Nov 2026", date(2026, 11, 24), None),
        ("2026-11-24", date(2026, 11, 24), None),
        ("tomorrow", date(2026, 11, 24), None),
        ("until 1 March", TODAY, date(2027, 3, 1)),
        ("24.11.2026 – 1.3.2027", date(2026, 11, 24), date(2027, 3, 1)),
        ("2026-11-24 - 2027-01-01", date(2026, 11, 24), date(2027, 1, 1)),
        ("from 1 March until 1 February", date(2027, 3, 1), date(2028, 2, 1)),
        ("Tuesday 24 November 2026", date(2026, 11, 24), None),
        ("until 29 February", TODAY, date(2028, 2, 29)),
        ("1 Jan 2020", date(2020, 1, 1), None),
    ],
)
def test_dates(typed: str, first: date, last: date | None) -> None:
    """As they are written in a diary; without a year it is the next of its kind."""
    assert span_in(typed, TODAY) == (first, last)


@pytest.mark.parametrize(
    "typed",
    [
        "someday",
        "30.2.2026",
        "05/06/2027",
        "Monday 24 November 2026",
        "24 Nov 2026 19:00",
        "0000-01-01",
        "1 May – 2 May – 3 May",
        "9" * 200,
    ],
)
def test_dates_that_are_not_clear(typed: str) -> None:
    """They are asked for again."""
    with pytest.raises(Refusal, match="reminder-date"):
        span_in(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("21:00–7:00", (1260, 420)),
        ("21-7", (1260, 420)),
        ("from 9 pm until 7:30", (1260, 450)),
        ("22:00 - 24:00", (1320, 0)),
        ("midnight to 6", (0, 360)),
        ("none", (None, None)),
        ("", (None, None)),
        ("–", (None, None)),
    ],
)
def test_quiet_hours(typed: str, minutes: tuple[int | None, int | None]) -> None:
    """Two times, or none."""
    assert quiet_in(typed) == minutes


@pytest.mark.parametrize("typed", ["at night", "21:00", "1-2-3", "25:00–7:00"])
def test_quiet_hours_that_are_not_clear(typed: str) -> None:
    """They are asked for again."""
    with pytest.raises(Refusal, match="reminder-hours"):
        quiet_in(typed)


def test_each_way_is_found_again() -> None:
    """A rule opens the form in which it was typed."""
    typed = {"days": ["2"], "day": "31.", "which": "3", "weekday": "0", "rrule": "FREQ=DAILY", "time": "8 am"}
    for way in WAYS:
        rule = rule_in(way, typed, "Europe/Berlin", TODAY)
        assert way_of(rule.every) == way
        assert (rule.hour, rule.minute, rule.start, rule.end) == (8, 0, TODAY, None)
    assert rule_in("date", typed, "Europe/Berlin", TODAY).every == MonthlyDate(day=31)
    assert way_of(Weekly(weeks=2, weekdays=frozenset(range(5)))) == "week"
    assert way_of(Once()) == "rrule"


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        **{
            name: st.text(max_size=40)
            for name in ("weeks", "day", "which", "weekday", "rrule", "span", "quiet")
        },
        "days": st.lists(st.text(max_size=3), max_size=8),
        "time": st.sampled_from(["19:00", "7 pm", "x", ""]),
    },
)


@given(st.sampled_from(WAYS), FIELDS)
def test_anything_typed_is_a_rule_or_a_sentence(way: str, typed: dict[str, str | list[str]]) -> None:
    """Whatever comes in, nothing falls."""
    try:
        rule = rule_in(way, typed, "Europe/Berlin", TODAY)  # pyright: ignore[reportArgumentType]
        check(rule, 1_795_000_000)
    except Refusal as refusal:
        assert refusal.key.startswith("reminder-")  # noqa: PT017
