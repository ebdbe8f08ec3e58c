"""What if: a copy of an office with other cars, officers, prices or dates, to be planned beside the base."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api.service.access import At, Door, Planner
from api.service.errors import documented
from api.service.loading import load_stated
from api.service.problems import KEPT_BEFORE, ProblemKept, kept_as
from api.service.reading import posted
from api.service.standing import load_standing
from api.storage.database import Database
from api.storage.problems import Stated
from api.storage.publications import publication
from api.storage.tables import StoredPlan
from api.storage.what_ifs import keep_what_if
from models.changes import Name
from models.faults import Fault, InvalidInput
from models.fields import Day
from models.problem import Problem
from models.saying import both

router = APIRouter(prefix="/v1/problems", tags=["what if"], route_class=Door)

Number = Annotated[int, Field(ge=0, le=10_000)]
Baht = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class WhatIf(BaseModel, extra="forbid"):
    """What is otherwise: officers and cars with names who are not there, ``cars`` by office, the number of ``officers``
    (both of those who stay), ``prices`` by name, days away by officer, and the ``first`` and ``last`` day. What is not
    named stays as it is."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"cars": {"kk": 2}, "prices": {"km": 5}}]})

    without_officers: list[Name] | None = None
    without_cars: list[Name] | None = None
    cars: dict[Name, Number] | None = None
    officers: Number | None = None
    prices: dict[Name, Baht] | None = None
    absent: dict[Name, list[Day]] | None = None
    first: Day | None = None
    last: Day | None = None


@router.post("/{id}/what-if", status_code=201, responses=documented(401, 403, 404, 413, 422) | KEPT_BEFORE)
def what_if(id: str, asked: WhatIf, response: Response, at: At, token: Planner) -> ProblemKept:
    """Keep a changed copy of a problem; it is planned like any other, and plans of both can be compared. Publishing a
    plan of the copy has to be said: ``what_if``."""
    stated = _as_it_stands(at.database, id)
    copy = posted(Stated(changed(stated.problem, asked), stated.office))
    row, new = keep_what_if(at.database, copy.kept, id)
    return kept_as(row, new, copy, response, "en")


def _as_it_stands(database: Database, id: str) -> Stated:
    """The problem; where its plan is the published one that mends another, with that plan, as people act on it."""
    with database.read() as session:
        stated, current = load_stated(session, id), publication(session)
        published = session.get_one(StoredPlan, current.plan_id) if current is not None else None
    if stated.problem.published is None or published is None or published.problem_id != id:
        return stated
    return load_standing(database, published.id).stated


def changed(problem: Problem, asked: WhatIf) -> Problem:
    """The problem with what is ``asked`` otherwise.

    Raises:
        InvalidInput: with everything asked that does not fit the problem.
    """
    from optimizer.comparing import cases

    # who leaves goes first: numbers are of those who stay; days away may be those of somebody who leaves
    steps: dict[str, Callable[[Problem, Any], Problem]] = {
        "absent": cases.with_absences, "without_officers": cases.without_officers, "officers": cases.with_officers,
        "without_cars": cases.without_cars, "cars": cases.with_cars, "prices": cases.with_prices,
    }  # fmt: skip
    faults: list[Fault] = []
    for name, step in steps.items():
        value = getattr(asked, name)
        try:
            problem = problem if value in (None, [], {}) else step(problem, value)
        except InvalidInput as error:
            faults += error.faults
    first, last = asked.first or dt.date.min, asked.last or dt.date.max
    days = tuple(day for day in problem.workdays if first <= day <= last)
    if not days:
        cause = both("No workday is left.", "ไม่เหลือวันทำการ")
        faults.append(Fault("horizon-empty", "first", cause, both("Choose a longer time.", "เลือกช่วงที่ยาวขึ้น")))
    if faults:
        raise InvalidInput(faults)
    return problem if len(days) == len(problem.workdays) else problem.changed(workdays=days)
