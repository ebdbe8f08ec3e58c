"""What a tour's row costs by its length: fare, times, the pay of its crew's day and overload."""

from __future__ import annotations

import math

from optimizer.compiling import compiled
from optimizer.instance import SECOND, Instance, Ints
from optimizer.search.state import State, more_work, overload, riders
from optimizer.search.timing import free_gaps, lengths


@compiled
def day_pay(inst: Instance, span: float) -> float:
    """Baht for an officer's day on a tour of ``span`` minutes; a tour a hair below a step may be written as on it."""
    n = len(inst.rate_minutes) - 1
    while n > 0 and inst.rate_minutes[n] > span + SECOND:
        n -= 1
    return inst.rate_baht[n]


@compiled
def more_for_crew(inst: Instance, state: State, t: int, count: int, span: float, work: float) -> float:
    """Baht that the crew of ``t`` costs more where the tour takes ``span`` minutes, ``work`` of them at work.

    The crew are those aboard, and ``count`` more (state.extra), whose day is counted at the tour's present length."""
    aboard = riders(state, t)
    now_pay, now_work = (state.day_pay[t], state.work[t]) if aboard > 0 else (0.0, 0.0)
    baht = 0.0
    if len(inst.rate_baht) > 1:
        baht += (aboard + count) * (day_pay(inst, span) - now_pay)
    if inst.overload > 0.0:
        for k in range(aboard):
            baht += more_work(inst, state, state.crew[t, k], work - now_work)
        for k in range(count):
            o = state.extra[k]
            now = state.minutes[o]
            baht += overload(inst, o, now + work) - overload(inst, o, now + now_work)
    return baht


@compiled
def least_for_crew(inst: Instance, state: State, t: int, count: int, without: float, with_: float) -> float:
    """The lesser of :func:`more_for_crew` without and with a break; inf where neither is possible."""
    baht = math.inf
    if without < math.inf:
        baht = more_for_crew(inst, state, t, count, without, without)
    if with_ < math.inf and (with_ - inst.break_length < without or baht == math.inf):
        baht = min(baht, more_for_crew(inst, state, t, count, with_, with_ - inst.break_length))
    return baht


@compiled
def fare_of(inst: Instance, t: int, stops: Ints, count: int) -> float:
    """Baht for the kilometres of a tour in the car of slot ``t``."""
    home = inst.depot[inst.slot_office[t]]
    at, km = home, 0.0
    for i in range(count):
        here = inst.place[stops[i]]
        km += inst.km[at, here]
        at = here
    return (km + inst.km[at, home]) * inst.slot_km[t]


@compiled
def _busy(inst: Instance, state: State, t: int) -> float:
    """Minutes of driving and visits of tour ``t``: it takes no less."""
    home = inst.depot[inst.slot_office[t]]
    at, minutes = home, 0.0
    for i in range(state.size[t]):
        v = state.stops[t, i]
        minutes += inst.drive[at, inst.place[v]] + inst.minutes[v]
        at = inst.place[v]
    return minutes + inst.drive[at, home]


@compiled
def measure(inst: Instance, state: State, t: int) -> bool:
    """Write fare and times of a tour that is off into its row; False where no times fit.

    Whether it has a break, where it may do without, is what its crew costs less with at present."""
    state.fare[t] = fare_of(inst, t, state.stops[t], state.size[t])
    state.busy[t] = _busy(inst, state, t) if inst.timed == 1 else 0.0
    free_gaps(inst, state, t, 0)
    without, with_ = lengths(inst, state, t, state.stops[t], state.size[t])
    if without == math.inf and with_ == math.inf:
        state.span[t], state.work[t], state.day_pay[t] = math.inf, math.inf, inst.rate_baht[len(inst.rate_baht) - 1]
        return False
    with_break = with_ - inst.break_length < without
    if with_break and without < math.inf and len(inst.rate_baht) > 1:
        with_break = _crew_costs(inst, state, t, with_, with_ - inst.break_length) < _crew_costs(
            inst, state, t, without, without
        )
    state.span[t] = with_ if with_break else without
    state.work[t] = with_ - inst.break_length if with_break else without
    state.day_pay[t] = day_pay(inst, state.span[t])
    return True


@compiled
def _crew_costs(inst: Instance, state: State, t: int, span: float, work: float) -> float:
    """Baht of the crew of a tour that is off."""
    baht = state.crew_size[t] * day_pay(inst, span)
    for k in range(state.crew_size[t]):
        baht += more_work(inst, state, state.crew[t, k], work)
    return baht
