"""Who rides along: the cheapest crew that lets a tour serve a visit too, with leads, topics and seats in view."""

from __future__ import annotations

import math

from optimizer.instance import Instance
from optimizer.search.compiling import compiled
from optimizer.search.drawing import Dice, below, uniform
from optimizer.search.state import (
    State,
    aboard,
    free_on,
    keep_coops_of,
    keep_tour_aside,
    more_work,
    overload,
    put_on,
    take_off,
)
from optimizer.search.timing import work_minutes


@compiled
def _boards(inst: Instance, state: State, t: int, officer: int, work: float) -> float:
    """Baht for one more officer on tour ``t``: a day, overload, less the stand-ins that he or she ends."""
    baht = inst.officer_day + more_work(inst, state, officer, work)
    for i in range(state.size[t]):
        if state.lead[inst.coop[state.stops[t, i]]] == officer:
            baht -= inst.stand_in
    return baht


@compiled
def _cover(
    inst: Instance, state: State, dice: Dice, office: int, day: int, needed: int, work: float, count: int, room: int
) -> tuple[float, int]:
    """Fill ``state.extra`` from ``count`` on with free officers until ``needed`` topics are covered.

    Returns the baht for them and the new count; infinite where seats or officers run out.
    """
    baht = 0.0
    while needed != 0:
        if count >= room:
            return math.inf, count
        chosen, best, gain_best = -1, math.inf, 0
        for o in range(len(inst.base)):
            gain = inst.skills[o] & needed
            if gain == 0 or inst.base[o] != office or not free_on(inst, state, o, day):
                continue
            twice = False
            for k in range(count):
                if state.extra[k] == o:
                    twice = True
            if twice:
                continue
            size = 0
            while gain != 0:
                gain &= gain - 1
                size += 1
            price = inst.officer_day + more_work(inst, state, o, work)
            score = price * (1.0 + 0.1 * uniform(dice)) + 1e-3 * uniform(dice)
            if size > gain_best or (size == gain_best and score < best):
                chosen, best, gain_best = o, score, size
        if chosen < 0:
            return math.inf, count
        baht += inst.officer_day + more_work(inst, state, chosen, work)
        state.extra[count] = chosen
        count += 1
        needed &= ~inst.skills[chosen]
    return baht, count


@compiled
def _keep_aside(state: State, count: int) -> None:
    """Remember the officers to add while another crew is tried."""
    for k in range(count):
        state.other_extra[k] = state.extra[k]


@compiled
def _take_again(state: State, count: int) -> None:
    """The officers remembered, where the other crew was no better."""
    for k in range(count):
        state.extra[k] = state.other_extra[k]


@compiled
def join_crew(inst: Instance, state: State, dice: Dice, t: int, v: int, regret: float) -> tuple[float, int]:
    """The cheapest way for the crew of ``t`` to serve ``v`` too: baht and the officers to add (state.extra)."""
    coop = inst.coop[v]
    lead = state.lead[coop]
    office, day = inst.slot_office[t], inst.slot_day[t]
    needed = inst.topics[v] & ~state.skills[t]
    work = state.work[t]
    alone = 0.0
    if lead >= 0:
        if not aboard(state, t, lead):
            alone = inst.stand_in
    elif inst.leads_matter == 1:
        alone = math.inf
        for k in range(state.hands[t]):
            alone = min(alone, regret * inst.lead_regret[coop, state.crew[t, k]])
    if needed == 0 and (alone <= 0.0 or state.locked[t] == 1):
        return alone, 0
    if state.locked[t] == 1:
        return math.inf, 0
    room = inst.seats[office] - state.hands[t]
    best, count = (alone, 0) if needed == 0 else (math.inf, 0)
    if room <= 0:
        return best, count
    if lead >= 0 and alone > 0.0 and inst.base[lead] == office and free_on(inst, state, lead, day):
        state.extra[0] = lead
        rest, n = _cover(inst, state, dice, office, day, needed & ~inst.skills[lead], work, 1, room)
        rest += _boards(inst, state, t, lead, work)
        if rest < best:
            best, count = rest, n
            if needed == 0 or n == 1:
                return best, count
            # a stand-in with all the topics may come cheaper than the lead and another one
    if needed != 0:
        _keep_aside(state, count)
        rest, n = _cover(inst, state, dice, office, day, needed, work, 0, room)
        if rest + alone < best:
            return rest + alone, n
        _take_again(state, count)
    return best, count


@compiled
def new_crew(
    inst: Instance, state: State, dice: Dice, office: int, day: int, v: int, work: float, regret: float
) -> tuple[float, int]:
    """The cheapest crew for a tour to ``v`` alone: baht and officers (state.extra)."""
    coop = inst.coop[v]
    lead = state.lead[coop]
    room = inst.seats[office]
    needed = inst.topics[v]
    if inst.leads_matter == 1 and lead >= 0:
        best, count = math.inf, 0
        if inst.base[lead] == office and free_on(inst, state, lead, day):
            state.extra[0] = lead
            rest, n = _cover(inst, state, dice, office, day, needed & ~inst.skills[lead], work, 1, room)
            rest += inst.officer_day + more_work(inst, state, lead, work)
            if rest < math.inf:
                best, count = rest, n
        if count == 1 or (count == 2 and inst.stand_in >= inst.officer_day + work * inst.overload):
            return best, count
        _keep_aside(state, count)
        rest, n = _someone(inst, state, dice, office, day, coop, needed, work, 0.0, room)
        if rest + inst.stand_in < best:
            return rest + inst.stand_in, n
        _take_again(state, count)
        return best, count
    return _someone(inst, state, dice, office, day, coop, needed, work, regret * inst.leads_matter, room)


