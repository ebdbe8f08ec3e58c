"""The next quarter over HTTP: what changes in the office's tables and why, line by line; each line can be overruled."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field

from api.circle.lines import Line
from api.formats import XLSX
from api.service.access import At, Door, Planner
from api.service.errors import FaultShape, documented, language_of, shape_of
from api.service.problems import KEPT_BEFORE, ProblemKept, kept
from api.service.reading import posted, read_tables
from api.service.reports import Season, handbook_of, season_of
from api.service.speaking import Spoken
from api.service.state import Service
from api.storage.problems import Tables, tables_of, without_tables
from models.faults import Fault, InvalidInput
from models.fields import Day, Id
from models.gathering import gathered
from models.intake.reading import WORKBOOK
from models.jsontext import parse_json
from models.next_quarter.making import NextQuarter
from models.saying import said

router = APIRouter(prefix="/v1", tags=["handbook"], route_class=Door)

#: of every file in the archive, so that the same tables make the same bytes
_MADE: Final = (2012, 8, 1, 0, 0, 0)


class NextFormat(StrEnum):
    """What the next quarter can be had as: its lines, the office's workbook, or the folder of tables in an archive."""

    json = "json"
    xlsx = "xlsx"
    zip = "zip"


_MEDIA: Final = {NextFormat.xlsx: XLSX, NextFormat.zip: "application/zip"}


class NextRequest(BaseModel, extra="forbid"):
    """The days of the next quarter, and the keys of the lines that are not to be.

    ``problem``: whose tables to start from, that of the published plan where it is left out; an office's workbook that
    was posted. ``day``: up to when the reports tell, the last visit held where it is left out.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"first": "2012-11-01", "last": "2013-01-31"}]})

    first: Day
    last: Day
    refuse: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=20_000)] = []
    problem: Id | None = None
    day: Day | None = None


class NextAnswer(BaseModel):
    """What changes towards the next quarter. ``unreported``: visits past their day of which nothing is reported.

    ``warnings``: what is doubtful in its days; ``faults``: what has to be mended in its tables, with all lines that are
    not refused, before it can be planned.
    """

    first: dt.date
    last: dt.date
    day: dt.date
    unreported: int
    lines: list[Line]
    warnings: list[FaultShape] = []
    faults: list[FaultShape] = []


@dataclass(frozen=True)
class _Made:
    """The next quarter as it was asked for."""

    next: NextQuarter
    refused: frozenset[str]


@router.post(
    "/next-quarter",
    response_model=NextAnswer,
    responses=documented(401, 403, 404, 413, 422)
    | {200: {"model": NextAnswer, "content": {media: {} for media in _MEDIA.values()}}},
)
async def make_next_quarter(
    asked: NextRequest, at: At, token: Planner, lang: Spoken, format: NextFormat = NextFormat.json
) -> Response | NextAnswer:
    """What changes in the office's tables for the next quarter, by the published plan and its reports, line by line.

    The lines named under ``refuse`` are left out. ``format``: ``xlsx`` is the next office's workbook, a copy of this
    one's where the office came as one; ``zip`` its folder of tables, ``_changes.csv`` and ``next.html``.
    """
    season = await season_of(at)
    made = await run_in_threadpool(_made, at, season, asked)
    if format is NextFormat.json:
        return await run_in_threadpool(_lines, made, lang.value)
    body = await run_in_threadpool(_workbook if format is NextFormat.xlsx else _archive, made, lang.value)
    name = {NextFormat.xlsx: WORKBOOK, NextFormat.zip: "next.zip"}[format]
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=_MEDIA[format], headers=headers)


@router.post("/problems/next-quarter", status_code=201, responses=documented(401, 403, 404, 413, 422) | KEPT_BEFORE)
async def keep_next_quarter(
    asked: NextRequest, request: Request, response: Response, at: At, token: Planner
) -> ProblemKept:
    """Keep the next quarter's office as a problem that can be planned; what keeps it from that is told at once."""
    season = await season_of(at)
    made = await run_in_threadpool(_made, at, season, asked)

    def kept_now() -> ProblemKept:
        with tempfile.TemporaryDirectory(prefix="patithin-") as folder:
            made.next.write(Path(folder), made.refused)
            stated, warnings = read_tables(Path(folder))
            read = posted(stated, (*made.next.rollover.doubts, *warnings))
        return kept(at, read, response, language_of(request))

    return await run_in_threadpool(kept_now)


def _made(at: Service, season: Season, asked: NextRequest) -> _Made:
    from models.next_quarter.making import next_quarter

    with at.database.read() as session:
        tables = tables_of(session, asked.problem or season.problem)
    if tables is None:
        raise without_tables()
    context, handbook = season.context, handbook_of(at, season)
    with tempfile.TemporaryDirectory(prefix="patithin-") as folder:
        office = _office(tables, Path(folder))
        made = next_quarter(office, context.plan, context.problem, handbook, asked.first, asked.last, asked.day)
    known, refused = {change.key for change in made.changes}, frozenset(asked.refuse)
    faults = [
        Fault("id-unknown", "refuse", said("There is no line {key} among the changes.", key=repr(key)),
              said("Take the keys from a fresh file of changes."))
        for key in sorted(refused - known)
    ]  # fmt: skip
    if faults:
        raise InvalidInput(faults)
    return _Made(made, refused)


def _office(tables: Tables, folder: Path) -> Path | dict[str, Any]:
    """The workbook that the tables came in, put into ``folder``; the tables themselves where they came otherwise."""
    if tables.workbook is None:
        document: dict[str, Any] = parse_json(tables.document, "tables")[0]
        return document
    file = folder / WORKBOOK
    file.write_bytes(tables.workbook)
    return file


def _lines(made: _Made, lang: str) -> NextAnswer:
    from api.circle.next_page import lines_of

    rollover = made.next.rollover

    def shapes(faults: Iterable[Fault]) -> list[FaultShape]:
        return [FaultShape.model_validate(shape_of(fault, lang)) for fault in faults]

    return NextAnswer(
        first=rollover.first, last=rollover.last, day=rollover.records.day, unreported=len(rollover.unreported),
        lines=lines_of(made.next, lang, made.refused),
        warnings=shapes(gathered(rollover.doubts)), faults=shapes(_faults(made)),
    )  # fmt: skip


def _faults(made: _Made) -> tuple[Fault, ...]:
    """What has to be mended in the next office's tables before it can be planned."""
    with tempfile.TemporaryDirectory(prefix="patithin-") as folder:
        made.next.write(Path(folder), made.refused)
        try:
            read_tables(Path(folder))
        except InvalidInput as error:
            return error.faults
    return ()


def _archive(made: _Made, lang: str) -> bytes:
    from api.circle.next_page import next_files

    files = made.next.files(made.refused) | next_files(made.next, lang, made.refused)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(zipfile.ZipInfo(name, _MADE), text.encode())
    return archive.getvalue()


def _workbook(made: _Made, lang: str) -> bytes:
    from models.filled import write_filled
    from models.intake.reading import read_sources

    with tempfile.TemporaryDirectory(prefix="patithin-") as name:
        folder = Path(name)
        made.next.write(folder, made.refused)
        if made.next.workbook is None:
            write_filled(folder / WORKBOOK, read_sources(folder), lang)
        return (folder / WORKBOOK).read_bytes()
