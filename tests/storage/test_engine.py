import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.engine import READERS, Database
from bot.storage.keys import KeyRing
from tests.storage import rows

VERSION = tables.sessions.c.version


@pytest_asyncio.fixture(autouse=True)
async def _one_session(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(insert(tables.groups), [rows.group()])
        await connection.execute(insert(tables.sessions), [rows.session(version=0)])


async def version(connection: AsyncConnection) -> int:
    return (await connection.execute(select(VERSION))).scalar_one()


async def set_version(connection: AsyncConnection, value: int) -> None:
    await connection.execute(update(tables.sessions).values(version=value))


async def committed(database: Database) -> int:
    async with database.read() as connection:
        return await version(connection)


async def increment(database: Database) -> None:
    async with database.write() as connection:
        await set_version(connection, await version(connection) + 1)


def workers() -> set[threading.Thread]:
    """The threads of open connections."""
    return {each for each in threading.enumerate() if "_connection_worker_thread" in each.name}


async def test_no_update_is_lost(database: Database) -> None:
    """Two hundred at once read a number and write it back one higher."""
    await asyncio.gather(*(increment(database) for _ in range(200)))

    assert await committed(database) == 200


async def test_no_update_is_lost_between_two_openings(database: Database, path: Path, ring: KeyRing) -> None:
    """A command line tool beside the running bot is no danger to what it writes."""
    other = await Database.open(path, ring)
    try:
        await asyncio.gather(*(increment(each) for each in (database, other) for _ in range(30)))
    finally:
        await other.close()

    assert await committed(database) == 60


async def test_a_reader_neither_blocks_a_writer_nor_sees_it(database: Database) -> None:
    """What a reader looks at stays as it was when it began, and the writer need not wait for it."""
    async with asyncio.timeout(10):
        async with database.read() as reader:
            assert await version(reader) == 0
            await asyncio.create_task(increment(database))
            assert await version(reader) == 0
        assert await committed(database) == 1


async def test_a_writer_does_not_block_readers(database: Database) -> None:
    """More readers than there are connections look on while a change is being made."""
    async with asyncio.timeout(10), database.write() as writer:
        await set_version(writer, 5)
        seen = await asyncio.gather(*(committed(database) for _ in range(3 * READERS)))
        assert set(seen) == {0}

    assert await committed(database) == 5


async def test_readers_cannot_write(database: Database) -> None:
    """A change can't slip past the one writer."""
    with pytest.raises(OperationalError, match="readonly"):
        async with database.read() as connection:
            await set_version(connection, 5)


async def test_an_exception_undoes_everything(database: Database) -> None:
    """Half a change is no change."""

    async def half() -> None:
        async with database.write() as connection:
            await set_version(connection, 5)
            await connection.execute(insert(tables.sessions), [rows.session()])

    with pytest.raises(IntegrityError):
        await half()

    assert await committed(database) == 0


async def test_a_cancelled_writer_leaves_nothing_and_lets_the_next_one_in(database: Database) -> None:
    """A member who gives up waiting blocks nobody."""
    inside = asyncio.Event()

    async def never_ends() -> None:
        async with database.write() as connection:
            await set_version(connection, 5)
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ends())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with asyncio.timeout(2):
        await increment(database)
    assert await committed(database) == 1


@pytest.mark.parametrize("cancellations", [1, 3])
async def test_cancelling_at_any_moment_leaves_all_or_nothing(database: Database, cancellations: int) -> None:
    """Whichever await it hits, both rows change or neither, and what was reported done is done."""
    async with database.write() as connection:
        await connection.execute(insert(tables.drafts), [rows.draft(key_version=0)])

    async def both() -> bool:
        async with database.write() as connection:
            value = await version(connection) + 1
            await set_version(connection, value)
            await asyncio.sleep(0)
            await connection.execute(update(tables.drafts).values(key_version=value))
        return True

    async def cancelled_after(steps: int) -> bool:
        task = asyncio.create_task(both())
        for _ in range(cancellations):
            for _ in range(steps):
                await asyncio.sleep(0)
            task.cancel()
        try:
            return await task
        except asyncio.CancelledError:
            return False

    threads = workers()
    alone = [await cancelled_after(steps) for steps in range(60)]
    crowded = await asyncio.gather(*(cancelled_after(steps) for steps in range(0, 4000, 50)))
    assert await both()

    async with database.read() as connection:
        value = await version(connection)
        assert (await connection.execute(select(tables.drafts.c.key_version))).scalar_one() == value
    assert threads <= workers(), "no connection was thrown away with its transaction open"
    assert sum(alone) + sum(crowded) < value <= len(alone) + len(crowded) + 1


