"""How long a chart and a handout take, and how long anything else waits meanwhile.

    .venv/bin/python -m benchmarks.documents

Each is drawn from another session than the one before: the engine remembers what it has set already.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import date
from functools import partial

from benchmarks.evening import finished_session
from benchmarks.figures import MILLI, Times, heading, watched_loop
from bot.content.library import load_library
from bot.documents.models import Chart, Handout
from bot.documents.render import Printer
from bot.rehearsal.scenario import load_scenario
from bot.services.papers import change_chart_of, chart_of, handout_of, revealed_of

TIMES = 40
CHART_BAR = 50
HANDOUT_BAR = 150
PURGE_DAY = date(2026, 1, 20)
FEW, MANY = 7, 25
"""People of a session: six and twenty-four of them rate."""


async def main() -> None:
    library, scenario = load_library(), load_scenario()

    def chart(people: int, variation: int) -> Chart:
        shown = revealed_of(finished_session(people, library, scenario, variation), library)
        made = chart_of(shown, library) if shown is not None else None
        assert made is not None
        return made

    def second_chart(people: int, variation: int) -> Chart:
        made = change_chart_of(finished_session(people, library, scenario, variation), library)
        assert made is not None
        return made

    def handout(people: int, variation: int) -> Handout:
        return handout_of(finished_session(people, library, scenario, variation), library, PURGE_DAY)

    before = time.perf_counter()
    printer = Printer()
    fonts = time.perf_counter() - before
    works: dict[str, Callable[[int], Callable[[], object]]] = {
        f"chart, {FEW - 1} raters (bar {CHART_BAR})": lambda n: partial(printer.chart_png, chart(FEW, n)),
        f"chart, {MANY - 1} raters (bar {CHART_BAR})": lambda n: partial(printer.chart_png, chart(MANY, n)),
        f"second chart, {MANY - 1} raters (bar {CHART_BAR})": lambda n: partial(
            printer.chart_png, second_chart(MANY, n)
        ),
        f"handout, {FEW} people (bar {HANDOUT_BAR})": lambda n: partial(printer.handout_pdf, handout(FEW, n)),
        f"handout, {MANY} people (bar {HANDOUT_BAR})": lambda n: partial(
            printer.handout_pdf, handout(MANY, n)
        ),
    }
    first = {what: await _seconds(prepare(0)) for what, prepare in works.items()}
    taken = {what: Times(what) for what in works}
    # Prepared beforehand, so that what is watched is the drawing alone.
    prepared = [(taken[what], prepare(n)) for n in range(1, TIMES + 1) for what, prepare in works.items()]
    began = time.perf_counter()
    async with watched_loop("while charts and handouts are made") as busy:
        for times, work in prepared:
            times.seconds.append(await _seconds(work))
    async with watched_loop("while nothing is made") as idle:
        await asyncio.sleep(time.perf_counter() - began)
    heading(f"Made in a thread, warm, {TIMES} different ones of each")
    for times in taken.values():
        print(times)
    print("\nThe first time in a process")
    print(f"{'reading the fonts':<58} {fonts * MILLI:8.2f} ms")
    for what, seconds in first.items():
        print(f"{what:<58} {seconds * MILLI:8.2f} ms")
    heading("How much later than asked another coroutine went on")
    for late in (busy, idle):
        print(f"{late}, longest {max(late.seconds) * MILLI:.2f} ms")


async def _seconds(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    await asyncio.to_thread(work)
    return time.perf_counter() - before


if __name__ == "__main__":
    asyncio.run(main())
