import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, insert

from bot.storage import tables
from bot.storage.migrate import HEAD, BrokenReferences, migrate, migrations_folder
from bot.storage.problems import DatabaseProblem
from tests.storage import rows


def revisions() -> list[str]:
    """Every revision, oldest first."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def fill_0001(connection: sqlite3.Connection) -> None:
    # In plain SQL, since tables.py goes on to describe later revisions.
    connection.executescript("""
        INSERT INTO key_check VALUES ('text', 1, x'01');
        INSERT INTO groups (token, guild_id, channel_id, zone, language, retention_days, facilitators,
            charter_version, absent_since, created_day) VALUES
            ('g1', 1, 10, 'Europe/Berlin', 'en', 14, x'01', 1, NULL, 20000),
            ('g2', 1, 11, 'Europe/Vienna', 'en', 7, x'02', 2, 1700000000, 20001);
        INSERT INTO members VALUES ('g1', x'aa', 1, 20000), ('g1', x'bb', 1, 20000), ('g2', x'aa', 2, 20001);
        INSERT INTO sessions VALUES ('s1', 'g1', 100, 'open', 3, 1800000000, 1900000000, x'0102');
        INSERT INTO sessions VALUES ('s2', 'g1', NULL, 'closed', 9, NULL, 1900000000, zeroblob(20000));
        INSERT INTO drafts VALUES ('d1', NULL, x'05', x'06', 1, 'case', x'0708', 1900000000);
        INSERT INTO drafts VALUES ('d2', 'g1', x'05', x'06', 1, 'vignette', x'0709', 1900000000);
        INSERT INTO deliveries (token, kind, subject, wanted, shown, posts_wanted, posts_done, attempts,
            due_at, position, state) VALUES ('p1', 'board', 's1', 4, 3, 1, 1, 0, 1800000000, 1, 'live');
    """)


def fill_0002(connection: sqlite3.Connection) -> None:
    fill_0001(connection)
    connection.executescript("""
        INSERT INTO group_words VALUES ('g1', zeroblob(32), 'place'), ('g2', zeroblob(32), 'person');
        INSERT INTO own_words VALUES ('g1', zeroblob(32), zeroblob(32));
    """)


def fill_0003(connection: sqlite3.Connection) -> None:
    fill_0002(connection)
    connection.executescript("""
        UPDATE groups SET second_reader = 1 WHERE token = 'g2';
        INSERT INTO vignettes VALUES
            ('v1', 'g1', 200, 3, x'05', x'06', 1, 1800000000, 1900000000, x'0a'),
            ('v2', 'g1', NULL, 9, NULL, NULL, NULL, NULL, 1900000000, zeroblob(20000));
        INSERT INTO stops VALUES ('v1', 'g1', x'05', x'06', 1, 1900000000);
        INSERT INTO stops VALUES ('gone', 'g2', x'05', x'07', 2, 1900000000);
    """)


def fill_0004(connection: sqlite3.Connection) -> None:
    fill_0003(connection)
    connection.executescript("""
        INSERT INTO templates VALUES ('t1', 'g1', 3, x'0b'), ('t2', 'g2', 1, zeroblob(20000));
    """)


def fill_0005(connection: sqlite3.Connection) -> None:
    fill_0004(connection)
    connection.executescript("""
        INSERT INTO cases VALUES
            ('k1', 'g1', 77, 3, 1700000000, x'0c'), ('k2', 'g2', NULL, 1, 1700000000, zeroblob(20000));
    """)


def fill_0006(connection: sqlite3.Connection) -> None:
    fill_0005(connection)
    connection.executescript("""
        INSERT INTO reminders VALUES
            ('r1', 'g1', x'0d', 3, 1700000000, NULL, x'0e'), ('r2', 'g2', NULL, 1, NULL, 1700000000, x'0f');
        INSERT INTO commitments VALUES ('p1', 'g1', x'0d', 1, NULL, 1700000000, zeroblob(20000));
        INSERT INTO habits VALUES ('h1', 'g1', x'0d', x'10'), ('h2', 'g2', x'0d', x'11');
    """)


#: For each revision, something that puts rows into every table it has.
FILLERS: dict[str, Callable[[sqlite3.Connection], None]] = {
    "base": lambda _: None,
    "0001": fill_0001,
    "0002": fill_0002,
    "0003": fill_0003,
    "0004": fill_0004,
    "0005": fill_0005,
    "0006": fill_0006,
}

Rows = dict[str, list[dict[str, Any]]]


def stored(path: Path) -> Rows:
    """All rows of all tables but Alembic's own, in an order of their own."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = [
            row["name"]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if row["name"] != "alembic_version"
        ]
        return {
            name: sorted((dict(row) for row in connection.execute(f"SELECT * FROM {name}")), key=repr)  # noqa: S608
            for name in names
        }


