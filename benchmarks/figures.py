"""Times, and how they are said: medians and 99th percentiles of one run, in milliseconds."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles

MILLI = 1000.0
TICK = 0.001


@dataclass
class Times:
    """Seconds that the same thing took, again and again."""

    what: str
    seconds: list[float] = field(default_factory=list[float])

    @property
    def median(self) -> float:
        """In seconds."""
        return median(self.seconds)

    @property
    def p99(self) -> float:
        """In seconds; the longest but one hundredth."""
        return quantiles(self.seconds, n=100, method="inclusive")[98]

    @property
    def p95(self) -> float:
        """In seconds; the longest but one twentieth."""
        return quantiles(self.seconds, n=20, method="inclusive")[18]

    def __str__(self) -> str:
        return f"{self.what:<58} {self.median * MILLI:8.3f} {self.p99 * MILLI:8.3f} ms"


def heading(title: str) -> None:
    """Begin a table."""
    print(f"\n{title}\n{'':<58} {'median':>8} {'p99':>8}")


def timed(what: str, work: Callable[[], object], times: int) -> Times:
    """Do ``work`` so many times in a row."""
    taken = Times(what)
    for _ in range(times):
        before = time.perf_counter()
        work()
        taken.seconds.append(time.perf_counter() - before)
    return taken


@asynccontextmanager
async def watched_loop(what: str) -> AsyncIterator[Times]:
    """How much later than asked another coroutine wakes up, again and again while the block runs."""
    late = Times(what)

    async def tick() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            late.seconds.append(time.perf_counter() - before - TICK)

    ticking = asyncio.create_task(tick())
    try:
        yield late
    finally:
        ticking.cancel()
