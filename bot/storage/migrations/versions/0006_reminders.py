"""Reminders, commitments, and what is remembered of how somebody wants to be reminded."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables, and a lane for what is sent in turn, however much of it is due at once."""
    op.add_column("deliveries", sa.Column("lane", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.drop_index("ix_deliveries_state_due_at", "deliveries")
    lanes = ["state", "lane", "due_at", "subject"]
    op.create_index("ix_deliveries_state_lane_due_at_subject", "deliveries", lanes)
    op.create_index("ix_groups_absent_since", "groups", ["absent_since"])
    for name in ("reminders", "commitments"):
        op.create_table(
            name,
            sa.Column("token", sa.Text, nullable=False),
            sa.Column("group_token", sa.Text, nullable=False),
            sa.Column("mark", sa.LargeBinary),
            sa.Column("version", sa.Integer, nullable=False),
            sa.Column("wake_at", sa.BigInteger),
            sa.Column("purge_at", sa.BigInteger),
            sa.Column("document", sa.LargeBinary, nullable=False),
            sa.PrimaryKeyConstraint("token", name=f"pk_{name}"),
            sa.ForeignKeyConstraint(
                ["group_token"], ["groups.token"], name=f"fk_{name}_group_token_groups", ondelete="CASCADE"
            ),
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{name}_group_token_mark", name, ["group_token", "mark"])
        for column in ("wake_at", "purge_at"):
            op.create_index(f"ix_{name}_{column}", name, [column])
    op.create_table(
        "habits",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("group_token", sa.Text, nullable=False),
        sa.Column("mark", sa.LargeBinary, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_habits"),
        sa.UniqueConstraint("group_token", "mark", name="uq_habits_group_token_mark"),
        sa.ForeignKeyConstraint(
            ["group_token"], ["groups.token"], name="fk_habits_group_token_groups", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
