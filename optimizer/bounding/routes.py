"""Routes: sets of visits that one car can make on one day, each with the least it can cost.

They are listed size by size. A set is tried when all its sets of three (of two) are routes, because with shortest ways
a visit can always be dropped from a route. So no route is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from optimizer.borrowing import borrowed
from optimizer.bounding.fares import fare
from optimizer.bounding.least_way import Room, least_way, room_for
from optimizer.bounding.relaxed import GRACE, Clock, Relaxed, bits_of, day_rate
from optimizer.compiling import compiled
from optimizer.instance import Flags, Floats, Ints
from optimizer.stopping import Stopped

#: sets that are tried between two looks at the stop criterion
PIECE = 20_000
#: visits of a route beyond which a table of all orders is too large to list them
MOST_LISTED_STOPS = 9
#: entries of the table of triples beyond which there are too many routes to list
MOST_TRIPLES = 40_000_000


@dataclass(frozen=True)
class Routes:
    """Routes of one office and one size: N sets of k visits.

    The last three are what pricing remembers: a floor under each route's reduced cost with its best crew at earlier
    prices, how far prices had moved by then, and whether its costs are those of all hours of the day (see ``pricing``).
    """

    office: int
    visits: Ints  # [N, k] ascending
    km: Floats  # [N] baht of kilometres in the cheapest car of all
    baht: Floats  # [N] kilometres, car and the least cost of a common day
    beside: Floats  # [N] the same without kilometres
    hours: Floats  # [N] least hours on the tour
    wage: Floats  # [N] least baht of an officer's day
    topics: Ints  # [N] bit mask of what the crew must know
    crew: Ints  # [N] officers that it asks for
    floor: Floats  # [N] baht
    moved: Floats  # [N] baht
    timed: Flags  # [N]

    def rows(self, chosen: Ints) -> Routes:
        """A copy of some of them, in that order, that have not been priced yet."""
        arrays = {name: part[chosen] for name, part in vars(self).items() if name != "office"}
        arrays["floor"][:], arrays["moved"][:] = -np.inf, 0.0
        return Routes(self.office, **arrays)


class _Level(NamedTuple):
    """Routes of one size while they are found."""

    visits: Ints  # [N, k]
    days: Ints  # [N, W] bit mask of common days
    km: Floats  # [N] baht
    busy: Floats  # [N] least minutes


class _Bounds(NamedTuple):
    """What a larger set must keep to."""

    depot: int
    capacity: float
    limit: float  # minutes of drive and visits
    day_bits: Ints  # [n, W]
    partners: Ints  # [n, n] the pairs that are routes, numbered from 1
    triples: Floats  # [pairs, n] least drive of a pair with a third visit; no rows where not known yet


@compiled
def _grow(relaxed: Relaxed, bounds: _Bounds, parents: _Level, begin: int, out: _Level, room: Room) -> tuple[int, int]:
    """Extend ``parents`` from index ``begin`` on until about ``PIECE`` sets are tried or ``out`` is full.

    Returns how many routes were written and where to go on.
    """
    count = len(relaxed.visit)
    size = parents.visits.shape[1]
    stops = np.empty(size + 1, np.int64)
    minutes, capacity, partners, triples = relaxed.minutes, bounds.capacity, bounds.partners, bounds.triples
    day_bits = bounds.day_bits
    found = tried = 0
    for s in range(begin, len(parents.visits)):
        if tried >= PIECE or found + count > len(out.visits):
            return found, s
        load = 0.0
        for j in range(size):
            stops[j] = parents.visits[s, j]
            load += relaxed.load[stops[j]]
        for v in range(stops[size - 1] + 1 if size > 0 else 0, count):
            pairs = load + relaxed.load[v] <= capacity
            for j in range(size):
                pairs = pairs and partners[stops[j], v] > 0
            if not pairs or not _share_day(parents.days[s], day_bits[v]):
                continue
            if _least_work(triples, partners, minutes, parents.busy[s], stops, size, v) > bounds.limit:
                continue
            stops[size] = v
            tried += 1
            km, busy = least_way(relaxed, bounds.depot, stops, size + 1, room)
            if km == np.inf:
                continue
            for j in range(size + 1):
                out.visits[found, j] = stops[j]
            for w in range(bounds.day_bits.shape[1]):
                out.days[found, w] = parents.days[s, w] & bounds.day_bits[v, w]
            out.km[found], out.busy[found] = km, busy
            found += 1
    return found, len(parents.visits)


@compiled
def _least_work(triples: Floats, partners: Ints, minutes: Floats, busy: float, stops: Ints, size: int, v: int) -> float:
    """Minutes at least once the visit joins: of the stops' way, or of the longest way of two of them with it."""
    if len(triples) == 0:
        driven: float = busy + minutes[v]
        return driven
    spent = 0.0
    for j in range(size):
        spent += minutes[stops[j]]
    driving = busy - spent
    for i in range(size):
        for j in range(i + 1, size):
            driving = max(driving, triples[partners[stops[i], stops[j]] - 1, v])
    work: float = driving + spent + minutes[v]
    return work


