"""The plan while it is searched: tours as rows, and everything that follows from them kept up to date.

A tour is changed by taking it off (its share of every sum goes), editing its row, and putting it on again. Rows and
leads that a step touches are kept aside first, so that a step that does not pay is undone exactly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.referee import MOVED_SECONDS
from optimizer.instance import Flags, Floats, Instance, Ints
from optimizer.search.compiling import compiled


class State(NamedTuple):
    """Arrays of the plan in work; see :class:`optimizer.instance.Instance` for the letters. S: most seats."""

    size: Ints  # [T] stops of a tour
    stops: Ints  # [T, M]
    hands: Ints  # [T] officers of a tour
    crew: Ints  # [T, S]
    fare: Floats  # [T] baht for the kilometres
    work: Floats  # [T] minutes of work
    skills: Ints  # [T] topics of the crew
    load: Floats  # [T]
    locked: Flags  # [T] the crew is pinned

    tour: Ints  # [V] tour of the visit, or -1
    date: Ints  # [V] ordinal date of the visit, or -1
    opens: Floats  # [V] earliest start, the published half hour included where the visit keeps it
    closes: Floats  # [V] latest start, likewise
    keeps: Flags  # [V] whether the visit keeps its published start
    lead: Ints  # [C] officer or -1
    ties: Floats  # [C] baht that hang on the lead: stand-ins, a change of lead, moves

    on: Ints  # [O, D] tour of an officer on a day, or -1
    tours: Ints  # [O, W] tours of an officer in a week
    minutes: Floats  # [O] minutes of work of an officer
    meetings: Ints  # [P, D] visits of a partner on a day
    used: Ints  # [F, D] tours of an office on a day
    cost: Floats  # [1] baht of the plan, without sunk cost

    bank: Ints  # [V] visits that are not planned
    counts: Ints  # [6] bank, tours kept aside, cooperatives kept aside, step number, visits taken out, spare

    aside_tour: Ints  # [T]
    aside_size: Ints  # [T]
    aside_stops: Ints  # [T, M]
    aside_keeps: Flags  # [T, M]
    aside_hands: Ints  # [T]
    aside_crew: Ints  # [T, S]
    aside_fare: Floats  # [T]
    aside_work: Floats  # [T]
    aside_coop: Ints  # [C]
    aside_lead: Ints  # [C]
    aside_ties: Floats  # [C]
    tour_mark: Ints  # [T] step in which the tour was kept aside
    coop_mark: Ints  # [C]
    visit_mark: Ints  # [V] step in which the visit was taken out

    taken: Ints  # [V] visits taken out in this step
    row: Ints  # [M + 1] scratch: a tour being tried
    extra: Ints  # [S] scratch: officers to be added
    best_extra: Ints  # [S]
    other_extra: Ints  # [S]
    order: Ints  # [max(V, C, O, D)] scratch
    alone: Floats  # [F] scratch: baht of a tour to one visit alone
    option_least: Floats  # [N] scratch: places to look at, with the least they can cost
    option_base: Floats  # [N] baht for the day: lateness, a move
    option_tour: Ints  # [N]
    option_keeps: Ints  # [N]
    day_cost: Floats  # [n, D] scratch: best insertion of each visit of a rhythm on a day; nan: not known yet


#: minutes by which a start may differ from the published one
KEPT_MINUTES = MOVED_SECONDS / 60

BANK, ASIDE_TOURS, ASIDE_COOPS, STEP, TAKEN = range(5)


class Best(NamedTuple):
    """The best plan so far, as rows."""

    size: Ints
    stops: Ints
    hands: Ints
    crew: Ints
    keeps: Flags
    lead: Ints
    cost: Floats


def ints(*shape: int) -> Ints:
    """Zeros for counts and indices."""
    return np.zeros(shape, np.int64)


def floats(*shape: int) -> Floats:
    """Zeros for minutes and baht."""
    return np.zeros(shape, np.float64)


def flags(*shape: int) -> Flags:
    """Zeros for yes and no."""
    return np.zeros(shape, np.uint8)


def new_state(inst: Instance) -> State:
    """An empty plan: every visit in the bank."""
    visits, coops, officers = len(inst.coop), len(inst.gap), len(inst.base)
    days, slots = len(inst.ordinal), len(inst.slot_day)
    stops, seats = inst.most_stops, int(inst.seats.max())
    options = 2 * slots + 1
    longest = max(1, int(np.diff(inst.first_visit).max(initial=0)))
    state = State(
        size=ints(slots), stops=ints(slots, stops), hands=ints(slots), crew=ints(slots, seats), fare=floats(slots),
        work=floats(slots), skills=ints(slots), load=floats(slots), locked=flags(slots),
        tour=np.full(visits, -1, np.int64), date=inst.past.copy(), opens=inst.opens.copy(), closes=inst.closes.copy(),
        keeps=flags(visits), lead=inst.fixed_lead.copy(), ties=floats(coops),
        on=np.full((officers, days), -1, np.int64), tours=inst.past_tours.copy(), minutes=inst.past_minutes.copy(),
        meetings=ints(len(inst.per_day), days), used=ints(len(inst.depot), days), cost=floats(1),
        bank=ints(visits), counts=ints(6),
        aside_tour=ints(slots), aside_size=ints(slots), aside_stops=ints(slots, stops), aside_keeps=flags(slots, stops),
        aside_hands=ints(slots), aside_crew=ints(slots, seats), aside_fare=floats(slots), aside_work=floats(slots),
        aside_coop=ints(coops), aside_lead=ints(coops), aside_ties=floats(coops),
        tour_mark=np.full(slots, -1, np.int64), coop_mark=np.full(coops, -1, np.int64),
        visit_mark=np.full(visits, -1, np.int64),
        taken=ints(visits), row=ints(stops + 1), extra=ints(seats), best_extra=ints(seats), other_extra=ints(seats),
        order=ints(max(visits, coops, officers, days, 1)), day_cost=floats(longest, days),
        alone=floats(len(inst.depot)), option_least=floats(options), option_base=floats(options),
        option_tour=ints(options), option_keeps=ints(options),
    )  # fmt: skip
    free = [v for v in range(visits) if inst.fixed[v] != 1]
    state.bank[: len(free)] = free
    state.counts[BANK] = len(free)
    over = np.maximum(0.0, inst.past_minutes - inst.fair).sum() * inst.overload
    state.cost[0] = over + sum(inst.leave_out[v] for v in free)
    return state


def new_best(state: State) -> Best:
    """Room for a best plan; empty, of infinite cost."""
    return Best(
        size=np.zeros_like(state.size), stops=np.zeros_like(state.stops), hands=np.zeros_like(state.hands),
        crew=np.zeros_like(state.crew), keeps=np.zeros_like(state.keeps), lead=np.full_like(state.lead, -1),
        cost=np.full(1, np.inf),
    )  # fmt: skip


@compiled
def remember(state: State, best: Best) -> None:
    """Keep the plan in work as the best one."""
    best.size[:] = state.size
    best.stops[:] = state.stops
    best.hands[:] = state.hands
    best.crew[:] = state.crew
    best.keeps[:] = state.keeps
    best.lead[:] = state.lead
    best.cost[0] = state.cost[0]


@compiled
def overload(inst: Instance, officer: int, minutes: float) -> float:
    """Baht of overload of an officer with so many minutes of work."""
    return max(0.0, minutes - inst.fair[officer]) * inst.overload


@compiled
def more_work(inst: Instance, state: State, officer: int, minutes: float) -> float:
    """Baht of overload that so many more minutes of work bring the officer."""
    now = state.minutes[officer]
    return overload(inst, officer, now + minutes) - overload(inst, officer, now)


@compiled
def free_on(inst: Instance, state: State, officer: int, day: int) -> bool:
    """Whether the officer could join a tour on the day."""
    return (
        inst.there[officer, day] == 1
        and state.on[officer, day] < 0
        and state.tours[officer, inst.week[day]] < inst.week_limit[officer]
    )


@compiled
def take_off(inst: Instance, state: State, t: int) -> None:
    """Take a tour's share out of every sum; its row stays for editing."""
    count = state.size[t]
    if count == 0:
        return
    day = inst.slot_day[t]
    paid = state.fare[t] + inst.car_day + state.hands[t] * inst.officer_day
    for k in range(state.hands[t]):
        o = state.crew[t, k]
        before = overload(inst, o, state.minutes[o])
        state.on[o, day] = -1
        state.tours[o, inst.week[day]] -= 1
        state.minutes[o] -= state.work[t]
        paid += before - overload(inst, o, state.minutes[o])
    for i in range(count):
        v = state.stops[t, i]
        paid += inst.late[v, day] - inst.leave_out[v]
        state.tour[v] = -1
        state.date[v] = -1
        if inst.partner[v] >= 0:
            state.meetings[inst.partner[v], day] -= 1
    state.used[inst.slot_office[t], day] -= 1
    state.cost[0] -= paid


