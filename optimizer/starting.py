"""Where a search starts: the published plan where there is one, its pins fixed; else nothing planned yet."""

from __future__ import annotations

from models.faults import Fault, InvalidInput
from models.plan import Tour
from optimizer.instance import Frame, Instance
from optimizer.search.annealing import settle_all
from optimizer.search.handles import instance_handle, state_handle
from optimizer.search.measuring import measure
from optimizer.search.state import State, hold_start, new_state, put_on


def starting_state(frame: Frame, *, with_published: bool) -> State:
    """A state with the pinned visits in place and, with ``with_published``, every published tour that still can be.

    Raises:
        InvalidInput: the pins cannot all stand.
    """
    problem, inst = frame.problem, frame.instance
    state = new_state(inst)
    pins = set(problem.pins or ())
    faults: list[Fault] = []
    standing = [tour for tour in (problem.published.tours if problem.published else ()) if _to_come(frame, tour)]
    for tour in standing:
        pinned = [stop.visit for stop in tour.stops if stop.visit in pins]
        if pinned and not _try(frame, state, tour, pinned, locked=True):
            faults.append(
                Fault(
                    "pins-clash",
                    f"pins, tour {tour.id} on {tour.date}",
                    f"{', '.join(pinned)} cannot stand there with crew {', '.join(tour.crew)}.",
                    "Check absences, workdays, cars, topics and hours of that day, or drop the pin.",
                )
            )
    for tour in standing if with_published else ():
        if not any(stop.visit in pins for stop in tour.stops):
            _try(frame, state, tour, [stop.visit for stop in tour.stops], locked=False)
    if faults:
        raise InvalidInput(faults)
    settle_all(instance_handle(inst), state_handle(state))
    _list_unassigned(inst, state)
    return state


def _to_come(frame: Frame, tour: Tour) -> bool:
    return frame.problem.today is None or tour.date >= frame.problem.today


def _index(frame: Frame, visit: str) -> int:
    return next(v for v, item in enumerate(frame.problem.visits) if item.id == visit)


def _list_unassigned(inst: Instance, state: State) -> None:
    left = [v for v in range(len(inst.coop)) if state.tour[v] < 0 and inst.fixed[v] != 1]
    state.unassigned[: len(left)] = left
    state.counts[0] = len(left)


def _try(frame: Frame, state: State, tour: Tour, visits: list[str], *, locked: bool) -> bool:
    """Put a published tour (or its pinned part) into the state where every rule allows it; whether it did."""
    problem, inst = frame.problem, frame.instance
    days = {date: d for d, date in enumerate(problem.workdays)}
    offices = {office.id: f for f, office in enumerate(problem.offices)}
    officers = {officer.id: o for o, officer in enumerate(problem.officers)}
    if tour.date not in days:
        return False
    day, office = days[tour.date], offices[tour.office]
    crew = list(dict.fromkeys(officers[id_] for id_ in tour.crew))
    indices = [_index(frame, visit) for visit in visits]
    load = sum(float(inst.load[v]) for v in indices)
    slot = _slot(frame, state, tour, day, len(crew), load)
    if slot < 0 or len(indices) > inst.most_stops or len(crew) < max(int(inst.least_crew[v]) for v in indices):
        return False
    if inst.barred[inst.coop[indices]][:, crew].any():
        return False
    skills = 0
    for o in crew:
        week = inst.week[day]
        if (
            inst.base[o] != office
            or not inst.there[o, day]
            or state.on[o, day] >= 0
            or state.tours[o, week] >= inst.week_limit[o]
        ):
            return False
        skills |= int(inst.skills[o])
    standing = [v for v in indices if _may_stand(inst, state, v, day, office, skills, indices)]
    if not standing or (locked and len(standing) < len(indices)):
        return False
    indices = standing
    handle, rows = instance_handle(inst), state_handle(state)
    for position, v in enumerate(indices):
        state.stops[slot, position] = v
        if inst.move_price[v] > 0 and not locked:
            hold_start(handle, rows, v, 1)
    if locked:
        for v in indices:
            hold_start(handle, rows, v, 1)
    state.size[slot] = len(indices)
    state.crew_size[slot] = len(crew)
    state.crew[slot, : len(crew)] = crew
    state.locked[slot] = int(locked)
    if not measure(handle, rows, slot):
        state.size[slot] = 0
        for v in indices:
            hold_start(handle, rows, v, 0)
        return False
    put_on(handle, rows, slot)
    return True


def _slot(frame: Frame, state: State, tour: Tour, day: int, crew: int, load: float) -> int:
    """An empty slot for the tour, in the car that it had where that still is there; -1 where there is none."""
    inst = frame.instance
    office = frame.problem.office_by_id[tour.office]
    number = frame.problem.offices.index(office)
    named = [car.id for car in office.named]
    free = [
        t
        for t in range(int(inst.first_slot[number, day]), int(inst.first_slot[number, day + 1]))
        if state.size[t] == 0 and crew <= inst.slot_seats[t] and load <= inst.slot_capacity[t]
    ]
    same = [t for t in free if named and named[int(inst.slot_car[t])] == tour.car]
    return next(iter([*same, *free]), -1)


def _may_stand(inst: Instance, state: State, v: int, day: int, office: int, skills: int, mates: list[int]) -> bool:
    coop = int(inst.coop[v])
    if not inst.day_ok[v, day] or state.tour[v] >= 0 or int(inst.topics[v]) & ~skills:
        return False
    if inst.home[coop] not in (-1, office) or (inst.has_rhythm[coop] and inst.fixed[v] != 2):
        return False
    partner = int(inst.partner[v])
    if partner >= 0:
        mine = sum(int(inst.partner[u]) == partner for u in mates)
        if state.meetings[partner, day] + mine > inst.per_day[partner]:
            return False
    date, before = int(inst.ordinal[day]), True
    for i in range(int(inst.first_visit[coop]), int(inst.first_visit[coop + 1])):
        u = int(inst.visit_list[i])
        if u == v:
            before = False
        elif u in mates:
            return False
        elif state.date[u] >= 0:
            apart = date - int(state.date[u]) if before else int(state.date[u]) - date
            if apart < inst.gap[coop]:
                return False
    return True
