import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import BigInteger, Integer, LargeBinary, Text, create_engine, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.storage import tables
from tests.storage import rows

TABLES = tables.metadata.sorted_tables
ERASERS = {"group", "session", "person", "time", "keys"}


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
def test_every_table_compiles(dialect: Dialect) -> None:
    """The tables are not bound to SQLite, and no key counts up by itself."""
    for table in TABLES:
        text = str(CreateTable(table).compile(dialect=dialect))
        assert "SERIAL" not in text
        assert "AUTOINCREMENT" not in text
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_types_are_the_plain_ones() -> None:
    """Text, whole numbers and bytes, which every driver hands back as they went in."""
    kinds = {type(column.type) for table in TABLES for column in table.columns}

    assert kinds == {Text, Integer, BigInteger, LargeBinary}


def test_every_constraint_has_a_name() -> None:
    """What has no name can't be changed by a migration."""
    for table in TABLES:
        for constraint in [*table.constraints, *table.indexes]:
            assert constraint.name, f"{table.name}: {constraint}"


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_no_table_keeps_the_order_of_its_rows(table: tables.Table) -> None:
    """A row id would tell who wrote first."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
        with pytest.raises(sqlite3.OperationalError, match="no such column"):
            connection.execute(f"SELECT rowid FROM {table.name}")  # noqa: S608 - a name of ours
    connection.close()


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_table_says_what_erases_it(table: tables.Table) -> None:
    """In words that are known, so that a test can walk them."""
    erasers = table.info["erases"].split(", ")

    assert erasers
    assert set(erasers) <= ERASERS


def test_sealed_columns_belong_to_rows_with_a_token() -> None:
    """The token is what their values are bound to."""
    for column in tables.SEALED:
        assert isinstance(column.type, LargeBinary)
        assert [key.name for key in column.table.primary_key] == ["token"]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (tables.sessions, rows.session(status="paused")),
        (tables.sessions, rows.session(group_token=None)),
        (tables.deliveries, rows.delivery(state="lost")),
        (tables.deliveries, rows.delivery("p2", subject="p1")),
        (tables.groups, rows.group("g2", channel_id=rows.group("g1")["channel_id"])),
        (tables.groups, rows.group("g2") | {"token": None}),
        (tables.members, rows.member()),
        (tables.vignettes, rows.vignette(group_token=None)),
        (tables.vignettes, rows.vignette(purge_at=None)),
        (tables.stops, rows.stop(mark=None)),
        (tables.stops, rows.stop(ends_at=None)),
        (tables.templates, rows.template(group_token=None)),
        (tables.templates, rows.template(document=None)),
        (tables.cases, rows.case(group_token=None)),
        (tables.cases, rows.case(document=None)),
        (tables.cases, rows.case(purge_at=None)),
        (tables.reminders, rows.owned(group_token=None)),
        (tables.commitments, rows.owned(document=None)),
        (tables.habits, rows.habits(document=None)),
        (tables.group_words, rows.group_word(kind="date")),
        (tables.group_words, rows.group_word(mark=b"a word")),
        (tables.own_words, rows.own_word(owner=b"somebody")),
    ],
)
def test_rows_that_make_no_sense_are_refused(table: tables.Table, row: rows.Row, tmp_path: Path) -> None:
    """Unknown states, missing keys, and two of what there is one of."""
    engine = create_engine(f"sqlite:///{tmp_path}/x.db")
    tables.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(tables.groups), [rows.group()])
        connection.execute(insert(tables.members), [rows.member()])
        connection.execute(insert(tables.deliveries), [rows.delivery()])

    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(table), [row])
    engine.dispose()


@pytest.mark.parametrize(
    ("index", "query"),
    [
        (
            "ix_deliveries_state_lane_due_at_subject (state=? AND lane=? AND due_at",
            """SELECT subject FROM deliveries
            WHERE state = 'live' AND lane = 0 AND due_at <= 1 AND subject NOT IN ('a')
            ORDER BY due_at, subject LIMIT 8""",
        ),
        (
            "ix_deliveries_state_lane_due_at_subject (state=? AND lane=?",
            "SELECT min(due_at) FROM deliveries WHERE state = 'live' AND lane = 1",
        ),
        ("ix_groups_absent_since", "SELECT min(absent_since) FROM groups"),
        ("ix_reminders_wake_at", "SELECT min(wake_at) FROM reminders"),
        (
            "ix_reminders_wake_at (wake_at<?)",
            "SELECT token, document FROM reminders WHERE wake_at <= 1 ORDER BY wake_at LIMIT 10",
        ),
        ("ix_reminders_purge_at (purge_at<?)", "SELECT token FROM reminders WHERE purge_at <= 1 LIMIT 10"),
        (
            "ix_commitments_group_token_mark (group_token=? AND mark=?)",
            "SELECT document FROM commitments WHERE group_token = 'g' AND mark = x'01'",
        ),
    ],
)
def test_what_is_due_is_found_through_an_index(index: str, query: str, tmp_path: Path) -> None:
    """However many wait, a look at what is due costs the same."""
    engine = create_engine(f"sqlite:///{tmp_path}/x.db")
    tables.metadata.create_all(engine)
    with engine.connect() as connection:
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").fetchall())
        assert f"INDEX {index}" in plan
        assert "TEMP B-TREE" not in plan
        assert connection.execute(select(tables.deliveries)).all() == []
    engine.dispose()
