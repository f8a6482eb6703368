"""Making a database ready to be used, after having made sure that the key file is the right one."""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from bot.storage.files import keep_private, locked
from bot.storage.keys import KeyRing
from bot.storage.migrate import HEAD, migrate
from bot.storage.problems import DatabaseProblem
from bot.storage.vault import missing_checks

#: Seconds to wait for another process that is writing.
BUSY_SECONDS: Final = 5.0

_CHECKS: Final = "SELECT key_kind, key_id, value FROM key_check"


def prepare(path: Path, ring: KeyRing) -> None:
    """Check the keys, migrate, and note the current keys, in this order; make the file if it is not there.

    Blocks, so call it in a thread. The folder of ``path`` exists. Raises KeyProblem and
    DatabaseProblem, and has then written nothing.
    """
    with _explained(path), locked(path.parent):
        found = _look(path)
        missing = missing_checks(found.checks, ring)
        keep_private(path)
        if found.revision != HEAD:
            migrate(path)
        if missing:
            with closing(_connect(path, "rw")) as connection:
                connection.execute("PRAGMA synchronous=FULL")
                # Never over what is there: another process may have noted its key since the look.
                connection.executemany("INSERT OR IGNORE INTO key_check VALUES (?, ?, ?)", missing)
                missing_checks(connection.execute(_CHECKS), ring)


class _Found(NamedTuple):
    revision: str | None
    checks: list[tuple[str, int, bytes]]


def _look(path: Path) -> _Found:
    if not path.exists() or not path.stat().st_size:
        return _Found(None, [])
    with closing(_connect(path, _gentlest_mode(path))) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        revision: str | None = None
        checks: list[tuple[str, int, bytes]] = []
        if "alembic_version" in tables:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            revision = row[0] if row else None
        if "key_check" in tables:
            checks = connection.execute(_CHECKS).fetchall()
        return _Found(revision, checks)


def _gentlest_mode(path: Path) -> str:
    # A look must not change a byte. Where there is a log, closing would move it into the database; where
    # there is none, reading only would leave an empty one behind.
    return "ro" if path.with_name(f"{path.name}-wal").exists() else "rw"


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


@contextmanager
def _explained(path: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise DatabaseProblem("unopenable", path) from error
    except sqlite3.DatabaseError as error:
        match error.sqlite_errorcode & 0xFF:
            case sqlite3.SQLITE_NOTADB:
                raise DatabaseProblem("not-a-database", path) from error
            case sqlite3.SQLITE_CORRUPT:
                raise DatabaseProblem("damaged", path) from error
            case (
                sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_IOERR
            ):
                raise DatabaseProblem("unopenable", path) from error
            case _:
                raise
