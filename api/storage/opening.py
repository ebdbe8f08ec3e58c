"""Opening the database of the settings, with a coded fault for whatever stands in the way."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from api.settings import Settings
from api.storage.database import Busy, Database
from api.storage.migrating import NewerTables
from models.faults import Fault, InvalidInput

_WHERE = "PATITHIN_DATABASE"


def open_database(settings: Settings) -> Database:
    """The database, with its tables as this code needs them.

    Raises:
        InvalidInput: it cannot be opened.
    """
    try:
        database = Database(settings.database)
    except OSError as error:
        path = f"{error.filename}: " if error.filename else ""
        cause = f"{path}{error.strerror or error}."
        remedy = "Choose another file, or let your user write there."
        raise InvalidInput([Fault("file-unwritable", _WHERE, cause, remedy)]) from None
    except ImportError as error:
        cause = f"The driver {error.name} is not installed."
        raise InvalidInput([Fault("service-unready", _WHERE, cause, "Install it, or use SQLite.")]) from None
    try:
        database.migrate()
    except NewerTables as error:
        cause = f"{database} has tables of a newer version ({error})."
        raise InvalidInput(
            [Fault("database-newer", _WHERE, cause, "Use the newer version, or a copy from before.")]
        ) from None
    except (SQLAlchemyError, OSError, Busy) as error:
        cause = f"The database {database} does not answer ({type(error).__name__})."
        fault = Fault("service-unready", _WHERE, cause, "Check the URL, and that the server runs.")
        raise InvalidInput([fault]) from None
    return database
