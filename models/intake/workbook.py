"""The tables of an office workbook (.xlsx): one sheet for each table, one for the settings.

A workbook may come from anyone: it is weighed before it is opened and read as a stream, and whatever is broken in it
becomes a fault. Formulas count by the value that the spreadsheet stored with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from models.faults import Fault
from models.intake.columns import FORMS, GUIDE, MATRICES, SETTINGS, Column, Form, plain
from models.intake.meant import TIMES_OF_DAY, check_setting
from models.intake.sources import Sheet, Sources
from models.intake.striking import runs, struck_cells, struck_through
from models.intake.tables import (
    MOST_COLUMNS,
    MOST_ROWS,
    Row,
    Table,
    column_letter,
    columns_read,
    table_of,
    take_out_groups,
    too_large,
)
from models.intake.values import Broken, Cell, CellError, Figure, blank, number, shown, text
from models.intake.xlsx import Content, Package, SheetPart, UnreadableError, open_package, read_sheet
from models.likeness import perhaps
from models.saying import Place, both, named, place, said
from models.thaitext import normal

#: columns read of a sheet that is no matrix
MOST_TABLE_COLUMNS = 256

_YES_NO = {"true": True, "yes": True, "ใช่": True, "false": False, "no": False, "ไม่": False, "ไม่ใช่": False}
_SETTING_FORM = Form(
    SETTINGS[0], SETTINGS[1],
    (
        Column("setting", "รายการ", text, required=True), Column("value", "ค่า", lambda cell: cell),
        Column("note", "หมายเหตุ", text, also=("คำอธิบาย",)),
    ),
)  # fmt: skip

#: merged cells: first row, last row, first column, last column
_Merged = tuple[int, int, int, int]


def read_workbook(path: Path, name: str = "") -> Sources:
    """The settings and tables in the workbook ``path``, with every fault of its sheets and headings.

    ``name``: what faults call the file, its own name where not given.
    """
    names = {plain(name): key for key, thai in MATRICES.items() for name in (key, thai)}
    names |= {plain(name): SETTINGS[0] for name in SETTINGS}
    sources = read_tables(path, FORMS, names, name)
    if _is_handbook(sources):
        cause = both("It is a handbook, not the workbook of an office.", "เป็นคู่มือการทำงาน ไม่ใช่สมุดงานของสำนักงาน")
        remedy = both("Give the workbook with the tables of the office.", "ใช้สมุดงานที่มีตารางของสำนักงาน")
        sources.faults = [Fault("file-unreadable", place(file=sources.name), cause, remedy)]
        sources.unread = {form.name for form in FORMS}
    if sources.settings is None and not sources.unread:
        cause = said("There is no sheet {sheet}.", sheet=named(f"{SETTINGS[0]} ({SETTINGS[1]})", SETTINGS[1]))
        remedy = said("Add it; the empty workbook that the command template writes shows it.")
        sources.faults.append(Fault("file-missing", place(file=sources.name, table=named(*SETTINGS)), cause, remedy))
    return sources


def _is_handbook(sources: Sources) -> bool:
    """Whether the workbook has none of the office's sheets, but those of a handbook."""
    from models.handbook.columns import PROGRESS, VISITS, forms  # which take their columns from these tables

    if sources.settings is not None or sources.tables:
        return False
    strange = (fault.place for fault in sources.faults if fault.code == "table-unknown")
    sheets = {plain(str(where.parts.get("sheet"))) for where in strange if where is not None}
    own = [form.names for form in forms(()) if form.name in (VISITS, PROGRESS)]
    return all(not sheets.isdisjoint(map(plain, names)) for names in own)


def read_tables(path: Path, forms: Sequence[Form], others: Mapping[str, str] | None = None, name: str = "") -> Sources:
    """The tables of ``forms`` in the workbook ``path``, with every fault of its sheets and headings.

    ``others``: plain names of sheets that are no tables -> the matrix, or the settings, that they hold.
    """
    sources = Sources(name=name or path.name)
    names = {plain(name): form.name for form in forms for name in form.names} | dict(others or {})
    try:
        with path.open("rb") as stream:
            package = open_package(stream)
            for sheet, name in _known_sheets(package, names, forms, sources):
                _read(package, sheet, name, {form.name: form for form in forms}, sources)
            return sources
    except UnreadableError as error:
        sources.faults.append(Fault(error.code, place(file=sources.name), error.cause, error.remedy))
    except OSError:
        cause, remedy = said("It cannot be opened."), said("Check that it is a file that you may read.")
        sources.faults.append(Fault("file-unreadable", place(file=sources.name), cause, remedy))
    sources.unread |= {form.name for form in forms}
    return sources


