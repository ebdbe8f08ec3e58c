"""The crew of a route that earns most at given prices."""

from __future__ import annotations

import numpy as np

from optimizer.bounding.blocks import MOST_PARTS, best_split, is_barred, know_all, note_floors, note_values, parts_of
from optimizer.bounding.claims import MOST_LINKED, alone_value, join, values_of
from optimizer.bounding.floors import floor_by_pairs
from optimizer.bounding.prices import BLUR
from optimizer.bounding.structures import Crew, Prices, Staff
from optimizer.compiling import compiled
from optimizer.instance import Flags, Floats, Ints

#: baht of reduced cost beyond which it is not asked how much
FAR = 80.0
#: crews of so many members that are tried where a floor under what they cost is known
MOST_CREWS = 20_000


@compiled
def sum_days(day_cost: Floats, stops: Ints, day: Floats) -> float:
    """Write what making all stops costs on each day, -1 for no stop; returns the least of it."""
    least = np.inf
    for d in range(len(day)):
        day[d] = 0.0
        for v in stops:
            if v >= 0:
                day[d] += day_cost[v, d]
        least = min(least, day[d])
    return least


@compiled
def later_by(there: Flags, day: Floats, least: float) -> float:
    """By how much the cheapest day on which an officer is there is dearer than ``least``; inf where he never is."""
    cheapest = np.inf
    for d in range(len(day)):
        if there[d]:
            cheapest = min(cheapest, day[d])
    return cheapest - least


@compiled
def _note_days(staff: Staff, crew: Crew, stops: Ints) -> float:
    """Write by how much each officer's cheapest day is dearer than the cheapest of all, which is returned."""
    cheapest = sum_days(staff.day_cost, stops, crew.day)
    for i in range(len(staff.officers)):
        o = staff.officers[i]
        crew.late[i] = 0.0 if staff.always[o] else later_by(staff.there[o], crew.day, cheapest)
    crew.best_late[0] = 0.0
    return cheapest


@compiled
def _is_late(staff: Staff, crew: Crew, hands: int, cheapest: float) -> bool:
    """Whether the cheapest day of one of the first ``hands`` of ``crew.best`` is dearer than the cheapest of all."""
    for m in range(hands):
        o = crew.best[m]
        if not staff.always[o] and later_by(staff.there[o], crew.day, cheapest) > 0.0:
            return True
    return False


@compiled
def _beaten(staff: Staff, crew: Crew, width: int, linked: bool, need: int, able: int, a: int) -> bool:
    """Whether a member need not be tried: others are no dearer, know as much of what is needed, and earn as much.

    Beside one such other he earns nothing more where each stop is claimed by itself. Where claims are linked, both may
    earn more than the better one alone; but one of as many others as there are seats is not in the crew, and could be.
    """
    i = crew.pool[a]
    mine = staff.skills[staff.officers[i]] & need
    better = 0
    for b in range(able):
        k = crew.pool[b]
        if b == a or crew.own[k] > crew.own[i] or crew.late[k] > crew.late[i]:
            continue
        theirs = staff.skills[staff.officers[k]] & need
        if mine & ~theirs != 0:
            continue
        same = crew.own[k] == crew.own[i] and mine == theirs and crew.late[k] == crew.late[i]
        covers = True
        for part in range(width):
            covers = covers and crew.value[k, part] >= crew.value[i, part]
            same = same and crew.value[k, part] == crew.value[i, part]
        if covers and (not same or k < i):
            better += 1
    return better >= (staff.seats if linked else 1)


@compiled
def _net(crew: Crew, i: int) -> float:
    return crew.own[i] - crew.alone[i]


@compiled
def _fill_pool(prices: Prices, staff: Staff, crew: Crew, stops: Ints, linked: bool, need: int, asked: int, wage: float,
               hours: float, least: float) -> int:  # fmt: skip
    """Put into the pool who may be worth a seat; returns how many they are."""
    able = 0
    width = 1 << len(stops) if linked else len(stops)
    spare = least if asked > 1 else 0.0  # where more officers are asked for, one who earns something saves another
    for i in range(len(staff.officers)):
        o = staff.officers[i]
        crew.alone[i] = -np.inf
        if is_barred(staff, stops, o) or crew.late[i] == np.inf:
            continue
        crew.own[i] = wage + hours * prices.hour[o]
        reward = 0.0
        for v in stops:
            reward += prices.reward[v, o]
        if reward > 0.0:
            crew.alone[i] = values_of(prices, staff.coop, stops, o, hours, linked, crew.value[i])
        else:  # most officers are the lead of none of the stops
            crew.alone[i] = 0.0
            crew.value[i, :width] = 0.0
        if crew.own[i] - crew.alone[i] < spare or staff.skills[o] & need != 0:
            crew.pool[able] = i
            able += 1
    kept = 0
    for a in range(able):
        if not _beaten(staff, crew, width, linked, need, able, a):
            i, at = crew.pool[a], kept
            while at > 0 and _net(crew, crew.picked[at - 1]) > _net(crew, i):  # who earns most beyond his price first
                crew.picked[at] = crew.picked[at - 1]
                at -= 1
            crew.picked[at] = i
            kept += 1
    crew.pool[:kept] = crew.picked[:kept]
    return kept


