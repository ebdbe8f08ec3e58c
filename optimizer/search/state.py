"""The plan while it is searched: tours as rows, and everything that follows from them kept up to date.

A tour is changed by taking it off (its share of every sum goes), editing its row, and putting it on again. What a step
touches is written to a trail first, so that a step that does not pay is undone bit for bit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.costing import MOVED_MINUTES
from optimizer.compiling import compiled
from optimizer.instance import Flags, Floats, Instance, Ints
from optimizer.search.grid import down, up


class State(NamedTuple):
    """Arrays of the plan in work; see :class:`optimizer.instance.Instance` for the letters. S: most seats."""

    size: Ints  # [T] stops of a tour
    stops: Ints  # [T, M]
    crew_size: Ints  # [T] officers of a tour
    crew: Ints  # [T, S]
    fare: Floats  # [T] baht for the kilometres
    span: Floats  # [T] minutes from leaving to being back
    work: Floats  # [T] minutes of work: the same without the break
    busy: Floats  # [T] minutes of driving and visits: what is left of the work without waiting
    day_pay: Floats  # [T] baht for the day of each officer
    skills: Ints  # [T] topics of the crew
    load: Floats  # [T]
    locked: Flags  # [T] the crew is pinned

    tour: Ints  # [V] tour of the visit, or -1
    date: Ints  # [V] ordinal date of the visit, or -1
    opens: Floats  # [V] earliest start, the published half hour included where the visit keeps it
    closes: Floats  # [V] latest start, likewise
    keeps: Flags  # [V] whether the visit keeps its published start
    lead: Ints  # [C] officer or -1
    ties: Floats  # [C] baht that depend on the lead: stand-ins, a change of lead, moves, companions exchanged

    out_first: Ints  # [D] a tour with stops of the day, or -1: the tours of a day are a chain, in no order
    out_next: Ints  # [T] another one of its day, or -1
    out_before: Ints  # [T] the one that it follows in the chain, or -1
    on: Ints  # [O, D] tour of an officer on a day, or -1
    tours: Ints  # [O, W] tours of an officer in a week
    minutes: Floats  # [O] minutes of work of an officer
    meetings: Ints  # [P, D] visits of a partner on a day
    cost: Floats  # [1] baht of the plan, without sunk cost

    unassigned: Ints  # [V] visits that are not planned
    counts: Ints  # [8] see UNASSIGNED and the others below

    trail_tour: Ints  # [T]
    trail_size: Ints  # [T]
    trail_stops: Ints  # [T, M]
    trail_keeps: Flags  # [T, M]
    trail_crew_size: Ints  # [T]
    trail_crew: Ints  # [T, S]
    trail_times: Floats  # [T, 5] fare, span, work, busy, pay of a day
    trail_cooperative: Ints  # [C]
    trail_lead: Ints  # [C]
    trail_ties: Floats  # [C]
    trail_officer: Ints  # [O]
    trail_minutes: Floats  # [O]
    near_mark: Ints  # [T] the last listing of options for which the tour was near
    near_first: Ints  # [D] scratch: a near tour of the day, or -1
    near_next: Ints  # [T] scratch: another near tour of its day, or -1
    tour_mark: Ints  # [T] step in which the tour was put on the trail
    cooperative_mark: Ints  # [C]
    officer_mark: Ints  # [O]
    visit_mark: Ints  # [V] step in which the visit was taken out

    taken: Ints  # [V] visits taken out in this step
    row: Ints  # [M + 1] scratch: a tour being tried
    extra: Ints  # [S] scratch: officers to be added
    best_extra: Ints  # [S]
    other_extra: Ints  # [S]
    order: Ints  # [max(V, C, O, D)] scratch
    keys: Floats  # [V] scratch: what visits are sorted by
    idle: Floats  # [F] scratch: minutes above the fair hours of whoever works the least above them
    alone: Floats  # [F] scratch: baht of a tour to one visit alone
    option_least: Floats  # [N] scratch: places to look at, with the least they can cost
    option_base: Floats  # [N] baht for the day: lateness, a move
    option_tour: Ints  # [N]
    option_keeps: Ints  # [N]
    day_cost: Floats  # [n, D] scratch: best insertion of each visit of a rhythm on a day; nan: not known yet
    pieces: Ints  # [M + 4, 2] scratch: how many pieces of timing there are; see optimizer.search.timing
    piece: Floats  # [M + 4, 2, 3 P, 3] scratch: their length, first and last departure
    latest: Floats  # [M] scratch: latest start of each stop of the tour being tried
    gap_from: Floats  # [G] scratch: stretches of a day in which a whole crew is free
    gap_to: Floats  # [G]


#: minutes by which a start may differ from the published one
KEPT_MINUTES = MOVED_MINUTES
#: pieces of timing kept at most; more are nearly never needed, and without them a tour is only held to be longer
MOST_PIECES = 16

UNASSIGNED, TRAIL_TOURS, TRAIL_COOPERATIVES, TRAIL_OFFICERS, STEP, TAKEN, GAPS, LISTED = range(8)


class Best(NamedTuple):
    """The best plan so far, as rows."""

    size: Ints
    stops: Ints
    crew_size: Ints
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
    """An empty plan: every visit unassigned."""
    visits, cooperatives, officers = len(inst.cooperative), len(inst.gap), len(inst.base)
    days, slots = len(inst.ordinal), len(inst.slot_day)
    stops, seats = inst.most_stops, max(1, int(inst.slot_seats.max(initial=1)))
    options = 2 * slots + 1
    longest = max(1, int(np.diff(inst.first_visit).max(initial=0)))
    state = State(
        size=ints(slots), stops=ints(slots, stops), crew_size=ints(slots), crew=ints(slots, seats),
        fare=floats(slots), span=floats(slots), work=floats(slots), busy=floats(slots), day_pay=floats(slots),
        skills=ints(slots), load=floats(slots), locked=flags(slots),
        tour=np.full(visits, -1, np.int64), date=inst.past.copy(), opens=inst.opens.copy(), closes=inst.closes.copy(),
        keeps=flags(visits), lead=inst.fixed_lead.copy(), ties=floats(cooperatives),
        out_first=np.full(days, -1, np.int64), out_next=ints(slots), out_before=ints(slots),
        on=np.full((officers, days), -1, np.int64), tours=inst.past_tours.copy(), minutes=inst.past_minutes.copy(),
        meetings=ints(len(inst.per_day), days), cost=floats(1),
        unassigned=ints(visits), counts=ints(8),
        trail_tour=ints(slots), trail_size=ints(slots), trail_stops=ints(slots, stops),
        trail_keeps=flags(slots, stops), trail_crew_size=ints(slots), trail_crew=ints(slots, seats),
        trail_times=floats(slots, 5), trail_cooperative=ints(cooperatives), trail_lead=ints(cooperatives),
        trail_ties=floats(cooperatives), trail_officer=ints(officers), trail_minutes=floats(officers),
        near_mark=ints(slots), near_first=ints(days), near_next=ints(slots), tour_mark=np.full(slots, -1, np.int64),
        cooperative_mark=np.full(cooperatives, -1, np.int64),
        officer_mark=np.full(officers, -1, np.int64), visit_mark=np.full(visits, -1, np.int64),
        taken=ints(visits), row=ints(stops + 1), extra=ints(seats), best_extra=ints(seats), other_extra=ints(seats),
        order=ints(max(visits, cooperatives, officers, days, 1)), keys=floats(visits), day_cost=floats(longest, days),
        idle=floats(len(inst.depot)), alone=floats(len(inst.depot)), option_least=floats(options),
        option_base=floats(options), option_tour=ints(options), option_keeps=ints(options),
        pieces=ints(stops + 4, 2), piece=floats(stops + 4, 2, 3 * MOST_PIECES, 3), latest=floats(stops),
        gap_from=floats(inst.most_gaps), gap_to=floats(inst.most_gaps),
    )  # fmt: skip
    free = [v for v in range(visits) if inst.fixed[v] != 1]
    state.unassigned[: len(free)] = free
    state.counts[UNASSIGNED] = len(free)
    over = np.maximum(0.0, inst.past_minutes - inst.fair).sum() * inst.overload
    state.cost[0] = over + sum(inst.leave_out[v] for v in free)
    return state


def new_best(state: State) -> Best:
    """Room for a best plan; empty, of infinite cost."""
    return Best(
        size=np.zeros_like(state.size), stops=np.zeros_like(state.stops), crew_size=np.zeros_like(state.crew_size),
        crew=np.zeros_like(state.crew), keeps=np.zeros_like(state.keeps), lead=np.full_like(state.lead, -1),
        cost=np.full(1, np.inf),
    )  # fmt: skip


@compiled
def remember(state: State, best: Best) -> None:
    """Keep the plan in work as the best one."""
    best.size[:] = state.size
    best.stops[:] = state.stops
    best.crew_size[:] = state.crew_size
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
def riders(state: State, t: int) -> int:
    """How many officers ride on tour ``t``; none where it has no stops."""
    return state.crew_size[t] if state.size[t] > 0 else 0


@compiled
def aboard(state: State, t: int, officer: int) -> bool:
    """Whether the officer rides on the tour."""
    for k in range(state.crew_size[t]):
        if state.crew[t, k] == officer:
            return True
    return False


@compiled
def take_off(inst: Instance, state: State, t: int) -> None:
    """Take a tour's share out of every sum; its row stays for editing."""
    count = state.size[t]
    if count == 0:
        return
    day = inst.slot_day[t]
    paid = state.fare[t] + inst.car_day + state.crew_size[t] * state.day_pay[t]
    for k in range(state.crew_size[t]):
        o = state.crew[t, k]
        keep_officer(state, o)
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
    state.cost[0] -= paid
    before, after = state.out_before[t], state.out_next[t]
    if before >= 0:
        state.out_next[before] = after
    else:
        state.out_first[day] = after
    if after >= 0:
        state.out_before[after] = before


