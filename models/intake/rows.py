"""Rows of tables become the office's depots, cooperatives, officers and so on; every fault in a row is reported.

A cell at fault does not hide the others: what else the row says is still read, and where a cell that is needed cannot
be, something harmless stands in for it. Nothing is made of stand-ins, since faults end the reading of an office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from models.faults import Fault
from models.fields import Count
from models.intake.columns import FORM, WHOLE_DAY, half_day_of
from models.intake.districts import districts_as_meant
from models.intake.names import Known, untitled
from models.intake.opening import opening
from models.intake.placing import doubts, place_row, province_of
from models.intake.referring import NAMED_ONCE, REFERENCES, References
from models.intake.settings import OfficerDefaults, Settings
from models.intake.sources import Sources
from models.intake.tables import Row, Table, missing, parse_cells
from models.intake.values import CellError, blank, shown, text
from models.office import Agency, Aspect, CarRow, CooperativeRow, DepotRow, IssueRow, LedgerRow, OfficerRow, Topic
from models.plan import Frozen
from models.saying import Place, named, place, said
from models.thaitext import key as plain
from models.travel import Band, drive_minutes
from models.validation import cause_and_remedy

T = TypeVar("T", bound=Frozen)
#: what is done to the cells of a row before it is made: faults come back, keys that stay open are added to the set
Preparing = Callable[[Row, dict[str, Any], set[str]], Iterator[Fault]]


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
    """Days from ``first`` to ``last`` on which ``id`` is away for a ``reason``, or has so many ``cars``.

    ``hours``: the part of each day, from and to in minutes, None for the whole of it.
    """

    id: str
    first: dt.date
    last: dt.date
    cars: Count = 0
    hours: tuple[float, float] | None = None
    reason: str | None = None


@dataclass(slots=True)
class Rows:
    """The rows of all tables that can be read."""

    depots: list[DepotRow] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    officers: list[OfficerRow] = field(default_factory=list)
    agencies: list[AgencyRow] = field(default_factory=list)
    cooperatives: list[CooperativeRow] = field(default_factory=list)
    issues: list[IssueRow] = field(default_factory=list)
    absences: list[Stretch] = field(default_factory=list)
    cars: list[CarRow] = field(default_factory=list)
    cars_on: list[Stretch] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    aspects: list[Aspect] = field(default_factory=list)
    ledger: list[LedgerRow] = field(default_factory=list)


#: table -> column -> what stands in for a cell at fault, so that the rest of the row is still checked
_STAND_INS: Mapping[str, Mapping[str, Any]] = {
    "depots": {"name_th": "-", "lat": 15.0, "lon": 101.0},
    "topics": {"name_th": "-"},
    "officers": {"name_th": "-"},
    "partners": {"name_th": "-", "weekdays": (0, 1, 2, 3, 4), "per_day": 1},
    "cooperatives": {
        "name_th": "-", "kind": "agricultural", "district_th": "-", "standard": "excellent", "lat": 15.0, "lon": 101.0,
    },
    "issues": {"topic": "-", "severity": 3, "sessions": 1, "audience": "management"},
    "cars": {"name_th": "-", "seats": 1},
}  # fmt: skip


def read_rows(sources: Sources, settings: Settings | None) -> Rows:
    """Every row of the tables in ``sources`` that can be read; faults are added to ``sources.faults``."""
    for table in sources.tables.values():
        sources.faults.extend(table.faults)
    reader = _Reader(sources)
    depots = reader.read("depots", DepotRow, prepare=_seats(sources))
    ids = reader.references.known["depots"].ids or {"-"}  # without any, the missing table alone is the fault
    home = {"depot": next(iter(ids))} if len(ids) == 1 else {}
    reader.home = province_of(depots) if not sources.faults or depots else ""
    defaults = (settings.officers if settings else OfficerDefaults()).model_dump(
        include={"max_days_per_week", "fair_hours"}
    )
    rows = Rows(
        depots=depots,
        topics=reader.read("topics", Topic),
        officers=reader.read("officers", OfficerRow, {"topics": ()} | defaults | home),
        agencies=reader.read("partners", AgencyRow),
        cooperatives=reader.read("cooperatives", CooperativeRow, {}, _opening(settings)),
        issues=reader.read("issues", IssueRow),
        absences=reader.read("absences", Stretch, {}, _stretch("officer")),
        cars=reader.read("cars", CarRow, home),
        cars_on=reader.read("cars_on", Stretch, home, _stretch("depot")),
        bands=reader.read("speeds", Band),
        aspects=reader.read("aspects", Aspect),
    )
    _once(sources, "ledger", "officer")
    rows.ledger = reader.read("ledger", LedgerRow)
    _bands_ascend(sources, rows.bands)
    return rows


def _seats(sources: Sources) -> Preparing:
    """Where no car has a name, a depot says how many cars alike it has, and their seats; else neither."""
    told: list[Fault] = []

    def prepare(row: Row, cells: dict[str, Any], unsound: set[str]) -> Iterator[Fault]:
        by_name = bool((table := sources.tables.get("cars")) and table.rows)
        if table is None and "cars" not in sources.unread and not {"cars", "seats"} & row.headings.keys():
            if not told:  # the depots keep no numbers of cars, and there are no names either
                told.append(_no_cars(sources))
                yield told[0]
            return
        for key in ("cars", "seats"):
            if key not in cells and key not in unsound and not by_name and "cars" not in sources.unread:
                yield missing(row.where(key))
            elif key in cells and by_name:
                cause = said("The table of cars has the cars by name, and their seats.")
                yield Fault("cell-value", row.where(key), cause, said("Leave the cell empty."))

    return prepare


def _no_cars(sources: Sources) -> Fault:
    cause = said("There is no table {table}.", table=named(f"cars ({FORM['cars'].thai})", FORM["cars"].thai))
    remedy = said("Add it with the cars by name; or add the columns cars (จำนวนรถ) and seats (ที่นั่ง) to the depots.")
    return Fault("file-missing", place(file=sources.name, table=named("cars", FORM["cars"].thai)), cause, remedy)


def _opening(settings: Settings | None) -> Preparing:
    def prepare(row: Row, cells: dict[str, Any], unsound: set[str]) -> Iterator[Fault]:
        yield from ()
        if settings is not None:
            day = settings.day
            cells["open"] = opening(cells.get("open"), day.cooperatives_lunch, (day.start, day.end))
        else:
            cells.pop("open", None)

    return prepare


def _stretch(who: str) -> Preparing:
    """From the columns ``from`` and ``to`` to a stretch of days of ``who``."""

    def prepare(row: Row, cells: dict[str, Any], unsound: set[str]) -> Iterator[Fault]:
        first = cells.pop("from", None)
        last = cells.pop("to", None) or first
        if first is None and "from" in unsound:
            unsound.add("to")  # what is blank there is none the less as it should be
        if first and last and last < first:
            cause = said("{last} lies before {first}.", last=last, first=first)
            unsound.add("to")
            yield Fault("date-order", row.where("to"), cause, said("Write the first day first."))
            last = first
        cells |= {"first": first, "last": last, "id": cells.pop(who, None)}
        if cells.get("reason") and "hours" not in cells:
            cells["hours"] = half_day_of(row.cells.get("reason"))
        if cells.get("hours") == WHOLE_DAY:
            cells["hours"] = None

    return prepare


def _once(sources: Sources, name: str, key: str) -> None:
    """A fault for each row of a table whose ``key`` stands in an earlier row."""
    table = sources.tables.get(name)
    seen: dict[object, Place] = {}
    for row in table.rows if table else ():
        first = seen.setdefault(row.cells.get(key), row.place)
        if first != row.place and not blank(row.cells.get(key)):
            cause = said("{value} stands already in {place}.", value=shown(row.cells.get(key)), place=first)
            sources.faults.append(Fault("id-repeated", row.where(key), cause, said("Keep one of the two rows.")))


def _bands_ascend(sources: Sources, bands: Sequence[Band]) -> None:
    if bands:
        try:
            drive_minutes(1.0, bands)
        except ValueError:
            cause = said("Speed bands must ascend by up_to_km; the last one alone may leave it out.")
            place = sources.tables["speeds"].place
            sources.faults.append(Fault("cell-value", place, cause, said("Sort the bands.")))


class _Reader:
    """Reads one table after the other, so that later ones can refer to the ids and names of earlier ones."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.references = References(sources)
        self.home = ""

    def read(
        self, name: str, model: type[T], defaults: dict[str, Any] | None = None, prepare: Preparing | None = None
    ) -> list[T]:
        """The rows of table ``name`` as ``model``, blanks filled from ``defaults``."""
        table = self.sources.tables.get(name)
        self.references.known[name] = Known(table.rows if table else (), people=name == "officers")
        if table is None:
            return []
        seen: dict[str, Place] = {}
        called: dict[str, Place] = {}
        things = []
        for row in table.rows:
            repeated = self._repeated(row, seen) or (name in NAMED_ONCE and self._namesake(row, called))
            thing = self._read(table, row, model, defaults or {}, prepare)
            if thing is not None and not repeated:
                things.append(thing)
        return things

    def _read(
        self, table: Table, row: Row, model: type[T], defaults: dict[str, Any], prepare: Preparing | None
    ) -> T | None:
        faults = self.sources.faults
        cells, unsound = parse_cells(table, row, faults)
        columns = {column.key for column in table.form.columns}
        if "lat" in columns:
            lost = table.lost("subdistrict_th", "district_th")
            faults += list(place_row(row, table.form.columns, cells, unsound, self.home, lost=lost))
            english = "district_en" in columns
            self.sources.warnings += districts_as_meant(row, cells, self.home, english=english)
        self.references.settle(table.form.name, row, cells, unsound)
        cells |= {key: value for key, value in defaults.items() if key not in cells and key not in unsound}
        if prepare is not None:
            faults += list(prepare(row, cells, unsound))
        self._usual(table, cells, unsound)
        return self._made(table, row, model, cells, unsound)

    def _usual(self, table: Table, cells: dict[str, Any], unsound: set[str]) -> None:
        """English names are the Thai ones where none are given; a car without a name goes by its id."""
        columns = {column.key: column for column in table.form.columns}
        for thai, english in (("name_th", "name_en"), ("district_th", "district_en")):
            if english in columns:
                if not columns[thai].required and thai not in cells and thai not in unsound:
                    cells[thai] = cells.get("id", "-")
                cells.setdefault(english, cells.get(thai, "-"))

    def _repeated(self, row: Row, seen: dict[str, Place]) -> bool:
        cell = row.cells.get("id")
        try:
            id_ = text(cell) if not blank(cell) else ""
        except CellError:
            return False
        if id_ in seen:
            cause = said("{value} is already the id in {place}.", value=shown(id_), place=seen[id_])
            fault = Fault("id-repeated", row.where("id"), cause, said("Give each row its own id."))
            self.sources.faults.append(fault)
            return True
        if id_:
            seen[id_] = row.place
        return False

    def _namesake(self, row: Row, called: dict[str, Place]) -> bool:
        """Whether an earlier row bears the name of this one: a person entered twice, or two that nobody can tell."""
        name = row.cells.get("name_th")
        if blank(name) or not isinstance(name, str):
            return False
        first = called.setdefault(plain(name), row.place)
        if first == row.place:
            self._perhaps_the_same(row, name, called)
            return False
        rows = {"first": first.parts.get("row", first), "second": row.place.parts.get("row", row.place)}
        cause = said("Two officers bear the name {value}: rows {first} and {second}.", value=shown(name), **rows)
        remedy = said("Keep one of the two rows; of two people, add to one name what tells them apart.")
        self.sources.faults.append(Fault("name-repeated", row.where("name_th"), cause, remedy))
        return True

    def _perhaps_the_same(self, row: Row, name: str, called: dict[str, Place]) -> None:
        """Doubt a name that an earlier row has with a title, or without the title of this one."""
        for other, first in called.items():
            if other != plain(name) and untitled(name) == untitled(other) and untitled(name) in (plain(name), other):
                number = first.parts.get("row", first)
                cause = said("{value} differs from row {first} in the title alone.", value=shown(name), first=number)
                remedy = said("If they are one person, keep one of the two rows.")
                self.sources.warnings.append(Fault("value-doubtful", row.where("name_th"), cause, remedy))
                return

    def _made(self, table: Table, row: Row, model: type[T], cells: dict[str, Any], unsound: set[str]) -> T | None:
        """The row as ``model``; what does not fit its limits becomes a fault of the cell."""
        stand_ins = dict(_STAND_INS.get(table.form.name, {})) | {"id": str(row.place)}
        if model is Stretch:
            stand_ins.pop("id")
        for _ in range(2):
            given = {key: stand_ins[key] for key in unsound if key in stand_ins and key not in cells} | cells
            try:
                made = model.model_validate(given)
            except ValidationError as error:
                self._limits(table, row, model, error, cells, unsound)
            else:
                if not unsound & {"lat", "lon"} and "lat" in given:
                    self.sources.warnings += list(doubts(row, given, self.home))
                return made
        return None

    def _limits(
        self, table: Table, row: Row, model: type[T], error: ValidationError, cells: dict[str, Any], unsound: set[str]
    ) -> None:
        """Faults of the cells that pydantic does not accept; they are taken out of ``cells``."""
        columns = {column.key for column in table.form.columns}
        told: set[str] = set()
        for item in error.errors(include_url=False):
            key = str(item["loc"][0]) if item["loc"] else "id"
            if model is Stretch:
                key = {"first": "from", "last": "to"}.get(key, key)
            if key == "id" and "id" not in columns:
                key = next(iter(REFERENCES[table.form.name]))
            if key in unsound or key in told:
                continue
            told.add(key)
            if item["input"] is None or item["type"] == "missing":
                if key in row.headings or key not in {c.key for c in table.form.columns if c.required}:
                    self.sources.faults.append(missing(row.where(key)))
            else:
                self.sources.faults.append(Fault("cell-value", row.where(key), *cause_and_remedy(item)))
            cells.pop(key, None)
        unsound |= told
