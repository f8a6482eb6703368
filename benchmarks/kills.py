"""Kills: the bot as a real process, ended by SIGKILL at any moment, again and again, under a load of people.

    python -m benchmarks.kills [--count 200] [--seed 1] [--warm]

Each kill comes at a moment drawn by chance: some time after the start, sometimes before the sign-in is
over, or between a request that the double has received and its answer, with or without its effect. Now
and then half an hour goes by while no bot runs, for whatever waits for its time. At the end everything
that was answered to its person must be there, nothing may be there twice, and every session must have
come to its end.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.double import Double, Fault, Process, WarmProcess
from benchmarks.double.cellar import Cellar
from benchmarks.double.load import Load
from benchmarks.double.twice import doubled

ROUTES = (
    r"POST /channels/\d+/messages$",
    r"POST /channels/\d+/threads",
    r"PATCH /channels/\d+/messages/",
    r"PUT /channels/\d+/thread-members/",
    r"DELETE /channels/\d+/messages/",
    r"POST /interactions/",
)
LONGEST_LIFE = 2.5
LATER = 0.3
"""How often half an hour goes by while no bot runs."""
STUCK = 240.0


@dataclass
class Outcome:
    """What came of it."""

    kills: Counter[str] = field(default_factory=Counter[str])
    committed: int = 0
    lost: list[str] = field(default_factory=list[str])
    twice: list[str] = field(default_factory=list[str])
    unfinished: list[str] = field(default_factory=list[str])
    evenings: int = 0
    vignettes: int = 0
    notes: int = 0
    astray: list[str] = field(default_factory=list[str])
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list[str])

    @property
    def well(self) -> bool:
        """Whether all of it holds."""
        return not (self.lost or self.twice or self.astray or self.unfinished or self.errors)


async def kill_one(process: Process, double: Double, dice: random.Random, life: float) -> str:
    """Start the bot, and kill it at a moment drawn by chance, within ``life`` seconds. Gives how."""
    how = dice.choices(("at any moment", "in an attempt", "before sign-in"), (5, 5, 1))[0]
    moment, which = dice.uniform(0.05, life), dice.choice(ROUTES)
    kind, skip = dice.choice(("drop before", "drop after")), dice.randrange(4)
    if how == "before sign-in":
        await process.start(wait=False)
        await asyncio.sleep(moment)
    else:
        await process.start()
        if how == "in an attempt":
            met = asyncio.Event()

            async def kill() -> None:
                process.kill()
                met.set()

            fault = Fault(which, kind, skip=skip, then=kill)  # pyright: ignore[reportArgumentType]
            double.plan(fault)
            with suppress(TimeoutError):
                async with asyncio.timeout(life):
                    await met.wait()
            how = f"in an attempt, {kind.removeprefix('drop ')} its effect" if fault.met else "at any moment"
        else:
            await asyncio.sleep(moment)
    process.kill()
    await process.gone()
    double.heal()
    return how


async def campaign(
    folder: Path,
    count: int,
    seed: int,
    *,
    tables: int = 2,
    life: float = LONGEST_LIFE,
    make: type[Process] = Process,
) -> Outcome:
    """So many kills, and then all the rest to its end.

    ``life``: how many seconds a bot has at most once it has signed in. ``make``: how it is started.
    """
    dice, began = random.Random(seed), time.perf_counter()
    async with Double.open() as double:
        cellar = Cellar(folder / "data")
        process = make(double, folder / "data")
        load = Load(double, cellar, seed, tables)
        outcome = Outcome()
        running = asyncio.create_task(load.run())
        try:
            for number in range(count):
                outcome.kills[await kill_one(process, double, dice, life)] += 1
                if dice.random() < LATER:
                    cellar.later()
                    double.world.forget_nonces()
                if running.done():
                    break
                if sys.stdout.isatty():
                    print(f"\r{number + 1} of {count}", end="", flush=True)
            # Whatever was asked for has come by the end.
            cellar.later()
            double.world.forget_nonces()
            load.finishing = True
            await process.start()
            async with asyncio.timeout(STUCK):
                await running
            await _quiet(cellar)
        except (TimeoutError, RuntimeError) as error:
            outcome.errors.append(f"{type(error).__name__}: {error}; last: {load.trouble[-5:]}")
            waiting = cellar.rows(
                "SELECT subject, kind, state, due_at, attempts, tried_at FROM deliveries"
                " WHERE due_at IS NOT NULL OR state != 'live' OR shown < wanted"
            )
            outcome.errors += [f"not sent: {row}" for row in waiting]
            outcome.errors += process.said().splitlines()[-10:]
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await process.stop()
            await process.close()
        outcome.committed, outcome.evenings = len(load.ledger), load.evenings
        outcome.vignettes, outcome.notes = load.vignettes, len(load.notes)
        outcome.lost, outcome.twice, outcome.unfinished = (
            load.lost(),
            doubled(double.world),
            load.unfinished(),
        )
        outcome.astray = load.notes.wrong()
        fallen = [line for line in process.said().splitlines() if " ERROR " in line]
        outcome.errors += fallen
        outcome.seconds = time.perf_counter() - began
    return outcome


async def _quiet(cellar: Cellar) -> None:
    """Until everything that is due has been sent."""
    async with asyncio.timeout(STUCK):
        soon = "SELECT 1 FROM deliveries WHERE state = 'live' AND due_at <= ?"
        due = "SELECT 1 FROM reminders WHERE wake_at <= ? UNION SELECT 1 FROM commitments WHERE wake_at <= ?"
        while (
            cellar.rows(soon, int(time.time()) + 300)  # the clock of the bot, too
            or cellar.rows(due, int(time.time()), int(time.time()))
        ):
            await asyncio.sleep(0.2)


def main() -> int:
    """Gives the exit code."""
    parser = argparse.ArgumentParser(description="Kill the bot, again and again, and look what is left.")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--warm", action="store_true", help="Fork each bot from one that has imported it all."
    )
    asked = parser.parse_args()
    make = WarmProcess if asked.warm else Process
    with tempfile.TemporaryDirectory(prefix=".kills-", dir=Path.cwd()) as name:
        outcome = asyncio.run(campaign(Path(name), asked.count, asked.seed, make=make))
    print(f"\n{sum(outcome.kills.values())} kills in {outcome.seconds:.0f} s, seed {asked.seed}:")
    for how, times in sorted(outcome.kills.items()):
        print(f"  {times:4} {how}")
    print(f"{outcome.evenings} evenings, {outcome.vignettes} vignettes, {outcome.notes} notes", end="")
    print(f", {outcome.committed} contributions")
    for what, found in (
        ("lost", outcome.lost),
        ("doubled", outcome.twice),
        ("notes astray", outcome.astray),
        ("not at their end", outcome.unfinished),
        ("errors", outcome.errors),
    ):
        print(f"{len(found)} {what}", *found[:20], sep="\n    ")
    return 0 if outcome.well else 1


if __name__ == "__main__":
    sys.exit(main())
