"""Topics, officers and partners in a handbook's cells: written by name, read by name or id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from models.handbook.context import Context
from models.intake.cells import SEPARATORS, blank, text
from models.intake.names import untitled
from models.office import Agency, OfficerRow, Topic
from models.thaitext import key

#: the columns that name something -> what
KINDS: Final = {"topic": "topic", "partner": "partner", "officers": "officer"}
#: ``สมชาย ใจดี (o01)``, as the grey columns show a crew
_WITH_ID = re.compile(r"(.*)\(([^()]+)\)\s*")
#: what may stand between several, the usual one first
_BETWEEN: Final = ("; ", ", ", " | ", "\n")


class CellNames:
    """The names that the office of one handbook has for its topics, officers and partners."""

    def __init__(self, context: Context) -> None:
        office = context.office
        rows: dict[str, tuple[Topic | OfficerRow | Agency, ...]] = {
            "topic": office.topics if office else (),
            "officer": office.officers if office else (),
            "partner": office.agencies if office else (),
        }
        self._rows: dict[str, dict[str, Topic | OfficerRow | Agency | None]] = {
            kind: {row.id: row for row in found} for kind, found in rows.items()
        }
        for id_ in context.problem.officer_by_id:  # known by their ids alone where there is no office
            self._rows["officer"].setdefault(id_, None)
        self._bearers: dict[str, dict[str, set[str]]] = {kind: {} for kind in rows}
        for kind, found in rows.items():
            for row in found:
                for name in {key(row.name_th), key(row.name_en)} - {""}:
                    self._bearers[kind].setdefault(name, set()).add(row.id)
        #: marks within an id or a name that part several elsewhere, at most
        self._marks = {
            kind: max((len(SEPARATORS.findall(name)) for name in self._words(kind)), default=0) for kind in self._rows
        }
        #: officers by their names without the titles
        self._untitled: dict[str, set[str]] = {}
        for officer in office.officers if office else ():
            for name in {untitled(officer.name_th), untitled(officer.name_en)} - {""}:
                self._untitled.setdefault(name, set()).add(officer.id)

    def _words(self, kind: str) -> Iterator[str]:
        for id_, row in self._rows[kind].items():
            yield from (id_,) if row is None else (id_, row.name_th, row.name_en)

    def shown(self, kind: str, id_: str, lang: str) -> str:
        """The name of the thing in ``lang``; its id where it has none that would be read back as this one."""
        row = self._rows[kind].get(id_)
        name = "" if row is None else row.name_th if lang == "th" else row.name_en
        return name if name and self.found(kind, name) == id_ else id_

    def shown_together(self, kind: str, ids: Sequence[str], lang: str) -> str:
        """Several things in one cell, by their names in ``lang``; by their ids where these would be read as others."""
        names = [self.shown(kind, id_, lang) for id_ in ids]
        ways = (between.join(each) for each in (names, ids) for between in _BETWEEN)
        return next((way for way in ways if self.found_together(kind, way) == tuple(ids)), _BETWEEN[0].join(ids))

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
        return match[2].strip() if match and match[2].strip() in known else written

    def found_together(self, kind: str, written: str) -> tuple[str, ...]:
        """The ids of what one cell names, each once; what parts names may also stand within one: ``Smith, John``."""
        known, found = self._rows[kind], list[str]()
        pieces = [] if blank(written) else SEPARATORS.split(written)  # with what parts them in between
        while pieces:
            most = min(len(pieces), 2 * self._marks[kind] + 1)
            ways = ((end, self._one(kind, text("".join(pieces[:end])))) for end in range(most, 1, -2))
            end, id_ = next((way for way in ways if way[1] in known), (1, self.found(kind, text(pieces[0]))))
            found += [id_] if id_ else []
            pieces = pieces[end + 1 :]
        return tuple(dict.fromkeys(found))

    def _one(self, kind: str, written: str) -> str:
        """The id of what is written where all of it is of one thing: its name with its id, too."""
        match = _WITH_ID.fullmatch(written)
        found = self.found(kind, written)
        return found if match is None or found != match[2].strip() else self.found(kind, match[1].strip())

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
