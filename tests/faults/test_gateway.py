"""The line on which events come: it falls, it can't be taken up, and what comes on it comes twice or late."""

import asyncio

import pytest

from benchmarks.double import NoAnswer
from benchmarks.double.gateway import IDENTIFY, RESUME
from tests.faults.conftest import Group, Town

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("how", ["dropped", "asked to reconnect"])
async def test_what_is_pressed_while_the_line_is_down_is_answered(town: Town, group: Group, how: str) -> None:
    """The bot resumes, is told what it missed, and is still in time."""
    await group.open_start()
    heard = len(town.double.gateway.heard)
    if how == "dropped":
        await town.double.gateway.drop()
    else:
        town.double.gateway.ask_to_reconnect()
    await group.send_start()
    assert group.bea.text.startswith("## It begins")
    assert RESUME in town.double.gateway.heard[heard:]
    assert len(group.sessions) == 1


async def test_where_resuming_is_refused_it_signs_in_anew(town: Town, group: Group) -> None:
    """What was pressed in between is lost and looks so; what is pressed afterwards is answered."""
    await group.open_start()
    form, heard = group.bea.shown, len(town.double.gateway.heard)
    town.double.gateway.refuse_resume = 1
    await town.double.gateway.drop()
    with pytest.raises(NoAnswer):
        await group.send_start()
    await town.double.signed_in()
    assert [op for op in town.double.gateway.heard[heard:] if op in (RESUME, IDENTIFY)] == [RESUME, IDENTIFY]
    assert group.sessions == []
    group.bea.shown = form
    await group.send_start()
    assert group.bea.text.startswith("## It begins")


async def test_an_event_that_comes_twice_has_one_effect(town: Town, group: Group) -> None:
    """One session, one answer: the second is told that it was given already."""
    await group.open_start()
    town.double.gateway.doubled = 1
    await group.send_start()
    assert group.bea.text.startswith("## It begins")
    await town.all_sent()
    assert len(group.sessions) == 1
    assert len(group.posts) == 1


async def test_an_event_that_comes_too_late_is_done_all_the_same(town: Town, group: Group) -> None:
    """She sees that it failed; sent again, it has still happened once."""
    await group.open_start()
    form = group.bea.shown
    with town.double.gateway.late(3.4), pytest.raises(NoAnswer):
        await group.send_start()
    async with asyncio.timeout(5):
        while not group.sessions:
            await asyncio.sleep(0.05)
    group.bea.shown = form
    await group.send_start()
    assert group.bea.text.startswith("## It begins")
    assert len(group.sessions) == 1
