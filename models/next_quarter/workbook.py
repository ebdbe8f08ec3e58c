"""The next quarter's office where this one's is a workbook: the same workbook, with the accepted changes in its cells.

Titles, looks, notes and sheets of the planner's own stay. A row that goes is closed up, a new one takes the look of
the last one, a column or a sheet that was not there is added with its heading in the language of the workbook.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from models.eras import BUDDHIST_YEARS
from models.faults import Fault, InvalidInput
from models.intake import values
from models.intake.columns import FORM, Form
from models.intake.dates import date_meant
from models.intake.sources import Sources
from models.intake.tables import Table
from models.intake.values import Cell
from models.next_quarter.notes import outdated
from models.saying import place, said
from models.thai import thai_date

T = TypeVar("T")

#: a date as Thai spreadsheets show it, where no cell of the column shows one yet
_DATE: Final = {True: "[$-107041E]d mmm bbbb", False: "yyyy-mm-dd"}
#: the year in a date's look, and the look that shows years of the Buddhist era already
_YEAR_LOOK: Final = re.compile("(?<!y)(?:yyyy|yy)(?!y)", re.IGNORECASE)
_BUDDHIST_LOOK: Final = re.compile(r"bb|\[\$-[0-9A-F]07[0-9A-F]{4}", re.IGNORECASE)
#: a date in words of the Buddhist era
_BUDDHIST: Final = re.compile(r"[ก-๙]|\b2[4-9]\d\d\b")
_THAI: Final = re.compile("[ก-๙]")


def write_workbook(
    content: bytes, sources: Sources, tables: Mapping[str, list[dict[str, Cell]]], first: dt.date, last: dt.date
) -> bytes:
    """The workbook ``content``, read as ``sources``, with the cells of ``tables`` and the days ``first`` to ``last``.

    ``tables`` hold the rows of each table in their order, an empty one where a row goes, new ones at the end.

    Raises:
        InvalidInput: the workbook has parts that cannot be written again.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about looks and extensions that are left out
        book = _copied(lambda: openpyxl.load_workbook(io.BytesIO(content)), sources.name)
        for name, rows in tables.items():
            _put_table(book, sources.tables.get(name), FORM[name], rows)
        for key, day in (("first", first), ("last", last)):
            _put_setting(book, sources, f"horizon.{key}", day)
        out = io.BytesIO()
        _copied(lambda: book.save(out), sources.name)
    return out.getvalue()


def _copied(work: Callable[[], T], name: str) -> T:
    """What ``work`` makes of a workbook; the format's reader and writer raise whatever they stumble over.

    Raises:
        InvalidInput: it stumbled.
    """
    try:
        return work()
    except Exception as error:
        cause = said("It cannot be copied: it has parts that only its own program knows.")
        remedy = said("Open it in a spreadsheet, save it as .xlsx, and check that one.")
        raise InvalidInput([Fault("file-unreadable", place(file=name), cause, remedy)]) from error


@dataclass(slots=True)
class _Kept:
    """A cell on its way to another row."""

    value: Any
    look: Any
    comment: Any
    link: Any
    at: str


def _put_table(book: Any, table: Table | None, form: Form, rows: list[dict[str, Cell]]) -> None:
    """Write what differs from ``table``, as it was read, into its sheet; a table that was not there gets a sheet."""
    if table is None:
        if not any(rows):
            return
        table = _with_sheet(book, form)
    sheet = book[str(table.place.parts["sheet"])]
    columns = {key: index + 1 for index, key in table.columns.items()}
    before = [row.cells for row in table.rows]
    changed = [
        (number, key, cell)
        for number, row in enumerate(rows)
        for key, cell in row.items()
        if number >= len(before) or cell != before[number].get(key)
    ]
    for key in dict.fromkeys(key for _, key, cell in changed if not values.blank(cell)):
        if key not in columns:
            columns[key] = _with_column(sheet, table, form, key, columns)
    stands = [int(row.place.parts["row"]) for row in table.rows]
    last = below = max([table.heading_row, *stands])
    for _ in range(len(before), len(rows)):
        below = _free_below(sheet, below, columns.values())
        stands.append(below)
        _dress(sheet, last, below, columns.values())
    written = {(stands[number], columns[key]) for number, key, _ in changed if key in columns}
    closing = () if all(rows[: len(before)]) else stands  # of which all move up
    _unmerge(sheet, written | {(row, column) for row in closing for column in columns.values()})
    for number, key, cell in changed:
        if key in columns:
            _write(sheet.cell(stands[number], columns[key]), cell, form, key, _in_thai(sheet, table))
    _close_up(sheet, [stands[number] for number, row in enumerate(rows) if row], stands, columns.values())
    kept = max(1, sum(map(bool, rows)))  # one stays for the look of those to come
    _cut_off(sheet, max([table.heading_row, *stands[:kept]]) + 1, len(stands) - kept)