def schema(path: Path) -> dict[str, list[str]]:
    """What SQLite was told to make, line by line, whatever the order of the lines."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    # SQLite writes a column that was added later on the line of the one before it.
    return {
        name: sorted(
            line.strip().rstrip(",") for line in re.split(r"\n|, (?=[a-z_]+ [A-Z])", sql) if line.strip()
        )
        for name, sql in found
        if name != "alembic_version"
    }


def filled(path: Path, revision: str) -> Rows:
    """A database at `revision` with rows in every table."""
    if revision != "base":
        migrate(path, target=revision)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        FILLERS[revision](connection)
    found = stored(path)
    assert all(found.values()), "a filler leaves no table empty"
    return found


def with_one_more(tmp_path: Path, body: str) -> Path:
    """The migrations of this version and one more, whose upgrade is `body`."""
    scripts = tmp_path / "scripts"
    shutil.copytree(migrations_folder(), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "next.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = 'next', {HEAD!r}\n"
        f"def upgrade():\n    {body}\n"
    )
    return scripts


def test_the_newest_revision_is_the_one_that_is_known() -> None:
    """A database at this revision is opened without looking at migrations at all."""
    assert revisions()[-1] == HEAD


def test_every_revision_has_a_filler() -> None:
    """Whoever adds a revision says here what rows it may find."""
    assert set(FILLERS) == {"base", *revisions()}


def test_migrations_make_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    """Compared by Alembic, and by what SQLite was told, which has the checks and options as well."""
    migrate(tmp_path / "migrated.db")
    engine = create_engine(f"sqlite:///{tmp_path}/migrated.db")
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), tables.metadata) == []
    engine.dispose()
    engine = create_engine(f"sqlite:///{tmp_path}/made.db")
    tables.metadata.create_all(engine)
    engine.dispose()

    assert schema(tmp_path / "migrated.db") == schema(tmp_path / "made.db")


@pytest.mark.parametrize("revision", ["base", *revisions()])
def test_every_older_database_comes_to_the_newest_with_its_rows(tmp_path: Path, revision: str) -> None:
    """No row is lost on the way, and what a column held it holds still."""
    path = tmp_path / "x.db"
    before = filled(path, revision)

    migrate(path)

    after = stored(path)
    assert set(after) == {table.name for table in tables.metadata.sorted_tables}
    for name in set(before) & set(after):
        kept = [set(row) & set(after[name][0]) for row in before[name]]
        assert [{key: row[key] for key in keys} for row, keys in zip(before[name], kept, strict=True)] == [
            {key: row[key] for key in keys} for row, keys in zip(after[name], kept, strict=True)
        ]
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    """Every start may do it."""
    path = tmp_path / "x.db"
    filled(path, HEAD)
    before = path.read_bytes()

    migrate(path)
    migrate(path)

    assert path.read_bytes() == before
    assert rows.names(tmp_path) == [path.name]


AT_ONCE = """
import os, sys
from pathlib import Path
from bot.storage.migrate import migrate

gate, opener = os.pipe()
children = []
for _ in range(4):
    child = os.fork()
    if not child:
        os.close(opener)
        os.read(gate, 1)
        migrate(Path(sys.argv[1]))
        os._exit(0)
    children.append(child)
