"""Where a visit goes: the cheapest place in the plan, with the crew it needs there."""

from __future__ import annotations

import math

from optimizer.instance import Instance, Ints
from optimizer.search.compiling import compiled
from optimizer.search.crewing import join_crew, new_crew, published_crew, same_faces
from optimizer.search.drawing import Dice, uniform
from optimizer.search.state import (
    State,
    aboard,
    hold_start,
    keep_coop_aside,
    keep_coops_of,
    keep_tour_aside,
    more_work,
    overload,
    put_on,
    take_off,
)
from optimizer.search.timing import work_minutes

#: chance that a place is passed over, so that greedy insertion does not always do the same (Christiaens 2020)
BLINK = 0.01


@compiled
def _in_tour(
    inst: Instance, state: State, dice: Dice, t: int, v: int, base: float, best: float, regret: float
) -> tuple[float, int, int]:
    """The best position in a tour below ``best`` baht: baht, position, officers to add (state.extra)."""
    n = state.size[t]
    office = inst.slot_office[t]
    crew, count = join_crew(inst, state, dice, t, v, regret)
    found, position = best, -1
    home, here = inst.depot[office], inst.place[v]
    a = home
    for i in range(n + 1):
        b = inst.place[state.stops[t, i]] if i < n else home
        baht = base + crew + inst.km[a, here] + inst.km[here, b] - inst.km[a, b]
        a = b
        if baht >= found or uniform(dice) < BLINK:
            continue
        for j in range(i):
            state.row[j] = state.stops[t, j]
        state.row[i] = v
        for j in range(i, n):
            state.row[j + 1] = state.stops[t, j]
        work = work_minutes(inst, office, state.row, n + 1, state.opens, state.closes)
        if work == math.inf:
            continue
        if inst.overload > 0.0:
            longer = work - state.work[t]
            for k in range(state.hands[t]):
                baht += more_work(inst, state, state.crew[t, k], longer)
            for k in range(count):
                o = state.extra[k]
                now = state.minutes[o]
                baht += overload(inst, o, now + work) - overload(inst, o, now + state.work[t])
        if baht < found:
            found, position = baht, i
    return (found, position, count) if position >= 0 else (math.inf, -1, 0)


@compiled
def _in_new_tour(
    inst: Instance, state: State, dice: Dice, t: int, v: int, base: float, regret: float
) -> tuple[float, int]:
    """A tour to the visit alone, in the empty slot ``t``: baht and officers (state.extra)."""
    office, day = inst.slot_office[t], inst.slot_day[t]
    home, here = inst.depot[office], inst.place[v]
    state.row[0] = v
    work = work_minutes(inst, office, state.row, 1, state.opens, state.closes)
    if work == math.inf or inst.load[v] > inst.capacity[office]:
        return math.inf, 0
    crew, count = new_crew(inst, state, dice, office, day, v, work, regret)
    return base + inst.km[home, here] + inst.km[here, home] + inst.car_day + crew, count


@compiled
def _least(inst: Instance, state: State, t: int, v: int) -> float:
    """Baht that joining tour ``t`` costs at least: the shortest detour and the cheapest change of crew."""
    n = state.size[t]
    office = inst.slot_office[t]
    if n >= inst.most_stops or state.load[t] + inst.load[v] > inst.capacity[office]:
        return math.inf
    lead = state.lead[inst.coop[v]]
    crew = 0.0
    full = state.locked[t] == 1 or state.hands[t] >= inst.seats[office]
    if inst.topics[v] & ~state.skills[t] != 0:
        if full:
            return math.inf
        crew = inst.officer_day
    missing = lead >= 0 and inst.stand_in > 0.0 and not aboard(state, t, lead)
    home, here = inst.depot[office], inst.place[v]
    detour = math.inf
    relief = 0.0
    a = home
    for i in range(n + 1):
        b = home
        if i < n:
            u = state.stops[t, i]
            b = inst.place[u]
            if missing and state.lead[inst.coop[u]] == lead:
                relief += inst.stand_in
        detour = min(detour, inst.km[a, here] + inst.km[here, b] - inst.km[a, b])
        a = b
    if missing:
        joins = inst.officer_day - relief
        crew = max(crew, inst.stand_in if full else min(inst.stand_in + crew, joins)) if relief == 0.0 else joins
    if inst.overload > 0.0:
        for k in range(state.hands[t]):
            crew += more_work(inst, state, state.crew[t, k], inst.minutes[v])
    return detour + crew


@compiled
def _least_alone(inst: Instance, state: State, office: int, v: int) -> float:
    """Baht that a tour to the visit alone costs at about the least: its drive, and the cheapest officer's day."""
    home, here = inst.depot[office], inst.place[v]
    baht = inst.km[home, here] + inst.km[here, home] + inst.car_day + inst.officer_day
    if inst.overload <= 0.0:
        return baht
    work = inst.drive[home, here] + inst.minutes[v] + inst.drive[here, home]
    lead = state.lead[inst.coop[v]]
    idle = math.inf
    for o in range(len(inst.base)):
        if inst.base[o] == office:
            idle = min(idle, state.minutes[o] - inst.fair[o])
    anyone = max(0.0, idle + work) - max(0.0, idle)
    crew = anyone * inst.overload
    if lead >= 0 and inst.leads_matter == 1:
        own = more_work(inst, state, lead, work)
        if inst.topics[v] & ~inst.skills[lead] != 0:
            own += inst.officer_day + crew
        crew = min(own, crew + inst.stand_in)
    return baht + crew


