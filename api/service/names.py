"""What things are called and where they lie: the names, districts, topics and map of an office, in both languages."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from api.service.access import At, Door, Reader, Watcher
from api.service.calendars import published
from api.service.documents import answered
from api.service.errors import documented, unknown
from api.service.knowing import reduced, shelved_for
from api.service.loading import load_planned, load_stated
from api.storage.database import Database
from api.storage.problems import Stated
from api.storage.tables import StoredPlan

router = APIRouter(prefix="/v1", tags=["names"], route_class=Door)

GEOJSON = "application/geo+json"


class Named(BaseModel):
    """A thing and its names; ``name`` is that of the problem, where it has one."""

    id: str
    name: str | None
    name_th: str | None
    name_en: str | None


class OfficeNamed(Named):
    """An office that tours leave from, and where it lies."""

    lat: float | None
    lon: float | None


class CarNamed(Named):
    """A car with a name, and the office that it is of."""

    office: str


class OfficerNamed(Named):
    """An officer, his or her office, and the topics that he or she can advise on."""

    office: str
    topics: list[str]


class CooperativeNamed(Named):
    """A cooperative: its kind, where it lies, and the standard that it reaches."""

    kind: str | None
    district_th: str | None
    district_en: str | None
    subdistrict_th: str | None
    subdistrict_en: str | None
    lat: float | None
    lon: float | None
    standard: str | None


class IssueNamed(BaseModel):
    """An issue: its cooperative, titles, topic, severity and audience."""

    id: str
    cooperative: str
    title_th: str
    title_en: str
    topic: str
    severity: int
    audience: str


class District(BaseModel):
    """A district, by both of its names."""

    name_th: str
    name_en: str


class NamesAnswer(BaseModel):
    """All names of an office. ``illustrative``: its cooperatives and officers are made up, and who shows them says so;
    ``travel_estimated`` likewise for distances; null where the problem came without tables, which say it. ``cars``:
    those with names, for planners and heads of office."""

    problem: str
    name: str
    name_th: str | None
    name_en: str | None
    illustrative: bool | None
    travel_estimated: bool | None
    workdays: list[str]
    offices: list[OfficeNamed]
    cars: list[CarNamed]
    officers: list[OfficerNamed]
    cooperatives: list[CooperativeNamed]
    districts: list[District]
    topics: list[Named]
    partners: list[Named]
    issues: list[IssueNamed]


_NAMES: dict[int | str, dict[str, Any]] = {200: {"model": NamesAnswer, "description": "The names"}}
_MAP: dict[int | str, dict[str, Any]] = {
    200: {"description": "The districts", "content": {GEOJSON: {"schema": {"type": "object"}}}}
}


@router.get("/problems/{id}/names", response_class=Response, responses=_NAMES | documented(401, 403, 404))
async def problem_names(id: str, request: Request, at: At, token: Watcher) -> Response:
    """The names, districts and topics of a problem's office."""
    document = await at.shelf.have(("names", id), partial(_names_of, at.database, id))
    return answered(request, document, "application/json")


@router.get("/problems/{id}/map", response_class=Response, responses=_MAP | documented(401, 403, 404))
async def problem_map(id: str, request: Request, at: At, token: Watcher) -> Response:
    """The districts of a problem's office as GeoJSON, with the properties ``name_th`` and ``name_en``."""
    return answered(request, await at.shelf.have(("map", id), partial(_map_of, at.database, id)), GEOJSON)


@router.get("/calendar/names", response_class=Response, responses=_NAMES | documented(401, 403, 404))
async def calendar_names(request: Request, at: At, token: Reader) -> Response:
    """The names in the published calendar; for an officer, those of his or her own part of it."""
    made = await published(at, None)
    whose = shelved_for(token)
    draw = partial(_names_of_plan, at.database, made.plan_id, whose)
    return answered(request, await at.shelf.have(("names", made.plan_id, whose), draw), "application/json")


@router.get("/calendar/map", response_class=Response, responses=_MAP | documented(401, 403, 404))
async def calendar_map(request: Request, at: At, token: Reader) -> Response:
    """The districts of the published calendar's office as GeoJSON."""
    made = await published(at, None)
    problem = await run_in_threadpool(_problem_of, at.database, made.plan_id)
    return answered(request, await at.shelf.have(("map", problem), partial(_map_of, at.database, problem)), GEOJSON)


def _problem_of(database: Database, plan: str) -> str:
    with database.read() as session:
        return session.get_one(StoredPlan, plan).problem_id


def _map_of(database: Database, problem: str) -> bytes:
    with database.read() as session:
        office = load_stated(session, problem).office
    if office is None or office.map is None:
        raise unknown("map")
    return json.dumps(office.map, ensure_ascii=False, separators=(",", ":")).encode()


def _names_of(database: Database, problem: str) -> bytes:
    with database.read() as session:
        stated = load_stated(session, problem)
    return names_of(problem, stated).model_dump_json().encode()


def _names_of_plan(database: Database, plan: str, officer: str | None) -> bytes:
    row, stated, made = load_planned(database, plan)
    told = names_of(row.problem_id, reduced(officer, stated, made)[0])
    return (told if officer is None else told.model_copy(update={"cars": []})).model_dump_json().encode()


def names_of(id_: str, stated: Stated) -> NamesAnswer:
    """All names of a problem, those of the office's tables where it has any."""
    problem, office = stated.problem, stated.office
    rows: dict[str, dict[str, Any]] = {
        kind: {row.id: row for row in getattr(office, kind, ())}
        for kind in ("depots", "cars", "officers", "cooperatives", "topics", "agencies")
    }
    districts = {(row.district_th, row.district_en): None for row in rows["cooperatives"].values()}
    return NamesAnswer(
        problem=id_,
        name=problem.name,
        name_th=office.name_th if office else None,
        name_en=office.name_en if office else None,
        illustrative=office.illustrative if office else None,
        travel_estimated=office.travel_estimated if office else None,
        workdays=[day.isoformat() for day in problem.workdays],
        offices=[OfficeNamed(**_named(each, rows["depots"], "lat", "lon")) for each in problem.offices],
        cars=[
            CarNamed(**_named(car, rows["cars"]), office=each.id)
            for each in problem.offices if isinstance(each.cars, tuple) for car in each.cars
        ],
        officers=[
            OfficerNamed(**_named(each, rows["officers"]), office=each.office, topics=list(each.topics))
            for each in problem.officers
        ],
        cooperatives=[
            CooperativeNamed(**_named(each, rows["cooperatives"], *_PLACE)) for each in problem.cooperatives
        ],
        districts=[District(name_th=th, name_en=en) for th, en in districts],
        topics=[Named(**_called(topic, None, rows["topics"].get(topic))) for topic in problem.topics],
        partners=[
            Named(**_called(each.id, None, rows["agencies"].get(each.id))) for each in problem.partners or ()
        ],
        issues=[
            IssueNamed(**{name: getattr(row, name) for name in IssueNamed.model_fields})
            for row in (office.issues if office else ())
        ],
    )  # fmt: skip


_PLACE = ("kind", "district_th", "district_en", "subdistrict_th", "subdistrict_en", "lat", "lon", "standard")


def _named(thing: Any, rows: dict[str, Any], *more: str) -> dict[str, Any]:
    row = rows.get(thing.id)
    return _called(thing.id, getattr(thing, "name", None), row) | {name: getattr(row, name, None) for name in more}


def _called(id_: str, name: str | None, row: Any) -> dict[str, Any]:
    return {"id": id_, "name": name} | {key: getattr(row, key, None) for key in ("name_th", "name_en")}
