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
from random import Random
from typing import Any

from hypothesis import strategies as st

from models.clock import format_clock
from models.plan import Plan
from models.problem import Problem
from support.builders import line, on
from support.publishing import little_plan

TOPICS = ("accounts", "debt", "audit")
PARTNERS = ("cad", "baac")
#: what a problem may have beyond its bare bones
FEATURES = (
    "max_minutes", "break", "cars_on", "capacity", "topics", "absent", "max_days_per_week", "fair_hours", "partner",
    "office", "open", "closed", "min_gap_days", "rhythms", "lead", "current_lead", "dates", "due", "window", "names",
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
) -> Problem:
    """A whole problem; see the module. ``exact`` draws whole seconds only."""
    size = Size(max_offices, max_officers, max_cooperatives, max_visits, max_workdays, exact)
    problem = Problem.model_validate(draw(_parts(size)))
    if not published or draw(_seldom()):
        return problem
    standing = little_plan(problem, Random(draw(st.integers(0, 2**16))))
    problem = draw(_with_published(problem, standing))
    return draw(_disturbed(problem)) if disturbed and not draw(_seldom()) else problem


def tiny_problems(**changes: Any) -> st.SearchStrategy[Problem]:
    """Problems small enough for :func:`support.exhaustive.optimum`, in whole seconds."""
    size = {"max_offices": 2, "max_officers": 3, "max_cooperatives": 3, "max_visits": 4, "max_workdays": 3}
    return problems(**(size | {"exact": True} | changes))


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def _range(first: int, last: int) -> st.SearchStrategy[list[str]]:
    """Two times of day in half hours, in order."""
    clock = st.integers(first * 2, last * 2).map(lambda halves: format_clock(halves * 30))
    return st.tuples(clock, clock).map(sorted)


def _several(dates: list[dt.date], least: int = 0, most: int | None = None) -> st.SearchStrategy[list[dt.date]]:
    if not dates:
        return st.just([])
    return st.lists(st.sampled_from(dates), unique=True, min_size=least, max_size=most).map(sorted)


