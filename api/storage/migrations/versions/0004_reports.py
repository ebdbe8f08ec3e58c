"""Reports of visits in all their versions, files attached to them, and what the head of office approved."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "reports",
        sa.Column("season", sa.Date(), primary_key=True),
        sa.Column("visit", sa.String(200), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("token_id", sa.String(16), sa.ForeignKey("tokens.id"), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("season", sa.Date(), nullable=False),
        sa.Column("visit", sa.String(200), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("token_id", sa.String(16), sa.ForeignKey("tokens.id"), nullable=False),
        sa.Column("attached_at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("season", "visit", "hash"),
    )
    op.create_table(
        "approvals",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("subject", sa.String(250), primary_key=True),
        sa.Column("token_id", sa.String(16), sa.ForeignKey("tokens.id"), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("approvals", "attachments", "reports"):
        op.drop_table(table)
