"""Which rules are kept, and which are refused with a sentence; none takes long to decide."""

import sys
from contextlib import suppress
from datetime import date
from types import FrameType
from typing import Any, Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.refusal import Refusal
from bot.reminders.patterns import LONGEST_RRULE, read_rrule
from bot.reminders.recurrence import check, next_five, occurrences
from bot.reminders.rules import ByRrule, Every, MonthlyDate, Once, Rule, Weekly

NOW = 1_795_000_000
"""2026-11-18, 12:06 in Berlin."""
TODAY = date(2026, 11, 18)
MOST_STEPS = 500_000
"""Lines of Python that run: a few hundredths of a second."""
WEEKLY = Weekly(weekdays=frozenset({1}))


def rule(every: Every = WEEKLY, **more: object) -> Rule:
    values: dict[str, object] = {"hour": 19, "minute": 0, "zone": "Europe/Berlin", "start": TODAY, **more}
    return Rule.model_validate({"every": every, **values})


def refused(the_rule: Rule) -> str:
    with pytest.raises(Refusal) as caught:
        check(the_rule, NOW)
    return caught.value.key


class Steps:
    """Counts the lines of Python that run, which a slower machine does not change."""

    def __init__(self) -> None:
        self.taken = 0

    def _step(self, frame: FrameType, event: str, arg: Any) -> Any:
        self.taken += 1
        # It would go on for eight thousand years else.
        assert self.taken <= MOST_STEPS
        return self._step

    def __enter__(self) -> Self:
        self._before = sys.gettrace()
        sys.settrace(self._step)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._before)


@pytest.mark.parametrize(
    ("the_rule", "key"),
    [
        (rule(zone="Europe/Atlantis"), "reminder-zone"),
        (rule(zone="../../etc/passwd"), "reminder-zone"),
        (rule(zone="localtime"), "reminder-zone"),
        (rule(start=date(2026, 11, 17)), "reminder-past-start"),
        (rule(Once(), hour=12), "reminder-past-start"),
        (rule(end=date(2026, 11, 17)), "reminder-past-end"),
        (rule(start=date(2026, 12, 2), end=date(2026, 12, 1)), "reminder-end-first"),
        (rule(quiet_from=0), "reminder-quiet"),
        (rule(quiet_to=0), "reminder-quiet"),
        (rule(quiet_from=60, quiet_to=60), "reminder-quiet"),
        # Wednesday to Monday has no Tuesday in it.
        (rule(end=date(2026, 11, 23)), "reminder-never"),
        (rule(start=date(9999, 12, 31)), "reminder-never"),
        (rule(Once(), start=date(2040, 1, 1)), "reminder-never"),
    ],
)
def test_what_could_not_come_is_refused_with_its_own_sentence(the_rule: Rule, key: str) -> None:
    """So that a person learns which of the fields to look at again."""
    assert refused(the_rule) == key


