"""The orders in which one car can make a set of visits, as far as none beats them: fewer kilometres, pay or work.

Times are those of the search (:mod:`optimizer.search.timing`): windows by weekday, grid, slack, break, and the hours in
which the crew is free, which ``state`` holds.
"""

from __future__ import annotations

import math

import numpy as np

from optimizer.compiling import compiled
from optimizer.instance import Floats, Instance, Ints
from optimizer.search.state import MOST_PIECES, State
from optimizer.search.timing import HAIR, WITH, WITHOUT, begin, close, extend, shortest

#: what is asked of orders: that there is one; or all that no other beats
ANY, ALL = range(2)
#: kilometres, baht, or minutes that count as nothing
NOTHING = 1e-9
#: answers beside a number of orders: there are more than there is room for; timing has more pieces than are kept
NO_ROOM, TOO_RICH = -1, -2


@compiled
def pay_of(minutes: Floats, baht: Floats, span: float) -> float:
    """Baht of an officer's day on a tour of ``span`` minutes, by rates that ascend."""
    n = len(minutes) - 1
    while n > 0 and minutes[n] > span + HAIR:
        n -= 1
    return float(baht[n])


@compiled
def _beaten(found: int, costs: Floats, km: float, pay: float, work: float) -> bool:
    """Whether an order found before is as good in all."""
    for i in range(found):
        if costs[i, 0] <= km + NOTHING and costs[i, 1] <= pay + NOTHING and costs[i, 2] <= work + NOTHING:
            return True
    return False


@compiled
def _keep(orders: Ints, costs: Floats, found: int, row: Ints, km: float, pay: float, work: float) -> int:
    """Put an order in the place of those that it beats; how many there are now."""
    keep = 0
    for i in range(found):
        if costs[i, 0] < km - NOTHING or costs[i, 1] < pay - NOTHING or costs[i, 2] < work - NOTHING:
            orders[keep], costs[keep] = orders[i], costs[i]
            keep += 1
    if keep == len(costs):
        return NO_ROOM
    orders[keep] = row
    costs[keep, 0], costs[keep, 1], costs[keep, 2] = km, pay, work
    return keep + 1


@compiled
def _least_length(state: State, level: int) -> float:
    """Minutes of the shortest piece of a level; inf where there is none."""
    least = math.inf
    for kind in range(2):
        for i in range(state.pieces[level, kind]):
            least = min(least, state.piece[level, kind, i, 0])
    return least


@compiled
def _next(pick: Ints, used: Ints, level: int) -> bool:
    """Pick the next visit at this level that no stop before has; with none left, forget the level and say no."""
    if pick[level] >= 0:
        used[pick[level]] = 0
    pick[level] += 1
    while pick[level] < len(pick) and used[pick[level]] == 1:
        pick[level] += 1
    if pick[level] == len(pick):
        pick[level] = -1
        return False
    used[pick[level]] = 1
    return True


@compiled
def _keep_whole(
    inst: Instance, state: State, office: int, aim: int, km: float, prices: Floats, rates: Floats, row: Ints,
    orders: Ints, costs: Floats, found: int,
) -> int:  # fmt: skip
    """Time the whole order in ``row``, with a break and without, and keep what none beats; how many there are now."""
    last = state.pieces.shape[0] - 1
    close(inst, state, len(row), last, inst.place[row[-1]], office)
    for kind in range(2):
        span = shortest(inst, state, last, kind)
        if span == math.inf:
            continue
        pay, work = pay_of(inst.rate_minutes, rates, span), span - (inst.break_length if kind == WITH else 0.0)
        if not _beaten(found, costs, km * prices[0], pay, work * prices[1]):
            found = _keep(orders, costs, found, row, km * prices[0], pay, work * prices[1])
            if found < 0 or aim == ANY:
                break
    return found


@compiled
def best_orders(
    inst: Instance, state: State, office: int, day: int, visits: Ints, aim: int, prices: Floats, rates: Floats,
    orders: Ints, costs: Floats,
) -> int:  # fmt: skip
    """Write the orders of ``visits`` from ``office`` on ``day`` that no other beats, and return how many they are.

    ``prices``: whether kilometres (first) and minutes of work (second) can cost anything, 1 or 0; what costs nothing is
    written as 0. ``rates`` [n] are the pay of ``inst.rate_minutes``, ascending. Room for n orders: ``orders``
    [n, visits]; ``costs`` [n, 3] kilometres, baht of an officer's day, least minutes of work. An order may be there
    twice, with a break and without. Negative: ``NO_ROOM`` or ``TOO_RICH``. With ``ANY`` the first one is enough.

    Orders are grown stop by stop. A start is given up once the day is too short for it, or once its kilometres and its
    time spent driving, waiting out the slack and visiting are beaten by a whole order; a break may take in one slack.
    """
    count, home = len(visits), inst.depot[office]
    row, used, pick = np.zeros(count, np.int64), np.zeros(count, np.int64), np.full(count, -1)
    way, busy = np.zeros(count), np.zeros(count)
    begin(inst, state, 0)
    level = found = 0
    while level >= 0:
        if not _next(pick, used, level):
            level -= 1
            continue
        v = visits[pick[level]]
        at = home if level == 0 else inst.place[row[level - 1]]
        here = inst.place[v]
        row[level] = v
        km = way[level] + inst.km[at, here]
        spent = busy[level] + inst.drive[at, here] + inst.slack + inst.minutes[v]
        if level + 1 == count:
            km += inst.km[here, home]
            spent += inst.drive[here, home]
        pay, work = pay_of(inst.rate_minutes, rates, spent), spent - min(inst.break_length, inst.slack)
        if _beaten(found, costs, km * prices[0], pay, work * prices[1]):
            continue
        if not extend(inst, state, level, level + 1, at, v, day, math.inf):
            continue
        if max(state.pieces[level + 1, WITHOUT], state.pieces[level + 1, WITH]) == MOST_PIECES:
            return TOO_RICH
        if level + 1 == count:
            found = _keep_whole(inst, state, office, aim, km, prices, rates, row, orders, costs, found)
            if found < 0 or (found and aim == ANY):
                return found
        elif _least_length(state, level + 1) <= inst.longest + HAIR:
            level += 1
            way[level], busy[level] = km, spent
    return found
