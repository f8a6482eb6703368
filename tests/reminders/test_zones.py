"""Time zones as people type them."""

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.refusal import Refusal
from bot.reminders.zones import MOST_CHOICES, is_zone, zone_named, zones_like


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        (" Berlin ", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("america/argentina/buenos aires", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
        ("US/Eastern", "US/Eastern"),
    ],
)
def test_a_zone_is_known_by_its_name_or_its_place(typed: str, zone: str) -> None:
    """In any case, with spaces."""
    assert zone_named(typed) == zone


@pytest.mark.parametrize(
    "typed", ["", "Atlantis", "buenos aires", "Europe", "localtime", "../etc/passwd", "x" * 10_000]
)
def test_what_is_no_zone_or_several_is_refused(typed: str) -> None:
    """Buenos Aires has two names, and nobody guesses which."""
    with pytest.raises(Refusal) as caught:
        zone_named(typed)
    assert caught.value.key == "reminder-zone"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berl", "Europe/Berlin"),
        ("Europe/Ber", "Europe/Berlin"),
        ("Kathmando", "Asia/Kathmandu"),
        ("newyork", "America/New_York"),
        ("st johns", "America/St_Johns"),
        ("utc", "UTC"),
    ],
)
def test_the_likeliest_zone_stands_first(typed: str, first: str) -> None:
    """Typed in part, or with a slip of the finger."""
    assert zones_like(typed)[0] == first


@given(st.text(max_size=60), st.integers(1, MOST_CHOICES))
def test_no_more_zones_are_offered_than_fit_and_each_is_one(typed: str, limit: int) -> None:
    """Each can be taken as it stands, and none stands there twice."""
    found = zones_like(typed, limit)
    assert len(found) <= limit
    assert len(set(found)) == len(found)
    assert all(zone_named(zone) == zone and is_zone(zone) for zone in found)


def test_every_zone_that_a_group_can_have_is_known() -> None:
    """But for those that mean something else on each machine."""
    assert available_timezones() - {zone for zone in available_timezones() if is_zone(zone)} <= {
        "Factory",
        "localtime",
        "posixrules",
    }