@compiled
def put_on(inst: Instance, state: State, t: int) -> None:
    """Put a tour's share into every sum, from its row."""
    count = state.size[t]
    if count == 0:
        return
    day = inst.slot_day[t]
    paid = state.fare[t] + inst.car_day + state.hands[t] * inst.officer_day
    skills = 0
    for k in range(state.hands[t]):
        o = state.crew[t, k]
        paid += more_work(inst, state, o, state.work[t])
        state.on[o, day] = t
        state.tours[o, inst.week[day]] += 1
        state.minutes[o] += state.work[t]
        skills |= inst.skills[o]
    state.skills[t] = skills
    load = 0.0
    for i in range(count):
        v = state.stops[t, i]
        paid += inst.late[v, day] - inst.leave_out[v]
        load += inst.load[v]
        state.tour[v] = t
        state.date[v] = inst.ordinal[day]
        if inst.partner[v] >= 0:
            state.meetings[inst.partner[v], day] += 1
    state.load[t] = load
    state.used[inst.slot_office[t], day] += 1
    state.cost[0] += paid


@compiled
def keep_tour_aside(state: State, t: int) -> None:
    """Keep the row of a tour for undoing, once a step."""
    if state.tour_mark[t] == state.counts[STEP]:
        return
    state.tour_mark[t] = state.counts[STEP]
    n = state.counts[ASIDE_TOURS]
    state.counts[ASIDE_TOURS] = n + 1
    state.aside_tour[n] = t
    state.aside_size[n] = state.size[t]
    for i in range(state.size[t]):
        state.aside_stops[n, i] = state.stops[t, i]
        state.aside_keeps[n, i] = state.keeps[state.stops[t, i]]
    state.aside_hands[n] = state.hands[t]
    for k in range(state.hands[t]):
        state.aside_crew[n, k] = state.crew[t, k]
    state.aside_fare[n] = state.fare[t]
    state.aside_work[n] = state.work[t]


