"""The only place that knows what time it is, and the only way in which a standing loop waits."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime


def system_now() -> datetime:
    """The machine's time, aware UTC."""
    return datetime.now(UTC)


class Clock:
    """Time, handed in. ``now`` gives aware UTC."""

    def __init__(self, now: Callable[[], datetime] = system_now) -> None:
        self._now = now

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return self._now()

    async def sleep(self, seconds: float) -> None:
        """Wait; cancelling ends it."""
        await asyncio.sleep(seconds)

    def seconds(self) -> int:
        """The present instant in whole seconds since 1970, UTC: the unit of everything stored."""
        return int(self._now().timestamp())


MOST_SECONDS = 3600.0


class Nap:
    """A wait that a wake ends. One loop owns it; anyone may wake."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sleep: asyncio.Future[None] | None = None
        self._woken = False
        self.until: int | None = None
        """The instant that is waited for (seconds UTC), None while nobody waits."""

    def wake(self) -> None:
        """End the present wait, or let the next one not begin."""
        self._woken = True
        if self._sleep is not None:
            self._sleep.cancel()

    async def sleep_until(self, when: int | None) -> None:
        """Wait until ``when`` (seconds UTC; None: nothing is due) or a wake, an hour at most."""
        # A plain sleep in a task of its own, cancelled to wake: a loop parked on an Event would
        # never count as idle for the simulator. An hour at most, since clocks get set.
        if not self._woken:
            delay = MOST_SECONDS
            if when is not None:
                delay = min(max(when - self._clock.now().timestamp(), 0.0), MOST_SECONDS)
            self._sleep = asyncio.ensure_future(self._clock.sleep(delay))
            self.until = when
            try:
                await self._sleep
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task is not None and task.cancelling():
                    self._sleep.cancel()
                    raise
            finally:
                self._sleep = self.until = None
        self._woken = False
