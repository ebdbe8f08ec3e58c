"""What if: a copy of an office with other cars, officers, prices or dates, to be planned beside the base."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
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
from api.storage.problems import Stated, Tables, own_tables
from api.storage.publications import publication
from api.storage.tables import StoredPlan
from api.storage.what_ifs import keep_what_if
from models.changes import Name
from models.faults import Fault, InvalidInput
from models.fields import Day
from models.problem import Problem

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
    """Keep a changed copy of a problem; it is planned like any other, and plans of both can be compared. Other days
    lay the visits of an office of tables out anew; of any other problem they are some of its own. Publishing a plan of
    the copy has to be said: ``what_if``."""
    stated, tables = _as_it_stands(at.database, id)
    copy = posted(changed(stated, tables, asked))
    row, new = keep_what_if(at.database, copy.kept, id)
    return kept_as(row, new, copy, response, "en")


def _as_it_stands(database: Database, id: str) -> tuple[Stated, Tables | None]:
    """The problem, and the tables that it was made from; where its plan is the published one that mends another, with
    that plan, as people act on it, and no tables: they know nothing of it."""
    with database.read() as session:
        stated, tables, current = load_stated(session, id), own_tables(session, id), publication(session)
        published = session.get_one(StoredPlan, current.plan_id) if current is not None else None
    if stated.problem.published is None or published is None or published.problem_id != id:
        return stated, tables
    return load_standing(database, published.id).stated, None


def changed(stated: Stated, tables: Tables | None, asked: WhatIf) -> Stated:
    """The problem with what is ``asked`` otherwise; ``tables``: what it was made from, where that is at hand.

    Raises:
        InvalidInput: with everything asked that does not fit the problem.
    """
    from optimizer.comparing import cases

    faults: list[Fault] = []
    of_days: tuple[Fault, ...] = ()
    try:
        stated = _on_days(stated, tables, asked.first, asked.last)
    except InvalidInput as error:
        of_days = error.faults
    problem = stated.problem
    # who leaves goes first: numbers are of those who stay; days away may be those of somebody who leaves
    steps: dict[str, Callable[[Problem, Any], Problem]] = {
        "absent": cases.with_absences, "without_officers": cases.without_officers, "officers": cases.with_officers,
        "without_cars": cases.without_cars, "cars": cases.with_cars, "prices": cases.with_prices,
    }  # fmt: skip
    for name, step in steps.items():
        value = getattr(asked, name)
        try:
            problem = problem if value in (None, [], {}) else step(problem, value)
        except InvalidInput as error:
            faults += error.faults
    if faults or of_days:
        raise InvalidInput([*faults, *of_days])
    return Stated(problem, stated.office)


def _on_days(stated: Stated, tables: Tables | None, first: dt.date | None, last: dt.date | None) -> Stated:
    """The problem from ``first`` to ``last``, each where it is given.

    Raises:
        InvalidInput: they hold no workday, or days that nobody can plan.
    """
    from optimizer.comparing.horizons import on_own_days, require_order, require_workdays

    horizon = {name: day for name, day in (("first", first), ("last", last)) if day is not None}
    if not horizon:
        return stated
    require_order(horizon, str)
    if tables is None:
        made = Stated(on_own_days(stated.problem, horizon, str), stated.office)
    else:
        made = _laid_out_anew(tables, horizon)
    require_workdays(made.problem, horizon, str)
    return made


def _laid_out_anew(tables: Tables, horizon: Mapping[str, dt.date]) -> Stated:
    """The visits of an office of tables in another horizon."""
    from models.intake.book import make_book  # only now: it takes its time to load
    from models.intake.document import read_document_sources

    sources = read_document_sources(tables.document.encode())
    sources.set_horizon(horizon)
    own = {str(sources.where_setting(f"horizon.{name}")): name for name in ("first", "last")}
    try:
        book = make_book(sources)
    except InvalidInput as error:  # what is wrong with a day that was asked for is told of that
        raise InvalidInput(
            Fault(fault.code, own[fault.where], fault.cause, fault.remedy) if fault.where in own else fault
            for fault in error.faults
        ) from None
    return Stated(book.problem, book.office)
