"""A timetable for a tour whose order is given: everything as early as its length allows.

Times are found forwards from a departure, once without and once with the break behind (the earliest start of a stop
never waits on a later choice), and read back from the end.
"""

from __future__ import annotations

import math

import numpy as np

from optimizer.compiling import compiled
from optimizer.instance import Floats, Instance, Ints
from optimizer.search.grid import down, up
from optimizer.search.state import GAPS, State
from optimizer.search.timing import HAIR, WITH, WITHOUT, begin, close, extend, first_free, scratch_levels

#: rows of the scratch array of :func:`forwards`: start of a stop without and with the break behind, whether the break
#: is on the leg to it, and when that break begins
_START, _AFTER_BREAK, _HERE, _BREAK = range(4)


def scratch_times(most_stops: int) -> tuple[Floats, Floats]:
    """Room for a timetable of so many stops, and for finding it."""
    return np.zeros(3 + 2 * (most_stops + 1), np.float64), np.zeros((4, most_stops + 2), np.float64)


@compiled
def earliest_departure(
    inst: Instance, state: State, t: int, stops: Ints, count: int, kind: int, longest: float
) -> float:
    """The first departure from which the tour takes at most ``longest`` minutes; inf where there is none.

    The crew's gaps (see :func:`optimizer.search.timing.free_gaps`) are kept."""
    level, other, last = scratch_levels(state)
    office = inst.slot_office[t]
    begin(inst, state, level)
    at = inst.depot[office]
    for i in range(count):
        if not extend(inst, state, level, other, at, stops[i], inst.slot_day[t], math.inf):
            return math.inf
        level, other = other, level
        at = inst.place[stops[i]]
    close(inst, state, level, last, at, office)
    best = math.inf
    for i in range(state.pieces[last, kind]):
        length = state.piece[last, kind, i, 0]
        early, late = state.piece[last, kind, i, 1], state.piece[last, kind, i, 2]
        if length <= longest + HAIR:
            first = up(inst, max(inst.day_start, early + length - longest))
            if kind == WITHOUT and inst.break_length > 0.0 and early + length > inst.break_closes + HAIR:
                first = max(first, up(inst, inst.break_opens + inst.break_length))
            best = min(best, _first_kept(inst, state, length, min(first, early), early, late))
    return best


@compiled
def _first_kept(inst: Instance, state: State, length: float, first: float, early: float, late: float) -> float:
    """The first departure from ``first`` on that is back at ``early + length``, or later by leaving later."""
    best, back = math.inf, early + length
    if first < early:
        # who leaves early is back no sooner: all the time until then has to be free
        if state.counts[GAPS] == 0:
            return first
        for g in range(state.counts[GAPS]):
            soon = max(first, up(inst, state.gap_from[g]))
            if back <= state.gap_to[g] + HAIR and soon <= early + HAIR:
                best = min(best, soon)
    return best if best < math.inf else first_free(inst, state, length, early, late)


@compiled
def _soonest(inst: Instance, state: State, v: int, day: int, ready: float) -> float:
    """The first permitted start of the visit from ``ready`` on, or inf."""
    row = 7 * v + inst.weekday[day]
    best = math.inf
    for w in range(inst.first_window[row], inst.first_window[row + 1]):
        begin_ = up(inst, max(ready, inst.window_opens[w], state.opens[v]))
        end = min(inst.window_closes[w], state.closes[v])
        if begin_ <= end + HAIR:
            best = min(best, max(min(begin_, end), state.opens[v]))
    return best


@compiled
def _ready_with_break(inst: Instance, free: float, drive: float, slack: float) -> tuple[float, float]:
    """When the crew, free at ``free``, is ready after the drive and a break beside it; and when that break begins."""
    if free > inst.break_closes + HAIR:
        return math.inf, -1.0
    ready = max(free + drive + max(inst.break_length, slack), inst.break_opens + inst.break_length)
    if slack > 0.0 and free + drive <= inst.break_closes + HAIR:
        return ready, max(free + drive, inst.break_opens)  # after arriving, so that the slack is what it says
    return ready, max(free, inst.break_opens)


