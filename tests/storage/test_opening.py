import asyncio
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.keys import KeyRing, open_keys, retire_text_keys, rotate_text_key
from bot.storage.problems import DatabaseProblem, KeyProblem, StorageProblem
from tests.storage import rows

Contents = dict[str, bytes]


def contents(path: Path) -> Contents:
    # The index of the log is left out: it holds no data, and SQLite makes it anew for whoever looks.
    return {each.name: each.read_bytes() for each in path.parent.iterdir() if not each.name.endswith("-shm")}


def crash_image(path: Path, folder: Path) -> Path:
    """Copy what a process that is killed now would leave of an open database."""
    folder.mkdir()
    # By another process: closing one of these files in this one would drop SQLite's locks on it.
    subprocess.run(["cp", path, path.with_name(f"{path.name}-wal"), folder], check=True)
    return folder / path.name


@pytest.fixture
def diary(path: Path) -> Path:
    """Something else under the name of the database."""
    path.write_text("Dear diary, " * 1000)
    return path


@pytest.fixture
def empty(path: Path) -> Path:
    """A file that holds nothing yet and that others may read."""
    path.touch(0o644)
    return path


@pytest.fixture(params=["a folder in its place", "no folder to put it in"])
def unopenable(path: Path, request: pytest.FixtureRequest) -> Path:
    """Where no database can be opened."""
    if request.param == "no folder to put it in":
        return path.parent / "missing" / path.name
    path.mkdir()
    return path


def damage(path: Path) -> None:
    """Leave the first page as it is, and make noise of the rest."""
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 40960)


async def problem(path: Path, ring: KeyRing) -> StorageProblem:
    with pytest.raises(StorageProblem) as caught:
        await Database.open(path, ring)
    return caught.value


@pytest.fixture
def other(tmp_path: Path) -> KeyRing:
    """A good key file of another installation."""
    return open_keys(tmp_path / "other")


async def test_what_was_written_is_there_after_opening_again(path: Path, ring: KeyRing) -> None:
    """And nothing else is written by opening it."""
    database = await Database.open(path, ring)
    async with database.write() as connection:
        await rows.add_one_of_each(connection)
    await database.close()
    before = contents(path)

    database = await Database.open(path, open_keys(path.parent))
    async with database.read() as connection:
        for table in tables.metadata.sorted_tables:
            assert (await connection.execute(select(table))).first() is not None
    await database.close()

    assert contents(path) == before


async def test_a_key_file_of_another_database_is_refused(
    database: Database, path: Path, other: KeyRing
) -> None:
    """Not a byte of the database changes, nor does a file come or go."""
    await database.close()
    before = contents(path)
    names = rows.names(path.parent)

    found = await problem(path, other)

    assert isinstance(found, KeyProblem)
    assert (found.code, found.key) == ("wrong-file", "storage-key-wrong-file")
    assert found.path == other.path
    assert contents(path) == before
    assert rows.names(path.parent) == names


async def test_a_wrong_key_file_is_refused_while_a_log_is_there(
    database: Database, path: Path, ring: KeyRing, other: KeyRing, tmp_path: Path
) -> None:
    """After a crash the newest rows are in the log alone: they wait for the right keys."""
    async with database.write() as connection:
        await connection.execute(insert(tables.groups), [rows.group()])
    crashed = crash_image(path, tmp_path / "crashed")
    before = contents(crashed)
    assert b"Europe/Berlin" in before[f"{path.name}-wal"]
    assert b"Europe/Berlin" not in before[path.name]

    found = await problem(crashed, other)

    assert isinstance(found, KeyProblem)
    assert found.code == "wrong-file"
    assert contents(crashed) == before
    again = await Database.open(crashed, ring)
    async with again.read() as connection:
        assert (await connection.execute(select(tables.groups.c.token))).scalar_one() == "g1"
    await again.close()


async def test_a_wrong_key_file_does_not_disturb_a_running_bot(
    database: Database, path: Path, other: KeyRing
) -> None:
    """Someone tries a backup of the keys beside it."""
    async with database.write() as connection:
        found = await asyncio.create_task(problem(path, other))
        await connection.execute(insert(tables.groups), [rows.group()])

    assert isinstance(found, KeyProblem)
    async with database.read() as connection:
        assert (await connection.execute(select(tables.groups.c.token))).scalar_one() == "g1"