@compiled
def keep_coop_aside(state: State, coop: int) -> None:
    """Keep the lead of a cooperative for undoing, once a step; it is settled anew at the step's end."""
    if state.coop_mark[coop] == state.counts[STEP]:
        return
    state.coop_mark[coop] = state.counts[STEP]
    n = state.counts[ASIDE_COOPS]
    state.counts[ASIDE_COOPS] = n + 1
    state.aside_coop[n] = coop
    state.aside_lead[n] = state.lead[coop]
    state.aside_ties[n] = state.ties[coop]


@compiled
def keep_coops_of(inst: Instance, state: State, t: int) -> None:
    """Keep the leads of all cooperatives of a tour whose crew changes."""
    for i in range(state.size[t]):
        keep_coop_aside(state, inst.coop[state.stops[t, i]])


@compiled
def hold_start(inst: Instance, state: State, v: int, keeps: int) -> None:
    """Bind a visit to the starts that do not count as moved, or loosen it."""
    state.keeps[v] = keeps
    state.opens[v] = inst.opens[v]
    state.closes[v] = inst.closes[v]
    if keeps == 1:
        state.opens[v] = max(inst.opens[v], inst.published_start[v] - KEPT_MINUTES)
        state.closes[v] = min(inst.closes[v], inst.published_start[v] + KEPT_MINUTES)


@compiled
def undo(inst: Instance, state: State, cost: float) -> None:
    """Put back all that was kept aside in this step, and the cost."""
    for n in range(state.counts[ASIDE_TOURS]):
        take_off(inst, state, state.aside_tour[n])
    for n in range(state.counts[ASIDE_TOURS]):
        t = state.aside_tour[n]
        state.size[t] = state.aside_size[n]
        for i in range(state.size[t]):
            v = state.aside_stops[n, i]
            state.stops[t, i] = v
            if state.keeps[v] != state.aside_keeps[n, i]:
                hold_start(inst, state, v, state.aside_keeps[n, i])
        state.hands[t] = state.aside_hands[n]
        for k in range(state.hands[t]):
            state.crew[t, k] = state.aside_crew[n, k]
        state.fare[t] = state.aside_fare[n]
        state.work[t] = state.aside_work[n]
        put_on(inst, state, t)
    for n in range(state.counts[ASIDE_COOPS]):
        state.lead[state.aside_coop[n]] = state.aside_lead[n]
        state.ties[state.aside_coop[n]] = state.aside_ties[n]
    state.cost[0] = cost


@compiled
def aboard(state: State, t: int, officer: int) -> bool:
    """Whether the officer rides on the tour."""
    for k in range(state.hands[t]):
        if state.crew[t, k] == officer:
            return True
    return False
