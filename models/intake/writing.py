"""Sources written out again: cells as text, and the whole of an office as one JSON object."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, cast

from models.intake.sources import Sources
from models.intake.values import Broken, Cell, Figure, blank

#: an id that a sheet keeps as a number: 1 shown as 0001
_PADDED = re.compile(r"0\d+")


def written(cell: Cell) -> str:
    """A cell as text that is read back as the same; nothing for a blank one."""
    if blank(cell) or isinstance(cell, Broken):  # one that was lost stands in a column of the planner's own
        return ""
    if isinstance(cell, list):
        return "; ".join(_rate(part) if isinstance(part, dict) else written(cast(Cell, part)) for part in cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, dt.time):
        return cell.isoformat("minutes")
    if isinstance(cell, Figure) and _PADDED.fullmatch(cell.shown):
        return cell.shown
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _rate(part: dict[str, Any]) -> str:
    """A price by hours in one line: ``6: 120``."""
    return f"{written(part.get('hours'))}: {written(part.get('baht'))}"


def document_of(sources: Sources) -> dict[str, Any]:
    """What was read of a sound office, as ``visit-office/1``: reading that gives the same office."""
    from models.intake.document import OFFICE_FORMAT

    tables: dict[str, Any] = {
        name: [{key: written(cell) for key, cell in row.cells.items() if not blank(cell)} for row in table.rows]
        for name, table in sources.tables.items()
    }
    tables |= {
        name: [[written(cell) for cell in cells] for _, cells in sheet.rows] for name, sheet in sources.matrices.items()
    }
    settings = {
        section: {key: _plain(value) for key, value in group.items()}
        for section, group in (sources.settings or {}).items()
    }
    made = {"format": OFFICE_FORMAT, "settings": settings, "tables": tables}
    return made if sources.map is None else made | {"map": sources.map}


def _plain(value: Any) -> Any:
    """A setting as JSON has it."""
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return written(value) if isinstance(value, dt.date | dt.time) else value
