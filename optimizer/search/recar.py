"""Which of an office's unlike cars a tour takes: a cheaper one that is free, or that of another tour in exchange."""

from __future__ import annotations

from optimizer.compiling import compiled
from optimizer.instance import Instance
from optimizer.search.measuring import fare_of
from optimizer.search.state import State, keep_tour, put_on, take_off


@compiled
def _fits(inst: Instance, state: State, t: int, slot: int) -> bool:
    """Whether the car of ``slot`` takes the crew and the load of tour ``t``."""
    return state.crew_size[t] <= inst.slot_seats[slot] and state.load[t] <= inst.slot_capacity[slot]


@compiled
def _saved(inst: Instance, state: State, t: int, other: int) -> float:
    """Baht saved once tour ``t`` and the one in slot ``other``, if any, exchange their cars."""
    saved = 0.0
    if inst.slot_km[t] > 0.0:
        saved += state.fare[t] * (1.0 - inst.slot_km[other] / inst.slot_km[t])
    if state.size[other] > 0 and inst.slot_km[other] > 0.0:
        saved += state.fare[other] * (1.0 - inst.slot_km[t] / inst.slot_km[other])
    return saved


@compiled
def _exchange(inst: Instance, state: State, t: int, other: int) -> None:
    """Exchange the tours of two slots of one office and day."""
    keep_tour(state, t)
    keep_tour(state, other)
    take_off(inst, state, t)
    take_off(inst, state, other)
    for i in range(max(state.size[t], state.size[other])):
        state.stops[t, i], state.stops[other, i] = state.stops[other, i], state.stops[t, i]
    for k in range(max(state.crew_size[t], state.crew_size[other])):
        state.crew[t, k], state.crew[other, k] = state.crew[other, k], state.crew[t, k]
    state.size[t], state.size[other] = state.size[other], state.size[t]
    state.crew_size[t], state.crew_size[other] = state.crew_size[other], state.crew_size[t]
    state.locked[t] = state.locked[other] = 0
    for times in (state.span, state.work, state.busy, state.day_pay):
        times[t], times[other] = times[other], times[t]
    state.fare[t] = fare_of(inst, t, state.stops[t], state.size[t])
    state.fare[other] = fare_of(inst, other, state.stops[other], state.size[other])
    put_on(inst, state, t)
    put_on(inst, state, other)


@compiled
def take_best_car(inst: Instance, state: State, t: int) -> None:
    """Give the tour the car of its office and day in which, with the other tour's exchange, most is saved."""
    if state.locked[t] == 1:
        return
    office, day = inst.slot_office[t], inst.slot_day[t]
    best, chosen = 1e-7, -1
    for other in range(inst.first_slot[office, day], inst.first_slot[office, day + 1]):
        if inst.slot_kind[other] == inst.slot_kind[t] or not _fits(inst, state, t, other):
            continue
        if state.size[other] > 0 and (state.locked[other] == 1 or not _fits(inst, state, other, t)):
            continue
        saved = _saved(inst, state, t, other)
        if saved > best:
            best, chosen = saved, other
    if chosen >= 0:
        _exchange(inst, state, t, chosen)
