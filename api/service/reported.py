"""What is reported has happened: which visits of a plan have a report, and the first day that may still change."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter
from pydantic import BaseModel

from api.service.access import At, Door, Watcher
from api.service.errors import documented
from api.service.loading import load_planned
from api.service.standing import days_reported_on, last_reported, opening, reports_of

router = APIRouter(prefix="/v1/plans", tags=["handbook"], route_class=Door)


class ReportedAnswer(BaseModel):
    """The visits of a plan that have a report, by whether they were ``held``.

    ``last``: the day of the last of them; ``changes_from``: the first day that is not past, by the reports or as it was
    said when the plan was mended; each null where there is none. ``moved``: reported visits that the plan has on
    another day than the published one. ``ahead``: visits of which was reported beforehand that they cannot take place;
    they make no day past, and may be moved.
    """

    held: dict[str, bool]
    last: dt.date | None
    changes_from: dt.date | None
    moved: list[str]
    ahead: list[str]


@router.get("/{id}/reported", responses=documented(401, 403, 404, 409, 422))
def read_reported(id: str, at: At, token: Watcher) -> ReportedAnswer:
    """Which visits of a plan have a report, and the first day that may still change."""
    _, stated, plan = load_planned(at.database, id)
    reports = reports_of(at.database, stated.problem)
    before, now = days_reported_on(at.database, stated.problem, plan) if reports else {}, plan.dates
    opens = opening(at.database, id, stated, plan)
    return ReportedAnswer(
        held={visit: one.report.held for visit, one in reports.items()},
        last=last_reported(reports, before),
        changes_from=opens,
        moved=[
            visit
            for visit, one in reports.items()
            if visit in before and before[visit] != now.get(visit) and not one.ahead(before[visit])
        ],
        ahead=[visit for visit, one in reports.items() if one.ahead(before.get(visit))],
    )
