"""The tables of an office workbook (.xlsx): one sheet for each table, one for the settings.

A workbook may come from anyone: it is weighed before it is opened, read as a stream, and whatever the reader of the
format stumbles over becomes a fault. Formulas count by the value that the spreadsheet stored with them.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl

from models.faults import Fault
from models.intake.columns import FORMS, GUIDE, MATRICES, SETTINGS, Column, Form, plain
from models.intake.sources import Sources
from models.intake.tables import MOST_COLUMNS, MOST_ROWS, Row, blank, table_of, too_large
from models.intake.values import Broken, Cell, CellError, number, shown, text

#: bytes of all parts together once unpacked; the sample's workbook has half a million
LARGEST_UNPACKED = 48_000_000
#: XML tags in all parts together; each takes time and memory when the workbook is read
MOST_TAGS = 3_000_000
#: parts (files) in the package; an office's workbook has some twenty
MOST_PARTS = 500
#: columns read of a sheet that is no matrix
MOST_TABLE_COLUMNS = 256

_LAST_ROW = 1_048_576
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_YES_NO = {"true": True, "yes": True, "ใช่": True, "false": False, "no": False, "ไม่": False, "ไม่ใช่": False}
_SETTING_FORM = Form(
    SETTINGS[0], SETTINGS[1],
    (
        Column("setting", "รายการ", text, required=True), Column("value", "ค่า", lambda cell: cell),
        Column("note", "หมายเหตุ", text),
    ),
)  # fmt: skip

Rows = list[tuple[int, list[Cell]]]


def read_workbook(path: Path) -> Sources:
    """The settings and tables in the workbook ``path``, with every fault of its sheets and headings."""
    names = {plain(name): key for key, thai in MATRICES.items() for name in (key, thai)}
    names |= {plain(name): SETTINGS[0] for name in SETTINGS}
    sources = read_tables(path, FORMS, names)
    if sources.settings is None and not sources.unread:
        cause = f"There is no sheet {SETTINGS[0]} ({SETTINGS[1]})."
        remedy = "Add it; the empty workbook that the command template writes shows it."
        sources.faults.append(Fault("file-missing", f"{sources.name}, {SETTINGS[0]}", cause, remedy))
    return sources


def read_tables(path: Path, forms: Sequence[Form], others: Mapping[str, str] | None = None) -> Sources:
    """The tables of ``forms`` in the workbook ``path``, with every fault of its sheets and headings.

    ``others``: plain names of sheets that are no tables -> the matrix, or the settings, that they hold.
    """
    sources = Sources(name=path.name)
    names = {plain(name): form.name for form in forms for name in (form.name, form.thai)} | dict(others or {})
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as package:
            sources.faults += _overweight(path.name, package)
            if not sources.faults:
                _read(file, package, {form.name: form for form in forms}, names, sources)
                return sources
    except Exception as error:  # the format's readers raise whatever they stumble over in a broken file
        sources.faults.append(_unreadable(path.name, error))
    sources.unread |= {form.name for form in forms}
    return sources


def _unreadable(name: str, error: Exception) -> Fault:
    cause = f"It cannot be read as an .xlsx workbook ({type(error).__name__}: {shown(str(error))})."
    return Fault("file-unreadable", name, cause, "Open it in a spreadsheet and save it as .xlsx, without a password.")


def _overweight(name: str, package: zipfile.ZipFile) -> Iterator[Fault]:
    """A fault where the unpacked parts are more than an office can need: a bomb unpacks to gigabytes."""
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        yield too_large(name, f"it has {len(parts)} parts")
        return
    size = tags = 0
    for part in parts:
        with package.open(part) as stream:
            while chunk := stream.read(1 << 16):
                size += len(chunk)
                tags += chunk.count(b"<")
                if size > LARGEST_UNPACKED or tags > MOST_TAGS:
                    yield too_large(name, f"unpacked it has more than {LARGEST_UNPACKED // 1_000_000} MB "
                                    f"or {MOST_TAGS // 1_000_000} million tags")  # fmt: skip
                    return


def _read(
    file: BinaryIO, package: zipfile.ZipFile, forms: Mapping[str, Form], names: Mapping[str, str], sources: Sources
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about looks and extensions, which do not matter here
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        sheets = _known_sheets(book.worksheets, names, sources)
        contents = {sheet.title: _rows(sheet, name, sources) for sheet, name in sheets}
        formulas = [(title, at) for title, (_, found) in contents.items() for at in found]
        book.close()
        if formulas:
            stored = openpyxl.load_workbook(file, read_only=True, keep_links=False, data_only=True)
            for sheet, name in sheets:
                values = dict(_rows(stored[sheet.title], name, Sources(sources.name))[0])
                _put_values(contents[sheet.title], values)
            stored.close()
    sources.settings_place = f"{sources.name}, sheet {SETTINGS[0]}"
    for sheet, name in sheets:
        place, rows = f"{sources.name}, sheet {sheet.title}", contents[sheet.title][0]
        merged = [ref.decode() for ref in _MERGED.findall(package.read(sheet._worksheet_path))]
        sources.faults += [
            Fault("cell-merged", f"{place}, cells {ref}", "These cells are merged: only the first holds a value.",
                  "Unmerge them and fill in each cell.") for ref in merged
        ]  # fmt: skip
        if name == SETTINGS[0]:
            _settings(place, rows, sources)
        elif name in MATRICES:
            sources.matrices[name] = (place, rows)
        else:
            sources.add(table_of(forms[name], place, rows))


def _known_sheets(worksheets: list[Any], names: Mapping[str, str], sources: Sources) -> list[tuple[Any, str]]:
    """The sheets that hold something known, with what; others are faults unless their name begins with ``_``."""
    known: list[tuple[Any, str]] = []
    for sheet in worksheets:
        name = plain(sheet.title)
        if sheet.title.startswith("_") or name in GUIDE:
            continue
        place = f"{sources.name}, sheet {sheet.title}"
        if name not in names:
            known_names = ", ".join(dict.fromkeys(name for name in names.values() if name not in MATRICES))
            fault = Fault("table-unknown", place, "It is none of the tables that are read here.",
                          f"Name it one of {known_names}; or begin its name with _.")  # fmt: skip
            sources.faults.append(fault)
        elif names[name] in [other for _, other in known]:
            fault = Fault("id-repeated", place, f"There are two sheets for {names[name]}.", "Keep one of the two.")
            sources.faults.append(fault)
        else:
            known.append((sheet, names[name]))
    return known


def _rows(sheet: Any, name: str, sources: Sources) -> tuple[Rows, list[tuple[int, int]]]:
    """The filled rows of a sheet with their numbers, and where formulas stand as (row number, index in row)."""
    rows: Rows = []
    formulas: list[tuple[int, int]] = []
    nothing = None
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    columns = MOST_COLUMNS if name in MATRICES else MOST_TABLE_COLUMNS
    for row_number, cells in enumerate(sheet.iter_rows(min_row=1, max_col=columns), start=1):
        if row_number > _LAST_ROW:
            break
        if cells is nothing:  # the rows that a sheet leaves out are one and the same
            continue
        row = [_cell(cell) for cell in cells]
        while row and blank(row[-1]):
            row.pop()
        if not row:
            nothing = cells
        elif row_number > MOST_ROWS:
            sources.faults.append(
                too_large(f"{sources.name}, sheet {sheet.title}", f"it has more than {MOST_ROWS} rows")
            )
            break
        else:
            rows.append((row_number, row))
            formulas += [(row_number, at) for at, cell in enumerate(cells) if cell.data_type == "f"]
    return rows, formulas


def _cell(cell: Any) -> Cell:
    """A cell's value; error values become broken cells, durations below a day become times."""
    value = cell.value
    if cell.data_type == "e":
        return Broken("cell-value", f"The cell shows the error {value}.", "Mend the formula, or write the value.")
    if cell.data_type == "f":
        return Broken("cell-formula", "The formula has no stored value.",
                      "Open and save the workbook in a spreadsheet, or write the value.")  # fmt: skip
    if isinstance(value, dt.timedelta):
        whole = dt.timedelta() <= value < dt.timedelta(days=1)
        return (dt.datetime.min + value).time() if whole else str(value)
    if value is None or isinstance(value, str | int | float | dt.date | dt.time):
        return value
    return str(value)


