"""Reports of visits: written by an officer of the crew or a planner, every version kept, conflicts told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api.service.access import Allowed, At, Door
from api.service.calendars import published
from api.service.errors import FaultShape, Refused, documented, shape_of, unknown
from api.service.examples import REPORT, shown
from api.service.loading import load_planned
from api.service.speaking import Spoken
from api.service.state import Service
from api.storage.problems import season_start
from api.storage.reports import (
    ReportOvertaken,
    approval_of,
    newest_report,
    newest_reports,
    put_report,
    report_subject,
    report_versions,
)
from api.storage.tables import HEAD, OFFICER, PLANNER, Publication, StoredReport, Token
from models.clock import format_clock
from models.faults import Fault, InvalidInput
from models.handbook.context import Context
from models.handbook.doubting import doubts_of_reports
from models.handbook.records import Records
from models.handbook.reports import LIMITS, Handbook, Report
from models.handbook.soundness import faults_of_day, faults_of_report, faults_of_reports
from models.saying import both

router = APIRouter(prefix="/v1", tags=["handbook"], route_class=Door)

Reporter = Annotated[Token, Depends(Allowed((PLANNER, OFFICER)))]
HandbookReader = Annotated[Token, Depends(Allowed((PLANNER, HEAD, OFFICER)))]


class ReportRequest(BaseModel, extra="forbid"):
    """``replaces``: the version that the writer saw and means to replace; 0 where there was none."""

    model_config = shown(**REPORT)

    replaces: Annotated[int, Field(ge=0, lt=2**31, strict=True)]
    report: Report


class ReportAnswer(BaseModel):
    """A version of a visit's report."""

    visit: str
    version: int
    report: Report
    reported_at: dt.datetime


class ReportWrittenAnswer(ReportAnswer):
    """The version that was written, and what is doubtful in it: that is told, and hinders nothing."""

    warnings: list[FaultShape]


class ReportVersionAnswer(ReportAnswer):
    """A version and who wrote it."""

    by: str


@dataclass(frozen=True, slots=True)
class Season:
    """The published plan that reports are about, its ids and its version; ``first`` tells quarters apart."""

    context: Context
    first: dt.date
    problem: str
    version: int
    plan: str

    def require(self, visit: str, token: Token) -> None:
        """See that the visit exists and that the token may see it: an officer those of his or her own tours.

        Raises:
            Refused: there is no such visit for this token.
        """
        if visit not in self.context.visits:
            raise unknown("visit")
        place = self.context.places.get(visit)
        if token.role == OFFICER and (place is None or token.officer not in place.crew):
            raise unknown("visit")


async def season_of(at: Service, version: int | None = None) -> Season:
    """The season of the published plan, of an earlier version where one is named.

    Raises:
        Refused: nothing is published.
    """
    return await run_in_threadpool(loaded_season, at, await published(at, version))


def loaded_season(at: Service, made: Publication) -> Season:
    """The season of a publication."""
    row, stated, plan = load_planned(at.database, made.plan_id)
    context = Context(plan, stated.problem, stated.office)
    return Season(context, season_start(stated.problem), row.problem_id, made.version, made.plan_id)


def handbook_of(at: Service, season: Season) -> Handbook:
    """The newest reports of a season that still fit the published plan."""
    with at.database.read() as session:
        return handbook_in(session, season)


def handbook_in(session: Session, season: Season) -> Handbook:
    """:func:`handbook_of` within a transaction."""
    rows = newest_reports(session, season.first)
    reports = tuple(Report.model_validate_json(row.report) for row in rows if row.visit in season.context.visits)
    return Handbook(aspects=season.context.aspects, reports=reports, illustrative=season.context.illustrative)


def handbook_for(at: Service, season: Season, token: Token) -> Handbook:
    """The reports that a token may read: an officer those of the own tours."""
    handbook, places = handbook_of(at, season), season.context.places
    if token.role != OFFICER:
        return handbook
    own = tuple(r for r in handbook.reports if r.visit in places and token.officer in places[r.visit].crew)
    return handbook.model_copy(update={"reports": own})


def _told(row: StoredReport) -> ReportAnswer:
    return ReportAnswer(
        visit=row.visit, version=row.version, report=Report.model_validate_json(row.report), reported_at=row.reported_at
    )


