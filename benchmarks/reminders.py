"""What reminders cost: a tick with any number waiting, many due in one minute, memory; beside APScheduler.

.venv/bin/python -m benchmarks.reminders [--quick] [a folder on the disk to measure]
"""

import asyncio
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import discord

from benchmarks import apscheduled
from benchmarks.apscheduled import Scheduled
from benchmarks.click import Sixfold, sixfold_in
from benchmarks.engines import resident
from benchmarks.evening import SEED
from benchmarks.figures import MILLI, Times, heading, watched_loop
from benchmarks.waiting import FIRST_USER, ZONE, Discord, Hand, Made, ground_in, make
from bot.clock import system_now
from bot.delivery.sender import Sender
from bot.desk import Desk
from bot.reminders.rules import Rule, Weekly
from bot.services.ground import Ground
from bot.ui.note_wishes import NoteWishes
from bot.ui.wishes import Wishes

CLICK_EVERY = 0.02
ANSWERS_AFTER = 0.02
SOME = 20
A_MOMENT = 0.05
MEGA = 1_000_000


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    waiting: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    beside: tuple[int, ...] = (1_000, 10_000, 100_000)
    ticks: int = 300
    warm_up: int = 50
    at_once: int = 10_000
    idle_seconds: float = 20
    with_memory: bool = True


QUICK = Size((50, 500), (50,), 5, 1, 30, 0.2, with_memory=False)


@dataclass(frozen=True)
class Storm:
    """What became of many that were due at once."""

    due: int
    seconds: float
    most_for_one: int
    sent: int
    requests: int
    idle: Times
    meanwhile: Times
    late: Times

    @property
    def ratio(self) -> float:
        """Of the clicks' 99th percentile to that of idle ones."""
        return self.meanwhile.p99 / self.idle.p99


class Waiting:
    """A bot's keeper and sender over a filled database."""

    def __init__(self, ground: Ground, hand: Hand, made: Made, client: Discord) -> None:
        self.ground = ground
        self.desk = Desk(ground)
        self.client = client
        self.hand = hand
        self._due = iter(made.due)
        self._group = made.group
        self._added = 0
        wishes = Wishes(
            self.desk.formulating,
            self.desk.vignettes,
            self.desk.cases,
            NoteWishes(self.desk.reminders, self.desk.commitments, ground),
            ground,
            lambda: self.desk.printer,
        )
        self.sender = Sender(ground, cast("discord.Client", client), wishes.wish_for, _none, _none)

    def come(self) -> None:
        """It is the time of the next that is due."""
        self.hand.put(next(self._due))

    async def tick(self) -> None:
        await self.desk.keeper.next_due()
        await self.desk.reminders.come_due()
        await self.desk.keeper.next_due()

    async def turn(self) -> None:
        await self.desk.keeper.next_due()
        await self.desk.keeper.keep()
        await self.desk.keeper.next_due()

    async def add(self) -> None:
        """Somebody's first one."""
        self._added += 1
        tomorrow = self.ground.clock.now() + timedelta(days=1)
        rule = Rule(
            every=Weekly(weekdays=frozenset({tomorrow.weekday()})),
            hour=20,
            minute=0,
            zone=ZONE,
            start=tomorrow.date(),
        )
        async with self.ground.reading() as store:
            group = await store.groups.by_token(self._group)
        assert group is not None
        await self.desk.reminders.keep(self.ground.chance.token(), rule, group, FIRST_USER - self._added)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """With both loops going, as they do in the bot."""
        self.ground.changed = self.wake
        loops = [asyncio.create_task(loop()) for loop in (self.desk.keeper.run, self.sender.run)]
        try:
            yield
        finally:
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, return_exceptions=True)

    def wake(self) -> None:
        for nap in (self.desk.keeper.nap, self.sender.nap):
            nap.wake()

    async def note(self) -> float:
        """Seconds from the wake of the keeper until the note of the next that is due has been sent."""
        self.come()
        wanted = self.client.nonces.total() + 1
        before = time.perf_counter()
        self.wake()
        await self.client.until(wanted)
        return time.perf_counter() - before


async def _none(*_: str) -> None:
    """Nothing is lost here."""


async def waiting_in(made: Made) -> Waiting:
    """Over what was made, with a Discord that answers at once."""
    hand = Hand()
    return Waiting(await ground_in(made.folder, hand.clock), hand, made, Discord(0))