def _known_sheets(
    package: Package, names: Mapping[str, str], forms: Sequence[Form], sources: Sources
) -> list[tuple[SheetPart, str]]:
    """The sheets that hold something known, with what; others are faults, unless hidden or named with ``_`` before."""
    known: dict[str, SheetPart] = {}
    for sheet in package.sheets:
        name = plain(sheet.name)
        if sheet.name.startswith("_") or name in {plain(guide) for guide in GUIDE}:
            continue
        where = place(file=sources.name, sheet=sheet.name)
        if name not in names:
            if not sheet.hidden and not _is_blank(package, sheet):
                sources.faults.append(_unknown_sheet(where, sheet.name, names, forms))
        elif names[name] in known:
            cause = said("There are two sheets for {table}.", table=names[name])
            sources.faults.append(Fault("id-repeated", where, cause, said("Keep one of the two.")))
        else:
            known[names[name]] = sheet
            if sheet.hidden:
                sources.warnings.append(_hidden(where, sheet))
    return [(sheet, name) for name, sheet in known.items()]


def _is_blank(package: Package, sheet: SheetPart) -> bool:
    """Whether a sheet holds nothing, as those that spreadsheets put into every new workbook: nothing is overlooked."""
    try:
        content = read_sheet(package, sheet.part, MOST_ROWS, MOST_TABLE_COLUMNS)
    except UnreadableError:
        return False
    return content.too_large is None and all(blank(cell) for _, cells in content.rows for cell in cells)


def _unknown_sheet(where: Place, sheet: str, names: Mapping[str, str], forms: Sequence[Form]) -> Fault:
    settings = [SETTINGS] if SETTINGS[0] in names.values() else []
    tables = [*((form.name, form.thai) for form in forms), *settings]
    choices = named(", ".join(name for name, _ in tables), ", ".join(thai for _, thai in tables))
    return Fault(
        "table-unknown", where, said("It is none of the tables that are read here."),
        perhaps(said("Name it one of {tables}; or begin its name with _.", tables=choices), sheet, list(names)),
    )  # fmt: skip


def _hidden(where: Place, sheet: SheetPart) -> Fault:
    if sheet.very:
        remedy = said("It shows in no menu: in the editor of macros (Alt+F11) set its Visible to xlSheetVisible.")
    else:
        remedy = said("Right-click a sheet's name and choose Unhide to see it.")
    return Fault("sheet-hidden", where, said("The sheet is hidden, and it is read."), remedy)


def _read(package: Package, sheet: SheetPart, name: str, forms: Mapping[str, Form], sources: Sources) -> None:
    where = place(file=sources.name, sheet=sheet.name)
    columns = MOST_COLUMNS if name in MATRICES else MOST_TABLE_COLUMNS
    try:
        content = read_sheet(package, sheet.part, MOST_ROWS, columns)
    except UnreadableError as error:
        sources.faults.append(Fault(error.code, where, error.cause, error.remedy))
        sources.unread.add(name)
        return
    if content.too_large is not None:
        sources.faults.append(too_large(where, content.too_large))
        sources.unread.add(name)
        return
    if name in MATRICES:
        sources.matrices[name] = Sheet(where, content.rows)
        lines = [row for row, _ in content.rows]
        width = max((len(cells) for _, cells in content.rows), default=0)
        sources.faults += _merged(
            where, content.merged, min(lines, default=1), max(lines, default=0), set(range(width))
        )
        sources.warnings += struck_cells(where, content.struck)
        return
    table = table_of(
        forms.get(name, _SETTING_FORM), where, content.rows, covered=_covered(content), struck=content.struck
    )
    sources.faults += _merged_in(table, content)
    table.warnings += [*_hidden_cells(table, content), *struck_through(table, content.struck)]
    if name == SETTINGS[0] and name not in forms:
        _settings(table, sources)
    else:
        sources.add(table)


def _covered(content: Content) -> dict[tuple[int, int], Cell]:
    """What stands over the last cell, by row and column, where cells of one column are merged."""
    texts = {(first, column): last for first, last, column, right in content.merged if column == right and first < last}
    return {
        (texts[number, column], column): cells[column]
        for number, cells in content.rows
        for column in range(len(cells))
        if (number, column) in texts
    }


def _hidden_cells(table: Table, content: Content) -> list[Fault]:
    """The warnings that rows or columns of the table do not show, by a filter or by hand, and are read."""
    numbers = {row.place.parts["row"] for row in table.rows}
    rows = [number for number in content.hidden_rows if number in numbers]
    columns = [index for index in table.columns if any(index in hidden for hidden in content.hidden_columns)]
    remedy = said("Clear the filter, or select all and choose Unhide, to see them; remove what is not to be read.")
    found = []
    if rows:
        cause = said("Rows are hidden, and they are read: {rows}.", rows=runs(rows))
        found.append(Fault("cells-hidden", table.place, cause, remedy))
    if columns:
        letters = ", ".join(map(column_letter, columns))
        cause = said("Columns are hidden, and they are read: {columns}.", columns=letters)
        found.append(Fault("cells-hidden", table.place, cause, remedy))
    return found


