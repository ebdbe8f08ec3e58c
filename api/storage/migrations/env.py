"""What Alembic runs around its scripts: they work on the connection that :mod:`api.storage.migrating` hands over."""

from alembic import context

from api.storage.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
