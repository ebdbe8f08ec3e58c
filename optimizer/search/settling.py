"""Which lead a cooperative gets: the officer under whom stand-ins, moves and the change of lead cost least."""

from __future__ import annotations

import numpy as np

from optimizer.instance import Instance
from optimizer.search.compiling import compiled
from optimizer.search.state import State, aboard

#: baht that stand against a cooperative bound to rhythms with only some of its visits planned
TORN = 1e9


@compiled
def _as_published(inst: Instance, state: State, v: int, lead: int) -> bool:
    """Whether the cooperative would see the same officers at a planned visit as in the published plan."""
    t = state.tour[v]
    width = inst.published_crew.shape[1]
    if lead >= 0 and aboard(state, t, lead):
        return inst.published_crew[v, 0] == lead and (width == 1 or inst.published_crew[v, 1] < 0)
    count = 0
    for k in range(width):
        if inst.published_crew[v, k] >= 0:
            count += 1
            if not aboard(state, t, inst.published_crew[v, k]):
                return False
    return count == state.hands[t]


@compiled
def ties_of(inst: Instance, state: State, coop: int, lead: int) -> float:
    """Baht of stand-ins, of a change of lead and of moves that the cooperative costs under this lead."""
    baht = 0.0
    planned = missing = False
    for i in range(inst.first_visit[coop], inst.first_visit[coop + 1]):
        v = inst.visit_list[i]
        t = state.tour[v]
        missing = missing or state.date[v] < 0
        if t >= 0:
            planned = True
            if not aboard(state, t, lead):
                baht += inst.stand_in
        elif inst.past[v] >= 0:
            planned = True
        if inst.move_price[v] > 0.0:
            stays = t >= 0 and state.keeps[v] == 1 and _as_published(inst, state, v, lead)
            if not stays:
                baht += inst.move_price[v]
    if planned and missing and inst.has_rhythm[coop] == 1:
        baht += TORN
    if planned and inst.current_lead[coop] >= 0 and inst.current_lead[coop] != lead:
        baht += inst.lead_change
    return baht


@compiled
def settle(inst: Instance, state: State, coop: int) -> None:
    """Give the cooperative the lead under which it costs least, and count that cost."""
    best_lead, best = inst.fixed_lead[coop], np.inf
    if best_lead >= 0:
        best = ties_of(inst, state, coop, best_lead)
    else:
        if state.lead[coop] >= 0:
            best_lead, best = state.lead[coop], ties_of(inst, state, coop, state.lead[coop])
        now = inst.current_lead[coop]
        if now >= 0 and now != best_lead:
            baht = ties_of(inst, state, coop, now)
            if baht < best - 1e-9:
                best_lead, best = now, baht
        planned = False
        for i in range(inst.first_visit[coop], inst.first_visit[coop + 1]):
            v = inst.visit_list[i]
            t = state.tour[v]
            if inst.past[v] >= 0 or t >= 0:
                planned = True
            if t < 0:
                continue
            for k in range(state.hands[t]):
                o = state.crew[t, k]
                if o != best_lead and o != now:
                    baht = ties_of(inst, state, coop, o)
                    if baht < best - 1e-9:
                        best_lead, best = o, baht
        if best == np.inf:
            best = ties_of(inst, state, coop, -1)
        if not planned:
            best_lead = -1
    state.lead[coop] = best_lead
    state.cost[0] += best - state.ties[coop]
    state.ties[coop] = best
