"""The tables of an office folder: ``office.toml`` with the settings and the short tables, CSV files with the rest."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.faults import Fault, InvalidInput
from models.intake.columns import FORM, FORMS, MATRICES, plain
from models.intake.sources import Sources
from models.intake.tables import Grid, table_of, too_large
from models.intake.values import Cell
from models.reading import read_text

#: bytes; the sample's largest table has some 40 kB
LARGEST_FILE = 20_000_000
#: the tables that are short enough to stand in ``office.toml``, as ``[[depots]]`` and so on
SHORT = ("depots", "topics", "cars", "speeds", "aspects")


def read_folder(folder: Path) -> Sources:
    """The settings, tables and map in ``folder``, with every fault of their files, headings and syntax."""
    sources = Sources(name=folder.name)
    _settings(folder / "office.toml", sources)
    names = {plain(name): form.name for form in FORMS for name in (form.name, form.thai)}
    matrices = {plain(name): key for key, thai in MATRICES.items() for name in (key, thai)}
    for path in sorted(folder.glob("*.[cC][sS][vV]")):
        name = plain(path.stem)
        if path.name.startswith(("_", ".")):
            continue
        if name in matrices:
            sources.matrices[matrices[name]] = (path.name, list(_rows(path, sources)))
        elif name not in names:
            sources.faults.append(
                Fault(
                    "table-unknown",
                    path.name,
                    "It is none of the office's tables.",
                    f"Name it one of {', '.join(FORM)}; or begin its name with _ to keep it aside.",
                )
            )
        else:
            before = len(sources.faults)
            rows = list(_rows(path, sources))
            if rows or len(sources.faults) == before:
                sources.add(table_of(FORM[names[name]], path.name, rows))
            else:
                sources.unread.add(names[name])
    map_name = sources.take_setting("office", "map")
    if map_name is not None:
        sources.map = _map(folder, map_name, sources)
    return sources


def _settings(path: Path, sources: Sources) -> None:
    sources.settings_place = path.name
    text = _text(path, sources)
    try:
        data = None if text is None else tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, or nested or of more digits than can be read
        fault = Fault("file-unreadable", path.name, f"It is not TOML: {error}.", "Mend the text there.")
        sources.faults.append(fault)
        data = None
    if data is None:
        sources.unread.update(SHORT)
        return
    for name in SHORT:
        entries = data.pop(name, None)
        if entries is None:
            continue
        place = f"{path.name}, [[{name}]]"
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            fault = Fault("cell-value", place, "It is not a list of tables.", f"Begin each entry with [[{name}]].")
            sources.faults.append(fault)
            continue
        sources.add(table_of(FORM[name], place, _grid_of(entries), entries=True))
    sources.settings = data


def _grid_of(entries: list[dict[str, Any]]) -> Grid:
    headings: list[Cell] = list(dict.fromkeys(key for entry in entries for key in entry))
    yield 0, headings
    for number, entry in enumerate(entries, start=1):
        yield number, [entry.get(str(key)) for key in headings]


def _text(path: Path, sources: Sources) -> str | None:
    """The file's text, or None and a fault that names the file as the planner knows it."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            sources.faults.append(too_large(path.name, f"it has more than {LARGEST_FILE // 1_000_000} MB"))
            return None
        text = read_text(path)
    except FileNotFoundError:
        fault = Fault(
            "file-missing", path.name, "There is no such file in the folder.", "Add it; the sample shows how."
        )
        sources.faults.append(fault)
        return None
    except InvalidInput as error:
        sources.faults.extend(Fault(f.code, path.name, f.cause, _AS_UTF8) for f in error.faults)
        return None
    if "\0" in text:
        fault = Fault("file-unreadable", path.name, "It holds bytes that are no text.", _AS_UTF8)
        sources.faults.append(fault)
        return None
    return text


_AS_UTF8 = "Save it as text in UTF-8; in a spreadsheet choose 'CSV UTF-8'."


def _rows(path: Path, sources: Sources) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of a CSV file, counted from 1 as a spreadsheet shows them."""
    text = _text(path, sources)
    if text is None:
        return
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            yield number, list(row)
    except csv.Error as error:
        fault = Fault(
            "file-unreadable",
            f"{path.name}, row {number + 1}",
            f"It is not CSV: {error}.",
            "Mind the quotation marks; a mark within a text is written twice.",
        )
        sources.faults.append(fault)


def _map(folder: Path, name: object, sources: Sources) -> dict[str, Any] | None:
    """The GeoJSON map; its name has no folders in it, so that an office reads no file but its own."""
    where = f"{sources.settings_place}, office.map"
    if not isinstance(name, str) or name != Path(name).name:
        fault = Fault("cell-value", where, f"{name!r} is not the name of a file.", "Name a file in the same folder.")
        sources.faults.append(fault)
        return None
    text = _text(folder / name, sources)
    if text is None:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        sources.faults.append(Fault("file-unreadable", name, f"It is not JSON: {error}.", "Export the map as GeoJSON."))
        return None
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        fault = Fault("file-unreadable", name, "It is not a GeoJSON FeatureCollection.", "Export the map as GeoJSON.")
        sources.faults.append(fault)
        return None
    return data
