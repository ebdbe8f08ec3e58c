"""Reading a handbook workbook back: every sheet, every row, and every fault at once.

Nothing is guessed: a row whose ``held`` is empty is not reported yet, and everything else of it must be empty too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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
)
from models.handbook.context import Context
from models.handbook.naming import CellNames
from models.handbook.reports import Finding, Handbook, NewIssue, Progress, Report, Step
from models.handbook.soundness import faults_of_report, faults_of_reports
from models.intake.sources import Sources
from models.intake.tables import Row, parse_row
from models.intake.values import shown
from models.intake.workbook import read_tables
from models.plan import Frozen
from models.reading import faults_of_validation, read_text
from models.saying import named, place, said

T = TypeVar("T", bound=Frozen)

WORKBOOK_SUFFIXES: Final = (".xlsx", ".xlsm")
#: keys of a row that tell something, beside those that name the visit
_NAMING = ("visit", "cooperative")
_PART = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")


def read_handbook(path: Path, context: Context) -> Handbook:
    """The handbook in ``path``, a workbook or a ``handbook.json``, of the plan in ``context``.

    Raises:
        InvalidInput: with every fault found.
    """
    if not path.exists():
        raise InvalidInput([Fault("file-missing", str(path), said("There is no such file."), said("Check the path."))])
    if path.suffix.lower() == ".json":
        return _read_json(path, context)
    if path.suffix.lower() not in WORKBOOK_SUFFIXES:
        fault = Fault("file-unreadable", str(path), said("It is neither an .xlsx workbook nor a handbook.json."),
                      said("Save the workbook as .xlsx."))  # fmt: skip
        raise InvalidInput([fault])
    sources = read_tables(path, forms(context.aspects))
    visits = named(VISITS, next(form.thai for form in forms(context.aspects) if form.name == VISITS))
    if VISITS not in sources.tables and VISITS not in sources.unread:
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
        raise InvalidInput(sources.faults)
    return Handbook(aspects=context.aspects, reports=reports, illustrative=context.illustrative)


def _read_json(path: Path, context: Context) -> Handbook:
    try:
        handbook = Handbook.model_validate_json(read_text(path))
    except ValidationError as error:
        raise InvalidInput(
            Fault(f.code, f"{path.name}, {f.where}", f.cause, f.remedy) for f in faults_of_validation(error)
        ) from None
    faults: list[Fault] = []
    for number, report in enumerate(handbook.reports):
        where = f"{path.name}, reports[{number}].{{}}".format
        faults += faults_of_report(report, context, where, handbook.found_at(report.visit, context.problem))
    faults += faults_of_reports(handbook.reports, context, lambda id_: f"{path.name}, report of {id_}")
    if faults:
        raise InvalidInput(faults)
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
    def rows(self) -> list[Row]:
        return [row for part in (self.progress, self.new_issues, self.findings, self.steps) for row, _ in part]


class _Reader:
    """Reads the sheets of one handbook; faults go to ``sources.faults``."""

    def __init__(self, sources: Sources, context: Context) -> None:
        self.sources, self.context, self.faults = sources, context, sources.faults
        self.naming = CellNames(context)
        self.parts: dict[str, _Parts] = {}
        for table in sources.tables.values():
            self.faults.extend(table.faults)

    def reports(self) -> tuple[Report, ...]:
        """The sound reports, in the order of the sheet."""
        self._read_parts()
        found: dict[str, Report] = {}
        places: dict[str, str] = {}
        for row, cells in self._rows(VISITS):
            visit = self._visit(row, cells)
            if visit is None:
                continue
            if visit in places:
                cause = said("{value} stands already in {place}.", value=shown(visit), place=places[visit])
                self.faults.append(Fault("id-repeated", row.where("visit"), cause, said("Keep one of the two rows.")))
                continue
            places[visit] = row.place
            report = self._report(row, visit, cells)
            if report is not None:
                found[visit] = report
        self._orphans()
        self.faults += faults_of_reports(found.values(), self.context, lambda id_: places[id_])
        return tuple(found.values())

    def _rows(self, name: str) -> Iterator[tuple[Row, dict[str, Any]]]:
        table = self.sources.tables.get(name)
        for row in table.rows if table else ():
            cells = parse_row(table, row, self.faults) if table else None
            if cells is not None:
                told = TOLD.get(name, ())
                yield row, self.naming.cells_found({key: cell for key, cell in cells.items() if key not in told})

    def _visit(self, row: Row, cells: dict[str, Any]) -> str | None:
        id_ = str(cells["visit"])
        if id_ in self.context.visits:
            return id_
        cause = said("The plan has no visit {visit}.", visit=shown(id_))
        remedy = said("Write the id as the sheet visits has it; give the plan that the handbook was written for.")
        self.faults.append(Fault("id-unknown", row.where("visit"), cause, remedy))
        return None

    def _read_parts(self) -> None:
        for row, cells in self._rows(PROGRESS):
            visit = self._visit(row, cells)
            if visit is None or not set(cells) - {"visit", "issue"}:
                continue  # a row made ready and not filled in
            if "outcome" not in cells:
                cause = said("Something is written of this issue, but not what became of it.")
                self._missing(row, "outcome", cause)
                continue
            cells["note"] = cells.pop("remarks", "")
            self._part(row, visit, "progress", Progress, cells)
        for row, cells in self._rows(NEW_ISSUES):
            visit = self._visit(row, cells)
            if visit is not None:
                number = len(self.parts[visit].new_issues) + 1 if visit in self.parts else 1
                name = {"id": self.context.name_of_new(visit, number)}
                self._part(row, visit, "new_issues", NewIssue, name | cells)
        for row, cells in self._rows(FINDING):
            visit = self._visit(row, cells)
            if visit is not None:
                self._part(row, visit, "findings", Finding, cells)
        for row, cells in self._rows(STEPS):
            visit = self._visit(row, cells)
            if visit is not None:
                self._part(row, visit, "steps", Step, cells)

    def _part(self, row: Row, visit: str, name: str, model: type[T], cells: dict[str, Any]) -> None:
        made = self._made(row, model, {key: value for key, value in cells.items() if key != "visit"})
        if made is not None:
            getattr(self.parts.setdefault(visit, _Parts()), name).append((row, made))

    def _made(self, row: Row, model: type[T], cells: dict[str, Any]) -> T | None:
        try:
            return model.model_validate(cells)
        except ValidationError as error:
            for item in error.errors(include_url=False, include_context=False):
                key = str(item["loc"][-1] if item["loc"] else "visit")
                key = f"{CONDITION}{key}" if "condition" in item["loc"] else key
                cause = f"{item['msg'].removeprefix('Value error, ')} (found {shown(item['input'])})."
                self.faults.append(Fault("cell-value", row.where(key), cause, said("Mend the value.")))
            return None

    def _missing(self, row: Row, key: str, cause: str) -> None:
        self.faults.append(
            Fault("cell-missing", row.where(key), cause, said("Fill it in, or clear the rest of the row."))
        )

    def _report(self, row: Row, visit: str, cells: dict[str, Any]) -> Report | None:
        """The report in a row of the sheet ``visits`` with its parts; None where it is at fault or not yet made."""
        parts = self.parts.get(visit, _Parts())
        if "held" not in cells:
            if set(cells) - set(_NAMING) or parts.rows:
                cause = said("Something is reported of this visit, but not whether it was held.")
                self._missing(row, "held", cause)
            return None
        held = cells.pop("held") == "yes"
        condition = {key.removeprefix(CONDITION): cells.pop(key) for key in list(cells) if key.startswith(CONDITION)}
        planned = self.context.places.get(visit)
        if held and planned is not None:
            cells = {"date": planned.date, "officers": planned.crew} | cells
        given = cells | {
            "held": held, "condition": condition,
            "progress": tuple(part for _, part in parts.progress),
            "new_issues": tuple(part for _, part in parts.new_issues),
            "findings": tuple(part for _, part in parts.findings),
            "steps": tuple(part for _, part in parts.steps),
        }  # fmt: skip
        report = self._made(row, Report, given)
        if report is None:
            return None
        faults = list(faults_of_report(report, self.context, lambda key: parts.where(row, key), self._found(visit)))
        self.faults += faults
        return None if faults else report

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
                self.faults += [Fault("id-unknown", row.where("visit"), cause, remedy) for row in parts.rows]
