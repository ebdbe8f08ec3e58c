"""Writing the next quarter's office: this one's tables as they were read, with the accepted changes and no others.

Every cell that no change names stays as the planner wrote it, notes and comments too.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

import tomlkit
import tomlkit.items

from models.formulas import harmless
from models.intake.columns import FORM, FORMS
from models.intake.encodings import decoded
from models.intake.folder import SHORT
from models.intake.names import Known, id_of
from models.intake.rows import Stretch
from models.intake.sources import Sources
from models.intake.tables import Table, is_own
from models.intake.values import Cell, blank, date, text
from models.intake.writing import written
from models.next_quarter.changes import Change
from models.next_quarter.notes import outdated

Rows = list[dict[str, Cell]]
#: tables whose rows are stretches of days -> the table of those they are of
_STRETCHES: Final = {"absences": "officers", "cars_on": "depots"}

#: the file of a map that came without a name
_MAP: Final = "map.geojson"


def write_tables(
    sources: Sources,
    changes: Sequence[Change],
    first: dt.date,
    last: dt.date,
    settings_text: str | None,
    only: str | None,
) -> dict[str, str]:
    """The files of the next quarter's office folder: name -> text.

    ``settings_text``: the ``office.toml`` that the sources were read from, None for a workbook. ``only``: the id of the
    one depot, which rows of cars may leave open.
    """
    tables = applied(sources, changes, only)
    files = _untouched(sources, settings_text)
    shorts: dict[str, Rows] = {}
    for form in FORMS:
        rows = tables.get(form.name)
        if rows is None:
            continue
        in_toml = settings_text is not None and form.name in SHORT and sources.tables.get(form.name) is not None
        in_toml = in_toml and "[[" in sources.tables[form.name].place
        if in_toml:
            shorts[form.name] = [row for row in rows if row]
        else:
            files[f"{form.name}.csv"] = _csv(form.name, [row for row in rows if row], _headings(sources, form.name))
    files["office.toml"] = _settings(sources, settings_text, shorts, tables, first, last)
    return files


def applied(sources: Sources, changes: Sequence[Change], only: str | None) -> dict[str, Rows]:
    """The rows of each table after the changes, in their order: an empty one where a row goes, new ones at the end."""
    tables = {name: [dict(row.cells) for row in table.rows] for name, table in sources.tables.items()}
    changed = {change.table for change in changes}
    numbers = {name: _numbers(table, sources, only) for name, table in sources.tables.items() if name in changed}
    leads = _leads_by_name(sources)
    for change in changes:
        if change.table == "cooperatives" and change.column == "current_lead":
            change = replace(change, after=leads.get(change.after or "", change.after))
        if change.table != "office":
            _apply(tables.setdefault(change.table, []), numbers.setdefault(change.table, {}), change)
    return tables


def _numbers(table: Table, sources: Sources, only: str | None) -> dict[str, list[int]]:
    """The rows of a table, by how changes name them."""
    names: list[str | None]
    if table.form.name in _STRETCHES:
        names = _stretches(table, sources, only)
    elif table.form.name == "ledger":
        known = _known(sources, "officers")
        names = [known.find(text(row.cells.get("officer"))) for row in table.rows]
    else:
        names = [id_of(row) for row in table.rows]
    numbers: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        if name:
            numbers.setdefault(name, []).append(number)
    return numbers


def _known(sources: Sources, name: str) -> Known:
    """What the rows of a table are called; nothing where there is none."""
    table = sources.tables.get(name)
    return Known(table.rows if table is not None else (), people=name == "officers")


def _leads_by_name(sources: Sources) -> dict[str, str]:
    """Officer's id -> name, where the cooperatives' table has its leads by name; empty where it has most by id."""
    officers, cooperatives = sources.tables.get("officers"), sources.tables.get("cooperatives")
    if officers is None or cooperatives is None:
        return {}
    known = _known(sources, "officers")
    written = [
        str(row.cells.get("current_lead")) for row in cooperatives.rows if not blank(row.cells.get("current_lead"))
    ]
    if 2 * sum(each in known.ids for each in written) >= len(written):
        return {}
    names = ((id_of(row), row.cells.get("name_th")) for row in officers.rows)
    return {id_: str(name) for id_, name in names if not blank(name) and known.find(str(name)) == id_}


def _untouched(sources: Sources, settings_text: str | None) -> dict[str, str]:
    """Road distances and map, as they were."""
    files = {}
    for name, sheet in sources.matrices.items():
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(
            [harmless(written(cell)) for cell in cells] for _, cells in sheet.rows
        )
        files[f"{name}.csv"] = out.getvalue()
    if sources.map is not None:
        name = _MAP if settings_text is None else str(tomllib.loads(settings_text)["office"]["map"])
        files[name] = json.dumps(sources.map, ensure_ascii=False) + "\n"
    return files


def _stretches(table: Table, sources: Sources, only: str | None) -> list[str | None]:
    """How changes name each row of absences, or of days with fewer cars; None for a row that cannot be read."""
    names: list[str | None] = []
    known = _known(sources, _STRETCHES[table.form.name])
    for row in table.rows:
        who = row.cells.get("officer") or row.cells.get("depot") or only
        try:
            first = date(row.cells.get("from"))
            last = first if blank(row.cells.get("to")) else date(row.cells.get("to"))
            stretch = Stretch(id=known.find(text(who)) or text(who), first=first, last=last)
            names.append(f"{stretch.id} {stretch.first}..{stretch.last}")
        except ValueError:
            names.append(None)
    return names


def _apply(rows: Rows, numbers: dict[str, list[int]], change: Change) -> None:
    """Make one change of a table's ``rows``; ``numbers``, how changes name them, is kept up to date."""
    if change.column is not None and change.row in numbers:
        rows[numbers[change.row][0]][change.column] = change.after
    elif change.column is None and change.before is not None:
        for number in numbers.pop(change.row, ()):
            rows[number] = {}
    else:
        key = "officer" if change.table == "ledger" else "id"
        numbers.setdefault(change.row, []).append(len(rows))
        rows.append(dict(change.cells) if change.column is None else {key: change.row, change.column: change.after})


