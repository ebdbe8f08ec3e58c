"""Proposals of replanning runs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "proposals",
        sa.Column("run_id", sa.String(16), sa.ForeignKey("plans.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("plan_id", sa.String(16), sa.ForeignKey("plans.id"), nullable=False, unique=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("proven", sa.Boolean(), nullable=False),
    )


def downgrade() -> None:
    """Drop it. The plans that were proposed stay: they may have been published."""
    op.drop_table("proposals")
