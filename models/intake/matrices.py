"""The office's own road distances: two square tables, minutes and kilometres, from the row's id to the heading's."""

from __future__ import annotations

from collections.abc import Sequence

from models.faults import Fault
from models.intake.sources import Sources
from models.intake.tables import blank, column_letter
from models.intake.values import Broken, Cell, CellError, number, shown, text
from models.problem import Travel

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
        faults.append(
            Fault(
                "file-missing",
                name,
                f"The office brings its own travel, but not {name}.",
                "Give both travel_minutes and travel_km, or neither.",
            )
        )
        return None
    place, rows = sources.matrices[name]
    filled = [(n, cells) for n, cells in rows if not all(blank(cell) for cell in cells)]
    if not filled:
        faults.append(Fault("table-empty", place, "It holds no rows.", "Write the ids into first row and column."))
        return None
    before = len(faults)
    heading_number, heading = filled[0]
    to = _ids(
        faults,
        f"{place}, row {heading_number}",
        [(f"column {column_letter(i)}", c) for i, c in enumerate(heading) if i],
    )
    from_ = _ids(faults, place, [(f"row {n}, column A", cells[0]) for n, cells in filled[1:]])
    needed = dict.fromkeys(ids)
    for id_ in needed:
        for found, line in ((to, "column"), (from_, "row")):
            if id_ not in found:
                faults.append(Fault("matrix-shape", place, f"There is no {line} for {shown(id_)}.", f"Add the {line}."))
    values: dict[tuple[str, str], float] = {}
    for origin, row in from_.items():
        row_number, cells = filled[1 + row]
        for target, column in to.items():
            if origin in needed and target in needed:
                cell = cells[column + 1] if column + 1 < len(cells) else None
                where = f"{place}, row {row_number}, column {column_letter(column + 1)}"
                values[origin, target] = _length(faults, where, cell)
    if len(faults) > before:
        return None
    return tuple(tuple(values[origin, target] for target in ids) for origin in ids)


def _length(faults: list[Fault], where: str, cell: Cell) -> float:
    """Minutes or kilometres in a cell; 0 where the cell is at fault."""
    if isinstance(cell, Broken):
        faults.append(Fault(cell.code, where, cell.cause, cell.remedy))
        return 0.0
    try:
        length = number(cell)
    except CellError as error:
        code = "cell-missing" if blank(cell) else "cell-value"
        faults.append(Fault(code, where, error.cause, error.remedy))
        return 0.0
    if length < 0:
        faults.append(Fault("cell-value", where, f"{shown(cell)} is negative.", "Write 0 or more."))
    return length


def _ids(faults: list[Fault], place: str, cells: Sequence[tuple[str, Cell]]) -> dict[str, int]:
    """The ids of a heading row or first column with their positions; an id that stands twice is a fault."""
    found: dict[str, int] = {}
    for position, (label, cell) in enumerate(cells):
        if blank(cell):
            continue
        try:
            id_ = text(cell)
        except CellError as error:
            faults.append(Fault("cell-value", f"{place}, {label}", error.cause, error.remedy))
            continue
        if id_ in found:
            faults.append(Fault("id-repeated", f"{place}, {label}", f"{shown(id_)} stands there twice.", "Keep one."))
        found.setdefault(id_, position)
    return found