@compiled
def put_on(inst: Instance, state: State, t: int) -> None:
    """Put a tour's share into every sum, from its row."""
    count = state.size[t]
    if count == 0:
        return
    day = inst.slot_day[t]
    paid = state.fare[t] + inst.car_day + state.crew_size[t] * state.day_pay[t]
    skills = 0
    for k in range(state.crew_size[t]):
        o = state.crew[t, k]
        keep_officer(state, o)
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
    state.cost[0] += paid
    after = state.out_first[day]
    state.out_next[t], state.out_before[t] = after, -1
    if after >= 0:
        state.out_before[after] = t
    state.out_first[day] = t


@compiled
def begin_step(state: State) -> None:
    """Start a step: the trail is empty, nothing is taken out."""
    state.counts[STEP] += 1
    state.counts[TRAIL_TOURS] = 0
    state.counts[TRAIL_COOPERATIVES] = 0
    state.counts[TRAIL_OFFICERS] = 0
    state.counts[TAKEN] = 0


@compiled
def _next_on_trail(state: State, marks: Ints, item: int, trail: int) -> int:
    """The place on one of the three trails for an item, or -1 where this step has written it already."""
    if marks[item] == state.counts[STEP]:
        return -1
    marks[item] = state.counts[STEP]
    state.counts[trail] += 1
    return state.counts[trail] - 1


