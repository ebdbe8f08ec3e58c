"""Which problems are changed copies of an office, so that their plans are not published unasked."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "what_ifs",
        sa.Column("problem_id", sa.String(16), sa.ForeignKey("problems.id"), primary_key=True),
        sa.Column("base_id", sa.String(16), sa.ForeignKey("problems.id"), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("what_ifs")
