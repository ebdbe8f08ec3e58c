"""Faults of runs are kept as codes and values. No table changes: versions before this one could not read them."""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What older versions kept is read as it is."""


def downgrade() -> None:
    """Nothing to undo in the tables."""
