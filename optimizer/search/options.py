"""Tours that a visit could join or open, each with the least it can cost there: what insertion looks at, in order."""

from __future__ import annotations

import math

from optimizer.compiling import compiled
from optimizer.instance import Instance
from optimizer.search.drawing import Dice, below, uniform
from optimizer.search.joining import crew_may_serve
from optimizer.search.state import LISTED, State, aboard, more_work

#: chance that an empty slot is passed over
BLINK = 0.01
#: slots a day beyond which only tours nearby are looked at, so that a step costs the same in a larger office
CROWDED = 16
#: nearest cooperatives whose tours are looked at then
NEAR = 40
#: chance that new tours may take one kind of car only, so that they do not all begin in the cheapest
OTHER_CAR = 0.1


@compiled
def _idle(inst: Instance, state: State, office: int) -> float:
    """Minutes that the officer of an office who has the most to spare works above the fair hours."""
    idle = math.inf
    for o in range(len(inst.base)):
        if inst.base[o] == office:
            idle = min(idle, state.minutes[o] - inst.fair[o])
    return idle


@compiled
def _overload(inst: Instance, idle: float, work: float) -> float:
    """Baht of overload that ``work`` minutes more bring whoever works ``idle`` minutes above the fair hours."""
    return (max(0.0, idle + work) - max(0.0, idle)) * inst.overload if inst.overload > 0.0 else 0.0


@compiled
def _least(inst: Instance, state: State, t: int, v: int) -> float:
    """Baht that joining tour ``t`` costs at least: the shortest detour, the cheapest change of crew, and hours above
    the fair ones; inf where no time, load or seat is left for it."""
    n = state.size[t]
    if n >= inst.most_stops or state.load[t] + inst.load[v] > inst.slot_capacity[t]:
        return math.inf
    if inst.bars == 1 and not crew_may_serve(inst, state, t, v):
        return math.inf
    lead = state.lead[inst.cooperative[v]]
    full = state.locked[t] == 1 or state.crew_size[t] >= inst.slot_seats[t]
    lack = inst.least_crew[v] - state.crew_size[t]
    if lack <= 0 and inst.topics[v] & ~state.skills[t] != 0:
        lack = 1
    if lack > 0 and (full or inst.least_crew[v] > inst.slot_seats[t]):
        return math.inf
    missing = lead >= 0 and inst.stand_in > 0.0 and not aboard(state, t, lead)
    home, here = inst.depot[inst.slot_office[t]], inst.place[v]
    detour = longer = math.inf
    relief = 0.0
    a = home
    for i in range(n + 1):
        b = home
        if i < n:
            u = state.stops[t, i]
            b = inst.place[u]
            if missing and state.lead[inst.cooperative[u]] == lead:
                relief += inst.stand_in
        detour = min(detour, inst.km[a, here] + inst.km[here, b] - inst.km[a, b])
        if inst.timed == 1:
            longer = min(longer, inst.drive[a, here] + inst.drive[here, b] - inst.drive[a, b])
        a = b
    busy = state.busy[t] + inst.minutes[v] + longer if inst.timed == 1 else 0.0
    if busy > inst.most_busy:
        return math.inf
    work = max(busy, state.work[t])
    crew = max(0, lack) * (inst.officer_day + _overload(inst, state.idle[inst.slot_office[t]], work))
    if missing:
        joins = inst.officer_day + more_work(inst, state, lead, work) - relief
        other = inst.stand_in + crew
        cheapest = other if full else min(other, joins)
        crew = max(crew, cheapest) if relief == 0.0 else cheapest
    if inst.overload > 0.0:
        for k in range(state.crew_size[t]):
            crew += more_work(inst, state, state.crew[t, k], work - state.work[t])
    return detour * inst.slot_km[t] + crew


@compiled
def _least_alone(inst: Instance, state: State, office: int, v: int) -> float:
    """Baht that a tour to the visit alone costs at about the least, its drive left out: car and officers' days."""
    home, here = inst.depot[office], inst.place[v]
    baht = inst.car_day + inst.officer_day * inst.least_crew[v]
    if inst.overload <= 0.0:
        return baht
    work = inst.drive[home, here] + inst.minutes[v] + inst.drive[here, home]
    lead = state.lead[inst.cooperative[v]]
    crew = _overload(inst, state.idle[office], work)
    if lead >= 0 and inst.leads_matter == 1:
        own = more_work(inst, state, lead, work)
        if inst.topics[v] & ~inst.skills[lead] != 0:
            own += inst.officer_day + crew
        crew = min(own, crew + inst.stand_in)
    return baht + crew


@compiled
def _days_between(inst: Instance, state: State, v: int) -> tuple[int, int]:
    """The first and last date that the gaps to the cooperative's other planned visits leave."""
    cooperative = inst.cooperative[v]
    low, high = 0, 10_000_000
    before = True
    for i in range(inst.first_visit[cooperative], inst.first_visit[cooperative + 1]):
        u = inst.visit_list[i]
        if u == v:
            before = False
        elif state.date[u] >= 0:
            if before:
                low = max(low, state.date[u] + inst.gap[cooperative])
            else:
                high = min(high, state.date[u] - inst.gap[cooperative])
    return low, high


