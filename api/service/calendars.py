"""Calendars: of any plan for planners, and the published one that people act on."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.formats import Format
from api.service.access import At, Planner, Reader
from api.service.choosing import Choice, choice, require_known
from api.service.errors import Refused, documented, unknown
from api.service.formats import Lang, Stand, draw, format_of
from api.service.queries import Whole
from api.service.shelf import Document
from api.service.state import Service
from api.storage import plans
from api.storage.database import Database
from api.storage.plans import REPLANS
from api.storage.problems import Stated, load_problem
from api.storage.publications import Overtaken, publication, publish
from api.storage.tables import DONE, OFFICER, Publication, StoredPlan
from models.faults import Fault
from models.plan import Plan
from optimizer.comparing.differences import Difference, differences

router = APIRouter(prefix="/v1", tags=["calendars"])

#: at most so many changes are listed when a publication was overtaken
MOST_CHANGES = 50

_CONTENT: dict[str, Any] = {
    format.media: {"schema": {"type": "object"} if format.media.endswith("json") else {"type": "string"}}
    for format in Format
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The calendar", "content": _CONTENT},
    304: {"description": "It is as the client has it"},
}

Wanted = Annotated[Choice, Depends(choice)]
FormatWanted = Annotated[Format | None, Query(alias="format", description="Goes before the header Accept.")]
Known = Annotated[str | None, Header(max_length=1000, description="The entity tag the client has.")]


class PublishRequest(BaseModel, extra="forbid", strict=True):
    """``replaces``: the version that the planner saw and means to replace; 0 where nothing was published."""

    replaces: Annotated[int, Query(ge=0, lt=2**31, examples=[0])]


class Published(BaseModel):
    """A version of the published calendar."""

    version: int
    plan: str
    published_at: dt.datetime


def _published(made: Publication) -> Published:
    return Published(version=made.version, plan=made.plan_id, published_at=made.published_at)


@router.get(
    "/plans/{id}/calendar", response_class=Response, responses=_ANSWERS | documented(401, 403, 404, 406, 409, 422)
)
async def plan_calendar(
    id: str,
    request: Request,
    at: At,
    token: Planner,
    chosen: Wanted,
    format: FormatWanted = None,
    lang: Lang = Lang.th,
    if_none_match: Known = None,
) -> Response:
    """A plan's calendar, by officer, cooperative, district, day or week, in the format asked for."""
    wanted = format_of(request, format)
    await run_in_threadpool(_require_plan, at, id)
    document = await _document(at, id, None, chosen, wanted, lang)
    return _answer(document, wanted, if_none_match)


@router.get("/calendar", response_class=Response, responses=_ANSWERS | documented(401, 403, 404, 406, 422))
async def published_calendar(
    request: Request,
    at: At,
    token: Reader,
    chosen: Wanted,
    format: FormatWanted = None,
    lang: Lang = Lang.th,
    version: Annotated[Whole | None, Query(ge=1, lt=2**31, description="An earlier version.")] = None,
    if_none_match: Known = None,
) -> Response:
    """The published calendar. An officer's token sees the officer's own."""
    if token.role == OFFICER:
        if chosen.officer not in (None, token.officer):
            fault = Fault("role-forbidden", "officer", "The token is of another officer.", "Leave officer out.")
            raise Refused(403, fault)
        chosen = Choice(token.officer, chosen.cooperative, chosen.district, chosen.day, chosen.week)
    wanted = format_of(request, format)
    found = await at.memory.recall(("publication", version), partial(_found, at.database, version))
    if found is None:
        fault = Fault("calendar-unpublished", "calendar", "It is not published.", "Publish a plan first.")
        raise Refused(404, fault)
    document = await _document(at, found.plan_id, found, chosen, wanted, lang)
    return _answer(document, wanted, if_none_match, {"Patithin-Version": str(found.version)})


@router.post(
    "/plans/{id}/publish",
    status_code=201,
    responses=documented(401, 403, 404, 409, 422)
    | {200: {"model": Published, "description": "It was published in this place before"}},
)
def publish_plan(id: str, asked: PublishRequest, response: Response, at: At, token: Planner) -> Published:
    """Make a plan the published one. Who publishes on the ground of a version that is not the current one any more
    gets 409 and is told what changed."""
    _require_plan(at, id)
    try:
        made, new = publish(at.database, id, token.id, asked.replaces)
    except Overtaken as overtaken:
        raise _overtaken(at, asked.replaces, overtaken.current) from None
    finally:
        at.memory.forget()
    response.status_code = 201 if new else 200
    return _published(made)


