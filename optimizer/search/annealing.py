"""The search itself: ruin, recreate, accept by annealing, keep the best."""

from __future__ import annotations

import math

import numpy as np

from optimizer.compiling import compiled
from optimizer.instance import Floats, Instance, Ints
from optimizer.search.drawing import Dice, below, shuffle, uniform
from optimizer.search.inserting import best_place, place
from optimizer.search.measuring import measure
from optimizer.search.recar import take_best_car
from optimizer.search.ruining import draw_operator, ruin, send_home, take_out_series
from optimizer.search.settling import settle
from optimizer.search.state import (
    TAKEN,
    TRAIL_COOPS,
    TRAIL_TOURS,
    UNASSIGNED,
    Best,
    State,
    begin_step,
    hold_start,
    keep_coop,
    put_on,
    remember,
    take_off,
    undo,
)

#: at most so many visits left over from earlier steps are tried again in one step
LEFT_TRIES = 6
#: visits that are sorted by insertion
FEW = 40
#: chance that a cooperative wholly out of the plan forgets its lead
FORGET = 0.8


@compiled
def _fits_rhythm(inst: Instance, state: State, v: int, day: int) -> bool:
    """Whether some rhythm of the visit's cooperative has it on ``day`` and the planned ones where they are."""
    coop = inst.coop[v]
    first = inst.first_visit[coop]
    for r in range(inst.first_rhythm[coop], inst.first_rhythm[coop + 1]):
        fits = True
        for i in range(first, inst.first_visit[coop + 1]):
            u = inst.visit_list[i]
            beat = inst.rhythm[r, i - first]
            if u == v:
                fits = fits and beat == day
            elif state.tour[u] >= 0:
                fits = fits and beat == inst.slot_day[state.tour[u]]
        if fits:
            return True
    return False


@compiled
def _insert_beat(inst: Instance, state: State, dice: Dice, v: int, noise: float) -> bool:
    """Insert one visit of a cooperative bound to rhythms whose other visits stay where they are."""
    best, chosen = math.inf, -1
    for day in range(len(inst.ordinal)):
        if inst.day_ok[v, day] == 1 and _fits_rhythm(inst, state, v, day):
            baht = best_place(inst, state, dice, v, day, 0.0, noise)[0]
            if baht < best:
                best, chosen = baht, day
    if chosen < 0:
        return False
    _, t, position, keeps, extra = best_place(inst, state, dice, v, chosen, 0.0, 0.0)
    if t < 0:
        return False
    place(inst, state, v, t, position, keeps, extra)
    return True


@compiled
def _insert_series(inst: Instance, state: State, dice: Dice, coop: int, noise: float) -> bool:
    """Insert all visits of a cooperative bound to rhythms: each rhythm costs the sum of its best places."""
    first, last = inst.first_visit[coop], inst.first_visit[coop + 1]
    for i in range(last - first):
        for day in range(len(inst.ordinal)):
            state.day_cost[i, day] = math.nan
    best, chosen = math.inf, -1
    for r in range(inst.first_rhythm[coop], inst.first_rhythm[coop + 1]):
        baht = noise * uniform(dice)
        for i in range(last - first):
            day = inst.rhythm[r, i]
            if day < 0:
                continue
            if math.isnan(state.day_cost[i, day]):
                v = inst.visit_list[first + i]
                state.day_cost[i, day] = best_place(inst, state, dice, v, day, 0.0, 0.0)[0]
            baht += state.day_cost[i, day]
            if baht >= best:
                break
        if baht < best:
            best, chosen = baht, r
    if chosen < 0:
        return False
    for i in range(last - first):
        day = inst.rhythm[chosen, i]
        v = inst.visit_list[first + i]
        if day < 0 or state.tour[v] >= 0:
            continue
        _, t, position, keeps, extra = best_place(inst, state, dice, v, day, 0.0, 0.0)
        if t < 0:
            take_out_series(inst, state, coop)
            return False
        place(inst, state, v, t, position, keeps, extra)
    return True


@compiled
def _any_planned(inst: Instance, state: State, coop: int) -> bool:
    """Whether the cooperative has a visit in the plan, history not counted."""
    for i in range(inst.first_visit[coop], inst.first_visit[coop + 1]):
        if state.tour[inst.visit_list[i]] >= 0:
            return True
    return False