@router.get("/visits/{id:path}/report", responses=documented(401, 403, 404, 422))
async def read_report(id: str, at: At, token: HandbookReader) -> ReportAnswer:
    """The newest report of a visit of the published plan."""
    season = await season_of(at)
    season.require(id, token)

    def read() -> StoredReport | None:
        with at.database.read() as session:
            return newest_report(session, season.first, id)

    found = await run_in_threadpool(read)
    if found is None:
        raise unknown("report")
    return _told(found)


@router.get("/visits/{id:path}/report/versions", responses=documented(401, 403, 404, 422))
async def read_versions(id: str, at: At, token: HandbookReader) -> list[ReportVersionAnswer]:
    """Every version of a visit's report, the newest first, with who wrote it."""
    season = await season_of(at)
    season.require(id, token)

    def read() -> list[tuple[StoredReport, str]]:
        with at.database.read() as session:
            return report_versions(session, season.first, id)

    return [ReportVersionAnswer(**dict(_told(row)), by=by) for row, by in await run_in_threadpool(read)]


class NamedAnswer(BaseModel):
    """A thing with its names."""

    id: str
    name_th: str
    name_en: str


class IssueAnswer(NamedAnswer):
    """An issue of a visit's agenda, and the sessions it needed when the plan was made; ``found``: the day on which an
    earlier visit found it, where one did."""

    wanted: int
    found: dt.date | None = None


class ReportingAnswer(BaseModel):
    """What a form for the report of a visit needs: the plan's day, times and crew, the choices, and what stands.

    ``limits``: least and most of each number. ``version`` is 0 and ``report`` absent where nothing was reported yet;
    ``approved_by`` is set where the head of office approved this version.
    """

    visit: str
    season: dt.date
    cooperative: str
    date: dt.date | None
    start: str | None
    end: str | None
    crew: list[str]
    people: list[NamedAnswer]
    issues: list[IssueAnswer]
    aspects: list[NamedAnswer]
    topics: list[NamedAnswer]
    limits: dict[str, tuple[int, int]]
    version: int
    report: Report | None
    approved_by: str | None
    approved_at: dt.datetime | None


@router.get("/visits/{id:path}/reporting", responses=documented(401, 403, 404, 422))
async def read_reporting(id: str, at: At, token: HandbookReader) -> ReportingAnswer:
    """What a form for the report of a visit needs, in one answer."""
    season = await season_of(at)
    season.require(id, token)
    return await run_in_threadpool(_reporting, at, season, id)


def _reporting(at: Service, season: Season, id: str) -> ReportingAnswer:
    with at.database.read() as session:
        row = newest_report(session, season.first, id)
        subject = report_subject(season.first, id, row.version if row else 0)
        approval, by = approval_of(session, "handbook", subject) or (None, None)
    context = season.context
    visit, place, office = context.visits[id], context.places.get(id), context.office
    people = {one.id: (one.name or one.id,) * 2 for one in context.problem.officers}
    people |= {one.id: (one.name_th, one.name_en) for one in office.officers} if office else {}
    crew = list(place.crew) if place else []
    report = Report.model_validate_json(row.report) if row else None
    shown = dict.fromkeys([*crew, *(report.officers if report else ())])
    agenda = (context.issues.get(issue) for issue in visit.issues or ())
    handbook = handbook_of(at, season)
    found = Records.until(context, handbook).found_before(visit)
    return ReportingAnswer(
        visit=id, season=season.first, cooperative=visit.cooperative,
        date=place.date if place else None, start=format_clock(round(place.start)) if place else None,
        end=format_clock(round(place.end)) if place else None, crew=crew,
        people=[_named(one, *people.get(one, (one, one))) for one in shown],
        issues=[
            IssueAnswer(
                id=one.id, name_th=one.title_th or one.id, name_en=one.title_en or one.title_th or one.id,
                wanted=one.sessions,
            )
            for one in agenda if one is not None
        ] + [
            IssueAnswer(
                id=one.id, name_th=one.title_th or one.title_en or one.id,
                name_en=one.title_en or one.title_th or one.id, wanted=one.wanted, found=one.found,
            )
            for one in found if one.id not in (visit.issues or ())
        ],
        aspects=[_named(one.id, one.name_th, one.name_en) for one in context.aspects],
        topics=[_named(one.id, one.name_th, one.name_en) for one in (office.topics if office else ())],
        limits=LIMITS, version=row.version if row else 0, report=report, approved_by=by,
        approved_at=approval.approved_at if approval else None,
    )  # fmt: skip


