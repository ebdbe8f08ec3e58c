"""A migration that is killed: the next start finds the tables as they were, and makes them whole."""

from __future__ import annotations

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from api.storage.database import Database
from api.storage.tables import Table

#: migrates the database of its first argument, and dies after so many statements
DEADLY = """
import os, sys
from sqlalchemy import event
from api.storage.database import Database
database, left = Database(sys.argv[1]), [int(sys.argv[2])]
def count(*_):
    left[0] -= 1
    if not left[0]:
        os._exit(9)
event.listen(database.engine, "after_cursor_execute", count)
database.migrate()
"""


@pytest.mark.parametrize("statements", [8, 30])
def test_a_migration_that_is_killed_leaves_nothing_half_done(url: str, statements: int) -> None:
    died = subprocess.run([sys.executable, "-c", DEADLY, url, str(statements)], check=False)
    assert died.returncode == 9
    database = Database(url)
    assert set(inspect(database.engine).get_table_names()) == set()
    database.migrate()
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []
    database.close()
