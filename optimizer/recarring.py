"""No tour changes its car without need: of cars that drive for one price, each tour gets back the published one.

The search does not mind which of them it takes. Who asked for a car does: a travel request names it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from models.cars import Car
from models.plan import Plan, Tour
from models.problem import Problem
from optimizer.starting import NEVER, assigned

#: what counts of a car: that the tour keeps one, then each of its visits, then each officer who had it that day; the
#: car that the search chose decides between cars that are alike in all that
_TOUR, _VISIT, _OFFICER, _CHOSEN = 100_000_000, 10_000, 2, 1


def recarred(problem: Problem, plan: Plan) -> Plan:
    """The plan in which as many tours as can have the car that was published, of those that cost the same."""
    published = problem.published
    if published is None or not any(office.has_names for office in problem.offices):
        return plan
    cars = _Published(published.tours)
    days: defaultdict[tuple[str, dt.date], list[Tour]] = defaultdict(list)
    for tour in plan.tours:
        if problem.office_by_id[tour.office].has_names and not problem.is_past(tour.date):
            days[tour.office, tour.date].append(tour)
    made: dict[Tour, str | None] = {}
    for (office, date), tours in days.items():
        there = problem.cars(office, date)
        for price in {car.km for car in there}:
            alike = [car for car in there if car.km == price]
            ids = {car.id for car in alike}
            made |= _handed_out(problem, [tour for tour in tours if tour.car in ids], alike, cars)
    return plan.model_copy(
        update={"tours": tuple(tour.model_copy(update={"car": made.get(tour, tour.car)}) for tour in plan.tours)}
    )


class _Published:
    """Which cars visits and officers have in published ``tours``, by the day."""

    def __init__(self, tours: Sequence[Tour]) -> None:
        self._of = {(tour.date, stop.visit): tour.car for tour in tours for stop in tour.stops}
        self._ridden = {(tour.date, officer): tour.car for tour in tours for officer in tour.crew}

    def worth(self, tour: Tour, car: str | None) -> int:
        """How much speaks for the tour's taking the car."""
        visits = sum(self._of.get((tour.date, stop.visit)) == car for stop in tour.stops)
        officers = sum(self._ridden.get((tour.date, officer)) == car for officer in tour.crew)
        return _TOUR * (visits > 0) + _VISIT * visits + _OFFICER * officers + _CHOSEN * (tour.car == car)


def _handed_out(
    problem: Problem, tours: Sequence[Tour], cars: Sequence[Car], published: _Published
) -> dict[Tour, str | None]:
    """The car of each tour, each car once at most."""
    costs = np.zeros((len(cars), len(cars)), dtype=np.int64)  # the rows after the tours leave a car at home
    for row, tour in enumerate(tours):
        load = sum(problem.visit_by_id[stop.visit].load or 0.0 for stop in tour.stops)
        for column, car in enumerate(cars):
            fits = len(tour.crew) <= car.seats and car.takes(load)
            costs[row, column] = -published.worth(tour, car.id) if fits else NEVER * len(cars)
    return {tour: cars[column].id for tour, column in zip(tours, assigned(costs), strict=False)}
