"""Migrations of the tables by Alembic. The scripts are packaged in ``api.storage.migrations``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from alembic.config import Config


class NewerTables(Exception):
    """A newer version of this software made the tables."""


#: the revision this code needs; a test keeps it alike with the newest script
HEAD = "0008"


def at_head(engine: Engine) -> bool:
    """Whether the tables are as this code needs them, told without loading Alembic."""
    try:
        with engine.connect() as connection:
            return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == HEAD)
    except DBAPIError:
        return False


def migrate(engine: Engine, revision: str) -> None:
    """Upgrade or downgrade to ``revision`` ("head", "base", or one between), all in one transaction.

    Raises:
        NewerTables: they are of a revision that is not known here.
    """
    from alembic import command
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        current = MigrationContext.configure(connection).get_current_revision()
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if current is not None and current not in known:
            raise NewerTables(current)
        down = revision == "base" or (revision != "head" and current is not None and revision < current)
        (command.downgrade if down else command.upgrade)(config, revision)


def configuration() -> Config:
    """Alembic's configuration: where the scripts are."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    return config
