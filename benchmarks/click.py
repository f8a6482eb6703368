"""What a click costs that changes a session, beside a bare transaction on the same disk in the same run.

.venv/bin/python -m benchmarks.click [a folder on the disk to measure]
"""

import asyncio
import os
import random
import secrets
import sys
import tempfile
import time
from pathlib import Path

import aiosqlite

from benchmarks.evening import SEED, TOKEN, rating_session
from benchmarks.figures import MILLI, Times, heading, timed
from bot.chance import SystemChance
from bot.clock import Clock
from bot.content.library import Library, load_library
from bot.formulation.acts import Rate
from bot.formulation.posts import posts
from bot.formulation.script import Script
from bot.formulation.session import MOST_PEOPLE, Session
from bot.formulation.transition import transition
from bot.rehearsal.scenario import load_scenario
from bot.services.access import Caller, admit
from bot.services.formulating import FormulatingService
from bot.services.ground import SECONDS_A_DAY, Ground
from bot.services.groups import GroupService
from bot.storage.engine import Database
from bot.storage.keys import DATABASE_FILE, open_keys

CLICKS = 400
WARM_UP = 400
"""Clicks until every write-ahead log has its full length: a disk takes longer to sync a file that grows."""
GUILD, CHANNEL = 1, 2
SMALL = 100
PAGE = 4096
DOCUMENT = "sessions.document"


class Bare:
    """The least that any bot with a database does for a click: look, compare and swap, note what to send."""

    def __init__(self, connection: aiosqlite.Connection, size: int) -> None:
        self._connection = connection
        self._bytes = secrets.token_bytes(size)

    async def prepare(self) -> None:
        await self._connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE state (token TEXT PRIMARY KEY, version INTEGER NOT NULL, document BLOB NOT NULL);"
            "CREATE TABLE outbox (token TEXT PRIMARY KEY, wanted INTEGER NOT NULL);"
        )
        await self._connection.execute("INSERT INTO state VALUES ('a', 0, ?)", (self._bytes,))

    async def click(self) -> None:
        connection = self._connection
        await connection.execute("BEGIN IMMEDIATE")
        async with connection.execute("SELECT version, document FROM state WHERE token = 'a'") as rows:
            found = await rows.fetchone()
        assert found is not None
        await connection.execute(
            "UPDATE state SET version = version + 1, document = ? WHERE token = 'a' AND version = ?",
            (self._bytes, found[0]),
        )
        await connection.execute("INSERT INTO outbox VALUES (?, 1)", (secrets.token_hex(8),))
        await connection.execute("COMMIT")


