"""What is reported has happened: which visits of a plan have a report, and the first day that may still change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.service.access import At, Door, Watcher
from api.service.errors import documented
from api.service.loading import load_planned
from api.storage.database import Database
from api.storage.publications import publication
from api.storage.reports import newest_reports
from models.handbook.reports import Report
from models.plan import Plan
from models.problem import Problem

router = APIRouter(prefix="/v1/plans", tags=["handbook"], route_class=Door)


class ReportedAnswer(BaseModel):
    """The visits of a plan that have a report, by whether they were ``held``.

    ``last``: the day of the last of them; ``changes_from``: the first day that replanning may change where it is told
    none; both null where nothing is reported. ``moved``: reported visits that the plan has on another day than the
    published one.
    """

    held: dict[str, bool]
    last: dt.date | None
    changes_from: dt.date | None
    moved: list[str]


@router.get("/{id}/reported", responses=documented(401, 403, 404, 409, 422))
def read_reported(id: str, response: Response, at: At, token: Watcher) -> ReportedAnswer:
    """Which visits of a plan have a report, and the first day that may still change."""
    _, stated, plan = load_planned(at.database, id)
    reports = reports_of(at.database, stated.problem)
    with at.database.read() as session:
        standing = publication(session)
    published = load_planned(at.database, standing.plan_id)[2] if standing and reports else plan
    before, now = days_of(published), days_of(plan)
    last = last_reported(reports, before)
    response.headers["Cache-Control"] = "no-store"
    return ReportedAnswer(
        held={visit: report.held for visit, report in reports.items()},
        last=last,
        changes_from=after(last) if last else None,
        moved=[visit for visit in reports if visit in before and before[visit] != now.get(visit)],
    )


def reports_of(database: Database, problem: Problem) -> dict[str, Report]:
    """The newest report of each visit of a problem that has one."""
    if not problem.workdays:
        return {}
    with database.read() as session:
        rows = newest_reports(session, problem.workdays[0])
    known = problem.visit_by_id
    return {row.visit: Report.model_validate_json(row.report) for row in rows if row.visit in known}


def days_of(plan: Plan) -> dict[str, dt.date]:
    """The days on which a plan has its visits."""
    return {stop.visit: tour.date for tour in plan.tours for stop in tour.stops}


def last_reported(reports: Mapping[str, Report], days: Mapping[str, dt.date]) -> dt.date | None:
    """The last day that reports tell of: planned or held, whichever is later. None without any."""
    told = [day for visit, report in reports.items() for day in (days.get(visit), report.date) if day]
    return max(told, default=None)


def after(day: dt.date) -> dt.date:
    """The day after one, as far as there are days."""
    return day + dt.timedelta(days=day < dt.date.max)