async def ticks(each: Mapping[int, Waiting], size: Size) -> float:
    """Print what the keeper does when one is due, by how many wait.

    Gives the ratio of the most to the least waiting.
    """
    kinds: dict[str, Callable[[Waiting], Awaitable[None]]] = {
        "a tick: next_due, come_due, next_due": Waiting.tick,
        "the keeper's whole turn": Waiting.turn,
        "keeping a new one": Waiting.add,
    }
    taken = {(what, count): Times(f"{what}, {count:,} waiting") for what in kinds for count in each}
    order, shuffle = list(taken), random.Random(SEED).shuffle
    for number in range(size.warm_up + size.ticks):
        shuffle(order)
        for what, count in order:
            if kinds[what] != Waiting.add:
                each[count].come()
            before = time.perf_counter()
            await kinds[what](each[count])
            if number >= size.warm_up:
                taken[what, count].seconds.append(time.perf_counter() - before)
    heading(f"One is due, {size.ticks} times each, in turn")
    for times in taken.values():
        print(times)
    ratios = []
    for what in kinds:
        first, *_, last = (taken[what, count].median for count in each)
        ratios.append(last / first)
        print(f"ratio of the most to the least waiting: {last / first:.2f} at the median ({what})")
    return ratios[0]


async def clicks(sixfold: Sixfold, what: str, done: Callable[[], bool]) -> Times:
    """One every ``CLICK_EVERY`` seconds until ``done``, timed from when it was to begin: late is slow."""
    times, loop = Times(what), asyncio.get_running_loop()
    under_way: set[asyncio.Task[None]] = set()

    async def click(at: float) -> None:
        await sixfold.act()
        times.seconds.append(loop.time() - at)

    at = loop.time()
    while not done():
        at += CLICK_EVERY
        await asyncio.sleep(at - loop.time())
        task = asyncio.create_task(click(at))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    await asyncio.gather(*under_way)
    return times


async def weather(sixfold: Sixfold, size: Size, client: Discord, begin: Callable[[], object]) -> Storm:
    """Clicks before, during and after ``begin`` lets ``size.at_once`` fall due."""
    loop = asyncio.get_running_loop()

    async def idly(seconds: float) -> Times:
        end = loop.time() + seconds
        return await clicks(sixfold, "clicks, nothing else going on", lambda: loop.time() > end)

    await idly(size.idle_seconds / 10)
    before = await idly(size.idle_seconds / 2)
    async with watched_loop("how much later a coroutine wakes meanwhile") as late:
        start = loop.time()
        begin()
        meanwhile = await clicks(sixfold, "clicks meanwhile", lambda: client.nonces.total() >= size.at_once)
        seconds = loop.time() - start
    after = await idly(size.idle_seconds / 2)
    before.seconds += after.seconds
    most = max(client.nonces.values())
    return Storm(size.at_once, seconds, most, client.nonces.total(), client.requests, before, meanwhile, late)


async def storm(folder: Path, size: Size) -> Storm:
    """The real keeper and sender, and clicks in a session of the same database."""
    made = make(folder, 0, size.at_once, at_once=True)
    sixfold = await sixfold_in(folder)
    hand, client = Hand(), Discord(ANSWERS_AFTER)
    sixfold.ground.clock = hand.clock
    await sixfold.prepare()
    waiting = Waiting(sixfold.ground, hand, made, client)

    def begin() -> None:
        waiting.come()
        waiting.wake()

    async with waiting.running():
        seen = await weather(sixfold, size, client, begin)
    await sixfold.ground.database.close()
    assert len(client.inboxes) == size.at_once
    return seen


async def storm_beside(folder: Path, size: Size) -> Storm:
    """As many jobs; the clicks are the same."""
    sixfold, client = await sixfold_in(folder), Discord(ANSWERS_AFTER)
    await sixfold.prepare()
    scheduled = Scheduled(folder)
    scheduled.fill(0, size.at_once)
    apscheduled.sends_to(client)
    seen = await weather(sixfold, size, client, scheduled.scheduler.start)
    scheduled.close()
    await sixfold.ground.database.close()
    return seen


def tell(who: str, seen: Storm) -> None:
    heading(f"{who}: {seen.due:,} due in one minute, a click every {CLICK_EVERY * MILLI:.0f} ms")
    for times in (seen.idle, seen.meanwhile, seen.late):
        print(times)
    print(f"longest a coroutine had to wait: {max(seen.late.seconds) * MILLI:.0f} ms")
    middle = seen.meanwhile.median / seen.idle.median
    print(f"ratio of clicks meanwhile to idle ones: {middle:.2f} at the median, {seen.ratio:.2f} at p99")
    print(f"all sent after {seen.seconds:.1f} s, {seen.requests / seen.seconds:.0f} requests a second;")
    print(f"  {seen.sent:,} sent, at most {seen.most_for_one} of one nonce")