def _named(id_: str, name_th: str, name_en: str) -> NamedAnswer:
    return NamedAnswer(id=id_, name_th=name_th, name_en=name_en)


_PUT = documented(401, 403, 404, 409, 413, 422) | {
    200: {"model": ReportWrittenAnswer, "description": "It was reported so before"}
}


@router.put("/visits/{id:path}/report", status_code=201, responses=_PUT)
async def write_report(
    id: str, asked: ReportRequest, response: Response, at: At, token: Reporter, lang: Spoken
) -> ReportWrittenAnswer:
    """Report on a visit, by an officer of its crew or a planner. Who writes on the ground of a version that is not the
    newest any more gets 409 with the newest one; sending the same again changes nothing. No visit is held on a day that
    is still to come; that one cannot take place may be reported beforehand."""
    season = await season_of(at)
    season.require(id, token)
    made, new = await run_in_threadpool(_written, at, season, id, asked, token)
    response.status_code = 201 if new else 200
    doubts = doubts_of_reports([asked.report], season.context, lambda _, key: f"report.{key}")
    warnings = [FaultShape.model_validate(shape_of(one, lang.value)) for one in doubts]
    return ReportWrittenAnswer(**dict(_told(made)), warnings=warnings)


def _written(at: Service, season: Season, id: str, asked: ReportRequest, token: Token) -> tuple[StoredReport, bool]:
    report, context = asked.report, season.context
    faults: list[Fault] = []
    if report.visit != id:
        faults.append(
            Fault(
                "field-value",
                "report.visit",
                both(f"It is {report.visit!r}.", f"ระบุไว้ {report.visit!r}"),
                both(f"Write {id!r}.", f"ระบุ {id!r}"),
            )
        )
    if faults:
        raise InvalidInput(faults)

    def require(session: Session) -> None:
        others = [other for other in handbook_in(session, season).reports if other.visit != id]
        require_sound(context, others, [report], at.this_day(), lambda of, key: f"report.{key}")

    text = report.model_dump_json(exclude_none=True)
    try:
        return put_report(at.database, season.first, id, text, token.id, asked.replaces, require)
    except ReportOvertaken as overtaken:
        raise _overtaken(asked.replaces, overtaken.current) from None


def require_sound(
    context: Context, others: Sequence[Report], new: Sequence[Report], today: dt.date, where: Callable[[str, str], str]
) -> None:
    """See that ``new`` reports, of ``today``, are sound beside the ``others``; ``where`` tells the place of a key by
    the visit.

    What is wrong between others, as after a new edition of the plan, keeps nobody from writing these.

    Raises:
        InvalidInput: with everything that is wrong with them.
    """
    whole = Handbook(aspects=context.aspects, reports=(*others, *new))
    written = {one.visit for one in new}
    faults: list[Fault] = []
    for one in new:
        at = partial(where, one.visit)
        faults += faults_of_report(one, context, at, whole.found_at(one.visit, context.problem))
        faults += faults_of_day(one, today, at)
    between = faults_of_reports(whole.reports, context, lambda of, key: where(of, key) if of in written else "")
    faults += (fault for fault in between if fault.where)
    if faults:
        raise InvalidInput(faults)


def _overtaken(seen: int, current: StoredReport | None) -> Refused:
    standing = current.version if current else 0
    cause = both(f"Version {standing} stands now, not {seen}.", f"รายงานปัจจุบันคือฉบับที่ {standing} ไม่ใช่ {seen}")
    remedy = both(f"Look at what stands, and write with replaces {standing}.", f"ดูฉบับปัจจุบัน แล้วบันทึกแทนฉบับที่ {standing}")
    fault = Fault("report-overtaken", "replaces", cause, remedy)
    more: dict[str, Any] = {"current": _told(current).model_dump(mode="json") if current else None}
    return Refused(409, fault, more=more)
