"""An office as one JSON object: the settings and tables of an office folder, for programs that send instead of save.

{"format": "visit-office/1", "settings": {as office.toml}, "map"?: a GeoJSON FeatureCollection,
 "tables": {"cooperatives": [{column: cell}], ..., "travel_km"?: [[heading or id, cells ...]]}}
"""

from __future__ import annotations

from typing import Any, Final

from models.faults import Fault, InvalidInput
from models.intake.book import OfficeBook, make_book
from models.intake.columns import FORM, MATRICES
from models.intake.sources import Sources
from models.intake.tables import Grid, table_of
from models.intake.values import Broken, Cell, shown

OFFICE_FORMAT: Final = "visit-office/1"

_KEYS = ("format", "settings", "tables", "map")


def read_document(data: dict[str, Any]) -> OfficeBook:
    """The office in a JSON object that is already parsed.

    Raises:
        InvalidInput: with every fault found.
    """
    if data.get("format") != OFFICE_FORMAT:
        cause = f"It is {shown(data.get('format'))}."
        raise InvalidInput([Fault("format-unknown", "format", cause, f"Write {OFFICE_FORMAT!r}.")])
    sources = Sources(name="office", settings_place="settings")
    faults = sources.faults
    faults += [
        Fault("field-unknown", shown(key), "The format has no such key.", f"Keep to {', '.join(_KEYS)}.")
        for key in data
        if key not in _KEYS
    ]
    settings, tables = data.get("settings"), data.get("tables")
    for key, value in (("settings", settings), ("tables", tables)):
        if not isinstance(value, dict):
            faults.append(Fault("field-value", key, "It is not an object.", "See docs/service.md for the format."))
    sources.settings = settings if isinstance(settings, dict) else None
    for name, entries in tables.items() if isinstance(tables, dict) else ():
        _add(sources, name, entries)
    map_ = data.get("map")
    if isinstance(map_, dict) and map_.get("type") == "FeatureCollection":
        sources.map = map_
    elif map_ is not None:
        faults.append(Fault("field-value", "map", "It is not a GeoJSON FeatureCollection.", "Export it as GeoJSON."))
    sources.take_setting("office", "map")  # the name of the map's file, in a folder
    return make_book(sources)


def _add(sources: Sources, name: str, entries: object) -> None:
    place = f"tables.{name}"
    if name in MATRICES:
        if isinstance(entries, list) and all(isinstance(row, list) for row in entries):
            sources.matrices[name] = (place, [(n, [_cell(cell) for cell in row]) for n, row in enumerate(entries, 1)])
        else:
            fault = Fault("field-value", place, "It is not a list of lists.", "Write a row of ids, then rows.")
            sources.faults.append(fault)
    elif name not in FORM:
        fault = Fault("table-unknown", place, "It is none of the office's tables.", f"Name one of {', '.join(FORM)}.")
        sources.faults.append(fault)
    elif isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        sources.add(table_of(FORM[name], place, _grid(entries), entries=True))
    else:
        sources.faults.append(Fault("field-value", place, "It is not a list of objects.", "Write one for each row."))
        sources.unread.add(name)


def _grid(entries: list[dict[str, Any]]) -> Grid:
    headings: list[Cell] = list(dict.fromkeys(key for entry in entries for key in entry))
    yield 0, headings
    for number, entry in enumerate(entries, start=1):
        yield number, [_cell(entry.get(str(key))) for key in headings]


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return value
    return Broken("cell-value", "It holds an object or a list of lists.", "Write text, a number, or a list of texts.")
