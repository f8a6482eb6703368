"""The tables, in types that SQLite and PostgreSQL both know.

Keys are random text: without counters and, on SQLite, without row ids, nothing tells in which order
rows came, and nothing is used twice. Instants are whole seconds since 1970, UTC; a column that ends in
``_day`` holds whole days since 1970, UTC. ``mark`` is a keyed one-way hash that nobody makes without the
key file. ``info["erases"]`` of a table names what takes its rows away: ``group`` (it goes), ``session`` (it
is taken back), ``person`` (asks to be forgotten), ``time`` (the purge), ``keys`` (a key is retired).
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *items: SchemaItem, erases: Sequence[str]) -> Table:
    return Table(name, metadata, *items, info={"erases": ", ".join(erases)}, sqlite_with_rowid=False)


def _goes_with_group() -> ForeignKey:
    return ForeignKey("groups.token", ondelete="CASCADE")


key_check: Final = _table(
    "key_check",
    Column("key_kind", Text, primary_key=True),
    Column("key_id", Integer, primary_key=True, autoincrement=False),
    Column("value", LargeBinary, nullable=False),
    erases=["keys"],
)

groups: Final = _table(
    "groups",
    Column("token", Text, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False, unique=True),
    Column("zone", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("retention_days", Integer, nullable=False),
    Column("facilitators", LargeBinary, nullable=False),
    Column("charter_version", Integer, nullable=False),
    Column("absent_since", BigInteger, index=True),
    Column("created_day", BigInteger, nullable=False),
    Column("second_reader", Integer, nullable=False, default=0, server_default=text("0")),
    erases=["group"],
)

members: Final = _table(
    "members",
    Column("group_token", Text, _goes_with_group(), primary_key=True),
    Column("mark", LargeBinary, primary_key=True),
    Column("charter_version", Integer, nullable=False),
    Column("accepted_day", BigInteger, nullable=False),
    erases=["group", "person"],
)

sessions: Final = _table(
    "sessions",
    Column("token", Text, primary_key=True),
    Column("group_token", Text, _goes_with_group(), nullable=False, index=True),
    Column("thread_id", BigInteger, unique=True),
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("wake_at", BigInteger, index=True),
    Column("purge_at", BigInteger, nullable=False, index=True),
    Column("document", LargeBinary, nullable=False),
    CheckConstraint("status IN ('open', 'closed', 'stranded')", name="status"),
    erases=["group", "session", "time"],
)

drafts: Final = _table(
    "drafts",
    Column("token", Text, primary_key=True),
    Column("group_token", Text),
    Column("salt", LargeBinary, nullable=False),
    Column("mark", LargeBinary, nullable=False),
    Column("key_version", Integer, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
    erases=["group", "person", "time"],
)

deliveries: Final = _table(
    "deliveries",
    Column("token", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("ref", Text, nullable=False, default="", server_default=text("''")),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger),
    Column("stale_message_id", BigInteger),
    Column("wanted", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("posts_wanted", Integer, nullable=False),
    Column("posts_done", Integer, nullable=False),
    Column("posted_at", BigInteger),
    Column("sent_at", BigInteger),
    Column("attempts", Integer, nullable=False),
    Column("tried_at", BigInteger),
    Column("due_at", BigInteger),
    Column("position", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    # 0: what people wait for. 1: what takes its turn, however much of it is due at once.
    Column("lane", Integer, nullable=False, default=0, server_default=text("0")),
    UniqueConstraint("kind", "subject", "ref"),
    CheckConstraint("state IN ('live', 'done', 'failed')", name="state"),
    # With the state first: what has been sent for good stays out of the way of what is due.
    # With the subject last: what is due at one instant has an order without being sorted.
    Index(None, "state", "lane", "due_at", "subject"),
    erases=["group", "session", "time"],
)

vignettes: Final = _table(
    "vignettes",
    Column("token", Text, primary_key=True),
    Column("group_token", Text, _goes_with_group(), nullable=False, index=True),
    Column("thread_id", BigInteger),
    Column("version", Integer, nullable=False),
    # The author's seal, and nothing in its place once there is no author any more.
    Column("salt", LargeBinary),
    Column("mark", LargeBinary),
    Column("key_version", Integer),
    # Release slots and days: no finer time is kept.
    Column("wake_at", BigInteger, index=True),
    Column("purge_at", BigInteger, nullable=False, index=True),
    Column("document", LargeBinary, nullable=False),
    erases=["group", "person", "time"],
)

cases: Final = _table(
    "cases",
    Column("token", Text, primary_key=True),
    Column("group_token", Text, _goes_with_group(), nullable=False, index=True),
    Column("thread_id", BigInteger),
    Column("version", Integer, nullable=False),
    Column("purge_at", BigInteger, nullable=False, index=True),
    Column("document", LargeBinary, nullable=False),
    erases=["group", "person", "time"],
)

stops: Final = _table(
    "stops",
    Column("subject", Text, primary_key=True),
    Column("group_token", Text, _goes_with_group(), nullable=False, index=True),
    Column("salt", LargeBinary, nullable=False),
    Column("mark", LargeBinary, nullable=False),
    Column("key_version", Integer, nullable=False),
    Column("ends_at", BigInteger, nullable=False, index=True),
    # Not by who asks to be forgotten: a stop would be no stop.
    erases=["group", "time"],
)

group_words: Final = _table(
    "group_words",
    Column("group_token", Text, _goes_with_group(), primary_key=True),
    Column("mark", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    CheckConstraint("kind IN ('person', 'place', 'organisation')", name="kind"),
    CheckConstraint("length(mark) = 32", name="mark"),
    erases=["group"],
)

own_words: Final = _table(
    "own_words",
    Column("group_token", Text, _goes_with_group(), primary_key=True),
    # The member's mark, as in members, and the word's.
    Column("owner", LargeBinary, primary_key=True),
    Column("mark", LargeBinary, primary_key=True),
    CheckConstraint("length(owner) = 32 AND length(mark) = 32", name="marks"),
    erases=["group", "person"],
)
templates: Final = _table(
    "templates",
    Column("token", Text, primary_key=True),
    Column("group_token", Text, _goes_with_group(), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    # With its name, which may tell what a group works on.
    Column("document", LargeBinary, nullable=False),
    erases=["group"],
)


def _kept_for_someone(name: str) -> Table:
    """A document that is due at times. ``mark`` is its owner's, as in members; the group's own has none."""
    return _table(
        name,
        Column("token", Text, primary_key=True),
        Column("group_token", Text, _goes_with_group(), nullable=False),
        Column("mark", LargeBinary),
        Column("version", Integer, nullable=False),
        Column("wake_at", BigInteger, index=True),
        Column("purge_at", BigInteger, index=True),
        Column("document", LargeBinary, nullable=False),
        Index(None, "group_token", "mark"),
        erases=["group", "person", "time"],
    )


reminders: Final = _kept_for_someone("reminders")
commitments: Final = _kept_for_someone("commitments")

habits: Final = _table(
    "habits",
    Column("token", Text, primary_key=True),
    Column("group_token", Text, _goes_with_group(), nullable=False),
    Column("mark", LargeBinary, nullable=False),
    Column("document", LargeBinary, nullable=False),
    UniqueConstraint("group_token", "mark"),
    erases=["group", "person"],
)

#: Every encrypted column. Each is bound to the ``token`` of its row.
SEALED: Final[tuple[Column[Any], ...]] = (
    groups.c.facilitators,
    sessions.c.document,
    drafts.c.content,
    vignettes.c.document,
    cases.c.document,
    templates.c.document,
    reminders.c.document,
    commitments.c.document,
    habits.c.document,
)
