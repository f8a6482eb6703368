"""Minutes that run out: said once, held by a pause, and not said twice after a restart."""

from dataclasses import replace

import pytest

from bot.content.library import Library
from bot.content.models import Protocol
from bot.desk import Desk
from bot.formulation.acts import Next, Pause
from bot.formulation.script import moment
from bot.rehearsal.stage import Stage, message_text, text_of
from bot.services.keeper import Keeper
from bot.ui import posts
from tests.services.conftest import Hands
from tests.services.evening import SEED, Evening, StageEvening, evening_of, evening_on, group_of

PRESENTER, FACILITATOR, CEM, DAG = 11, 12, 13, 14


def keeper_of(desk: Desk) -> Keeper:
    return Keeper(desk.ground, desk.formulating, desk.privacy)


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
    await evening.act(Next(str(moment(await evening.session())), SEED), FACILITATOR)
    assert not await is_up(desk, evening)
    hands.pass_time(await minutes_of_step(desk, evening) * 60)
    assert await is_up(desk, evening)


async def test_a_pause_holds_the_minutes(desk: Desk, hands: Hands) -> None:
    """They go on where they were held, however long that was, and a second pause adds to the first."""
    evening = await evening_at(desk)
    hands.pass_time(60)
    for length in (3600, 100_000):
        await evening.act(Pause(on=True), FACILITATOR)
        hands.pass_time(length)
        assert not await is_up(desk, evening)
        await evening.act(Pause(on=False), FACILITATOR)
    hands.pass_time(await minutes_of_step(desk, evening) * 60 - 61)
    assert not await is_up(desk, evening)
    hands.pass_time(1)
    assert await is_up(desk, evening)


async def test_time_is_called_once(desk: Desk, hands: Hands) -> None:
    """Then nothing waits for it any more: the version stands still, and so does the next date."""
    evening = await evening_at(desk)
    hands.pass_time(3600)
    assert await is_up(desk, evening)
    version = (await evening.stored()).version
    async with desk.ground.reading() as store:
        assert await store.sessions.next_waking() is None
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
    async with desk.ground.reading() as store:
        waking = await store.sessions.next_waking()
    assert waking == hands.seconds() + 60
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


async def board_edits(evening: StageEvening) -> int:
    """How often the board was changed so far. It shows what it should, or this fails."""
    stored = await evening.stored()
    board = evening.stage.posts()[-1]
    drawn = posts.board(stored.session, evening.stage.library, stored.purge_at)
    assert message_text(board) == text_of(drawn.to_components())
    sent = evening.stage.env.http_requests
    return sum(request.method == "PATCH" and request.path.endswith(f"/{board.id}") for request in sent)


async def test_the_board_says_once_that_time_is_up(stage: Stage) -> None:
    """Also through restarts: before the minutes are over, just after, and long after."""
    evening = await evening_on(stage)
    minutes = await minutes_of_step(stage.bot.desk, evening)
    await stage.pass_time(60)
    await stage.restart()
    await stage.pass_time(minutes * 60 - 61)
    before = await board_edits(evening)
    await stage.pass_time(5)
    assert (await evening.session()).time_up
    assert await board_edits(evening) == before + 1
    await stage.restart()
    await stage.pass_time(2400)
    await stage.restart()
    await stage.pass_time(60)
    assert await board_edits(evening) == before + 1


async def test_time_that_ran_out_while_nobody_was_there_is_called_at_the_start(stage: Stage) -> None:
    """Once, as soon as the bot is back."""
    evening = await evening_on(stage)
    await stage.pass_time(60)
    before = await board_edits(evening)
    await stage.bot.stop_loops()
    await stage.pass_time(2400)
    assert await board_edits(evening) == before
    await stage.restart()
    await stage.pass_time(5)
    assert (await evening.session()).time_up
    assert await board_edits(evening) == before + 1


async def test_the_keeper_does_not_run_when_nothing_is_due(stage: Stage) -> None:
    """Between two dates it looks once an hour at most, however long the wait is."""
    await evening_on(stage)
    await stage.pass_time(600)
    looks = 0
    keep = stage.bot.keeper.keep

    async def counted() -> None:
        nonlocal looks
        looks += 1
        await keep()

    stage.bot.keeper.keep = counted
    await stage.pass_time(6 * 3600)
    assert looks <= 7
