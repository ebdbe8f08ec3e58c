"""What is struck through in a workbook: rows that are crossed out are left out, single cells are read; it is told."""

from __future__ import annotations

from models.faults import Fault
from models.intake.tables import Struck, Table, column_letter, columns_read
from models.saying import Place, said


def struck_through(table: Table, struck: Struck) -> list[Fault]:
    """The warnings that rows of the table were left out, and that single cells of others were read all the same."""
    found = []
    if table.crossed_out:
        cause = said("Rows are struck through, and they are left out: {rows}.", rows=runs(table.crossed_out))
        remedy = said("Clear the strikethrough of rows that still hold; remove the others.")
        found.append(Fault("cells-struck", table.place, cause, remedy))
    rows, columns = {int(row.place.parts["row"]) for row in table.rows}, columns_read(table)
    return found + struck_cells(table.place, {at for at in struck if at[0] in rows and at[1] in columns})


def struck_cells(where: Place, struck: Struck) -> list[Fault]:
    """The warning that cells of a sheet are struck through, and were read."""
    if not struck:
        return []
    columns = {column: sorted(row for row, other in struck if other == column) for column in {at[1] for at in struck}}
    cells = ", ".join(runs(rows, column_letter(column)) for column, rows in sorted(columns.items()))
    cause = said("Cells are struck through, and they are read: {cells}.", cells=cells)
    remedy = said("Clear a cell whose value no longer holds; a row is left out where all of it is struck through.")
    return [Fault("cells-struck", where, cause, remedy)]


def runs(numbers: list[int], column: str = "") -> str:
    """Ascending numbers, those that follow each other as one: ``6-39, 41``; of a ``column``: ``B6-B39, B41``."""
    found: list[list[int]] = []
    for each in numbers:
        if found and each == found[-1][-1] + 1:
            found[-1].append(each)
        else:
            found.append([each])
    return ", ".join(f"{column}{run[0]}-{column}{run[-1]}" if len(run) > 1 else f"{column}{run[0]}" for run in found)
