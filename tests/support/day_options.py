"""Every way one day can serve a given set of visits: the split into tours, their offices, cars, orders and crews."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.hours import Spans, starts_within
from models.problem import Car, Depot, Officer, Problem, Visit
from support.schedule import HAIR, Timing, timings

#: minutes a start may differ from the published one before the visit counts as moved
MOVED = 30.0


@dataclass(frozen=True)
class Leg:
    """One tour: its office, car and crew, the visits in order, their timing, and the published starts it keeps."""

    office: str
    car: str | None
    crew: tuple[str, ...]
    order: tuple[str, ...]
    timing: Timing
    kept: frozenset[str]


@dataclass(frozen=True)
class DayOption:
    """The tours of one day, and their kilometres, officer days and cars in baht."""

    date: dt.date
    legs: tuple[Leg, ...]
    cost: float


@dataclass(frozen=True)
class _Route:
    """An order of stops from one office without car and crew; ``km`` in kilometres."""

    order: tuple[str, ...]
    km: float
    timing: Timing
    kept: frozenset[str]

    def no_worse(self, other: _Route) -> bool:
        return self.km <= other.km and self.timing.no_worse(other.timing) and self.kept == other.kept


@dataclass(frozen=True)
class _Manned:
    """A route with the car and the crew that take it."""

    office: Depot
    car: Car
    crew: tuple[str, ...]
    route: _Route

    def price(self, problem: Problem) -> float:
        """Baht for kilometres, officer days and the car."""
        day = problem.prices.officer_day_for(self.route.timing.length)
        return self.route.km * self.car.km + len(self.crew) * day + problem.prices.car_day

    @property
    def leg(self) -> Leg:
        """The leg that it is."""
        route = self.route
        return Leg(self.office.id, self.car.id, self.crew, route.order, route.timing, route.kept)


def day_options(problem: Problem, date: dt.date, visits: Sequence[Visit]) -> list[DayOption]:
    """All ways to make ``visits`` (one of each cooperative) on ``date``, with crews and cars within their limits."""
    options = []
    for blocks in _splits(list(visits)):
        manned = [list(_manned(problem, date, block)) for block in blocks]
        for tours in itertools.product(*manned):
            crew = [officer for tour in tours for officer in tour.crew]
            if len(set(crew)) == len(crew) and _enough_cars(problem, date, tours):
                price = sum(tour.price(problem) for tour in tours)
                options.append(DayOption(date, tuple(tour.leg for tour in tours), price))
    return options


def _enough_cars(problem: Problem, date: dt.date, tours: Sequence[_Manned]) -> bool:
    """Whether no more cars leave than there are, and none with a name twice."""
    cars = Counter((tour.office.id, tour.car.id) for tour in tours)
    return all(
        number <= (1 if name is not None else problem.office_by_id[office].cars_of(date))
        for (office, name), number in cars.items()
    )


def _splits(things: list[Visit]) -> Iterator[list[list[Visit]]]:
    """Every way to split ``things`` into groups."""
    if not things:
        yield []
        return
    first, *rest = things
    for split in _splits(rest):
        yield [[first], *split]
        for index, group in enumerate(split):
            yield [*split[:index], [first, *group], *split[index + 1 :]]


def _manned(problem: Problem, date: dt.date, block: list[Visit]) -> Iterator[_Manned]:
    """Each useful route over the block, with each car and each crew that may take it."""
    needed = {topic for visit in block for topic in visit.topics or ()}
    cooperatives = [problem.cooperative_by_id[visit.cooperative] for visit in block]
    least = max(visit.crew_size for visit in block)
    load = sum(visit.load or 0.0 for visit in block)
    pinned = {visit.id for visit in block} & set(problem.pins or ())
    wanted = {frozenset(crew) for visit, crew in _published_crews(problem) if visit in pinned}
    for office in problem.offices:
        if any(cooperative.office not in (None, office.id) for cooperative in cooperatives):
            continue
        cars = {car.id: car for car in problem.cars(office.id, date) if car.takes(load)}
        staff = [o for o in problem.officers if o.office == office.id and date not in (o.absent or ())
                 and not any(o.id in (cooperative.barred or ()) for cooperative in cooperatives)]  # fmt: skip
        routes: dict[tuple[float, float], list[_Route]] = {}
        for size in range(least, max((car.seats for car in cars.values()), default=0) + 1):
            for crew in itertools.combinations(staff, size):
                ids = tuple(officer.id for officer in crew)
                able = needed <= {topic for officer in crew for topic in officer.topics}
                if not able or any(frozenset(ids) != crew_wanted for crew_wanted in wanted):
                    continue
                for within in _free(crew, date):
                    if within not in routes:
                        routes[within] = _routes(problem, date, office, block, within)
                    for car in cars.values():
                        if car.seats >= size:
                            yield from (_Manned(office, car, ids, route) for route in routes[within])


def _free(crew: Sequence[Officer], date: dt.date) -> Iterator[tuple[float, float]]:
    """The stretches of the day on which nobody of the crew is busy."""
    busy = sorted((each.from_, each.to) for officer in crew for each in officer.busy or () if each.date == date)
    since = 0.0
    for first, last in busy:
        if first >= since:
            yield since, first
        since = max(since, last)
    yield since, float("inf")


def _published_crews(problem: Problem) -> Iterator[tuple[str, tuple[str, ...]]]:
    for tour in problem.published.tours if problem.published else ():
        for stop in tour.stops:
            yield stop.visit, tour.crew


def _routes(
    problem: Problem, date: dt.date, office: Depot, block: list[Visit], within: tuple[float, float]
) -> list[_Route]:
    """The orders and timings from ``office`` that no other one beats in km, work, length and published starts kept."""
    starts = {stop.visit: stop.start for tour in (problem.published.tours if problem.published else ())
              for stop in tour.stops if tour.date == date}  # fmt: skip
    pinned = set(problem.pins or ())
    loose = [visit.id for visit in block if visit.id in starts and visit.id not in pinned]
    routes: list[_Route] = []
    for order in itertools.permutations(block):
        stops = [problem.cooperative_by_id[visit.cooperative].location for visit in order]
        hops = list(itertools.pairwise([office.location, *stops, office.location]))
        drives = [problem.travel.minutes[a][b] for a, b in hops]
        km = sum(problem.travel.km[a][b] for a, b in hops)
        minutes = [visit.minutes for visit in order]
        for size in range(len(loose) + 1):
            for kept in itertools.combinations(loose, size):
                windows = [_starts(problem, date, visit, starts, kept, pinned) for visit in order]
                keeps = frozenset(kept) | (pinned & {visit.id for visit in block})
                ids = tuple(visit.id for visit in order)
                found = timings(problem.day, drives, minutes, windows, within)
                routes += [_Route(ids, km, timing, keeps) for timing in found]
    useful: list[_Route] = []
    for route in sorted(routes, key=lambda each: (each.km, each.timing.worked, each.timing.length, -len(each.kept))):
        if not any(other.no_worse(route) for other in useful):
            useful.append(route)
    return useful


def _starts(
    problem: Problem, date: dt.date, visit: Visit, starts: dict[str, float], kept: Sequence[str], pinned: set[str]
) -> Spans:
    """Where the visit may start: in a window, within the open hours, and near or at the published start."""
    cooperative = problem.cooperative_by_id[visit.cooperative]
    if isinstance(cooperative.open, dict):
        hours = cooperative.open.get(("mon", "tue", "wed", "thu", "fri", "sat", "sun")[date.weekday()], ())
    else:
        hours = cooperative.open if cooperative.open is not None else ((0.0, float("inf")),)
    spans = starts_within(visit.windows, hours, visit.minutes)
    if visit.id in kept:
        near = starts[visit.id] - MOVED, starts[visit.id] + MOVED
    elif visit.id in pinned:
        near = starts[visit.id] - HAIR, starts[visit.id]
    else:
        return spans
    return tuple(
        (max(low, near[0]), min(high, near[1])) for low, high in spans if max(low, near[0]) <= min(high, near[1])
    )
