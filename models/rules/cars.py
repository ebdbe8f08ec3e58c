"""Rule 5: so many cars leave on a day, each on one tour, with its own seats and capacity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.plan import Tour
from models.problem import Depot, Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def _from_office(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> Iterator[Finding]:
    cars = roster.cars_left(office.id, date)
    if not cars:
        code = "no-car-at-all" if roster.is_firm else "no-car"
        yield Finding(code, {"office": office.id, "date": date.isoformat()})
    elif not any(car.takes(visit.load or 0.0) for car in cars):
        yield Finding("too-heavy", {"office": office.id})


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    problem = roster.problem
    car = problem.car_of(tour)
    others = [other for other in roster.tours_on(tour.office, tour.date) if other.id != tour.id]
    there = problem.cars(tour.office, tour.date)
    if car is None:
        yield Finding("car-unknown", {"office": tour.office, "car": tour.car or ""})
        return
    if car.id is None and len(others) >= len(there):
        yield Finding("no-car", {"office": tour.office, "date": tour.date.isoformat()})
    if car.id is not None and car.id not in {one.id for one in there}:
        yield Finding("car-away", {"car": car.id, "date": tour.date.isoformat()})
    if car.id is not None and any(other.car == car.id for other in others):
        yield Finding("car-taken", {"car": car.id, "date": tour.date.isoformat()})
    if len(tour.crew) > car.seats:
        yield Finding("no-seat", {"crew": str(len(tour.crew)), "seats": str(car.seats)})
    load = sum(problem.visit_by_id[stop.visit].load or 0.0 for stop in tour.stops)
    if not car.takes(load):
        yield Finding("over-capacity", {"load": f"{load:g}", "capacity": f"{car.capacity:g}"})


RULE = Rule(
    name="cars",
    number=5,
    text="Tours of one office on one day are at most its cars that day; where cars have names, each takes one that is "
    "there, on at most one tour a day. A crew has at most the seats of its car; loads sum to at most its capacity.",
    keys=("offices.cars", "offices.cars_on", "offices.seats", "offices.capacity", "visits.load"),
    kept=keeping(bound=Keeping.RELAXED),
    of_day=("no-car", "no-car-at-all", "too-heavy"),
    of_tour=("car-unknown", "no-car", "car-away", "car-taken", "no-seat", "over-capacity"),
    from_office=_from_office,
    on_tour=_on_tour,
)
