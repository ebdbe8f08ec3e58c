"""Every way one day can serve a given set of visits: the split into tours, their offices, orders and crews."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.problem import Office, Problem, Visit
from support.schedule import HAIR, Timing, shortest

#: minutes a start may differ from the published one before the visit counts as moved
MOVED = 30.0


@dataclass(frozen=True)
class Leg:
    """One tour: its office and crew, the visits in order, their timing, and the published starts it keeps."""

    office: str
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
    """An order of stops from one office without its crew; ``km`` in kilometres."""

    office: Office
    order: tuple[str, ...]
    km: float
    timing: Timing
    kept: frozenset[str]

    def no_worse(self, other: _Route) -> bool:
        return self.km <= other.km and self.timing.worked <= other.timing.worked and self.kept >= other.kept


def day_options(problem: Problem, date: dt.date, visits: Sequence[Visit]) -> list[DayOption]:
    """All ways to make ``visits`` (one of each cooperative) on ``date``, with crews and cars within their limits."""
    options = []
    for blocks in _splits(list(visits)):
        manned = [list(_manned(problem, date, block)) for block in blocks]
        for legs in itertools.product(*manned):
            crew = [officer for route, crew in legs for officer in crew]
            cars = Counter(route.office.id for route, _ in legs)
            enough = all(number <= problem.office_by_id[id_].cars_of(date) for id_, number in cars.items())
            if enough and len(set(crew)) == len(crew):
                prices = problem.prices
                price = sum(route.km for route, _ in legs) * prices.km
                price += len(crew) * prices.officer_day + len(legs) * prices.car_day
                options.append(DayOption(date, tuple(_leg(route, members) for route, members in legs), price))
    return options


def _leg(route: _Route, crew: tuple[str, ...]) -> Leg:
    return Leg(route.office.id, crew, route.order, route.timing, route.kept)


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


def _manned(problem: Problem, date: dt.date, block: list[Visit]) -> Iterator[tuple[_Route, tuple[str, ...]]]:
    """Each useful route over the block, with each crew that may drive it."""
    needed = {topic for visit in block for topic in visit.topics or ()}
    pinned = {visit.id for visit in block} & set(problem.pins or ())
    wanted = {frozenset(crew) for visit, crew in _published_crews(problem) if visit in pinned}
    for office in problem.offices:
        routes = _routes(problem, date, office, block)
        staff = [o for o in problem.officers if o.office == office.id and date not in (o.absent or ())]
        for size in range(1, min(office.seats, len(staff)) + 1):
            for crew in itertools.combinations(staff, size):
                ids = tuple(officer.id for officer in crew)
                able = needed <= {topic for officer in crew for topic in officer.topics}
                if able and all(frozenset(ids) == crew_wanted for crew_wanted in wanted):
                    yield from ((route, ids) for route in routes)


def _published_crews(problem: Problem) -> Iterator[tuple[str, tuple[str, ...]]]:
    for tour in problem.published.tours if problem.published else ():
        for stop in tour.stops:
            yield stop.visit, tour.crew


def _routes(problem: Problem, date: dt.date, office: Office, block: list[Visit]) -> list[_Route]:
    """The orders and timings from ``office`` that no other one beats in km, work and published starts kept."""
    load = sum(visit.load or 0.0 for visit in block)
    hosts = {visit.id: problem.cooperative_by_id[visit.cooperative] for visit in block}
    if office.capacity is not None and load > office.capacity * (1 + 1e-9):
        return []
    if any(host.office not in (None, office.id) for host in hosts.values()):
        return []
    starts = {stop.visit: stop.start for tour in (problem.published.tours if problem.published else ())
              for stop in tour.stops if tour.date == date}  # fmt: skip
    pinned = set(problem.pins or ())
    loose = [visit.id for visit in block if visit.id in starts and visit.id not in pinned]
    routes: list[_Route] = []
    for order in itertools.permutations(block):
        places = [office.location, *(hosts[visit.id].location for visit in order), office.location]
        hops = list(itertools.pairwise(places))
        drives = [problem.travel.minutes[a][b] for a, b in hops]
        km = sum(problem.travel.km[a][b] for a, b in hops)
        for size in range(len(loose) + 1):
            for kept in itertools.combinations(loose, size):
                windows = [_window(problem, visit, starts, visit.id in kept, visit.id in pinned) for visit in order]
                timing = shortest(problem.day, drives, [visit.minutes for visit in order], windows)
                if timing is not None:
                    keeps = frozenset(kept) | (pinned & {visit.id for visit in block})
                    routes.append(_Route(office, tuple(visit.id for visit in order), km, timing, keeps))
    useful: list[_Route] = []
    for route in sorted(routes, key=lambda each: (each.km, each.timing.worked, -len(each.kept))):
        if not any(other.no_worse(route) for other in useful):
            useful.append(route)
    return useful


def _window(problem: Problem, visit: Visit, starts: dict[str, float], kept: bool, pinned: bool) -> tuple[float, float]:
    """When the visit may start: its window, within the open hours, and near or at the published start."""
    low, high = visit.window or (0.0, float("inf"))
    opens, closes = problem.cooperative_by_id[visit.cooperative].open or (0.0, float("inf"))
    low, high = max(low, opens), min(high, closes - visit.minutes)
    if kept:
        low, high = max(low, starts[visit.id] - MOVED), min(high, starts[visit.id] + MOVED)
    if pinned:
        low, high = max(low, starts[visit.id] - HAIR), min(high, starts[visit.id])
    return low, high
