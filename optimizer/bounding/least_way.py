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
    for done in range(1, full + 1):
        for j in range(count):
            before_it = done ^ 1 << j
            if before_it > done:
                continue
            v = stops[j]
            there, late, long = place[v], closes[v] + GRACE, minutes[v]
            before = after = late_start = least = work = np.inf
            if before_it == 0:
                way = drive[depot, there]
                before, after, late_start = _first_ends(clock, way, opens[v], late, long)
                if min(before, after, late_start) < np.inf:
                    least, work = km[depot, there], way + long
            for i in range(count):
                if before_it >> i & 1 and baht[before_it, i] < np.inf:
                    here = place[stops[i]]
                    way = drive[here, there]
                    b, a, s = _next_ends(clock, ends[before_it, i, BEFORE], ends[before_it, i, AFTER],
                                         ends[before_it, i, LATE_START], way, opens[v], late, long)  # fmt: skip
                    if min(b, a, s) < np.inf:
                        before, after, late_start = min(before, b), min(after, a), min(late_start, s)
                        least = min(least, baht[before_it, i] + km[here, there])
                        work = min(work, busy[before_it, i] + way + long)
            ends[done, j, BEFORE], ends[done, j, AFTER], ends[done, j, LATE_START] = before, after, late_start
            baht[done, j], busy[done, j] = least, work
    least_baht, least_busy = np.inf, np.inf
    for i in range(count):
        here = place[stops[i]]
        way, work = drive[here, depot], busy[full, i] + drive[here, depot]
        if _in_time(clock, ends[full, i, BEFORE], ends[full, i, AFTER], ends[full, i, LATE_START], way, work):
            least_baht = min(least_baht, baht[full, i] + km[here, depot])
            least_busy = min(least_busy, work)
    return least_baht, least_busy
