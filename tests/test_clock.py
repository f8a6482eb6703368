import asyncio
import selectors
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock, Nap, system_now


class HurriedSelector(selectors.DefaultSelector):
    """Passes the time that a loop would wait instead of waiting."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.passed += max(timeout or 0.0, 0.0)
        return super().select(0)


class HurriedLoop(asyncio.SelectorEventLoop):
    """A real event loop on which an hour is over at once."""

    def __init__(self) -> None:
        self.hurry = HurriedSelector()
        super().__init__(self.hurry)

    def time(self) -> float:
        return self.hurry.passed


@pytest.fixture
def loop() -> Iterator[HurriedLoop]:
    with asyncio.Runner(loop_factory=HurriedLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, HurriedLoop)
        yield loop


BEGIN = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
BEGIN_SECONDS = int(BEGIN.timestamp())


def clock_of(loop: HurriedLoop) -> Clock:
    return Clock(lambda: BEGIN + timedelta(seconds=loop.time()))


def run(loop: HurriedLoop, steps: Coroutine[None, None, None]) -> float:
    """How many seconds it took."""
    begin = loop.time()
    loop.run_until_complete(steps)
    return loop.time() - begin


def test_the_machine_s_time_is_aware() -> None:
    """UTC, and between two looks at the watch."""
    before = datetime.now(UTC)
    assert before <= system_now() <= datetime.now(UTC)
    assert Clock().now().tzinfo is UTC


def test_seconds_are_whole() -> None:
    """Rounded down, as everything stored is."""
    clock = Clock(lambda: datetime(1970, 1, 1, 0, 1, 0, 999_999, tzinfo=UTC))
    assert clock.seconds() == 60
    assert clock.now().microsecond == 999_999


@pytest.mark.parametrize(("ahead", "slept"), [(-500, 0), (0, 0), (1, 1), (3599, 3599), (3600, 3600)])
def test_a_nap_lasts_until_its_time(loop: HurriedLoop, ahead: int, slept: int) -> None:
    """What is past does not wait at all."""
    nap = Nap(clock_of(loop))
    assert run(loop, nap.sleep_until(BEGIN_SECONDS + ahead)) == pytest.approx(slept)


@pytest.mark.parametrize("ahead", [3601, 86_400, 10**9])
def test_a_nap_lasts_an_hour_at_most(loop: HurriedLoop, ahead: int) -> None:
    """Clocks get set: whoever naps looks again."""
    assert run(loop, Nap(clock_of(loop)).sleep_until(BEGIN_SECONDS + ahead)) == pytest.approx(3600)


def test_a_wake_ends_the_wait(loop: HurriedLoop) -> None:
    """At once, and whoever slept goes on as if the time had come."""
    nap = Nap(clock_of(loop))
    loop.call_later(10, nap.wake)
    assert run(loop, nap.sleep_until(BEGIN_SECONDS + 1000)) == pytest.approx(10)


def test_a_wake_before_the_wait_lets_it_not_begin(loop: HurriedLoop) -> None:
    """What changed while the loop was at work is not slept over; and it counts once."""
    nap = Nap(clock_of(loop))
    nap.wake()
    nap.wake()
    assert run(loop, nap.sleep_until(BEGIN_SECONDS + 1000)) == 0
    assert run(loop, nap.sleep_until(BEGIN_SECONDS + 1000)) == pytest.approx(1000)


def test_a_wake_that_comes_with_the_end_is_used_up(loop: HurriedLoop) -> None:
    """Whoever was woken looks at everything anyway."""
    nap = Nap(clock_of(loop))
    for _ in range(3):
        loop.call_later(5, nap.wake)
    assert run(loop, nap.sleep_until(BEGIN_SECONDS + 5)) == pytest.approx(5)
    assert run(loop, nap.sleep_until(BEGIN_SECONDS + 100)) == pytest.approx(95)


def test_one_nap_follows_another(loop: HurriedLoop) -> None:
    """Woken or not, each waits for its own time."""
    nap = Nap(clock_of(loop))

    async def three() -> None:
        await nap.sleep_until(BEGIN_SECONDS + 10)
        loop.call_later(5, nap.wake)
        await nap.sleep_until(BEGIN_SECONDS + 1000)
        await nap.sleep_until(BEGIN_SECONDS + 20)

    assert run(loop, three()) == pytest.approx(20)


def test_cancelling_the_owner_ends_the_wait(loop: HurriedLoop) -> None:
    """A stop of the whole loop is no wake: it goes through, and leaves no sleep behind."""
    nap = Nap(clock_of(loop))
    went_on: list[str] = []

    async def owner() -> None:
        await nap.sleep_until(BEGIN_SECONDS + 1000)
        went_on.append("as if woken")

    async def cancelled() -> None:
        task = asyncio.ensure_future(owner())
        loop.call_later(10, task.cancel)
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    assert run(loop, cancelled()) == pytest.approx(10)
    assert went_on == []


def test_a_cancelled_owner_is_cancelled_though_woken(loop: HurriedLoop) -> None:
    """Both at the same moment: the stop wins."""
    nap = Nap(clock_of(loop))

    async def both() -> None:
        task = asyncio.ensure_future(nap.sleep_until(BEGIN_SECONDS + 1000))
        await asyncio.sleep(1)
        nap.wake()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert run(loop, both()) == pytest.approx(1)
