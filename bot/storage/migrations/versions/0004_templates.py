"""Groups' own templates."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "templates",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("group_token", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_templates"),
        sa.ForeignKeyConstraint(
            ["group_token"], ["groups.token"], name="fk_templates_group_token_groups", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_templates_group_token", "templates", ["group_token"])