def _free_below(sheet: Any, row: int, columns: Collection[int]) -> int:
    """The first row below that holds nothing in the table's columns: no remark, also one over several rows, no note of
    the planner's, and nothing that is crossed out."""
    row += 1
    while any(not _is_free(sheet.cell(row, column)) for column in columns):
        row += 1
    return row


def _is_free(cell: Any) -> bool:
    """Whether a cell holds nothing; one that is merged into another holds what that does, and takes no value."""
    return not isinstance(cell, MergedCell) and values.blank(cell.value) and cell.comment is None


def _unmerge(sheet: Any, touched: Collection[tuple[int, int]]) -> None:
    """Part cells that are merged downwards over one of these (row, column): each gets what the first holds."""
    for area in list(sheet.merged_cells.ranges):
        own = {(row, area.min_col) for row in range(area.min_row, area.max_row + 1)}
        if area.min_col != area.max_col or own.isdisjoint(touched):
            continue
        sheet.unmerge_cells(area.coord)
        first = sheet.cell(area.min_row, area.min_col)
        for row in range(area.min_row + 1, area.max_row + 1):
            cell = sheet.cell(row, area.min_col, first.value)
            cell._style = copy(first._style)


def _cut_off(sheet: Any, first: int, most: int) -> None:
    """Take so many rows from ``first`` on away, where nothing at all stands in them or below."""
    below = sheet.iter_rows(min_row=first, max_row=sheet.max_row)
    merged = any(area.max_row >= first for area in sheet.merged_cells.ranges)
    if most < 1 or merged:  # fewer than none would move what stands there down
        return
    if all(values.blank(cell.value) and cell.comment is None for row in below for cell in row):
        sheet.delete_rows(first, most)


def _with_sheet(book: Any, form: Form) -> Table:
    """A new sheet for a table, in the language of the workbook's sheets, with no column yet."""
    thai = any(_THAI.search(name) for name in book.sheetnames)
    sheet = book.create_sheet(form.thai if thai else form.name)
    return Table(form, place(sheet=sheet.title), heading_row=1)


def _in_thai(sheet: Any, table: Table) -> bool:
    heads = [sheet.cell(table.heading_row, index + 1).value for index in table.columns]
    return any(_THAI.search(str(text)) for text in (sheet.title, *heads))


def _with_column(sheet: Any, table: Table, form: Form, key: str, columns: Mapping[str, int]) -> int:
    """The number of a new column, right of all that stands in or beside the table, under its heading."""
    beside = (
        cell.column
        for row in sheet.iter_rows(min_row=table.heading_row)
        for cell in row
        if not values.blank(cell.value) or cell.comment is not None
    )
    at = max([*columns.values(), *beside], default=0) + 1
    column = next(column for column in form.columns if column.key == key)
    head = sheet.cell(table.heading_row, at, column.thai if _in_thai(sheet, table) else key)
    if at > 1:
        left = sheet.cell(table.heading_row, at - 1)
        head._style = copy(left._style)
        width = sheet.column_dimensions[left.column_letter].width
        sheet.column_dimensions[get_column_letter(at)].width = width
        for row in table.rows:
            number = int(row.place.parts["row"])
            sheet.cell(number, at)._style = copy(sheet.cell(number, at - 1)._style)
    return at


