"""Cases from templates."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "cases",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("group_token", sa.Text, nullable=False),
        sa.Column("thread_id", sa.BigInteger),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("purge_at", sa.BigInteger, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_cases"),
        sa.ForeignKeyConstraint(
            ["group_token"], ["groups.token"], name="fk_cases_group_token_groups", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    for column in ("group_token", "purge_at"):
        op.create_index(f"ix_cases_{column}", "cases", [column])