class Sixfold:
    """A session of 25 in its rating step, and one member who changes a fit with every click."""

    def __init__(self, ground: Ground, library: Library, session: Session, rater: int) -> None:
        self.ground = ground
        self.library = library
        self.session = session
        self.rater = rater
        self._formulating = FormulatingService(ground)
        self._mechanisms = [mechanism.id for mechanism in library.mechanisms]
        self._clicks = 0

    async def prepare(self) -> None:
        now = self.ground.clock.seconds()
        async with self.ground.writing() as store:
            await store.sessions.add(self.session, now + SECONDS_A_DAY, now + SECONDS_A_DAY)

    def rate(self) -> Rate:
        self._clicks += 1
        mechanism = self._mechanisms[self._clicks % len(self._mechanisms)]
        return Rate(mechanism, (self._clicks // len(self._mechanisms)) % 5)

    async def nothing(self) -> None:
        async with self.ground.database.write():
            pass

    async def act(self) -> None:
        await self._formulating.act(TOKEN, self.rate(), self.rater)

    async def admitted_act(self) -> None:
        await admit(self.ground, "rater", Caller(self.rater, GUILD, CHANNEL), TOKEN)
        await self.act()


async def sixfold_in(folder: Path) -> Sixfold:
    library, scenario = load_library(), load_scenario()
    ring = open_keys(folder)
    database = await Database.open(folder / DATABASE_FILE, ring)
    ground = Ground(database, {"en": library}, Clock(), SystemChance(), ring.seal_keys)
    groups = GroupService(ground)
    facilitator = rating_session(MOST_PEOPLE, "", 0, library, scenario).people[1].user
    group = await groups.set_up(
        Caller(facilitator, GUILD, CHANNEL), scenario.zone, "en", "14", (facilitator,)
    )
    session = rating_session(MOST_PEOPLE, group.token, ground.clock.seconds(), library, scenario)
    rater = session.people[-1].user
    await groups.accept_charter(group.token, Caller(rater, GUILD, CHANNEL))
    return Sixfold(ground, library, session, rater)


async def main(folder: Path) -> None:
    sixfold = await sixfold_in(folder)
    await sixfold.prepare()
    vault, session = sixfold.ground.database.vault, sixfold.session
    plain = session.model_dump_json()
    sealed = vault.seal(DOCUMENT, TOKEN, plain)
    async with (
        aiosqlite.connect(folder / "small.db", isolation_level=None) as small,
        aiosqlite.connect(folder / "same.db", isolation_level=None) as same,
    ):
        bare_small, bare = Bare(small, SMALL), Bare(same, len(sealed))
        await bare_small.prepare()
        await bare.prepare()
        works = {
            f"bare transaction, a document of {SMALL} bytes": bare_small.click,
            f"bare transaction, a document of {len(sealed)} bytes": bare.click,
            "an empty transaction through the bot's own engine": sixfold.nothing,
            "a click's act: FormulatingService.act with Rate": sixfold.act,
            "the same, with the look before it that admits the click": sixfold.admitted_act,
        }
        taken = {what: Times(what) for what in works}
        # In turn, and shuffled, so that whatever else this machine does, and what each leaves behind for
        # the next, falls on all of them alike.
        shuffle, order = random.Random(SEED).shuffle, list(works.items())
        for number in range(WARM_UP + CLICKS):
            shuffle(order)
            for what, work in order:
                before = time.perf_counter()
                await work()
                if number >= WARM_UP:
                    taken[what].seconds.append(time.perf_counter() - before)
    await sixfold.ground.database.close()
    heading(f"{MOST_PEOPLE} people, everyone has rated; {CLICKS} clicks each, in turn")
    for times in (*taken.values(), syncs(folder)):
        print(times)
    _, even, _, act, admitted = taken.values()
    for name, times in (("act", act), ("act with admission", admitted)):
        median, p99 = times.median / even.median, times.p99 / even.p99
        print(f"ratio of {name} to the bare one of equal bytes: {median:.2f} at the median, {p99:.2f} at p99")
    parts(sixfold, plain, sealed, act)


def syncs(folder: Path) -> Times:
    """What this disk asks for one page to be safe. The slower it is, the nearer the ratios come to 1."""
    with (folder / "page").open("wb") as file:

        def sync() -> None:
            file.seek(0)
            file.write(secrets.token_bytes(PAGE))
            file.flush()
            os.fsync(file.fileno())

        return timed(f"writing and syncing {PAGE} bytes on this disk", sync, CLICKS)


def parts(sixfold: Sixfold, plain: str, sealed: bytes, act: Times) -> None:
    vault, session = sixfold.ground.database.vault, sixfold.session
    library = sixfold.library
    protocol, now = library.protocol(session.protocol), session.started_at
    script = Script.of(session, protocol)
    heading("Of which, on the processor alone")
    alone = [
        timed("decrypting", lambda: vault.open(DOCUMENT, TOKEN, sealed), CLICKS),
        timed("reading JSON", lambda: Session.model_validate_json(plain), CLICKS),
        timed(
            "the transition",
            lambda: transition(session, sixfold.rate(), sixfold.rater, now, protocol, library.mechanisms),
            CLICKS,
        ),
        timed(
            "comparing what is posted before and after",
            lambda: [posts(each, script, library.mechanisms) for each in (session, session)],
            CLICKS,
        ),
        timed("writing JSON", session.model_dump_json, CLICKS),
        timed("encrypting", lambda: vault.seal(DOCUMENT, TOKEN, plain), CLICKS),
    ]
    for times in alone:
        print(times)
    crypt = alone[0].median + alone[5].median
    written = alone[1].median + alone[4].median
    print(
        f"encryption {crypt * MILLI:.2f} ms and JSON {written * MILLI:.2f} ms:"
        f" {crypt / act.median:.1%} and {written / act.median:.1%} of the act"
    )


if __name__ == "__main__":
    # Not where the system keeps what is temporary: that is often memory, and no disk.
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd()
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=where) as name:
        asyncio.run(main(Path(name) / "data"))
