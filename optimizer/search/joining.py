"""Whether an officer may ride on a tour: days off, weekly limits, busy hours, and cooperatives that bar him or her."""

from __future__ import annotations

import math

from optimizer.compiling import compiled
from optimizer.instance import Instance
from optimizer.search.state import State, riders
from optimizer.search.timing import free_gaps, lengths


@compiled
def may_join(inst: Instance, state: State, officer: int, t: int, v: int) -> bool:
    """Whether the officer may join the crew of slot ``t``, on the tour as it is and to visit ``v`` as well.

    Seats apart. Whether the times fit with ``v`` on the way is for the insertion to see."""
    day = inst.slot_day[t]
    if (
        inst.base[officer] != inst.slot_office[t]
        or inst.there[officer, day] == 0
        or state.on[officer, day] >= 0
        or state.tours[officer, inst.week[day]] >= inst.week_limit[officer]
    ):
        return False
    if inst.bars == 1 and not _welcome(inst, state, officer, t, v):
        return False
    return inst.partly[officer, day] == 0 or _has_time(inst, state, officer, t, v)


@compiled
def _welcome(inst: Instance, state: State, officer: int, t: int, v: int) -> bool:
    """Whether no cooperative on the way bars the officer."""
    if inst.barred[inst.cooperative[v], officer] == 1:
        return False
    for i in range(state.size[t]):
        if inst.barred[inst.cooperative[state.stops[t, i]], officer] == 1:
            return False
    return True


@compiled
def _has_time(inst: Instance, state: State, officer: int, t: int, v: int) -> bool:
    """Whether the tour as it is (to ``v`` alone where the slot is empty) fits between the officer's busy hours."""
    kept = state.extra[0]
    state.extra[0] = officer
    free_gaps(inst, state, t, 1)
    state.extra[0] = kept
    n = state.size[t]
    for i in range(n):
        state.row[i] = state.stops[t, i]
    if n == 0:
        state.row[0] = v
    without, with_ = lengths(inst, state, t, state.row, max(1, n))
    return without < math.inf or with_ < math.inf


@compiled
def needed_crew(inst: Instance, state: State, t: int) -> int:
    """Officers who ride on the tour at least."""
    least = 1
    for i in range(state.size[t]):
        least = max(least, inst.least_crew[state.stops[t, i]])
    return least


@compiled
def crew_may_serve(inst: Instance, state: State, t: int, v: int) -> bool:
    """Whether no one of the crew is barred from the visit's cooperative."""
    for k in range(riders(state, t)):
        if inst.barred[inst.cooperative[v], state.crew[t, k]] == 1:
            return False
    return True
