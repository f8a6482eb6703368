"""Minutes that run out: said once, held by a pause, and not said twice after a restart."""

from dataclasses import replace

import pytest

from bot.content.library import Library
from bot.content.protocols import Protocol
from bot.desk import Desk
from bot.formulation.acts import Next, Pause
from bot.rehearsal.stage import Stage, text_of
from bot.services.keeper import Keeper
from tests.services.conftest import Hands
from tests.services.evening import Evening, StageEvening, evening_of, evening_on, group_of

PRESENTER, FACILITATOR, CEM, DAG = 11, 12, 13, 14


def keeper_of(desk: Desk) -> Keeper:
    return desk.keeper


async def evening_at(desk: Desk, token: str = "a" * 16) -> Evening:
    group = await group_of(desk, 1, 2, FACILITATOR, (PRESENTER, FACILITATOR, CEM, DAG))
    return await evening_of(lambda: desk, group, PRESENTER, FACILITATOR, (CEM, DAG), token=token)


async def minutes_of_step(desk: Desk, evening: Evening) -> int:
    session = await evening.session()
    protocol = desk.ground.library(evening.group).protocol(session.protocol)
    return protocol.step(session.step).minutes[session.minutes]


async def is_up(desk: Desk, evening: Evening) -> bool:
    await keeper_of(desk).keep()
    return (await evening.session()).time_up


async def test_minutes_run_out_to_the_second(desk: Desk, hands: Hands) -> None:
    """The first step's are over when they are over; the step stays, since only people move on."""
    evening = await evening_at(desk)
    minutes = await minutes_of_step(desk, evening)
    hands.pass_time(minutes * 60 - 1)
    assert not await is_up(desk, evening)
    hands.pass_time(1)
    assert await is_up(desk, evening)
    assert await evening.kind() == "arrive"


async def test_a_new_step_has_its_own_minutes(desk: Desk, hands: Hands) -> None:
    """Moving on takes the old ones off, whether or not they had run out."""
    evening = await evening_at(desk)
    hands.pass_time(await minutes_of_step(desk, evening) * 60)
    assert await is_up(desk, evening)
    await evening.act(Next(await evening.here()), FACILITATOR)
    assert not await is_up(desk, evening)
    hands.pass_time(await minutes_of_step(desk, evening) * 60)
    assert await is_up(desk, evening)


async def test_a_pause_holds_the_minutes(desk: Desk, hands: Hands) -> None:
    """They go on where they were held, and a second pause adds to the first, as long as the end allows it."""
    evening = await evening_at(desk)
    hands.pass_time(60)
    for length in (400, 300):
        await evening.act(Pause(on=True), FACILITATOR)
        hands.pass_time(length)
        assert not await is_up(desk, evening)
        await evening.act(Pause(on=False), FACILITATOR)
    hands.pass_time(await minutes_of_step(desk, evening) * 60 - 61)
    assert not await is_up(desk, evening)
    hands.pass_time(1)
    assert await is_up(desk, evening)


async def test_a_pause_does_not_move_the_end(desk: Desk, hands: Hands) -> None:
    """Held for longer than the evening has room for, the step's time is up as soon as it goes on."""
    evening = await evening_at(desk)
    await evening.act(Pause(on=True), FACILITATOR)
    hands.pass_time(3000)
    assert not await is_up(desk, evening)
    await evening.act(Pause(on=False), FACILITATOR)
    assert await is_up(desk, evening)


async def test_time_is_called_once(desk: Desk, hands: Hands) -> None:
    """Then nothing waits for it any more: the version stands still, and so does the next date."""
    evening = await evening_at(desk)
    hands.pass_time(3600)
    assert await is_up(desk, evening)
    version = (await evening.stored()).version
    next_due = await keeper_of(desk).next_due()
    assert next_due is not None
    assert next_due > hands.seconds() + 3600
    hands.pass_time(3600)
    assert await is_up(desk, evening)
    assert (await evening.stored()).version == version


