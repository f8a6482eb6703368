from hypothesis import given
from hypothesis import strategies as st

from bot.vignettes.slots import AT_LEAST_AHEAD, SLOT_SECONDS, day_of, next_slot

TIMES = st.integers(1_700_000_000, 2_000_000_000)


@given(TIMES)
def test_what_is_written_shows_at_a_quarter_of_an_hour(now: int) -> None:
    """Never in the next minutes, when whoever is about would be who wrote it, and never much later."""
    slot = next_slot(now)
    assert slot % SLOT_SECONDS == 0
    assert AT_LEAST_AHEAD < slot - now <= AT_LEAST_AHEAD + SLOT_SECONDS


@given(TIMES, st.integers(0, SLOT_SECONDS - 1))
def test_whoever_writes_in_one_quarter_comes_out_together(now: int, later: int) -> None:
    """All that a slot says of when something was written is a quarter of an hour."""
    begins = next_slot(now) - SLOT_SECONDS - AT_LEAST_AHEAD
    assert next_slot(begins + later) == next_slot(now)


@given(TIMES)
def test_a_day_begins_at_midnight_utc(now: int) -> None:
    """And holds all of its slots."""
    day = day_of(now)
    assert day % 86_400 == 0
    assert 0 <= now - day < 86_400
