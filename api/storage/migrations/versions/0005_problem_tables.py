"""The tables that a problem was made from, so that the next quarter's can be made from them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "problem_tables",
        sa.Column("problem_id", sa.String(16), sa.ForeignKey("problems.id"), primary_key=True),
        sa.Column("office", sa.String(64), nullable=False, index=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("problem_tables")