@compiled
def best_crew(prices: Prices, staff: Staff, crew: Crew, stops: Ints, linked: bool, rest: float, need: int, asked: int,
               wage: float, hours: float, least: float, hoped: float, took: int) -> tuple[float, int]:  # fmt: skip
    """The least reduced cost of the route, and how many members ``crew.best`` then holds; 0: it is ``FAR`` or more.

    ``asked`` officers have to ride; those that are missing cost ``least`` each, and claim nothing. It takes ``took``
    at the least, and so many members cost no less than ``crew.at_least``: larger crews are tried where these may be
    cheaper. Where there are too many to try, the floor is told with the cheapest crew so far.
    """
    able = _fill_pool(prices, staff, crew, stops, linked, need, asked, wage, hours, least)
    best, hands = FAR, 0
    for i in range(len(staff.officers)):  # alone also those who are not worth a seat beside others
        o = staff.officers[i]
        if need & ~staff.skills[o] == 0 and crew.alone[i] > -np.inf:
            cost = rest + crew.own[i] - crew.alone[i] + max(0, asked - 1) * least + crew.late[i]
            if cost < best:
                best, hands = cost, 1
                crew.best[0], crew.best_late[0] = o, crew.late[i]
    width = 1 << len(stops) if linked else len(stops)
    crew.least_net[able], crew.net_below[able] = np.inf, 0.0
    for a in range(able - 1, -1, -1):
        net = _net(crew, crew.pool[a])
        crew.least_net[a] = min(crew.least_net[a + 1], net)
        crew.net_below[a] = crew.net_below[a + 1] + min(0.0, net)
    seats = max(2, took) if crew.at_least[took] > -np.inf else max(2, staff.seats)
    for most in range(seats, staff.seats + 1):
        if crew.at_least[most] >= best - BLUR:
            return min(best, crew.at_least[most]), hands
        depth, tried = 0, 0
        crew.place[0], crew.paid[0], crew.known[0], crew.later[0] = 0, rest, 0, 0.0
        while depth >= 0:
            a = crew.place[depth]
            if a >= able or depth >= most:
                depth -= 1
                continue
            tried += 1
            if tried > MOST_CREWS and crew.at_least[most] > -np.inf:
                return min(best, crew.at_least[most]), hands
            crew.place[depth] = a + 1
            i = crew.pool[a]
            o = staff.officers[i]
            covered = crew.known[depth] | (staff.skills[o] & need)
            late = max(crew.later[depth], crew.late[i])
            total = crew.paid[depth] + crew.own[i]
            missing = max(0, asked - depth - 1) * least
            # a further member earns no more than alone
            after = crew.net_below[a + 1] if covered == need or crew.least_net[a + 1] < 0.0 else crew.least_net[a + 1]
            if depth + 1 == most:
                after = 0.0 if covered == need else np.inf
            if linked and total - crew.earned[depth, width - 1] - crew.alone[i] + min(missing, after) + late >= best:
                continue
            crew.picked[depth] = o
            earned = join(crew.earned[depth, :width], crew.value[i, :width], linked, crew.earned[depth + 1, :width])
            cost = total - earned + missing + late
            if covered == need and cost < best:
                best, hands = cost, depth + 1
                crew.best[:hands] = crew.picked[:hands]
                crew.best_late[0] = late
            if max(total + max(1, asked - depth - 1) * least - hoped, total - earned + after) + late < best:
                depth += 1
                crew.place[depth], crew.paid[depth], crew.known[depth] = a + 1, total, covered
                crew.later[depth] = late
    return best, hands