def _merged_in(table: Table, content: Content) -> list[Fault]:
    """Merged cells within the table; titles above it and remarks beside it may be merged."""
    columns = columns_read(table)
    wide = {top for top, bottom, left, right in content.merged if top == bottom > table.heading_row and left < right}
    groups = take_out_groups(table, wide)
    faults = []
    rest = []
    out = set(table.crossed_out)
    merged = [each for each in content.merged if not out.issuperset(range(each[0], each[1] + 1))]
    for each in filter(lambda each: not _filled_down(table, each), merged):
        if each[0] == each[1] and each[0] in groups:
            cause = said("This row is a heading within the table.")
            corner = table.place.at(cells=_cells(each))
            faults.append(Fault("cell-merged", corner, cause, said("Remove the row.")))
        else:
            rest.append(each)
    rest = [each for each in rest if not _of_headings(table, each)]
    return faults + _merged(table.place, rest, table.heading_row, table.last_row, columns)


def _of_headings(table: Table, merged: _Merged) -> bool:
    """Whether a heading is merged over the rows above, or over those below that hold nothing else of the table."""
    top, bottom, left, right = merged
    if left != right or not top <= table.heading_row <= bottom:
        return False
    return all(int(row.place.parts["row"]) > bottom for row in table.rows)


def _filled_down(table: Table, merged: _Merged) -> bool:
    """Whether cells are merged within one column of the table; then each of their rows has what the first one holds.

    Not where another value is hidden under it, nor where it is what tells the rows apart.
    """
    top, bottom, left, right = merged
    key = table.columns.get(left)
    if left != right or key is None or key == table.form.columns[0].key or top <= table.heading_row:
        return False
    rows = {int(row.place.parts["row"]): row for row in table.rows if top <= int(row.place.parts["row"]) <= bottom}
    if top not in rows or bottom > table.last_row:
        return False
    others = [row for number, row in rows.items() if number != top]
    if any(not blank(row.cells.get(key)) for row in others):
        return False
    for row in others:
        row.cells[key] = rows[top].cells.get(key)
    return True


def _merged(where: Place, merged: Sequence[_Merged], first: int, last: int, columns: set[int]) -> list[Fault]:
    faults = []
    for each in merged:
        top, bottom, left, right = each
        if top <= last and bottom >= first and any(left <= column <= right for column in columns):
            cause = said("These cells are merged: only the first holds a value.")
            corner = where.at(cells=_cells(each))
            faults.append(Fault("cell-merged", corner, cause, said("Unmerge them and fill in each cell.")))
    return faults


def _cells(merged: _Merged) -> str:
    top, bottom, left, right = merged
    return f"{column_letter(left)}{top}:{column_letter(right)}{bottom}"


def _settings(table: Table, sources: Sources) -> None:
    """The sheet of settings as nested settings: ``prices.km`` in the first column, its value in the next."""
    sources.faults += table.faults
    sources.warnings += table.warnings
    sources.settings_place = table.place
    settings: dict[str, dict[str, Any]] = {}
    for row in table.rows:
        if not blank(row.cells.get("setting")):
            _put_setting(row, settings, sources)
    sources.settings = dict(settings)


def _put_setting(row: Row, settings: dict[str, dict[str, Any]], sources: Sources) -> None:
    """Put the setting of one row into its section; a blank one leaves the section there, and the key open."""
    name = re.sub(r"\s", "", normal(str(row.cells["setting"]))).casefold()  # a phone writes Prices.km
    value = row.cells.get("value")
    section, dot, key = name.partition(".")
    group = settings.setdefault(section, {}) if dot else {}
    faults, where = sources.faults, row.where("value").at(setting=name)
    if not dot:
        cause = said("There is no setting {name}.", name=shown(name))
        remedy = said("Write it like prices.km, as in the empty workbook.")
        faults.append(Fault("field-unknown", row.where("setting"), cause, remedy))
    elif name in sources.setting_places:
        cause = said("The setting {name} stands there twice.", name=shown(name))
        faults.append(Fault("id-repeated", row.where("setting"), cause, said("Keep one of the two.")))
    elif isinstance(value, Broken):
        faults.append(Fault(value.code, where, value.cause, value.remedy))
    elif not blank(value):
        try:
            check_setting(name, value)
            group[key] = value if isinstance(value, str) and name in TIMES_OF_DAY else _plain_value(value)
        except CellError as error:
            faults.append(Fault("cell-value", where, error.cause, error.remedy))
    sources.setting_places.setdefault(name, where)


def _plain_value(value: Cell) -> Cell:
    """Text that is a number or a yes becomes one, since a spreadsheet may keep either as text."""
    if not isinstance(value, str):
        return float(value) if isinstance(value, Figure) else value
    word = value.strip()
    if word.casefold() in _YES_NO:
        return _YES_NO[word.casefold()]
    try:
        return number(word)
    except CellError:
        return word
