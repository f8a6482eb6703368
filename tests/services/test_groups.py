from dataclasses import replace
from zoneinfo import available_timezones

import pytest

from bot.desk import Desk
from bot.refusal import Refusal
from bot.services.access import Caller, CharterFirst, admit
from bot.services.groups import LEAST_RETENTION_DAYS, MOST_CHOICES, MOST_RETENTION_DAYS
from bot.storage.groups import Group
from tests.services.evening import ZONE

CALLER = Caller(user=17, guild=1, channel=2, manages_server=True)


async def stored_groups(desk: Desk) -> list[Group]:
    async with desk.ground.reading() as store:
        return await store.groups.all()


@pytest.mark.parametrize("days", ["1", "14", " 14 ", "014", "90"])
async def test_days_that_can_be_kept(desk: Desk, days: str) -> None:
    """Whole numbers within the bounds, with whatever space stands around them."""
    group = await desk.groups.set_up(CALLER, ZONE, "en", days, ())
    assert group.retention_days == int(days)
    assert await stored_groups(desk) == [group]


@pytest.mark.parametrize(
    ("zone", "language", "days", "why"),
    [
        (ZONE, "en", "fourteen", "retention-out-of-range"),
        (ZONE, "en", "-3", "retention-out-of-range"),
        (ZONE, "en", "0", "retention-out-of-range"),
        (ZONE, "en", "91", "retention-out-of-range"),
        (ZONE, "en", "9999999999999999999999", "retention-out-of-range"),
        (ZONE, "en", "9" * 5000, "retention-out-of-range"),
        (ZONE, "en", "١٤", "retention-out-of-range"),
        (ZONE, "en", "1_4", "retention-out-of-range"),
        (ZONE, "en", "14.0", "retention-out-of-range"),
        (ZONE, "en", "²", "retention-out-of-range"),
        (ZONE, "en", "+14", "retention-out-of-range"),
        (ZONE, "en", "", "retention-out-of-range"),
        ("Europe/Atlantis", "en", "14", "zone-unknown"),
        ("europe/berlin", "en", "14", "zone-unknown"),
        ("../../etc/passwd", "en", "14", "zone-unknown"),
        ("", "en", "14", "zone-unknown"),
        (ZONE, "tlh", "14", "language-unknown"),
        (ZONE, "", "14", "language-unknown"),
    ],
)
async def test_what_can_t_be_set(desk: Desk, zone: str, language: str, days: str, why: str) -> None:
    """A sentence that says what would do, and nothing is stored or changed by it."""
    with pytest.raises(Refusal) as refused:
        await desk.groups.set_up(CALLER, zone, language, days, ())
    assert refused.value.key == why
    assert desk.ground.library().texts(why, **refused.value.values)
    assert await stored_groups(desk) == []
    kept = await desk.groups.set_up(CALLER, "Asia/Tokyo", "en", "30", (18,))
    with pytest.raises(Refusal):
        await desk.groups.set_up(CALLER, zone, language, days, (19,))
    assert await stored_groups(desk) == [kept]


def test_the_bounds_are_named_in_the_refusal(desk: Desk) -> None:
    """So that the next number typed is one that can be taken."""
    text = desk.ground.library().texts(
        "retention-out-of-range", least=LEAST_RETENTION_DAYS, most=MOST_RETENTION_DAYS
    )
    assert str(LEAST_RETENTION_DAYS) in text
    assert str(MOST_RETENTION_DAYS) in text


async def test_who_sets_a_group_up_facilitates_where_nobody_is_named(desk: Desk) -> None:
    """Nobody chosen is whoever sent the form; those chosen stand alone."""
    alone = await desk.groups.set_up(CALLER, ZONE, "en", "14", ())
    assert alone.facilitators == (17,)
    others = await desk.groups.set_up(CALLER, ZONE, "en", "14", (18, 19))
    assert others.facilitators == (18, 19)


async def test_a_later_change_keeps_the_group(desk: Desk) -> None:
    """Its token, its people and their charter stay; what was changed is changed, and there is one group."""
    first = await desk.groups.set_up(CALLER, ZONE, "en", "14", ())
    colleague = Caller(20, 1, 2)
    await desk.groups.accept_charter(first.token, colleague)
    later = await desk.groups.set_up(CALLER, "Asia/Tokyo", "en", "30", (18,))
    assert later == replace(first, zone="Asia/Tokyo", retention_days=30, facilitators=(18,))
    assert await stored_groups(desk) == [later]
    assert (await admit(desk.ground, "colleague", colleague)).group == later


async def test_each_channel_is_a_group_of_its_own(desk: Desk) -> None:
    """A charter accepted in one is not accepted in another, and not in another server's name."""
    first = await desk.groups.set_up(CALLER, ZONE, "en", "14", ())
    second = await desk.groups.set_up(replace(CALLER, channel=3), ZONE, "en", "14", ())
    assert first.token != second.token
    await desk.groups.accept_charter(first.token, Caller(20, 1, 2))
    with pytest.raises(CharterFirst):
        await admit(desk.ground, "colleague", Caller(20, 1, 3))
    with pytest.raises(Refusal, match="no-group-here"):
        await desk.groups.accept_charter(second.token, Caller(20, guild=9, channel=3))
    with pytest.raises(Refusal, match="no-group-here"):
        await desk.groups.accept_charter("0" * 16, Caller(20, 1, 2))


async def test_a_new_charter_is_asked_for_again(desk: Desk) -> None:
    """Who accepted an older one reads the new one before anything else."""
    group = await desk.groups.set_up(CALLER, ZONE, "en", "14", ())
    colleague = Caller(20, 1, 2)
    await desk.groups.accept_charter(group.token, colleague)
    async with desk.ground.writing() as store:
        await store.groups.save(replace(group, charter_version=2), desk.ground.today)
    with pytest.raises(CharterFirst):
        await admit(desk.ground, "colleague", colleague)
    await desk.groups.accept_charter(group.token, colleague)
    assert await admit(desk.ground, "colleague", colleague)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berl", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("NEW_YORK", "America/New_York"),
        ("  london ", "Europe/London"),
        ("america/argentina/b", "America/Argentina/Buenos_Aires"),
        ("york", "America/New_York"),
    ],
)
def test_a_city_comes_first(desk: Desk, typed: str, first: str) -> None:
    """Cities that begin with what was typed come before those that only contain it."""
    assert desk.groups.zones(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "a", "/", "america", "nowhere at all", "%", "x" * 4000])
def test_zones_are_few_and_real(desk: Desk, typed: str) -> None:
    """As many as Discord shows, all of them known; none where nothing fits."""
    found = desk.groups.zones(typed)
    assert len(found) <= MOST_CHOICES
    assert set(found) <= available_timezones()
    assert len(set(found)) == len(found)


def test_every_city_can_be_found_and_set(desk: Desk) -> None:
    """A zone with a region is offered when it is typed whole, and is then one that can be set."""
    for zone in ["UTC", *sorted(each for each in available_timezones() if "/" in each)[::9]]:
        assert zone in desk.groups.zones(zone)
        desk.groups.check_zone(zone)
