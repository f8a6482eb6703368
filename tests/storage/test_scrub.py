import asyncio
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from bot.storage import tables
from bot.storage.engine import Database
from tests.storage import rows

CANARY = b"She told me about the red bicycle again."
COLUMN = "drafts.content"


class Undo(Exception):
    pass


async def write_canary(database: Database, *, size: int = 1) -> bytes:
    """Store the canary sealed, and, as no program would, plain; return how it looks sealed."""
    sealed = database.vault.seal(COLUMN, "sealed", CANARY * size)
    async with database.write() as connection:
        await connection.execute(insert(tables.drafts), [rows.draft("sealed", content=sealed)])
        await connection.execute(insert(tables.drafts), [rows.draft("plain", content=CANARY * size)])
    return sealed


async def erase(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(delete(tables.drafts))


def is_there(path: Path, sealed: bytes) -> bool:
    files = rows.on_disk(path)
    # The middle of the sealed value, so that a piece of it left on a page of its own is found too.
    return CANARY in files or sealed[13:45] in files


@pytest.mark.parametrize("size", [1, 500], ids=["small", "over many pages"])
async def test_deleted_text_is_in_no_file(database: Database, path: Path, size: int) -> None:
    """Neither in the database nor in the log beside it."""
    sealed = await write_canary(database, size=size)
    await erase(database)
    assert is_there(path, sealed), "without the scrub it is still in the log"

    assert await database.scrub()

    assert not is_there(path, sealed)


async def test_text_that_reached_the_database_itself_is_overwritten(database: Database, path: Path) -> None:
    """A first scrub moves it from the log into the database; deleting it must not leave it there."""
    sealed = await write_canary(database)
    assert await database.scrub()
    assert is_there(path, sealed)

    await erase(database)
    assert await database.scrub()

    assert not is_there(path, sealed)


async def test_text_that_was_replaced_is_in_no_file(database: Database, path: Path) -> None:
    """An observation taken back out of a session that goes on."""
    sealed = await write_canary(database)
    async with database.write() as connection:
        await connection.execute(update(tables.drafts).values(content=b"."))

    assert await database.scrub()

    assert not is_there(path, sealed)


async def test_text_that_was_never_committed_is_in_no_file(database: Database, path: Path) -> None:
    """Not even so much of it that SQLite had begun to write it to the log."""

    async def write_and_give_up() -> None:
        async with database.write() as connection:
            await connection.exec_driver_sql("PRAGMA cache_size=1")
            for number in range(30):
                row = rows.draft(str(number), content=CANARY * 200)
                await connection.execute(insert(tables.drafts), [row])
            raise Undo

    with pytest.raises(Undo):
        await write_and_give_up()
    assert is_there(path, CANARY)

    assert await database.scrub()

    assert not is_there(path, CANARY)


async def test_a_reader_is_waited_for(database: Database, path: Path) -> None:
    """Its view needs the log; once it ends, nothing does."""
    sealed = await write_canary(database)
    began, may_end = asyncio.Event(), asyncio.Event()

    async def read() -> int:
        async with database.read() as connection:
            await connection.execute(select(tables.drafts))
            began.set()
            await may_end.wait()
            return len((await connection.execute(select(tables.drafts))).all())

    reader = asyncio.create_task(read())
    await began.wait()
    await erase(database)
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        assert is_there(path, sealed)
        pauses.append(seconds)
        if len(pauses) == 2:
            may_end.set()
            await reader

    assert await database.scrub(pause=pause)

    assert reader.result() == 2, "the reader kept its view to the end"
    assert not is_there(path, sealed)
    assert pauses == [0.05, 0.1]


async def test_a_reader_without_end_is_given_up_on(database: Database) -> None:
    """The answer is no, so that the caller asks again later; writers go on meanwhile and afterwards."""
    await write_canary(database)
    pauses: list[float] = []

    async def write_meanwhile(seconds: float) -> None:
        pauses.append(seconds)
        async with database.write() as connection:
            await connection.execute(update(tables.drafts).values(purpose=str(seconds)))

    async with database.read() as connection:
        await connection.execute(select(tables.drafts))
        scrubbing = asyncio.create_task(database.scrub(tries=3, pause=write_meanwhile))
        assert not await scrubbing

    assert len(pauses) == 2
    assert await database.scrub(tries=1)


async def test_scrubbing_nothing_is_done_at_once(database: Database) -> None:
    """It may be called after every purge, whether or not there was one."""
    assert await database.scrub(tries=1)
    assert await database.scrub(tries=1)


async def test_a_cancelled_reader_keeps_nothing(database: Database, path: Path) -> None:
    """Whichever of its awaits the cancellation hits, its view of the log ends with it."""
    sealed = await write_canary(database)

    async def read() -> None:
        async with database.read() as connection:
            for _ in range(3):
                await connection.execute(select(tables.drafts))

    for steps in range(0, 300, 10):
        task = asyncio.create_task(read())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await erase(database)

    assert await database.scrub(tries=1)
    assert not is_there(path, sealed)
