"""The workbook that a problem's tables came from, so that the next quarter's is a copy of it, own columns and all."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("problem_tables", sa.Column("workbook", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("problem_tables", "workbook")
