"""Threads have no nonce: they are known again by their name."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from bot.formulation.acts import Join, StepOut
from bot.rehearsal.stage import Stage
from bot.storage.deliveries import Deliveries
from tests.delivery.wire import Wire, http_error, nothing_twice, own_posts, row_of, server_error
from tests.services.evening import StageEvening, evening_on, group_of, session_in
from tests.vignette_flow.table import Table

THREADS = r"/channels/\d+/threads"
GUESTS = r"/channels/\d+/thread-members/\d+"


def guests(wire: Wire, method: str = "PUT") -> Counter[str]:
    """How often each person was added to a thread, or taken out of it."""
    return Counter(each.path.rpartition("/")[2] for each in wire.of(method, GUESTS))


async def all_in_one_thread(evening: StageEvening, wire: Wire) -> None:
    """There is one thread, the session knows it, everybody was added to it once, and its board is there."""
    stage = evening.stage
    stored = await evening.stored()
    assert [thread.id for thread in stage.channel.threads] == [stored.thread_id]
    assert guests(wire) == {str(person.user): 1 for person in stored.session.people}
    assert (await row_of(stage, evening.token, "board")).message_id is not None
    await nothing_twice(stage, evening.token)


@pytest.mark.parametrize("error", [server_error, TimeoutError])
async def test_a_thread_whose_answer_is_lost_is_taken_over(
    stage: Stage, wire: Wire, error: Callable[[], Exception]
) -> None:
    """It is found by its name, and no second one is made; who is to be in it is added once."""
    wire.trouble("answer lost", "POST", THREADS, error)
    evening = await evening_on(stage)
    await stage.pass_time(30)
    assert len(wire.of("POST", THREADS)) == 1
    await all_in_one_thread(evening, wire)


async def test_a_thread_that_was_never_made_is_made_once(stage: Stage, wire: Wire) -> None:
    """The search finds nothing then, however often the wire fails."""
    wire.trouble("request lost", "POST", THREADS, times=3)
    evening = await evening_on(stage)
    await stage.pass_time(60)
    assert len(wire.of("POST", THREADS)) == 4
    await all_in_one_thread(evening, wire)


@pytest.mark.parametrize("fate", ["request held", "answer held"])
async def test_a_process_that_ends_while_a_thread_is_made(stage: Stage, wire: Wire, fate: Any) -> None:
    """The next process looks for it before it makes one."""
    wire.trouble(fate, "POST", THREADS)
    evening = await evening_on(stage)
    await stage.env.settle()
    await stage.restart()
    await stage.pass_time(30)
    assert len(wire.of("POST", THREADS)) == (2 if fate == "request held" else 1)
    await all_in_one_thread(evening, wire)


async def test_the_thread_of_another_session_is_not_taken(stage: Stage, wire: Wire) -> None:
    """Two sessions in one channel have a thread each, also when both answers are lost."""
    wire.trouble("answer lost", "POST", THREADS, times=2)
    first = await evening_on(stage, members=("Cem",))
    second = await session_in(
        stage, first.group, first.presenter, first.facilitator, (), token="f0f0f0f0f0f0f0f0"
    )
    await stage.pass_time(30)
    threads = {(await first.stored()).thread_id, (await second.stored()).thread_id}
    assert threads == {thread.id for thread in stage.channel.threads}
    assert len(threads) == 2
    assert len(wire.of("POST", THREADS)) == 2


async def test_who_comes_later_is_added_and_nobody_twice(stage: Stage, wire: Wire) -> None:
    """Each person once; an attempt whose answer is lost is made again, since adding twice is harmless."""
    evening = await evening_on(stage)
    await stage.pass_time()
    wire.trouble("answer lost", "PUT", GUESTS)
    fay = stage["Fay"].id
    await evening.act(Join("00000000000000ff"), fay)
    await stage.pass_time(10)
    expected = {str(person.user): 1 for person in (await evening.session()).people}
    assert guests(wire) == {**expected, str(fay): 2}
    assert stage.posts(viewer=stage["Fay"])


async def test_one_who_left_the_server_holds_nobody_up(stage: Stage, wire: Wire) -> None:
    """They are not added, and not asked for again; everyone else is."""
    dag = stage["Dag"].member
    stage.guild.remove_member(dag)
    stage.env.inject_error("PUT", f"/channels/*/thread-members/{dag.id}", status=404, code=10013, times=None)
    evening = await evening_on(stage)
    await stage.pass_time(600)
    assert set(guests(wire).values()) == {1}
    assert len(guests(wire)) == 5
    assert (await evening.session()).status == "open"
    assert own_posts(stage)


async def test_who_steps_out_leaves_the_thread_and_may_come_back(stage: Stage, wire: Wire) -> None:
    """The thread closes to them and to nobody else; the invitation opens it again, as often as they like."""
    evening = await evening_on(stage)
    await evening.to("facts")
    cem = stage["Cem"]
    before = guests(wire)
    for times in (1, 2):
        assert stage.posts(viewer=cem)
        await cem.press("mine", on=stage.newest_with(stage.thread, "mine"))
        await cem.press("leave")
        await cem.press("step-out", "recuse")
        await stage.pass_time(5)
        assert stage.posts(viewer=cem) == []
        assert stage.posts(viewer=stage["Dag"])
        await cem.press("join", on=stage.newest_with(stage.channel, "join"))
        await cem.press("enter")
        await stage.pass_time(5)
        assert guests(wire, "DELETE") == {str(cem.id): times}
        assert guests(wire) == before + Counter({str(cem.id): times})
    assert stage.posts(viewer=cem)
    await nothing_twice(stage, evening.token)


async def test_out_and_in_again_before_it_was_sent_is_nothing(stage: Stage, wire: Wire) -> None:
    """What counts is where they are when it is sent; who left before the thread was made stays out."""
    wire.trouble("request lost", "POST", THREADS, times=3)
    evening = await evening_on(stage)
    cem, dag = stage["Cem"].id, stage["Dag"].id
    await evening.act(StepOut(), cem)
    await evening.act(StepOut(), dag)
    await evening.act(Join("00000000000000ff"), cem)
    await stage.pass_time(60)
    assert guests(wire)[str(cem)] == 1
    assert guests(wire)[str(dag)] == 0
    assert stage.posts(viewer=stage["Cem"])
    assert stage.posts(viewer=stage["Dag"]) == []


@pytest.mark.parametrize(
    ("error", "times"),
    [(server_error, 3), (lambda: http_error(403, 50013), 1), (lambda: http_error(404, 10007), 1)],
    ids=["503", "no leave to take anyone out", "out already"],
)
async def test_one_who_can_t_be_taken_out_holds_nobody_up(
    stage: Stage, wire: Wire, error: Callable[[], Exception], times: int
) -> None:
    """Tried again where that may help; the session goes on without them, and they can come back."""
    evening = await evening_on(stage)
    await stage.pass_time()
    cem = stage["Cem"].id
    wire.trouble("request lost", "DELETE", GUESTS, error, times=times)
    await evening.act(StepOut(), cem)
    await evening.to("telling")
    await stage.pass_time(60)
    assert (await evening.session()).status == "open"
    assert stage.newest_with(stage.thread, "tell") is not None
    assert len(wire.of("DELETE", GUESTS)) == (times + 1 if error is server_error else times)
    known = guests(wire)[str(cem)]
    await evening.act(Join("00000000000000ff"), cem)
    await stage.pass_time(10)
    assert guests(wire)[str(cem)] == known + 1
    assert stage.posts(viewer=stage["Cem"])


async def test_a_process_that_ends_once_the_card_is_there(
    stage: Stage, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread waited for the card, which was late; the next process makes it."""
    readers = [stage[name].id for name in ("Bea", "Cem", "Dag", "Eli", "Fay")]
    await group_of(stage.bot.desk, stage.guild.id, stage.channel.id, stage["You"].id, readers)
    table = Table(stage)
    await table.take_in(stage["Bea"])
    wire.trouble("request lost", "POST", rf"/channels/{stage.channel.id}/messages")
    release = Deliveries.release

    async def never(_self: Deliveries, _subject: str, _now: int) -> None:
        await asyncio.sleep(1_000_000_000)

    monkeypatch.setattr(Deliveries, "release", never)
    await table.to_slot()
    await stage.pass_time(10)
    assert table.cards()
    await stage.bot.stop_loops()
    monkeypatch.setattr(Deliveries, "release", release)
    await stage.restart()
    await stage.pass_time(30)
    (vignette,) = await table.kept()
    assert [thread.id for thread in stage.channel.threads] == [table.card().id]
    await nothing_twice(stage, vignette.token)