def _put_values(content: tuple[Rows, list[tuple[int, int]]], stored: dict[int, list[Cell]]) -> None:
    """Put the stored values of formulas into the rows; those without one stay broken."""
    rows = dict(content[0])
    for row_number, at in content[1]:
        row = stored.get(row_number, [])
        if at < len(row) and not blank(row[at]):
            rows[row_number][at] = row[at]


def _settings(place: str, rows: Rows, sources: Sources) -> None:
    """The sheet of settings as nested settings: ``prices.km`` in the first column, its value in the next."""
    table = table_of(_SETTING_FORM, place, rows)
    sources.faults += table.faults
    sources.settings_place = place
    settings: dict[str, dict[str, Any]] = {}
    for row in table.rows:
        if not blank(row.cells.get("setting")):
            _put_setting(row, settings, sources)
    sources.settings = dict(settings)


def _put_setting(row: Row, settings: dict[str, dict[str, Any]], sources: Sources) -> None:
    """Put the setting of one row into its section; a blank one leaves the section there, and the key open."""
    name, value = str(row.cells["setting"]).strip(), row.cells.get("value")
    section, dot, key = name.partition(".")
    group = settings.setdefault(section, {}) if dot else {}
    faults = sources.faults
    if not dot:
        remedy = "Write it like prices.km, as in the empty workbook."
        faults.append(Fault("field-unknown", row.where("setting"), f"There is no setting {shown(name)}.", remedy))
    elif name in sources.setting_places:
        cause = f"The setting {shown(name)} stands there twice."
        faults.append(Fault("id-repeated", row.where("setting"), cause, "Keep one of the two."))
    elif isinstance(value, Broken):
        faults.append(Fault(value.code, row.where("value"), value.cause, value.remedy))
    elif not blank(value):
        group[key] = _plain_value(value)
    sources.setting_places.setdefault(name, row.where("value"))


def _plain_value(value: Cell) -> Cell:
    """Text that is a number or a yes becomes one, since a spreadsheet may keep either as text."""
    if not isinstance(value, str):
        return value
    word = value.strip()
    if word.casefold() in _YES_NO:
        return _YES_NO[word.casefold()]
    try:
        return number(word)
    except CellError:
        return word
