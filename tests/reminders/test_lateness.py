"""What is still sent after an outage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.lateness import Sorted, sort_out
from bot.reminders.recurrence import Occurrence

NOW = 1_795_000_000
MINUTE, HOUR = 60, 3_600


def due(*ago: int) -> list[Occurrence]:
    return [Occurrence(NOW - each, str(each)) for each in ago]


@pytest.mark.parametrize(
    ("ago", "sent", "late", "skipped"),
    [
        ([], None, False, 0),
        ([0], 0, False, 0),
        ([10 * MINUTE], 10 * MINUTE, False, 0),
        ([10 * MINUTE + 1], 10 * MINUTE + 1, True, 0),
        ([6 * HOUR - 1], 6 * HOUR - 1, True, 0),
        ([6 * HOUR], None, False, 1),
        ([3 * HOUR, HOUR, 2 * HOUR], HOUR, True, 2),
        ([72 * HOUR, 48 * HOUR, 24 * HOUR], None, False, 3),
        ([72 * HOUR, 48 * HOUR, 0], 0, False, 2),
        # A clock was set back.
        ([-HOUR], None, False, 0),
        ([-HOUR, HOUR], HOUR, True, 0),
    ],
)
def test_the_newest_comes_where_it_still_helps(
    ago: list[int], sent: int | None, late: bool, skipped: int
) -> None:
    """Once, marked where it is late; the others are counted."""
    send = None if sent is None else Occurrence(NOW - sent, str(sent))
    assert sort_out(due(*ago), NOW) == Sorted(send, late=late, skipped=skipped)


@given(st.lists(st.integers(-2 * HOUR, 100 * HOUR), unique=True))
def test_nothing_is_lost_without_a_word(ago: list[int]) -> None:
    """Each that is due is sent or counted, and one is sent at most."""
    found = sort_out(due(*ago), NOW)
    assert (found.send is not None) + found.skipped == sum(each >= 0 for each in ago)