@st.composite
def _parts(draw: st.DrawFn, size: Size) -> dict[str, Any]:
    # Only some features at a time: where all meet, hardly a visit could be planned, and nothing would be tested.
    on_show = set(draw(st.lists(st.sampled_from(FEATURES), unique=True, max_size=8)))

    def when(feature: str, values: st.SearchStrategy[Any]) -> Any:
        return draw(st.none() | values) if feature in on_show else None

    workdays = draw(_several([on(day) for day in range(1, size.workdays + 5)], 1, size.workdays))
    near = [on(day) for day in range(size.workdays + 6)]
    dates = st.sampled_from(near)
    office_ids = ["kk", "ud"][: draw(st.sampled_from(range(1, size.offices + 1)))]
    officer_ids = [f"o{n}" for n in range(1, draw(_number(size.officers)) + 1)]
    hosts = [f"c{n}" for n in range(1, draw(_number(size.cooperatives)) + 1)]
    total = draw(_number(size.visits)) if hosts else 0
    owners = draw(st.lists(st.sampled_from(hosts), min_size=total, max_size=total)) if hosts else []
    counts = {host: owners.count(host) for host in hosts}
    partners = list(PARTNERS) if "partner" in on_show else []
    someone = st.sampled_from(officer_ids) if officer_ids else st.none()
    locations = draw(st.sampled_from(range(1, len(office_ids) + len(hosts) + 1)))
    place = st.sampled_from(range(locations))
    topics = st.sampled_from([list(TOPICS), ["accounts"], ["debt", "audit"], []])
    return {
        "format": "visit-problem/1",
        "name": draw(st.sampled_from(["random", "สุ่ม"])),
        "workdays": workdays,
        "day": {
            "start": "08:30",
            "end": draw(st.sampled_from(["16:30", "18:00", "14:15:20"])),
            "max_minutes": when("max_minutes", st.sampled_from([480, 240, 150, 300.5])),
        } | (draw(_break()) if "break" in on_show else {}),
        "offices": [{
            "id": id_, "location": draw(place), "cars": draw(st.sampled_from([2, 1, 3, 2, 1, 2, 0])),
            "cars_on": when("cars_on", st.dictionaries(dates, st.integers(0, 3), max_size=3)),
            "seats": draw(st.integers(1, 3)), "capacity": when("capacity", st.sampled_from([5, 3, 8.5])),
        } for id_ in office_ids],
        "officers": [{
            "id": id_, "name": when("names", st.just(f"officer {id_}")), "office": draw(st.sampled_from(office_ids)),
            "topics": draw(topics) if "topics" in on_show else [], "absent": when("absent", _several(near, most=3)),
            "max_days_per_week": when("max_days_per_week", st.sampled_from([2, 1, 3, 0])),
            "fair_hours": when("fair_hours", st.sampled_from([0, 1.5, 4, 10])),
        } for id_ in officer_ids],
        "partners": [
            {"id": id_, "dates": draw(_several(near, len(near) // 2)), "per_day": draw(st.sampled_from([1, 2, 0]))}
            for id_ in partners
        ] or draw(st.sampled_from([None, []])),
        "cooperatives": [{
            "id": id_, "name": when("names", st.just(f"สหกรณ์ {id_}")), "location": draw(place),
            "office": when("office", st.sampled_from(office_ids)), "open": when("open", _range(7, 18)),
            "closed": when("closed", _several(near, most=2)),
            "min_gap_days": when("min_gap_days", st.sampled_from([2, 0, 1, 4])),
            "rhythms": when("rhythms", st.lists(_several(workdays, counts[id_], counts[id_]), min_size=1, max_size=3))
            if counts[id_] <= len(workdays) else None,
            "lead": when("lead", someone), "current_lead": when("current_lead", someone),
        } for id_ in hosts],
        "visits": draw(st.permutations([{
            "id": f"{host}-{number}", "cooperative": host, "seq": number * 10,
            "minutes": draw(st.sampled_from([60, 30, 90, 0, 42.5])), "priority": draw(st.integers(1, 5)),
            "topics": when("topics", st.sampled_from([[], ["accounts"], ["debt", "accounts"]])),
            "due": when("due", dates), "window": when("window", _range(8, 16)),
            "partner": when("partner", st.sampled_from(PARTNERS)), "load": when("capacity", st.sampled_from([1, 2.5])),
            "issues": when("names", st.just([f"issue-{host}"])),
        } | dict(zip(("earliest", "latest"), when("dates", st.tuples(dates, dates).map(sorted)) or (None, None),
                     strict=True))
            for host in hosts for number in range(1, counts[host] + 1)])),
        "travel": draw(_travel(locations, size.exact)),
        "prices": {name: draw(st.sampled_from(values)) for name, values in PRICES.items()},
    }  # fmt: skip


def _seldom() -> st.SearchStrategy[bool]:
    return st.sampled_from([True, False, False])


def _number(most: int) -> st.SearchStrategy[int]:
    """How many of a kind there are; seldom none."""
    return st.sampled_from([*list(range(1, most + 1)) * 4, 0])


@st.composite
def _break(draw: st.DrawFn) -> dict[str, Any]:
    first, last = draw(
        st.sampled_from([("11:30", "13:00"), ("12:00", "12:00"), ("08:30", "16:30"), ("09:10", "09:40")])
    )
    return {"break_minutes": draw(st.sampled_from([60, 30, 0])), "break_earliest": first, "break_latest": last}


@st.composite
def _travel(draw: st.DrawFn, locations: int, exact: bool) -> dict[str, Any]:
    """A straight road, or asymmetric matrices that need not keep the triangle inequality."""
    if draw(st.booleans()):
        places = draw(st.lists(st.integers(-45, 45), min_size=locations, max_size=locations))
        return line(*places)
    random = Random(draw(st.integers(0, 2**16)))

    def matrix(cell: Callable[[], float]) -> list[list[float]]:
        return [[0.0 if a == b else cell() for b in range(locations)] for a in range(locations)]

    minutes = (lambda: random.randint(0, 240) / 4) if exact else (lambda: random.uniform(0, 75))
    return {"minutes": matrix(minutes), "km": matrix(lambda: random.randint(0, 500) / 10)}


@st.composite
def _with_published(draw: st.DrawFn, problem: Problem, standing: Plan) -> Problem:
    ahead = [*problem.workdays[1:], problem.workdays[0], problem.workdays[-1] + dt.timedelta(days=1)]
    today = None if draw(_seldom()) else draw(st.sampled_from(ahead))
    placed = [stop.visit for tour in standing.tours for stop in tour.stops]
    pins = draw(st.lists(st.sampled_from(placed), unique=True, max_size=3)) if placed else []
    return problem.changed(
        published=standing,
        today=today,
        notice_days=draw(_maybe(st.integers(0, 7))),
        pins=tuple(pins) or draw(st.sampled_from([None, ()])),
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
        away = set(draw(_several(ahead, most=2)))
        hits(lambda tour, id_=officer.id, away=away: id_ in tour.crew and tour.date in away)
        officers.append(officer.model_copy(update={"absent": (*(officer.absent or ()), *sorted(away))}))
    broken_down = set(draw(_several(ahead, most=1)))
    hits(lambda tour: tour.date in broken_down)
    offices = [
        office.model_copy(update={"cars_on": (office.cars_on or {}) | dict.fromkeys(broken_down, 0)})
        for office in problem.offices
    ]
    placed = {stop.visit for tour in standing for stop in tour.stops}
    hosts = []
    for host in problem.cooperatives:
        own = {visit.id for visit in problem.visits_of[host.id]}
        shut = set(draw(_several(ahead, most=1)))
        hits(lambda tour, own=own, shut=shut: tour.date in shut and any(s.visit in own for s in tour.stops))
        free = None if own & placed else host.rhythms
        hosts.append(host.model_copy(update={"closed": (*(host.closed or ()), *sorted(shut)), "rhythms": free}))
    return problem.changed(
        officers=tuple(officers), offices=tuple(offices), cooperatives=tuple(hosts),
        pins=tuple(pin for pin in problem.pins or () if pin not in touched),
    )  # fmt: skip
