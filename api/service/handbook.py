"""The handbook and the evaluation of the published plan, and what the head of office approves."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from api.service.access import Allowed, At, Door, Watcher
from api.service.errors import Refused, documented, unknown
from api.service.formats import Lang
from api.service.loading import load_planned
from api.service.queries import IsoDate
from api.service.reports import HandbookReader, Season, handbook_of, season_of
from api.storage.publications import publication, versions
from api.storage.reports import approvals, approve, newest_report
from api.storage.tables import HEAD, OFFICER, Approval, Token
from models.evaluation.evaluating import evaluate
from models.evaluation.figures import Evaluation
from models.faults import Fault, InvalidInput
from models.handbook.records import Records, day_of
from models.handbook.reports import Handbook
from models.handbook.urgency import urgencies
from models.preparation import readiness

router = APIRouter(prefix="/v1", tags=["handbook"], route_class=Door)

Head = Annotated[Token, Depends(Allowed((HEAD,)))]
Day = Annotated[IsoDate | None, Query(description="Up to when the reports tell; the last visit held.")]
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"


class Form(StrEnum):
    """What a handbook or an evaluation can be had as."""

    json = "json"
    html = "html"
    xlsx = "xlsx"


_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMS = documented(401, 403, 404, 422) | {200: {"content": {"application/json": {}, "text/html": {}, _WORKBOOK: {}}}}


@router.get("/handbook", response_class=Response, responses=_FORMS)
async def read_handbook(
    at: At,
    token: HandbookReader,
    format: Form = Form.json,
    lang: Lang = Lang.th,
    cooperative: Annotated[str | None, Query(max_length=200, description="The sheet of one cooperative.")] = None,
    officer: Annotated[str | None, Query(max_length=200, description="The sheet of one officer.")] = None,
    day: Day = None,
) -> Response:
    """The reports of the published plan: as JSON, as the workbook, or as sheets to print. Officers have their own."""
    season = await season_of(at)
    return await run_in_threadpool(_handbook, at, season, token, format, lang.value, cooperative, officer, day)


def _handbook(
    at: At, season: Season, token: Token, format: Form, lang: str, cooperative: str | None, officer: str | None,
    day: dt.date | None,
) -> Response:  # fmt: skip
    handbook, context = handbook_of(at, season), season.context
    if token.role == OFFICER:
        if officer not in (None, token.officer) or cooperative is not None or format is Form.xlsx:
            cause = "An officer has the own sheet, and the own reports."
            raise Refused(403, Fault("role-forbidden", "officer", cause, "Leave officer and cooperative out."))
        officer = token.officer
        places = context.places
        own = tuple(r for r in handbook.reports if r.visit in places and officer in places[r.visit].crew)
        handbook = Handbook(aspects=handbook.aspects, reports=own, illustrative=handbook.illustrative)
    if format is Form.json:
        return Response(handbook.to_json(), media_type="application/json", headers={"Cache-Control": "no-store"})
    if format is Form.html:
        from api.circle.handbook import handbook_page

        chosen = [cooperative] if cooperative else () if officer else None
        people = [officer] if officer else () if cooperative else None
        records = Records(context, handbook, day or day_of(context, handbook))
        return _page(handbook_page(records, lang, chosen, people))
    from models.handbook.writing import write_handbook

    with TemporaryDirectory() as folder:
        path = Path(folder) / "handbook.xlsx"
        write_handbook(path, context, lang, handbook)
        return _workbook(path.read_bytes(), "handbook.xlsx")


def _page(text: str) -> Response:
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return Response(text, media_type="text/html; charset=utf-8", headers=headers)


def _workbook(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=_WORKBOOK, headers=headers)


@router.get("/evaluation", response_class=Response, responses=_FORMS)
async def read_evaluation(
    at: At, token: Watcher, format: Form = Form.json, lang: Lang = Lang.th, day: Day = None
) -> Response:
    """The evaluation of the published plan by its reports, against the editions before it."""
    season = await season_of(at)
    return await run_in_threadpool(_evaluation, at, season, format, lang.value, day)


def _evaluation(at: At, season: Season, format: Form, lang: str, day: dt.date | None) -> Response:
    handbook, context = handbook_of(at, season), season.context
    records = Records(context, handbook, day or day_of(context, handbook))
    with at.database.read() as session:
        made = [row for row, _ in versions(session, None, 200)]
    editions = []
    for row in reversed(made[1:]):
        _, stated, plan = load_planned(at.database, row.plan_id)
        if stated.problem.workdays[:1] == context.problem.workdays[:1]:
            editions.append((plan, stated.problem))
    found: Evaluation = evaluate(records, editions)
    if format is Form.json:
        return Response(found.to_json(), media_type="application/json", headers={"Cache-Control": "no-store"})
    from api.circle.evaluation import evaluation_page
    from api.circle.telling import Telling
    from api.circle.workbook import evaluation_workbook

    tell = Telling(records, lang)
    if format is Form.html:
        return _page(evaluation_page(tell, found))
    return _workbook(evaluation_workbook(tell, found), "evaluation.xlsx")


class ReasonAnswer(BaseModel):
    """Why points are given."""

    kind: str
    points: int
    count: int
    aspect: str | None
    issue: str | None
    topic: str | None


class UrgencyAnswer(BaseModel):
    """How urgent a cooperative is: the points, and each reason with its own."""

    cooperative: str
    points: int
    reasons: list[ReasonAnswer]


@router.get("/urgency", responses=documented(401, 403, 404, 422))
async def read_urgency(at: At, token: Watcher, day: Day = None) -> list[UrgencyAnswer]:
    """Every cooperative by its urgency, the most urgent first, explained number by number."""
    season = await season_of(at)

    def found() -> list[UrgencyAnswer]:
        handbook = handbook_of(at, season)
        records = Records(season.context, handbook, day or day_of(season.context, handbook))
        return [
            UrgencyAnswer(
                cooperative=one.cooperative,
                points=one.points,
                reasons=[ReasonAnswer.model_validate(asdict(reason)) for reason in one.reasons],
            )
            for one in urgencies(records)
        ]

    return await run_in_threadpool(found)


class ReadinessAnswer(BaseModel):
    """How far the content of an issue is: ``next_step`` says whom to agree it with next; absent once it is ready."""

    issue: str
    cooperative: str
    lead: str | None
    state: str
    next_step: str | None
    content_ready: dt.date | None
    first_visit: dt.date | None
    overdue: bool
    too_late: bool


@router.get("/readiness", responses=documented(401, 403, 404, 422))
async def read_readiness(
    at: At, token: Watcher, day: Annotated[IsoDate | None, Query(description="As of; the plan's first workday.")] = None
) -> list[ReadinessAnswer]:
    """How far the content of each issue of the published plan is, what comes too late first."""
    season = await season_of(at)
    context = season.context
    if context.office is None:
        return []
    found = await run_in_threadpool(readiness, context.office, context.problem, context.plan, day or season.first)
    return [
        ReadinessAnswer(
            issue=one.issue.id, cooperative=one.issue.cooperative, lead=one.lead, state=one.state,
            next_step=one.next_step, content_ready=one.issue.content_ready, first_visit=one.first_visit,
            overdue=one.overdue, too_late=one.too_late,
        )
        for one in found
    ]  # fmt: skip


Kind = Literal["plan", "requests", "handbook"]


class ApproveRequest(BaseModel, extra="forbid", strict=True):
    """What is approved: plan or travel requests of a published ``version``, or that version of a visit's report."""

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
        fault = Fault("field-value", "visit", "A visit is named for the handbook, and for nothing else.", "Mend it.")
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
                subject = f"{season.first}/{asked.version}/{asked.visit}"
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
    kind: Kind = row.kind  # type: ignore[assignment]  # the database holds these only
    if kind != "handbook":
        return ApprovalAnswer(
            kind=kind, version=int(row.subject), visit=None, season=None, by=by, approved_at=row.approved_at
        )
    season, version, visit = row.subject.split("/", 2)
    return ApprovalAnswer(
        kind=kind, version=int(version), visit=visit, season=dt.date.fromisoformat(season), by=by,
        approved_at=row.approved_at,
    )  # fmt: skip
