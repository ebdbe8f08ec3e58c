"""Tables as read, before they mean anything: headings recognised, rows with their place, faults collected.

The same for every door: folder, workbook and JSON hand in rows of raw cells, and every cell is cleaned here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from models.faults import Fault
from models.intake.beside import table_beside, tables_beside
from models.intake.columns import Form
from models.intake.remarks import ORDINAL, SUM, says_nothing, signs, sums
from models.intake.values import Broken, Cell, CellError, blank, clean, shown
from models.likeness import perhaps
from models.saying import Place, Said, named, said
from models.thaitext import key as plain
from models.thaitext import turns

#: more rows than any office has; a table that is longer is refused before it costs time and memory
MOST_ROWS = 20_000
MOST_COLUMNS = 1_200
#: filled rows among which the headings are looked for: titles and remarks may stand above them
HEADING_ROWS = 30
#: characters beyond which a cell is no heading
LONGEST_HEADING = 200

Grid = Iterable[tuple[int, Sequence[Cell]]]
Covered = Mapping[tuple[int, int], Cell]
#: cells that are struck through, by row number and index of the column
Struck = Set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its place, its cells by column key, and each column's heading as written and letter in the sheet.

    ``names``: what the columns of its table are called, for a fault of a column that the sheet does not have.
    """

    place: Place
    cells: dict[str, Cell]
    headings: dict[str, str]
    letters: dict[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def where(self, key: str) -> Place:
        """The place of one cell."""
        letter = self.letters.get(key)
        return self.place.at(column=self.headings.get(key) or self.names.get(key, key), letter=letter)


@dataclass(slots=True)
class Table:
    """A table of the office with the faults of its headings; ``rows`` are those that are not blank.

    ``heading_row`` and ``columns`` (index -> key) say where it lies in its sheet; ``warnings`` what was mended.
    ``crossed_out``: the numbers of rows that are struck through, and no rows of the table. ``summing``: those of rows
    that say so where others have their number.
    """

    form: Form
    place: Place
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    heading_row: int = 0
    last_row: int = 0
    columns: dict[int, str] = field(default_factory=dict)
    crossed_out: list[int] = field(default_factory=list)
    summing: set[int] = field(default_factory=set)

    @property
    def mistaken(self) -> bool:
        """Whether its headings, or all of its rows, are at fault."""
        return any(fault.code in _OF_THE_WHOLE for fault in self.faults)

    def lost(self, *keys: str) -> bool:
        """Whether one of the columns ``keys`` is not there, perhaps for the fault of a heading that is told already."""
        return self.mistaken and not set(keys) <= set(self.columns.values())


#: faults of a table after which what it lacks is no fault of its rows, nor of those that name them
_OF_THE_WHOLE = ("column-unknown", "column-missing", "column-repeated", "header-missing", "table-empty")


def table_of(
    form: Form, place: Place, grid: Grid, *, entries: bool = False, covered: Covered | None = None,
    struck: Struck = frozenset(),
) -> Table:  # fmt: skip
    """The table in ``grid``, rows of (number as the planner counts, cells).

    The headings stand in the row that knows most of them, among the first filled ones; what is above is passed over.
    ``entries``: the rows are entries of TOML or JSON, whose headings are keys and stand in no row. ``covered``: the
    text over a cell that is merged with those above it, by row number and index: a heading beside those of two rows.
    ``struck``: cells that are struck through; a row of none but such is crossed out, and left out.
    """
    table = Table(form, place)
    rows = _filled(grid)
    first = list(islice(rows, 1 if entries else HEADING_ROWS))
    named_by = [_headings(number, cells, covered or {}) for number, cells in first]
    if not first:
        if form.required:
            table.faults.append(_empty(form, place))
        return table
    at = max(range(len(first)), key=lambda index: len(_known(form, named_by[index])))
    number, headings = first[at][0], named_by[at]
    table.heading_row = number
    labels = [str(cell) if entries else column_letter(index) for index, cell in enumerate(headings)]
    table.columns = _keys(table, place if entries else place.at(row=number), headings, labels, entries)
    _add_rows(table, [*first[at + 1 :]], rows, headings, entries, struck)
    _take_out_sums(table)
    if form.required and not table.rows and not table.faults:
        table.faults.append(_empty(form, place))
    return table


def _headings(number: int, cells: Sequence[Cell], covered: Covered) -> Sequence[Cell]:
    """The cells of a row as headings: a blank one bears what it is merged with."""
    above = {index: cell for (row, index), cell in covered.items() if row == number}
    if not above:
        return cells
    width = max(len(cells), *(index + 1 for index in above))
    plainly = [*cells, *[None] * (width - len(cells))]
    return [above.get(index) if blank(cell) else cell for index, cell in enumerate(plainly)]


def _add_rows(
    table: Table, read: Sequence[tuple[int, Sequence[Cell]]], rest: Iterator[tuple[int, Sequence[Cell]]],
    headings: Sequence[Cell], entries: bool, struck: Struck,
) -> None:  # fmt: skip
    words = {key: str(headings[index]).strip() for index, key in table.columns.items()}
    letters = {} if entries else {key: column_letter(index) for index, key in table.columns.items()}
    names = {} if entries else {column.key: named(column.key, column.thai) for column in table.form.columns}
    strays: set[int] = set()
    signed = False
    for rows in (read, rest):
        for number, cells in rows:
            place = table.place.at(entry=number) if entries else table.place.at(row=number)
            if number > MOST_ROWS:
                cause = said("It is refused: it has more than {rows} rows.", rows=MOST_ROWS)
                table.faults.append(too_large(place, cause))
                return
            signed = not entries and signs(cells, signed)
            if signed or (not entries and says_nothing(cells, headings)):
                continue
            if struck and _crossed_out(table, number, cells, struck):
                table.crossed_out.append(number)
                table.last_row = number
                continue
            if not entries and sums(cells, headings):
                table.summing.add(number)
            kept = {key: cells[index] for index, key in table.columns.items() if index < len(cells)}
            row = Row(place, {key: clean(cell) for key, cell in kept.items()}, words, letters, names)
            table.rows.append(row)
            table.last_row = number
            table.warnings += [cleaned(row.where(key)) for key, cell in kept.items() if _turned(cell)]
            if table.columns and not entries:
                table.faults += list(_stray(place, cells, headings, strays))


def is_own(heading: str) -> bool:
    """Whether a column is the planner's own, which is kept but not read: its heading begins with _."""
    return heading.strip().startswith("_")


def columns_read(table: Table) -> set[int]:
    """The indices of the columns that mean something: not of notes, nor of the planner's own."""
    return {index for index, key in table.columns.items() if key != "note" and not is_own(key)}


def _crossed_out(table: Table, number: int, cells: Sequence[Cell], struck: Struck) -> bool:
    """Whether all that a row holds in the columns that are read is struck through."""
    filled = [index for index in columns_read(table) if index < len(cells) and not blank(cells[index])]
    return bool(filled) and all((number, index) in struck for index in filled)


def _take_out_sums(table: Table) -> None:
    """Take out rows that sum up the others, as people write below a table; it is told.

    One of figures alone, which may be a row that lacks all else, is a fault.
    """
    required = [column.key for column in table.form.columns if column.required]
    kept = []
    for row in table.rows:
        first = next((key for key, cell in row.cells.items() if not blank(cell)), None)
        lacks = any(blank(row.cells.get(key)) for key in required)
        figures = all(isinstance(cell, int | float | Broken) for cell in row.cells.values() if not blank(cell))
        unsaid = figures and row is table.rows[-1] and blank(row.cells.get("id", "-"))  # a sum without its word
        says_so = row.place.parts.get("row") in table.summing
        if first is not None and lacks and (says_so or SUM.fullmatch(str(row.cells[first]).strip())):
            cause = said("This row sums up the others, and is left out.")
            table.warnings.append(
                Fault("value-understood", row.where(first), cause, said("Leave it where that is meant."))
            )
        elif first is not None and lacks and unsaid:
            cause = said("This row sums up the others.")
            table.faults.append(Fault("cell-value", row.where(first), cause, said("Remove the row.")))
        else:
            kept.append(row)
    table.rows = kept


def take_out_groups(table: Table, numbers: set[int]) -> set[int]:
    """Take out the rows of these ``numbers`` that hold one cell alone, headings of those below; the numbers of them."""
    groups = {
        int(row.place.parts["row"])
        for row in table.rows
        if row.place.parts.get("row") in numbers and sum(not blank(cell) for cell in row.cells.values()) == 1
    }
    if groups:
        table.rows = [row for row in table.rows if row.place.parts.get("row") not in groups]
    return groups


def _stray(place: Place, cells: Sequence[Cell], headings: Sequence[Cell], told: set[int]) -> Iterator[Fault]:
    """The filled cells of a row that stand under no heading; of each column the first one, kept in ``told``."""
    for index, cell in enumerate(cells):
        if not blank(cell) and index not in told and (index >= len(headings) or blank(headings[index])):
            told.add(index)
            yield Fault(
                "column-unknown",
                place.at(column=column_letter(index), letter=column_letter(index)),
                said("{value} stands in a column without a heading.", value=shown(cell)),
                said("Give the column a heading, or clear it."),
            )


def too_large(where: Place, cause: Said) -> Fault:
    """The fault of a file or table that is refused for its size."""
    return Fault("file-too-large", where, cause, said("Keep only the office's own rows and sheets."))


def cleaned(where: Place) -> Fault:
    """The warning that marks which turn the direction of writing were taken out of a cell."""
    return Fault(
        "text-cleaned", where, said("Invisible marks that turn the direction of writing were left out."),
        said("Write the text again if it is not as it was meant."),
    )  # fmt: skip


def _turned(cell: Cell) -> bool:
    return isinstance(cell, str) and turns(cell)


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


def _empty(form: Form, place: Place) -> Fault:
    name = named(form.name, form.thai)
    return Fault(
        "table-empty", place, said("It holds no rows."), said("Write at least one row of {table}.", table=name)
    )


def _known(form: Form, cells: Sequence[Cell]) -> set[str]:
    """The columns that a row names as headings would."""
    names = _names(form)
    words = (plain(str(cell)) for cell in cells[:MOST_COLUMNS] if not blank(cell) and len(str(cell)) <= LONGEST_HEADING)
    return {names[word] for word in words if word in names}


def _names(form: Form) -> dict[str, str]:
    return {plain(name): column.key for column in form.columns for name in (column.key, column.thai, *column.also)}


def _keys(table: Table, place: Place, headings: Sequence[Cell], labels: Sequence[str], entries: bool) -> dict[int, str]:
    """The column key at each index; unknown, repeated and missing headings become faults."""
    form, known = table.form, _names(table.form)
    keys: dict[int, str] = {}
    strange: dict[int, Fault] = {}
    for index, cell in enumerate(headings[:MOST_COLUMNS]):
        if blank(cell) or (not entries and plain(str(cell)) in ORDINAL - known.keys()):
            continue
        key = str(cell).strip() if is_own(str(cell)) else known.get(plain(str(cell)))
        where = place.at(column=labels[index], letter=None if entries else labels[index])
        if key is None:
            table_name, given = named(form.name, form.thai), shown(clean(str(cell)))
            strange[index] = Fault(
                "column-unknown",
                where,
                said("{table} has no column {heading}.", table=table_name, heading=given),
                perhaps(
                    said("Mend the heading, or begin it with _ to be passed over; notes go into the column note."),
                    str(cell),
                    [column.thai for column in form.columns] + [column.key for column in form.columns],
                ),
            )
        elif key in keys.values():
            strange[index] = Fault(
                "column-repeated",
                where,
                said("The heading {heading} stands there twice.", heading=shown(str(cell))),
                said("Keep one of the two columns."),
            )
        else:
            keys[index] = key
    if not keys:
        table.faults.append(_no_headings(form, place))
        return keys
    for block in [] if entries else list(tables_beside(headings[:MOST_COLUMNS], strange.keys())):
        where = place.at(column=labels[block[0]], letter=labels[block[0]])
        told = table_beside(where, f"{labels[block[0]]}-{labels[block[-1]]}", headings[block[0]])
        strange = {index: fault for index, fault in strange.items() if index not in block} | {block[0]: told}
    table.faults.extend(strange.values())
    table.faults.extend(
        Fault(
            "column-missing",
            table.place,
            said("There is no column {column}.", column=column.name),
            said("Add the column."),
        )
        for column in form.columns
        if column.required and column.key not in keys.values()
    )
    return keys


def _no_headings(form: Form, place: Place) -> Fault:
    needed = [column for column in form.columns if column.required]
    return Fault(
        "header-missing",
        place,
        said("This row does not hold the headings of the table."),
        said(
            "Write the headings into the first row; needed are {columns}.",
            columns=named(", ".join(column.key for column in needed), ", ".join(column.thai for column in needed)),
        ),
    )


def parse_cells(table: Table, row: Row, faults: list[Fault]) -> tuple[dict[str, Any], set[str]]:
    """What the cells of ``row`` mean, by column key, blank ones left out; and the keys of those at fault."""
    parsed: dict[str, Any] = {}
    unsound: set[str] = set()
    for column in table.form.columns:
        cell = row.cells.get(column.key)
        if column.key == "note":
            continue
        if blank(cell):
            if column.required:
                unsound.add(column.key)
                if column.key in row.headings:
                    faults.append(missing(row.where(column.key)))
            continue
        if isinstance(cell, Broken):
            unsound.add(column.key)
            faults.append(Fault(cell.code, row.where(column.key), cell.cause, cell.remedy))
            continue
        try:
            if column.units is not None and isinstance(cell, str):
                column.units.check(cell)
            parsed[column.key] = column.parse(cell)
        except CellError as error:
            unsound.add(column.key)
            faults.append(Fault("cell-value", row.where(column.key), error.cause, error.remedy))
    return parsed, unsound


def missing(where: Place) -> Fault:
    """The fault of a cell that must be filled."""
    return Fault("cell-missing", where, said("The cell is empty."), said("Fill it in."))
