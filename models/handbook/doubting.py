"""What reports say soundly and can hardly mean: told as warnings, and counted as it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from models.faults import Fault
from models.handbook.context import Context
from models.handbook.reports import Report
from models.handbook.soundness import Where
from models.intake.doubting import LONGEST_AHEAD, LONGEST_OVERDUE, doubt
from models.plan import Frozen
from models.saying import both
from models.thaitext import key


def doubts_of_reports(reports: Iterable[Report], context: Context, where: Callable[[str, str], str]) -> Iterator[Fault]:
    """A warning for each value of sound reports that can hardly be meant.

    ``where`` tells the place of a key, such as ``steps[0].by``, by the visit.
    """
    workdays = frozenset(context.problem.workdays)
    for report in reports:
        at = partial(where, report.visit)
        if report.date is not None and report.date not in workdays:
            cause = both("{day} is no workday of the plan.", "{day} ไม่ใช่วันทำการของแผน", day=report.date)
            remedy = both("Check the date; leave it where the visit was on that day.",
                          "ตรวจวันที่ ถ้าเข้าพบในวันนั้นจริง ไม่ต้องแก้")  # fmt: skip
            yield doubt(at("date"), cause, remedy)
        if report.date is not None:
            yield from _ahead(report, report.date, at)
        yield from _twice(report, at)


def _ahead(report: Report, day: dt.date, at: Where) -> Iterator[Fault]:
    """Days by which something is to be done that lie before the visit on which that was agreed, or years from it."""
    remedy = both("Check the year and the month.", "ตรวจปีและเดือน")
    for number, step in enumerate(report.steps):
        if step.by is not None and step.by < day:
            cause = both("It is to be done by {by}, and was agreed on a visit of {day}.",
                         "กำหนดเสร็จ {by} แต่ตกลงกันในการเข้าพบเมื่อ {day}", by=step.by, day=day)  # fmt: skip
            yield doubt(at(f"steps[{number}].by"), cause, remedy)
    ahead = [(f"steps[{number}].by", step.by) for number, step in enumerate(report.steps)]
    ahead += [(f"new_issues[{number}].due", issue.due) for number, issue in enumerate(report.new_issues)]
    for place, due in ahead:
        if due is not None and (due - day).days > LONGEST_AHEAD:
            cause = both("{due} lies more than five years after the visit.", "{due} อยู่หลังการเข้าพบเกินห้าปี", due=due)
            yield doubt(at(place), cause, remedy)
    for number, issue in enumerate(report.new_issues):
        if issue.due is not None and (day - issue.due).days > LONGEST_OVERDUE:
            cause = both("{due} lies more than a year before the visit.", "{due} อยู่ก่อนการเข้าพบเกินหนึ่งปี", due=issue.due)
            yield doubt(at(f"new_issues[{number}].due"), cause, remedy)


def _twice(report: Report, at: Where) -> Iterator[Fault]:
    """Rows of one visit that say what one above them does: they count once more."""
    sheets: tuple[tuple[str, str, Sequence[Frozen]], ...] = (
        ("new_issues", "topic", report.new_issues), ("findings", "text", report.findings),
        ("steps", "what", report.steps),
    )  # fmt: skip
    for sheet, column, rows in sheets:
        seen: set[tuple[object, ...]] = set()
        for number, row in enumerate(rows):
            cells = row.model_dump(exclude={"id"}).values()
            told = tuple(key(cell) if isinstance(cell, str) else cell for cell in cells)
            if told in seen:
                cause = both("A row above says the same of this visit.", "แถวก่อนหน้าบอกเรื่องเดียวกันของการเข้าส่งเสริมนี้")
                remedy = both("Remove one, if they are one.", "ถ้าเป็นเรื่องเดียวกันให้ลบออกหนึ่งแถว")
                yield doubt(at(f"{sheet}[{number}].{column}"), cause, remedy)
            seen.add(told)