@compiled
def keep_officer(state: State, officer: int) -> None:
    """Write an officer's minutes to the trail, once a step: sums of floats do not come back by subtraction."""
    n = _next_on_trail(state, state.officer_mark, officer, TRAIL_OFFICERS)
    if n >= 0:
        state.trail_officer[n] = officer
        state.trail_minutes[n] = state.minutes[officer]


@compiled
def keep_tour(state: State, t: int) -> None:
    """Write the row of a tour to the trail, once a step."""
    n = _next_on_trail(state, state.tour_mark, t, TRAIL_TOURS)
    if n < 0:
        return
    state.trail_tour[n] = t
    state.trail_size[n] = state.size[t]
    for i in range(state.size[t]):
        state.trail_stops[n, i] = state.stops[t, i]
        state.trail_keeps[n, i] = state.keeps[state.stops[t, i]]
    state.trail_crew_size[n] = state.crew_size[t]
    for k in range(state.crew_size[t]):
        state.trail_crew[n, k] = state.crew[t, k]
    state.trail_times[n, 0] = state.fare[t]
    state.trail_times[n, 1] = state.span[t]
    state.trail_times[n, 2] = state.work[t]
    state.trail_times[n, 3] = state.busy[t]
    state.trail_times[n, 4] = state.day_pay[t]


