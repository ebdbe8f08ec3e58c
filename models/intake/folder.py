"""The tables of an office folder: ``office.toml`` with the settings and the short tables, CSV files with the rest."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.faults import Fault, InvalidInput
from models.formulas import meant
from models.intake.columns import FORM, FORMS, MATRICES, plain
from models.intake.encodings import decoded
from models.intake.sources import Sheet, Sources
from models.intake.tables import Grid, table_of, too_large
from models.intake.values import Cell, shown
from models.jsontext import parse_json, unending
from models.likeness import perhaps
from models.refusals import toml_refusal
from models.saying import named, place, said

#: bytes; the sample's largest table has some 40 kB
LARGEST_FILE = 20_000_000
#: the tables that are short enough to stand in ``office.toml``, as ``[[depots]]`` and so on
SHORT = ("depots", "topics", "cars", "cars_on", "speeds", "aspects")


def read_folder(folder: Path) -> Sources:
    """The settings, tables and map in ``folder``, with every fault of their files, headings and syntax."""
    sources = Sources(name=folder.name)
    _settings(folder / "office.toml", sources)
    names = {plain(name): form.name for form in FORMS for name in form.names}
    matrices = {plain(name): key for key, thai in MATRICES.items() for name in (key, thai)}
    for path in sorted(folder.glob("*.[cC][sS][vV]")):
        name = plain(path.stem)
        if path.name.startswith(("_", ".")):
            continue
        if name in matrices:
            sources.matrices[matrices[name]] = Sheet(place(file=path.name), list(csv_rows(path, sources)))
        elif name not in names:
            sources.faults.append(_unknown_file(path))
        else:
            before = len(sources.faults)
            rows = list(csv_rows(path, sources))
            if rows or len(sources.faults) == before:
                sources.add(table_of(FORM[names[name]], place(file=path.name), rows))
            else:
                sources.unread.add(names[name])
    for path in sorted(folder.iterdir()):
        table = names.get(plain(path.name.partition(".")[0]))
        if table is not None and table not in sources.tables and table not in sources.unread and path.is_file():
            cause = said("Tables of a folder are read from .csv files.")
            sources.faults.append(Fault("file-unreadable", place(file=path.name), cause, _AS_CSV))
            sources.unread.add(table)
    map_name = sources.take_setting("office", "map")
    if map_name is not None:
        sources.map = _map(folder, map_name, sources)
    return sources


def _unknown_file(path: Path) -> Fault:
    return Fault(
        "table-unknown",
        place(file=path.name),
        said("It is none of the office's tables."),
        perhaps(
            said(
                "Name it one of {tables}; or begin its name with _ to keep it aside.",
                tables=named(", ".join(FORM), ", ".join(form.thai for form in FORMS)),
            ),
            path.stem,
            [*FORM, *(form.thai for form in FORMS)],
        ),
    )


def _settings(path: Path, sources: Sources) -> None:
    sources.settings_place = place(file=path.name)
    text = _text(path, sources)
    try:
        data = None if text is None else tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, or nested or of more digits than can be read
        cause = said("It is not TOML: {reason}.", reason=toml_refusal(error))
        sources.faults.append(Fault("file-unreadable", place(file=path.name), cause, said("Mend the text there.")))
        data = None
    if data is None:
        sources.unread.update(SHORT)
        return
    for name in SHORT:
        entries = data.pop(name, None)
        if entries is None:
            continue
        where = place(file=path.name, table=f"[[{name}]]")
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            cause, remedy = (
                said("It is not a list of tables."),
                said("Begin each entry with {mark}.", mark=f"[[{name}]]"),
            )
            sources.faults.append(Fault("cell-value", where, cause, remedy))
            continue
        sources.add(table_of(FORM[name], where, _grid_of(entries), entries=True))
    sources.settings = data


def _grid_of(entries: list[dict[str, Any]]) -> Grid:
    headings: list[Cell] = list(dict.fromkeys(key for entry in entries for key in entry))
    yield 0, headings
    for number, entry in enumerate(entries, start=1):
        yield number, [entry.get(str(key)) for key in headings]


def _text(path: Path, sources: Sources) -> str | None:
    """The file's text, or None and a fault that names the file as the planner knows it."""
    where = place(file=path.name)
    try:
        if path.stat().st_size > LARGEST_FILE:
            cause = said("It is refused: it has more than {size} MB.", size=LARGEST_FILE // 1_000_000)
            sources.faults.append(too_large(where, cause))
            return None
        text, encoding = decoded(path.read_bytes())
    except FileNotFoundError:
        cause, remedy = said("There is no such file in the folder."), said("Add it; the sample shows how.")
        beside = [each.name for each in path.parent.glob(f"{path.name}*")]  # office.toml.txt, as editors name it
        sources.faults.append(Fault("file-missing", where, cause, perhaps(remedy, path.name, beside)))
        return None
    except UnicodeDecodeError:
        sources.faults.append(Fault("file-unreadable", where, said("It is not UTF-8 text."), _AS_UTF8))
        return None
    except OSError:
        cause, remedy = said("It cannot be opened."), said("Check that it is a file that you may read.")
        sources.faults.append(Fault("file-unreadable", where, cause, remedy))
        return None
    if encoding is not None:
        cause = said("It is not UTF-8, and is read as {encoding}.", encoding=encoding)
        sources.warnings.append(Fault("encoding-other", where, cause, _AS_UTF8))
    if "\0" in text:
        sources.faults.append(Fault("file-unreadable", where, said("It holds bytes that are no text."), _AS_UTF8))
        return None
    return text


_AS_CSV = said("Save it as 'CSV UTF-8'; or keep all tables as sheets of one .xlsx workbook.")
_AS_UTF8 = said("Save it as text in UTF-8; in a spreadsheet choose 'CSV UTF-8'.")


def csv_rows(path: Path, sources: Sources) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of a CSV file, counted from 1 as a spreadsheet shows them.

    A first line ``sep=;`` names the separator; else it is the commonest of the first filled line.
    """
    text = _text(path, sources)
    if text is None:
        return
    first = text.lstrip("\r\n").partition("\n")[0].strip()
    stated = _SEPARATOR_LINE.fullmatch(first)
    delimiter = stated[1] if stated else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=0 if stated else 1):
            if number:  # row 0 is the line that names the separator, which a spreadsheet does not show
                yield number, [meant(cell) for cell in row]
    except csv.Error:
        sources.faults.append(
            Fault(
                "file-unreadable",
                place(file=path.name, row=number + 1),
                said("It is not CSV: quotation marks do not pair, or a field is too long."),
                said("Mind the quotation marks; a mark within a text is written twice."),
            )
        )


#: the line by which a spreadsheet names the separator
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)


def _map(folder: Path, name: object, sources: Sources) -> dict[str, Any] | None:
    """The GeoJSON map; its name has no folders in it, so that an office reads no file but its own."""
    if not isinstance(name, str) or name != Path(name).name:
        cause = said("{value} is not the name of a file.", value=shown(name))
        remedy = said("Name a file in the same folder.")
        sources.faults.append(Fault("cell-value", sources.where_setting("office.map"), cause, remedy))
        return None
    text = _text(folder / name, sources)
    if text is None:
        return None
    try:
        data, found = parse_json(text, name)
    except InvalidInput as error:
        sources.faults += [Fault("file-unreadable", place(file=name), f.cause, _AS_GEOJSON) for f in error.faults]
        return None
    sources.faults += found
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        cause = said("It is not a GeoJSON FeatureCollection.")
        sources.faults.append(Fault("file-unreadable", place(file=name), cause, _AS_GEOJSON))
        return None
    sources.faults += unending(data, lambda _: place(file=name))
    return data


_AS_GEOJSON = said("Export the map as GeoJSON.")
