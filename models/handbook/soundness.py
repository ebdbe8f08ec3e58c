"""What a report must keep beyond the limits of its fields: names that exist, and nothing that contradicts itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from models.clock import seconds
from models.faults import Fault
from models.handbook.context import Context
from models.handbook.reports import Report
from models.intake.names import untitled
from models.likeness import perhaps
from models.office import Agency, Topic
from models.saying import Said, both, named, said

#: where a field of a report stands, by its key: ``date``, or ``progress[0].issue`` for one of its parts
Where = Callable[[str], str]
#: choices that a remedy names
_MOST_OFFERED: Final = 30


def faults_of_report(
    report: Report, context: Context, where: Where, found: frozenset[str], *, sure: bool = True
) -> Iterator[Fault]:
    """What is wrong with one report that is sound field by field; ``found``: issues that reports found there.

    ``sure``: whether it is known if the visit was held, and so what must be reported of it.
    """
    known = report.visit in context.visits
    if not known:
        cause = said("The plan has no visit {visit}.", visit=repr(report.visit))
        yield Fault("id-unknown", where("visit"), cause, said("Give the plan that the handbook was written for."))
    if sure:
        yield from _held(report, where)
    yield from _when(report, context, where)
    yield from _who(report, context, where)
    if known:
        yield from _issues(report, context, where, found)
    yield from _topics(report, context, where)


def faults_of_reports(reports: Iterable[Report], context: Context, where: Callable[[str, str], str]) -> Iterator[Fault]:
    """What is wrong between reports; ``where`` tells the place of a key, such as ``new_issues[0].id``, by the visit."""
    metered: dict[str, str] = {}
    named: dict[str, str] = {}
    seen: set[str] = set()
    for report in reports:
        if report.visit in seen:
            cause = said("The visit {visit} has two reports.", visit=repr(report.visit))
            yield Fault("id-repeated", where(report.visit, "visit"), cause, said("Keep one of the two."))
        seen.add(report.visit)
        place = context.places.get(report.visit)
        if report.km is not None and place is not None and report.date == place.date:
            first = metered.setdefault(place.tour.id, report.visit)
            if first != report.visit:
                cause = said("The kilometres of its tour stand already with {visit}.", visit=first)
                remedy = said("Write the kilometres of a tour with one of its visits.")
                yield Fault("report-contradiction", where(report.visit, "km"), cause, remedy)
        for number, issue in enumerate(report.new_issues):
            twice = any(issue.id == other.id for other in report.new_issues[:number])
            if twice or issue.id in context.issues or named.setdefault(issue.id, report.visit) != report.visit:
                cause = said("There is an issue {id} already.", id=repr(issue.id))
                remedy = said("Give the new issue a code of its own.")
                yield Fault("id-repeated", where(report.visit, f"new_issues[{number}].id"), cause, remedy)


def _held(report: Report, where: Where) -> Iterator[Fault]:
    if report.held:
        if report.date is None:
            yield Fault("cell-missing", where("date"), said("It was held, but not said when."), said("Write the date."))
        if not report.officers:
            yield Fault(
                "cell-missing",
                where("officers"),
                said("It was held, but not said by whom."),
                said("Write their names or ids."),
            )
        if report.reason is not None:
            cause = said("It was held, and yet there is a reason why it was not.")
            yield Fault(
                "report-contradiction", where("reason"), cause, said("Clear the reason, or write no under held.")
            )
        return
    if report.reason is None:
        yield Fault(
            "cell-missing", where("reason"), said("It was not held, but not said why."), said("Choose the reason.")
        )
    cells = {
        "date": report.date, "start": report.start, "end": report.end, "officers": report.officers,
        "board": report.board, "management": report.management, "members": report.members,
    }  # fmt: skip
    told = [key for key, value in cells.items() if value]
    if told or report.progress or report.condition:
        cause = said("It was not held, and yet something of it is reported here.")
        at = told[0] if len(told) == 1 else "held"  # several are one slip
        if not told and not report.condition:
            at = "progress[0].outcome"  # it stands on a sheet of its own
        yield Fault("report-contradiction", where(at), cause, said("Clear it, or write yes under held."))


def _when(report: Report, context: Context, where: Where) -> Iterator[Fault]:
    if (report.start is None) != (report.end is None):
        missing = "end" if report.end is None else "start"
        yield Fault(
            "cell-missing", where(missing), said("Only one of the two times is given."), said("Write both, or neither.")
        )
    elif report.start is not None and report.end is not None and seconds(report.end) <= seconds(report.start):
        yield Fault(
            "time-order", where("end"), said("It ends before it begins."), said("Write the earlier time first.")
        )
    days = context.problem.workdays
    if report.date is not None and days and not days[0] <= report.date <= days[-1]:
        cause = said(
            "{date} lies outside of the plan, {first} to {last}.",
            date=report.date,
            first=days[0],
            last=days[-1],
        )
        yield Fault("cell-value", where("date"), cause, said("Mend the date; mind Buddhist years."))


def _who(report: Report, context: Context, where: Where) -> Iterator[Fault]:
    for officer in report.officers:
        if officer not in context.problem.officer_by_id:
            cause = said("There is no {id} among the officers.", id=repr(officer))
            remedy = said("Write names or ids of officers, parted by semicolons.")
            names = [row.name_th for row in context.office.officers] if context.office else []
            yield Fault("id-unknown", where("officers"), cause, perhaps(remedy, officer, names, by=untitled))


def _issues(report: Report, context: Context, where: Where, found: frozenset[str]) -> Iterator[Fault]:
    cooperative = context.visits[report.visit].cooperative
    known = found | {issue.id for issue in context.issues.values() if issue.cooperative == cooperative}
    known |= {id_ for visit in context.problem.visits_of[cooperative] for id_ in visit.issues or ()}
    seen: set[str] = set()
    for number, one in enumerate(report.progress):
        at = f"progress[{number}]"
        if one.issue not in known:
            cause = said("{cooperative} has no issue {id}.", cooperative=cooperative, id=repr(one.issue))
            yield Fault(
                "id-unknown", where(f"{at}.issue"), cause, said("Write an issue of the cooperative, or a new issue.")
            )
        if one.issue in seen:
            cause = said("The issue {id} is reported twice for this visit.", id=repr(one.issue))
            yield Fault("id-repeated", where(f"{at}.issue"), cause, said("Keep one of the two."))
        seen.add(one.issue)
        if one.outcome == "solved" and one.needed:
            cause = said("{id} is solved, and yet needs {number} more sessions.", id=one.issue, number=one.needed)
            yield Fault("report-contradiction", where(f"{at}.needed"), cause, said("Write 0, or another outcome."))
        if one.outcome != "solved" and one.needed == 0:
            cause = said("{id} is not solved, and yet needs no more sessions.", id=one.issue)
            yield Fault(
                "report-contradiction", where(f"{at}.needed"), cause, said("Write how many it needs, or solved.")
            )


def _topics(report: Report, context: Context, where: Where) -> Iterator[Fault]:
    chosen = [(f"findings[{n}].topic", one.topic) for n, one in enumerate(report.findings)]
    chosen += [(f"new_issues[{n}].topic", one.topic) for n, one in enumerate(report.new_issues)]
    for key, topic in chosen:
        if topic is None:
            continue
        if topic not in context.topics:
            rows = context.office.topics if context.office and context.office.topics else sorted(context.topics)
            cause = said("There is no topic {id}.", id=repr(topic))
            yield Fault("id-unknown", where(key), cause, _one_of(rows, topic))
    partners = context.problem.partner_by_id
    for number, issue in enumerate(report.new_issues):
        if issue.partner is not None and issue.partner not in partners:
            cause = said("There is no partner {id}.", id=repr(issue.partner))
            known = context.office.agencies if context.office and context.office.agencies else list(partners)
            yield Fault("id-unknown", where(f"new_issues[{number}].partner"), cause, _one_of(known, issue.partner))
    for id_ in report.condition:
        if id_ not in {aspect.id for aspect in context.aspects}:
            cause = said("There is no aspect {id}.", id=repr(id_))
            known_aspects = [aspect.id for aspect in context.aspects]
            yield Fault("id-unknown", where("condition"), cause, _one_of(known_aspects, id_))


def faults_of_day(report: Report, today: dt.date, where: Where) -> Iterator[Fault]:
    """That a visit is reported as held on a day after ``today``; that it cannot take place may be known beforehand."""
    if report.held and report.date is not None and report.date > today:
        cause = both(
            "It cannot have been held on {day}: today is {today}.", "ยังเข้าพบวันที่ {day} ไม่ได้ วันนี้คือ {today}",
            day=report.date, today=today,
        )  # fmt: skip
        remedy = both(
            "Check the date. Where it cannot take place, say that it was not held, and why.",
            "ตรวจวันที่ ถ้าจะเข้าไม่ได้ ให้รายงานว่าไม่ได้เข้าพบพร้อมเหตุผล",
        )
        yield Fault("report-contradiction", where("date"), cause, remedy)


def _one_of(rows: Sequence[Topic | Agency | str], written: str) -> Said:
    """What to choose from, by names where there are any; first what may have been meant."""
    ids = [row for row in rows if isinstance(row, str)]
    named_rows = [row for row in rows if not isinstance(row, str)]
    if not rows:
        return said("Leave the cell empty.")
    english = [*ids, *(row.name_en or row.name_th for row in named_rows)]
    thai = [*ids, *(row.name_th for row in named_rows)]
    cut = ", ..." if len(rows) > _MOST_OFFERED else ""
    choices = named(", ".join(english[:_MOST_OFFERED]) + cut, ", ".join(thai[:_MOST_OFFERED]) + cut)
    return perhaps(said("Write one of: {choices}.", choices=choices), written, [*thai, *english])