@compiled
def insert(inst: Instance, state: State, dice: Dice, v: int, regret: float, noise: float) -> None:
    """Insert an unplanned visit where it costs least; a cooperative bound to rhythms whole, or as it stands."""
    if state.tour[v] >= 0:
        return
    coop = inst.coop[v]
    if inst.has_rhythm[coop] == 1:
        if _any_planned(inst, state, coop):
            if _insert_beat(inst, state, dice, v, noise):
                return
            take_out_series(inst, state, coop)
            if _any_planned(inst, state, coop):
                return
        _insert_series(inst, state, dice, coop, noise)
        return
    _, t, position, keeps, extra = best_place(inst, state, dice, v, -1, regret, noise)
    if t >= 0:
        place(inst, state, v, t, position, keeps, extra)


@compiled
def _sort(inst: Instance, state: State, dice: Dice, visits: Ints, count: int) -> None:
    """Put visits in one of several orders in which to insert them."""
    shuffle(dice, visits, count)
    draw = uniform(dice)
    if draw < 0.4:
        return
    for i in range(count):
        state.keys[i] = _key(inst, visits[i], draw)
    if count > FEW:
        order = np.argsort(state.keys[:count], kind="mergesort")
        visits[:count] = visits[:count][order]
        return
    for i in range(1, count):
        v, key, j = visits[i], state.keys[i], i - 1
        while j >= 0 and state.keys[j] > key:
            visits[j + 1], state.keys[j + 1] = visits[j], state.keys[j]
            j -= 1
        visits[j + 1], state.keys[j + 1] = v, key


@compiled
def _key(inst: Instance, v: int, draw: float) -> float:
    """What the drawn order sorts by, least first."""
    coop = inst.coop[v]
    home = inst.depot[max(0, inst.home[coop])]
    here = inst.place[v]
    if draw < 0.55:
        return -inst.leave_out[v] - 1e-3 * inst.minutes[v]
    if draw < 0.70:
        return -inst.km[home, here]
    if draw < 0.75:
        return inst.km[home, here]
    if draw < 0.85:
        return inst.closes[v] - inst.opens[v]
    if draw < 0.95:
        days = 0
        for day in range(len(inst.ordinal)):
            days += inst.day_ok[v, day]
        return float(days)
    return -inst.load[v] - 1e-3 * inst.minutes[v]


@compiled
def _free_leads(inst: Instance, state: State, dice: Dice) -> None:
    """Forget the lead of cooperatives that are wholly out of the plan, mostly."""
    for n in range(state.counts[TAKEN]):
        coop = inst.coop[state.taken[n]]
        free = inst.fixed_lead[coop] < 0 and state.lead[coop] >= 0 and not _any_planned(inst, state, coop)
        if free and uniform(dice) < FORGET:
            state.lead[coop] = -1


@compiled
def recreate(inst: Instance, state: State, dice: Dice, noise: float) -> None:
    """Insert what was taken out, and some of what was left out before; then settle leads and crews."""
    _free_leads(inst, state, dice)
    count = 0
    for n in range(state.counts[TAKEN]):
        state.order[count] = state.taken[n]
        count += 1
    left = state.counts[UNASSIGNED]
    if left > 0:
        start = below(dice, left)
        for j in range(min(left, LEFT_TRIES)):
            state.order[count] = state.unassigned[(start + j) % left]
            count += 1
    _sort(inst, state, dice, state.order, count)
    regret = uniform(dice)
    for n in range(count):
        insert(inst, state, dice, state.order[n], regret, noise)
    send_home(inst, state)
    if inst.kinds > 1:
        for n in range(state.counts[TRAIL_TOURS]):
            if state.size[state.trail_tour[n]] > 0:
                take_best_car(inst, state, state.trail_tour[n])
    for n in range(state.counts[TRAIL_COOPS]):
        settle(inst, state, state.trail_coop[n])


@compiled
def note_unassigned(inst: Instance, state: State) -> None:
    """List what is not planned."""
    count = 0
    for n in range(state.counts[UNASSIGNED]):
        v = state.unassigned[n]
        if state.tour[v] < 0:
            state.unassigned[count] = v
            count += 1
    for n in range(state.counts[TAKEN]):
        v = state.taken[n]
        if state.tour[v] < 0:
            known = False
            for m in range(count):
                known = known or state.unassigned[m] == v
            if not known:
                state.unassigned[count] = v
                count += 1
    state.counts[UNASSIGNED] = count


