"""Capacity: officer-days there and used by week, topic and district, what is short, who could stand in, and risk."""

from __future__ import annotations

import json
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from api.language.lang import Lang
from api.language.names import Names
from api.language.wording import Wording
from api.service.access import At, Door, Watcher
from api.service.documents import answered
from api.service.errors import documented, unknown
from api.service.loading import Texts
from api.service.speaking import Spoken
from api.service.standing import load_standing
from models.changes import Name
from models.isoweeks import week_name
from models.plan import Plan

router = APIRouter(prefix="/v1/plans", tags=["capacity"], route_class=Door)

JSON = "application/json"
#: seconds in which the weeks of one officer are mended
RISKING = 60.0


class WeekAnswer(BaseModel):
    """Officer-days of an ISO week: there are so many, and the plan uses so many."""

    week: str
    there: int
    used: int


class TopicAnswer(BaseModel):
    """A topic: officers who know it, and visits that want it."""

    topic: str
    officers: int
    visits: int


class DistrictAnswer(BaseModel):
    """A district: visits planned and left out, and officer-days."""

    district: str
    planned: int
    unplanned: int
    officer_days: float


class DemandAnswer(BaseModel):
    """Tours that the visits of ``topic`` (null: all) want in a run of weeks, and tours that there are."""

    topic: str | None
    first: str
    last: str
    wanted: float
    there: int
    short: int
    share: float | None
    thin_out: list[str]


class CapacityAnswer(BaseModel):
    """All that is known of a plan's capacity; ``deputies``: of each cooperative who could best stand in."""

    weeks: list[WeekAnswer]
    topics: list[TopicAnswer]
    districts: list[DistrictAnswer]
    shortfalls: list[DemandAnswer]
    tightest: list[DemandAnswer]
    deputies: dict[str, str | None]


class RiskAnswer(BaseModel):
    """A week without the officer, mended with the least disruption: what moves, is lost, and costs more."""

    week: str
    moved: int
    lost: int
    late: int
    km: float
    baht: float


@router.get(
    "/{id}/capacity",
    response_class=Response,
    responses=documented(401, 403, 404, 409, 422) | {200: {"model": CapacityAnswer, "description": "The capacity"}},
)
def capacity(id: str, request: Request, at: At, token: Watcher, lang: Spoken) -> Response:
    """Load by week, topic and district, the weeks that are short of tours, and the best deputy of each cooperative."""
    kept = load_standing(at.database, id)
    key = ("capacity", id, kept.stated.problem.today, kept.stands, lang)
    return answered(request, at.shelf.get(key, partial(_drawn, kept, lang)), JSON)


@router.get(
    "/{id}/risk",
    response_class=Response,
    responses=documented(401, 403, 404, 409, 422, 503)
    | {200: {"model": list[RiskAnswer], "description": "The weeks that hurt most first"}},
)
def risk(
    id: str, request: Request, at: At, token: Watcher, officer: Annotated[Name, Query(examples=["P01"])]
) -> Response:
    """What each week without an officer would cost; weeks without a tour of his or hers are left out."""
    kept = load_standing(at.database, id)
    if officer not in kept.stated.problem.officer_by_id:
        raise unknown("officer")
    asked = partial(at.aside.ask, id, "risk", kept.texts, officer, seconds=RISKING)
    return answered(
        request,
        at.shelf.get(("risk", id, kept.stated.problem.today, kept.stands, officer), asked, elsewhere=True),
        JSON,
    )


def _drawn(kept: Texts, lang: Lang) -> bytes:
    from optimizer.why.capacity import district_loads, week_loads
    from optimizer.why.risk import deputies
    from optimizer.why.shortfall import demands, shortfalls, tightest

    problem, office, plan = kept.stated.problem, kept.stated.office, Plan.model_validate_json(kept.texts[2])
    districts = Names(problem, office, Wording(lang)).districts()
    wanted = list(demands(problem))
    topics = dict.fromkeys(topic for visit in problem.visits for topic in visit.topics or ())
    answer: dict[str, Any] = {
        "weeks": [
            {"week": week_name(one.week), "there": one.there, "used": one.used} for one in week_loads(problem, plan)
        ],
        "topics": [
            {
                "topic": topic,
                "officers": sum(topic in officer.topics for officer in problem.officers),
                "visits": sum(topic in (visit.topics or ()) for visit in problem.visits),
            }
            for topic in topics
        ],
        "districts": [
            {"district": name, "planned": planned, "unplanned": left, "officer_days": round(days, 2)}
            for name, (planned, left, days) in district_loads(problem, plan, districts).items()
        ],
        "shortfalls": [_demand(one) for one in shortfalls(problem, wanted)],
        "tightest": [_demand(one) for one in tightest(problem, wanted)],
        "deputies": deputies(problem, plan),
    }
    return json.dumps(answer, ensure_ascii=False).encode()


def _demand(one: Any) -> dict[str, Any]:
    return {
        "topic": one.topic, "first": week_name(one.first), "last": week_name(one.last), "wanted": round(one.wanted, 2),
        "there": one.there, "short": one.short, "share": round(one.share, 4) if one.there else None,
        "thin_out": list(one.thin_out),
    }  # fmt: skip