def _headings(sources: Sources, name: str) -> list[str]:
    table = sources.tables.get(name)
    return list(table.rows[0].headings) if table and table.rows else []


def _csv(name: str, rows: Rows, headings: Sequence[str]) -> str:
    """The rows as CSV: the columns that the table had, then those that came, in the order of the form."""
    used = {key for row in rows for key, cell in row.items() if not blank(cell)}
    order = [column.key for column in FORM[name].columns]
    needed = {column.key for column in FORM[name].columns if column.required}
    columns = [key for key in order if key in used or key in headings or key in needed]
    columns += [key for key in headings if is_own(key)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless(written(row.get(key))) for key in columns] for row in rows)
    return out.getvalue()


def _settings(
    sources: Sources, settings_text: str | None, shorts: Mapping[str, Rows], tables: Mapping[str, Rows], first: dt.date,
    last: dt.date,
) -> str:  # fmt: skip
    """``office.toml`` with the next horizon; comments and order stay where there was one before."""
    document = tomlkit.parse(settings_text) if settings_text is not None else tomlkit.document()
    if settings_text is None:
        for section, group in (sources.settings or {}).items():
            document[section] = {key: _plain(value) for key, value in group.items()}
        if sources.map is not None:
            cast(dict[str, Any], document["office"])["map"] = _MAP
    horizon = cast(tomlkit.items.Table, document["horizon"])
    for key, day in (("first", first), ("last", last)):
        note, was = cast(tomlkit.items.Item, horizon.item(key)).trivia.comment.lstrip("# "), horizon[key]
        horizon[key] = day
        if note:
            cast(tomlkit.items.Item, horizon.item(key)).trivia.comment = f"# {outdated(note, str(was), thai=False)}"
    for name, rows in shorts.items():
        kept = [n for n, row in enumerate(tables[name]) if row]
        entries = cast(list[Any], document[name])
        for number, row in enumerate(sources.tables[name].rows):
            for key, heading in row.headings.items():
                if not blank(row.cells.get(key)) and blank(tables[name][number].get(key)):
                    del entries[number][heading]
        if len(kept) == len(entries):
            continue
        if not rows:
            document.remove(name)
            continue
        for number in reversed(range(len(entries))):
            if number not in kept:
                del entries[number]
    return tomlkit.dumps(document)


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, dt.datetime) and value.time() == dt.time() else value


def settings_of(path: Path) -> str | None:
    """The text of an office folder's ``office.toml``; None where the office is a workbook."""
    file = path / "office.toml"
    return decoded(file.read_bytes())[0] if file.is_file() else None
