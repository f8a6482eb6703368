"""Words that the review knows: a group's list, and what authors said is no name."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "group_words",
        sa.Column("group_token", sa.Text, nullable=False),
        sa.Column("mark", sa.LargeBinary, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("group_token", "mark", name="pk_group_words"),
        sa.CheckConstraint("kind IN ('person', 'place', 'organisation')", name="ck_group_words_kind"),
        sa.CheckConstraint("length(mark) = 32", name="ck_group_words_mark"),
        sa.ForeignKeyConstraint(
            ["group_token"], ["groups.token"], name="fk_group_words_group_token_groups", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "own_words",
        sa.Column("group_token", sa.Text, nullable=False),
        sa.Column("owner", sa.LargeBinary, nullable=False),
        sa.Column("mark", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("group_token", "owner", "mark", name="pk_own_words"),
        sa.CheckConstraint("length(owner) = 32 AND length(mark) = 32", name="ck_own_words_marks"),
        sa.ForeignKeyConstraint(
            ["group_token"], ["groups.token"], name="fk_own_words_group_token_groups", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