@compiled
def _someone(
    inst: Instance, state: State, dice: Dice, office: int, day: int, coop: int, needed: int, work: float,
    regret: float, room: int,
) -> tuple[float, int]:  # fmt: skip
    """One free officer with all the topics, or as many as it takes."""
    chosen, best, paid = -1, math.inf, 0.0
    officers = len(inst.base)
    start = below(dice, officers) if officers > 0 else 0
    for j in range(officers):
        o = start + j
        if o >= officers:
            o -= officers
        if needed & ~inst.skills[o] != 0 or inst.base[o] != office or not free_on(inst, state, o, day):
            continue
        price = inst.officer_day + more_work(inst, state, o, work)
        score = price
        if regret > 0.0:
            score += regret * inst.lead_regret[coop, o]
        if score < best - 1e-9:
            chosen, best, paid = o, score, price
            if score <= inst.officer_day + 1e-9:
                break
    if chosen >= 0:
        state.extra[0] = chosen
        return best if regret > 0.0 else paid, 1
    baht, n = _cover(inst, state, dice, office, day, needed, work, 0, room)
    if needed == 0 or baht == math.inf:
        return math.inf, 0
    if regret > 0.0:
        baht += regret * inst.lead_regret[coop, state.extra[0]]
    return baht, n


@compiled
def same_faces(inst: Instance, state: State, v: int, t: int, count: int) -> bool:
    """Whether the cooperative would see the officers it was told, with ``count`` officers added (state.extra)."""
    hands = state.hands[t] if state.size[t] > 0 else 0
    lead = state.lead[inst.coop[v]]
    width = inst.published_crew.shape[1]
    told = 0
    while told < width and inst.published_crew[v, told] >= 0:
        told += 1
    met = 0
    for k in range(hands + count):
        o = state.crew[t, k] if k < hands else state.extra[k - hands]
        for j in range(told):
            if inst.published_crew[v, j] == o:
                met += 1
        if o == lead:
            return told == 1 and inst.published_crew[v, 0] == lead
    if lead < 0 and told == 1 and met == 1:
        return True  # the one who was told can become the lead
    return met == told and hands + count == told


@compiled
def published_crew(inst: Instance, state: State, t: int, v: int, base: float) -> tuple[float, int]:
    """A tour to the visit alone with the officers it was told: baht and officers (state.extra)."""
    office, day = inst.slot_office[t], inst.slot_day[t]
    home, here = inst.depot[office], inst.place[v]
    state.row[0] = v
    work = work_minutes(inst, office, state.row, 1, state.opens, state.closes)
    lead = state.lead[inst.coop[v]]
    baht = base + inst.km[home, here] + inst.km[here, home] + inst.car_day
    count, skills = 0, 0
    apart = lead >= 0
    for j in range(inst.published_crew.shape[1]):
        o = inst.published_crew[v, j]
        if o < 0:
            break
        if count >= inst.seats[office] or inst.base[o] != office or not free_on(inst, state, o, day):
            return math.inf, 0
        state.extra[count] = o
        count += 1
        skills |= inst.skills[o]
        apart = apart and o != lead
        baht += inst.officer_day + more_work(inst, state, o, work)
    if count == 0 or work == math.inf or inst.topics[v] & ~skills != 0:
        return math.inf, 0
    return baht + (inst.stand_in if apart else 0.0), count


@compiled
def thin_crew(inst: Instance, state: State, t: int) -> None:
    """Let officers stay at home whom the tour does not need and whose day costs more than they bring."""
    if state.locked[t] == 1:
        return
    k = 0
    while k < state.hands[t] and state.hands[t] > 1:
        o = state.crew[t, k]
        others = 0
        for j in range(state.hands[t]):
            if j != k:
                others |= inst.skills[state.crew[t, j]]
        needed = 0
        led = 0
        for i in range(state.size[t]):
            v = state.stops[t, i]
            needed |= inst.topics[v]
            if state.lead[inst.coop[v]] == o:
                led += 1
        now = state.minutes[o]
        saved = inst.officer_day + overload(inst, o, now) - overload(inst, o, now - state.work[t])
        if needed & ~others == 0 and saved > led * inst.stand_in + 1e-9:
            keep_tour_aside(state, t)
            keep_coops_of(inst, state, t)
            take_off(inst, state, t)
            state.hands[t] -= 1
            state.crew[t, k] = state.crew[t, state.hands[t]]
            put_on(inst, state, t)
            k = 0
        else:
            k += 1
