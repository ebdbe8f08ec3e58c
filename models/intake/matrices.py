"""The office's own road distances: two square tables, minutes and kilometres, from the row's id to the heading's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from models.faults import Fault
from models.intake.sources import Sheet, Sources
from models.intake.tables import HEADING_ROWS, cleaned, column_letter, missing
from models.intake.values import Broken, Cell, CellError, blank, clean, number, shown, text
from models.problem import Travel
from models.saying import Place, place, said
from models.thaitext import turns

Square = tuple[tuple[float, ...], ...]


def own_travel(sources: Sources, ids: Sequence[str]) -> Travel | None:
    """The office's own matrices in the order of ``ids``; None where it brings none, or where they are at fault."""
    if not sources.matrices:
        return None
    minutes = _square(sources, "travel_minutes", ids)
    km = _square(sources, "travel_km", ids)
    return Travel(minutes=minutes, km=km) if minutes is not None and km is not None else None


def _square(sources: Sources, name: str, ids: Sequence[str]) -> Square | None:
    faults = sources.faults
    if name not in sources.matrices:
        cause = said("The office brings its own travel, but not {name}.", name=name)
        remedy = said("Give both travel_minutes and travel_km, or neither.")
        faults.append(Fault("file-missing", place(file=name), cause, remedy))
        return None
    before = len(faults)
    matrix = _Matrix(sources, sources.matrices[name], ids)
    values = matrix.values()
    if len(faults) > before:
        return None
    return tuple(tuple(values[origin, target] for target in ids) for origin in ids)


class _Matrix:
    """One matrix: where its headings stand, its ids, its lengths."""

    def __init__(self, sources: Sources, sheet: Sheet, ids: Sequence[str]) -> None:
        self.sources, self.place, self.needed = sources, sheet.place, dict.fromkeys(ids)
        self.faults = sources.faults
        filled = [(n, list(map(clean, cells))) for n, cells in sheet.rows if not all(blank(cell) for cell in cells)]
        self._warn(sheet)
        at = max(range(min(len(filled), HEADING_ROWS)), key=lambda index: self._known(filled[index][1]), default=0)
        self.heading = filled[at] if filled else None
        self.rows = filled[at + 1 :]

    def values(self) -> dict[tuple[str, str], float]:
        """The length for each pair of ids that are needed; what is wrong is added to the faults."""
        if self.heading is None:
            remedy = said("Write the ids into first row and column.")
            self.faults.append(Fault("table-empty", self.place, said("It holds no rows."), remedy))
            return {}
        row_number, headings = self.heading
        first_row = self.place.at(row=row_number)
        to = self._ids([(_in_column(first_row, i), cell) for i, cell in enumerate(headings) if i])
        from_ = self._ids([(_in_column(self.place.at(row=n), 0), cells[0]) for n, cells in self.rows])
        for id_ in self.needed:
            for found, line in ((to, "column"), (from_, "row")):
                if id_ not in found:
                    words = ("There is no column for {id}.", "Add the column.") if line == "column" else (
                        "There is no row for {id}.", "Add the row.")  # fmt: skip
                    self.faults.append(Fault("matrix-shape", self.place, said(words[0], id=shown(id_)), said(words[1])))
        self._stray(len(headings), headings)
        lengths: dict[tuple[str, str], float] = {}
        for origin, row in from_.items():
            number_, cells = self.rows[row]
            for target, column in to.items():
                if origin in self.needed and target in self.needed:
                    cell = cells[column + 1] if column + 1 < len(cells) else None
                    where = _in_column(self.place.at(row=number_), column + 1)
                    lengths[origin, target] = self._length(where, cell, itself=origin == target)
        return lengths

    def _known(self, cells: Sequence[Cell]) -> int:
        return sum(1 for cell in islice(cells, 1, None) if not blank(cell) and str(cell).strip() in self.needed)

    def _warn(self, sheet: Sheet) -> None:
        for row, cells in sheet.rows:
            for index, cell in enumerate(cells):
                if isinstance(cell, str) and turns(cell):
                    self.sources.warnings.append(cleaned(_in_column(self.place.at(row=row), index)))

    def _stray(self, width: int, headings: Sequence[Cell]) -> None:
        """Cells that belong to no column, or to no row: then the others may have been shifted."""
        for row, cells in self.rows:
            for index, cell in enumerate(cells):
                if index and not blank(cell) and (index >= width or blank(headings[index])):
                    cause = said("{value} stands in a column without a heading.", value=shown(cell))
                    remedy = said("Give the column a heading, or clear it.")
                    self.faults.append(
                        Fault("column-unknown", _in_column(self.place.at(row=row), index), cause, remedy)
                    )
                    break
            if blank(cells[0]):
                self.faults.append(missing(_in_column(self.place.at(row=row), 0)))

    def _length(self, where: Place, cell: Cell, *, itself: bool) -> float:
        """Minutes or kilometres in a cell; 0 where it is at fault, or blank from a place to itself."""
        if isinstance(cell, Broken):
            self.faults.append(Fault(cell.code, where, cell.cause, cell.remedy))
            return 0.0
        if blank(cell):
            self.faults += [] if itself else [missing(where)]
            return 0.0
        try:
            length = number(cell)
        except CellError as error:
            self.faults.append(Fault("cell-value", where, error.cause, error.remedy))
            return 0.0
        if length < 0:
            cause = said("{value} is negative.", value=shown(cell))
            self.faults.append(Fault("cell-value", where, cause, said("Write 0 or more.")))
        return length

    def _ids(self, cells: Sequence[tuple[Place, Cell]]) -> dict[str, int]:
        """The ids of a heading row or first column with their positions; an id that stands twice is a fault."""
        found: dict[str, int] = {}
        for position, (where, cell) in enumerate(cells):
            if blank(cell):
                continue
            try:
                id_ = text(cell)
            except CellError as error:
                self.faults.append(Fault("cell-value", where, error.cause, error.remedy))
                continue
            if id_ in found:
                cause = said("{value} stands there twice.", value=shown(id_))
                self.faults.append(Fault("id-repeated", where, cause, said("Keep one.")))
            found.setdefault(id_, position)
        return found


def _in_column(row: Place, index: int) -> Place:
    return row.at(column=column_letter(index), letter=column_letter(index))
