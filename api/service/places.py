"""Where a fault of a table stands, taken apart: file, sheet, row and column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from models.faults import Fault

_PLACE = re.compile(
    r"(?P<file>[^,]*)(, sheet (?P<sheet>.+?))?(, (row|entry) (?P<row>\d+))?(, column (?P<column>.+))?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a table as a spreadsheet shows it: the heading of the column as written, its letter in the sheet.

    ``setting``: the name of the setting whose value stands there, where it is one.
    """

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    letter: str | None = None
    setting: str | None = None


def place_of(fault: Fault) -> Place | None:
    """Where a fault stands; None where it is no place in a table."""
    if fault.place is not None:
        return _in_parts(fault.place.parts)
    found = _PLACE.fullmatch(fault.where)
    if found is None or not (found["sheet"] or found["row"] or found["column"]):
        return None
    row = int(found["row"]) if found["row"] else None
    return Place(found["file"], found["sheet"], row, found["column"])


def _in_parts(parts: Mapping[str, str | int]) -> Place | None:
    if not parts.keys() & {"sheet", "row", "entry", "column"}:
        return None
    row = parts.get("row", parts.get("entry"))
    texts = {key: str(parts[key]) for key in ("sheet", "column", "letter", "setting") if key in parts}
    file = str(parts.get("file", parts.get("table", "")))
    at = row if isinstance(row, int) else None
    return Place(file, texts.get("sheet"), at, texts.get("column"), texts.get("letter"), texts.get("setting"))
