"""A filled handbook that comes back: its reports are filed like those sent one by one, and none that stands is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.formats import XLSX
from api.service.access import At, Door, Planner, most_bytes
from api.service.errors import FaultShape, Refused, Unsound, documented, shape_of
from api.service.loading import load_texts
from api.service.reading import Filled
from api.service.reports import Season, handbook_in, require_sound, season_of
from api.service.speaking import Spoken
from api.service.state import Service
from api.storage.reports import file_reports, newest_reports, reporters
from api.storage.tables import StoredReport
from models.faults import Fault
from models.fields import Text
from models.gathering import gathered
from models.handbook.reports import Report
from models.saying import both

router = APIRouter(prefix="/v1", tags=["handbook"], route_class=Door)

#: seconds that reading a workbook may take
READING = 30.0

Take = Annotated[
    tuple[Text, ...],
    Query(max_length=500, description="`version/visit` of a report that the workbook is to replace; once for each."),
]


class DifferingAnswer(BaseModel):
    """A report that the workbook has otherwise than it stands: what stands was kept."""

    visit: str
    version: int
    by: str
    reported_at: dt.datetime
    stands: Report
    workbook: Report


class FiledAnswer(BaseModel):
    """What came of a filled handbook: visits whose reports were ``filed``, how many stood so before, those that stand
    otherwise and were kept, and visits whose report stands while the workbook's row is empty (kept as well).
    """

    filed: list[str]
    same: int
    differing: list[DifferingAnswer]
    empty: list[str]
    warnings: list[FaultShape]


@dataclass(slots=True)
class _Sorted:
    """The reports of a workbook beside those that stand: those to be filed, with the version that each replaces."""

    filed: dict[str, int] = field(default_factory=dict)
    same: int = 0
    differing: list[tuple[StoredReport, Report, Report]] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


@router.post(
    "/handbook",
    status_code=201,
    responses=documented(401, 403, 404, 413, 415, 422) | {200: {"model": FiledAnswer, "description": "Nothing is new"}},
    openapi_extra={
        "requestBody": {"required": True, "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}
    },
)
@most_bytes(lambda at: at.settings.most_bytes)
async def fill_handbook(
    request: Request, response: Response, at: At, token: Planner, lang: Spoken, take: Take = ()
) -> FiledAnswer:
    """File the reports of a handbook workbook that was filled in. Everything that is wrong is told at once, and nothing
    is filed then. A report that stands is kept where the workbook says otherwise, or nothing; ``take`` names those that
    the workbook is to replace, by the version that was seen.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != XLSX:
        cause = both(f"It is {media!r}.", f"ระบุไว้ {media!r}")
        raise Refused(415, Fault("media-unknown", "Content-Type", cause, both(f"Send {XLSX}.", "ส่งสมุดงาน .xlsx")))
    season, body = await season_of(at), await request.body()
    filled, sorted_, by = await run_in_threadpool(_filed, at, season, body, token.id, frozenset(take))
    response.status_code = 201 if sorted_.filed else 200
    return FiledAnswer(
        filed=list(sorted_.filed), same=sorted_.same, empty=sorted_.empty,
        differing=[
            DifferingAnswer(
                visit=row.visit, version=row.version, by=by[row.visit, row.version], reported_at=row.reported_at,
                stands=stands, workbook=written,
            )
            for row, stands, written in sorted_.differing
        ],
        warnings=[FaultShape.model_validate(shape_of(one, lang.value)) for one in gathered(filled.doubts)],
    )  # fmt: skip


def _filed(
    at: Service, season: Season, body: bytes, token: str, take: frozenset[str]
) -> tuple[Filled, _Sorted, dict[tuple[str, int], str]]:
    texts = load_texts(at.database, season.plan).texts
    read = at.aside.ask(("filled", season.plan), "api.service.reading:read_filled", body, *texts, seconds=READING)
    if not isinstance(read, Filled):
        raise Unsound(read.faults, read.sheets)
    found = _Sorted()

    def chosen(session: Session) -> list[tuple[str, str, int]]:
        _sort(session, season, read.reports, take, found)
        new = [one for one in read.reports if one.visit in found.filed]
        kept = [one for one in handbook_in(session, season).reports if one.visit not in found.filed]
        require_sound(season.context, kept, new, at.this_day(), "report of {}, {}".format)
        return [(one.visit, one.model_dump_json(exclude_none=True), found.filed[one.visit]) for one in new]

    file_reports(at.database, season.first, token, chosen)
    with at.database.read() as session:
        return read, found, reporters(session, season.first)


def _sort(session: Session, season: Season, reports: tuple[Report, ...], take: frozenset[str], found: _Sorted) -> None:
    """Hold the reports of a workbook against those that stand."""
    standing = {row.visit: row for row in newest_reports(session, season.first) if row.visit in season.context.visits}
    for report in reports:
        row = standing.pop(report.visit, None)
        stands = None if row is None else Report.model_validate_json(row.report)
        if row is None or stands is None:
            found.filed[report.visit] = 0
        elif _whole(stands, season) == _whole(report, season):
            found.same += 1
        elif f"{row.version}/{row.visit}" in take:
            found.filed[report.visit] = row.version
        else:
            found.differing.append((row, stands, report))
    found.empty = list(standing)


def _whole(report: Report, season: Season) -> Report:
    """A report with the day and the crew of the plan where it leaves them open: a workbook is read so."""
    place = season.context.places.get(report.visit)
    if not report.held or place is None:
        return report
    given = {"date": report.date or place.date, "officers": report.officers or place.crew}
    return report.model_copy(update=given)