os.close(opener)
sys.exit(any([os.waitpid(child, 0)[1] for child in children]))
"""


@pytest.mark.parametrize("revision", ["base", *revisions()])
def test_four_processes_at_once_all_succeed(tmp_path: Path, revision: str) -> None:
    """A restart that overlaps with the process before it, and a command line beside both."""
    path = tmp_path / "x.db"
    before = filled(path, revision)

    done = subprocess.run([sys.executable, "-c", AT_ONCE, path], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    after = stored(path)
    assert set(after) == {table.name for table in tables.metadata.sorted_tables}
    assert {name: len(found) for name, found in before.items()} == {name: len(after[name]) for name in before}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


FAILING = (
    "op.create_table('halfway', sa.Column('x', sa.Text)); op.execute('DELETE FROM drafts'); "
    "op.execute('UPDATE alembic_version SET version_num = 1'); raise RuntimeError('no')"
)


def test_a_failing_migration_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """Neither a table nor a row is half changed, and the older program still runs on it."""
    path = tmp_path / "data" / "x.db"
    path.parent.mkdir()
    filled(path, HEAD)
    before = path.read_bytes()

    with pytest.raises(RuntimeError, match="no"):
        migrate(path, scripts=with_one_more(tmp_path, FAILING))

    assert path.read_bytes() == before
    assert rows.names(path.parent) == [path.name]


def test_a_failing_first_migration_leaves_an_empty_file(tmp_path: Path) -> None:
    """The next start begins from nothing."""
    path = tmp_path / "data" / "x.db"
    path.parent.mkdir()

    with pytest.raises(RuntimeError, match="no"):
        migrate(path, scripts=with_one_more(tmp_path, FAILING))

    assert path.read_bytes() == b""
    assert rows.names(path.parent) == [path.name]
    migrate(path)


def test_a_migration_that_orphans_rows_is_undone(tmp_path: Path) -> None:
    """Foreign keys are off while it runs, so they are looked at before the commit."""
    path = tmp_path / "x.db"
    before = filled(path, HEAD)
    scripts = with_one_more(tmp_path, 'op.execute("DELETE FROM groups")')

    with pytest.raises(BrokenReferences):
        migrate(path, scripts=scripts)

    assert stored(path) == before


def test_rebuilding_a_table_keeps_what_hangs_on_it(tmp_path: Path) -> None:
    """SQLite changes a column by making the table anew, which with foreign keys on empties the others."""
    path = tmp_path / "x.db"
    before = filled(path, HEAD)
    body = (
        "batch = op.batch_alter_table('groups', recreate='always')\n"
        "    with batch as b: b.alter_column('zone', server_default='UTC')"
    )

    migrate(path, scripts=with_one_more(tmp_path, body))

    assert stored(path) == before
    assert any("UTC" in line for line in schema(path)["groups"])


def test_a_file_from_a_newer_version_is_refused(tmp_path: Path) -> None:
    """An older program does not know what it would break."""
    path = tmp_path / "x.db"
    migrate(path, scripts=with_one_more(tmp_path, "op.create_table('later', sa.Column('x', sa.Text))"))
    before = path.read_bytes()

    with pytest.raises(DatabaseProblem) as caught:
        migrate(path)

    assert caught.value.code == "newer"
    assert path.read_bytes() == before


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """From the first moment, whatever the umask."""
    before = os.umask(0)
    try:
        migrate(tmp_path / "x.db")
    finally:
        os.umask(before)

    assert (tmp_path / "x.db").stat().st_mode & 0o777 == 0o600


def test_rows_of_the_present_revision_go_in_through_the_tables(tmp_path: Path) -> None:
    """What the repositories write is what the migrations made."""
    migrate(tmp_path / "x.db")
    engine = create_engine(f"sqlite:///{tmp_path}/x.db")
    made = {
        tables.groups: rows.group(),
        tables.members: rows.member(),
        tables.sessions: rows.session(),
        tables.drafts: rows.draft(),
        tables.deliveries: rows.delivery(),
        tables.vignettes: rows.vignette(),
        tables.stops: rows.stop(),
        tables.templates: rows.template(),
        tables.cases: rows.case(),
        tables.reminders: rows.owned(),
        tables.commitments: rows.owned(),
        tables.habits: rows.habits(),
        tables.group_words: rows.group_word(),
        tables.own_words: rows.own_word(),
    }
    with engine.begin() as connection:
        for table, row in made.items():
            connection.execute(insert(table), [row])
    engine.dispose()

    assert stored(tmp_path / "x.db")["deliveries"][0]["ref"] == ""
