"""A session over days, kept by the keeper alone: dates, one day more, nudges, and for how long it is kept."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.desk import Desk
from bot.formulation.acts import DoneHere, FinishWalk, MoveDate, Rate, WantNudge
from bot.formulation.calendar import evening_after, evenings_after
from bot.formulation.moving import MOST_EVENINGS
from bot.formulation.script import NUDGE_BEFORE
from bot.formulation.session import Session
from bot.rehearsal.stage import Stage
from bot.services.ground import SECONDS_A_DAY
from bot.services.keeper import Keeper
from tests.delivery.wire import nothing_twice
from tests.services.conftest import Hands
from tests.services.evening import ZONE, Evening, evening_of, evening_on, group_of

PRESENTER, FACILITATOR, CEM, DAG = 11, 12, 13, 14
EVERYONE = (PRESENTER, FACILITATOR, CEM, DAG)


def keeper_of(desk: Desk) -> Keeper:
    return desk.keeper


async def slow_at(desk: Desk, *, days: int = 14) -> Evening:
    group = await group_of(desk, 1, 2, FACILITATOR, EVERYONE, days=days)
    return await evening_of(lambda: desk, group, PRESENTER, FACILITATOR, (CEM, DAG), mode="slow")


async def due(evening: Evening) -> int:
    """The date of the present step; there is one, and the keeper waits for it or for the nudge before it."""
    date = (await evening.session()).due_at
    assert date is not None
    assert await keeper_of(evening.desk()).next_due() in (date, date - NUDGE_BEFORE)
    return date


async def keep_at(desk: Desk, hands: Hands, at: int) -> None:
    hands.pass_time(at - hands.seconds())
    await keeper_of(desk).keep()


async def test_the_keeper_moves_it_on_at_its_date(desk: Desk, hands: Hands) -> None:
    """Not a second sooner; and each further date is a weekday's evening where the group is."""
    evening = await slow_at(desk)
    await keep_at(desk, hands, await due(evening) - 1)
    assert await evening.kind() == "arrive"
    dates: list[int] = []
    # The account is there, so the telling is over with its beginning.
    for kind in ("facts", "ratings"):
        dates.append(await due(evening))
        await keep_at(desk, hands, dates[-1])
        assert await evening.kind() == kind
    dates.append(await due(evening))
    assert all(earlier < later for earlier, later in pairwise(dates))
    local = [datetime.fromtimestamp(date, UTC).astimezone(ZoneInfo(ZONE)) for date in dates]
    assert {(each.hour, each.minute) for each in local} == {(19, 0)}
    assert all(each.weekday() < 5 for each in local)


async def test_too_few_have_one_day_more_and_no_second(desk: Desk, hands: Hands) -> None:
    """Two of three raters are done at the date: the keeper adds a weekday, once, and then goes on."""
    evening = await slow_at(desk)
    await evening.to("ratings")
    for rater in (CEM, DAG):
        await evening.act(Rate("role-reversal", 3), rater)
        await evening.act(FinishWalk(), rater)
    first = await due(evening)
    await keep_at(desk, hands, first)
    assert await evening.kind() == "ratings"
    assert await due(evening) == evening_after(first, 1, ZONE)
    await keeper_of(desk).keep()
    assert await due(evening) == evening_after(first, 1, ZONE)
    await keep_at(desk, hands, await due(evening))
    assert await evening.kind() == "reveal"


async def test_all_who_are_done_need_no_date(desk: Desk, hands: Hands) -> None:
    """The last of them moves it on; the date that was waited for then is no date any more."""
    evening = await slow_at(desk)
    await evening.to("facts")
    before = await due(evening)
    here = await evening.here()
    for user in EVERYONE:
        assert await evening.kind() == "facts"
        await evening.act(DoneHere(here), user)
    assert await evening.kind() == "ratings"
    await keep_at(desk, hands, before)
    assert await evening.kind() == "ratings"
    assert not (await evening.session()).graced


