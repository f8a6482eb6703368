"""Until when a note can be put off."""

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.refusal import Refusal
from bot.reminders.snooze import offered, snoozed_until
from bot.reminders.walls import is_quiet

BERLIN = "Europe/Berlin"
NIGHT = (21 * 60, 7 * 60)


def at(text: str, zone: str = BERLIN) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


@pytest.mark.parametrize(
    ("how", "now", "quiet", "then"),
    [
        ("tonight", "2026-11-23 19:05", NIGHT, "2026-11-23 20:00"),
        ("tonight", "2026-11-23 00:10", NIGHT, "2026-11-23 20:00"),
        ("tonight", "2026-11-23 19:30", NIGHT, "2026-11-23 20:00"),
        ("tonight", "2026-11-23 12:00", (19 * 60, 420), "2026-11-23 18:59"),
        ("tomorrow", "2026-11-23 22:05", NIGHT, "2026-11-24 19:00"),
        ("tomorrow", "2026-11-25 00:10", NIGHT, "2026-11-26 19:00"),
        ("next-week", "2026-11-23 19:05", NIGHT, "2026-11-30 19:00"),
        # The quiet hours were changed meanwhile.
        ("tomorrow", "2026-11-23 19:05", (18 * 60, 420), "2026-11-25 07:00"),
        # The clocks change in between: the local hour stays.
        ("tomorrow", "2027-03-27 19:05", NIGHT, "2027-03-28 19:00"),
    ],
)
def test_until_when(how: str, now: str, quiet: tuple[int, int], then: str) -> None:
    """At a local time that suits, never in quiet hours."""
    assert snoozed_until(how, at("2026-11-23 19:00"), at(now), BERLIN, *quiet) == at(then)


@pytest.mark.parametrize("now", ["2026-11-23 19:31", "2026-11-23 20:00", "2026-11-23 23:59"])
def test_no_evening_left(now: str) -> None:
    """It is not offered then, and refused in words where it was on the screen before."""
    assert offered(at(now), BERLIN, *NIGHT) == ("tomorrow", "next-week")
    with pytest.raises(Refusal, match="snooze-too-late"):
        snoozed_until("tonight", at(now), at(now), BERLIN, *NIGHT)


def test_no_evening_before_the_quiet_hours() -> None:
    """Where they have begun, or are about to."""
    assert "tonight" not in offered(at("2026-11-23 17:45"), BERLIN, 18 * 60, 420)
    assert "tonight" in offered(at("2026-11-23 17:15"), BERLIN, 18 * 60, 420)


QUIET = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(0, 1439), st.integers(0, 1439)).filter(lambda q: q[0] != q[1]),
)


@given(
    st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
    st.integers(1_700_000_000, 2_000_000_000),
    st.integers(0, 14 * 86_400),
    QUIET,
)
def test_wherever_and_whenever(zone: str, now: int, ago: int, quiet: tuple[int | None, int | None]) -> None:
    """Whatever is offered lies ahead, and outside of quiet hours."""
    for how in offered(now, zone, *quiet):
        then = snoozed_until(how, now - ago, now, zone, *quiet)
        assert then > now
        assert not is_quiet(then, ZoneInfo(zone), *quiet)
