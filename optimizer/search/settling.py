"""Which lead a cooperative gets: the officer under whom stand-ins, moves and the change of lead cost least."""

from __future__ import annotations

import numpy as np

from optimizer.compiling import compiled
from optimizer.instance import Instance
from optimizer.search.companions import answered_as_published, companions_changed
from optimizer.search.state import State, aboard


@compiled
def _as_told(inst: Instance, state: State, v: int, lead: int) -> float:
    """Baht for a visit of the published plan that is moved, or whose companions are exchanged."""
    t = state.tour[v]
    if t < 0 or inst.slot_day[t] != inst.published_day[v] or not answered_as_published(inst, state, v, lead):
        return inst.move_price[v]
    baht = 0.0 if state.keeps[v] == 1 else inst.move_price[v]
    if inst.crew_change > baht and companions_changed(inst, state, v):
        # where it need not keep its start, it may come to do so all the same, and then is not moved
        baht = inst.crew_change
    return baht


@compiled
def ties_of(inst: Instance, state: State, cooperative: int, lead: int) -> float:
    """Baht of stand-ins, of a change of lead, of moves and of companions exchanged under this lead."""
    baht = 0.0
    planned = missing = False
    for i in range(inst.first_visit[cooperative], inst.first_visit[cooperative + 1]):
        v = inst.visit_list[i]
        t = state.tour[v]
        missing = missing or state.date[v] < 0
        if t >= 0:
            planned = True
            if not aboard(state, t, lead):
                baht += inst.stand_in
        elif inst.past[v] >= 0:
            planned = True
        if inst.move_price[v] > 0.0 or (inst.crew_change > 0.0 and inst.published_day[v] >= 0):
            baht += _as_told(inst, state, v, lead)
    if planned and missing and inst.has_rhythm[cooperative] == 1:
        baht += inst.torn
    if planned and inst.current_lead[cooperative] >= 0 and inst.current_lead[cooperative] != lead:
        baht += inst.lead_change
    return baht


@compiled
def settle(inst: Instance, state: State, cooperative: int) -> None:
    """Give the cooperative the lead under which it costs least, and count that cost."""
    best_lead, best = inst.fixed_lead[cooperative], np.inf
    if best_lead >= 0:
        best = ties_of(inst, state, cooperative, best_lead)
    else:
        if state.lead[cooperative] >= 0:
            best_lead, best = state.lead[cooperative], ties_of(inst, state, cooperative, state.lead[cooperative])
        now = inst.current_lead[cooperative]
        if now >= 0 and inst.barred[cooperative, now] == 1:
            now = -1
        if now >= 0 and now != best_lead:
            baht = ties_of(inst, state, cooperative, now)
            if baht < best - 1e-9:
                best_lead, best = now, baht
        planned = False
        for i in range(inst.first_visit[cooperative], inst.first_visit[cooperative + 1]):
            v = inst.visit_list[i]
            t = state.tour[v]
            if inst.past[v] >= 0 or t >= 0:
                planned = True
            if t < 0:
                continue
            for k in range(state.crew_size[t]):
                o = state.crew[t, k]
                if o != best_lead and o != now and inst.barred[cooperative, o] == 0:
                    baht = ties_of(inst, state, cooperative, o)
                    if baht < best - 1e-9:
                        best_lead, best = o, baht
        if best == np.inf:
            best = ties_of(inst, state, cooperative, -1)
        if not planned:
            best_lead = -1
    state.lead[cooperative] = best_lead
    state.cost[0] += best - state.ties[cooperative]
    state.ties[cooperative] = best