async def test_a_cancellation_outside_is_not_swallowed_by_a_commit(database: Database) -> None:
    """A timeout around a write ends the task that it was for."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await increment(database)

    assert await committed(database) == 0


@pytest.mark.parametrize("inner", ["read", "write", "scrub"])
@pytest.mark.parametrize("outer", ["read", "write"])
async def test_one_inside_another_is_refused(database: Database, outer: str, inner: str) -> None:
    """It would wait for itself for ever; this way it is found by the first test that comes by."""

    async def enter(name: str, then: Callable[[], Awaitable[object]]) -> None:
        if name == "scrub":
            await database.scrub()
        else:
            async with database.read() if name == "read" else database.write():
                await then()

    with pytest.raises(RuntimeError, match="inside another"):
        await enter(outer, lambda: enter(inner, lambda: asyncio.sleep(0)))

    await increment(database)


async def test_rows_of_a_group_go_with_it(database: Database) -> None:
    """Foreign keys are on for every connection that writes."""
    async with database.write() as connection:
        await connection.execute(insert(tables.members), [rows.member()])
        await connection.execute(delete(tables.groups))

    async with database.read() as connection:
        for table in (tables.members, tables.sessions):
            assert (await connection.execute(select(func.count()).select_from(table))).scalar_one() == 0


async def test_connections_are_set_up_for_safety(database: Database) -> None:
    """Every commit is on the disk, every deleted byte is overwritten, and nothing spills into /tmp."""
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "busy_timeout": 5000,
    }
    for entered in (database.read, database.write):
        async with entered() as connection:
            found = {
                name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one() for name in expected
            }
            assert found == expected


async def test_files_are_for_their_owner_alone(database: Database, path: Path) -> None:
    """The log and its index hold the same rows as the database."""
    assert rows.modes(path) == dict.fromkeys(["sixfold.db", "sixfold.db-shm", "sixfold.db-wal"], 0o600)


async def test_errors_do_not_show_values(database: Database) -> None:
    """An error ends in a log, where no text and no person belongs."""
    with pytest.raises(IntegrityError) as caught:
        async with database.write() as connection:
            await connection.execute(insert(tables.groups), [rows.group(zone="a telling value")])

    assert "a telling value" not in str(caught.value)


async def test_closing_ends_every_thread_and_leaves_one_file(database: Database, path: Path) -> None:
    """Each connection has a thread of its own; one left alive keeps the process from ending."""
    before = set(threading.enumerate())
    await asyncio.gather(increment(database), *(committed(database) for _ in range(3 * READERS)))
    started = workers()
    assert len(started) == 1 + READERS

    await database.close()
    await database.close()

    for thread in started:
        thread.join(5)
    assert not any(thread.is_alive() for thread in started)
    assert {each for each in threading.enumerate() if each.is_alive()} <= before
    assert rows.files_of(path) == [path]


async def test_closing_lets_those_inside_finish(database: Database) -> None:
    """A shutdown in the middle of a change commits it."""
    reading = asyncio.Event()
    closing = asyncio.Event()

    async def read() -> int:
        async with database.read() as connection:
            # The one look that a reading takes begins with the first thing it asks for.
            await version(connection)
            reading.set()
            await closing.wait()
            return await version(connection)

    async def write() -> None:
        async with database.write() as connection:
            await closing.wait()
            await set_version(connection, 9)

    async def close() -> None:
        await reading.wait()
        closing.set()
        await database.close()

    async with asyncio.timeout(10):
        seen, _, _ = await asyncio.gather(read(), write(), close())
    assert seen == 0


async def test_after_closing_nothing_can_be_entered(database: Database) -> None:
    """A late task gets an error instead of a connection of its own."""
    await database.close()

    for entered in (database.read, database.write):
        with pytest.raises(RuntimeError, match="closed"):
            async with entered():
                pass
    with pytest.raises(RuntimeError, match="closed"):
        await database.scrub()
