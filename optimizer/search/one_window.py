"""Timing where each visit has one window on all days: what the exact model of small problems needs.

A stretch of a tour is three numbers: ``length`` (minutes from its start to its end, waiting included), ``early`` and
``late`` (the first and last start with that least length). Joining a stretch and a stop costs a few additions
(Vidal et al. 2013). The break is a leg that takes its length longer, begins within the break's hours and is tried on
each leg in turn; a tour that leaves when the earliest break is over, or is back when the latest begins, needs none.
"""

from __future__ import annotations

import math

from optimizer.compiling import compiled
from optimizer.instance import Floats, Instance, Ints

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
    if inst.break_length <= 0.0:
        return _through(inst, office, stops, 0, count, opens, closes, 0.0, start, end, home, end)
    best = math.inf
    length, early, late, at = 0.0, start, end, home
    for leg in range(count + 1):
        if early + length > inst.break_closes + HAIR:
            break
        there = home if leg == count else inst.place[stops[leg]]
        with_break, early_, late_ = join(length, early, late, 0.0, -math.inf, inst.break_closes, 0.0)
        drive = inst.drive[at, there] + inst.break_length
        with_break, early_, late_ = join(
            with_break, early_, late_, drive, inst.break_opens + inst.break_length, math.inf, 0.0
        )
        # the leg's drive is spent: go on from where it leads
        if leg == count:
            with_break, early_, late_ = join(with_break, early_, late_, 0.0, -math.inf, end, 0.0)
            total = with_break if with_break <= inst.longest + HAIR else math.inf
        else:
            v = stops[leg]
            with_break, early_, late_ = join(with_break, early_, late_, 0.0, opens[v], closes[v], inst.minutes[v])
            total = math.inf
            if with_break < math.inf:
                total = _through(
                    inst, office, stops, leg + 1, count, opens, closes, with_break, early_, late_, there, end
                )
        best = min(best, total - inst.break_length)
        if leg < count:
            v = stops[leg]
            length, early, late = join(length, early, late, inst.drive[at, there], opens[v], closes[v], inst.minutes[v])
            if length == math.inf:
                break
            at = there
    if length < math.inf:
        before = min(end, inst.break_closes)
        total = _through(inst, office, stops, count, count, opens, closes, length, early, late, at, before)
        best = min(best, total)
    after = max(start, inst.break_opens + inst.break_length)
    total = _through(inst, office, stops, 0, count, opens, closes, 0.0, after, end, home, end)
    return min(best, total)