async def test_seal_keys_are_checked_as_well(
    database: Database, path: Path, ring: KeyRing, other: KeyRing
) -> None:
    """With other seal keys every author would be a stranger to their own vignette."""
    await database.close()

    found = await problem(path, KeyRing(ring.path, ring.text, other.seal))

    assert isinstance(found, KeyProblem)
    assert found.code == "wrong-file"


async def test_the_check_does_not_hold_the_keys(database: Database, path: Path, ring: KeyRing) -> None:
    """Whoever has the database alone has nothing."""
    await database.close()

    content = rows.on_disk(path)

    for keys in (ring.text, ring.seal):
        for key in keys.keys.values():
            assert key not in content


async def test_an_older_copy_of_the_right_key_file_is_named_as_such(path: Path, ring: KeyRing) -> None:
    """Someone put back a backup of the keys from before a rotation."""
    newer = rotate_text_key(ring)
    await (await Database.open(path, ring)).close()
    await (await Database.open(path, newer)).close()
    before = contents(path)

    found = await problem(path, ring)

    assert isinstance(found, KeyProblem)
    assert found.code == "outdated"
    assert contents(path) == before


async def test_a_key_that_is_still_needed_is_missed(path: Path, ring: KeyRing) -> None:
    """An older key was dropped before the text had been moved to the new one."""
    await (await Database.open(path, ring)).close()
    kept = retire_text_keys(rotate_text_key(ring))

    found = await problem(path, kept)

    assert isinstance(found, KeyProblem)
    assert found.code == "outdated"


async def test_a_database_from_a_newer_version_is_refused(
    database: Database, path: Path, ring: KeyRing
) -> None:
    """Going back to an older Sixfold must not damage what the newer one wrote."""
    await database.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = contents(path)

    found = await problem(path, ring)

    assert isinstance(found, DatabaseProblem)
    assert (found.code, found.key) == ("newer", "storage-database-newer")
    assert contents(path) == before


async def test_keys_come_before_migrations(database: Database, path: Path, other: KeyRing) -> None:
    """With the wrong keys a database is not even looked at for what it would need."""
    await database.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    assert isinstance(await problem(path, other), KeyProblem)


async def test_a_file_that_is_no_database_is_refused(diary: Path, ring: KeyRing) -> None:
    """And stays what it is."""
    before = contents(diary)

    found = await problem(diary, ring)

    assert isinstance(found, DatabaseProblem)
    assert found.code == "not-a-database"
    assert contents(diary) == before


async def test_a_damaged_database_is_refused(database: Database, path: Path, ring: KeyRing) -> None:
    """Its first page is fine, the rest is noise."""
    await database.close()
    damage(path)

    found = await problem(path, ring)

    assert isinstance(found, DatabaseProblem)
    assert found.code == "damaged"


async def test_a_path_that_cannot_be_opened_is_refused(unopenable: Path, ring: KeyRing) -> None:
    """And nothing is made there."""
    found = await problem(unopenable, ring)

    assert isinstance(found, DatabaseProblem)
    assert found.code == "unopenable"


async def test_an_empty_file_is_a_new_database(empty: Path, ring: KeyRing) -> None:
    """A first start that was cut short is no obstacle to the second."""
    database = await Database.open(empty, ring)
    await database.close()

    assert rows.modes(empty) == {empty.name: 0o600}


@pytest.mark.parametrize("name", ["with space.db", "ques?tion#mark%20.db", "münchen.db"])
async def test_any_file_name_will_do(tmp_path: Path, ring: KeyRing, name: str) -> None:
    """Folders are called what people call them."""
    database = await Database.open(tmp_path / name, ring)
    async with database.write() as connection:
        await connection.execute(insert(tables.groups), [rows.group()])
    await database.close()

    assert name in rows.names(tmp_path)


async def test_openings_at_once_all_succeed(path: Path, ring: KeyRing) -> None:
    """The first makes the tables, the others find them."""
    databases = await asyncio.gather(*(Database.open(path, ring) for _ in range(6)))

    await asyncio.gather(*(database.close() for database in databases))
    assert {name for name in contents(path) if name.startswith(path.name)} == {path.name}
