"""What a step takes out of the plan: strings of stops, whole series, days, officers' work, tours, single visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optimizer.compiling import compiled
from optimizer.instance import Floats, Instance
from optimizer.search.crewing import thin_crew
from optimizer.search.drawing import Dice, below, uniform
from optimizer.search.measuring import measure
from optimizer.search.state import (
    STEP,
    TAKEN,
    TRAIL_TOURS,
    State,
    hold_start,
    keep_cooperative,
    keep_tour,
    put_on,
    take_off,
)

#: what ``series`` weighs more where all cooperatives are bound to rhythms
MORE_SERIES = 0.32
#: numbers of the operators in compiled code, and their places in :data:`OPERATORS`
STRINGS, SERIES, DAYS, OFFICERS, LED, TOURS, SINGLES = range(7)


@compiled
def _note_taken(inst: Instance, state: State, v: int) -> None:
    """List the visit among those taken out in this step, once; nothing binds its start any more."""
    if state.keeps[v] == 1:
        hold_start(inst, state, v, 0)
    if state.visit_mark[v] != state.counts[STEP]:
        state.visit_mark[v] = state.counts[STEP]
        state.taken[state.counts[TAKEN]] = v
        state.counts[TAKEN] += 1


@compiled
def take_out(inst: Instance, state: State, v: int) -> bool:
    """Take a planned visit out of its tour. False where it must stay: pinned, or its tour cannot do without."""
    t = state.tour[v]
    if t < 0 or inst.fixed[v] != 0:
        return False
    keep_tour(state, t)
    keep_cooperative(state, inst.cooperative[v])
    take_off(inst, state, t)
    n = state.size[t]
    at = 0
    while state.stops[t, at] != v:
        at += 1
    for i in range(at, n - 1):
        state.stops[t, i] = state.stops[t, i + 1]
    state.size[t] = n - 1
    if n > 1 and not measure(inst, state, t):
        # without the triangle inequality a shorter list may take longer: all go, or none where one is pinned
        if state.locked[t] == 1:
            for i in range(n - 1, at, -1):
                state.stops[t, i] = state.stops[t, i - 1]
            state.stops[t, at] = v
            state.size[t] = n
            measure(inst, state, t)
            put_on(inst, state, t)
            return False
        state.size[t] = 0
        for i in range(n - 1):
            keep_cooperative(state, inst.cooperative[state.stops[t, i]])
            _note_taken(inst, state, state.stops[t, i])
    put_on(inst, state, t)
    _note_taken(inst, state, v)
    return True


@compiled
def clear_tour(inst: Instance, state: State, t: int) -> None:
    """Take every visit that may go out of a tour."""
    i = state.size[t] - 1
    while i >= 0:
        if i < state.size[t]:
            take_out(inst, state, state.stops[t, i])
        i -= 1


@compiled
def take_out_series(inst: Instance, state: State, cooperative: int) -> None:
    """Take out every visit of a cooperative."""
    for i in range(inst.first_visit[cooperative], inst.first_visit[cooperative + 1]):
        take_out(inst, state, inst.visit_list[i])


@compiled
def _some_planned(inst: Instance, state: State, dice: Dice) -> int:
    """A planned visit at random, or -1 where there is hardly any."""
    visits = len(inst.cooperative)
    for _ in range(20 if visits > 0 else 0):
        v = below(dice, visits)
        if state.tour[v] >= 0 and inst.fixed[v] == 0:
            return v
    return -1


@compiled
def _strings(inst: Instance, state: State, dice: Dice, seed: int, wanted: int, longest: int) -> None:
    """Strings of neighbouring stops from tours near the seed (slack induction by string removals,
    Christiaens and Vanden Berghe 2020). On several days a neighbour's visit nearest in time is taken."""
    cooperative = inst.cooperative[seed]
    day_bound = uniform(dice) < 0.5
    date = state.date[seed]
    goal = state.counts[TAKEN] + wanted
    for j in range(inst.neighbours.shape[1]):
        if state.counts[TAKEN] >= goal:
            break
        near = inst.neighbours[cooperative, j]
        v, apart = -1, 10_000_000
        count = inst.first_visit[near + 1] - inst.first_visit[near]
        if day_bound:
            for i in range(inst.first_visit[near], inst.first_visit[near + 1]):
                u = inst.visit_list[i]
                if state.tour[u] >= 0 and abs(state.date[u] - date) < apart:
                    v, apart = u, abs(state.date[u] - date)
        elif count > 0:
            v = inst.visit_list[inst.first_visit[near] + below(dice, count)]
        if v < 0 or state.tour[v] < 0 or state.tour_mark[state.tour[v]] == state.counts[STEP]:
            continue
        t = state.tour[v]
        n = state.size[t]
        length = min(n, 1 + below(dice, longest))
        at = 0
        while state.stops[t, at] != v:
            at += 1
        first = max(0, at - below(dice, length))
        first = min(first, n - length)
        # split strings spare some stops in the middle
        spare = below(dice, length) if length > 1 and uniform(dice) < 0.3 else -1
        for i in range(first + length - 1, first - 1, -1):
            if i - first != spare or i == at:
                take_out(inst, state, state.stops[t, i])


