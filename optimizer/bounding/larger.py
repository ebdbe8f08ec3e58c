"""Outings too many to list: found crew by crew, where given prices make them earn more than they cost.

For one crew every visit has a gain: its price and the lead's reward, less the crew's hours at the visit. Visits are
taken in the order of gain for each minute, and a branch is left when the time that remains cannot earn what the
tour still owes. Visits without a gain are not tried: leaving them out of an outing never makes it dearer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from optimizer.bounding.duals import BLUR
from optimizer.bounding.outings import Stopped, day_bits_of, longest_work
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import least_way, tables
from optimizer.instance import Floats, Ints
from optimizer.search.compiling import compiled

#: visits of a tour beyond which none is looked for; more than fit into a day is an error of the caller
DEPTH = 10
#: outings kept of one piece of crews
ROOM = 50_000


@dataclass(frozen=True)
class Finds:
    """What was found: sets of visits padded with -1, and whether that is all there is."""

    visits: Ints  # [M, DEPTH]
    excess: Floats  # [n] what makes up for them
    complete: bool
    too_deep: bool


@compiled
def _longer(ways: Floats, depot: int, stops: Ints, count: int, table: Floats) -> float:
    """The least closed way over ``count`` stops, from the table of the first ``count - 1``, which it extends."""
    j = count - 1
    new = 1 << j
    last = stops[j]
    least = np.inf
    for part in range(new):
        done = part | new
        if part == 0:
            table[done, j] = ways[depot, last]
        else:
            best = np.inf
            for i in range(j):
                if part >> i & 1:
                    best = min(best, table[part, i] + ways[stops[i], last])
            table[done, j] = best
            for i in range(j):
                if part >> i & 1:
                    before = done & ~(1 << i)
                    best = table[before, j] + ways[last, stops[i]]
                    for k in range(j):
                        if k != i and part >> k & 1:
                            best = min(best, table[before, k] + ways[stops[k], stops[i]])
                    table[done, i] = best
    full = (1 << count) - 1
    for i in range(count):
        least = min(least, table[full, i] + ways[stops[i], depot])
    return least


@compiled
def _search_crew(relaxed: Relaxed, depot: int, capacity: float, limit: float, need: float, free: Ints, rate: float,
                 gain: Floats, day_bits: Ints, day_cost: Floats, cuts: Floats, size_from: int, per_crew: int,
                 order: Ints, suffix: Floats, stops: Ints, places: Ints, place: Ints, owed: Floats, spent: Floats,
                 loads: Floats, days: Ints, km_table: Floats, drive_table: Floats, ends: Floats, baht: Floats,
                 busy: Floats, out: Ints, found: int, excess: Floats) -> tuple[int, int]:  # fmt: skip
    """Search all outings of one crew; returns how many are in ``out`` then, and 0, or 1 not all, 2 too deep."""
    count = 0
    words = day_bits.shape[1]
    for v in range(len(gain)):
        if gain[v] > 0:
            order[count] = v
            count += 1
    if count < size_from:
        return found, 0
    ratio = np.empty(count)
    for i in range(count):
        ratio[i] = -gain[order[i]] / max(relaxed.minutes[order[i]], 1e-3)
    ranked = np.argsort(ratio)
    for i in range(count):
        stops[i] = order[ranked[i]]
    for i in range(count):
        order[i] = stops[i]
    suffix[count] = 0.0
    for i in range(count - 1, -1, -1):
        suffix[i] = suffix[i + 1] + gain[order[i]]
    depth = 0
    place[0], owed[0], spent[0], loads[0] = 0, need, 0.0, 0.0
    for w in range(words):
        days[0, w] = free[w]
    kept = 0
    visits_spent = np.zeros(DEPTH + 1)
    while depth >= 0:
        i = place[depth]
        if i >= count:
            depth -= 1
            continue
        v = order[i]
        share = gain[v] / max(relaxed.minutes[v], 1e-3)
        left = max(0.0, limit - spent[depth])
        if owed[depth] - min(left * share, suffix[i]) >= -BLUR:
            depth -= 1
            continue
        place[depth] = i + 1
        if spent[depth] + relaxed.minutes[v] > limit or loads[depth] + relaxed.load[v] > capacity:
            continue
        clash = False
        for j in range(depth):
            clash = clash or relaxed.coop[stops[j]] == relaxed.coop[v]
        shared = False
        for w in range(words):
            days[depth + 1, w] = days[depth, w] & day_bits[v, w]
            shared = shared or days[depth + 1, w] != 0
        if clash or not shared:
            continue
        if depth >= DEPTH:
            return found, 2
        stops[depth] = v
        places[depth] = relaxed.place[v]
        km = _longer(relaxed.km, depot, places, depth + 1, km_table)
        drive = _longer(relaxed.drive, depot, places, depth + 1, drive_table)
        visits_spent[depth + 1] = visits_spent[depth] + relaxed.minutes[v]
        work = drive + visits_spent[depth + 1]
        if work > limit:
            continue
        # what the tour owes: crew, way and hours less gains; hours at the visits are in the gains already
        debt = need + km + drive * rate
        for j in range(depth + 1):
            debt -= gain[stops[j]]
        if debt - min((limit - work) * share, suffix[i + 1]) >= -BLUR:
            continue
        if depth + 1 >= size_from and debt < -BLUR:
            fine = _fine(cuts, stops, depth + 1)
            if debt + fine < -BLUR:
                exact, work_least = least_way(relaxed, depot, stops, depth + 1, ends, baht, busy)
                if exact == np.inf:
                    continue
                late = np.inf
                for d in range(day_cost.shape[1]):
                    if days[depth + 1, d // 62] >> (d % 62) & 1:
                        total = 0.0
                        for j in range(depth + 1):
                            total += day_cost[stops[j], d]
                        late = min(late, total)
                worth = debt - km - drive * rate + exact + (work_least - visits_spent[depth + 1]) * rate + late + fine
                if worth < -BLUR:
                    if found >= len(out) or kept >= per_crew:
                        return found, 1
                    for j in range(out.shape[1]):
                        out[found, j] = stops[j] if j <= depth else -1
                    found += 1
                    kept += 1
                    for j in range(depth + 1):
                        excess[stops[j]] = max(excess[stops[j]], -worth / (depth + 1))
        spent[depth + 1] = work
        loads[depth + 1] = loads[depth] + relaxed.load[v]
        owed[depth + 1] = debt
        place[depth + 1] = i + 1
        depth += 1
    return found, 0


@compiled
def _fine(cuts: Floats, stops: Ints, count: int) -> float:
    """Baht of the cuts, rows (i, j, k, price), that hold two or more of the stops."""
    total = 0.0
    for t in range(len(cuts)):
        held = 0
        for j in range(count):
            held += stops[j] == cuts[t, 0] or stops[j] == cuts[t, 1] or stops[j] == cuts[t, 2]
        if held >= 2:
            total += cuts[t, 3]
    return total


@compiled
def _search_crews(relaxed: Relaxed, office: int, first: int, staff: Ints, seats: int, limit: float, price: Floats,
                  hour: Floats, reward: Floats, day_bits: Ints, day_cost: Floats, there: Ints, cuts: Floats,
                  size_from: int, per_crew: int, ends: Floats, baht: Floats, busy: Floats, out: Ints,
                  excess: Floats) -> tuple[int, int]:  # fmt: skip
    """Search all crews whose first member, by index, is ``staff[first]``."""
    count = len(price)
    words = day_bits.shape[1]
    depot = relaxed.depot[office]
    order, stops = np.empty(count, np.int64), np.empty(count, np.int64)
    suffix = np.empty(count + 1)
    places, place = np.empty(DEPTH + 1, np.int64), np.empty(DEPTH + 2, np.int64)
    owed, spent, loads = np.empty(DEPTH + 2), np.empty(DEPTH + 2), np.empty(DEPTH + 2)
    days = np.empty((DEPTH + 2, words), np.int64)
    km_table, drive_table = np.empty((1 << DEPTH, DEPTH)), np.empty((1 << DEPTH, DEPTH))
    gain = np.empty(count)
    best = np.empty((seats + 1, count))
    member = np.empty(seats + 1, np.int64)
    skills, rate, free = np.zeros(seats + 1, np.int64), np.zeros(seats + 1), np.zeros((seats + 1, words), np.int64)
    best[0, :] = 0.0
    free[0, :] = -1
    found = worst = 0
    depth = 0
    member[0] = first
    while depth >= 0:
        i = member[depth]
        if i >= len(staff) or (depth == 0 and i != first):
            depth -= 1
            if depth >= 0:
                member[depth] += 1
            continue
        o = staff[i]
        skills[depth + 1] = skills[depth] | relaxed.skills[o]
        rate[depth + 1] = rate[depth] + hour[o] / 60.0
        for w in range(words):
            free[depth + 1, w] = free[depth, w] & there[o, w]
        for v in range(count):
            best[depth + 1, v] = max(best[depth, v], reward[v, o])
            gain[v] = 0.0
            if relaxed.topics[v] & ~skills[depth + 1] == 0:
                gain[v] = price[v] + best[depth + 1, v] - relaxed.minutes[v] * rate[depth + 1]
        need = relaxed.car_day + relaxed.officer_day * (depth + 1) - relaxed.clock[6] * rate[depth + 1]
        found, state = _search_crew(relaxed, depot, relaxed.capacity[office], limit, need, free[depth + 1],
                                    rate[depth + 1], gain, day_bits, day_cost, cuts, size_from, per_crew, order,
                                    suffix, stops, places, place, owed, spent, loads, days, km_table, drive_table,
                                    ends, baht, busy, out, found, excess)  # fmt: skip
        worst = max(worst, state)
        if depth + 1 < seats:
            depth += 1
            member[depth] = i + 1
        else:
            member[depth] += 1
    return found, worst


def larger_outings(relaxed: Relaxed, office: int, size_from: int, price: Floats, hour: Floats, reward: Floats,
                   cuts: Floats, per_crew: int, stop: Callable[[], bool]) -> Finds:  # fmt: skip
    """Sets of ``size_from`` visits or more that earn something at the given prices with some crew of ``office``.

    ``cuts`` [T, 4]: the three visits of each cut and its price.

    Raises:
        Stopped: ``stop`` became true.
    """
    day_cost, day_bits = day_bits_of(relaxed, office)
    staff = np.flatnonzero(relaxed.base == office)
    seats = min(int(relaxed.seats[office]), len(staff))
    limit = longest_work(relaxed.clock) + relaxed.clock[6]
    excess = np.zeros(len(relaxed.visit))
    space = tables(DEPTH)
    pieces = []
    complete, too_deep = True, False
    for first in range(len(staff) if seats else 0):
        if stop():
            raise Stopped
        out = np.empty((ROOM, DEPTH), np.int64)
        found, state = _search_crews(relaxed, office, first, staff, seats, limit, price, hour, reward, day_bits,
                                     day_cost, relaxed.there_bits, cuts, size_from, per_crew, *space, out,
                                     excess)  # fmt: skip
        pieces.append(np.unique(np.sort(out[:found], axis=1)[:, ::-1], axis=0))
        complete = complete and state == 0
        too_deep = too_deep or state == 2
    visits = np.unique(np.concatenate(pieces), axis=0) if pieces else np.zeros((0, DEPTH), np.int64)
    return Finds(visits, excess, complete, too_deep)
