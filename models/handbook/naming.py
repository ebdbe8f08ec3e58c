"""Topics, officers and partners in a handbook's cells: written by name, read by name or id."""

from __future__ import annotations

import re
from typing import Any, Final

from models.handbook.context import Context
from models.intake.names import untitled
from models.office import Agency, OfficerRow, Topic
from models.thaitext import key

#: the columns that name something -> what
KINDS: Final = {"topic": "topic", "partner": "partner", "officers": "officer"}
#: ``สมชาย ใจดี (o01)``, as the grey columns show a crew
_WITH_ID = re.compile(r".*\(([^()]+)\)\s*")


class CellNames:
    """The names that the office of one handbook has for its topics, officers and partners."""

    def __init__(self, context: Context) -> None:
        office = context.office
        rows: dict[str, tuple[Topic | OfficerRow | Agency, ...]] = {
            "topic": office.topics if office else (),
            "officer": office.officers if office else (),
            "partner": office.agencies if office else (),
        }
        self._rows = {kind: {row.id: row for row in found} for kind, found in rows.items()}
        self._bearers: dict[str, dict[str, set[str]]] = {kind: {} for kind in rows}
        for kind, found in rows.items():
            for row in found:
                for name in {key(row.name_th), key(row.name_en)} - {""}:
                    self._bearers[kind].setdefault(name, set()).add(row.id)
        #: officers by their names without the titles
        self._untitled: dict[str, set[str]] = {}
        for officer in office.officers if office else ():
            for name in {untitled(officer.name_th), untitled(officer.name_en)} - {""}:
                self._untitled.setdefault(name, set()).add(officer.id)

    def shown(self, kind: str, id_: str, lang: str) -> str:
        """The name of the thing in ``lang``; its id where it has none that would be read back as this one."""
        row = self._rows[kind].get(id_)
        name = "" if row is None else row.name_th if lang == "th" else row.name_en
        return name if name and ";" not in name and self.found(kind, name) == id_ else id_

    def all_shown(self, kind: str, lang: str) -> list[str]:
        """What can be chosen of this kind, in the order of the office's table."""
        return [self.shown(kind, id_, lang) for id_ in self._rows[kind]]

    def found(self, kind: str, written: str) -> str:
        """The id of what is written: an id, a name that one alone bears, or a name with its id; else as it stands.

        A person's name may stand without the title.
        """
        known = self._rows[kind]
        if written in known:
            return written
        bearers = self._bearers[kind].get(key(written), set())
        if not bearers and kind == "officer":
            bearers = self._untitled.get(untitled(written), set())
        if len(bearers) == 1:
            return next(iter(bearers))
        match = _WITH_ID.fullmatch(written)
        return match[1].strip() if match and match[1].strip() in known else written

    def cells_shown(self, cells: dict[str, Any], lang: str) -> dict[str, Any]:
        """The cells of a row with names for ids."""
        return {
            name: self._each(name, cell, lambda kind, id_: self.shown(kind, id_, lang)) for name, cell in cells.items()
        }

    def cells_found(self, cells: dict[str, Any]) -> dict[str, Any]:
        """The cells of a row with ids for names."""
        return {name: self._each(name, cell, self.found) for name, cell in cells.items()}

    def _each(self, column: str, cell: Any, told: Any) -> Any:
        kind = KINDS.get(column)
        if kind is None or cell is None:
            return cell
        return told(kind, cell) if isinstance(cell, str) else tuple(told(kind, each) for each in cell)
