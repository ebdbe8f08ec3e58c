"""The search itself: ruin, recreate, accept by annealing, keep the best."""

from __future__ import annotations

import math

import numpy as np

from optimizer.compiling import compiled
from optimizer.instance import Floats, Instance, Ints
from optimizer.search.drawing import Dice, below, shuffle, uniform
from optimizer.search.exchanging import exchange_officers
from optimizer.search.inserting import best_place, place
from optimizer.search.measuring import measure
from optimizer.search.recar import take_best_car
from optimizer.search.ruining import draw_operator, ruin, send_home, take_out_series
from optimizer.search.settling import settle
from optimizer.search.state import (
    TAKEN,
    TRAIL_COOPERATIVES,
    TRAIL_TOURS,
    UNASSIGNED,
    Best,
    State,
    begin_step,
    hold_start,
    keep_cooperative,
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
def _is_begun(inst: Instance, state: State, cooperative: int) -> bool:
    """Whether the cooperative has a visit that stays in the plan: in history, or pinned and in place."""
    for i in range(inst.first_visit[cooperative], inst.first_visit[cooperative + 1]):
        v = inst.visit_list[i]
        if inst.fixed[v] == 1 or (inst.fixed[v] == 2 and state.tour[v] >= 0):
            return True
    return False


@compiled
def _insert_series(inst: Instance, state: State, dice: Dice, cooperative: int, noise: float) -> bool:
    """Insert the visits of a cooperative bound to rhythms that are not planned, beside those that are: each rhythm
    costs the sum of its best places. False where that cannot be, or costs more than leaving them out would."""
    first, last = inst.first_visit[cooperative], inst.first_visit[cooperative + 1]
    best, chosen = 0.0, -1
    for i in range(last - first):
        v = inst.visit_list[first + i]
        if state.tour[v] < 0 and inst.fixed[v] != 1:
            best += inst.leave_out[v] + inst.move_price[v] + 1e-6
        for day in range(len(inst.ordinal)):
            state.day_cost[i, day] = math.nan
    if _is_begun(inst, state, cooperative):
        best = math.inf  # none of them can be left out
    for r in range(inst.first_rhythm[cooperative], inst.first_rhythm[cooperative + 1]):
        baht = _rhythm_costs(inst, state, dice, cooperative, r, best, noise)
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
            take_out_series(inst, state, cooperative)
            return False
        place(inst, state, v, t, position, keeps, extra)
    return True


@compiled
def _rhythm_costs(
    inst: Instance, state: State, dice: Dice, cooperative: int, r: int, best: float, noise: float
) -> float:
    """Baht for the missing visits on the days of a rhythm; inf where the planned ones have others, or from ``best``
    baht on. ``state.day_cost`` holds what is known already."""
    first, last = inst.first_visit[cooperative], inst.first_visit[cooperative + 1]
    for i in range(last - first):
        t = state.tour[inst.visit_list[first + i]]
        if t >= 0 and inst.rhythm[r, i] != inst.slot_day[t]:
            return math.inf
    baht = noise * uniform(dice)
    for i in range(last - first):
        day, v = inst.rhythm[r, i], inst.visit_list[first + i]
        if day < 0 or state.tour[v] >= 0:
            continue
        if math.isnan(state.day_cost[i, day]):
            state.day_cost[i, day] = best_place(inst, state, dice, v, day, 0.0, 0.0)[0]
        baht += state.day_cost[i, day]
        if baht >= best:
            return math.inf
    return baht


@compiled
def _any_planned(inst: Instance, state: State, cooperative: int) -> bool:
    """Whether the cooperative has a visit in the plan, history not counted."""
    for i in range(inst.first_visit[cooperative], inst.first_visit[cooperative + 1]):
        if state.tour[inst.visit_list[i]] >= 0:
            return True
    return False


@compiled
def insert(inst: Instance, state: State, dice: Dice, v: int, regret: float, noise: float) -> None:
    """Insert an unplanned visit where it costs least; a cooperative bound to rhythms whole, beside what it has."""
    if state.tour[v] >= 0:
        return
    cooperative = inst.cooperative[v]
    if inst.has_rhythm[cooperative] == 1:
        if not _insert_series(inst, state, dice, cooperative, noise) and _any_planned(inst, state, cooperative):
            take_out_series(inst, state, cooperative)
            _insert_series(inst, state, dice, cooperative, noise)
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
    cooperative = inst.cooperative[v]
    home = inst.depot[max(0, inst.home[cooperative])]
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
        cooperative = inst.cooperative[state.taken[n]]
        free = (
            inst.fixed_lead[cooperative] < 0
            and state.lead[cooperative] >= 0
            and not _any_planned(inst, state, cooperative)
        )
        if free and uniform(dice) < FORGET:
            state.lead[cooperative] = -1


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
    for n in range(state.counts[TRAIL_TOURS]):
        if state.size[state.trail_tour[n]] > 0:
            exchange_officers(inst, state, dice, state.trail_tour[n])
    if inst.kinds > 1:
        for n in range(state.counts[TRAIL_TOURS]):
            if state.size[state.trail_tour[n]] > 0:
                take_best_car(inst, state, state.trail_tour[n])
    for n in range(state.counts[TRAIL_COOPERATIVES]):
        settle(inst, state, state.trail_cooperative[n])


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
    for cooperative in range(len(inst.gap)):
        settle(inst, state, cooperative)


@compiled
def _mend_torn(inst: Instance, state: State) -> bool:
    """Take out cooperatives bound to rhythms with only some visits planned; whether any visit went."""
    before = state.counts[TAKEN]
    for cooperative in range(len(inst.gap)):
        if inst.has_rhythm[cooperative] == 1:
            for i in range(inst.first_visit[cooperative], inst.first_visit[cooperative + 1]):
                if state.date[inst.visit_list[i]] < 0:
                    take_out_series(inst, state, cooperative)
                    break
    return state.counts[TAKEN] > before


@compiled
def begin_build(inst: Instance, state: State, dice: Dice) -> int:
    """Put everything that is unassigned in the order in which the first plan takes it in; how many visits.

    What no plan can do without, the rest of rhythms that have begun, is inserted at once."""
    begin_step(state)
    for cooperative in range(len(inst.gap)):
        if inst.has_rhythm[cooperative] == 1 and _is_begun(inst, state, cooperative):
            _insert_series(inst, state, dice, cooperative, 0.0)
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
    for n in range(state.counts[TRAIL_COOPERATIVES]):
        settle(inst, state, state.trail_cooperative[n])
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
    if len(inst.cooperative) == 0:
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
    for v in range(len(inst.cooperative)):
        if state.keeps[v] == 1:
            hold_start(inst, state, v, 0)
    begin_step(state)
    for cooperative in range(len(inst.gap)):
        keep_cooperative(state, cooperative)
        state.lead[cooperative] = source.lead[cooperative]
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
    for v in range(len(inst.cooperative)):
        if state.tour[v] < 0 and inst.fixed[v] != 1:
            state.unassigned[count] = v
            count += 1
    state.counts[UNASSIGNED] = count
    state.counts[TAKEN] = 0
