"""A small office as tables, written as a folder or as a workbook, with single cells changed."""

from __future__ import annotations

import copy
import csv
import datetime as dt
import io
import json
import tomllib
from pathlib import Path
from typing import Any

import openpyxl

from models.faults import InvalidInput
from models.intake import OfficeBook, read_office
from models.intake.columns import FORM, SETTINGS
from models.intake.document import OFFICE_FORMAT
from models.intake.folder import read_folder

TOML = """
[office]
name_th = "สำนักงานทดสอบ"
name_en = "Test office"
[horizon]
first = 2012-08-01
last = 2012-10-31
[day]
start = "08:30"
end = "16:30"
break_minutes = 60
break_earliest = "11:30"
break_latest = "13:00"
[prices]
km = 4
officer_day = 120
unplanned = 5000
[[depots]]
id = "kk"
name_th = "ศาลากลาง"
lat = 16.4424
lon = 102.836
cars = 2
seats = 4
[[topics]]
id = "accounts"
name_th = "บัญชี"
[[topics]]
id = "debt"
name_th = "หนี้"
"""

TABLES: dict[str, list[dict[str, Any]]] = {
    "cooperatives": [
        {"id": "c1", "name_th": "สหกรณ์หนึ่ง", "kind": "agricultural", "district_th": "ชุมแพ", "lat": "16.62",
         "lon": "102.09", "standard": "good", "open": "08:30-16:30", "board_meeting": "third Thursday, 10:00",
         "current_lead": "o1"},
        {"id": "c2", "name_th": "สหกรณ์สอง", "kind": "savings", "district_th": "เมืองขอนแก่น", "lat": "16.45",
         "lon": "102.82", "standard": "excellent", "closed": "2012-08-20..2012-08-22; 2012-09-03"},
    ],
    "officers": [
        {"id": "o1", "name_th": "หนึ่ง", "topics": "accounts; debt", "max_days_per_week": "3", "fair_hours": "20"},
        {"id": "o2", "name_th": "สอง", "topics": "debt"},
    ],
    "issues": [
        {"id": "i1", "cooperative": "c1", "topic": "accounts", "severity": "4", "sessions": "2", "audience": "board",
         "due": "2012-09-28"},
        {"id": "i2", "cooperative": "c2", "topic": "debt", "severity": "2", "sessions": "1", "audience": "members",
         "content_ready": "2012-08-15", "partner": "baac"},
    ],
    "absences": [{"officer": "o2", "from": "2012-08-06", "to": "2012-08-10", "reason": "leave"}],
    "partners": [{"id": "baac", "name_th": "ธ.ก.ส.", "weekdays": "Wednesday", "per_day": "1"}],
}  # fmt: skip


def tables(**changes: Any) -> dict[str, list[dict[str, Any]]]:
    """A copy of ``TABLES`` with cells set: ``tables(issues__0__due="soon")``; a new heading makes a new column."""
    made = copy.deepcopy(TABLES)
    for place, value in changes.items():
        table, row, column = place.split("__")
        made[table][int(row)][column] = value
    return made


def document(folder: Path) -> dict[str, Any]:
    """The office in a folder as one JSON object."""
    settings = tomllib.loads((folder / "office.toml").read_text(encoding="utf-8"))
    made = {name: settings.pop(name) for name in ("depots", "topics", "cars", "speeds") if name in settings}
    for path in folder.glob("*.csv"):
        made[path.stem] = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    map_ = json.loads((folder / settings["office"]["map"]).read_text(encoding="utf-8"))
    return {"format": OFFICE_FORMAT, "settings": settings, "tables": made, "map": map_}


def csv_text(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV, with every heading that one of them has."""
    headings = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def folder(path: Path, made: dict[str, list[dict[str, Any]]] | None = None, toml: str = TOML) -> Path:
    """Write an office folder to ``path``."""
    path.mkdir(exist_ok=True)
    (path / "office.toml").write_text(toml, encoding="utf-8")
    for name, rows in (TABLES if made is None else made).items():
        (path / f"{name}.csv").write_text(csv_text(rows), encoding="utf-8")
    return path


def office(path: Path, toml: str = TOML, **cells: str) -> OfficeBook:
    """The office of ``TABLES`` with cells set, written below ``path`` and read."""
    return read_office(folder(path / "office", tables(**cells), toml))


def faults(path: Path) -> list[tuple[str, str]]:
    """Code and place of every fault of the office in ``path``; an empty list where it is sound."""
    try:
        read_office(path)
    except InvalidInput as error:
        return [(fault.code, fault.where) for fault in error.faults]
    return []


def workbook_of(office: Path, template: Path, thai: bool = False) -> Any:
    """The workbook ``template`` (an empty one) filled with the tables of the folder ``office``, as openpyxl has it.

    Cells become what a spreadsheet would make of them: numbers and dates where they look like it.
    """
    book = openpyxl.load_workbook(template)
    sources = read_folder(office)
    settings = book[SETTINGS[thai]]
    given = {
        f"{section}.{key}": value for section, group in (sources.settings or {}).items() for key, value in group.items()
    }
    for row in settings.iter_rows(min_row=2):
        row[1].value = (
            cell_of(given[row[0].value]) if row[0].value in given else None
        )  # not what the template begins with
    for name, table in sources.tables.items():
        sheet = book[FORM[name].thai if thai else name]
        keys = [column.key for column in FORM[name].columns]
        for number, row in enumerate(table.rows, start=2):
            for key, value in row.cells.items():
                if value not in (None, ""):
                    sheet.cell(number, keys.index(key) + 1, cell_of(value))

    return book


def cell_of(value: Any) -> Any:
    """What a spreadsheet makes of a value that is typed in."""
    if isinstance(value, list) and value and isinstance(value[0], dict):  # rates: hours and baht
        return "; ".join(f"{rate['hours']}: {rate['baht']}" for rate in value)
    if isinstance(value, list):
        return "; ".join(str(part) for part in value) or None
    if not isinstance(value, str):
        return value
    try:
        return dt.datetime.strptime(value, "%Y-%m-%d")
    except ValueError:
        pass
    try:
        return float(value) if "." in value else int(value)
    except ValueError:
        return value
