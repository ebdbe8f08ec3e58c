"""Where a fault of a table stands, taken apart: file, sheet, row and column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.faults import Fault

_PLACE = re.compile(
    r"(?P<file>[^,]*)(, sheet (?P<sheet>.+?))?(, (row|entry) (?P<row>\d+))?(, column (?P<column>.+))?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a table as a spreadsheet shows it; ``column`` is its heading as written, or its letter."""

    file: str
    sheet: str | None
    row: int | None
    column: str | None


def place_of(fault: Fault) -> Place | None:
    """Where a fault stands; None where it is no place in a table."""
    found = _PLACE.fullmatch(fault.where)
    if found is None or not (found["sheet"] or found["row"] or found["column"]):
        return None
    row = int(found["row"]) if found["row"] else None
    return Place(found["file"], found["sheet"], row, found["column"])
