"""Timing where each visit has one window on all days: what the exact model and single tours out of a plan need.

A stretch of a tour is three numbers: ``length`` (minutes from its start to its end, waiting included), ``early`` and
``late`` (the first and last start with that least length). Joining a stretch and a stop costs a few additions
(Vidal et al. 2013). The break is a leg that takes ``rest`` longer, begins within the break's hours and is tried on
each leg in turn; a tour that leaves when the earliest break is over, or is back when the latest begins, needs none.
"""

from __future__ import annotations

import math

import numpy as np

from optimizer.instance import Floats, Instance, Ints
from optimizer.search.compiling import compiled

#: minutes by which rounded arithmetic may overstep a limit
HAIR = 1e-7


@compiled
def join(
    length: float, early: float, late: float, drive: float, opens: float, closes: float, minutes: float
) -> tuple[float, float, float]:
    """The stretch with one more stop behind it; an infinite length where the stop closes too soon."""
    reach = length + drive
    if early + reach > closes + HAIR:
        return math.inf, early, late
    wait = max(opens - reach - late, 0.0)
    return reach + wait + minutes, max(opens - reach, early) - wait, min(closes - reach, late)


@compiled
def _through(
    inst: Instance, office: int, stops: Ints, first: int, count: int, opens: Floats, closes: Floats,
    length: float, early: float, late: float, at: int, end: float,
) -> float:  # fmt: skip
    """The length of the stretch extended by ``stops[first:count]`` and the way back, in at ``end``."""
    for i in range(first, count):
        v = stops[i]
        here = inst.place[v]
        length, early, late = join(length, early, late, inst.drive[at, here], opens[v], closes[v], inst.minutes[v])
        if length == math.inf:
            return math.inf
        at = here
    length, early, late = join(length, early, late, inst.drive[at, inst.depot[office]], -math.inf, end, 0.0)
    return length if length <= inst.longest + HAIR else math.inf


@compiled
def work_minutes(inst: Instance, office: int, stops: Ints, count: int, opens: Floats, closes: Floats) -> float:
    """Least minutes of work of the tour over ``stops[:count]`` in this order; inf where no times fit.

    ``opens`` and ``closes`` [V] are the visits' earliest and latest starts.
    """
    home = inst.depot[office]
    start, end = inst.day_start, inst.day_end
    if inst.rest <= 0.0:
        return _through(inst, office, stops, 0, count, opens, closes, 0.0, start, end, home, end)
    best = math.inf
    length, early, late, at = 0.0, start, end, home
    for leg in range(count + 1):
        if early + length > inst.rest_closes + HAIR:
            break
        there = home if leg == count else inst.place[stops[leg]]
        resting, early_, late_ = join(length, early, late, 0.0, -math.inf, inst.rest_closes, 0.0)
        drive = inst.drive[at, there] + inst.rest
        resting, early_, late_ = join(resting, early_, late_, drive, inst.rest_opens + inst.rest, math.inf, 0.0)
        # the leg's drive is spent: go on from where it leads
        if leg == count:
            resting, early_, late_ = join(resting, early_, late_, 0.0, -math.inf, end, 0.0)
            total = resting if resting <= inst.longest + HAIR else math.inf
        else:
            v = stops[leg]
            resting, early_, late_ = join(resting, early_, late_, 0.0, opens[v], closes[v], inst.minutes[v])
            total = math.inf
            if resting < math.inf:
                total = _through(inst, office, stops, leg + 1, count, opens, closes, resting, early_, late_, there, end)
        best = min(best, total - inst.rest)
        if leg < count:
            v = stops[leg]
            length, early, late = join(length, early, late, inst.drive[at, there], opens[v], closes[v], inst.minutes[v])
            if length == math.inf:
                break
            at = there
    if length < math.inf:
        before = min(end, inst.rest_closes)
        total = _through(inst, office, stops, count, count, opens, closes, length, early, late, at, before)
        best = min(best, total)
    after = max(start, inst.rest_opens + inst.rest)
    total = _through(inst, office, stops, 0, count, opens, closes, 0.0, after, end, home, end)
    return min(best, total)


@compiled
def timetable(
    inst: Instance, office: int, stops: Ints, count: int, opens: Floats, closes: Floats, times: Floats
) -> float:
    """Write a schedule of least work into ``times`` and return its minutes of work; inf where none fits.

    ``times``: [0] depart, [1] return, [2] start of the break or -1, then (arrive, start) for each stop.
    """
    best = work_minutes(inst, office, stops, count, opens, closes)
    if best == math.inf:
        return best
    for leg in range(-2, count + 1):
        if inst.rest <= 0.0 and leg >= 0:
            break
        first, last = inst.day_start, inst.day_end
        if inst.rest > 0.0 and leg == -1:
            first = max(first, inst.rest_opens + inst.rest)
        if inst.rest > 0.0 and leg == -2:
            last = min(last, inst.rest_closes)
        worked = _timed(inst, office, stops, count, opens, closes, times, leg, first, last)
        if worked <= best + 1e-6:
            return worked
    return math.inf


@compiled
def _timed(
    inst: Instance, office: int, stops: Ints, count: int, opens: Floats, closes: Floats, times: Floats,
    leg: int, first: float, last: float,
) -> float:  # fmt: skip
    """The timetable with the break on ``leg`` (none where negative), leaving as late as its length allows."""
    home = inst.depot[office]
    # the latest leave that keeps every window, found backwards
    limit = last
    for i in range(count, -1, -1):
        here = home if i == 0 else inst.place[stops[i - 1]]
        there = home if i == count else inst.place[stops[i]]
        drive = inst.drive[here, there]
        if i == leg:
            limit = min(limit - drive - inst.rest, inst.rest_closes)
            if i == count and last < inst.rest_opens + inst.rest:
                return math.inf
            if i < count and closes[stops[i]] < inst.rest_opens + inst.rest - HAIR:
                return math.inf
        else:
            limit = limit - drive
        if i > 0:
            v = stops[i - 1]
            limit = min(limit - inst.minutes[v], closes[v])
    if limit < first - HAIR:
        return math.inf
    # forwards from the latest leave: waiting left over cannot be avoided by leaving later
    times[0] = max(limit, first)
    times[2] = -1.0
    free, at = times[0], home
    for i in range(count + 1):
        there = home if i == count else inst.place[stops[i]]
        ready = free + inst.drive[at, there]
        if i == leg:
            pause = max(free, inst.rest_opens)
            if pause > inst.rest_closes + HAIR:
                return math.inf
            times[2] = pause
            if pause < ready - HAIR:
                ready += inst.rest
                ready = max(ready, pause + inst.rest)
            limit = max(ready, pause + inst.rest)
        else:
            limit = ready
        if i == count:
            times[1] = limit
            break
        v = stops[i]
        times[3 + 2 * i] = ready
        begin = max(limit, opens[v])
        if begin > closes[v] + 1e-6:
            return math.inf
        times[4 + 2 * i] = begin
        free, at = begin + inst.minutes[v], there
    if times[1] > last + 1e-6 or times[1] - times[0] > inst.longest + 1e-6:
        return math.inf
    return times[1] - times[0] - (inst.rest if leg >= 0 else 0.0)


def scratch_times(most_stops: int) -> Floats:
    """Room for a timetable of so many stops."""
    return np.zeros(3 + 2 * (most_stops + 1), np.float64)