@compiled
def cheapest_crew(prices: Prices, staff: Staff, crew: Crew, stops: Ints, linked: bool, rest: float, need: int,
                  asked: int, wage: float, hours: float, least: float, hoped: float,
                  reach: float) -> tuple[float, int]:  # fmt: skip
    """The least reduced cost of the route, and how many members ``crew.best`` then holds, of ``crew.riders``.

    Where it is ``reach`` or more, a floor under it that is so too, and maybe no members.
    """
    if asked > 1 or len(prices.charge) == 0:
        cost, hands = _cheapest(prices, staff, crew, stops, linked, rest, need, asked, wage, hours, least, hoped, reach)
        crew.riders[0] = max(hands, asked)
        return cost, hands
    cost, hands = np.inf, 0
    if staff.seats > 1:
        cost, hands = _cheapest(prices, staff, crew, stops, linked, rest, need, 2, wage, hours, least, hoped, reach)
    else:
        _note_days(staff, crew, stops)
    crew.riders[0] = max(hands, 2)
    for i in range(len(staff.officers)):
        o = staff.officers[i]
        if need & ~staff.skills[o] != 0 or crew.late[i] == np.inf or is_barred(staff, stops, o):
            continue
        alone = rest + wage + hours * prices.hour[o] + crew.late[i]
        most = 0.0
        for v in stops:
            most += max(0.0, prices.reward[v, o] - prices.charge[v, o])
        if alone - most >= cost:
            continue
        if linked:
            most = alone_value(prices, staff.coop, stops, o, hours, crew.earned[len(crew.earned) - 1])
        if alone - most < cost:
            cost, hands = alone - most, 1
            crew.best[0], crew.best_late[0], crew.riders[0] = o, crew.late[i], 1
    return cost, hands


@compiled
def _cheapest(prices: Prices, staff: Staff, crew: Crew, stops: Ints, linked: bool, rest: float, need: int, asked: int,
              wage: float, hours: float, least: float, hoped: float, reach: float) -> tuple[float, int]:  # fmt: skip
    """The same where riding alone costs no more than what the officer is paid.

    Tables of blocks see nobody's days, so where the cheapest one of a member is dearer than the route's they only tell
    a floor.
    """
    floor, cheapest = -np.inf, _note_days(staff, crew, stops)
    took = min(staff.seats, staff.hands[need & (len(staff.hands) - 1)])
    crew.at_least[:] = -np.inf
    if len(stops) <= MOST_LINKED:
        note_values(prices, staff, crew, stops, linked, hours)
        floor, hands = best_split(prices, staff, crew, stops, rest, 0, asked, wage, hours, least)
        if floor >= reach - BLUR:
            return floor, hands
        if hands > 0 and know_all(staff, crew, hands, need) and not _is_late(staff, crew, hands, cheapest):
            return floor, hands
        note_floors(crew, len(stops), rest, asked, least, staff.seats)
        floor = max(floor, crew.at_least[took])
        if floor >= reach - BLUR:
            return floor, 0
        if parts_of(stops, need) <= MOST_PARTS:
            knowing, hands = best_split(prices, staff, crew, stops, rest, need, asked, wage, hours, least)
            if hands > 0 and (knowing >= reach - BLUR or not _is_late(staff, crew, hands, cheapest)):
                return knowing, hands
            floor = max(floor, knowing)
    if floor < reach - BLUR:
        by_pairs = floor_by_pairs(prices, staff, crew, stops, rest, need, asked, wage, hours, least, hoped)
        floor = max(floor, by_pairs)
    if floor >= reach - BLUR:
        return floor, 0
    cost, hands = best_crew(prices, staff, crew, stops, linked, rest, need, asked, wage, hours, least, hoped,
                            took)  # fmt: skip
    return max(floor, cost), hands


def scratch(people: int, seats: int, size: int, days: int) -> Crew:
    """Scratch for routes of up to ``size`` visits in so many workdays."""
    parts = max(1 << min(size, MOST_LINKED), size)
    return Crew(
        np.empty(people, np.int64), np.zeros(people), np.zeros(people), np.zeros(people + 1), np.zeros(people + 1),
        np.zeros((people, parts)),
        np.zeros((seats + 2, parts)),
        np.zeros(seats + 2, np.int64), np.zeros(seats + 2), np.zeros(seats + 2, np.int64),
        np.zeros(max(people, seats) + 2, np.int64), np.zeros(seats + 2, np.int64),
        np.zeros(1 << MOST_PARTS), np.zeros(1 << MOST_PARTS, np.int64), np.zeros(1 << MOST_PARTS),
        np.zeros(1 << MOST_PARTS), np.zeros(1 << MOST_PARTS), np.zeros(seats + 2), np.zeros(1 << MOST_PARTS, np.int64),
        np.empty((1 << min(size, MOST_PARTS), people)),
        np.zeros(days), np.zeros(people), np.zeros(seats + 2), np.zeros(1), np.zeros(1, np.int64),
    )  # fmt: skip
