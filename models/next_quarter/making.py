"""From an office, its plan and its handbook to the next quarter's tables: a folder, or a workbook, as this one's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.faults import Fault, InvalidInput
from models.handbook.context import Context
from models.handbook.records import Records
from models.handbook.reports import Handbook
from models.intake.book import OfficeBook, make_book
from models.intake.columns import FORM
from models.intake.document import read_document_sources
from models.intake.reading import WORKBOOK, read_sources
from models.intake.sources import Sources
from models.next_quarter.changes import Change
from models.next_quarter.past import past_days
from models.next_quarter.rollover import Rollover
from models.next_quarter.tables import applied, settings_of, write_tables
from models.next_quarter.workbook import content_of, write_workbook
from models.plan import Plan
from models.problem import Problem
from models.saying import both, named, said
from models.soundness import plan_faults
from models.thaitext import key

#: things of another office up to which each is told; more of them are told together
_FEW: Final = 5


@dataclass(frozen=True)
class NextQuarter:
    """This quarter's office as it was read, and what changes towards the next one."""

    sources: Sources
    settings_text: str | None
    workbook: bytes | None
    book: OfficeBook
    rollover: Rollover
    changes: tuple[Change, ...]

    def write(self, folder: Path, refused: frozenset[str] = frozenset()) -> None:
        """Write the next office into ``folder``, without the ``refused`` lines: a workbook where this one's is one.

        Raises:
            InvalidInput: the workbook has parts that cannot be written again.
        """
        if self.workbook is None:
            for name, text in self.files(refused).items():
                (folder / name).write_text(text, encoding="utf-8", newline="\n")
            return
        accepted, only, horizon = self._accepted(refused)
        tables = applied(self.sources, accepted, only)
        (folder / WORKBOOK).write_bytes(write_workbook(self.workbook, self.sources, tables, *horizon))

    def files(self, refused: frozenset[str] = frozenset()) -> dict[str, str]:
        """The files of the next office's folder of tables, name -> text, without the ``refused`` lines."""
        accepted, only, horizon = self._accepted(refused)
        return write_tables(self.sources, accepted, *horizon, self.settings_text, only)

    def _accepted(self, refused: frozenset[str]) -> tuple[list[Change], str | None, tuple[dt.date, dt.date]]:
        """The changes that are not refused, the one depot where there is one alone, and the horizon."""
        accepted = [change for change in self.changes if change.key not in refused]
        depots = self.book.office.depots
        only = depots[0].id if len(depots) == 1 else None
        horizon = (self.rollover.first, self.rollover.last)
        if not any(change.table == "office" for change in accepted):
            days = self.book.problem.workdays
            horizon = (days[0], days[-1])
        return accepted, only, horizon


def next_quarter(
    office: Path | dict[str, Any], plan: Plan, problem: Problem, handbook: Handbook, first: dt.date, last: dt.date,
    day: dt.date | None = None,
) -> NextQuarter:  # fmt: skip
    """What follows for the days ``first`` to ``last`` from an office, its plan and its reports.

    ``office``: a folder, a workbook, or the office as ``visit-office/1``. ``day``: up to when the reports tell; that of
    the last visit held where not given.

    Raises:
        InvalidInput: the office is at fault, the plan is not of this office, or the days run backwards.
    """
    sources, settings_text = _read(office), settings_of(office) if isinstance(office, Path) else None
    book = make_book(_read(office))
    faults = [*plan_faults(problem, plan), *foreign(book, problem), *backwards(first, last)]
    if faults:
        raise InvalidInput(faults)
    context = Context(plan, problem, book.office)
    rollover = Rollover(Records.until(context, handbook, day), book, first, last)
    workbook = content_of(office) if isinstance(office, Path) and settings_text is None else None
    return NextQuarter(
        sources, settings_text, workbook, book, rollover, (*rollover.changes(), *past_days(sources, first))
    )


def _read(office: Path | dict[str, Any]) -> Sources:
    """The office's tables, of their own each time, since making a book of them adds its faults."""
    return read_sources(office) if isinstance(office, Path) else read_document_sources(office)


def foreign(book: OfficeBook, problem: Problem) -> Iterator[Fault]:
    """What shows that a plan's ``problem`` is of another office, or of another quarter of this one."""
    remedy = said("Give the office, the plan and the handbook of one quarter.")
    for kind in ("cooperatives", "officers"):
        names = {row.id: {key(row.name_th), key(row.name_en)} for row in getattr(book.office, kind)}
        called, things = named(kind, FORM[kind].thai), getattr(problem, kind)
        strange = [thing.id for thing in things if thing.id not in names]
        if len(strange) > _FEW:
            cause = both(
                "The plan has {count} {kind} that the office has not, such as {examples}.",
                "แผนมี{kind} {count} รายการที่สำนักงานไม่มี เช่น {examples}",
                count=len(strange), kind=called, examples=", ".join(strange[:_FEW]),
            )  # fmt: skip
            yield Fault("plan-foreign", kind, cause, remedy)
        for id_ in strange if len(strange) <= _FEW else ():
            cause = said("The plan has {id}, which is none of the office's {kind}.", id=repr(id_), kind=called)
            yield Fault("plan-foreign", kind, cause, remedy)
        others = [thing.id for thing in things if thing.name and key(thing.name) not in names.get(thing.id, {""})]
        others = [id_ for id_ in others if id_ in names]
        if len(others) > _FEW and 2 * len(others) > len(things):
            cause = both(
                "{count} of the plan's {kind} bear other names in the office's tables, such as {examples}.",
                "{kind}ในแผน {count} รายการมีชื่อไม่ตรงกับตารางของสำนักงาน เช่น {examples}",
                count=len(others), kind=called, examples=", ".join(others[:_FEW]),
            )  # fmt: skip
            yield Fault("plan-foreign", kind, cause, remedy)
    days, own = problem.workdays, book.problem.workdays
    if days and own and set(days).isdisjoint(own):
        cause = both(
            "The plan is of other days, {first} to {last}, than the office's tables, {begin} to {end}.",
            "แผนเป็นของช่วง {first} ถึง {last} แต่ตารางของสำนักงานเป็นของช่วง {begin} ถึง {end}",
            first=days[0], last=days[-1], begin=own[0], end=own[-1],
        )  # fmt: skip
        yield Fault("plan-foreign", "workdays", cause, remedy)


def backwards(first: dt.date, last: dt.date, where: str = "last") -> Iterator[Fault]:
    """That the last day of the next quarter, which was given at ``where``, lies before its first."""
    if last < first:
        cause = said("{last} lies before {first}.", last=last, first=first)
        yield Fault("date-order", where, cause, said("Write the first day first."))
