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
from models.hours import WEEKDAYS
from models.plan import Plan
from models.problem import Busy, NamedCar, Problem
from support.builders import line, on
from support.publishing import little_plan

TOPICS = ("accounts", "debt", "audit")
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
    if not published or draw(_seldom()):
        return problem
    standing = little_plan(problem, Random(draw(st.integers(0, 2**16))))
    problem = draw(_with_published(problem, standing))
    return draw(_disturbed(problem)) if disturbed and not draw(_seldom()) else problem


def tiny_problems(**changes: Any) -> st.SearchStrategy[Problem]:
    """Problems small enough for :func:`support.exhaustive.optimum`, in whole seconds."""
    size = {"max_offices": 2, "max_officers": 3, "max_cooperatives": 3, "max_visits": 4, "max_workdays": 3}
    return problems(**(size | {"exact": True} | changes))


def _in_repair(car: NamedCar, days: set[dt.date]) -> NamedCar:
    return car.model_copy(update={"away": (*(car.away or ()), *sorted(days))})


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
    on_show = set(draw(st.lists(st.sampled_from(FEATURES), unique=True, max_size=8))) | set(size.always)

    def when(feature: str, values: st.SearchStrategy[Any]) -> Any:
        if feature in size.always:
            return draw(values)
        return draw(st.none() | values) if feature in on_show else None

    workdays = draw(_several([on(day) for day in range(1, size.workdays + 5)], 1, size.workdays))
    near = [on(day) for day in range(size.workdays + 6)]
    dates = st.sampled_from(near)
    office_ids = ["kk", "ud"][: draw(st.sampled_from(range(1, size.offices + 1)))]
    officer_ids = [f"o{n}" for n in range(1, draw(_number(size.officers)) + 1)]
    cooperatives = [f"c{n}" for n in range(1, draw(_number(size.cooperatives)) + 1)]
    total = draw(_number(size.visits)) if cooperatives else 0
    owners = draw(st.lists(st.sampled_from(cooperatives), min_size=total, max_size=total)) if cooperatives else []
    counts = {cooperative: owners.count(cooperative) for cooperative in cooperatives}
    partners = list(PARTNERS) if "partner" in on_show else []
    someone = st.sampled_from(officer_ids) if officer_ids else st.none()
    locations = draw(st.sampled_from(range(1, len(office_ids) + len(cooperatives) + 1)))
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
            "step_minutes": when("step", st.sampled_from([5, 15, 30])),
            "slack_minutes": when("slack", st.sampled_from([5, 2, 12.5])),
        } | (draw(_break()) if "break" in on_show else {}),
        "offices": [{"id": id_, "location": draw(place)} | draw(
            _named_cars(id_, near, "capacity" in on_show) if "car_names" in on_show
            else _cars_alike(dates, "cars_on" in on_show, "capacity" in on_show)
        ) for id_ in office_ids],
        "officers": [{
            "id": id_, "name": when("names", st.just(f"officer {id_}")), "office": draw(st.sampled_from(office_ids)),
            "topics": draw(topics) if "topics" in on_show else [], "absent": when("absent", _several(near, most=3)),
            "busy": when("busy", st.lists(_busy(near), max_size=3)),
            "max_days_per_week": when("max_days_per_week", st.sampled_from([2, 1, 3, 0])),
            "fair_hours": when("fair_hours", st.sampled_from([0, 1.5, 4, 10])),
        } for id_ in officer_ids],
        "partners": [
            {"id": id_, "dates": draw(_several(near, len(near) // 2)), "per_day": draw(st.sampled_from([1, 2, 0]))}
            for id_ in partners
        ] or draw(st.sampled_from([None, []])),
        "cooperatives": [{
            "id": id_, "name": when("names", st.just(f"สหกรณ์ {id_}")), "location": draw(place),
            "office": when("office", st.sampled_from(office_ids)), "open": when("open", _open()),
            "closed": when("closed", _several(near, most=2)),
            "min_gap_days": when("min_gap_days", st.sampled_from([2, 0, 1, 4])),
            "rhythms": when("rhythms", st.lists(_several(workdays, counts[id_], counts[id_]), min_size=1, max_size=3))
            if counts[id_] <= len(workdays) else None,
            "current_lead": when("current_lead", someone),
        } | draw(_lead_and_barred(officer_ids, "lead" in on_show, "barred" in on_show)) for id_ in cooperatives],
        "visits": draw(st.permutations([{
            "id": f"{cooperative}-{number}", "cooperative": cooperative, "seq": number * 10,
            "minutes": draw(st.sampled_from([60, 30, 90, 0, 42.5])), "priority": draw(st.integers(1, 5)),
            "topics": when("topics", st.sampled_from([[], ["accounts"], ["debt", "accounts"]])),
            "due": when("due", dates), "window": when("window", _range(8, 16) | _stretches(8, 16)),
            "dates": when("date_set", _several(near, 2)), "crew": when("crew", st.sampled_from([2, 1, 0, 3])),
            "partner": when("partner", st.sampled_from(PARTNERS)), "load": when("capacity", st.sampled_from([1, 2.5])),
            "issues": when("names", st.just([f"issue-{cooperative}"])),
        } | dict(zip(("earliest", "latest"), when("dates", st.tuples(dates, dates).map(sorted)) or (None, None),
                     strict=True))
            for cooperative in cooperatives for number in range(1, counts[cooperative] + 1)])),
        "travel": draw(_travel(locations, size.exact)),
        "prices": draw(_prices("rates" in on_show, "crew_change" in on_show)),
    }  # fmt: skip


@st.composite
def _prices(draw: st.DrawFn, by_hours: bool, crew_change: bool) -> dict[str, Any]:
    """Prices; a change of crew never costs more than a move, or a move would be made to save it."""
    prices: dict[str, Any] = {name: draw(st.sampled_from(values)) for name, values in PRICES.items()}
    if by_hours:
        rates = st.sampled_from([((0, 0), (2, 60), (6, 120)), ((0, 30), (1.5, 75)), ((0, 0), (3.25, 200))])
        prices["officer_day"] = [{"hours": hours, "baht": baht} for hours, baht in draw(rates)]
    if crew_change:
        moves = prices["moved"], prices["moved"] if prices["moved_soon"] is None else prices["moved_soon"]
        prices["crew_change"] = min(draw(st.sampled_from([60, 5.5, 300])), *moves)
    return prices


@st.composite
def _cars_alike(draw: st.DrawFn, dates: st.SearchStrategy[dt.date], some_on: bool, capacity: bool) -> dict[str, Any]:
    on_some = st.none() | st.dictionaries(dates, st.integers(0, 3), max_size=3)
    return {
        "cars": draw(st.sampled_from([2, 1, 3, 2, 1, 2, 0])), "cars_on": draw(on_some) if some_on else None,
        "seats": draw(st.integers(1, 3)), "capacity": draw(st.sampled_from([None, 5, 3, 8.5])) if capacity else None,
    }  # fmt: skip


@st.composite
def _named_cars(draw: st.DrawFn, office: str, near: list[dt.date], capacity: bool) -> dict[str, Any]:
    return {"cars": [{
        "id": f"{office} car {number}", "seats": draw(st.integers(1, 3)),
        "km": draw(st.sampled_from([None, 4.5, 0, 9])),
        "capacity": draw(st.sampled_from([None, 5, 3])) if capacity else None,
        "away": draw(_maybe(_several(near, most=3))),
    } for number in range(draw(st.sampled_from([1, 2, 3, 2, 0])))]}  # fmt: skip


@st.composite
def _busy(draw: st.DrawFn, near: list[dt.date]) -> dict[str, Any]:
    spans = [("08:30", "12:00"), ("13:00", "16:30"), ("10:15", "11:00"), ("09:00", "09:00")]
    first, last = draw(st.sampled_from(spans))
    return {"date": draw(st.sampled_from(near)), "from": first, "to": last}


@st.composite
def _lead_and_barred(draw: st.DrawFn, officers: list[str], lead: bool, barred: bool) -> dict[str, Any]:
    fixed = draw(st.none() | st.sampled_from(officers)) if lead and officers else None
    others = [id_ for id_ in officers if id_ != fixed]
    away = st.lists(st.sampled_from(others), unique=True, max_size=2) if barred and others else st.none()
    return {"lead": fixed, "barred": draw(st.none() | away)}


def _stretches(first: int, last: int) -> st.SearchStrategy[list[list[str]]]:
    """Up to two stretches in half hours, one after the other or touching; sometimes lunch is between them."""
    several = st.lists(st.integers(first * 2, last * 2), min_size=4, max_size=4).map(sorted)
    apart = several.map(lambda halves: [[format_clock(a * 30), format_clock(b * 30)]
                                        for a, b in (halves[:2], halves[2:])])  # fmt: skip
    lunch = st.just([["08:30", "12:00"], ["13:00", "16:30"]])
    return lunch | apart | lunch | apart.map(lambda spans: spans[:1])


def _open() -> st.SearchStrategy[Any]:
    """Open hours in each of their three forms."""
    days = st.dictionaries(st.sampled_from(WEEKDAYS[:5]), _stretches(8, 17), min_size=2, max_size=5)
    return _range(7, 18) | _stretches(8, 17) | days


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
        busy = tuple(Busy.model_validate(each) for each in draw(st.lists(_busy(ahead), max_size=1))) if ahead else ()
        hits(lambda tour, id_=officer.id, busy=busy: id_ in tour.crew and tour.date in {each.date for each in busy})
        away = set(draw(_several(ahead, most=2)))
        hits(lambda tour, id_=officer.id, away=away: id_ in tour.crew and tour.date in away)
        officers.append(officer.model_copy(update={
            "absent": (*(officer.absent or ()), *sorted(away)), "busy": (*(officer.busy or ()), *busy),
        }))  # fmt: skip
    broken_down = set(draw(_several(ahead, most=1)))
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
        shut = set(draw(_several(ahead, most=1)))
        hits(lambda tour, own=own, shut=shut: tour.date in shut and any(s.visit in own for s in tour.stops))
        free = None if own & placed else cooperative.rhythms
        cooperatives.append(
            cooperative.model_copy(update={"closed": (*(cooperative.closed or ()), *sorted(shut)), "rhythms": free})
        )
    return problem.changed(
        officers=tuple(officers), offices=tuple(offices), cooperatives=tuple(cooperatives),
        pins=tuple(pin for pin in problem.pins or () if pin not in touched),
    )  # fmt: skip
