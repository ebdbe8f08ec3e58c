"""All outings: every set of visits that one car can make on one day, with the least it can cost.

Outings are listed size by size. A set is tried when all its sets of three (of two) are outings, because with
shortest ways a visit can always be dropped from a tour. So no outing is missed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from optimizer.bounding.relaxed import Relaxed, bits_of
from optimizer.bounding.routes import least_way, tables
from optimizer.instance import Floats, Ints
from optimizer.search.compiling import compiled

#: sets that are tried between two looks at the stop criterion
PIECE = 20_000
#: visits of a tour beyond which a table of all orders is too large
MOST_STOPS = 9
#: entries of the table of triples beyond which there are too many outings to list
MOST_TRIPLES = 40_000_000


class TooManyOutings(Exception):
    """There are more outings than asked for."""


class Stopped(Exception):
    """The stop criterion became true."""


@dataclass(frozen=True)
class Outings:
    """Outings of one office and one size: N sets of k visits."""

    office: int
    visits: Ints  # [N, k] ascending
    baht: Floats  # [N] kilometres, car and the least cost of a common day
    hours: Floats  # [N] least hours of drive and visit
    topics: Ints  # [N] bit mask of what the crew must know


@dataclass
class _Level:
    """Outings of one size while they are found."""

    visits: Ints
    days: Ints  # [N, W] bit mask of common days
    baht: Floats
    busy: Floats


@compiled
def _grow(relaxed: Relaxed, depot: int, capacity: float, parents: Ints, days: Ints, day_bits: Ints, partners: Ints,
          triples: Floats, work: Floats, limit: float, begin: int, tries: int, out: Ints, out_days: Ints,
          out_baht: Floats, out_busy: Floats, ends: Floats, baht: Floats, busy: Floats) -> tuple[int, int]:  # fmt: skip
    """Extend ``parents`` from index ``begin`` on until about ``tries`` sets are tried or ``out`` is full.

    ``partners`` [n, n] numbers pairs that are outings from 1; ``triples`` [pairs, n] has the least drive of a pair
    with a third visit, no rows where not known yet; ``work`` [N] the least minutes of the parents; a tour's drive and
    visits take at most ``limit``. Returns how many outings were written and where to go on.
    """
    count = len(relaxed.visit)
    size = parents.shape[1]
    words = day_bits.shape[1]
    stops = np.empty(size + 1, np.int64)
    found = tried = 0
    for s in range(begin, len(parents)):
        if tried >= tries or found + count > len(out):
            return found, s
        load = spent = 0.0
        for j in range(size):
            stops[j] = parents[s, j]
            load += relaxed.load[stops[j]]
            spent += relaxed.minutes[stops[j]]
        first = stops[size - 1] + 1 if size > 0 else 0
        for v in range(first, count):
            good = load + relaxed.load[v] <= capacity
            for j in range(size):
                good = good and partners[stops[j], v] > 0
            if not good:
                continue
            least = work[s] + relaxed.minutes[v]
            if len(triples) > 0:
                driving = work[s] - spent
                for i in range(size):
                    for j in range(i + 1, size):
                        driving = max(driving, triples[partners[stops[i], stops[j]] - 1, v])
                least = driving + spent + relaxed.minutes[v]
            if least > limit:
                continue
            shared = False
            for w in range(words):
                shared = shared or (days[s, w] & day_bits[v, w]) != 0
            if not shared:
                continue
            stops[size] = v
            tried += 1
            km, least = least_way(relaxed, depot, stops, size + 1, ends, baht, busy)
            if km == np.inf:
                continue
            for j in range(size + 1):
                out[found, j] = stops[j]
            for w in range(words):
                out_days[found, w] = days[s, w] & day_bits[v, w]
            out_baht[found] = km
            out_busy[found] = least
            found += 1
    return found, len(parents)


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


def longest_work(clock: Floats) -> float:
    """Minutes of drive and visit that a day has room for, with the break or on one side of it."""
    start, end, rest, rest_opens, rest_closes, longest = (float(value) for value in clock[:6])
    if not rest:
        return min(end - start, longest)
    around = min(end - start, longest) - rest
    return max(around, min(min(end, rest_closes) - start, end - max(start, rest_opens), longest))


def day_bits_of(relaxed: Relaxed, office: int) -> tuple[Floats, Ints]:
    """[n, D] the cost of each day for a visit made from ``office``, and [n, W] the days that can be, as bits."""
    here = (relaxed.home == -1) | (relaxed.home == office)
    day_cost = np.where(here[:, None] & (relaxed.cars[office][None, :] == 1), relaxed.day_cost, np.inf)
    return day_cost, bits_of(np.isfinite(day_cost))


def outings_of(
    relaxed: Relaxed, office: int, most: int, stop: Callable[[], bool], up_to: int = MOST_STOPS
) -> list[Outings]:
    """All outings from ``office`` of ``up_to`` visits or fewer, one entry for each size.

    Raises:
        TooManyOutings: there are more than ``most``, or tours of more than ``MOST_STOPS`` visits.
        Stopped: ``stop`` became true.
    """
    count = len(relaxed.visit)
    day_cost, day_bits = day_bits_of(relaxed, office)
    partners = (relaxed.coop[:, None] != relaxed.coop[None, :]).astype(np.int64)
    triples = np.zeros((0, 0))
    level = _Level(np.zeros((1, 0), np.int64), np.full((1, day_bits.shape[1]), -1, np.int64), np.zeros(1), np.zeros(1))
    found: list[Outings] = []
    total = 0
    while len(level.visits) and level.visits.shape[1] < up_to:
        size = level.visits.shape[1] + 1
        level = _next(relaxed, office, level, day_bits, partners, triples, most - total, stop)
        visits = level.visits
        total += len(visits)
        if size == 2:
            partners = np.zeros((count, count), np.int64)
            partners[visits[:, 0], visits[:, 1]] = partners[visits[:, 1], visits[:, 0]] = 1 + np.arange(len(visits))
        if size == 3 and len(visits):
            if int(partners.max()) * count > MOST_TRIPLES:
                raise TooManyOutings
            triples = np.full((int(partners.max()), count), np.inf)
            driving = level.busy - relaxed.minutes[visits].sum(axis=1)
            for a, b, c in ((0, 1, 2), (0, 2, 1), (1, 2, 0)):
                triples[partners[visits[:, a], visits[:, b]] - 1, visits[:, c]] = driving
        if len(visits):
            topics = np.bitwise_or.reduce(relaxed.topics[visits], axis=1)
            baht = level.baht + relaxed.car_day + _day_costs(day_cost, visits)
            hours = np.maximum(0.0, level.busy - relaxed.clock[6]) / 60.0
            found.append(Outings(office, visits, baht, hours, topics))
    if len(level.visits) and up_to >= MOST_STOPS:
        raise TooManyOutings
    return found


def outings_from(relaxed: Relaxed, office: int, visits: Ints) -> list[Outings]:
    """The given outings, rows of ``visits`` padded with -1, one entry for each size."""
    day_cost, _ = day_bits_of(relaxed, office)
    sizes = (visits >= 0).sum(axis=1)
    result = []
    for size in np.unique(sizes):
        rows = np.sort(visits[sizes == size][:, :size], axis=1)
        baht, busy = _ways(relaxed, int(relaxed.depot[office]), rows, *tables(int(size)))
        topics = np.bitwise_or.reduce(relaxed.topics[rows], axis=1)
        hours = np.maximum(0.0, busy - relaxed.clock[6]) / 60.0
        result.append(Outings(office, rows, baht + relaxed.car_day + _day_costs(day_cost, rows), hours, topics))
    return result


@compiled
def _ways(
    relaxed: Relaxed, depot: int, visits: Ints, ends: Floats, baht: Floats, busy: Floats
) -> tuple[Floats, Floats]:
    """Least baht of kilometres and least minutes for each row of ``visits``."""
    km, work = np.empty(len(visits)), np.empty(len(visits))
    for s in range(len(visits)):
        km[s], work[s] = least_way(relaxed, depot, visits[s], visits.shape[1], ends, baht, busy)
    return km, work


def _next(relaxed: Relaxed, office: int, level: _Level, day_bits: Ints, partners: Ints,
          triples: Floats, most: int, stop: Callable[[], bool]) -> _Level:  # fmt: skip
    """The outings with one visit more than those of ``level``."""
    size = level.visits.shape[1] + 1
    room = PIECE + len(relaxed.visit)
    space = tables(size)
    limit = longest_work(relaxed.clock) + relaxed.clock[6]
    pieces: list[_Level] = []
    begin = total = 0
    while begin < len(level.visits):
        out = _Level(
            np.empty((room, size), np.int64), np.empty((room, day_bits.shape[1]), np.int64),
            np.empty(room), np.empty(room),
        )  # fmt: skip
        written, begin = _grow(relaxed, int(relaxed.depot[office]), float(relaxed.capacity[office]), level.visits,
                               level.days, day_bits, partners, triples, level.busy, limit, begin, PIECE,
                               out.visits, out.days, out.baht, out.busy, *space)  # fmt: skip
        total += written
        if total > most:
            raise TooManyOutings
        if stop():
            raise Stopped
        pieces.append(_Level(out.visits[:written].copy(), out.days[:written].copy(), out.baht[:written].copy(),
                             out.busy[:written].copy()))  # fmt: skip
    return _Level(
        np.concatenate([p.visits for p in pieces]) if pieces else np.zeros((0, size), np.int64),
        np.concatenate([p.days for p in pieces]) if pieces else np.zeros((0, day_bits.shape[1]), np.int64),
        np.concatenate([p.baht for p in pieces]) if pieces else np.zeros(0),
        np.concatenate([p.busy for p in pieces]) if pieces else np.zeros(0),
    )
