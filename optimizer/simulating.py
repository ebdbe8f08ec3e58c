"""A plan on many imagined days: visits and drives take other times than planned, and the crew makes the best of it.

The crew leaves as planned and goes on as soon as it can, but starts no visit before its planned time. The break is
taken where the plan has it, before or after the drive there, whichever gets on sooner; when neither can begin in the
break's hours, it is lost. A visit that can no longer start at a permitted time is missed, and the tour goes on.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.plan import Plan, Tour
from models.problem import Problem
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: minutes by which rounded times may overstep a limit
HAIR = 1e-6


class Outcome(NamedTuple):
    """What happened, over n imagined runs of T tours with S stops in all; minutes since midnight."""

    back: Floats  # [n, T] when the tour was back
    lunch_lost: npt.NDArray[np.bool_]  # [n, T]
    started: Floats  # [n, S] when the visit started; nan where it was missed


def simulate(problem: Problem, plan: Plan, visits: Floats, drives: Floats) -> Outcome:
    """Run ``plan`` once for each row of factors: ``visits`` [n, S] on durations, ``drives`` [n, S + T] on ways.

    Stops are in the order of the tours; the ways of a tour are those to its stops, then the one home.
    """
    first = np.cumsum([0, *(len(tour.stops) for tour in plan.tours)]).astype(np.int64)
    legs = [leg for tour in plan.tours for leg in problem.drives(tour.office, (stop.visit for stop in tour.stops))]
    stops = [(tour, stop) for tour in plan.tours for stop in tour.stops]
    spans = [problem.starts(problem.visit_by_id[stop.visit], tour.date) for tour, stop in stops]
    widest = max([1, *map(len, spans)])
    opens, closes = np.full((len(stops), widest), math.inf), np.full((len(stops), widest), -math.inf)
    for s, allowed in enumerate(spans):
        for k, (early, late) in enumerate(allowed):
            opens[s, k], closes[s, k] = early, late
    back, lost, started = _run(
        first,
        np.array([tour.depart for tour in plan.tours], np.float64),
        np.array([_break_before(tour) for tour in plan.tours], np.int64),
        np.array(legs, np.float64),
        np.array([stop.start for _, stop in stops], np.float64),
        np.array([stop.end - stop.start for _, stop in stops], np.float64),
        opens, closes,
        np.array([problem.day.break_opens, problem.day.break_closes, problem.day.break_minutes or 0.0]),
        np.ascontiguousarray(visits, np.float64), np.ascontiguousarray(drives, np.float64),
    )  # fmt: skip
    return Outcome(back, lost, started)


def _break_before(tour: Tour) -> int:
    """Before which stop the break lies, the number of stops for the way home; -1 without one."""
    if tour.break_ is None:
        return -1
    return sum(stop.start < tour.break_[0] + HAIR for stop in tour.stops)


@compiled
def _run(
    first: Ints, depart: Floats, break_at: Ints, legs: Floats, planned: Floats, minutes: Floats, opens: Floats,
    closes: Floats, pause: Floats, visits: Floats, drives: Floats,
) -> tuple[Floats, npt.NDArray[np.bool_], Floats]:  # fmt: skip
    """All tours in all runs; ``pause`` holds the first and last start of the break, and its minutes."""
    runs, tours = len(visits), len(depart)
    back = np.zeros((runs, tours))
    lost = np.zeros((runs, tours), np.bool_)
    started = np.full((runs, len(planned)), math.nan)
    for n in range(runs):
        for t in range(tours):
            now = depart[t]
            count = first[t + 1] - first[t]
            for i in range(count + 1):
                leg = first[t] + t + i  # each tour before this one has a way home besides its stops
                drive = legs[leg] * drives[n, leg]
                if break_at[t] == i:
                    there = _with_break(now, drive, pause)
                    lost[n, t] = there == math.inf
                    now = now + drive if lost[n, t] else there
                else:
                    now += drive
                if i == count:
                    break
                s = first[t] + i
                start = _next_start(max(now, planned[s]), opens[s], closes[s])
                if start < math.inf:
                    started[n, s] = start
                    now = start + minutes[s] * visits[n, s]
            back[n, t] = now
    return back, lost, started


@compiled
def _with_break(now: float, drive: float, pause: Floats) -> float:
    """When the crew arrives with the break taken before the drive or after it; infinite where both are too late."""
    best = math.inf
    if now <= pause[1] + HAIR:
        best = max(now, pause[0]) + pause[2] + drive
    if now + drive <= pause[1] + HAIR:
        best = min(best, max(now + drive, pause[0]) + pause[2])
    return best


@compiled
def _next_start(now: float, opens: Floats, closes: Floats) -> float:
    """The first permitted start from ``now`` on; infinite after the last."""
    for k in range(len(opens)):
        if now <= closes[k] + HAIR:
            return max(now, opens[k])
    return math.inf