@compiled
def forwards(
    inst: Instance, state: State, t: int, stops: Ints, count: int, depart: float, kind: int, times: Floats,
    scratch: Floats,
) -> float:  # fmt: skip
    """Write the earliest times of the tour from ``depart`` on, and return when it is back; inf where none fit.

    ``times``: [0] depart, [1] return, [2] start of the break or -1, then (arrive, start) for each stop. ``kind`` says
    whether there is a break; the rule of who needs one is not looked at."""
    office, day = inst.slot_office[t], inst.slot_day[t]
    home = inst.depot[office]
    at, free, after_break = home, depart, math.inf
    for i in range(count + 1):
        there = inst.place[stops[i]] if i < count else home
        slack = inst.slack if i < count else 0.0
        drive = inst.drive[at, there]
        plain = free + drive + slack
        by_then = after_break + drive + slack
        fresh, begins = (math.inf, -1.0)
        if kind == WITH:
            fresh, begins = _ready_with_break(inst, free, drive, slack)
        if i < count:
            v = stops[i]
            plain, by_then = _soonest(inst, state, v, day, plain), _soonest(inst, state, v, day, by_then)
            fresh = _soonest(inst, state, v, day, fresh)
        scratch[_HERE, i] = 1.0 if fresh < by_then else 0.0
        scratch[_BREAK, i] = begins
        scratch[_START, i], scratch[_AFTER_BREAK, i] = plain, min(fresh, by_then)
        if i < count:
            free, after_break = plain + inst.minutes[stops[i]], scratch[_AFTER_BREAK, i] + inst.minutes[stops[i]]
            at = there
    times[0], times[2] = depart, -1.0
    times[1] = scratch[_AFTER_BREAK, count] if kind == WITH else scratch[_START, count]
    if times[1] == math.inf:
        return math.inf
    _read_back(inst, office, stops, count, kind, times, scratch)
    return times[1]


@compiled
def _read_back(inst: Instance, office: int, stops: Ints, count: int, kind: int, times: Floats, scratch: Floats) -> None:
    """Fill in starts and arrivals from what :func:`forwards` found, from the last leg back."""
    home = inst.depot[office]
    had = kind == WITH
    for i in range(count, -1, -1):
        here = had and scratch[_HERE, i] == 1.0
        if i < count:
            times[4 + 2 * i] = scratch[_AFTER_BREAK, i] if had else scratch[_START, i]
        if here:
            times[2] = scratch[_BREAK, i]
            had = False
    for i in range(count):
        before = times[0] if i == 0 else times[2 + 2 * i] + inst.minutes[stops[i - 1]]
        at = home if i == 0 else inst.place[stops[i - 1]]
        drive = inst.drive[at, inst.place[stops[i]]]
        arrive = before + drive
        if kind == WITH and times[2] >= before - HAIR and times[2] < arrive - HAIR:
            arrive += inst.break_length
        times[3 + 2 * i] = min(arrive, times[4 + 2 * i])


@compiled
def leave_late(
    inst: Instance, state: State, t: int, stops: Ints, count: int, kind: int, times: Floats, scratch: Floats
) -> None:
    """Leave as late as the first stop's start allows: nobody waits before it for nothing."""
    first, back = times[4], times[1]
    drive = inst.drive[inst.depot[inst.slot_office[t]], inst.place[stops[0]]]
    depart = down(inst, first - inst.slack - drive)
    if kind == WITH and times[2] < first:
        depart = down(inst, min(first - drive - max(inst.break_length, inst.slack), inst.break_closes))
    if depart > times[0]:
        old = times[0]
        now = forwards(inst, state, t, stops, count, depart, kind, times, scratch)
        if now > back + HAIR or times[4] > first + HAIR:
            forwards(inst, state, t, stops, count, old, kind, times, scratch)
