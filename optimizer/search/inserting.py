"""Where a visit goes: the cheapest place in the plan, with the crew it needs there."""

from __future__ import annotations

import math

from optimizer.compiling import compiled
from optimizer.instance import Instance
from optimizer.search.companions import changes_with, published_crew, same_faces
from optimizer.search.crewing import join_crew, keep_extra, new_crew, take_extra
from optimizer.search.drawing import Dice, uniform
from optimizer.search.measuring import day_pay, least_for_crew, measure
from optimizer.search.options import list_options
from optimizer.search.state import (
    State,
    hold_start,
    keep_cooperative,
    keep_cooperatives_of,
    keep_tour,
    put_on,
    take_off,
)
from optimizer.search.timing import (
    begin,
    extend,
    free_gaps,
    last_start,
    latest_starts,
    lengths,
    scratch_levels,
    through,
)

#: chance that a place is passed over, so that greedy insertion does not always do the same (Christiaens 2020)
BLINK = 0.01


@compiled
def _minute_more(inst: Instance, state: State, t: int) -> float:
    """Baht that a minute more of work costs at least: for those aboard who are above their fair hours."""
    baht = 0.0
    for k in range(state.crew_size[t]):
        if state.minutes[state.crew[t, k]] >= inst.fair[state.crew[t, k]]:
            baht += inst.overload
    return baht


@compiled
def _in_tour(
    inst: Instance, state: State, dice: Dice, t: int, v: int, base: float, best: float, regret: float
) -> tuple[float, int, int]:
    """The best position in a tour below ``best`` baht: baht, position, officers to add (state.extra)."""
    n = state.size[t]
    crew, count = join_crew(inst, state, dice, t, v, regret)
    found, position = best, -1
    if base + crew >= found:
        return math.inf, -1, 0
    home, here, day = inst.depot[inst.slot_office[t]], inst.place[v], inst.slot_day[t]
    minute, busy = _minute_more(inst, state, t), state.busy[t] + inst.minutes[v]
    known = -1  # the stops up to here have their pieces of timing
    level = scratch_levels(state)[0]
    a = home
    for i in range(n + 1):
        b = inst.place[state.stops[t, i]] if i < n else home
        baht = base + crew + (inst.km[a, here] + inst.km[here, b] - inst.km[a, b]) * inst.slot_km[t]
        longer = inst.drive[a, here] + inst.drive[here, b] - inst.drive[a, b] if inst.timed == 1 else 0.0
        at, a = a, b
        if busy + longer > inst.most_busy or baht + minute * max(0.0, busy + longer - state.work[t]) >= found:
            continue
        if uniform(dice) < BLINK:
            continue
        without, with_ = 0.0, math.inf
        if inst.timed == 1:
            if known < 0:
                free_gaps(inst, state, t, count)
                latest_starts(inst, state, t)
                begin(inst, state, 0)
                known = 0
            limit = inst.day_end - inst.drive[here, home] if i == n else (
                state.latest[i] - inst.slack - inst.drive[here, b]
            )  # fmt: skip
            limit = last_start(inst, state, v, day, limit - inst.minutes[v])
            if limit == -math.inf:
                continue
            while known < i:
                before = home if known == 0 else inst.place[state.stops[t, known - 1]]
                extend(inst, state, known, known + 1, before, state.stops[t, known], day, math.inf)
                known += 1
            if not extend(inst, state, i, level, at, v, day, limit):
                continue
            without, with_ = through(inst, state, t, here, i)
            if without == math.inf and with_ == math.inf:
                continue
        baht += least_for_crew(inst, state, t, count, without, with_)
        if baht < found:
            found, position = baht, i
    return (found, position, count) if position >= 0 else (math.inf, -1, 0)


@compiled
def _in_new_tour(
    inst: Instance, state: State, dice: Dice, t: int, v: int, base: float, regret: float
) -> tuple[float, int]:
    """A tour to the visit alone, in the empty slot ``t``: baht and officers (state.extra)."""
    home, here = inst.depot[inst.slot_office[t]], inst.place[v]
    if inst.load[v] > inst.slot_capacity[t] or inst.least_crew[v] > inst.slot_seats[t]:
        return math.inf, 0
    state.row[0] = v
    free_gaps(inst, state, t, 0)
    without, with_ = lengths(inst, state, t, state.row, 1)
    if without == math.inf and with_ == math.inf:
        return math.inf, 0
    span, work = without, without
    if with_ - inst.break_length < without:
        with_break = day_pay(inst, with_) + (with_ - inst.break_length) * inst.overload
        if without == math.inf or with_break <= day_pay(inst, without) + without * inst.overload:
            span, work = with_, with_ - inst.break_length
    crew, count = new_crew(inst, state, dice, t, v, day_pay(inst, span), work, regret)
    if crew < math.inf and _busy_together(inst, state, t, v, count):
        return math.inf, 0
    return base + (inst.km[home, here] + inst.km[here, home]) * inst.slot_km[t] + inst.car_day + crew, count