async def test_longer_minutes_after_an_update_are_waited_for(desk: Desk, hands: Hands) -> None:
    """A protocol that was changed while a session ran: the old date does not keep the keeper busy."""
    evening = await evening_at(desk)
    minutes = await minutes_of_step(desk, evening)
    desk.ground.libraries = {"en": longer(desk.ground.library(evening.group))}
    hands.pass_time(minutes * 60)
    assert not await is_up(desk, evening)
    assert await keeper_of(desk).next_due() == hands.seconds() + 60
    hands.pass_time(60)
    assert await is_up(desk, evening)


def longer(library: Library) -> Library:
    """The same with a minute more for each step of an hour."""

    def with_a_minute_more(protocol: Protocol) -> Protocol:
        steps = [
            step.model_copy(update={"minutes": {60: step.minutes[60] + 1}})
            for step in protocol.steps
            if step.minutes[60]
        ]
        return protocol.model_copy(update={"steps": tuple(steps)})

    return replace(library, protocols=tuple(map(with_a_minute_more, library.protocols)))


async def test_one_session_s_fault_does_not_hold_up_the_others(desk: Desk, hands: Hands) -> None:
    """Time is called for the rest, what has had its time is erased, and then the fault comes up."""
    broken, sound = await evening_at(desk), await evening_at(desk, token="b" * 16)
    stored = await broken.stored()
    async with desk.ground.writing() as store:
        lost = stored.session.model_copy(update={"step": "a step of an older protocol"})
        await store.sessions.save(lost, stored.version, hands.seconds(), stored.purge_at)
    hands.pass_time(600)
    with pytest.raises(RuntimeError):
        await keeper_of(desk).keep()
    assert (await sound.session()).time_up
    hands.pass_time(20 * 86_400)
    with pytest.raises(RuntimeError):
        await keeper_of(desk).keep()
    async with desk.ground.reading() as store:
        assert await store.sessions.all() == []


def calls(evening: StageEvening) -> list[str]:
    """What roused the facilitator in the thread, in the order in which it was sent."""
    path = f"/channels/{evening.stage.thread.id}/messages"
    sent = evening.stage.env.http_requests
    posted = [each.json or {} for each in sent if (each.method, each.path) == ("POST", path)]
    return [
        text_of(body["components"])
        for body in posted
        if body["allowed_mentions"].get("users") == [evening.facilitator]
    ]


async def test_the_facilitator_is_told_once_that_time_is_up(stage: Stage) -> None:
    """For the step and for the presenter's time, through restarts before, just after, and long after."""
    evening = await evening_on(stage)
    minutes = await minutes_of_step(stage.bot.desk, evening)
    await stage.pass_time(60)
    await stage.restart()
    await stage.pass_time(minutes * 60 - 61)
    assert calls(evening) == []
    await stage.pass_time(5)
    for wait in (1, 1200):
        assert (await evening.session()).time_up
        assert len(calls(evening)) == 1
        await stage.restart()
        await stage.pass_time(wait)
    await stage.pass_time(1200)
    for wait in (1, 3600):
        assert (await evening.session()).reserve_called
        assert len(calls(evening)) == 2
        await stage.restart()
        await stage.pass_time(wait)
    assert len(set(calls(evening))) == len(calls(evening)) == 2


async def test_time_that_ran_out_while_nobody_was_there_is_called_at_the_start(stage: Stage) -> None:
    """Once, as soon as the bot is back."""
    evening = await evening_on(stage)
    await stage.pass_time(60)
    await stage.bot.stop_loops()
    await stage.pass_time(1200)
    assert calls(evening) == []
    await stage.restart()
    await stage.pass_time(5)
    assert (await evening.session()).time_up
    assert len(calls(evening)) == 1


async def test_the_keeper_does_not_run_when_nothing_is_due(stage: Stage) -> None:
    """Between two dates it looks once an hour at most, however long the wait is."""
    await evening_on(stage)
    await stage.pass_time(600)
    looks = 0
    keep = stage.bot.keeper.keep

    async def counted() -> bool:
        nonlocal looks
        looks += 1
        return await keep()

    stage.bot.keeper.keep = counted
    await stage.pass_time(6 * 3600)
    assert looks <= 7
