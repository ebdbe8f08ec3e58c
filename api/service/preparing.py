"""Preparation: how far the content of issues is, and the visits on which it is agreed before the calendar begins."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from api.service.access import At, Door, Planner, Watcher
from api.service.errors import documented, language_of
from api.service.loading import load_stated
from api.service.problems import KEPT_BEFORE, ProblemKept, kept
from api.service.queries import IsoDate
from api.service.reading import posted, read_json
from api.service.reports import season_of
from api.storage.problems import tables_of, without_tables
from models.preparation import readiness

router = APIRouter(prefix="/v1", tags=["handbook"], route_class=Door)


@router.post("/problems/{id}/preparation", status_code=201, responses=documented(401, 403, 404, 422) | KEPT_BEFORE)
def keep_preparation(id: str, request: Request, response: Response, at: At, token: Planner) -> ProblemKept:
    """Keep the visits that prepare the content of an office as a problem of their own, to be planned like any other."""
    with at.database.read() as session:
        load_stated(session, id)  # refuses an id that is none
        tables = tables_of(session, id)
    if tables is None:
        raise without_tables()
    return kept(at, posted(*read_json(tables.document.encode(), "preparation")), response, language_of(request))


class ReadinessAnswer(BaseModel):
    """How far the content of an issue is: ``next_step`` says whom to agree it with next; absent once it is ready."""

    issue: str
    title_th: str
    title_en: str
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
            issue=one.issue.id, title_th=one.issue.title_th, title_en=one.issue.title_en,
            cooperative=one.issue.cooperative, lead=one.lead, state=one.state,
            next_step=one.next_step, content_ready=one.issue.content_ready, first_visit=one.first_visit,
            overdue=one.overdue, too_late=one.too_late,
        )
        for one in found
    ]  # fmt: skip
