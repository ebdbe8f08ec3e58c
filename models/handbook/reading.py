"""Reading a handbook workbook back: every sheet, every row, and every fault at once.

Nothing is guessed: a row whose ``held`` is empty is not reported yet, and everything else of it must be empty too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from models.faults import Fault, InvalidInput
from models.handbook.columns import (
    CONDITION,
    FINDING,
    NEW_ISSUES,
    PROGRESS,
    STEPS,
    TOLD,
    VISITS,
    forms,
    unticked,
)
from models.handbook.context import Context, Place
from models.handbook.doubting import doubts_of_reports
from models.handbook.foreign import foreign_sheet, foreign_visits, office_workbook, outdated
from models.handbook.naming import CellNames
from models.handbook.reports import HANDBOOK_FORMAT, Finding, Handbook, NewIssue, Progress, Report, Step
from models.handbook.soundness import faults_of_report, faults_of_reports
from models.intake.doubting import doubt
from models.intake.meant import read_as
from models.intake.names import means_all
from models.intake.sources import Sources
from models.intake.tables import Row, parse_cells
from models.intake.values import shown
from models.intake.workbook import read_tables
from models.plan import Frozen
from models.reading import WORKBOOK_SUFFIXES, faults_of_validation, load_json
from models.saying import Said, both, named, place, said
from models.validation import cause_and_remedy

T = TypeVar("T", bound=Frozen)

#: keys of a row that tell something, beside those that name the visit
_NAMING = ("visit", "cooperative")
#: what stands in for a cell at fault, so that those beside it are looked at all the same
_STAND_INS: Final[Mapping[type, Mapping[str, Any]]] = {
    Progress: {"issue": "-", "outcome": "unchanged"},
    NewIssue: {"topic": "-", "severity": 3, "sessions": 1, "audience": "board"},
    Finding: {"kind": "strength", "text": "-"},
    Step: {"what": "-", "who": "-"},
    Report: {},
}
#: fields that stand in a column of another name
_COLUMN: Final = {"note": "remarks"}
_FIELDS: Final = ("progress", "new_issues", "findings", "steps")
_PART = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")


def read_handbook(path: Path, context: Context, doubts: list[Fault] | None = None) -> Handbook:
    """The handbook in ``path``, a workbook or a ``handbook.json``, of the plan in ``context``.

    ``doubts``: where it goes what is to be told of cells that were read, and hinders nothing.

    Raises:
        InvalidInput: with every fault found.
    """
    if not path.exists():
        raise InvalidInput([Fault("file-missing", str(path), said("There is no such file."), said("Check the path."))])
    if path.suffix.lower() == ".json":
        return _read_json(path, context, doubts)
    if path.suffix.lower() not in WORKBOOK_SUFFIXES:
        fault = Fault("file-unreadable", str(path), said("It is neither an .xlsx workbook nor a handbook.json."),
                      said("Save the workbook as .xlsx."))  # fmt: skip
        raise InvalidInput([fault])
    wanted = bool(context.visits)
    sources = read_tables(path, forms(context.aspects, wanted))
    if (office := office_workbook(sources)) is not None:
        raise InvalidInput([office])
    visits = _named(VISITS)
    if wanted and VISITS not in sources.tables and VISITS not in sources.unread:
        sources.faults.append(
            Fault(
                "file-missing",
                place(file=path.name, table=visits),
                said("There is no sheet {name}.", name=visits),
                said("Begin with the workbook that the command handbook writes."),
            )
        )
    reports = _Reader(sources, context).reports()
    if sources.faults:
        raise InvalidInput(sources.faults, sources.warnings)
    if doubts is not None:
        doubts += sources.warnings
    return Handbook(aspects=context.aspects, reports=reports, illustrative=context.illustrative)


def _named(sheet: str) -> Said:
    """A sheet of the handbook as messages name it."""
    return named(sheet, next(form.thai for form in forms(()) if form.name == sheet))


def _read_json(path: Path, context: Context, doubts: list[Fault] | None) -> Handbook:
    data, repeated = load_json(path, HANDBOOK_FORMAT)
    if repeated:
        raise InvalidInput(repeated)
    try:
        handbook = Handbook.model_validate(data)
    except ValidationError as error:
        raise InvalidInput(
            Fault(f.code, f"{path.name}, {f.where}", f.cause, f.remedy) for f in faults_of_validation(error)
        ) from None
    strange = [report.visit for report in handbook.reports if report.visit not in context.visits]
    if (unknown := foreign_visits(strange, len(handbook.reports), path.name)) is not None:
        raise InvalidInput([unknown])
    faults: list[Fault] = []
    for number, report in enumerate(handbook.reports):
        where = f"{path.name}, reports[{number}].{{}}".format
        faults += faults_of_report(report, context, where, handbook.found_at(report.visit, context.problem))
    between = f"{path.name}, report of {{}}, {{}}".format
    faults += faults_of_reports(handbook.reports, context, between)
    if faults:
        raise InvalidInput(faults)
    if doubts is not None:
        doubts += doubts_of_reports(handbook.reports, context, between)
    return handbook


@dataclass(slots=True)
class _Parts:
    """What the sheets beside ``visits`` say of one visit, each with its row."""

    progress: list[tuple[Row, Progress]] = field(default_factory=list)
    new_issues: list[tuple[Row, NewIssue]] = field(default_factory=list)
    findings: list[tuple[Row, Finding]] = field(default_factory=list)
    steps: list[tuple[Row, Step]] = field(default_factory=list)

    def where(self, row: Row, key: str) -> str:
        """The cell of a key: of the visit's ``row``, or of the row of one of its parts."""
        match = _PART.fullmatch(key)
        if match is None:
            return row.where(key)
        own: Row = getattr(self, match[1])[int(match[2])][0]
        return own.where(match[3])

    @property
    def fields(self) -> dict[str, Any]:
        """The parts as fields of their report."""
        return {name: tuple(part for _, part in getattr(self, name)) for name in _FIELDS}

    @property
    def rows(self) -> list[Row]:
        return [row for part in (self.progress, self.new_issues, self.findings, self.steps) for row, _ in part]


