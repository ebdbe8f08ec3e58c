"""Who rides along: the cheapest crew that lets a tour serve a visit too, with leads, topics and seats in view."""

from __future__ import annotations

import math

from optimizer.compiling import compiled
from optimizer.instance import Instance
from optimizer.search.companions import crew_changes, crew_changes_without
from optimizer.search.drawing import Dice, below, uniform
from optimizer.search.joining import may_join, needed_crew
from optimizer.search.state import (
    State,
    aboard,
    keep_cooperatives_of,
    keep_tour,
    more_work,
    overload,
    put_on,
    riders,
    take_off,
)

#: officers who could come, of whom the cheapest is taken: in a larger office those from a drawn one on
CROWD = 48


@compiled
def drawn_officer(inst: Instance, dice: Dice) -> int:
    """The officer from whom on those who could come are looked at: the first one where all of them are."""
    return below(dice, len(inst.base)) if len(inst.base) > CROWD else 0


@compiled
def _boards(inst: Instance, state: State, t: int, officer: int, pay: float, work: float) -> float:
    """Baht for one more officer on tour ``t``: a day, overload, less the stand-ins that he or she ends."""
    baht = pay + more_work(inst, state, officer, work)
    for i in range(state.size[t]):
        if state.lead[inst.cooperative[state.stops[t, i]]] == officer:
            baht -= inst.stand_in
    return baht


@compiled
def _topics_in(mask: int) -> int:
    """How many topics a bit mask holds."""
    size = 0
    while mask != 0:
        mask &= mask - 1
        size += 1
    return size


@compiled
def _cover(
    inst: Instance, state: State, dice: Dice, t: int, v: int, needed: int, pay: float, work: float, count: int,
    least: int,
) -> tuple[float, int]:  # fmt: skip
    """Fill ``state.extra`` from ``count`` on with free officers until ``needed`` topics are covered and there are
    ``least``.

    Returns the baht for them and the new count; infinite where seats or officers run out.
    """
    baht = 0.0
    room = inst.slot_seats[t] - riders(state, t)
    while needed != 0 or count < least:
        if count >= room:
            return math.inf, count
        chosen, best, most = -1, math.inf, 0
        first, could = drawn_officer(inst, dice), 0
        for j in range(len(inst.base)):
            if could >= CROWD:
                break
            o = first + j
            if o >= len(inst.base):
                o -= len(inst.base)
            gain = inst.skills[o] & needed
            if needed != 0 and gain == 0:
                continue
            topics = _topics_in(gain)
            if topics < most or not may_join(inst, state, o, t, v):
                continue
            twice = False
            for k in range(count):
                if state.extra[k] == o:
                    twice = True
            if twice:
                continue
            could += 1
            price = _boards(inst, state, t, o, pay, work) if needed == 0 else pay + more_work(inst, state, o, work)
            score = price * (1.0 + 0.1 * uniform(dice)) + 1e-3 * uniform(dice)
            if topics > most or score < best:
                chosen, best, most = o, score, topics
        if chosen < 0:
            return math.inf, count
        baht += _boards(inst, state, t, chosen, pay, work)
        state.extra[count] = chosen
        count += 1
        needed &= ~inst.skills[chosen]
    return baht, count


@compiled
def keep_extra(state: State, count: int) -> None:
    """Remember the officers to add while another crew is tried."""
    for k in range(count):
        state.other_extra[k] = state.extra[k]


@compiled
def take_extra(state: State, count: int) -> None:
    """The officers remembered, where the other crew was no better."""
    for k in range(count):
        state.extra[k] = state.other_extra[k]


@compiled
def join_crew(inst: Instance, state: State, dice: Dice, t: int, v: int, regret: float) -> tuple[float, int]:
    """The cheapest way for the crew of ``t`` to serve ``v`` too: baht and the officers to add (state.extra).

    Baht are counted at the tour's present length; infinite where the crew cannot."""
    if inst.bars == 1:
        for k in range(state.crew_size[t]):
            if inst.barred[inst.cooperative[v], state.crew[t, k]] == 1:
                return math.inf, 0
    cooperative = inst.cooperative[v]
    lead = state.lead[cooperative]
    needed = inst.topics[v] & ~state.skills[t]
    lack = max(0, inst.least_crew[v] - state.crew_size[t])
    pay, work = state.day_pay[t], state.work[t]
    alone = 0.0
    if lead >= 0:
        if not aboard(state, t, lead):
            alone = inst.stand_in
    elif inst.leads_matter == 1:
        alone = math.inf
        for k in range(state.crew_size[t]):
            alone = min(alone, regret * inst.lead_regret[cooperative, state.crew[t, k]])
    enough = needed == 0 and lack == 0
    if enough and (alone <= 0.0 or state.locked[t] == 1):
        return alone, 0
    if state.locked[t] == 1:
        return math.inf, 0
    best, count = (alone, 0) if enough else (math.inf, 0)
    if state.crew_size[t] + max(1, lack) > inst.slot_seats[t]:
        return best, count
    if lead >= 0 and alone > 0.0 and may_join(inst, state, lead, t, v):
        state.extra[0] = lead
        others, n = _cover(inst, state, dice, t, v, needed & ~inst.skills[lead], pay, work, 1, lack)
        others += _boards(inst, state, t, lead, pay, work)
        if others < best:
            best, count = others, n
            if enough or n == 1:
                return best, count
            # a stand-in with all the topics may come cheaper than the lead and another one
    if not enough:
        keep_extra(state, count)
        others, n = _cover(inst, state, dice, t, v, needed, pay, work, 0, lack)
        if others + alone < best:
            return others + alone, n
        take_extra(state, count)
    return best, count


