"""What a group can choose from: the shipped ones, and its own before those of the same id."""

import asyncio

import pytest

from bot.refusal import Refusal
from bot.services.templates import FIRST, MOST_OWN
from bot.storage import tables
from tests.services.left import files_hold, rows_left
from tests.templates.conftest import Shelf
from tests.templates.making import small


async def test_the_list_begins_with_what_the_bot_is_for(shelf: Shelf) -> None:
    """Then by title; a group's own stand among them."""
    await shelf.service.save(shelf.group, small(title="1 look"))
    found = await shelf.service.of(shelf.group)
    titles = [each.title.casefold() for each in found]
    assert found[0].id == FIRST
    assert len(found) == 13
    assert titles[1:] == sorted(titles[1:])
    assert titles[1] == "1 look"


async def test_a_groups_own_comes_before_the_shipped_one_until_it_is_removed(shelf: Shelf) -> None:
    """The shipped one of the same id is hidden as long, and is back then."""
    shipped = await shelf.find("rupture")
    assert await shelf.service.save(shelf.group, small("rupture", "Ours")) == 1
    assert (await shelf.find("rupture")).title == "Ours"
    assert await shelf.service.own(shelf.group) == {"rupture"}
    assert len(await shelf.service.of(shelf.group)) == 12
    await shelf.service.remove(shelf.group, "rupture")
    assert await shelf.find("rupture") == shipped
    assert await shelf.service.own(shelf.group) == frozenset()


async def test_versions_count_what_was_changed(shelf: Shelf) -> None:
    """Saving the same twice is one save; another group's count is its own."""
    save, group = shelf.service.save, shelf.group
    assert await shelf.version("short-look") == 0
    assert await save(group, small()) == 1
    assert await save(group, small()) == 1
    assert await save(group, small(title="Another")) == 2
    assert await shelf.version("short-look") == 2


async def test_saves_at_once_count_one_by_one(shelf: Shelf) -> None:
    """None is lost in the count, and one template comes of them."""
    made = [small(title=f"Number {number}") for number in range(6)]
    versions = await asyncio.gather(*(shelf.service.save(shelf.group, each) for each in made))
    assert sorted(versions) == [1, 2, 3, 4, 5, 6]
    assert await shelf.service.own(shelf.group) == {"short-look"}


async def test_there_is_room_for_so_many(shelf: Shelf) -> None:
    """One more is refused; what is there can still be changed."""
    for number in range(MOST_OWN):
        await shelf.service.save(shelf.group, small(f"look-{number}"))
    with pytest.raises(Refusal) as refused:
        await shelf.service.save(shelf.group, small("one-more"))
    assert refused.value.key == "template-too-many"
    assert await shelf.service.save(shelf.group, small("look-3", "Changed")) == 2


async def test_what_is_not_there_is_not_found(shelf: Shelf) -> None:
    """And what the group has not written can't be removed."""
    with pytest.raises(Refusal) as gone:
        await shelf.find("no-such")
    assert gone.value.key == "template-gone"
    with pytest.raises(Refusal) as shipped:
        await shelf.service.remove(shelf.group, "rupture")
    assert shipped.value.key == "template-not-own"


@pytest.mark.parametrize(
    ("typed", "first", "there"),
    [
        ("", FIRST, "rupture"),
        ("RUPTURE", "rupture", "rupture"),
        ("interpreter", "cultural-lens", "cultural-lens"),
        ("gift", "", "ethical-dilemma"),
        ("client looks", FIRST, FIRST),
        ("looks client", FIRST, FIRST),
    ],
)
async def test_it_is_found_by_title_and_by_what_it_is_for(
    shelf: Shelf, typed: str, first: str, there: str
) -> None:
    """In any order and any case; what has it in its title comes first."""
    found = [each.id for each in await shelf.service.matching(shelf.group, typed)]
    assert there in found
    assert not first or found[0] == first
    assert await shelf.service.matching(shelf.group, f"{typed} zzz") == []


async def test_nothing_of_it_can_be_read_in_the_files(shelf: Shelf) -> None:
    """Neither its text nor its name, which may tell what a group works on."""
    await shelf.service.save(shelf.group, small("grief-after-a-murder", "The canary sings"))
    path = shelf.stage.bot.desk.ground.database.path
    assert files_hold(path, [b"grief-after-a-murder", b"The canary sings", b"little time"]) == []


async def test_it_goes_with_its_group(shelf: Shelf) -> None:
    """When the server lets the bot go."""
    await shelf.service.save(shelf.group, small())
    desk = shelf.stage.bot.desk
    assert (await rows_left(desk))[tables.templates.name] == 1
    await desk.privacy.erase_server(shelf.stage.guild.id)
    assert tables.templates.name not in await rows_left(desk)
