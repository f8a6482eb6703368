"""The cue of a plan: what counts as a clear day and time, and when the nudge for it comes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.cue import Cue, cue_time, next_instant, nudge_at
from bot.reminders.walls import is_quiet

MINUTE, HOUR, DAY = 60, 3_600, 86_400
BERLIN = "Europe/Berlin"
ZONES = ("Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu")


def at(text: str, zone: str = BERLIN) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def local(instant: int | None, zone: str = BERLIN) -> str | None:
    return None if instant is None else f"{datetime.fromtimestamp(instant, ZoneInfo(zone)):%Y-%m-%dT%H:%M}"


CLEAR = [
    ("If she asks how I am, then I say one sentence. Thursday 15:00", Cue(15, 0, weekday=3)),
    ("on Thu at 3pm", Cue(15, 0, weekday=3)),
    ("Thurs. 3:30 p.m.", Cue(15, 30, weekday=3)),
    ("Donnerstag 15 Uhr", Cue(15, 0, weekday=3)),
    ("donnerstags um 15 Uhr 30", Cue(15, 30, weekday=3)),
    ("Do, 15:00", Cue(15, 0, weekday=3)),
    ("Wenn er schweigt, Mi. um 9.30", Cue(9, 30, weekday=2)),
    ("Donnerstagabend um 7", Cue(19, 0, weekday=3)),
    ("Donnerstag Morgen um 9", Cue(9, 0, weekday=3)),
    ("next Tuesday 9.30", Cue(9, 30, weekday=1)),
    ("Thursday's session, 15:00–15:50", Cue(15, 0, weekday=3)),
    ("Thursday 3–4 pm", Cue(15, 0, weekday=3)),
    ("Friday afternoon at 3", Cue(15, 0, weekday=4)),
    ("Friday at 3 in the afternoon", Cue(15, 0, weekday=4)),
    ("Friday noon", Cue(12, 0, weekday=4)),
    ("tomorrow at 10", Cue(10, 0, ahead=1)),
    ("morgen um 10", Cue(10, 0, ahead=1)),
    ("Morgen 10 Uhr", Cue(10, 0, ahead=1)),
    ("übermorgen 10 Uhr", Cue(10, 0, ahead=2)),
    ("the day after tomorrow at 10", Cue(10, 0, ahead=2)),
    ("today, 17:00", Cue(17, 0, ahead=0)),
    ("tonight at 8", Cue(20, 0, ahead=0)),
    ("24 Nov 15:00", Cue(15, 0, day=(11, 24))),
    ("Nov 24th at 3pm", Cue(15, 0, day=(11, 24))),
    ("am 24.11. um 15 Uhr", Cue(15, 0, day=(11, 24))),
    ("24.11.2026, 15:00", Cue(15, 0, day=(11, 24), year=2026)),
    ("24. Dezember 2026 15:00", Cue(15, 0, day=(12, 24), year=2026)),
    ("3. März 15:00", Cue(15, 0, day=(3, 3))),
    ("2026-11-24 15:00", Cue(15, 0, day=(11, 24), year=2026)),
    ("2026-11-24T15:00", Cue(15, 0, day=(11, 24), year=2026)),
    ("11/24/2026 15:00", Cue(15, 0, day=(11, 24), year=2026)),
    ("Tuesday 24 Nov 15:00", Cue(15, 0, weekday=1, day=(11, 24))),
    ("Thursday 12am", Cue(0, 0, weekday=3)),
    ("Thursday 12 pm", Cue(12, 0, weekday=3)),
    ("Thursday 03:30", Cue(3, 30, weekday=3)),
    ("Wenn sie guten Morgen sagt, am Donnerstag um 9 Uhr", Cue(9, 0, weekday=3)),
    ("After 10 minutes of silence, Thursday 15:00", Cue(15, 0, weekday=3)),
    ("When he sat down and the sun is out, Friday 15:00", Cue(15, 0, weekday=4)),
    ("If so, I do nothing. Friday 15:00", Cue(15, 0, weekday=4)),
    ("She texts 24/7. Friday 15:00", Cue(15, 0, weekday=4)),
    ("If he offers 12.50 euros, Friday 15:00", Cue(15, 0, weekday=4)),
]


@pytest.mark.parametrize(("text", "cue"), CLEAR, ids=[text for text, _ in CLEAR])
def test_a_clear_day_and_time_are_found(text: str, cue: Cue) -> None:
    """In both languages, in the ways in which people write them."""
    assert cue_time(text) == cue


@pytest.mark.parametrize(
    "text",
    [
        "",
        "when she asks how I am",
        "at 15:00",
        "Thursday",
        "Thursday or Friday 15:00",
        "Thursday 15:00 or 16:00",
        "today or tomorrow at 10",
        "24 Nov or 25 Nov 15:00",
        # The night or the afternoon.
        "Thursday at 3",
        "Thursday 3:30",
        "Donnerstag 3 Uhr",
        # Not the time that stands there.
        "Thursday half past 3pm",
        "Donnerstag halb 16 Uhr",
        "Donnerstag viertel nach 15 Uhr",
        "Thursday before 15:00",
        "Thursday 11-1pm",
        # No such day or time.
        "31 Feb 15:00",
        "29.2.2027 15:00",
        "32.11. 15:00",
        "Thursday 25:00",
        "Thursday 15:75",
        "Thursday 15pm",
        # A day or a month first, another week, a week that has gone.
        "11/12/2026 15:00",
        "Thursday in two weeks 15:00",
        "übernächsten Donnerstag 15:00",
        "last Thursday 15:00",
        "I can do 15:00",
        "Do 15 breaths",
    ],
)
def test_what_is_not_clear_gives_no_cue(text: str) -> None:
    """No nudge is better than one at the wrong hour."""
    assert cue_time(text) is None


@given(st.text(alphabet="0123456789:.-/ apmT@#DoMiuhrNov,–", max_size=60))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    """Whatever was typed, there is a cue or none; and one that is found names a day."""
    cue = cue_time(text)
    assert cue is None or (cue.weekday, cue.day, cue.ahead) != (None, None, None)


def test_a_long_text_of_half_finds_is_read_quickly_enough_to_finish() -> None:
    """Only its beginning is read, so that nobody can keep the bot busy with one plan."""
    assert cue_time("Thursday " + "1" * 1_000_000 + " 15:00") is None
    assert cue_time("x " * 5_000 + "Thursday 15:00") is None


# 2026-11-23 is a Monday.
MONDAY = at("2026-11-23T14:00")


@pytest.mark.parametrize(
    ("cue", "comes"),
    [
        (Cue(15, 0, weekday=3), "2026-11-26T15:00"),
        (Cue(15, 0, weekday=0), "2026-11-23T15:00"),
        (Cue(14, 20, weekday=0), "2026-11-23T14:20"),
        (Cue(14, 19, weekday=0), "2026-11-30T14:19"),
        (Cue(15, 0, ahead=0), "2026-11-23T15:00"),
        (Cue(13, 0, ahead=0), None),
        (Cue(10, 0, ahead=1), "2026-11-24T10:00"),
        (Cue(10, 0, ahead=1, weekday=1), "2026-11-24T10:00"),
        (Cue(10, 0, ahead=1, weekday=2), None),
        (Cue(15, 0, day=(11, 24)), "2026-11-24T15:00"),
        (Cue(15, 0, day=(1, 8)), "2027-01-08T15:00"),
        (Cue(15, 0, day=(11, 22)), None),
        (Cue(15, 0, day=(11, 22), year=2026), None),
        (Cue(15, 0, day=(11, 22), year=2027), "2027-11-22T15:00"),
        (Cue(15, 0, day=(11, 24), weekday=1), "2026-11-24T15:00"),
        (Cue(15, 0, day=(11, 24), weekday=3), None),
    ],
)
def test_a_cue_comes_the_next_time_that_its_day_and_time_do(cue: Cue, comes: str | None) -> None:
    """Twenty minutes ahead at least; what has passed, or does not fit together, does not come."""
    assert local(next_instant(cue, BERLIN, MONDAY)) == comes


def test_a_cue_in_the_hour_that_the_clocks_leave_out_comes_when_they_have_jumped() -> None:
    """The last Sunday of March has no 02:30 in Berlin."""
    assert local(next_instant(Cue(2, 30, weekday=6), BERLIN, at("2027-03-27T12:00"))) == "2027-03-28T03:00"


@pytest.mark.parametrize(
    ("now", "quiet", "nudge"),
    [
        ("2026-11-23T14:00", (None, None), "2026-11-26T08:50"),
        ("2026-11-23T14:00", (22 * 60, 7 * 60), "2026-11-26T08:50"),
        ("2026-11-23T14:00", (22 * 60, 8 * 60 + 50), "2026-11-26T08:50"),
        ("2026-11-23T14:00", (22 * 60, 8 * 60 + 51), "2026-11-25T21:59"),
        ("2026-11-23T14:00", (8 * 60, 12 * 60), "2026-11-26T07:59"),
        ("2026-11-25T21:58", (22 * 60, 9 * 60), "2026-11-25T21:59"),
        ("2026-11-25T21:59", (22 * 60, 9 * 60), None),
        ("2026-11-25T23:00", (22 * 60, 9 * 60), None),
    ],
)
def test_a_nudge_comes_ten_minutes_before_or_before_quiet_hours_begin(
    now: str, quiet: tuple[int | None, int | None], nudge: str | None
) -> None:
    """Not at their end: the session could have begun by then."""
    assert local(nudge_at(at("2026-11-26T09:00"), BERLIN, at(now), *quiet)) == nudge


@given(
    st.integers(int(datetime(2024, 1, 1, tzinfo=UTC).timestamp()) // 60, int(2e9) // 60),
    st.sampled_from(ZONES),
    st.integers(0, 1439),
    st.integers(0, 1439),
    st.integers(20, 3 * 1440),
)
def test_a_nudge_is_never_in_quiet_hours_nor_after_its_cue(
    minute: int, zone: str, quiet_from: int, quiet_to: int, ahead: int
) -> None:
    """Whatever the clocks do in the night between."""
    cue = minute * MINUTE
    now = cue - ahead * MINUTE
    nudge = nudge_at(cue, zone, now, quiet_from, quiet_to)
    if nudge is None:
        assert is_quiet(cue - 10 * MINUTE, zone=ZoneInfo(zone), quiet_from=quiet_from, quiet_to=quiet_to)
    else:
        assert now < nudge <= cue - 10 * MINUTE
        shown = datetime.fromtimestamp(nudge, ZoneInfo(zone))
        of_day = shown.hour * 60 + shown.minute
        if quiet_from <= quiet_to:
            assert not quiet_from <= of_day < quiet_to
        else:
            assert quiet_to <= of_day < quiet_from