@compiled
def new_crew(
    inst: Instance, state: State, dice: Dice, t: int, v: int, pay: float, work: float, regret: float
) -> tuple[float, int]:
    """The cheapest crew for a tour to ``v`` alone in the empty slot ``t``: baht and officers (state.extra)."""
    lead = state.lead[inst.cooperative[v]]
    needed, least = inst.topics[v], inst.least_crew[v]
    if inst.leads_matter == 1 and lead >= 0:
        best, count = math.inf, 0
        if may_join(inst, state, lead, t, v):
            state.extra[0] = lead
            others, n = _cover(inst, state, dice, t, v, needed & ~inst.skills[lead], pay, work, 1, least)
            others += pay + more_work(inst, state, lead, work)
            if others < math.inf:
                best, count = others, n
        if count > 0 and (count <= least or (count == 2 and inst.stand_in >= pay + work * inst.overload)):
            return best, count
        keep_extra(state, count)
        others, n = _someone(inst, state, dice, t, v, pay, work, 0.0)
        if others + inst.stand_in < best:
            return others + inst.stand_in, n
        take_extra(state, count)
        return best, count
    return _someone(inst, state, dice, t, v, pay, work, regret * inst.leads_matter)


@compiled
def _someone(
    inst: Instance, state: State, dice: Dice, t: int, v: int, pay: float, work: float, regret: float
) -> tuple[float, int]:
    """One free officer with all the topics, or as many as it takes."""
    cooperative, needed, least = inst.cooperative[v], inst.topics[v], inst.least_crew[v]
    chosen, best, paid = -1, math.inf, 0.0
    officers = len(inst.base)
    start = below(dice, officers) if officers > 0 else 0
    could = 0
    for j in range(officers if least == 1 else 0):
        if could >= CROWD:
            break
        o = start + j
        if o >= officers:
            o -= officers
        if needed & ~inst.skills[o] != 0 or not may_join(inst, state, o, t, v):
            continue
        could += 1
        price = pay + more_work(inst, state, o, work)
        score = price
        if regret > 0.0:
            score += regret * inst.lead_regret[cooperative, o]
        if score < best - 1e-9:
            chosen, best, paid = o, score, price
            if score <= pay + 1e-9:
                break
    if chosen >= 0:
        state.extra[0] = chosen
        return best if regret > 0.0 else paid, 1
    if needed == 0 and least == 1:
        return math.inf, 0
    baht, n = _cover(inst, state, dice, t, v, needed, pay, work, 0, least)
    if baht == math.inf:
        return math.inf, 0
    if regret > 0.0:
        relief = math.inf
        for k in range(n):
            relief = min(relief, inst.lead_regret[cooperative, state.extra[k]])
        baht += regret * relief
    return baht, n


@compiled
def thin_crew(inst: Instance, state: State, t: int) -> None:
    """Let officers stay at home whom the tour does not need and whose day costs more than they bring."""
    if state.locked[t] == 1:
        return
    k = 0
    while k < state.crew_size[t] and state.crew_size[t] > needed_crew(inst, state, t):
        o = state.crew[t, k]
        others = 0
        for j in range(state.crew_size[t]):
            if j != k:
                others |= inst.skills[state.crew[t, j]]
        needed = 0
        led = 0
        for i in range(state.size[t]):
            v = state.stops[t, i]
            needed |= inst.topics[v]
            if state.lead[inst.cooperative[v]] == o:
                led += 1
        now = state.minutes[o]
        saved = state.day_pay[t] + overload(inst, o, now) - overload(inst, o, now - state.work[t])
        if inst.crew_change > 0.0 and needed & ~others == 0:
            saved += crew_changes(inst, state, t, 0) - crew_changes_without(inst, state, t, k)
        if needed & ~others == 0 and saved > led * inst.stand_in + 1e-9:
            keep_tour(state, t)
            keep_cooperatives_of(inst, state, t)
            take_off(inst, state, t)
            state.crew_size[t] -= 1
            state.crew[t, k] = state.crew[t, state.crew_size[t]]
            put_on(inst, state, t)
            k = 0
        else:
            k += 1
