"""Vignettes, the stops of their authors, and whether a group wants a second reader."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make both tables, and the group's column."""
    op.create_table(
        "vignettes",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("group_token", sa.Text, nullable=False),
        sa.Column("thread_id", sa.BigInteger),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("mark", sa.LargeBinary),
        sa.Column("key_version", sa.Integer),
        sa.Column("wake_at", sa.BigInteger),
        sa.Column("purge_at", sa.BigInteger, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_vignettes"),
        sa.ForeignKeyConstraint(
            ["group_token"], ["groups.token"], name="fk_vignettes_group_token_groups", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    for column in ("group_token", "wake_at", "purge_at"):
        op.create_index(f"ix_vignettes_{column}", "vignettes", [column])
    op.create_table(
        "stops",
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("group_token", sa.Text, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("mark", sa.LargeBinary, nullable=False),
        sa.Column("key_version", sa.Integer, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_stops"),
        sa.ForeignKeyConstraint(
            ["group_token"], ["groups.token"], name="fk_stops_group_token_groups", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    for column in ("group_token", "ends_at"):
        op.create_index(f"ix_stops_{column}", "stops", [column])
    op.add_column(
        "groups", sa.Column("second_reader", sa.Integer, nullable=False, server_default=sa.text("0"))
    )
