"""An office as one JSON object: the settings and tables of an office folder, for programs that send instead of save.

{"format": "visit-office/1", "settings": {as office.toml}, "map"?: a GeoJSON FeatureCollection,
 "tables": {"cooperatives": [{column: cell}], ..., "travel_km"?: [[heading or id, cells ...]]}}
"""

from __future__ import annotations

from typing import Any, Final

from models.faults import Fault, InvalidInput
from models.intake.book import OfficeBook, Phase, make_book
from models.intake.columns import FORM, MATRICES
from models.intake.sources import Sheet, Sources
from models.intake.tables import Grid, table_of
from models.intake.values import Broken, Cell, shown
from models.jsontext import parse_json, unending
from models.saying import named, place, said

OFFICE_FORMAT: Final = "visit-office/1"

_KEYS = ("format", "settings", "tables", "map")


def read_document(source: str | bytes | dict[str, Any], name: str = "office", phase: Phase = "visits") -> OfficeBook:
    """The office in JSON text, or in a JSON object that is already parsed.

    Raises:
        InvalidInput: with every fault found.
    """
    return make_book(read_document_sources(source, name), phase)


def read_document_sources(source: str | bytes | dict[str, Any], name: str = "office") -> Sources:
    """The settings and tables in JSON as they stand there; faults of single tables are kept with them.

    Raises:
        InvalidInput: it is no office at all.
    """
    data, found = (source, []) if isinstance(source, dict) else parse_json(source, name)
    if not isinstance(data, dict) or data.get("format") != OFFICE_FORMAT:
        given = data.get("format") if isinstance(data, dict) else data
        cause, remedy = said("It is {value}.", value=shown(given)), said("Write {value}.", value=repr(OFFICE_FORMAT))
        raise InvalidInput([*found, Fault("format-unknown", place(setting="format"), cause, remedy)])
    sources = Sources(name=name, settings_place=place(table="settings"))
    faults = sources.faults
    faults += found
    faults += [
        Fault("field-unknown", shown(key), said("The format has no such key."),
              said("Keep to {keys}.", keys=", ".join(_KEYS)))
        for key in data
        if key not in _KEYS
    ]  # fmt: skip
    settings, tables = data.get("settings"), data.get("tables")
    for key, value in (("settings", settings), ("tables", tables)):
        if not isinstance(value, dict):
            cause = said("It is not an object.")
            faults.append(Fault("field-value", place(setting=key), cause, said("See docs/service.md for the format.")))
    sources.settings = settings if isinstance(settings, dict) else None
    for table, entries in tables.items() if isinstance(tables, dict) else ():
        _add(sources, table, entries)
    map_ = data.get("map")
    if isinstance(map_, dict) and map_.get("type") == "FeatureCollection":
        sources.map = map_
        faults += unending(map_, lambda _: place(setting="map"))
    elif map_ is not None:
        cause = said("It is not a GeoJSON FeatureCollection.")
        faults.append(Fault("field-value", place(setting="map"), cause, said("Export the map as GeoJSON.")))
    sources.take_setting("office", "map")  # the name of the map's file, in a folder
    return sources


def _add(sources: Sources, name: str, entries: object) -> None:
    where = place(table=f"tables.{name}")
    if name in MATRICES:
        if isinstance(entries, list) and all(isinstance(row, list) for row in entries):
            rows = [(n, [_cell(cell) for cell in row]) for n, row in enumerate(entries, 1)]
            sources.matrices[name] = Sheet(where, rows)
        else:
            cause, remedy = said("It is not a list of lists."), said("Write a row of ids, then rows.")
            sources.faults.append(Fault("field-value", where, cause, remedy))
    elif name not in FORM:
        choices = named(", ".join(FORM), ", ".join(FORM))
        cause = said("It is none of the office's tables.")
        sources.faults.append(Fault("table-unknown", where, cause, said("Name one of {tables}.", tables=choices)))
    elif isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        sources.add(table_of(FORM[name], where, _grid(entries), entries=True))
    else:
        cause, remedy = said("It is not a list of objects."), said("Write one for each row.")
        sources.faults.append(Fault("field-value", where, cause, remedy))
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
    return Broken(
        "cell-value", said("It holds an object or a list of lists."),
        said("Write text, a number, or a list of texts."),
    )  # fmt: skip