def _found(database: Database, version: int | None) -> Publication | None:
    with database.read() as session:
        return publication(session, version)


def _require_plan(at: Service, id: str) -> None:
    with at.database.read() as session:
        row = session.get(StoredPlan, id)
    if row is None:
        raise unknown("plan")
    if row.summary is None:
        raise plan_missing(row)


def plan_missing(row: StoredPlan) -> Refused:
    """The run has no plan: none yet, none at all, or proposals instead."""
    proposed = REPLANS in row.request and row.state == DONE
    cause = f"The run is {row.state} and has {'proposals' if proposed else 'no plan'}."
    remedy = "Choose one of its proposals." if proposed else "Wait for it, or run it again."
    return Refused(409, Fault("plan-missing", "plan", cause, remedy))


def _overtaken(at: Service, seen: int, current: Publication | None) -> Refused:
    from api.telling.differences import visit_json  # only now: it takes its time to load

    with at.database.read() as session:
        before = publication(session, seen) if seen else None
    found = _changed(at.database, before, current)
    standing = current.version if current else 0
    fault = Fault(
        "publish-overtaken",
        "replaces",
        f"Version {standing} stands now, not {seen}; {len(found)} visits differ.",
        f"Look at what changed, and publish with replaces {standing}.",
    )
    more = {
        "current": _published(current).model_dump(mode="json") if current else None,
        "changed": len(found),
        "changes": [visit_json(one) for one in found[:MOST_CHANGES]],
    }
    return Refused(409, fault, more=more)


def _changed(database: Database, before: Publication | None, current: Publication | None) -> tuple[Difference, ...]:
    """The visits that differ between two publications, those that matter most first; None is an empty calendar."""
    known = [load_planned(database, made.plan_id)[1:] for made in (before, current) if made is not None]
    if not known:
        return ()
    former, old = known[0] if before is not None else (known[-1][0], Plan())
    stated, new = known[-1] if current is not None else (known[0][0], Plan())
    return differences(old, new, stated.problem, former.problem).visits


def load_plan(session: Session, id: str) -> Plan:
    """The plan of a run that has one."""
    found = plans.plan_text(session, id)
    if found is None or found[1] is None:
        raise unknown("plan")
    return Plan.model_validate_json(found[1])


def load_planned(database: Database, id: str) -> tuple[StoredPlan, Stated, Plan]:
    """A run that has a plan, the problem, and the plan.

    Raises:
        Refused: there is no such run, or it has no plan.
    """
    with database.read() as session:
        row = session.get(StoredPlan, id)
        if row is None:
            raise unknown("plan")
        if row.summary is None:
            raise plan_missing(row)
        stated = load_problem(session, row.problem_id)
        if stated is None:
            raise unknown("problem")
        return row, stated, load_plan(session, id)


async def _document(
    at: Service, id: str, made: Publication | None, chosen: Choice, format: Format, lang: Lang
) -> Document:
    key = (id, made.version if made else None, chosen, format, lang)
    known = at.shelf.known(key)
    if known is not None:
        return known
    return await run_in_threadpool(at.shelf.get, key, partial(_drawn, at.database, id, made, chosen, format, lang))


def _drawn(database: Database, id: str, made: Publication | None, chosen: Choice, format: Format, lang: Lang) -> bytes:
    row, stated, plan = load_planned(database, id)
    require_known(chosen, stated)
    head = {
        "version": made.version if made else None,
        "published_at": made.published_at.isoformat() if made else None,
        "plan": id,
        "problem": row.problem_id,
        "name": stated.problem.name,
    }
    return draw(Stand(plan, stated, head), chosen, format, lang)


def _answer(document: Document, format: Format, known: str | None, headers: dict[str, str] | None = None) -> Response:
    sent = {"ETag": document.etag, "Cache-Control": "private, no-cache", "Vary": "Accept, Authorization"}
    sent |= headers or {}
    tags = {tag.strip().removeprefix("W/") for tag in (known or "").split(",")}
    if document.etag in tags or "*" in tags:
        return Response(status_code=304, headers=sent)
    if format.attached:
        sent["Content-Disposition"] = f'attachment; filename="calendar.{format}"'
    return Response(document.body, media_type=format.media, headers=sent)
