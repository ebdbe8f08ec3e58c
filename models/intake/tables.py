"""Tables as read, before they mean anything: headings recognised, rows with their place, faults collected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.faults import Fault
from models.intake.columns import Form, plain
from models.intake.values import Broken, Cell, CellError, shown

#: more rows than any office has; a table that is longer is refused before it costs time and memory
MOST_ROWS = 20_000
MOST_COLUMNS = 1_200

Grid = Iterable[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its place as the planner finds it, its cells by column key, and each column's heading as written."""

    place: str
    cells: dict[str, Cell]
    headings: dict[str, str]

    def where(self, key: str) -> str:
        """The place of one cell."""
        return f"{self.place}, column {self.headings.get(key, key)}"


@dataclass(slots=True)
class Table:
    """A table of the office with the faults of its headings; ``rows`` are those that are not blank."""

    form: Form
    place: str
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def blank(cell: Cell) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def table_of(form: Form, place: str, grid: Grid, *, entries: bool = False) -> Table:
    """The table in ``grid``, rows of (number as the planner counts, cells); the first filled row has the headings.

    ``entries``: the rows are entries of a TOML file, whose headings are keys and stand in no row.
    """
    table = Table(form, place)
    rows = _filled(grid)
    first = next(rows, None)
    if first is None:
        if form.required:
            table.faults.append(_empty(form, place))
        return table
    number, cells = first
    word = "entry" if entries else "row"
    labels = [str(cell) if entries else column_letter(index) for index, cell in enumerate(cells)]
    keys = _keys(table, place if entries else f"{place}, row {number}", cells, labels)
    headings = {key: str(cells[index]).strip() for index, key in keys.items()}
    for number, cells in rows:
        where = f"{place}, {word} {number}"
        if number > MOST_ROWS:
            table.faults.append(too_large(where, f"the table is longer than {MOST_ROWS} rows"))
            break
        table.rows.append(Row(where, {key: cells[i] for i, key in keys.items() if i < len(cells)}, headings))
        stray = [i for i, cell in enumerate(cells) if not blank(cell) and i not in keys and _headless(first[1], i)]
        if stray:
            table.faults.append(
                Fault(
                    "column-unknown",
                    f"{where}, column {column_letter(stray[0])}",
                    f"{shown(cells[stray[0]])} stands in a column without a heading.",
                    "Give the column a heading, or clear it.",
                )
            )
    if form.required and not table.rows and not table.faults:
        table.faults.append(_empty(form, place))
    return table


def too_large(where: str, why: str) -> Fault:
    """The fault of a file or table that is refused for its size."""
    return Fault("file-too-large", where, f"It is refused: {why}.", "Keep only the office's own rows and sheets.")


def column_letter(index: int) -> str:
    """A spreadsheet's letter for the column with this index from 0: A, B, ... Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _filled(grid: Grid) -> Iterator[tuple[int, Sequence[Cell]]]:
    return ((number, cells) for number, cells in grid if not all(blank(cell) for cell in cells))


def _headless(headings: Sequence[Cell], index: int) -> bool:
    return index >= len(headings) or blank(headings[index])


def _empty(form: Form, place: str) -> Fault:
    return Fault("table-empty", place, "It holds no rows.", f"Write at least one row of {form.name}.")


def _keys(table: Table, place: str, headings: Sequence[Cell], labels: Sequence[str]) -> dict[int, str]:
    """The column key at each index; unknown, repeated and missing headings become faults."""
    known = {plain(name): column.key for column in table.form.columns for name in (column.key, column.thai)}
    keys: dict[int, str] = {}
    strange: list[Fault] = []
    for index, cell in enumerate(headings[:MOST_COLUMNS]):
        if blank(cell):
            continue
        key = known.get(plain(str(cell)))
        where = f"{place}, column {labels[index]}"
        if key is None:
            strange.append(
                Fault(
                    "column-unknown",
                    where,
                    f"{table.form.name} has no column {shown(str(cell))}.",
                    "Mend the heading, or remove the column; remarks go into the column note.",
                )
            )
        elif key in keys.values():
            strange.append(
                Fault(
                    "column-repeated",
                    where,
                    f"The heading {shown(str(cell))} stands there twice.",
                    "Keep one of the two columns.",
                )
            )
        else:
            keys[index] = key
    if not keys:
        needed = ", ".join(column.key for column in table.form.columns if column.required)
        fault = Fault(
            "header-missing",
            place,
            "This row does not hold the headings of the table.",
            f"Write the headings into the first row; needed are {needed}.",
        )
        table.faults.append(fault)
        return keys
    table.faults.extend(strange)
    table.faults.extend(
        Fault("column-missing", table.place, f"There is no column {column.key} ({column.thai}).", "Add the column.")
        for column in table.form.columns
        if column.required and column.key not in keys.values()
    )
    return keys


def parse_row(table: Table, row: Row, faults: list[Fault]) -> dict[str, Any] | None:
    """What the cells of ``row`` mean, by column key, blank ones left out; None where one of them is at fault."""
    parsed: dict[str, Any] = {}
    sound = True
    for column in table.form.columns:
        cell = row.cells.get(column.key)
        if column.key == "note":
            continue
        if blank(cell):
            if column.required:
                sound = False
                if column.key in row.headings:
                    faults.append(Fault("cell-missing", row.where(column.key), "The cell is empty.", "Fill it in."))
            continue
        if isinstance(cell, Broken):
            sound = False
            faults.append(Fault(cell.code, row.where(column.key), cell.cause, cell.remedy))
            continue
        try:
            parsed[column.key] = column.parse(cell)
        except CellError as error:
            sound = False
            faults.append(Fault("cell-value", row.where(column.key), error.cause, error.remedy))
    return parsed if sound else None