@compiled
def _busy_together(inst: Instance, state: State, t: int, v: int, count: int) -> bool:
    """Whether the officers in ``state.extra``, each of whom could go, are never free at once for the visit alone."""
    busy = 0
    for k in range(count):
        busy += inst.partly[state.extra[k], inst.slot_day[t]]
    if busy < 2:
        return False
    state.row[0] = v
    free_gaps(inst, state, t, count)
    without, with_ = lengths(inst, state, t, state.row, 1)
    return without == math.inf and with_ == math.inf


@compiled
def _as_told(
    inst: Instance, state: State, v: int, t: int, base: float, keep: int, baht: float, count: int
) -> tuple[float, int]:
    """Baht of a place with what is owed to those who were told of the visit, and the officers to add (state.extra);
    a new tour may take those who were told instead."""
    if keep == 1 and not same_faces(inst, state, v, t, count):
        baht += inst.move_price[v]
    if inst.crew_change > 0.0:
        baht += changes_with(inst, state, v, t, count)
    if keep == 0 or state.size[t] > 0:
        return baht, count
    keep_extra(state, count)
    for whole in range(2):
        if whole == 1 and inst.crew_change <= 0.0:
            break
        told = inst.published_crew[v] if whole == 0 else inst.published_riders[v]
        again, n = published_crew(inst, state, t, v, base, told)
        if again < math.inf and inst.crew_change > 0.0:
            again += changes_with(inst, state, v, t, n)
        if again < baht:
            baht, count = again, n
            keep_extra(state, count)
    take_extra(state, count)
    return baht, count


@compiled
def best_place(
    inst: Instance, state: State, dice: Dice, v: int, only_day: int, regret: float, noise: float
) -> tuple[float, int, int, int, int]:
    """The cheapest place for an unplanned visit: baht, tour, position, whether it keeps its published start, and how
    many officers to add (``state.best_extra``). Infinite baht where there is none. ``only_day`` -1: any day.

    Options are looked at by the least they can cost, so that most are never looked at."""
    # a place dearer than leaving the visit out is none; of a rhythm that is to be said of all its visits together
    best, tour, position, keeps, extra = inst.leave_out[v] + inst.move_price[v] + 1e-6, -1, -1, 0, 0
    if inst.has_rhythm[inst.cooperative[v]] == 1:
        best = math.inf
    options = list_options(inst, state, dice, v, only_day, noise, best)
    while True:
        chosen, least = -1, best
        for n in range(options):
            if state.option_least[n] < least:
                chosen, least = n, state.option_least[n]
        if chosen < 0:
            break
        t, base, keep = state.option_tour[chosen], state.option_base[chosen], state.option_keeps[chosen]
        options -= 1
        state.option_least[chosen] = state.option_least[options]
        state.option_base[chosen] = state.option_base[options]
        state.option_tour[chosen] = state.option_tour[options]
        state.option_keeps[chosen] = state.option_keeps[options]
        if keep == 1:
            hold_start(inst, state, v, 1)
        if keep == 0 or state.opens[v] <= state.closes[v]:
            baht, at, count = 0.0, 0, 0
            if state.size[t] > 0:
                baht, at, count = _in_tour(inst, state, dice, t, v, base, best, regret)
            else:
                baht, count = _in_new_tour(inst, state, dice, t, v, base, regret)
            if baht < best and (inst.published_day[v] >= 0 or inst.crew_change > 0.0):
                baht, count = _as_told(inst, state, v, t, base, keep, baht, count)
            if baht < best:
                best, tour, position, keeps, extra = baht, t, at, keep, count
                for k in range(count):
                    state.best_extra[k] = state.extra[k]
        if keep == 1:
            hold_start(inst, state, v, 0)
    return (best if tour >= 0 else math.inf), tour, position, keeps, extra


@compiled
def place(inst: Instance, state: State, v: int, t: int, position: int, keeps: int, extra: int) -> None:
    """Put the visit where :func:`best_place` found room for it."""
    cooperative = inst.cooperative[v]
    keep_tour(state, t)
    keep_cooperative(state, cooperative)
    if extra > 0:
        keep_cooperatives_of(inst, state, t)
    take_off(inst, state, t)
    n = state.size[t]
    if n == 0:
        state.crew_size[t] = 0
        state.locked[t] = 0
    for i in range(n, position, -1):
        state.stops[t, i] = state.stops[t, i - 1]
    state.stops[t, position] = v
    state.size[t] = n + 1
    for k in range(extra):
        state.crew[t, state.crew_size[t]] = state.best_extra[k]
        state.crew_size[t] += 1
    hold_start(inst, state, v, keeps)
    measure(inst, state, t)
    put_on(inst, state, t)
    if state.lead[cooperative] < 0:
        chosen, least = -1, math.inf
        for k in range(state.crew_size[t]):
            o = state.crew[t, k]
            if inst.lead_regret[cooperative, o] < least:
                chosen, least = o, inst.lead_regret[cooperative, o]
        state.lead[cooperative] = chosen
