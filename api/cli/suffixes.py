"""What a file is called: no name ends as that of another kind of file than is written to it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from models.faults import Fault, InvalidInput
from models.saying import both

#: what files are called that people open by their endings; of others, such as ``out.d``, many a folder has one
_KNOWN: Final = frozenset({".csv", ".geojson", ".htm", ".html", ".ics", ".json", ".pdf", ".txt", ".xls", ".xlsx"})


def require_suffix(place: Path | None, *own: str, option: str = "--out") -> None:
    """See that a file to be ends in one of its ``own`` endings, or in none: ``made.2`` says no kind, ``made.zz`` one.

    Raises:
        InvalidInput: it would be opened as what it is not.
    """
    if place is None or place.suffix.lower() in own or not place.suffix[1:].isalpha():
        return
    cause = both(f"What is written there is no file {place.suffix}.", f"ไฟล์ที่เขียนไม่ใช่ไฟล์ {place.suffix}")
    remedy = both(f"Let its name end in {' or '.join(own)}.", f"ตั้งชื่อให้ลงท้ายด้วย {' หรือ '.join(own)}")
    raise InvalidInput([Fault("option-value", f"{option} {place}", cause, remedy)])


def require_folder_name(place: Path | None, option: str = "--out") -> None:
    """See that a folder to be is not called like a file; one that is there may be called as it likes.

    Raises:
        InvalidInput: it would be taken for a file.
    """
    if place is None or place.is_dir() or place.suffix.lower() not in _KNOWN:
        return
    cause = both(f"A folder is written there, no file {place.suffix}.", f"คำสั่งนี้เขียนเป็นโฟลเดอร์ ไม่ใช่ไฟล์ {place.suffix}")
    remedy = both("Name a folder; for one file take: patithin export.", "ระบุโฟลเดอร์ ไฟล์เดียวใช้ patithin export")
    raise InvalidInput([Fault("option-value", f"{option} {place}", cause, remedy)])


def require_no_tables(place: Path, option: str = "--out") -> None:
    """See that a plan's outputs do not go among an office's tables: the next reader would take them for tables.

    Raises:
        InvalidInput: they would.
    """
    if not (place / "office.toml").exists():
        return
    cause = both("It holds the tables of an office.", "โฟลเดอร์นี้เก็บตารางของสำนักงาน")
    remedy = both("Name a folder of its own for the plan.", "ระบุโฟลเดอร์อื่นสำหรับแผน")
    raise InvalidInput([Fault("option-value", f"{option} {place}", cause, remedy)])