@compiled
def _series(inst: Instance, state: State, dice: Dice, seed: int, wanted: int) -> None:
    """All visits of the seed's cooperative and of some neighbours."""
    cooperative = inst.cooperative[seed]
    goal = state.counts[TAKEN] + wanted
    for j in range(inst.neighbours.shape[1]):
        if state.counts[TAKEN] >= goal:
            break
        if j == 0 or uniform(dice) < 0.6:
            take_out_series(inst, state, inst.neighbours[cooperative, j])


@compiled
def _days(inst: Instance, state: State, dice: Dice, seed: int, wanted: int) -> None:
    """Tours of the seed's day and of days around it."""
    goal = state.counts[TAKEN] + wanted
    middle = inst.slot_day[state.tour[seed]]
    days = len(inst.ordinal)
    clear_tour(inst, state, state.tour[seed])
    for step in range(2 * days):
        day = middle + (step // 2 if step % 2 == 0 else -(step // 2) - 1)
        if day < 0 or day >= days:
            continue
        for office in range(len(inst.depot)):
            for t in range(inst.first_slot[office, day], inst.first_slot[office, day + 1]):
                if state.size[t] > 0 and uniform(dice) < 0.8:
                    if state.counts[TAKEN] >= goal:
                        return
                    clear_tour(inst, state, t)


@compiled
def _officers(inst: Instance, state: State, dice: Dice, seed: int, wanted: int) -> None:
    """The tours of an officer of the seed's tour, then those of officers who ride with him or her."""
    goal = state.counts[TAKEN] + wanted
    t = state.tour[seed]
    officer = state.crew[t, below(dice, state.crew_size[t])]
    for _ in range(3):
        other = -1
        start = below(dice, len(inst.ordinal))
        for j in range(len(inst.ordinal)):
            day = (start + j) % len(inst.ordinal)
            t = state.on[officer, day]
            if t >= 0:
                if state.counts[TAKEN] >= goal:
                    return
                mate = state.crew[t, below(dice, state.crew_size[t])]
                if mate != officer:
                    other = mate
                clear_tour(inst, state, t)
        if other < 0:
            return
        officer = other


@compiled
def _led(inst: Instance, state: State, dice: Dice, seed: int, wanted: int) -> None:
    """Whole series of cooperatives with the seed's lead, nearest first, and then those of a near lead."""
    cooperative = inst.cooperative[seed]
    goal = state.counts[TAKEN] + wanted
    lead, second = state.lead[cooperative], -1
    for j in range(inst.neighbours.shape[1]):
        if state.counts[TAKEN] >= goal:
            return
        near = inst.neighbours[cooperative, j]
        other = state.lead[near]
        if second < 0 and other != lead and uniform(dice) < 0.5:
            second = other
        if other in (lead, second):
            take_out_series(inst, state, near)


@compiled
def _tours(inst: Instance, state: State, dice: Dice, seed: int, wanted: int) -> None:
    """Whole tours that pass near the seed."""
    goal = state.counts[TAKEN] + wanted
    cooperative = inst.cooperative[seed]
    for j in range(inst.neighbours.shape[1]):
        if state.counts[TAKEN] >= goal:
            return
        near = inst.neighbours[cooperative, j]
        count = inst.first_visit[near + 1] - inst.first_visit[near]
        if count > 0:
            v = inst.visit_list[inst.first_visit[near] + below(dice, count)]
            if state.tour[v] >= 0:
                clear_tour(inst, state, state.tour[v])


@compiled
def _singles(inst: Instance, state: State, dice: Dice, wanted: int) -> None:
    """Single visits from anywhere."""
    for _ in range(wanted):
        v = _some_planned(inst, state, dice)
        if v >= 0:
            take_out(inst, state, v)


@compiled
def ruin(inst: Instance, state: State, dice: Dice, size: float, operator: int) -> None:
    """Take a part out of the plan by one operator, about ``size`` visits on average, into ``state.taken``."""
    seed = _some_planned(inst, state, dice)
    if seed < 0:
        return
    wanted = 1 + below(dice, int(2 * size))
    if operator == STRINGS:
        _strings(inst, state, dice, seed, wanted, max(1, min(10, inst.most_stops)))
    elif operator == SERIES:
        _series(inst, state, dice, seed, wanted)
    elif operator == DAYS:
        _days(inst, state, dice, seed, wanted)
    elif operator == OFFICERS:
        _officers(inst, state, dice, seed, wanted)
    elif operator == LED:
        _led(inst, state, dice, seed, wanted)
    elif operator == TOURS:
        _tours(inst, state, dice, seed, wanted)
    else:
        _singles(inst, state, dice, wanted)
    send_home(inst, state)


@compiled
def send_home(inst: Instance, state: State) -> None:
    """Let officers stay at home whom the tours of this step no longer need."""
    for n in range(state.counts[TRAIL_TOURS]):
        t = state.trail_tour[n]
        if state.size[t] > 0:
            thin_crew(inst, state, t)


@compiled
def draw_operator(dice: Dice, weights: Floats) -> int:
    """The number of an operator, drawn by ``weights`` [n], which need not sum to 1."""
    left = uniform(dice) * weights.sum()
    for operator in range(len(weights)):
        left -= weights[operator]
        if left < 0.0:
            return operator
    return len(weights) - 1


@dataclass(frozen=True, slots=True)
class Operator:
    """A ruin operator: its number in compiled code, how often it is drawn by default, and what it is for."""

    number: int
    name: str
    weight: float
    why: str


#: every ruin operator; ``Params.operators`` sets other weights, ``docs/algorithm.md`` says what leaving one out costs
OPERATORS = (
    Operator(STRINGS, "strings", 0.40, "shifts neighbouring stops between tours: the routes of a day, or of days near"),
    Operator(SERIES, "series", 0.18, "lays all visits of neighbouring cooperatives on other days, with other leads"),
    Operator(DAYS, "days", 0.10, "exchanges visits and crews between days next to each other"),
    Operator(OFFICERS, "officers", 0.08, "shares out the work of officers who ride together and evens out hours"),
    Operator(LED, "led", 0.10, "moves cooperatives from one lead to another who leads nearby"),
    Operator(TOURS, "tours", 0.09, "melts whole tours through one neighbourhood, so that one fewer may do"),
    Operator(SINGLES, "singles", 0.05, "shifts single visits, for which the others take out too much at once"),
)


def weights_of(own: Mapping[str, float], *, leads_matter: bool, rhythms: float = 0.0) -> Floats:
    """Weights by operator number: the defaults, with ``own`` in their place.

    Where leads do not matter, ``led`` does what ``strings`` does better. A cooperative bound to rhythms goes to other
    days only as a whole, so ``series`` is drawn the more often, the more of them there are.

    Raises:
        KeyError: there is no operator of that name.
    """
    known = {operator.name: operator for operator in OPERATORS}
    weights = np.array([operator.weight for operator in OPERATORS])
    if not leads_matter:
        weights[STRINGS] += weights[LED]
        weights[LED] = 0.0
    weights[SERIES] += MORE_SERIES * rhythms
    for name, weight in own.items():
        weights[known[name].number] = weight
    return weights
