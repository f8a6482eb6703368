"""Requests that fail, by the real process over real HTTP: what a person sees of each."""

import asyncio
import time
from typing import get_args

import pytest

from benchmarks.double import Fault, NoAnswer
from benchmarks.double.faults import Kind, Limit
from tests.faults.conftest import Group, Town

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANSWER = r"POST /interactions/"
TRIED_AGAIN = ("429 user", "429 global", "429 shared", "500", "502", "503", "hang")
UNSEEN = ("429 door", "drop before")
KINDS: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind != "hang after")


async def test_every_kind_is_covered() -> None:
    """Nothing can go wrong here that no test below asks about."""
    assert {*TRIED_AGAIN, *UNSEEN, "drop after"} == set(KINDS)


@pytest.mark.parametrize("kind", [each for each in TRIED_AGAIN if each != "hang"])
async def test_an_answer_that_is_refused_for_now_comes_a_little_later(
    town: Town, group: Group, kind: Kind
) -> None:
    """Within the three seconds that Discord waits, and once."""
    await group.open_start()
    fault = Fault(ANSWER, kind, seconds=0.3)
    town.double.plan(fault)
    await group.send_start()
    assert fault.met == 1
    assert group.bea.text.startswith("## It begins")
    assert len(group.sessions) == 1


@pytest.mark.parametrize("kind", UNSEEN)
async def test_an_answer_that_can_not_be_given_leaves_what_was_committed(
    town: Town, group: Group, kind: Kind
) -> None:
    """The form fails before her eyes; sent again, as Discord lets her, it says that the session is there."""
    await group.open_start()
    form = group.bea.shown
    town.double.plan(Fault(ANSWER, kind))
    with pytest.raises(NoAnswer):
        await group.send_start()
    assert len(group.sessions) == 1
    group.bea.shown = form
    await group.send_start()
    assert group.bea.text.startswith("## It begins")
    assert len(group.sessions) == 1


async def test_an_answer_whose_confirmation_is_lost_is_seen(town: Town, group: Group) -> None:
    """She has it, and the bot does not try to give another."""
    await group.open_start()
    before = len(town.double.rest.requests)
    town.double.plan(Fault(ANSWER, "drop after"))
    await group.send_start()
    assert group.bea.text.startswith("## It begins")
    await asyncio.sleep(0.2)
    given = [each for each in town.double.rest.requests[before:] if each.startswith("POST /interactions")]
    assert len(given) == 1


async def test_an_answer_that_hangs_holds_up_nobody_else(town: Town, group: Group) -> None:
    """One person waits in vain; meanwhile others are answered at once, and pressing again helps."""
    await group.open_start()
    town.double.plan(Fault(ANSWER, "hang", seconds=6))
    sending = asyncio.create_task(group.send_start())
    await asyncio.sleep(0.3)
    began = time.perf_counter()
    await group.you.slash("formulate mine")
    assert time.perf_counter() - began < 1
    with pytest.raises(NoAnswer):
        await sending
    await group.bea.slash("formulate mine")
    assert "The careful guest" in group.bea.text


async def test_every_post_arrives_once_whatever_meets_it(town: Town) -> None:
    """Each kind of fault meets the invitation, the thread, the people in it and the first posts there."""
    groups: dict[Kind, Group] = {kind: await town.group() for kind in KINDS}
    for kind, group in groups.items():
        await group.open_start()
        town.double.plan(
            Fault(rf"POST /channels/{group.channel.id}/messages", kind, seconds=0.3),
            Fault(rf"POST /channels/{group.channel.id}/threads", kind, seconds=0.3),
        )
    for group in groups.values():
        await group.send_start()
    await town.all_sent(30)
    for kind, group in groups.items():
        assert len(group.posts) == 1, kind
        assert group.you.id in group.thread.members, kind
        assert len(group.thread.messages) == 2, kind
    assert sum(fault.met for fault in town.double.rest.faults) == 2 * len(KINDS)


async def test_a_bucket_is_kept_to(town: Town, group: Group) -> None:
    """Where Discord says how many more it takes, the bot waits by itself and is never refused."""
    limit = Limit(r"POST /channels/\d+/messages", 1, 0.5)
    town.double.limit(limit)
    await group.started()
    assert len(group.thread.messages) == 2
    assert limit.refused == 0