@compiled
def settle_all(inst: Instance, state: State) -> None:
    """Give every cooperative its lead."""
    for coop in range(len(inst.gap)):
        settle(inst, state, coop)


@compiled
def _mend_torn(inst: Instance, state: State) -> bool:
    """Take out cooperatives bound to rhythms with only some visits planned; whether any visit went."""
    before = state.counts[TAKEN]
    for coop in range(len(inst.gap)):
        if inst.has_rhythm[coop] == 1:
            for i in range(inst.first_visit[coop], inst.first_visit[coop + 1]):
                if state.date[inst.visit_list[i]] < 0:
                    take_out_series(inst, state, coop)
                    break
    return state.counts[TAKEN] > before


@compiled
def begin_build(inst: Instance, state: State, dice: Dice) -> int:
    """Put everything that is unassigned in the order in which the first plan takes it in; how many visits."""
    begin_step(state)
    count = state.counts[UNASSIGNED]
    for n in range(count):
        state.order[n] = state.unassigned[n]
    _sort(inst, state, dice, state.order, count)
    return count


@compiled
def build_some(inst: Instance, state: State, dice: Dice, first: int, last: int) -> None:
    """Insert a part of the visits in the order of :func:`begin_build`."""
    for n in range(first, last):
        insert(inst, state, dice, state.order[n], 0.5, 0.0)


@compiled
def end_build(inst: Instance, state: State, best: Best) -> None:
    """Make a plan of what has been inserted, and remember it where it is better."""
    send_home(inst, state)
    for _ in range(len(inst.gap)):
        if not _mend_torn(inst, state):
            break
    for n in range(state.counts[TRAIL_COOPS]):
        settle(inst, state, state.trail_coop[n])
    note_unassigned(inst, state)
    if state.cost[0] < best.cost[0]:
        remember(state, best)


@compiled
def step(inst: Instance, state: State, dice: Dice, size: float, operator: int, noise: float) -> None:
    """Ruin by one operator, and recreate; a step was begun before, and may be undone after."""
    ruin(inst, state, dice, size, operator)
    recreate(inst, state, dice, noise)


@compiled
def anneal(
    inst: Instance, state: State, dice: Dice, best: Best, steps: int, heat: float, size: float, noise: float,
    weights: Floats,
) -> None:  # fmt: skip
    """``steps`` steps at the temperature ``heat`` (baht), operators drawn by ``weights``."""
    if len(inst.coop) == 0:
        return
    for _ in range(steps):
        begin_step(state)
        before = state.cost[0]
        step(inst, state, dice, size, draw_operator(dice, weights), noise)
        if state.cost[0] < before - heat * math.log(1.0 - uniform(dice)) + 1e-9:
            note_unassigned(inst, state)
            if state.cost[0] < best.cost[0] - 1e-7:
                remember(state, best)
        else:
            undo(inst, state, before)


@compiled
def load(inst: Instance, state: State, source: Best) -> None:
    """Make the plan in work the one in ``source``."""
    for t in range(len(state.size)):
        take_off(inst, state, t)
        state.size[t] = 0
        state.crew_size[t] = 0
    for v in range(len(inst.coop)):
        if state.keeps[v] == 1:
            hold_start(inst, state, v, 0)
    begin_step(state)
    for coop in range(len(inst.gap)):
        keep_coop(state, coop)
        state.lead[coop] = source.lead[coop]
    for t in range(len(state.size)):
        state.size[t] = source.size[t]
        state.crew_size[t] = source.crew_size[t]
        state.locked[t] = 0
        for i in range(source.size[t]):
            v = source.stops[t, i]
            state.stops[t, i] = v
            if inst.fixed[v] == 2:
                state.locked[t] = 1  # a pin binds the crew, not the car
            if source.keeps[v] == 1:
                hold_start(inst, state, v, 1)
        for k in range(source.crew_size[t]):
            state.crew[t, k] = source.crew[t, k]
        measure(inst, state, t)
        put_on(inst, state, t)
    settle_all(inst, state)
    count = 0
    for v in range(len(inst.coop)):
        if state.tour[v] < 0 and inst.fixed[v] != 1:
            state.unassigned[count] = v
            count += 1
    state.counts[UNASSIGNED] = count
    state.counts[TAKEN] = 0