@compiled
def _candidates(inst: Instance, state: State, dice: Dice, v: int, only_day: int, noise: float, best: float) -> int:
    """List the tours that the visit could join or open, each with the least it can cost there; how many."""
    coop = inst.coop[v]
    low, high = 0, 10_000_000
    before = True
    for i in range(inst.first_visit[coop], inst.first_visit[coop + 1]):
        u = inst.visit_list[i]
        if u == v:
            before = False
        elif state.date[u] >= 0:
            if before:
                low = max(low, state.date[u] + inst.gap[coop])
            else:
                high = min(high, state.date[u] - inst.gap[coop])
    count = 0
    for office in range(len(inst.depot)):
        state.alone[office] = _least_alone(inst, state, office, v)
    first, last = (inst.first_day[v], inst.last_day[v] + 1) if only_day < 0 else (only_day, only_day + 1)
    for day in range(first, last):
        if inst.day_ok[v, day] == 0 or inst.ordinal[day] < low or inst.ordinal[day] > high:
            continue
        if inst.partner[v] >= 0 and state.meetings[inst.partner[v], day] >= inst.per_day[inst.partner[v]]:
            continue
        for keeps in range(2):
            if keeps == 1 and (inst.published_day[v] != day or inst.move_price[v] <= 0.0):
                continue
            base = inst.late[v, day] + noise * uniform(dice)
            if keeps == 0:
                base += inst.move_price[v]
            if base >= best:
                continue
            for office in range(len(inst.depot)):
                if inst.home[coop] >= 0 and inst.home[coop] != office:
                    continue
                opened = False
                for t in range(inst.first_slot[office, day], inst.first_slot[office, day + 1]):
                    if state.size[t] > 0:
                        least = base + _least(inst, state, t, v)
                    elif opened or uniform(dice) < BLINK:
                        continue
                    else:
                        opened = True
                        least = base + state.alone[office]
                    if least < best:
                        state.option_least[count] = least
                        state.option_base[count] = base
                        state.option_tour[count] = t
                        state.option_keeps[count] = keeps
                        count += 1
    return count


@compiled
def best_place(
    inst: Instance, state: State, dice: Dice, v: int, only_day: int, regret: float, noise: float
) -> tuple[float, int, int, int, int]:
    """The cheapest place for an unplanned visit: baht, tour, position, whether it keeps its published start, and how
    many officers to add (``state.best_extra``). Infinite baht where there is none. ``only_day`` -1: any day.

    Options are looked at by the least they can cost, so that most are never looked at."""
    # a place dearer than leaving the visit out is none
    best, tour, position, keeps, extra = inst.leave_out[v] + inst.move_price[v] + 1e-6, -1, -1, 0, 0
    options = _candidates(inst, state, dice, v, only_day, noise, best)
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
            at, count = 0, 0
            if state.size[t] > 0:
                baht, at, count = _in_tour(inst, state, dice, t, v, base, best, regret)
            else:
                baht, count = _in_new_tour(inst, state, dice, t, v, base, regret)
            if keep == 1 and baht < best and not same_faces(inst, state, v, t, count):
                baht += inst.move_price[v]
                if state.size[t] == 0:
                    for k in range(count):
                        state.other_extra[k] = state.extra[k]
                    again, n = published_crew(inst, state, t, v, base)
                    if again < baht:
                        baht, count = again, n
                    else:
                        for k in range(count):
                            state.extra[k] = state.other_extra[k]
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
    coop = inst.coop[v]
    keep_tour_aside(state, t)
    keep_coop_aside(state, coop)
    if extra > 0:
        keep_coops_of(inst, state, t)
    take_off(inst, state, t)
    n = state.size[t]
    if n == 0:
        state.hands[t] = 0
        state.locked[t] = 0
    for i in range(n, position, -1):
        state.stops[t, i] = state.stops[t, i - 1]
    state.stops[t, position] = v
    state.size[t] = n + 1
    for k in range(extra):
        state.crew[t, state.hands[t]] = state.best_extra[k]
        state.hands[t] += 1
    hold_start(inst, state, v, keeps)
    measure(inst, state, t)
    put_on(inst, state, t)
    if state.lead[coop] < 0:
        chosen, least = -1, math.inf
        for k in range(state.hands[t]):
            o = state.crew[t, k]
            if inst.lead_regret[coop, o] < least:
                chosen, least = o, inst.lead_regret[coop, o]
        state.lead[coop] = chosen


@compiled
def fare_of(inst: Instance, office: int, stops: Ints, count: int) -> float:
    """Baht for the kilometres of a tour."""
    home = inst.depot[office]
    at, baht = home, 0.0
    for i in range(count):
        here = inst.place[stops[i]]
        baht += inst.km[at, here]
        at = here
    return baht + inst.km[at, home]


@compiled
def measure(inst: Instance, state: State, t: int) -> float:
    """Write fare and work of a tour into its row; returns the work, infinite where no times fit."""
    office = inst.slot_office[t]
    state.fare[t] = fare_of(inst, office, state.stops[t], state.size[t])
    state.work[t] = work_minutes(inst, office, state.stops[t], state.size[t], state.opens, state.closes)
    return state.work[t]