@compiled
def _share_day(days: Ints, others: Ints) -> bool:
    for w in range(len(days)):
        if days[w] & others[w] != 0:
            return True
    return False


@compiled
def _day_costs(day_cost: Floats, visits: Ints) -> Floats:
    """The least cost of a common day for each row of ``visits``."""
    number, size = visits.shape
    least = np.full(number, np.inf)
    for s in range(number):
        for d in range(day_cost.shape[1]):
            total = 0.0
            for j in range(size):
                total += day_cost[visits[s, j], d]
                if total >= least[s]:
                    break
            least[s] = min(least[s], total)
    return least


@compiled
def fares(factor: Floats, toll: Floats, km: Floats) -> Floats:
    """The least baht of ways that cost ``km`` in the cheapest car."""
    baht = np.empty(len(km))
    for s in range(len(km)):
        baht[s] = fare(factor, toll, km[s])
    return baht


@compiled
def _day_rates(relaxed: Relaxed, work: Floats) -> Floats:
    rates = np.empty(len(work))
    for s in range(len(work)):
        rates[s] = day_rate(relaxed, work[s])
    return rates


@compiled
def _ways(relaxed: Relaxed, depot: int, visits: Ints, room: Room) -> tuple[Floats, Floats]:
    """Least baht of kilometres and least minutes for each row of ``visits``."""
    km, work = np.empty(len(visits)), np.empty(len(visits))
    for s in range(len(visits)):
        km[s], work[s] = least_way(relaxed, depot, visits[s], visits.shape[1], room)
    return km, work


def longest_work(clock: Clock) -> float:
    """Minutes of drive and visit that a day has room for, with the break or on one side of it."""
    day = min(clock.end - clock.start, clock.longest)
    return max(day - clock.rest, min(day, clock.unbroken))


def day_cost_of(relaxed: Relaxed, office: int) -> Floats:
    """[n, D] the cost of each day for a visit made from ``office``, inf where it cannot be."""
    here = (relaxed.home == -1) | (relaxed.home == office)
    return np.where(here[:, None] & (relaxed.cars[office][None, :] == 1), relaxed.day_cost, np.inf)


def day_bits_of(relaxed: Relaxed, office: int) -> tuple[Floats, Ints]:
    """The same, and [n, W] the days that can be, as bits."""
    day_cost = day_cost_of(relaxed, office)
    return day_cost, bits_of(np.isfinite(day_cost))


def list_routes(
    relaxed: Relaxed, office: int, most: int, stop: Callable[[], bool], up_to: int = MOST_LISTED_STOPS
) -> tuple[list[Routes], bool]:
    """The routes from ``office``, one entry for each size, and whether they are all there are.

    Sizes are listed up to ``up_to``, and as long as all together are no more than ``most``.

    Raises:
        Stopped: ``stop`` became true.
    """
    count = len(relaxed.visit)
    _, day_bits = day_bits_of(relaxed, office)
    bounds = _Bounds(
        int(relaxed.depot[office]), float(relaxed.capacity[office]), longest_work(relaxed.clock) + GRACE, day_bits,
        (relaxed.coop[:, None] != relaxed.coop[None, :]).astype(np.int64), np.zeros((0, 0)),
    )  # fmt: skip
    level = _Level(np.zeros((1, 0), np.int64), np.full((1, day_bits.shape[1]), -1, np.int64), np.zeros(1), np.zeros(1))
    found: list[Routes] = []
    total = 0
    for size in range(1, up_to + 2):
        if size > up_to:
            return found, False
        larger = _next(relaxed, bounds, level, most - total, stop)
        if larger is None:
            return found, False
        level = larger
        visits = level.visits
        if not len(visits):
            return found, True
        total += len(visits)
        found.append(_priced(relaxed, office, visits, level.km, level.busy))
        if size == 2:
            partners = np.zeros((count, count), np.int64)
            partners[visits[:, 0], visits[:, 1]] = partners[visits[:, 1], visits[:, 0]] = 1 + np.arange(len(visits))
            bounds = bounds._replace(partners=partners)
        if size == 3:
            if int(bounds.partners.max()) * count > MOST_TRIPLES:
                return found, False
            bounds = bounds._replace(triples=_triples(relaxed, bounds.partners, level))
    return found, True


