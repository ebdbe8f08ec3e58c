"""Rows of tables become the office's depots, cooperatives, officers and so on; every fault in a row is reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from models.faults import Fault
from models.fields import Count
from models.intake.settings import OfficerDefaults
from models.intake.sources import Sources
from models.intake.tables import Row, Table, blank, parse_row
from models.intake.values import CellError, shown, text
from models.office import Agency, Aspect, CooperativeRow, Depot, IssueRow, LedgerRow, OfficerRow, Topic
from models.plan import Frozen
from models.travel import Band, drive_minutes

T = TypeVar("T", bound=Frozen)


class AgencyRow(Agency):
    """A partner agency with when it can join: ``weekdays`` count from 0, Monday; at most ``per_day`` visits a day."""

    weekdays: tuple[int, ...]
    per_day: Count
    also_on: tuple[dt.date, ...] = ()
    not_on: tuple[dt.date, ...] = ()

    def joins(self, date: dt.date) -> bool:
        """Whether it can join a visit on ``date``."""
        return date not in self.not_on and (date in self.also_on or date.weekday() in self.weekdays)


class Stretch(Frozen):
    """Days from ``first`` to ``last`` on which ``id`` is away for a ``reason``, or has so many ``cars``."""

    id: str
    first: dt.date
    last: dt.date
    cars: Count = 0
    reason: str | None = None


@dataclass(slots=True)
class Rows:
    """The sound rows of all tables. ``known`` has the ids of faulty rows too, so that they are not missed twice."""

    known: dict[str, set[str]]
    depots: list[Depot]
    topics: list[Topic]
    officers: list[OfficerRow]
    agencies: list[AgencyRow]
    cooperatives: list[CooperativeRow]
    issues: list[IssueRow]
    absences: list[Stretch]
    cars: list[Stretch]
    bands: list[Band]
    aspects: list[Aspect]
    ledger: list[LedgerRow]


def read_rows(sources: Sources, defaults: OfficerDefaults) -> Rows:
    """Every sound row of the tables in ``sources``; the faults of the others are added to ``sources.faults``."""
    for table in sources.tables.values():
        sources.faults.extend(table.faults)
    reader = _Reader(sources)
    depots = reader.read("depots", Depot)
    named = reader.known.get("depots") or {"-"}  # without any, the missing table alone is the fault
    only = next(iter(named)) if len(named) == 1 else None
    topics = reader.read("topics", Topic)
    given = defaults.model_dump() | ({"depot": only} if only else {})
    officers = reader.read("officers", OfficerRow, {"topics": ()} | given, {"topics": "topics", "depot": "depots"})
    agencies = reader.read("partners", AgencyRow)
    cooperatives = reader.read(
        "cooperatives", CooperativeRow, {},
        {"depot": "depots", "lead": "officers", "current_lead": "officers"},
    )  # fmt: skip
    issues = reader.read(
        "issues", IssueRow, {}, {"cooperative": "cooperatives", "topic": "topics", "partner": "partners"}
    )
    absences = reader.read("absences", Stretch, {}, {"officer": "officers"})
    cars = reader.read("cars", Stretch, {"depot": only} if only else {}, {"depot": "depots"})
    bands = reader.read("speeds", Band)
    _bands_ascend(sources, bands)
    aspects = reader.read("aspects", Aspect)
    _once(sources, "ledger", "officer")
    ledger = reader.read("ledger", LedgerRow, {}, {"officer": "officers"})
    return Rows(
        reader.known, depots, topics, officers, agencies, cooperatives, issues, absences, cars, bands, aspects, ledger
    )


def _once(sources: Sources, name: str, key: str) -> None:
    """A fault for each row of a table whose ``key`` stands in an earlier row."""
    table = sources.tables.get(name)
    seen: dict[object, str] = {}
    for row in table.rows if table else ():
        first = seen.setdefault(row.cells.get(key), row.place)
        if first != row.place and not blank(row.cells.get(key)):
            cause = f"{shown(row.cells.get(key))} stands already in {first}."
            sources.faults.append(Fault("id-repeated", row.where(key), cause, "Keep one of the two rows."))


def _bands_ascend(sources: Sources, bands: Sequence[Band]) -> None:
    if bands:
        try:
            drive_minutes(1.0, bands)
        except ValueError as error:
            fault = Fault("cell-value", sources.tables["speeds"].place, f"{error}.".capitalize(), "Sort the bands.")
            sources.faults.append(fault)


class _Reader:
    """Reads one table after the other, so that later ones can refer to the ids of earlier ones."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.known: dict[str, set[str]] = {}

    def read(
        self,
        name: str,
        model: type[T],
        defaults: dict[str, Any] | None = None,
        references: dict[str, str] | None = None,
    ) -> list[T]:
        """The sound rows of table ``name`` as ``model``, blanks filled from ``defaults``.

        ``references`` tells which columns name ids of which tables.
        """
        table = self.sources.tables.get(name)
        if table is None:
            return []
        seen: dict[str, str] = {}
        things = []
        for row in table.rows:
            repeated = list(self._repeated(row, seen))
            self.sources.faults += repeated
            parsed = parse_row(table, row, self.sources.faults)
            if parsed is None:
                continue
            unknown = list(self._unknown(row, parsed, references or {}))
            self.sources.faults += unknown
            thing = self._made(table, row, model, (defaults or {}) | parsed)
            if thing is not None and not unknown and not repeated:
                things.append(thing)
        self.known[name] = set(seen)
        return things

    def _repeated(self, row: Row, seen: dict[str, str]) -> Iterator[Fault]:
        cell = row.cells.get("id")
        try:
            id_ = text(cell) if cell is not None else ""
        except CellError:
            return
        if id_ in seen:
            yield Fault(
                "id-repeated",
                row.where("id"),
                f"{shown(id_)} is already the id in {seen[id_]}.",
                "Give each row its own id.",
            )
        elif id_:
            seen[id_] = row.place

    def _unknown(self, row: Row, parsed: dict[str, Any], references: dict[str, str]) -> Iterator[Fault]:
        for key, target in references.items():
            value = parsed.get(key)
            for id_ in (value,) if isinstance(value, str) else value or ():
                if id_ not in self.known.get(target, ()) and target not in self.sources.unread:
                    yield Fault(
                        "id-unknown",
                        row.where(key),
                        f"There is no {shown(id_)} among the {target}.",
                        f"Write an id of {target}, or add it there.",
                    )

    def _made(self, table: Table, row: Row, model: type[T], cells: dict[str, Any]) -> T | None:
        """The row as ``model``; what does not fit its limits becomes a fault of the cell."""
        if "name_th" in cells:
            cells.setdefault("name_en", cells["name_th"])
        if "district_th" in cells:
            cells.setdefault("district_en", cells["district_th"])
        if model is Stretch:
            if cells["to"] < cells["from"]:
                self.sources.faults.append(
                    Fault(
                        "date-order",
                        row.where("to"),
                        f"{cells['to']} lies before {cells['from']}.",
                        "Write the first day first.",
                    )
                )
                return None
            cells["first"], cells["last"] = cells.pop("from"), cells.pop("to")
            cells["id"] = cells.pop("officer", None) or cells.pop("depot", None)
        try:
            return model.model_validate(cells)
        except ValidationError as error:
            for item in error.errors(include_url=False, include_context=False):
                key = str(item["loc"][0]) if item["loc"] else "id"
                key = "depot" if model is Stretch and key == "id" else key
                if item["input"] is None or item["type"] == "missing":
                    fault = Fault("cell-missing", row.where(key), "The cell is empty.", "Fill it in.")
                else:
                    fault = Fault(
                        "cell-value",
                        row.where(key),
                        f"{item['msg']} (found {shown(item['input'])}).",
                        "Mend the value.",
                    )
                self.sources.faults.append(fault)
            return None
