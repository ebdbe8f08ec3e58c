"""The orders in which one car can make a set of visits, as far as none beats them: fewer baht or less work."""

from __future__ import annotations

import math

import numpy as np

from optimizer.compiling import compiled
from optimizer.instance import Floats, Instance, Ints
from optimizer.search.one_window import HAIR, join, work_minutes

#: what is asked of an order: that there is one; the one of least fare; all that fare and work do not let another beat
ANY, FARE, FARE_AND_WORK = range(3)
#: baht, or minutes, that count as nothing
NOTHING = 1e-9


@compiled
def _beaten(aim: int, found: int, fares: Floats, works: Floats, fare: float, work: float) -> bool:
    """Whether an order found before costs no more and takes no longer."""
    beaten = False
    for i in range(found):
        beaten = beaten or (fares[i] <= fare + NOTHING and (aim == FARE or works[i] <= work + NOTHING))
    return beaten


@compiled
def best_orders(
    inst: Instance, office: int, visits: Ints, opens: Floats, closes: Floats, aim: int,
    orders: Ints, fares: Floats, works: Floats,
) -> int:  # fmt: skip
    """Write the orders of ``visits`` from ``office`` that no other beats, and return how many they are.

    ``opens`` and ``closes`` [V] are the visits' earliest and latest starts. Room for n orders: ``orders`` [n, visits],
    ``fares`` [n] baht of kilometres, ``works`` [n] least minutes of work. -1: the room is too small. With ``ANY`` the
    first order that fits is enough.

    Orders are grown stop by stop. A start is given up once the day is too short for it even without a break, or once
    its fare and its time spent driving and visiting are beaten by a whole order.
    """
    count = len(visits)
    home = inst.depot[office]
    row, used, pick = np.zeros(count, np.int64), np.zeros(count, np.int64), np.full(count, -1)
    length, early, late = np.zeros(count), np.zeros(count), np.zeros(count)
    fare, busy = np.zeros(count), np.zeros(count)
    early[0], late[0] = inst.day_start, inst.day_end
    level = found = 0
    while level >= 0:
        if pick[level] >= 0:
            used[pick[level]] = 0
        pick[level] += 1
        while pick[level] < count and used[pick[level]] == 1:
            pick[level] += 1
        if pick[level] == count:
            pick[level] = -1
            level -= 1
            continue
        used[pick[level]] = 1
        v = visits[pick[level]]
        at = home if level == 0 else inst.place[row[level - 1]]
        here, drive = inst.place[v], inst.drive[at, inst.place[v]]
        lasts, first, last = join(
            length[level], early[level], late[level], drive, opens[v], closes[v], inst.minutes[v]
        )  # fmt: skip
        if lasts > inst.longest + HAIR:
            continue
        paid, spent = fare[level] + inst.km[at, here] * inst.least_km, busy[level] + drive + inst.minutes[v]
        row[level] = v
        if level + 1 == count:
            paid += inst.km[here, home] * inst.least_km
        if _beaten(aim, found, fares, works, paid, spent):
            continue
        if level + 1 < count:
            level += 1
            length[level], early[level], late[level] = lasts, first, last
            fare[level], busy[level] = paid, spent
            pick[level] = -1
            continue
        work = work_minutes(inst, office, row, count, opens, closes)
        if work == math.inf or _beaten(aim, found, fares, works, paid, work):
            continue
        keep = 0
        for i in range(found):
            if fares[i] < paid - NOTHING or (aim == FARE_AND_WORK and works[i] < work - NOTHING):
                orders[keep], fares[keep], works[keep] = orders[i], fares[i], works[i]
                keep += 1
        found = keep
        if found == len(fares):
            return -1
        orders[found], fares[found], works[found] = row, paid, work
        found += 1
        if aim == ANY:
            return found
    return found
