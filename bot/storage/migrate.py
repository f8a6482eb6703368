"""Bringing a database to the tables of this version, wholly or not at all."""

import os
import sqlite3
import time
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, NullPool, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.storage.files import OWNER_ONLY, keep_private
from bot.storage.problems import DatabaseProblem

#: The newest revision in ``migrations/versions``; a test keeps it true. Known here, so that opening a
#: database that is up to date loads no migration.
HEAD: Final = "0006"
#: How long to wait, in seconds, for another process that is migrating the same file.
PATIENCE: Final = 30.0


class BrokenReferences(Exception):
    """A migration left rows that point at rows which are not there; it was undone."""


def migrations_folder() -> Path:
    """Where the revisions of this installation are."""
    return Path(str(files("bot.storage") / "migrations"))


def migrate(path: Path, *, target: str = "head", scripts: Path | None = None) -> None:
    """Bring the database at ``path`` to ``target``, making the file, for its owner alone, if it is not there.

    Blocks, so call it in a thread. All revisions run in one transaction: any error leaves the file as it
    was. Several processes may do this at once; the first does the work. Raises DatabaseProblem ``newer``
    for a file from a later version, BrokenReferences, and whatever a revision raises.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
    keep_private(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"isolation_level": None, "timeout": PATIENCE},
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    with engine.begin() as connection:
        _upgrade(connection, path, target, scripts or migrations_folder())
        if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
            raise BrokenReferences(str(path))
    _use_write_ahead_log(path)


def _configure(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    # Off before BEGIN, where alone it works: with them on, rebuilding a table deletes its children.
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _upgrade(connection: Connection, path: Path, target: str, scripts: Path) -> None:
    # Here and not above: nearly every start is on a database that is up to date, and needs none of it.
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    present = MigrationContext.configure(connection).get_current_heads()
    try:
        ScriptDirectory.from_config(config).get_revisions(present)
    except CommandError as error:
        raise DatabaseProblem("newer", path) from error
    command.upgrade(config, target)


def _use_write_ahead_log(path: Path) -> None:
    # After the commit, so that a first migration which fails leaves the file empty. SQLite does not
    # wait for other processes here, however long its timeout.
    deadline = time.monotonic() + PATIENCE
    while True:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
        finally:
            connection.close()
