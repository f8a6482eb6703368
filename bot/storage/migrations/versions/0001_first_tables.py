"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "key_check",
        sa.Column("key_kind", sa.Text, nullable=False),
        sa.Column("key_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("key_kind", "key_id", name="pk_key_check"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "groups",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("retention_days", sa.Integer, nullable=False),
        sa.Column("facilitators", sa.LargeBinary, nullable=False),
        sa.Column("charter_version", sa.Integer, nullable=False),
        sa.Column("absent_since", sa.BigInteger),
        sa.Column("created_day", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_groups"),
        sa.UniqueConstraint("channel_id", name="uq_groups_channel_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "members",
        sa.Column("group_token", sa.Text, nullable=False),
        sa.Column("mark", sa.LargeBinary, nullable=False),
        sa.Column("charter_version", sa.Integer, nullable=False),
        sa.Column("accepted_day", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("group_token", "mark", name="pk_members"),
        sa.ForeignKeyConstraint(
            ["group_token"], ["groups.token"], name="fk_members_group_token_groups", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("group_token", sa.Text, nullable=False),
        sa.Column("thread_id", sa.BigInteger),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("wake_at", sa.BigInteger),
        sa.Column("purge_at", sa.BigInteger, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_sessions"),
        sa.CheckConstraint("status IN ('open', 'closed', 'stranded')", name="ck_sessions_status"),
        sa.ForeignKeyConstraint(
            ["group_token"], ["groups.token"], name="fk_sessions_group_token_groups", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("thread_id", name="uq_sessions_thread_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sessions_group_token", "sessions", ["group_token"])
    op.create_index("ix_sessions_wake_at", "sessions", ["wake_at"])
    op.create_index("ix_sessions_purge_at", "sessions", ["purge_at"])
    op.create_table(
        "drafts",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("group_token", sa.Text),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("mark", sa.LargeBinary, nullable=False),
        sa.Column("key_version", sa.Integer, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_drafts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_drafts_expires_at", "drafts", ["expires_at"])
    op.create_table(
        "deliveries",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("ref", sa.Text, server_default=sa.text("''"), nullable=False),
        sa.Column("channel_id", sa.BigInteger),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("stale_message_id", sa.BigInteger),
        sa.Column("wanted", sa.Integer, nullable=False),
        sa.Column("shown", sa.Integer, nullable=False),
        sa.Column("posts_wanted", sa.Integer, nullable=False),
        sa.Column("posts_done", sa.Integer, nullable=False),
        sa.Column("posted_at", sa.BigInteger),
        sa.Column("sent_at", sa.BigInteger),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("tried_at", sa.BigInteger),
        sa.Column("due_at", sa.BigInteger),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_deliveries"),
        sa.CheckConstraint("state IN ('live', 'done', 'failed')", name="ck_deliveries_state"),
        sa.UniqueConstraint("kind", "subject", "ref", name="uq_deliveries_kind_subject_ref"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_deliveries_subject", "deliveries", ["subject"])
    op.create_index("ix_deliveries_state_due_at", "deliveries", ["state", "due_at"])
