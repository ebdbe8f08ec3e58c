"""The handbook, the evaluation and the urgency of a published plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from api.circle.rendering import POLICY
from api.formats import XLSX
from api.service.access import At, Door, Watcher
from api.service.approving import approved_reports
from api.service.calendars import published
from api.service.documents import Document, answered
from api.service.errors import Refused, documented
from api.service.policies import apart
from api.service.queries import IsoDate, Whole
from api.service.reports import HandbookReader, Season, handbook_for, handbook_of, loaded_season, season_of
from api.service.speaking import Spoken
from api.service.state import Service
from api.storage.publications import versions
from api.storage.reports import reports_written
from api.storage.tables import OFFICER, Publication, Token
from models.evaluation.evaluating import EditionDays, evaluate
from models.evaluation.figures import Evaluation
from models.faults import Fault
from models.handbook.records import Records
from models.saying import both

router = APIRouter(prefix="/v1", tags=["handbook"], route_class=Door)

Day = Annotated[IsoDate | None, Query(description="Up to when the reports tell; the last visit held.")]
Version = Annotated[
    Whole | None, Query(ge=1, lt=2**31, description="The publication that the reports are about; the newest one.")
]
_POLICY: Final = apart(POLICY)


#: earlier editions that are looked at
MOST_EDITIONS = 200


class Form(StrEnum):
    """What a handbook or an evaluation can be had as."""

    json = "json"
    html = "html"
    xlsx = "xlsx"


_FORMS = documented(401, 403, 404, 422) | {200: {"content": {"application/json": {}, "text/html": {}, XLSX: {}}}}


@router.get("/handbook", response_class=Response, responses=_FORMS)
async def read_handbook(
    at: At,
    token: HandbookReader,
    lang: Spoken,
    format: Form = Form.json,
    cooperative: Annotated[str | None, Query(max_length=200, description="The sheet of one cooperative.")] = None,
    officer: Annotated[str | None, Query(max_length=200, description="The sheet of one officer.")] = None,
    day: Day = None,
    version: Version = None,
) -> Response:
    """The reports of a published plan: as JSON, as the workbook, or as sheets to print. Officers have their own."""
    season = await season_of(at, version)

    def drawn() -> Response:
        with at.shelf.pens:
            return _handbook(at, season, token, format, lang.value, cooperative, officer, day)

    return await run_in_threadpool(drawn)


def _handbook(
    at: At, season: Season, token: Token, format: Form, lang: str, cooperative: str | None, officer: str | None,
    day: dt.date | None,
) -> Response:  # fmt: skip
    handbook, context = handbook_for(at, season, token), season.context
    if token.role == OFFICER:
        if officer not in (None, token.officer) or cooperative is not None or format is Form.xlsx:
            cause = both("An officer has the own sheet, and the own reports.", "เจ้าหน้าที่ดูได้เฉพาะแบบและรายงานของตน")
            remedy = both(
                "Leave officer and cooperative out, and ask for json or html.",
                "ไม่ต้องระบุเจ้าหน้าที่และสหกรณ์ และขอเป็น json หรือ html",
            )
            raise Refused(403, Fault("role-forbidden", "officer", cause, remedy))
        officer = token.officer
    if format is Form.json:
        return Response(handbook.to_json(), media_type="application/json")
    if format is Form.html:
        from api.circle.handbook import handbook_page

        chosen = [cooperative] if cooperative else () if officer else None
        people = [officer] if officer else () if cooperative else None
        records = Records.until(context, handbook, day)
        return _page(handbook_page(records, lang, chosen, people, approved_reports(at, season)))
    from models.handbook.writing import write_handbook

    with TemporaryDirectory() as folder:
        path = Path(folder) / "handbook.xlsx"
        write_handbook(path, context, lang, handbook)
        return _workbook(path.read_bytes(), "handbook.xlsx")


def _page(text: str) -> Response:
    headers = {"Content-Security-Policy": _POLICY}
    return Response(text, media_type="text/html; charset=utf-8", headers=headers)


def _workbook(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=XLSX, headers=headers)


_MEDIA = {Form.json: "application/json", Form.html: "text/html; charset=utf-8", Form.xlsx: XLSX}
_EVALUATION_HEADERS = {
    Form.json: {},
    Form.html: {"Content-Security-Policy": _POLICY},
    Form.xlsx: {"Content-Disposition": 'attachment; filename="evaluation.xlsx"'},
}  # fmt: skip


@router.get("/evaluation", response_class=Response, responses=_FORMS)
async def read_evaluation(
    request: Request, at: At, token: Watcher, lang: Spoken, format: Form = Form.json, day: Day = None,
    version: Version = None,
) -> Response:  # fmt: skip
    """The evaluation of a published plan by its reports, against its earlier editions and the quarter before.

    Worked out anew only where there is another publication or a new report since.
    """
    made = await published(at, version)

    def drawn() -> Document:
        with at.database.read() as session:
            key = ("evaluation", made.version, reports_written(session), format, lang, day)
        return at.shelf.get(key, lambda: _evaluation(at, loaded_season(at, made), format, lang.value, day))

    return answered(request, await run_in_threadpool(drawn), _MEDIA[format], _EVALUATION_HEADERS[format])


def _evaluation(at: Service, season: Season, format: Form, lang: str, day: dt.date | None) -> bytes:
    handbook, context = handbook_of(at, season), season.context
    records = Records.until(context, handbook, day)
    editions, former = _earlier(at, season)
    found: Evaluation = evaluate(records, editions, at.editions.of(season.plan).edition)
    if format is Form.json:
        return found.to_json().encode()
    from api.circle.evaluation import evaluation_page
    from api.circle.telling import Telling
    from api.circle.workbook import evaluation_workbook

    tell, before = Telling(records, lang), None if former is None else _figures(at, loaded_season(at, former))
    if format is Form.html:
        return evaluation_page(tell, found, before).encode()
    return evaluation_workbook(tell, found, before)


def _earlier(at: Service, season: Season) -> tuple[list[EditionDays], Publication | None]:
    """The earlier editions of a season's plan, the first one first; and the last one of the quarter before."""
    editions: list[EditionDays] = []
    with at.database.read() as session:
        made = [row for row, _ in versions(session, season.version, MOST_EDITIONS)]
    for row in made:
        former = at.editions.of(row.plan_id)
        if former.first != season.first:
            return editions[::-1], row if former.first < season.first else None
        editions.append(former.edition)
    return editions[::-1], None


def _figures(at: Service, season: Season) -> Evaluation:
    handbook, context = handbook_of(at, season), season.context
    return evaluate(Records.until(context, handbook))


class ReasonAnswer(BaseModel):
    """Why points are given; ``sentence`` says it in the language asked for, with the points."""

    sentence: str
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
async def read_urgency(at: At, token: Watcher, lang: Spoken, day: Day = None) -> list[UrgencyAnswer]:
    """Every cooperative by its urgency, the most urgent first, explained number by number."""
    season = await season_of(at)

    def found() -> list[UrgencyAnswer]:
        from api.circle.telling import Telling

        handbook = handbook_of(at, season)
        records = Records.until(season.context, handbook, day)
        tell = Telling(records, lang.value)
        return [
            UrgencyAnswer(
                cooperative=one.cooperative,
                points=one.points,
                reasons=[ReasonAnswer(sentence=tell.reason(reason), **asdict(reason)) for reason in one.reasons],
            )
            for one in tell.urgencies
        ]

    return await run_in_threadpool(found)
