"""Whole random problems for hypothesis: small, valid, and with every feature of the contract.

``problems()`` draws the office and its prices; with ``published=True`` many of them also have a plan that stands, a
``today`` and pins. The published plan is made from the same problem and keeps its rules, so it is itself an answer:
no drawn problem is without one. ``disturbed=True`` lets absences, closed days and cars in repair come after
publishing, but never where a pin or a rhythm would then be impossible.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from models.plan import Plan
from models.problem import Busy, NamedCar, Problem
from support.builders import line, on
from support.drawn import (
    COIN,
    NEEDS,
    NOBODY,
    NONE_OR_EMPTY,
    SEEDS,
    SKILLS,
    WINDOWS,
    first_and_last,
    how_many,
    issue_of,
    maybe,
    often_busy,
    on_some,
    one_of,
    open_hours,
    owners_of,
    places_of,
    rhythms_of,
    seldom,
    some_days,
    two_at_most,
    up_to,
)
from support.publishing import little_plan

PARTNERS = ("cad", "baac")
#: what a problem may have beyond its bare bones
FEATURES = (
    "max_minutes", "break", "cars_on", "capacity", "topics", "absent", "max_days_per_week", "fair_hours", "partner",
    "office", "open", "closed", "min_gap_days", "rhythms", "lead", "current_lead", "dates", "due", "window", "names",
    "date_set", "busy", "crew", "barred", "car_names", "step", "slack", "rates", "crew_change",
)  # fmt: skip
PRICES: dict[str, tuple[float | None, ...]] = {
    "km": (4, 1, 0, 2.75),
    "officer_day": (120, 0, 50),
    "car_day": (0, 80),
    "late_day": (40, 0, 7.5),
    "unplanned": (5000, 1000, 5000, 1000, 5000, 200, 0),
    "stand_in": (400, 0, 30),
    "overload_hour": (60, 0),
    "lead_change": (500, 0, 20),
    "moved": (200, 0),
    "moved_soon": (None, 450, 10),
}


SOME_FEATURES = st.lists(st.sampled_from(FEATURES), unique=True, max_size=8)


@dataclass(frozen=True)
class Size:
    """How large the drawn problems may be, and what they may have."""

    offices: int
    officers: int
    cooperatives: int
    visits: int
    workdays: int
    #: all times whole seconds, so that no rounding of clocks lies between two exact answers
    exact: bool
    #: features that every drawn problem has, everywhere
    always: tuple[str, ...] = ()


@st.composite
def problems(
    draw: st.DrawFn,
    *,
    max_offices: int = 2,
    max_officers: int = 5,
    max_cooperatives: int = 5,
    max_visits: int = 8,
    max_workdays: int = 6,
    exact: bool = False,
    published: bool = True,
    disturbed: bool = True,
    always: tuple[str, ...] = (),
) -> Problem:
    """A whole problem; see the module. ``exact`` draws whole seconds only; ``always`` are features that it has."""
    size = Size(max_offices, max_officers, max_cooperatives, max_visits, max_workdays, exact, always)
    problem = Problem.model_validate(draw(_parts(size)))
    if not published or draw(seldom()):
        return problem
    standing = little_plan(problem, Random(draw(SEEDS)))
    problem = draw(_with_published(problem, standing))
    return draw(_disturbed(problem)) if disturbed and not draw(seldom()) else problem


def tiny_problems(**changes: Any) -> st.SearchStrategy[Problem]:
    """Problems small enough for :func:`support.exhaustive.optimum`, in whole seconds."""
    size = {"max_offices": 2, "max_officers": 3, "max_cooperatives": 3, "max_visits": 4, "max_workdays": 3}
    return problems(**(size | {"exact": True} | changes))


def _in_repair(car: NamedCar, days: set[dt.date]) -> NamedCar:
    return car.model_copy(update={"away": (*(car.away or ()), *sorted(days))})


@cache
@st.composite
def _parts(draw: st.DrawFn, size: Size) -> dict[str, Any]:
    # Only some features at a time: where all meet, hardly a visit could be planned, and nothing would be tested.
    on_show = set(draw(SOME_FEATURES)) | set(size.always)

    def when(feature: str, values: st.SearchStrategy[Any]) -> Any:
        if feature in size.always:
            return draw(values)
        return draw(maybe(values)) if feature in on_show else None

    workdays = tuple(draw(some_days(tuple(on(day) for day in range(1, size.workdays + 5)), 1, size.workdays)))
    near = tuple(on(day) for day in range(size.workdays + 6))
    dates = one_of(*near)
    office_ids = ["kk", "ud"][: draw(one_of(*range(1, size.offices + 1)))]
    officer_ids = tuple(f"o{n}" for n in range(1, draw(how_many(size.officers)) + 1))
    cooperatives = [f"c{n}" for n in range(1, draw(how_many(size.cooperatives)) + 1)]
    total = draw(how_many(size.visits)) if cooperatives else 0
    owners = draw(owners_of(tuple(cooperatives), total)) if cooperatives else []
    counts = {cooperative: owners.count(cooperative) for cooperative in cooperatives}
    partners = list(PARTNERS) if "partner" in on_show else []
    someone = one_of(*officer_ids) if officer_ids else NOBODY
    locations = draw(one_of(*range(1, len(office_ids) + len(cooperatives) + 1)))
    place = one_of(*range(locations))
    return {
        "format": "visit-problem/1",
        "name": draw(one_of("random", "สุ่ม")),
        "workdays": workdays,
        "day": {
            "start": "08:30",
            "end": draw(one_of("16:30", "18:00", "14:15:20")),
            "max_minutes": when("max_minutes", one_of(480, 240, 150, 300.5)),
            "step_minutes": when("step", one_of(5, 15, 30)),
            "slack_minutes": when("slack", one_of(5, 2, 12.5)),
        } | (draw(_break()) if "break" in on_show else {}),
        "offices": [{"id": id_, "location": draw(place)} | draw(
            _named_cars(id_, near, "capacity" in on_show) if "car_names" in on_show
            else _cars_alike(dates, "cars_on" in on_show, "capacity" in on_show)
        ) for id_ in office_ids],
        "officers": [{
            "id": id_, "name": when("names", one_of(f"officer {id_}")), "office": draw(one_of(*office_ids)),
            "topics": draw(SKILLS) if "topics" in on_show else [], "absent": when("absent", some_days(near, most=3)),
            "busy": when("busy", often_busy(near, 3)),
            "max_days_per_week": when("max_days_per_week", one_of(2, 1, 3, 0)),
            "fair_hours": when("fair_hours", one_of(0, 1.5, 4, 10)),
        } for id_ in officer_ids],
        "partners": [
            {"id": id_, "dates": draw(some_days(near, len(near) // 2)), "per_day": draw(one_of(1, 2, 0))}
            for id_ in partners
        ] or draw(NONE_OR_EMPTY),
        "cooperatives": [{
            "id": id_, "name": when("names", one_of(f"สหกรณ์ {id_}")), "location": draw(place),
            "office": when("office", one_of(*office_ids)), "open": when("open", open_hours()),
            "closed": when("closed", some_days(near, most=2)),
            "min_gap_days": when("min_gap_days", one_of(2, 0, 1, 4)),
            "rhythms": when("rhythms", rhythms_of(workdays, counts[id_]))
            if counts[id_] <= len(workdays) else None,
            "current_lead": when("current_lead", someone),
        } | draw(_lead_and_barred(officer_ids, "lead" in on_show, "barred" in on_show)) for id_ in cooperatives],
        "visits": draw(st.permutations([{
            "id": f"{cooperative}-{number}", "cooperative": cooperative, "seq": number * 10,
            "minutes": draw(one_of(60, 30, 90, 0, 42.5)), "priority": draw(up_to(1, 5)),
            "topics": when("topics", NEEDS),
            "due": when("due", dates), "window": when("window", WINDOWS),
            "dates": when("date_set", some_days(near, 2)), "crew": when("crew", one_of(2, 1, 0, 3)),
            "partner": when("partner", one_of(*PARTNERS)), "load": when("capacity", one_of(1, 2.5)),
            "issues": when("names", issue_of(cooperative)),
        } | dict(zip(("earliest", "latest"), when("dates", first_and_last(dates)) or (None, None),
                     strict=True))
            for cooperative in cooperatives for number in range(1, counts[cooperative] + 1)])),
        "travel": draw(_travel(locations, size.exact)),
        "prices": draw(_prices("rates" in on_show, "crew_change" in on_show)),
    }  # fmt: skip


@cache
@st.composite
def _prices(draw: st.DrawFn, by_hours: bool, crew_change: bool) -> dict[str, Any]:
    """Prices; a change of crew never costs more than a move, or a move would be made to save it."""
    prices: dict[str, Any] = {name: draw(one_of(*values)) for name, values in PRICES.items()}
    if by_hours:
        rates = one_of(((0, 0), (2, 60), (6, 120)), ((0, 30), (1.5, 75)), ((0, 0), (3.25, 200)))
        prices["officer_day"] = [{"hours": hours, "baht": baht} for hours, baht in draw(rates)]
    if crew_change:
        moves = prices["moved"], prices["moved"] if prices["moved_soon"] is None else prices["moved_soon"]
        prices["crew_change"] = min(draw(one_of(60, 5.5, 300)), *moves)
    return prices


@cache
@st.composite
def _cars_alike(draw: st.DrawFn, dates: st.SearchStrategy[dt.date], some_on: bool, capacity: bool) -> dict[str, Any]:
    return {
        "cars": draw(one_of(2, 1, 3, 2, 1, 2, 0)), "cars_on": draw(on_some(dates)) if some_on else None,
        "seats": draw(up_to(1, 3)), "capacity": draw(one_of(None, 5, 3, 8.5)) if capacity else None,
    }  # fmt: skip


@cache
@st.composite
def _named_cars(draw: st.DrawFn, office: str, near: tuple[dt.date, ...], capacity: bool) -> dict[str, Any]:
    return {"cars": [{
        "id": f"{office} car {number}", "seats": draw(up_to(1, 3)),
        "km": draw(one_of(None, 4.5, 0, 9)),
        "capacity": draw(one_of(None, 5, 3)) if capacity else None,
        "away": draw(maybe(some_days(near, most=3))),
    } for number in range(draw(one_of(1, 2, 3, 2, 0)))]}  # fmt: skip


@cache
@st.composite
def _lead_and_barred(draw: st.DrawFn, officers: tuple[str, ...], lead: bool, barred: bool) -> dict[str, Any]:
    fixed = draw(maybe(one_of(*officers))) if lead and officers else None
    others = tuple(id_ for id_ in officers if id_ != fixed)
    return {"lead": fixed, "barred": draw(maybe(two_at_most(others) if barred and others else NOBODY))}


@cache
@st.composite
def _break(draw: st.DrawFn) -> dict[str, Any]:
    first, last = draw(one_of(("11:30", "13:00"), ("12:00", "12:00"), ("08:30", "16:30"), ("09:10", "09:40")))
    return {"break_minutes": draw(one_of(60, 30, 0)), "break_earliest": first, "break_latest": last}


@cache
@st.composite
def _travel(draw: st.DrawFn, locations: int, exact: bool) -> dict[str, Any]:
    """A straight road, or asymmetric matrices that need not keep the triangle inequality."""
    if draw(COIN):
        return line(*draw(places_of(locations)))
    random = Random(draw(SEEDS))

    def matrix(cell: Callable[[], float]) -> list[list[float]]:
        return [[0.0 if a == b else cell() for b in range(locations)] for a in range(locations)]

    minutes = (lambda: random.randint(0, 240) / 4) if exact else (lambda: random.uniform(0, 75))
    return {"minutes": matrix(minutes), "km": matrix(lambda: random.randint(0, 500) / 10)}


@st.composite
def _with_published(draw: st.DrawFn, problem: Problem, standing: Plan) -> Problem:
    ahead = [*problem.workdays[1:], problem.workdays[0], problem.workdays[-1] + dt.timedelta(days=1)]
    today = None if draw(seldom()) else draw(one_of(*ahead))
    placed = [stop.visit for tour in standing.tours for stop in tour.stops]
    pins = draw(st.lists(st.sampled_from(placed), unique=True, max_size=3)) if placed else []
    return problem.changed(
        published=standing,
        today=today,
        notice_days=draw(maybe(up_to(0, 7))),
        pins=tuple(pins) or draw(one_of(None, ())),
    )


@st.composite
def _disturbed(draw: st.DrawFn, problem: Problem) -> Problem:
    """What happened since the plan was published: absences, closed days, cars in repair; pins give way to them."""
    today = problem.today or problem.workdays[0]
    ahead = [day for day in problem.workdays if day >= today]
    touched: set[str] = set()
    standing = problem.published.tours if problem.published else ()

    def hits(meets: Callable[..., bool]) -> None:
        for tour in standing:
            if tour.date >= today and meets(tour):
                touched.update(stop.visit for stop in tour.stops)

    officers = []
    for officer in problem.officers:
        busy = tuple(Busy.model_validate(each) for each in draw(often_busy(tuple(ahead), 1))) if ahead else ()
        hits(lambda tour, id_=officer.id, busy=busy: id_ in tour.crew and tour.date in {each.date for each in busy})
        away = set(draw(some_days(tuple(ahead), most=2)))
        hits(lambda tour, id_=officer.id, away=away: id_ in tour.crew and tour.date in away)
        officers.append(officer.model_copy(update={
            "absent": (*(officer.absent or ()), *sorted(away)), "busy": (*(officer.busy or ()), *busy),
        }))  # fmt: skip
    broken_down = set(draw(some_days(tuple(ahead), most=1)))
    hits(lambda tour: tour.date in broken_down)
    offices = [
        office.model_copy(
            update={"cars": tuple(_in_repair(car, broken_down) for car in office.named)} if office.has_names
            else {"cars_on": (office.cars_on or {}) | dict.fromkeys(broken_down, 0)}
        )
        for office in problem.offices
    ]  # fmt: skip
    placed = {stop.visit for tour in standing for stop in tour.stops}
    cooperatives = []
    for cooperative in problem.cooperatives:
        own = {visit.id for visit in problem.visits_of[cooperative.id]}
        shut = set(draw(some_days(tuple(ahead), most=1)))
        hits(lambda tour, own=own, shut=shut: tour.date in shut and any(s.visit in own for s in tour.stops))
        free = None if own & placed else cooperative.rhythms
        cooperatives.append(
            cooperative.model_copy(update={"closed": (*(cooperative.closed or ()), *sorted(shut)), "rhythms": free})
        )
    return problem.changed(
        officers=tuple(officers), offices=tuple(offices), cooperatives=tuple(cooperatives),
        pins=tuple(pin for pin in problem.pins or () if pin not in touched),
    )  # fmt: skip
