"""Opening the database of the settings, with a coded fault for whatever stands in the way."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from api.settings import Settings
from api.storage.database import Busy, Database
from api.storage.migrating import NewerTables
from models.faults import Fault, InvalidInput
from models.refusals import refusal_of
from models.saying import both

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
        cause = both("{path}{told}.", "เปิดไม่ได้: {path}{told}", path=path, told=refusal_of(error))
        remedy = both("Choose another file, or let your user write there.", "เลือกไฟล์อื่น หรือให้สิทธิ์เขียนที่นั่น")
        raise InvalidInput([Fault("file-unwritable", _WHERE, cause, remedy)]) from None
    except ImportError as error:
        cause = both(f"The driver {error.name} is not installed.", f"ยังไม่ได้ติดตั้งไดรเวอร์ {error.name}")
        remedy = both("Install it, or use SQLite.", "ติดตั้ง หรือใช้ SQLite")
        raise InvalidInput([Fault("service-unready", _WHERE, cause, remedy)]) from None
    try:
        database.migrate()
    except NewerTables as error:
        cause = both(f"{database} has tables of a newer version ({error}).", f"{database} มีตารางของรุ่นที่ใหม่กว่า ({error})")
        remedy = both("Use the newer version, or a copy from before.", "ใช้โปรแกรมรุ่นใหม่กว่า หรือฐานข้อมูลสำรองก่อนหน้า")
        raise InvalidInput([Fault("database-newer", _WHERE, cause, remedy)]) from None
    except (SQLAlchemyError, OSError, Busy) as error:
        name = type(error).__name__
        cause = both(f"The database {database} does not answer ({name}).", f"ฐานข้อมูล {database} ไม่ตอบ ({name})")
        remedy = both("Check the URL, and that the server runs.", "ตรวจที่อยู่ฐานข้อมูล และว่าเครื่องแม่ข่ายทำงานอยู่")
        raise InvalidInput([Fault("service-unready", _WHERE, cause, remedy)]) from None
    return database