@pytest.mark.parametrize(
    "the_rule",
    [
        rule(),
        rule(end=date(2026, 11, 24)),
        rule(MonthlyDate(day=31)),
        rule(Once()),
        rule(Once(), start=date(2026, 11, 20)),
        rule(zone="UTC"),
        rule(quiet_from=22 * 60, quiet_to=7 * 60),
        rule(ByRrule(text="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")),
        rule(ByRrule(text=" rrule:freq=weekly;byday=mo,we;interval=2;wkst=su; ")),
        rule(ByRrule(text="FREQ=DAILY;COUNT=9999")),
        rule(ByRrule(text="FREQ=DAILY;UNTIL=20261118T235959Z")),
    ],
)
def test_what_comes_is_kept(the_rule: Rule) -> None:
    """And comes."""
    check(the_rule, NOW)
    assert next_five(the_rule, NOW)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "reminder-rrule"),
        ("every tuesday", "reminder-rrule"),
        ("FREQ=FORTNIGHTLY", "reminder-rrule"),
        ("INTERVAL=2", "reminder-rrule"),
        ("FREQ=DAILY;FREQ=WEEKLY", "reminder-rrule"),
        ("FREQ=DAILY;INTERVAL=0", "reminder-rrule"),
        ("FREQ=DAILY;INTERVAL=-1", "reminder-rrule"),
        ("FREQ=DAILY;INTERVAL=1000000000000", "reminder-rrule"),
        ("FREQ=DAILY;COUNT=0", "reminder-rrule"),
        ("FREQ=DAILY;COUNT=5;UNTIL=20270101", "reminder-rrule"),
        ("FREQ=DAILY;UNTIL=00010101", "reminder-rrule"),
        ("FREQ=DAILY;UNTIL=20270231", "reminder-rrule"),
        ("FREQ=DAILY;BYEASTER=1", "reminder-rrule"),
        ("FREQ=DAILY;BYSETPOS=1", "reminder-rrule"),
        ("FREQ=WEEKLY;BYDAY=2MO", "reminder-rrule"),
        ("FREQ=WEEKLY;BYDAY=XX", "reminder-rrule"),
        ("FREQ=WEEKLY;WKST=XX", "reminder-rrule"),
        ("FREQ=MONTHLY;BYDAY=0MO", "reminder-rrule"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "reminder-rrule"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "reminder-rrule"),
        ("FREQ=YEARLY;BYMONTH=13", "reminder-rrule"),
        ("FREQ=YEARLY;BYMONTH=-1", "reminder-rrule"),
        ("FREQ=DAILY\nRRULE:FREQ=WEEKLY", "reminder-rrule"),
        ("FREQ=DAILY;" + "X" * 10_000, "reminder-rrule"),
        ("FREQ=SECONDLY", "reminder-too-often"),
        ("FREQ=MINUTELY;COUNT=3", "reminder-too-often"),
        ("FREQ=HOURLY;INTERVAL=48", "reminder-too-often"),
        ("FREQ=DAILY;BYHOUR=9,17", "reminder-rrule-part"),
        ("rrule:byminute=5;freq=daily", "reminder-rrule-part"),
        ("DTSTART;TZID=Europe/Berlin:20261124T150000\nRRULE:FREQ=DAILY", "reminder-rrule-part"),
        ("FREQ=DAILY\nEXDATE:20261124T150000", "reminder-rrule-part"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "reminder-never"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "reminder-never"),
        ("FREQ=MONTHLY;BYMONTH=2,4,6,9,11;BYMONTHDAY=31", "reminder-never"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9", "reminder-never"),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "reminder-never"),
        ("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", "reminder-never"),
        ("FREQ=YEARLY;INTERVAL=999;BYMONTH=1", "reminder-never"),
        (
            "FREQ=MONTHLY;BYDAY=" + ",".join(f"{n}{day}" for n in range(-53, -20) for day in ("MO", "TU")),
            "reminder-never",
        ),
        ("FREQ=DAILY;UNTIL=20200101", "reminder-never"),
    ],
)
def test_an_rrule_that_can_not_be_kept_is_refused_after_few_steps(text: str, key: str) -> None:
    """Junk, several a day, parts that the form has asked for, and what never comes."""
    # The zones are read from the disk once, which is no part of it.
    check(rule(), NOW)
    read_rrule.cache_clear()
    with Steps():
        assert refused(rule(ByRrule(text=text))) == key


def test_the_part_to_leave_out_is_named() -> None:
    """By its own name, never by what was typed."""
    with pytest.raises(Refusal) as caught:
        read_rrule("freq=daily;byhour=9;x=y")
    assert caught.value.values == {"part": "BYHOUR"}


PARTS = st.sampled_from(
    "INTERVAL=7 INTERVAL=999 COUNT=3 UNTIL=20300101 WKST=SU BYMONTH=2 BYMONTH=2,6 "
    "BYMONTHDAY=30 BYMONTHDAY=-31 BYYEARDAY=366 BYWEEKNO=53 BYWEEKNO=-53 BYDAY=MO "
    "BYDAY=5MO BYDAY=-53SU BYSETPOS=2 BYSETPOS=-9".split()
)


def test_of_one_day_there_is_no_second() -> None:
    """Said at once, and not after ten years of days."""
    assert refused(rule(ByRrule(text="FREQ=DAILY;BYMONTHDAY=30;BYSETPOS=2"))) == "reminder-never"


@given(st.sampled_from("DAILY WEEKLY MONTHLY YEARLY".split()), st.sets(PARTS, max_size=5))
@settings(deadline=None, max_examples=40)
def test_any_parts_together_are_decided_after_few_steps(frequency: str, parts: set[str]) -> None:
    """Kept or refused; and what is kept comes at most once a day."""
    the_rule = rule(ByRrule(text=";".join([f"FREQ={frequency}", *sorted(parts)])))
    with Steps():
        try:
            check(the_rule, NOW)
        except Refusal:
            return
    days = [each.key[:10] for each in next_five(the_rule, NOW)]
    assert len(set(days)) == len(days) > 0


@given(st.text(alphabet="FREQ=DAILY;BYMONTHUNTILCOUNT0123456789,-+:TZ\n ", max_size=LONGEST_RRULE + 9))
def test_no_text_is_too_odd_to_be_refused(text: str) -> None:
    """It is an RRULE or there is a sentence for it, never an error."""
    with suppress(Refusal):
        read_rrule(text)


@pytest.mark.parametrize("every", [WEEKLY, MonthlyDate(day=31), ByRrule(text="FREQ=WEEKLY;INTERVAL=3")])
def test_the_next_one_is_found_in_as_few_steps_ten_years_on(every: Every) -> None:
    """The scheduler asks at each delivery, so a rule must not be walked from its start."""
    the_rule = rule(every)
    steps: list[int] = []
    # Each twice: the first look at a year makes its calendar, which is then remembered.
    for years in (0, 0, 10, 10):
        with Steps() as counted:
            assert next(occurrences(the_rule, NOW + years * 365 * 86_400), None)
        steps.append(counted.taken)
    _, near, _, far = steps
    assert far < 2 * near + 1_000
