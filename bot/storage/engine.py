"""The open database: one writer at a time, and readers that neither wait for it nor hold it up."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from sqlalchemy import URL, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage.keys import KeyRing
from bot.storage.opening import BUSY_SECONDS, prepare
from bot.storage.vault import Vault

READERS: Final = 4
#: How long one attempt to empty the log may hold up writers, in seconds.
SCRUB_SECONDS: Final = 0.05
SCRUB_TRIES: Final = 8
SCRUB_FIRST_PAUSE: Final = 0.05

Result = TypeVar("Result")
Method = TypeVar("Method", bound=Callable[..., Awaitable[Any]])


class Database:
    """A database at the newest revision, with the keys that belong to it.

    Belongs to the event loop in which it was opened. A task is in one ``read`` or ``write`` at a time:
    another one inside it is a mistake in the program and raises RuntimeError, as does any use after
    ``close``.
    """

    def __init__(self, path: Path, vault: Vault) -> None:
        self.path = path
        self.vault = vault
        self._writer = _engine(path, connections=1, begin="BEGIN IMMEDIATE", query_only=False)
        self._readers = _engine(path, connections=READERS, begin="BEGIN DEFERRED", query_only=True)
        # Taken before a connection is: first come, first served, and no time limit of the pool's own.
        self._turn = asyncio.Lock()
        self._seats = asyncio.Semaphore(READERS)
        self._inside: set[asyncio.Task[Any]] = set()
        self._closed = False

    @classmethod
    async def open(cls, path: Path, ring: KeyRing) -> "Database":
        """Open the database at ``path``, made and migrated if need be, once ``ring`` is seen to be its own.

        Raises KeyProblem and DatabaseProblem; the file is then as it was.
        """
        await asyncio.to_thread(prepare, path, ring)
        return cls(path, Vault(ring))

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """One unchanging view of what is committed. Writing through it is refused by SQLite."""
        with self._entered():
            async with self._seats, _transaction(self._readers, keep=False) as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncConnection]:
        """One transaction, alone from its first statement on: what it reads can't change before it commits.

        Commits at the end of the block. Any exception, a cancellation too, undoes all of it. A cancellation
        that comes during the commit is raised after it, as is one that comes during the undoing.
        """
        with self._entered():
            async with self._turn, _transaction(self._writer, keep=True) as connection:
                yield connection

    async def scrub(
        self, *, tries: int = SCRUB_TRIES, pause: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> bool:
        """Empty the write-ahead log, so that what was deleted is in no file any more.

        A reader that began before the deletion keeps the log alive: then it waits (``pause``, in seconds,
        twice as long each time) and tries again. False if ``tries`` were not enough; ask again later.
        """
        delay = SCRUB_FIRST_PAUSE
        for attempt in range(tries):
            if attempt:
                await pause(delay)
                delay *= 2
            with self._entered():
                async with self._turn:
                    emptied = await _settled(asyncio.to_thread(_empty_log, self.path))
            if emptied:
                return True
        return False

    async def close(self) -> None:
        """Wait for those inside to finish, then close every connection. Doing it twice is harmless."""
        if self._closed:
            return
        self._closed = True
        async with self._turn:
            for _ in range(READERS):
                await self._seats.acquire()
            # The writer last: whoever is last empties the log, and readers may not write.
            await self._readers.dispose()
            await self._writer.dispose()

    def _entered(self) -> "_Inside":
        task = asyncio.current_task()
        if self._closed or task is None or task in self._inside:
            message = "closed" if self._closed else "one read or write inside another"
            raise RuntimeError(message)
        return _Inside(self._inside, task)


class _Inside:
    def __init__(self, tasks: set[asyncio.Task[Any]], task: asyncio.Task[Any]) -> None:
        self._tasks = tasks
        self._task = task

    def __enter__(self) -> None:
        self._tasks.add(self._task)

    def __exit__(self, *_: object) -> None:
        self._tasks.discard(self._task)


def _engine(path: Path, *, connections: int, begin: str, query_only: bool) -> AsyncEngine:
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        pool_size=connections,
        max_overflow=0,
        # Values of statements are case text and people: they stay out of errors and logs.
        hide_parameters=True,
        # SQLAlchemy says BEGIN, below. Left to the driver, concurrent read-then-write loses updates.
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
    )

    def configure(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
            f"query_only={'ON' if query_only else 'OFF'}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", configure)
    event.listen(engine.sync_engine, "begin", start)
    return engine


@asynccontextmanager
async def _transaction(engine: AsyncEngine, *, keep: bool) -> AsyncGenerator[AsyncConnection]:
    connection = _Connection(engine)
    try:
        await _settled(_start(connection))
        yield connection
    except BaseException:
        await _settled(_end(connection, keep=False))
        raise
    await _settled(_end(connection, keep=keep))


async def _start(connection: AsyncConnection) -> None:
    await connection.start()
    await connection.begin()


async def _end(connection: AsyncConnection, *, keep: bool) -> None:
    if connection.sync_connection is None:
        return
    try:
        if keep:
            await connection.commit()
    finally:
        # Undoes whatever was not committed.
        await connection.close()


async def _settled(work: Awaitable[Result]) -> Result:
    """Bring ``work`` to its end, also while this task is being cancelled; the cancellation is raised then."""
    task = asyncio.ensure_future(work)
    cancelled = False
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            cancelled = True
    if not cancelled:
        return task.result()
    # Looked at, so that an error here is not reported a second time as never retrieved.
    task.exception()
    raise asyncio.CancelledError


def _to_its_end(method: Method) -> Method:
    @wraps(method)
    async def settled(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - it takes and gives what method does
        return await _settled(method(*args, **options))

    return cast("Method", settled)


class _Connection(AsyncConnection):
    """Statements that are not cut off in the middle.

    SQLAlchemy throws away a connection whose statement was cancelled. SQLite then keeps its transaction, and
    with it the lock or the view of the log, until Python happens to collect the statement.
    """

    __slots__ = ()

    execute = _to_its_end(AsyncConnection.execute)
    exec_driver_sql = _to_its_end(AsyncConnection.exec_driver_sql)
    run_sync = _to_its_end(AsyncConnection.run_sync)


def _empty_log(path: Path) -> bool:
    # A connection of its own: waiting for readers on the writer's would take its longer timeout.
    with closing(sqlite3.connect(path, timeout=SCRUB_SECONDS, isolation_level=None)) as connection:
        try:
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                return False
            raise
    return not busy