@compiled
def _note_near(inst: Instance, state: State, t: int) -> None:
    """Put a tour among the near ones of its day, once."""
    if state.near_mark[t] != state.counts[LISTED]:
        state.near_mark[t] = state.counts[LISTED]
        day = inst.slot_day[t]
        state.near_next[t] = state.near_first[day]
        state.near_first[day] = t


@compiled
def _note_all_near(inst: Instance, state: State, v: int) -> None:
    """List by day the tours to the nearest cooperatives, and those of the visit's lead: the only ones worth a look
    where many leave each day."""
    cooperative = inst.cooperative[v]
    lead = state.lead[cooperative]
    state.counts[LISTED] += 1
    for day in range(inst.first_day[v], inst.last_day[v] + 1):
        state.near_first[day] = -1
        if lead >= 0 and state.on[lead, day] >= 0:
            _note_near(inst, state, state.on[lead, day])
    for j in range(min(NEAR, inst.neighbours.shape[1])):
        near = inst.neighbours[cooperative, j]
        for i in range(inst.first_visit[near], inst.first_visit[near + 1]):
            if state.tour[inst.visit_list[i]] >= 0:
                _note_near(inst, state, state.tour[inst.visit_list[i]])


@compiled
def _is_open(inst: Instance, state: State, v: int, day: int, low: int, high: int) -> bool:
    """Whether the visit may be on a day: by its own dates, the gaps ``low .. high`` leave, and its partner's places."""
    if inst.day_ok[v, day] == 0 or inst.ordinal[day] < low or inst.ordinal[day] > high:
        return False
    partner = inst.partner[v]
    return partner < 0 or state.meetings[partner, day] < inst.per_day[partner]


@compiled
def _look_around(inst: Instance, state: State, v: int, crowded: bool) -> None:
    """Note what the days of a list have in common: idle officers, tours to the visit alone, tours nearby."""
    for office in range(len(inst.depot)):
        state.idle[office] = _idle(inst, state, office)
        state.alone[office] = _least_alone(inst, state, office, v)
    if crowded:
        _note_all_near(inst, state, v)


@compiled
def list_options(inst: Instance, state: State, dice: Dice, v: int, only_day: int, noise: float, best: float) -> int:
    """List the tours that the visit could join or open below ``best`` baht; how many."""
    low, high = _days_between(inst, state, v)
    count, looked = 0, False
    crowded = len(inst.slot_day) > CROWDED * len(inst.ordinal)
    only_kind = below(dice, inst.kinds) if inst.kinds > 1 and uniform(dice) < OTHER_CAR else -1
    first, last = (inst.first_day[v], inst.last_day[v] + 1) if only_day < 0 else (only_day, only_day + 1)
    for day in range(first, last):
        if not _is_open(inst, state, v, day, low, high):
            continue
        if not looked:  # many a visit left out has no day at all
            _look_around(inst, state, v, crowded)
            looked = True
        for keeps in range(2):
            if keeps == 1 and (inst.published_day[v] != day or inst.move_price[v] <= 0.0):
                continue
            base = inst.late[v, day] + noise * uniform(dice)
            if keeps == 0:
                base += inst.move_price[v]
            if base < best:
                count = _list_day(inst, state, dice, v, day, keeps, base, best, only_kind, crowded, count)
    return count


@compiled
def _list_option(state: State, t: int, least: float, base: float, keeps: int, count: int) -> int:
    """Write a place to the list at ``count``; how many there are then."""
    state.option_least[count] = least
    state.option_base[count] = base
    state.option_tour[count] = t
    state.option_keeps[count] = keeps
    return count + 1


@compiled
def _list_day(
    inst: Instance, state: State, dice: Dice, v: int, day: int, keeps: int, base: float, best: float, only_kind: int,
    crowded: bool, count: int,
) -> int:  # fmt: skip
    """Go on with the list at ``count`` by the tours of one day; of empty slots alike only one is listed."""
    home = inst.home[inst.cooperative[v]]
    # four tours of five have no time for the visit, wherever on the way it lies
    room = inst.most_busy + inst.shortcut - inst.minutes[v]
    t = state.near_first[day] if crowded else state.out_first[day]
    while t >= 0:
        if state.busy[t] <= room and (home < 0 or home == inst.slot_office[t]):
            least = base + _least(inst, state, t, v)
            if least < best:
                count = _list_option(state, t, least, base, keeps, count)
        t = state.near_next[t] if crowded else state.out_next[t]
    for office in range(len(inst.depot)):
        if home >= 0 and home != office:
            continue
        around = inst.km[inst.depot[office], inst.place[v]] + inst.km[inst.place[v], inst.depot[office]]
        t = inst.first_slot[office, day]
        while t < inst.first_slot[office, day + 1]:
            if state.size[t] > 0:
                t += 1
                continue
            if only_kind in (-1, inst.slot_kind[t]) and uniform(dice) >= BLINK:
                least = base + state.alone[office] + around * inst.slot_km[t]
                if least < best:
                    count = _list_option(state, t, least, base, keeps, count)
            t = inst.slot_other[t]
    return count
