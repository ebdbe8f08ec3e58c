"""Outings too many to list: found crew by crew, where given prices make them earn more than they cost.

For one crew every visit has a gain: its price and the lead's reward, less the crew's hours at the visit. Visits are
taken in the order of gain for each minute, and a branch is left when the time that remains cannot earn what the
tour still owes. Visits without a gain are not tried: leaving them out of an outing never makes it dearer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import comb

import numpy as np

from optimizer.bounding.duals import BLUR
from optimizer.bounding.outings import Stopped, day_bits_of, longest_work
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import least_way, tables
from optimizer.instance import Floats, Ints
from optimizer.search.compiling import compiled

#: visits of a tour at most; where a day has room for more, longer outings are not looked for
DEPTH = 12
#: outings kept of one piece of crews
ROOM = 50_000
#: crews that are searched between two looks at the stop criterion
CREWS = 2_500


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
                 order: Ints, count: int, forced: Ints, mark: int, pair_km: Floats, pair_drive: Floats, suffix: Floats,
                 stops: Ints, places: Ints, place: Ints, owed: Floats, spent: Floats, loads: Floats, days: Ints,
                 km_table: Floats, drive_table: Floats, ends: Floats, baht: Floats, busy: Floats, out: Ints,
                 found: int, excess: Floats) -> tuple[int, int]:  # fmt: skip
    """Search all outings of one crew; returns how many are in ``out`` then, and 0, or 1 not all, 2 too deep.

    ``order[:count]`` are the visits with a gain, best a minute first; where ``mark`` is above 0, one whose ``forced``
    equals it must be in.
    """
    words = day_bits.shape[1]
    hoped = 0.0
    for i in range(count):
        hoped += gain[order[i]]
    if count < size_from or need - hoped >= -BLUR:
        return found, 0
    suffix[count] = 0.0
    for i in range(count - 1, -1, -1):
        suffix[i] = suffix[i + 1] + gain[order[i]]
    depth = 0
    place[0], owed[0], spent[0], loads[0] = 0, need, 0.0, 0.0
    for w in range(words):
        days[0, w] = free[w]
    kept = 0
    visits_spent, gained, ways = np.zeros(DEPTH + 1), np.zeros(DEPTH + 1), np.zeros((DEPTH + 1, 2))
    while depth >= 0:
        i = place[depth]
        if i >= count:
            depth -= 1
            continue
        v = order[i]
        share = gain[v] / max(relaxed.minutes[v], 1e-9)
        after = i + 1
        if mark > 0 and depth == 0:
            # the first visit is one of those that must be in; the others may come before it in the order
            place[0] = i + 1
            if forced[v] != mark:
                continue
            share, after = gain[order[0]] / max(relaxed.minutes[order[0]], 1e-9), 0
        else:
            left = max(0.0, limit - spent[depth])
            if owed[depth] - min(left * share, suffix[i]) >= -BLUR:
                depth -= 1
                continue
            place[depth] = i + 1
            if mark > 0 and forced[v] == mark and i < place[0]:
                continue
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
        # the way is at least the one before, and the one to any two of the stops
        km, drive = ways[depth, 0], ways[depth, 1]
        for j in range(depth):
            km = max(km, pair_km[stops[j], v])
            drive = max(drive, pair_drive[stops[j], v])
        work = drive + visits_spent[depth] + relaxed.minutes[v]
        debt = need + km + drive * rate - gained[depth] - gain[v]
        if work > limit or debt - min((limit - work) * share, suffix[after]) >= -BLUR:
            continue
        stops[depth] = v
        places[depth] = relaxed.place[v]
        km = _longer(relaxed.km, depot, places, depth + 1, km_table)
        drive = _longer(relaxed.drive, depot, places, depth + 1, drive_table)
        visits_spent[depth + 1] = visits_spent[depth] + relaxed.minutes[v]
        work = drive + visits_spent[depth + 1]
        if work > limit:
            continue
        # what the tour owes: crew, way and hours less gains; hours at the visits are in the gains already
        debt = need + km + drive * rate - gained[depth] - gain[v]
        if debt - min((limit - work) * share, suffix[after]) >= -BLUR:
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
        ways[depth + 1, 0], ways[depth + 1, 1] = km, drive
        gained[depth + 1] = gained[depth] + gain[v]
        loads[depth + 1] = loads[depth] + relaxed.load[v]
        owed[depth + 1] = debt
        place[depth + 1] = after
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
def _needed(relaxed: Relaxed, reward: Floats, floor: Floats, staff: Ints, crew: Ints, last: int, others: int,
            v: int) -> bool:  # fmt: skip
    """Whether the visit needs the last member of the crew: for a topic, or as the one worth most."""
    if relaxed.topics[v] & ~others != 0:
        return True
    own = reward[v, staff[crew[last]]]
    if own <= floor[v]:
        return False
    for m in range(last):
        if reward[v, staff[crew[m]]] >= own:
            return False
    return True


@compiled
def _search_crews(relaxed: Relaxed, office: int, first: int, second: int, beyond: int, staff: Ints, seats: int,
                  limit: float, price: Floats, hour: Floats, reward: Floats, day_bits: Ints, day_cost: Floats,
                  there: Ints, pair_km: Floats, pair_drive: Floats, cuts: Floats, size_from: int, per_crew: int,
                  ends: Floats, baht: Floats, busy: Floats, out: Ints, excess: Floats) -> tuple[int, int]:  # fmt: skip
    """Search all crews whose first member, by index, is ``staff[first]`` and whose second is from ``second`` on.

    The second comes before ``beyond``; the crew of the first alone is searched where ``second`` is the next one.
    """
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
    member = np.empty(seats + 1, np.int64)
    skills, rate, free = np.zeros(seats + 1, np.int64), np.zeros(seats + 1), np.zeros((seats + 1, words), np.int64)
    # beyond what anybody has, an officer's visits are few; the gain a minute of all others has one order for all crews
    floor = np.full(count, np.inf)
    for o in staff:
        for v in range(count):
            floor[v] = min(floor[v], reward[v, o])
    length = np.maximum(relaxed.minutes, 1e-9)
    own, head = np.empty(count, np.int64), np.zeros(seats + 2, np.int64)
    special, specials = np.empty((len(staff), count), np.int64), np.zeros(len(staff), np.int64)
    for i in range(len(staff)):
        for v in range(count):
            if reward[v, staff[i]] > floor[v]:
                special[i, specials[i]] = v
                specials[i] += 1
        shares = np.empty(specials[i])
        for n in range(specials[i]):
            shares[n] = -(price[special[i, n]] + reward[special[i, n], staff[i]]) / length[special[i, n]]
        ranked = np.argsort(shares)
        own[: specials[i]] = special[i, : specials[i]]
        for n in range(specials[i]):
            special[i, n] = own[ranked[n]]
    paying = np.argsort(-(price + floor) / length)
    seen, forced = np.zeros(count, np.int64), np.zeros(count, np.int64)
    stamp = 0
    crew = np.empty(seats + 1, np.int64)
    free[0, :] = -1
    found = worst = 0
    depth = 0
    member[0] = first
    while depth >= 0:
        i = member[depth]
        if i >= len(staff) or (depth == 0 and i != first) or (depth == 1 and i >= beyond):
            depth -= 1
            if depth >= 0:
                member[depth] += 1
            continue
        o = staff[i]
        skills[depth + 1] = skills[depth] | relaxed.skills[o]
        rate[depth + 1] = rate[depth] + hour[o] / 60.0
        for w in range(words):
            free[depth + 1, w] = free[depth, w] & there[o, w]
        crew[depth] = i
        stamp += 1
        # merge the members' visits and everybody's, each in its order of earnings a minute; the first to have a
        # visit has it at its best
        for part in range(depth + 2):
            head[part] = 0
        merged = 0
        while True:
            best, chosen = 0.0, -1
            for part in range(depth + 2):
                while head[part] < (count if part > depth else specials[crew[part]]):
                    v = paying[head[part]] if part > depth else special[crew[part], head[part]]
                    if seen[v] != stamp:
                        break
                    head[part] += 1
                else:
                    continue
                most = floor[v] if part > depth else reward[v, staff[crew[part]]]
                share = (price[v] + most) / length[v] - rate[depth + 1]
                if share > best:
                    best, chosen = share, part
            if chosen < 0:
                break
            v = paying[head[chosen]] if chosen > depth else special[crew[chosen], head[chosen]]
            seen[v] = stamp
            if relaxed.topics[v] & ~skills[depth + 1] == 0:
                most = floor[v] if chosen > depth else reward[v, staff[crew[chosen]]]
                gain[v] = price[v] + most - relaxed.minutes[v] * rate[depth + 1]
                order[merged] = v
                merged += 1
        mark = 0
        if depth > 0:
            # a crew that does without its last member is searched by itself: some visit must need that one
            mark = stamp
            for n in range(merged):
                if _needed(relaxed, reward, floor, staff, crew, depth, skills[depth], order[n]):
                    forced[order[n]] = stamp
        need = relaxed.car_day + relaxed.officer_day * (depth + 1) - relaxed.clock[6] * rate[depth + 1]
        if depth > 0 or second == first + 1:
            found, state = _search_crew(relaxed, depot, relaxed.capacity[office], limit, need, free[depth + 1],
                                        rate[depth + 1], gain, day_bits, day_cost, cuts, size_from, per_crew, order,
                                        merged, forced, mark, pair_km, pair_drive, suffix, stops, places, place, owed,
                                        spent, loads, days, km_table, drive_table, ends, baht, busy, out, found,
                                        excess)  # fmt: skip
            worst = max(worst, state)
        if depth + 1 < seats:
            depth += 1
            member[depth] = i + 1 if depth > 1 else second
        else:
            member[depth] += 1
    return found, worst


def _pairs(ways: Floats, relaxed: Relaxed, office: int) -> Floats:
    """[n, n] the least closed way from the office over two visits."""
    out, home = ways[relaxed.depot[office], relaxed.place], ways[relaxed.place, relaxed.depot[office]]
    over = out[:, None] + ways[np.ix_(relaxed.place, relaxed.place)] + home[None, :]
    least: Floats = np.minimum(over, over.T)
    return least


def pieces_of_crews(people: int, seats: int) -> Iterator[tuple[int, int, int]]:
    """All crews in pieces of about ``CREWS``: the first member, the first second member, and the one after the last."""
    for first in range(people if seats else 0):
        second, crews = first + 1, 1
        for other in range(first + 1, people):
            crews += sum(comb(people - 1 - other, more) for more in range(seats - 1))
            if crews >= CREWS:
                yield first, second, other + 1
                second, crews = other + 1, 0
        if second < people or second == first + 1:
            yield first, second, people


def larger_outings(relaxed: Relaxed, office: int, size_from: int, price: Floats, hour: Floats, reward: Floats,
                   cuts: Floats, crew: int, per_crew: int, stop: Callable[[], bool]) -> Finds:  # fmt: skip
    """Sets of ``size_from`` visits or more that earn something at the given prices with some crew of ``office``.

    ``cuts`` [T, 4]: the three visits of each cut and its price. Crews have at most ``crew`` members; of each, at most
    ``per_crew`` sets are kept.

    Raises:
        Stopped: ``stop`` became true.
    """
    day_cost, day_bits = day_bits_of(relaxed, office)
    staff = np.flatnonzero(relaxed.base == office)
    seats = min(int(relaxed.seats[office]), len(staff), crew)
    limit = longest_work(relaxed.clock) + relaxed.clock[6]
    excess = np.zeros(len(relaxed.visit))
    # visits that no day suits are in no outing
    price = np.where((day_bits != 0).any(axis=1), price, -1.0 - reward.max(axis=1, initial=0.0))
    pair_km = _pairs(relaxed.km, relaxed, office)
    pair_drive = _pairs(relaxed.drive, relaxed, office)
    space = tables(DEPTH)
    pieces = []
    complete, too_deep = True, False
    for first, second, beyond in pieces_of_crews(len(staff), seats):
        if stop():
            raise Stopped
        out = np.empty((ROOM, DEPTH), np.int64)
        found, state = _search_crews(relaxed, office, first, second, beyond, staff, seats, limit, price, hour, reward,
                                     day_bits, day_cost, relaxed.there_bits, pair_km, pair_drive, cuts, size_from,
                                     per_crew, *space, out, excess)  # fmt: skip
        pieces.append(np.unique(np.sort(out[:found], axis=1)[:, ::-1], axis=0))
        complete = complete and state == 0
        too_deep = too_deep or state == 2
    visits = np.unique(np.concatenate(pieces), axis=0) if pieces else np.zeros((0, DEPTH), np.int64)
    return Finds(visits, excess, complete, too_deep)