def _triples(relaxed: Relaxed, partners: Ints, level: _Level) -> Floats:
    """[pairs, n] the least drive of a pair with a third visit, from the routes of three."""
    triples = np.full((int(partners.max()), len(relaxed.visit)), np.inf)
    visits = level.visits
    driving = level.busy - relaxed.minutes[visits].sum(axis=1)
    for a, b, c in ((0, 1, 2), (0, 2, 1), (1, 2, 0)):
        triples[partners[visits[:, a], visits[:, b]] - 1, visits[:, c]] = driving
    return triples


def _next(
    relaxed: Relaxed, bounds: _Bounds, level: _Level, most: int, stop: Callable[[], bool]
) -> _Level | None:  # fmt: skip
    """The routes with one visit more than those of ``level``; None where they are more than ``most``."""
    size, words = level.visits.shape[1] + 1, level.days.shape[1]
    space = PIECE + len(relaxed.visit)
    room = room_for(size)
    pieces: list[_Level] = [_Level(np.zeros((0, size), np.int64), np.zeros((0, words), np.int64), *np.zeros((2, 0)))]
    begin = total = 0
    while begin < len(level.visits):
        out = _Level(np.empty((space, size), np.int64), np.empty((space, words), np.int64), *np.empty((2, space)))
        written, begin = _grow(borrowed(relaxed), bounds, level, begin, out, room)
        total += written
        if total > most:
            return None
        if stop():
            raise Stopped
        pieces.append(_Level(out.visits[:written].copy(), out.days[:written].copy(), out.km[:written].copy(),
                             out.busy[:written].copy()))  # fmt: skip
    return _Level(
        np.concatenate([piece.visits for piece in pieces]), np.concatenate([piece.days for piece in pieces]),
        np.concatenate([piece.km for piece in pieces]), np.concatenate([piece.busy for piece in pieces]),
    )  # fmt: skip


def _priced(relaxed: Relaxed, office: int, visits: Ints, km: Floats, busy: Floats) -> Routes:
    """Routes with all that they cost."""
    day_cost, _ = day_bits_of(relaxed, office)
    beside = relaxed.car_day + _day_costs(day_cost, visits)
    topics = np.bitwise_or.reduce(relaxed.topics[visits], axis=1)
    asked = relaxed.asked[office]
    return Routes(
        office,
        visits,
        km=km,
        baht=fares(relaxed.factor[office], relaxed.toll[office], km) + beside,
        beside=beside,
        hours=np.maximum(0.0, busy - relaxed.clock.unpaid) / 60.0,
        wage=_day_rates(borrowed(relaxed), busy),
        topics=topics,
        crew=np.maximum(relaxed.crew[visits].max(axis=1), asked[topics & (len(asked) - 1)]),
        floor=np.full(len(visits), -np.inf),
        moved=np.zeros(len(visits)),
        timed=np.zeros(len(visits), np.uint8),
    )


def as_asked(relaxed: Relaxed, routes: Routes) -> Routes:
    """A copy of ``routes`` for an office with the same ways that asks for other officers."""
    asked = relaxed.asked[routes.office]
    return replace(
        routes, crew=np.maximum(routes.crew, asked[routes.topics & (len(asked) - 1)]), km=routes.km.copy(),
        baht=routes.baht.copy(), hours=routes.hours.copy(), wage=routes.wage.copy(), timed=routes.timed.copy(),
        floor=np.full(len(routes.visits), -np.inf), moved=np.zeros(len(routes.visits)),
    )  # fmt: skip


def routes_from(relaxed: Relaxed, office: int, visits: Ints) -> Iterator[Routes]:
    """The given routes, rows of ``visits`` padded with -1, one entry for each size."""
    sizes = (visits >= 0).sum(axis=1)
    for size in np.unique(sizes):
        rows = np.sort(visits[sizes == size], axis=1)[:, -int(size) :]
        rows = np.ascontiguousarray(rows)
        km, busy = _ways(borrowed(relaxed), int(relaxed.depot[office]), rows, room_for(int(size)))
        yield _priced(relaxed, office, rows, km, busy)