def _dress(sheet: Any, like: int, row: int, columns: Iterable[int]) -> None:
    for column in columns:
        sheet.cell(row, column)._style = copy(sheet.cell(like, column)._style)


def _write(cell: Any, value: Cell, form: Form, key: str, thai: bool) -> None:
    """Put a value in; numbers and dates as such, so that the spreadsheet can count with them."""
    column = next(column for column in form.columns if column.key == key)
    parse = column.parse
    if values.blank(value):
        cell.value = None
    elif parse is values.date:
        cell.value = values.date(value)
        others = (each for each in cell.parent[cell.column_letter] if each.row != cell.row)
        shown = [_date_look(each) for each in others if getattr(each, "is_date", False)]  # merged cells are none
        cell.number_format = shown[0] if shown else _DATE[thai]
    elif parse in (values.integer, values.number):
        number = values.number(value)
        cell.value = int(number) if number.is_integer() else number
    else:
        text = value if isinstance(value, str) else values.text(value)
        cell.value = column.choices.get(text, text) if thai else text  # as the column's own list has it
        cell.data_type = "s"  # text, whatever it begins with


def _close_up(sheet: Any, kept: list[int], stands: list[int], columns: Iterable[int]) -> None:
    """Move the cells of the rows that are ``kept`` up to where the first rows stood, and clear the others."""
    for column in columns:
        cells = []
        for row in kept:
            cell = sheet.cell(row, column)
            cells.append(_Kept(cell.value, copy(cell._style), cell.comment, cell.hyperlink, cell.coordinate))
        for row, moved in zip(stands, cells, strict=False):
            cell = sheet.cell(row, column)
            formula = isinstance(moved.value, str) and moved.value.startswith("=") and moved.at != cell.coordinate
            text = Translator(moved.value, moved.at).translate_formula(cell.coordinate) if formula else moved.value
            if cell.coordinate != moved.at:
                cell.value, cell._style = text, moved.look
                cell.comment = copy(moved.comment) if moved.comment else None
                cell.hyperlink = moved.link.target if moved.link is not None else None
        for row in stands[len(kept) :]:
            cell = sheet.cell(row, column)
            cell.value, cell.comment, cell.hyperlink = None, None, None


def _date_look(cell: Any) -> str:
    """How a cell shows its date, for one of the common era: a year that was typed as 2570 is shown so."""
    look = str(cell.number_format)
    typed = isinstance(cell.value, dt.date) and cell.value.year in BUDDHIST_YEARS
    if not typed or _BUDDHIST_LOOK.search(look):
        return look
    found = _YEAR_LOOK.sub(lambda years: "b" * len(years[0]), look)
    return found if found != look else _DATE[True]


def _put_setting(book: Any, sources: Sources, name: str, day: dt.date) -> None:
    where = sources.where_setting(name)
    sheet = book[str(where.parts["sheet"])]
    cell = sheet[f"{where.parts['letter']}{where.parts['row']}"]
    was, thai = cell.value, bool(_THAI.search(sheet.title))
    buddhist = thai or (isinstance(was, str) and _BUDDHIST.search(was) is not None)
    cell.number_format = _date_look(cell) if cell.is_date else _DATE[buddhist]
    cell.value = day
    former = _former(was)
    if former == day:
        return
    for note in sheet[cell.row][cell.column :]:  # what stands beside it was written for the day that it was
        if isinstance(note.value, str) and not note.value.startswith("="):
            shown = str(was) if former is None else thai_date(former) if thai else former.isoformat()
            note.value = outdated(note.value, shown, thai)


def _former(was: Any) -> dt.date | None:
    """The day that a cell held as it was read; None of a formula."""
    try:
        return values.date(was)
    except values.CellError:
        return date_meant(was) if isinstance(was, str) else None


def content_of(path: Path) -> bytes:
    """The bytes of a workbook; of ``office.xlsx`` in it where ``path`` is a folder."""
    from models.intake.reading import workbook_in

    return workbook_in(path).read_bytes()
