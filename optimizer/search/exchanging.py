"""Officers exchanged on a tour that stays as it is: another one comes along instead, where that costs less."""

from __future__ import annotations

from optimizer.compiling import compiled
from optimizer.instance import Instance
from optimizer.search.crewing import CROWD, drawn_officer
from optimizer.search.drawing import Dice
from optimizer.search.joining import may_join
from optimizer.search.measuring import measure
from optimizer.search.state import State, keep_cooperatives_of, keep_tour, more_work, overload, put_on, take_off

#: baht below which an exchange is not worth its step
LITTLE = 1e-6


@compiled
def _stand_ins(inst: Instance, state: State, t: int, officer: int) -> float:
    """Baht of the stand-ins that the officer makes needless on tour ``t``, as the cooperatives' lead."""
    baht = 0.0
    for i in range(state.size[t]):
        if state.lead[inst.cooperative[state.stops[t, i]]] == officer:
            baht += inst.stand_in
    return baht


@compiled
def _is_told(inst: Instance, state: State, t: int) -> bool:
    """Whether people were told who comes to a visit of the tour that day."""
    for i in range(state.size[t]):
        if inst.published_day[state.stops[t, i]] == inst.slot_day[t]:
            return True
    return False


@compiled
def _topics_of(inst: Instance, state: State, t: int, without: int) -> int:
    """Topics that the visits of the tour need and that nobody but the officer at place ``without`` knows."""
    needed = known = 0
    for i in range(state.size[t]):
        needed |= inst.topics[state.stops[t, i]]
    for k in range(state.crew_size[t]):
        if k != without:
            known |= inst.skills[state.crew[t, k]]
    return needed & ~known


@compiled
def _replacement(inst: Instance, state: State, dice: Dice, t: int, place: int) -> int:
    """Whoever costs least in place of the officer there, or -1: at present leads, in hours and stand-ins."""
    officer, work, day = state.crew[t, place], state.work[t], inst.slot_day[t]
    lacking = _topics_of(inst, state, t, place)
    now = state.minutes[officer]
    saved = overload(inst, officer, now) - overload(inst, officer, now - work)
    saved -= _stand_ins(inst, state, t, officer)
    best, chosen = LITTLE, -1
    officers = len(inst.base)
    first, free = drawn_officer(inst, dice), 0
    # anyone who is free, then the leads once more, with the stand-ins that they end
    for n in range(0 if saved > best else officers, officers + state.size[t]):
        if n < officers:
            if free >= CROWD:
                continue
            o = first + n if first + n < officers else first + n - officers
        else:
            o = state.lead[inst.cooperative[state.stops[t, n - officers]]]
        if o < 0 or inst.base[o] != inst.slot_office[t] or lacking & ~inst.skills[o] != 0:
            continue
        if state.on[o, day] >= 0 or inst.there[o, day] == 0:
            continue
        free += 1
        baht = saved - more_work(inst, state, o, work)
        if n >= officers:
            baht += _stand_ins(inst, state, t, o)
        if baht > best and may_join(inst, state, o, t, state.stops[t, 0]):
            best, chosen = baht, o
    return chosen


@compiled
def exchange_officers(inst: Instance, state: State, dice: Dice, t: int) -> None:
    """Let each officer of the tour make room for one who costs less there; who was told of stays."""
    if state.locked[t] == 1 or _is_told(inst, state, t):
        return
    for place in range(state.crew_size[t]):
        other = _replacement(inst, state, dice, t, place)
        if other >= 0:
            keep_tour(state, t)
            keep_cooperatives_of(inst, state, t)
            take_off(inst, state, t)
            state.crew[t, place] = other
            measure(inst, state, t)
            put_on(inst, state, t)