async def beside(each: Mapping[int, Waiting], scheduled: Mapping[int, Scheduled], size: Size) -> None:
    """From due to sent, by both, in turn."""
    clients = {count: Discord(0) for count in scheduled}
    tokens = {count: iter(one.some(size.warm_up + size.ticks)) for count, one in scheduled.items()}
    works: dict[tuple[str, int], Callable[[], Awaitable[float]]] = {}
    for count, one in scheduled.items():
        works["Sixfold", count] = each[count].note
        works["APScheduler", count] = lambda count=count, one=one: one.tick(
            next(tokens[count]), clients[count]
        )
        works["APScheduler adding", count] = lambda one=one: _seconds(one.add(_tomorrow()))
        one.scheduler.start()
    for one in (each[count] for count in scheduled):
        # What the ticks before left to be sent.
        while one.client.nonces.total() < 2 * (size.warm_up + size.ticks):
            one.wake()
            await one.client.until(2 * (size.warm_up + size.ticks))
    taken = {key: Times(f"{key[0]}, {key[1]:,} waiting") for key in works}
    order, shuffle = list(works), random.Random(SEED).shuffle
    for number in range(size.warm_up + size.ticks):
        shuffle(order)
        for key in order:
            # What follows a note is none of the next one's.
            await asyncio.sleep(A_MOMENT)
            seconds = await works[key]()
            if number >= size.warm_up:
                taken[key].seconds.append(seconds)
    heading(f"From due to sent, by a Discord that answers at once; {size.ticks} times each, in turn")
    for _, times in sorted(taken.items()):
        print(times)


async def _seconds(work: Coroutine[Any, Any, None]) -> float:
    before = time.perf_counter()
    await work
    return time.perf_counter() - before


def _tomorrow() -> datetime:
    return system_now() + timedelta(days=1)


async def resident_over(made: Made) -> int:
    """Bytes that this process holds after some ticks over what was made."""
    waiting = await waiting_in(made)
    for due in made.due[-SOME:]:
        waiting.hand.put(due)
        await waiting.turn()
    await waiting.ground.database.close()
    return resident()


def alone(work: Callable[..., Coroutine[Any, Any, int]], *given: object) -> int:
    """What ``work`` comes to in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_run, work, *given).result()


def _run(work: Callable[..., Coroutine[Any, Any, int]], *given: object) -> int:
    return asyncio.run(work(*given))


def memory(made: Mapping[int, Made], folders: Mapping[int, Path]) -> None:
    print("\nMemory of a process of its own, after some ticks")
    kinds: dict[str, dict[int, int]] = {
        "Sixfold": {count: alone(resident_over, one) for count, one in made.items()},
        "APScheduler": {count: alone(apscheduled.resident_with, one) for count, one in folders.items()},
    }
    for who, held in kinds.items():
        for count, taken in held.items():
            more = (taken - next(iter(held.values()))) / MEGA
            print(f"{f'{who}, {count:,} waiting':<58} {taken / MEGA:8.1f} MB  {more:+.1f}")


async def main(folder: Path, size: Size) -> tuple[float, Storm]:
    """The ratio of the ticks, and what became of those that were due at once."""
    made: dict[int, Made] = {}
    due = 3 * (size.warm_up + size.ticks) + SOME
    for count in size.waiting:
        before = time.perf_counter()
        made[count] = make(folder / str(count), count, due)
        print(f"{count:,} written in {time.perf_counter() - before:.0f} s", flush=True)
    each = {count: await waiting_in(one) for count, one in made.items()}
    ratio = await ticks(each, size)
    folders = {count: folder / str(count) for count in size.beside} if apscheduled.installed() else {}
    if not folders:
        print(apscheduled.MISSING)
    async with AsyncExitStack() as stack:
        for count in folders:
            await stack.enter_async_context(each[count].running())
        scheduled = {count: Scheduled(one) for count, one in folders.items()}
        for count, one in scheduled.items():
            one.fill(count, 0)
        await beside(each, scheduled, size)
        for one in scheduled.values():
            one.close()
    for one in each.values():
        await one.ground.database.close()
    if size.with_memory:
        memory(made, folders)
    seen = await storm(folder / "storm", size)
    tell("Sixfold", seen)
    if folders:
        tell("APScheduler", await storm_beside(folder / "storm-beside", size))
    return ratio, seen


if __name__ == "__main__":
    given = [each for each in sys.argv[1:] if each != "--quick"]
    # Not where the system keeps what is temporary: that is often memory, and no disk.
    where = Path(given[0]) if given else Path.cwd()
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=where) as name:
        asyncio.run(main(Path(name), QUICK if "--quick" in sys.argv else Size()))
