"""The least way of one car over a few visits: kilometres and minutes apart, each at its least.

Both come from one table over (visits done, last visit). An order counts only when it can be driven in time; the
table keeps the earliest end of each state and lets kilometres and minutes each take their own best order.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.relaxed import GRACE, Relaxed
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: of a tour: its break is still to come, it is over, or the tour leaves so late that it needs none
BEFORE, AFTER, LATE_START = 0, 1, 2


class Room(NamedTuple):
    """Tables over (visits done, last visit) for :func:`least_way`."""

    ends: Floats  # [2^k, k, 3] earliest end, by what the tour still owes of its break
    baht: Floats  # [2^k, k] least baht of kilometres
    busy: Floats  # [2^k, k] least minutes of drive and visits


def room_for(most: int) -> Room:
    """Room for :func:`least_way` over ``most`` visits."""
    size = 1 << most
    return Room(np.empty((size, most, 3)), np.empty((size, most)), np.empty((size, most)))


@compiled
def _start(given: float, opens: float, closes: float) -> float:
    """The first start from ``given`` on, inf where it is too late."""
    begin = max(given, opens)
    return begin if begin <= closes else np.inf


@compiled
def least_way(relaxed: Relaxed, depot: int, stops: Ints, count: int, room: Room) -> tuple[float, float]:
    """Least baht of kilometres and least minutes of drive and visit over ``stops[:count]``; inf where none is in time.

    Each visit, the drive and the way home may be late by the grace, as a referee allows.
    """
    ends, baht, busy = room.ends, room.baht, room.busy
    place, opens, closes, minutes = relaxed.place, relaxed.opens, relaxed.closes, relaxed.minutes
    drive, km = relaxed.drive, relaxed.km
    start, end, rest, longest = relaxed.clock.start, relaxed.clock.end, relaxed.clock.rest, relaxed.clock.longest
    rest_opens, rest_closes, late_from = relaxed.clock.rest_opens, relaxed.clock.rest_closes, relaxed.clock.late_from
    grace = GRACE
    full = (1 << count) - 1
    ways = 3 if rest > 0 else 1
    for done in range(full + 1):
        for j in range(count):
            baht[done, j] = busy[done, j] = np.inf
            ends[done, j, BEFORE] = ends[done, j, AFTER] = ends[done, j, LATE_START] = np.inf
    home = place[stops[0]]
    for j in range(count):
        v = stops[j]
        home = place[v]
        way = drive[depot, home]
        late = closes[v] + grace
        first = 1 << j
        ends[first, j, BEFORE] = _start(start + way, opens[v], late) + minutes[v]
        if ways == 3:
            at_once = max(start, rest_opens)
            if at_once <= rest_closes + grace:
                ends[first, j, AFTER] = _start(max(start + way, at_once) + rest, opens[v], late) + minutes[v]
            ends[first, j, LATE_START] = _start(max(start, late_from - grace) + way, opens[v], late) + minutes[v]
        if min(ends[first, j, BEFORE], ends[first, j, AFTER], ends[first, j, LATE_START]) < np.inf:
            baht[first, j] = km[depot, home]
            busy[first, j] = way + minutes[v]
    for done in range(1, full):
        for i in range(count):
            if baht[done, i] == np.inf:
                continue
            here = place[stops[i]]
            for j in range(count):
                if done >> j & 1:
                    continue
                v = stops[j]
                way = drive[here, place[v]]
                late = closes[v] + grace
                then = done | 1 << j
                reached = False
                for kind in range(ways):
                    done_at = _start(ends[done, i, kind] + way, opens[v], late) + minutes[v]
                    if done_at < np.inf:
                        reached = True
                        ends[then, j, kind] = min(ends[then, j, kind], done_at)
                free = ends[done, i, BEFORE]
                if ways == 3 and free <= rest_closes + grace:
                    done_at = _start(max(free + way, rest_opens) + rest, opens[v], late) + minutes[v]
                    if done_at < np.inf:
                        reached = True
                        ends[then, j, AFTER] = min(ends[then, j, AFTER], done_at)
                if reached:
                    baht[then, j] = min(baht[then, j], baht[done, i] + km[here, place[v]])
                    busy[then, j] = min(busy[then, j], busy[done, i] + way + minutes[v])
    least_baht, least_busy = np.inf, np.inf
    for i in range(count):
        if baht[full, i] == np.inf:
            continue
        here = place[stops[i]]
        way = drive[here, depot]
        work = busy[full, i] + way
        free = ends[full, i, BEFORE]
        if ways == 1:
            good = free + way <= end + grace and work <= longest + grace
        else:
            good = free + way <= min(rest_closes, end) + grace and work <= longest + grace
            good |= ends[full, i, LATE_START] + way <= end + grace and work <= longest + grace
            back = ends[full, i, AFTER] + way
            if free <= rest_closes + grace:
                back = min(back, max(free + way, rest_opens) + rest)
            good |= back <= end + grace and work + rest <= longest + grace
        if good:
            least_baht = min(least_baht, baht[full, i] + km[here, depot])
            least_busy = min(least_busy, work)
    return least_baht, least_busy
