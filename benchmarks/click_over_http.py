"""A click that changes a session, over real HTTP and WebSocket, from the event sent to the answer received.

Three processes: this one is Discord (the double, with the people), one is `sixfold run` as it is, and one
is a bare bot on discord.py that acknowledges every click at once, on a double of its own. In turn with
them, on the same disk, the bare transaction of `benchmarks/click.py`. The bar: a click takes at most as
long as the bare acknowledgement and 1.3 times the bare transaction.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path

import aiosqlite

from benchmarks.click import Bare
from benchmarks.double import Double, Person, Process
from benchmarks.double.cellar import Cellar
from benchmarks.double.load import Evening, Ledger, Table
from benchmarks.double.state import COMPONENT, Payload, controls, text_of
from benchmarks.evening import SEED
from benchmarks.figures import MILLI, Times, heading
from bot.content.library import load_library
from bot.rehearsal.scenario import load_scenario

CLICKS, WARM_UP = 300, 100
BAR = 1.3
POSTS_ARE_OUT = 3


async def rating(table: Table) -> Person:
    """Everyone has come in, and has rated; one of them has the first card before them."""
    troupe = Evening(table, table.scenario)  # pyright: ignore[reportArgumentType]
    await troupe.prepare()
    await troupe.bring_case()
    await asyncio.sleep(POSTS_ARE_OUT)
    names = [each.name for each in troupe.scenario.people]
    for name in names:
        if name != troupe.scenario.presenter:
            await troupe.come_in(name)
    while (session := await troupe.session()) is not None and session.step != "ratings":
        await asyncio.sleep(POSTS_ARE_OUT)
        await troupe.move_on()
    await asyncio.sleep(POSTS_ARE_OUT)
    rater = table[names[-1]]
    for name in names:
        if name not in (troupe.scenario.presenter, rater.name):
            async for _ in troupe.own_parts(name):
                pass
    await rater.press("walk", on=table.newest_with(table.thread, "walk"))
    await rater.press("skip")
    return rater


async def pressed(person: Person, custom_id: str, message: Payload) -> float:
    """From the event sent to the response received."""
    data = {"custom_id": custom_id, "component_type": 2, "id": 2}
    before = time.perf_counter()
    asked = person.reach_out(COMPONENT, data, person.channel, message)
    await asked.heard.wait()
    took = time.perf_counter() - before
    assert asked.acknowledged is not None
    return took


def rates(rater: Person) -> Callable[[], Awaitable[float]]:
    """One card after the other, and every time another fit: each click changes the session."""
    card = rater.shown
    assert card is not None
    token = next(each for each in controls(card) if ":rate:" in each).split(":")[1]
    mechanisms, clicks = [each.id for each in load_library().mechanisms], count()

    async def click() -> float:
        turn, at = divmod(next(clicks), len(mechanisms))
        took = await pressed(rater, f"6:{token}:rate:{mechanisms[at]}.{turn % 5}", card)
        assert "error" not in text_of(card).lower()
        return took

    return click


async def main(folder: Path) -> None:
    async with (
        Double.open() as double,
        Double.open() as other,
        aiosqlite.connect(folder / "bare.db", isolation_level=None) as connection,
    ):
        sixfold = Process(double, folder / "a" / "data")
        script = str(Path(__file__).with_name("bare_bot.py"))
        plain = Process(other, folder / "b" / "data", command=(script,))
        await asyncio.gather(sixfold.start(), plain.start())
        cellar = Cellar(sixfold.data)
        table = Table(double, cellar, Ledger(), load_scenario().model_copy(update={"mode": "text"}), 0)
        rater = await rating(table)
        click = rates(rater)
        (size,) = cellar.rows("SELECT length(document) FROM sessions")[0]
        bare = Bare(connection, size)
        await bare.prepare()
        channel = other.world.add_channel("tuesday")
        ada = other.person("Ada", channel)
        message = other.world.post(channel, {"content": "x"}, {})

        async def transaction() -> float:
            before = time.perf_counter()
            await bare.click()
            return time.perf_counter() - before

        works: dict[str, Callable[[], Awaitable[float]]] = {
            "a bare acknowledgement by discord.py": lambda: pressed(ada, "6:a:b:c", message),
            f"a bare transaction of {size} bytes": transaction,
            "a click that changes a session, until it is answered": click,
        }
        taken = {what: Times(what) for what in works}
        shuffle, order = random.Random(SEED).shuffle, list(works.items())
        for number in range(WARM_UP + CLICKS):
            shuffle(order)
            for what, work in order:
                seconds = await work()
                if number >= WARM_UP:
                    taken[what].seconds.append(seconds)
        (versions,) = cellar.rows("SELECT version FROM sessions")[0]
        assert versions > WARM_UP + CLICKS, "not every click changed the session"
        await sixfold.stop()
        await plain.stop()
    heading(f"{CLICKS} clicks each, in turn, over HTTP and WebSocket on this machine")
    acknowledged, stored, clicked = taken.values()
    for times in taken.values():
        print(times)
    for name, of in (("median", lambda each: each.median), ("p99", lambda each: each.p99)):
        bar = of(acknowledged) + BAR * of(stored)
        ratio = of(clicked) / bar
        print(
            f"{name}: {of(clicked) * MILLI:.2f} ms; the bar is {bar * MILLI:.2f} ms, so {ratio:.2f} times it"
        )


if __name__ == "__main__":
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd()
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=where) as name:
        asyncio.run(main(Path(name)))
