"""What the head of office approves: the published plan, its travel requests, reports of visits; by whom and when."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from api.service.access import Allowed, At, Door, Watcher
from api.service.errors import documented, unknown
from api.service.examples import shown
from api.service.reports import Season, season_of
from api.service.state import Service
from api.storage.publications import publication
from api.storage.reports import approvals, approve, newest_report, newest_reports, report_subject, reporters
from api.storage.tables import HEAD, Approval, Token
from api.today import day_of
from models.faults import Fault, InvalidInput
from models.handbook.reports import Report
from models.saying import both

router = APIRouter(prefix="/v1", tags=["handbook"], route_class=Door)

Head = Annotated[Token, Depends(Allowed((HEAD,)))]


class ReportListed(BaseModel):
    """The newest version of a visit's report: who wrote it and when, and who approved it, where somebody did."""

    visit: str
    cooperative: str
    version: int
    held: bool
    date: dt.date | None
    by: str
    reported_at: dt.datetime
    approved_by: str | None
    approved_at: dt.datetime | None


@router.get("/reports", responses=documented(401, 403, 404, 422))
async def list_reports(at: At, token: Watcher) -> list[ReportListed]:
    """The reports of the published plan, the newest first, and which of them the head of office approved."""
    season = await season_of(at)
    return await run_in_threadpool(listed_reports, at, season)


def listed_reports(at: Service, season: Season) -> list[ReportListed]:
    """The newest version of each report of a season, the newest first."""
    with at.database.read() as session:
        rows, names = newest_reports(session, season.first), reporters(session, season.first)
        approved = {row.subject: (by, row.approved_at) for row, by in approvals(session, "handbook")}
    found = []
    for row in sorted(rows, key=lambda row: row.reported_at, reverse=True):
        visit = season.context.visits.get(row.visit)
        if visit is not None:
            report = Report.model_validate_json(row.report)
            by, on = approved.get(report_subject(season.first, row.visit, row.version), (None, None))
            found.append(
                ReportListed(
                    visit=row.visit, cooperative=visit.cooperative, version=row.version, held=report.held,
                    date=report.date, by=names[row.visit, row.version], reported_at=row.reported_at, approved_by=by,
                    approved_at=on,
                )
            )  # fmt: skip
    return found


def approved_reports(at: Service, season: Season) -> dict[str, tuple[str, dt.date]]:
    """The visits of a season whose newest report is approved: by whom, and on which day in the office."""
    return {
        one.visit: (one.approved_by, day_of(one.approved_at))
        for one in listed_reports(at, season)
        if one.approved_by is not None and one.approved_at is not None
    }


Kind = Literal["plan", "requests", "handbook"]


class ApproveRequest(BaseModel, extra="forbid", strict=True):
    """What is approved: plan or travel requests of a published ``version``, or that version of a visit's report."""

    model_config = shown(kind="plan", version=1)

    kind: Kind
    version: Annotated[int, Field(ge=1, lt=2**31)]
    visit: Annotated[str | None, Field(max_length=200)] = None


class ApprovalAnswer(BaseModel):
    """What was approved, by whom and when."""

    kind: Kind
    version: int
    visit: str | None
    season: dt.date | None
    by: str
    approved_at: dt.datetime


@router.post(
    "/approvals",
    status_code=201,
    responses=documented(401, 403, 404, 413, 422) | {200: {"model": ApprovalAnswer, "description": "It was before"}},
)
async def approve_it(asked: ApproveRequest, response: Response, at: At, token: Head) -> ApprovalAnswer:
    """Approve a published plan, its travel requests, or a version of a report, as the head of office."""
    if (asked.kind == "handbook") != (asked.visit is not None):
        cause = both(
            "A visit is named for the handbook, and for nothing else.", "ระบุการเข้าส่งเสริมเฉพาะเมื่ออนุมัติรายงานในสมุดคู่มือ"
        )
        remedy = both("Give visit with kind handbook only.", "ระบุ visit เฉพาะเมื่อ kind เป็น handbook")
        fault = Fault("field-value", "visit", cause, remedy)
        raise InvalidInput([fault])
    season = await season_of(at) if asked.visit is not None else None

    def approved() -> tuple[Approval, bool]:
        with at.database.read() as session:
            if season is None or asked.visit is None:
                if publication(session, asked.version) is None:
                    raise unknown("version")
                subject = str(asked.version)
            else:
                newest = newest_report(session, season.first, asked.visit)
                if newest is None or asked.version > newest.version:
                    raise unknown("report")
                subject = report_subject(season.first, asked.visit, asked.version)
        return approve(at.database, asked.kind, subject, token.id)

    made, new = await run_in_threadpool(approved)
    response.status_code = 201 if new else 200
    return _approval(made, token.name)


@router.get("/approvals", responses=documented(401, 403, 422))
def list_approvals(at: At, token: Watcher, kind: Kind | None = None) -> list[ApprovalAnswer]:
    """What the head of office approved, the newest first."""
    with at.database.read() as session:
        return [_approval(row, by) for row, by in approvals(session, kind)]


def _approval(row: Approval, by: str) -> ApprovalAnswer:
    kind = cast("Kind", row.kind)  # the database holds these only
    if kind != "handbook":
        return ApprovalAnswer(
            kind=kind, version=int(row.subject), visit=None, season=None, by=by, approved_at=row.approved_at
        )
    season, version, visit = row.subject.split("/", 2)
    return ApprovalAnswer(
        kind=kind, version=int(version), visit=visit, season=dt.date.fromisoformat(season), by=by,
        approved_at=row.approved_at,
    )  # fmt: skip
