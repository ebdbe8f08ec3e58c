"""Drafts made by hand; links for others; browsers that are signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables. A link that nobody has used yet is void: the next start prints another."""
    op.create_table(
        "drafts",
        sa.Column("plan_id", sa.String(16), sa.ForeignKey("plans.id"), primary_key=True),
        sa.Column("parent_id", sa.String(16), sa.ForeignKey("plans.id"), nullable=False),
        sa.Column("moves", sa.JSON(), nullable=False),
        sa.Column("broken", sa.JSON(), nullable=False),
        sa.Column("name", sa.String(200)),
    )
    op.create_index("ix_drafts_parent_id", "drafts", ["parent_id"])
    op.create_table(
        "sign_ins",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("token_id", sa.String(16), sa.ForeignKey("tokens.id"), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
    )
    op.drop_table("invitations")
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("officer", sa.String(200)),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("token_id", sa.String(16), sa.ForeignKey("tokens.id")),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime()),
    )


def downgrade() -> None:
    """Drop them. The plans that were drafted stay: they may have been published."""
    op.drop_table("invitations")
    op.create_table(
        "invitations",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    op.drop_table("sign_ins")
    op.drop_index("ix_drafts_parent_id", "drafts")
    op.drop_table("drafts")
