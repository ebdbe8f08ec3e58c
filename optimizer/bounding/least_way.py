"""The least way of one car over a few visits: kilometres and minutes apart, each at its least.

Both come from one table over (visits done, last visit). An order counts only when it can be driven in time; the
table keeps the earliest end of each state and lets kilometres and minutes each take their own best order.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.relaxed import GRACE, Clock, Relaxed
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
def _first_ends(clock: Clock, way: float, opens: float, late: float, minutes: float) -> tuple[float, float, float]:
    """Earliest ends of a first visit, ``way`` minutes from the depot, by what the tour still owes of its break."""
    before = _start(clock.start + way, opens, late) + minutes
    if clock.rest <= 0:
        return before, np.inf, np.inf
    at_once, after = max(clock.start, clock.rest_opens), np.inf
    if at_once <= clock.rest_closes + GRACE:
        after = _start(max(clock.start + way, at_once) + clock.rest, opens, late) + minutes
    leaves = max(clock.start, clock.late_from - GRACE)
    return before, after, _start(leaves + way, opens, late) + minutes


@compiled
def _next_ends(
    clock: Clock, before: float, after: float, late_start: float, way: float, opens: float, late: float, minutes: float
) -> tuple[float, float, float]:  # fmt: skip
    """Earliest ends of a next visit after ends of the one before it, which are given by what is owed of the break."""
    ends = _start(before + way, opens, late) + minutes
    if clock.rest <= 0:
        return ends, np.inf, np.inf
    over = _start(after + way, opens, late) + minutes
    if before <= clock.rest_closes + GRACE:
        over = min(over, _start(max(before + way, clock.rest_opens) + clock.rest, opens, late) + minutes)
    return ends, over, _start(late_start + way, opens, late) + minutes


@compiled
def _in_time(clock: Clock, before: float, after: float, late_start: float, way: float, work: float) -> bool:
    """Whether a tour of ``work`` minutes may end ``way`` minutes after its last visit, whose ends are given."""
    end, longest = clock.end + GRACE, clock.longest + GRACE
    if clock.rest <= 0:
        return bool(before + way <= end and work <= longest)
    good = before + way <= min(clock.rest_closes, clock.end) + GRACE or late_start + way <= end
    if good and work <= longest:
        return True
    back = after + way
    if before <= clock.rest_closes + GRACE:
        back = min(back, max(before + way, clock.rest_opens) + clock.rest)
    return bool(back <= end and work + clock.rest <= longest)


@compiled
def least_way(relaxed: Relaxed, depot: int, stops: Ints, count: int, room: Room) -> tuple[float, float]:
    """Least baht of kilometres and least minutes of drive and visit over ``stops[:count]``; inf where none is in time.

    Each visit, the drive and the way home may be late by the grace, as a referee allows.
    """
    ends, baht, busy, clock = room.ends, room.baht, room.busy, relaxed.clock
    place, opens, closes, minutes = relaxed.place, relaxed.opens, relaxed.closes, relaxed.minutes
    drive, km = relaxed.drive, relaxed.km
    full = (1 << count) - 1
    for done in range(full + 1):
        for j in range(count):
            baht[done, j] = busy[done, j] = np.inf
            ends[done, j, BEFORE] = ends[done, j, AFTER] = ends[done, j, LATE_START] = np.inf
    for j in range(count):
        v, first = stops[j], 1 << j
        way = drive[depot, place[v]]
        b, a, s = _first_ends(clock, way, opens[v], closes[v] + GRACE, minutes[v])
        ends[first, j, BEFORE], ends[first, j, AFTER], ends[first, j, LATE_START] = b, a, s
        if min(b, a, s) < np.inf:
            baht[first, j], busy[first, j] = km[depot, place[v]], way + minutes[v]
    for done in range(1, full):
        for i in range(count):
            if baht[done, i] == np.inf:
                continue
            before, after, late_start = ends[done, i, BEFORE], ends[done, i, AFTER], ends[done, i, LATE_START]
            here = place[stops[i]]
            for j in range(count):
                if done >> j & 1:
                    continue
                v, then = stops[j], done | 1 << j
                way = drive[here, place[v]]
                b, a, s = _next_ends(clock, before, after, late_start, way, opens[v], closes[v] + GRACE, minutes[v])
                if min(b, a, s) < np.inf:
                    ends[then, j, BEFORE] = min(ends[then, j, BEFORE], b)
                    ends[then, j, AFTER] = min(ends[then, j, AFTER], a)
                    ends[then, j, LATE_START] = min(ends[then, j, LATE_START], s)
                    baht[then, j] = min(baht[then, j], baht[done, i] + km[here, place[v]])
                    busy[then, j] = min(busy[then, j], busy[done, i] + way + minutes[v])
    least_baht, least_busy = np.inf, np.inf
    for i in range(count):
        here = place[stops[i]]
        way, work = drive[here, depot], busy[full, i] + drive[here, depot]
        if _in_time(clock, ends[full, i, BEFORE], ends[full, i, AFTER], ends[full, i, LATE_START], way, work):
            least_baht = min(least_baht, baht[full, i] + km[here, depot])
            least_busy = min(least_busy, work)
    return least_baht, least_busy
