"""Alembic scripts, oldest first; each goes up and down."""
