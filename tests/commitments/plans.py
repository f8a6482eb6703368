"""Commitments at random, and everything that can happen to one."""

from hypothesis import strategies as st

from bot.commitments import acts
from bot.commitments.acts import Act
from bot.commitments.commitment import SECONDS_A_DAY, Commitment, Timing

BEGIN = 1_790_000_000
"""A Monday, a quarter past four in Berlin."""
HOUR = 3600
DAY = SECONDS_A_DAY
ZONE = "Europe/Berlin"


def plan(**changes: object) -> Commitment:
    """One that was just made."""
    made = Commitment(
        token="c" * 16,
        group="a" * 16,
        session="e" * 16,
        user=1,
        cue="it is Thursday 15:00",
        action="wait",
        retention_days=14,
        made_at=BEGIN,
        touched_at=BEGIN,
    )
    return made.model_copy(update=changes)


def timing(when: str = "Thursday 15:00", *, quiet: tuple[int, int] | None = (21 * 60, 7 * 60)) -> Timing:
    quiet_from, quiet_to = quiet or (None, None)
    return Timing(when=when, zone=ZONE, quiet_from=quiet_from, quiet_to=quiet_to)


WHENS = ("", "Thursday 15:00", "Friday 6:30 am", "Monday 21:30", "tomorrow at 9 am", "30 September, 15:00")
WORDS = ("it is Thursday 15:00", "it is Friday 10:00", "she asks", "wait", " ")
TIMINGS = st.builds(
    Timing,
    when=st.sampled_from(WHENS),
    zone=st.sampled_from([ZONE, "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]),
    quiet_from=st.just(21 * 60),
    quiet_to=st.just(7 * 60),
) | st.builds(Timing, when=st.sampled_from(WHENS), zone=st.just(ZONE))
NUMBERS = st.integers(1, 6)


def some_act(now: int) -> st.SearchStrategy[Act]:
    """Any act at ``now``."""
    at = st.just(now)
    return st.one_of(
        st.builds(acts.Rewrite, st.sampled_from(WORDS), st.sampled_from(WORDS), at),
        st.builds(acts.Keep, st.sampled_from(["", "a line"]), at),
        st.builds(acts.Drop, st.sampled_from(["", "a line"]), at),
        st.builds(acts.NotYet, at),
        st.builds(acts.Remind, TIMINGS, at),
        st.builds(acts.StopReminding, at),
        st.builds(acts.ComeDue, at),
        st.builds(acts.Fade, at),
        st.builds(acts.Open, NUMBERS),
        st.builds(acts.Snooze, NUMBERS, st.integers(now + 1, now + 8 * DAY)),
        st.builds(acts.Offered, at),
        st.builds(acts.Undelivered, NUMBERS),
        st.just(acts.Told()),
    )