@compiled
def keep_cooperative(state: State, cooperative: int) -> None:
    """Write the lead of a cooperative to the trail, once a step; it is settled anew at the step's end."""
    n = _next_on_trail(state, state.cooperative_mark, cooperative, TRAIL_COOPERATIVES)
    if n >= 0:
        state.trail_cooperative[n] = cooperative
        state.trail_lead[n] = state.lead[cooperative]
        state.trail_ties[n] = state.ties[cooperative]


@compiled
def keep_cooperatives_of(inst: Instance, state: State, t: int) -> None:
    """Write the leads of all cooperatives of a tour whose crew changes to the trail."""
    for i in range(state.size[t]):
        keep_cooperative(state, inst.cooperative[state.stops[t, i]])


@compiled
def hold_start(inst: Instance, state: State, v: int, keeps: int) -> None:
    """Bind a visit to the starts that do not count as moved, or loosen it."""
    state.keeps[v] = keeps
    state.opens[v] = inst.opens[v]
    state.closes[v] = inst.closes[v]
    if keeps == 1:
        state.opens[v] = max(inst.opens[v], up(inst, inst.published_start[v] - KEPT_MINUTES))
        state.closes[v] = min(inst.closes[v], down(inst, inst.published_start[v] + KEPT_MINUTES))


@compiled
def undo(inst: Instance, state: State, cost: float) -> None:
    """Put back all that is on this step's trail, and the cost."""
    for n in range(state.counts[TRAIL_TOURS]):
        t = state.trail_tour[n]
        for i in range(state.size[t]):
            if state.keeps[state.stops[t, i]] == 1:
                hold_start(inst, state, state.stops[t, i], 0)
        take_off(inst, state, t)
    for n in range(state.counts[TRAIL_TOURS]):
        t = state.trail_tour[n]
        state.size[t] = state.trail_size[n]
        for i in range(state.size[t]):
            v = state.trail_stops[n, i]
            state.stops[t, i] = v
            if state.keeps[v] != state.trail_keeps[n, i]:
                hold_start(inst, state, v, state.trail_keeps[n, i])
        state.crew_size[t] = state.trail_crew_size[n]
        for k in range(state.crew_size[t]):
            state.crew[t, k] = state.trail_crew[n, k]
        state.fare[t] = state.trail_times[n, 0]
        state.span[t] = state.trail_times[n, 1]
        state.work[t] = state.trail_times[n, 2]
        state.busy[t] = state.trail_times[n, 3]
        state.day_pay[t] = state.trail_times[n, 4]
        put_on(inst, state, t)
    for n in range(state.counts[TRAIL_OFFICERS]):
        state.minutes[state.trail_officer[n]] = state.trail_minutes[n]
    for n in range(state.counts[TRAIL_COOPERATIVES]):
        state.lead[state.trail_cooperative[n]] = state.trail_lead[n]
        state.ties[state.trail_cooperative[n]] = state.trail_ties[n]
    state.cost[0] = cost