class _Reader:
    """Reads the sheets of one handbook; faults go to ``sources.faults``.

    A cell at fault does not hide those beside it: something sound stands in for it while the rest is looked at.
    """

    def __init__(self, sources: Sources, context: Context) -> None:
        self.sources, self.context, self.faults = sources, context, sources.faults
        self.naming = CellNames(context)
        self.parts: dict[str, _Parts] = {}
        #: cells that are told to be at fault: what follows from that is not told as well
        self._told: set[str] = set()
        self._no_held = False
        for table in sources.tables.values():
            self.faults.extend(table.faults)

    def reports(self) -> tuple[Report, ...]:
        """The sound reports, in the order of the sheet; none of a handbook of another plan."""
        table = self.sources.tables.get(VISITS)
        if table is not None and (foreign := foreign_sheet(table, self.context)) is not None:
            self.faults.append(foreign)
            return ()
        self._read_parts()
        found: dict[str, Report] = {}
        rows: dict[str, Row] = {}
        self._require_held()
        for row, cells, unsound in self._rows(VISITS):
            visit = self._visit(row, cells)
            if visit is not None and visit in rows:
                cause = said("{value} stands already in {place}.", value=shown(visit), place=rows[visit].place)
                self._tell("id-repeated", row, "visit", cause, said("Keep one of the two rows."))
                continue
            report = self._report(row, visit, cells, unsound)
            if visit is not None:
                rows[visit] = row
                if report is not None:
                    found[visit] = report
        self._orphans()
        nothing = _Parts()

        def where(visit: str, key: str) -> str:
            return self.parts.get(visit, nothing).where(rows[visit], key)

        self.faults += faults_of_reports(found.values(), self.context, where)
        self.sources.warnings += doubts_of_reports(found.values(), self.context, where)
        self._doubt_lost_progress(found.values())
        return tuple(found.values())

    def _require_held(self) -> None:
        """Tell once that the column is missing that says whether a visit was held, and not of each row."""
        table = self.sources.tables.get(VISITS)
        if table is not None and table.rows and table.columns and "held" not in table.columns.values():
            self._no_held = True
            if not table.mistaken:  # a heading at fault may be this one
                cause = said("There is no column {column}.", column=named("held", "เข้าพบแล้ว"))
                self.faults.append(Fault("column-missing", table.place, cause, said("Add the column.")))

    def _doubt_lost_progress(self, reports: Iterable[Report]) -> None:
        """Doubt that no row tells what became of the issues, where visits that were held had some."""
        table = self.sources.tables.get(PROGRESS)
        held = sum(1 for one in reports if one.held and self.context.visits[one.visit].issues)
        if not held or PROGRESS in self.sources.unread or (table is not None and (table.rows or table.mistaken)):
            return
        name = _named(PROGRESS)
        where = table.place if table is not None else place(file=self.sources.name, table=name)
        cause = both("What became of the issues of {held} visits is not said: there is no sheet {name}, or no row.",
                     "ไม่ได้บอกผลของประเด็นในการเข้าส่งเสริม {held} ครั้ง เพราะไม่มีแผ่น {name} หรือไม่มีแถว",
                     held=held, name=name)  # fmt: skip
        remedy = both("Put the sheet back as the command handbook writes it.", "ใส่แผ่นนี้คืนตามที่คำสั่ง handbook เขียนให้")
        self.sources.warnings.append(doubt(where, cause, remedy))

    def _tell(self, code: str, row: Row, key: str, cause: Said | str, remedy: Said | str) -> None:
        self._told.add(row.where(key))
        self.faults.append(Fault(code, row.where(key), cause, remedy))

    def _rows(self, name: str) -> Iterator[tuple[Row, dict[str, Any], set[str]]]:
        """Each row of a sheet: what its cells mean, by key, and the keys of those at fault."""
        table = self.sources.tables.get(name)
        for row in table.rows if table else ():
            if table is None:
                return
            cells, unsound = parse_cells(table, row, self.faults)
            self._told |= {row.where(key) for key in unsound}
            told, people = TOLD.get(name, ()), row.cells.get("officers")
            if "officers" in cells and isinstance(people, str):
                cells["officers"] = self.naming.found_together("officer", people)
            yield row, self.naming.cells_found({key: cell for key, cell in cells.items() if key not in told}), unsound

    def _visit(self, row: Row, cells: dict[str, Any]) -> str | None:
        """The visit that a row is of; None where the plan has none such, or the cell is at fault."""
        id_: str | None = cells.pop("visit", None)
        if id_ is None or id_ in self.context.visits:
            return id_
        cause = said("The plan has no visit {visit}.", visit=shown(id_))
        remedy = said("Write the id as the sheet visits has it; give the plan that the handbook was written for.")
        self._tell("id-unknown", row, "visit", cause, remedy)
        return None

    def _read_parts(self) -> None:
        for row, cells, unsound in self._rows(PROGRESS):
            visit = self._visit(row, cells)
            if not set(cells) - {"issue"} and not unsound - {"visit", "issue"}:
                continue  # a row made ready and not filled in
            if "outcome" not in cells and "outcome" not in unsound:
                cause = said("Something is written of this issue, but not what became of it.")
                self._missing(row, "outcome", cause)
                unsound.add("outcome")
            if "outcome" in unsound and cells.get("needed") == 0:
                del cells["needed"]  # whether that is right follows from the outcome
            cells["note"] = cells.pop("remarks", "")
            self._part(row, visit, "progress", Progress, cells, unsound)
        for row, cells, unsound in self._rows(NEW_ISSUES):
            visit = self._visit(row, cells)
            number = len(self.parts[visit].new_issues) + 1 if visit in self.parts else 1
            name = {"id": self.context.name_of_new(visit or "-", number)}
            self._part(row, visit, "new_issues", NewIssue, name | cells, unsound)
        for row, cells, unsound in self._rows(FINDING):
            self._part(row, self._visit(row, cells), "findings", Finding, cells, unsound)
        for row, cells, unsound in self._rows(STEPS):
            self._part(row, self._visit(row, cells), "steps", Step, cells, unsound)

    def _part(
        self, row: Row, visit: str | None, name: str, model: type[T], cells: dict[str, Any], unsound: set[str]
    ) -> None:
        made = self._made(row, model, cells, unsound)
        if made is None:
            return
        parts = self.parts.setdefault(visit, _Parts()) if visit is not None else _Parts()
        getattr(parts, name).append((row, made))
        if visit is None:
            self._look_at(Report(visit="-", held=True, **parts.fields), parts, row, sure=False)

    def _made(self, row: Row, model: type[T], cells: dict[str, Any], unsound: set[str]) -> T | None:
        """The row as ``model``; what does not fit its limits becomes a fault of the cell, and is left out."""
        for _ in range(2):
            stand_ins = {key: value for key, value in _STAND_INS[model].items() if key in unsound and key not in cells}
            try:
                return model.model_validate(stand_ins | cells)
            except ValidationError as error:
                for item in error.errors(include_url=False):
                    field = str(item["loc"][0]) if item["loc"] else "visit"
                    key = f"{CONDITION}{item['loc'][-1]}" if field == "condition" else _COLUMN.get(field, field)
                    if key not in unsound:
                        self._tell("cell-value", row, key, *cause_and_remedy(item))
                        unsound |= {key, field} - {"condition"}
                    if field == "condition":
                        cells[field].pop(item["loc"][-1], None)
                    else:
                        cells.pop(field, None)
        return None

    def _missing(self, row: Row, key: str, cause: Said) -> None:
        self._tell("cell-missing", row, key, cause, said("Fill it in, or clear the rest of the row."))

    def _report(self, row: Row, visit: str | None, cells: dict[str, Any], unsound: set[str]) -> Report | None:
        """The report in a row of the sheet ``visits`` with its parts; None where it is at fault or not yet made."""
        parts = self.parts.get(visit, _Parts()) if visit is not None else _Parts()
        if self._no_held:
            unsound.add("held")
        if unticked(row.cells.get("held")) and not (set(cells) | unsound) - {*_NAMING, "held"} and not parts.rows:
            self.sources.warnings.append(read_as(row.where("held"), "FALSE", both("not reported yet", "ยังไม่รายงาน")))
            return None
        if "held" not in cells and "held" not in unsound:
            if not set(cells) - set(_NAMING) and not parts.rows:
                return None
            if set(cells) - set(_NAMING):
                cause = said("Something is reported of this visit, but not whether it was held.")
                self._missing(row, "held", cause)
            else:  # the row is empty: what is reported stands on another sheet
                cause = said("{place} reports of this visit, but not whether it was held.", place=parts.rows[0].place)
                remedy = said("Fill it in, or clear what is reported there.")
                self._tell("cell-missing", row, "held", cause, remedy)
            unsound.add("held")
        held = cells.pop("held", "yes") == "yes"
        condition = {key.removeprefix(CONDITION): cells.pop(key) for key in list(cells) if key.startswith(CONDITION)}
        planned = self.context.places.get(visit) if visit is not None else None
        if held and planned is not None:
            self._as_planned(row, cells, planned)
        given = cells | {"visit": visit or "-", "held": held, "condition": condition} | parts.fields
        report = self._made(row, Report, given, unsound)
        if report is None:
            return None
        sound = self._look_at(report, parts, row, sure="held" not in unsound)
        return report if sound and not unsound else None

    def _as_planned(self, row: Row, cells: dict[str, Any], planned: Place) -> None:
        """Fill in day and officers of a visit held as the plan has them, where they are left open."""
        self.sources.warnings += outdated(row, planned)
        written = cells.get("officers", ())
        if (
            len(written) == 1
            and means_all("officers", *written)
            and not set(written) & self.context.problem.officer_by_id.keys()
        ):
            crew = both("the crew of the plan", "ผู้เข้าพบตามแผน")
            self.sources.warnings.append(read_as(row.where("officers"), written[0], crew))
            del cells["officers"]
        cells.setdefault("date", planned.date)
        cells.setdefault("officers", planned.crew)

    def _look_at(self, report: Report, parts: _Parts, row: Row, *, sure: bool) -> bool:
        """Tell what is wrong with a report and its parts beyond their cells; whether nothing is."""
        found = self._found(report.visit) if report.visit in self.context.visits else frozenset()
        at = partial(parts.where, row)
        faults = [
            fault
            for fault in faults_of_report(report, self.context, at, found, sure=sure)
            if fault.where not in self._told
        ]
        self.faults += faults
        return not faults

    def _found(self, visit: str) -> frozenset[str]:
        """The issues that reports found at the cooperative of a visit."""
        visits = self.context.problem.visits_of[self.context.visits[visit].cooperative]
        return frozenset(new.id for one in visits if one.id in self.parts for _, new in self.parts[one.id].new_issues)

    def _orphans(self) -> None:
        """Parts of visits that have no row in the sheet ``visits``, be it a faulty one."""
        table = self.sources.tables.get(VISITS)
        if table is None:
            return
        there = {str(row.cells.get("visit")).strip() for row in table.rows}
        for visit, parts in self.parts.items():
            if visit not in there:
                cause = said("The sheet {name} has no row for {visit}.", name=table.place.parts.get("sheet", VISITS),
                             visit=shown(visit))  # fmt: skip
                remedy = said("Put the row of the visit back.")
                self._tell("id-unknown", parts.rows[0], "visit", cause, remedy)  # once, of all its rows
                self._look_at(Report(visit=visit, held=True, **parts.fields), parts, parts.rows[0], sure=False)
