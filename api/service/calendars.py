"""Calendars: of any plan for planners, and the published one that people act on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.formats import Format
from api.language.lang import Lang
from api.service.access import At, Door, Reader, Watcher
from api.service.choosing import Chosen, choice, require_known
from api.service.documents import Document, answered
from api.service.errors import Refused, documented, unknown
from api.service.formats import Stand, draw, format_of
from api.service.knowing import reduced, shelved_for
from api.service.loading import load_planned, plan_missing
from api.service.policies import apart
from api.service.queries import Whole
from api.service.speaking import Spoken
from api.service.standing import past_of, was_published
from api.service.state import Service
from api.storage.database import Database
from api.storage.drafts import line_of, moves_kept
from api.storage.publications import publication
from api.storage.tables import OFFICER, Publication, StoredPlan
from models.faults import Fault
from models.plan import Plan
from models.saying import both
from optimizer.replanning.beginning import acted_on

router = APIRouter(prefix="/v1", tags=["calendars"], route_class=Door)

_CONTENT: dict[str, Any] = {
    format.media: {"schema": {"type": "object"} if format.media.endswith("json") else {"type": "string"}}
    for format in Format
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The calendar", "content": _CONTENT},
    304: {"description": "It is as the client has it"},
}

Wanted = Annotated[Chosen, Depends(choice)]
FormatWanted = Annotated[Format | None, Query(alias="format", description="Goes before the header Accept.")]
Known = Annotated[
    str | None, Header(alias="If-None-Match", max_length=1000, description="The entity tag the client has.")
]


@router.get(
    "/plans/{id}/calendar", response_class=Response, responses=_ANSWERS | documented(401, 403, 404, 406, 409, 422)
)
async def plan_calendar(
    id: str,
    request: Request,
    at: At,
    token: Watcher,
    lang: Spoken,
    chosen: Wanted,
    format: FormatWanted = None,
    _known: Known = None,
) -> Response:
    """A plan's calendar, by officer, cooperative, district, day or week, in the format asked for."""
    wanted = format_of(request, format)
    await run_in_threadpool(require_plan, at, id)
    stands = await run_in_threadpool(_stands, at.database, id)
    asked = _Asked(id, None, None, chosen, wanted, lang, None, stands)
    document = await at.shelf.have(asked, partial(_drawn, at.database, asked))
    return _answer(request, document, wanted)


@router.get("/calendar", response_class=Response, responses=_ANSWERS | documented(401, 403, 404, 406, 422))
async def published_calendar(
    request: Request,
    at: At,
    token: Reader,
    lang: Spoken,
    chosen: Wanted,
    format: FormatWanted = None,
    version: Annotated[Whole | None, Query(ge=1, lt=2**31, description="An earlier version.")] = None,
    _known: Known = None,
) -> Response:
    """The published calendar. An officer's token sees the officer's own."""
    if token.role == OFFICER:
        if chosen.officer not in (None, token.officer):
            cause = both("The token is of another officer.", "โทเคนเป็นของเจ้าหน้าที่คนอื่น")
            fault = Fault("role-forbidden", "officer", cause, both("Leave officer out.", "ไม่ต้องระบุเจ้าหน้าที่"))
            raise Refused(403, fault)
        chosen = replace(chosen, officer=token.officer)
    wanted = format_of(request, format)
    found = await published(at, version)
    asked = _Asked(
        found.plan_id, found.version, found.published_at, chosen, wanted, lang, shelved_for(token), stands=True
    )
    document = await at.shelf.have(asked, partial(_drawn, at.database, asked))
    return _answer(request, document, wanted, {"Patithin-Version": str(found.version)})


async def published(at: Service, version: int | None) -> Publication:
    """The published version, the current one where none is named.

    Raises:
        Refused: it is not published.
    """
    found = await at.memory.recall(("publication", version), partial(_found, at.database, version))
    if found is None:
        cause = both("It is not published.", "ยังไม่ได้ประกาศ")
        fault = Fault("calendar-unpublished", "calendar", cause, both("Publish a plan first.", "ประกาศแผนก่อน"))
        raise Refused(404, fault)
    return found


def _found(database: Database, version: int | None) -> Publication | None:
    with database.read() as session:
        return publication(session, version)


def _stands(database: Database, id: str) -> bool:
    with database.read() as session:
        return was_published(session, id)


def _past(database: Database, id: str) -> dt.date | None:
    with database.read() as session:
        return past_of(session, id)


def require_plan(at: Service, id: str) -> None:
    """See that there is a run of this id that has a plan.

    Raises:
        Refused: there is none.
    """
    with at.database.read() as session:
        row = session.get(StoredPlan, id)
    if row is None:
        raise unknown("plan")
    if row.summary is None:
        raise plan_missing(row)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which calendar is asked for, and by which of those who are told apart: two that are equal are one document.

    ``version`` and ``published_at``: of the publication that is asked for, None for a plan as such. ``whose``: the
    officer whose part is told alone. ``stands``: the plan is or was published, so that no more of it is past than when
    it was made.
    """

    plan: str
    version: int | None
    published_at: dt.datetime | None
    chosen: Chosen
    format: Format
    lang: Lang
    whose: str | None
    stands: bool


def _drawn(database: Database, asked: _Asked) -> bytes:
    row, stated, plan = load_planned(database, asked.plan)
    gone = _past(database, asked.plan) if asked.stands else None
    if asked.stands and asked.format is not Format.plan:  # which goes with the problem that is kept
        problem, plan = acted_on(stated.problem, plan, gone)
        stated = replace(stated, problem=problem)
    stated, plan = reduced(asked.whose, stated, plan)
    require_known(asked.chosen, stated)
    head: dict[str, Any] = {
        "version": asked.version,
        "published_at": asked.published_at.isoformat() if asked.published_at else None,
        "name": stated.problem.name,
    }
    if asked.format is Format.board and asked.stands:
        head["today"] = gone.isoformat() if gone else None
    if asked.whose is None:  # an officer has no use for these, and they follow from what he or she may not know
        head |= {"plan": asked.plan, "problem": row.problem_id}
    stand = Stand(plan, stated, head, _by_hand(database, asked.plan, plan))
    return draw(stand, asked.chosen, asked.format, asked.lang)


def _by_hand(database: Database, id: str, plan: Plan) -> frozenset[str]:
    """The visits that the drafts behind a plan moved to another day than the plan they began with had."""
    with database.read() as session:
        line = list(line_of(session, id))
    placed = {move["visit"] for draft in line for move in moves_kept(draft) if move["kind"] == "place"}
    if not placed:
        return frozenset()
    _, _, begun = load_planned(database, line[-1].parent_id)
    before, now = begun.dates, plan.dates
    return frozenset(visit for visit in placed if before.get(visit) != now.get(visit))


def _answer(request: Request, document: Document, format: Format, headers: dict[str, str] | None = None) -> Response:
    sent = dict(headers or {})
    if format.attached:
        sent["Content-Disposition"] = f'attachment; filename="calendar.{format}"'
    if format.media == "text/html":
        from api.exports.rendering import CALENDAR_POLICY  # only now: it takes its time to load

        sent["Content-Security-Policy"] = apart(CALENDAR_POLICY)
    return answered(request, document, format.media, sent)
