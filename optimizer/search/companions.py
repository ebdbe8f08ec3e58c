"""Crews that people were told: who answers for a published visit, and who else rides to it."""

from __future__ import annotations

import math

from optimizer.compiling import compiled
from optimizer.instance import Instance, Ints
from optimizer.search.joining import may_join
from optimizer.search.measuring import least_for_crew
from optimizer.search.state import State, aboard, riders
from optimizer.search.timing import free_gaps, lengths

#: as ``without`` of :func:`_same_riders`: nobody is left at home
NOBODY = -1


@compiled
def _told(crew: Ints) -> int:
    """How many officers a row padded with -1 names."""
    told = 0
    while told < len(crew) and crew[told] >= 0:
        told += 1
    return told


@compiled
def _same_riders(inst: Instance, state: State, v: int, t: int, count: int, without: int) -> bool:
    """Whether exactly the published officers ride to ``v`` on tour ``t``, with ``count`` added (state.extra) and the
    one at position ``without`` of the crew left at home."""
    told = inst.published_riders[v]
    onboard = riders(state, t)
    met = 0
    for k in range(onboard + count):
        if k == without:
            continue
        o = state.crew[t, k] if k < onboard else state.extra[k - onboard]
        known = False
        for j in range(len(told)):
            known = known or told[j] == o
        if not known:
            return False
        met += 1
    return met == _told(told)


@compiled
def crew_changes(inst: Instance, state: State, t: int, count: int) -> float:
    """Baht for companions exchanged on the tour's published visits, with ``count`` officers added (state.extra)."""
    day, baht = inst.slot_day[t], 0.0
    for i in range(state.size[t]):
        v = state.stops[t, i]
        if inst.published_day[v] == day and not _same_riders(inst, state, v, t, count, NOBODY):
            baht += inst.crew_change
    return baht


@compiled
def crew_changes_without(inst: Instance, state: State, t: int, position: int) -> float:
    """Baht for companions exchanged on the tour's published visits, without the officer at that place of the crew."""
    day, baht = inst.slot_day[t], 0.0
    for i in range(state.size[t]):
        v = state.stops[t, i]
        if inst.published_day[v] == day and not _same_riders(inst, state, v, t, 0, position):
            baht += inst.crew_change
    return baht


@compiled
def changes_with(inst: Instance, state: State, v: int, t: int, count: int) -> float:
    """Baht for companions exchanged once ``v`` joins tour ``t`` with ``count`` officers (state.extra): its own, and
    what the other visits of the tour lose or gain by it."""
    baht = 0.0
    if inst.published_day[v] == inst.slot_day[t] and not _same_riders(inst, state, v, t, count, NOBODY):
        baht = inst.crew_change
    if count > 0 and state.size[t] > 0:
        baht += crew_changes(inst, state, t, count) - crew_changes(inst, state, t, 0)
    return baht


@compiled
def companions_changed(inst: Instance, state: State, v: int) -> bool:
    """Whether other officers ride to a planned visit than were published."""
    return not _same_riders(inst, state, v, state.tour[v], 0, NOBODY)


@compiled
def answered_as_published(inst: Instance, state: State, v: int, lead: int) -> bool:
    """Whether the same officers answer for a planned visit, under this lead, as in the published plan."""
    t = state.tour[v]
    told = inst.published_crew[v]
    if lead >= 0 and aboard(state, t, lead):
        return told[0] == lead and (len(told) == 1 or told[1] < 0)
    count = 0
    for k in range(len(told)):
        if told[k] >= 0:
            count += 1
            if not aboard(state, t, told[k]):
                return False
    return count == state.crew_size[t]


@compiled
def same_faces(inst: Instance, state: State, v: int, t: int, count: int) -> bool:
    """Whether those would answer for ``v`` who were published, with ``count`` officers added (state.extra)."""
    onboard = riders(state, t)
    lead = state.lead[inst.cooperative[v]]
    told = _told(inst.published_crew[v])
    met = 0
    for k in range(onboard + count):
        o = state.crew[t, k] if k < onboard else state.extra[k - onboard]
        for j in range(told):
            if inst.published_crew[v, j] == o:
                met += 1
        if o == lead:
            return told == 1 and inst.published_crew[v, 0] == lead
    if lead < 0 and told == 1 and met == 1:
        return True  # the one who was told can become the lead
    return met == told and onboard + count == told


@compiled
def published_crew(inst: Instance, state: State, t: int, v: int, base: float, told: Ints) -> tuple[float, int]:
    """A tour to the visit alone, in the empty slot ``t``, with those ``told``: baht and officers (state.extra)."""
    home, here = inst.depot[inst.slot_office[t]], inst.place[v]
    lead = state.lead[inst.cooperative[v]]
    skills, apart = 0, lead >= 0
    count = _told(told)
    if count == 0 or count > inst.slot_seats[t] or count < inst.least_crew[v]:
        return math.inf, 0
    for j in range(count):
        o = told[j]
        if not may_join(inst, state, o, t, v):
            return math.inf, 0
        state.extra[j] = o
        skills |= inst.skills[o]
        apart = apart and o != lead
    if inst.topics[v] & ~skills != 0:
        return math.inf, 0
    state.row[0] = v
    free_gaps(inst, state, t, count)
    without, with_ = lengths(inst, state, t, state.row, 1)
    baht = base + (inst.km[home, here] + inst.km[here, home]) * inst.slot_km[t] + inst.car_day
    baht += least_for_crew(inst, state, t, count, without, with_)
    if len(inst.rate_baht) == 1:
        baht += count * inst.officer_day
    return baht + (inst.stand_in if apart else 0.0), count