async def test_a_date_that_was_moved_is_the_one_that_is_kept(desk: Desk, hands: Hands) -> None:
    """Ten weekdays on: nothing happens at the old date, and the session is still there at the new one."""
    evening = await slow_at(desk)
    await evening.to("facts")
    old = await due(evening)
    new = evenings_after(hands.seconds(), MOST_EVENINGS, ZONE)[-1]
    await evening.act(MoveDate(await evening.here(), new), FACILITATOR)
    await keep_at(desk, hands, old)
    assert await evening.kind() == "facts"
    await keep_at(desk, hands, new)
    assert await evening.kind() == "ratings"


async def test_it_wakes_for_those_who_want_to_be_told(desk: Desk, hands: Hands) -> None:
    """The same morning, once; where nobody wants it, only the date is waited for."""
    evening = await slow_at(desk)
    await evening.to("facts")
    date = await due(evening)
    assert await keeper_of(desk).next_due() == date
    await evening.act(WantNudge(on=True), CEM)
    assert await keeper_of(desk).next_due() == date - NUDGE_BEFORE
    await keep_at(desk, hands, date - NUDGE_BEFORE - 1)
    assert not (await evening.session()).nudged
    await keep_at(desk, hands, date - NUDGE_BEFORE)
    assert (await evening.session()).nudged
    assert await keeper_of(desk).next_due() == date
    async with desk.ground.reading() as store:
        rows = await store.deliveries.of_subject(evening.token)
    assert [row.ref.partition(".")[2] for row in rows if row.kind == "nudge"] == ["facts"]


@pytest.mark.parametrize("days", [1, 3, 14])
async def test_it_is_kept_for_as_long_as_it_runs(desk: Desk, hands: Hands, days: int) -> None:
    """Nobody writes a word, at weekends least of all: no step is erased before its date.

    After the close it goes like any other.
    """
    evening = await slow_at(desk, days=days)
    while True:
        stored = await evening.stored()
        if stored.session.status != "open":
            break
        assert stored.purge_at > await due(evening)
        await keep_at(desk, hands, await due(evening))
    assert stored.purge_at == hands.seconds() + days * SECONDS_A_DAY
    await keep_at(desk, hands, stored.purge_at)
    async with desk.ground.reading() as store:
        assert await store.sessions.all() == []


async def test_it_goes_when_nobody_comes(desk: Desk, hands: Hands) -> None:
    """Waiting for people who never come is no running: after the usual days it is erased."""
    group = await group_of(desk, 1, 2, FACILITATOR, EVERYONE)
    evening = await evening_of(lambda: desk, group, PRESENTER, FACILITATOR, (), mode="slow")
    for _ in range(2):
        await keep_at(desk, hands, await due(evening))
    session = await evening.session()
    assert (session.step, session.due_at) == ("arrive", None)
    await keep_at(desk, hands, (await evening.stored()).purge_at)
    async with desk.ground.reading() as store:
        assert await store.sessions.all() == []


async def test_restarts_at_any_moment_change_nothing(stage: Stage) -> None:
    """Before a date, across it while nobody is there, and after it: one board, one effect, no date lost."""
    evening = await evening_on(stage, mode="slow")

    async def until(at: int) -> None:
        await stage.pass_time(at - stage.clock.seconds())

    async def restarted(wait: Callable[[], Awaitable[None]]) -> Session:
        await stage.restart()
        await wait()
        await stage.pass_time(5)
        await nothing_twice(stage, evening.token)
        return await evening.session()

    first = await due(evening)
    session = await restarted(lambda: until(first - 60))
    assert session.step == "arrive"
    session = await restarted(lambda: until(first))
    assert session.step == "facts"
    assert stage.newest_with(stage.thread, "ask") is not None
    # The date passes while the bot is off: the step after it has its whole time from when it is back.
    second = await due(evening)
    await stage.bot.stop_loops()
    await until(second + SECONDS_A_DAY)
    assert await evening.kind() == "facts"
    session = await restarted(lambda: stage.pass_time(5))
    assert session.step == "ratings"
    assert session.due_at == evening_after(stage.clock.seconds(), 2, ZONE)
    session = await restarted(lambda: stage.pass_time(3600))
    assert session.step == "ratings"
    assert stage.newest_with(stage.thread, "walk") is not None
