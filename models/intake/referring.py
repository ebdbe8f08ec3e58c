"""What a row names of other tables becomes their ids; what nothing is called becomes one fault, where it helps most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.faults import Fault
from models.intake.columns import FORM
from models.intake.meant import read_as
from models.intake.names import Known, id_of, means_all
from models.intake.sources import Sources
from models.intake.tables import Row
from models.intake.values import shown
from models.likeness import ENOUGH, perhaps
from models.saying import Place, named, place, said

#: table -> columns that name ids of other tables
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "officers": {"topics": "topics", "depot": "depots"},
    "cooperatives": {"depot": "depots", "lead": "officers", "current_lead": "officers", "never": "officers"},
    "issues": {"cooperative": "cooperatives", "topic": "topics", "partner": "partners"},
    "absences": {"officer": "officers"},
    "cars": {"depot": "depots"},
    "cars_on": {"depot": "depots"},
    "ledger": {"officer": "officers"},
}
#: tables in which a name that stands twice is a row too many
NAMED_ONCE = ("officers",)


class References:
    """Ids and names of the tables read so far, and the faults of rows that name what is not among them."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self.known: dict[str, Known] = {}
        #: tables that are not there, or empty, and were named all the same: told already
        self._empty: set[str] = set()
        #: table -> names that mean none of its rows, as many as it has rows without a name
        self._held: dict[str, set[str]] = {}

    def settle(self, name: str, row: Row, cells: dict[str, Any], unsound: set[str]) -> None:
        """Put ids in place of what the cells name; what nothing is called becomes a fault."""
        for column, target in REFERENCES.get(name, {}).items():
            if column not in cells:
                continue
            if not self._readable(target):
                continue
            cells[column] = self._all(target, cells[column])
            self._part(row, column, cells, self.known[target])
            ids, strange = self.known[target].all_of(cells[column])
            for value in strange:
                unsound.add(column)
                table = self._sources.tables.get(target)
                if table is None or not table.rows:
                    self._none_there(target, value, row.where(column))
                elif not self._told(target, value) and not self._nameless(target, value):
                    self._sources.faults.append(self._strange(target, value, row.where(column)))
            if isinstance(cells[column], tuple):
                cells[column] = tuple(dict.fromkeys(ids))
            elif ids:
                cells[column] = ids[0]
            else:
                del cells[column]

    def _all(self, target: str, named: Any) -> Any:
        """What a cell names; the ids of all rows where it is a list of nothing but the word for all of them."""
        known, table = self.known[target], self._sources.tables.get(target)
        if not isinstance(named, tuple) or len(named) != 1 or table is None or known.bearers(named[0]):
            return named
        if named[0] in known.ids or not means_all(target, named[0]):
            return named
        return tuple(filter(None, map(id_of, table.rows))) or named

    def _part(self, row: Row, column: str, cells: dict[str, Any], known: Known) -> None:
        """Take apart what names several in a cell for several, parted otherwise than asked; that is told."""
        if not isinstance(cells[column], tuple):
            return
        parted: list[str] = []
        for value in cells[column]:
            names = () if known.find(value) or known.bearers(value) else known.parted(value)
            if names:
                self._sources.warnings.append(read_as(row.where(column), value, "; ".join(names)))
            parted += names or (value,)
        cells[column] = tuple(parted)

    def _readable(self, target: str) -> bool:
        """Whether what a row names can be looked for; where its table is missing or at fault, that alone is told."""
        table = self._sources.tables.get(target)
        if target in self._sources.unread or (table is None and FORM[target].required):
            return False
        return table is None or not (table.lost("id", "name_th") or (table.mistaken and not table.rows))

    def _none_there(self, target: str, value: str, where: Place) -> None:
        """Tell once, of the first that names one, that a table is not there or holds no row."""
        if target in self._empty:
            return
        self._empty.add(target)
        table, names = self._sources.tables.get(target), named(target, FORM[target].thai)
        if table is None:
            at = place(file=self._sources.name, table=names)
            cause = said("There is no table {table}, and {where} names {value}.", table=names, where=where,
                         value=shown(value))  # fmt: skip
            remedy = said("Add it; the empty workbook that the command template writes shows its columns.")
            self._sources.faults.append(Fault("file-missing", at, cause, remedy))
        else:
            cause = said("There is no row in it, and {where} names {value}.", where=where, value=shown(value))
            remedy = said("Add what is named.")
            self._sources.faults.append(Fault("id-unknown", table.place, cause, remedy))

    def _told(self, target: str, name: str) -> bool:
        """Whether the rows that bear one ``name`` are a fault by themselves: they lack an id, or are several."""
        known = self.known[target]
        return known.has_no_id(name) or (target in NAMED_ONCE and known.is_repeated(name))

    def _nameless(self, target: str, name: str) -> bool:
        """Whether ``name`` may be that of a row whose own name is not filled in: that alone is told."""
        required = any(column.key == "name_th" and column.required for column in FORM[target].columns)
        held = self._held.setdefault(target, set())
        if required and (name in held or len(held) < self.known[target].nameless):
            held.add(name)
            return True
        return False

    def _strange(self, target: str, value: str, where: Place) -> Fault:
        """The fault of a ``value`` that means none of a table's rows, or several."""
        table, known = named(target, FORM[target].thai), self.known[target]
        if several := known.bearers(value):
            cause = said("Several of the {table} are called {value}: {ids}.", table=table, value=shown(value),
                         ids=", ".join(several))  # fmt: skip
            return Fault("name-ambiguous", where, cause, said("Write the id."))
        cause = said("There is no {value} among the {table}.", value=shown(value), table=table)
        remedy = said("Write an id or a name of {table}, or add it there.", table=table)
        if len(self._sources.faults) < ENOUGH:
            remedy = perhaps(remedy, value, known.words, known.alike_by)
        return Fault("id-unknown", where, cause, remedy)
