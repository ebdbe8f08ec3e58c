"""Where a search starts: the published plan where there is one, its pins fixed; else nothing planned yet."""

from __future__ import annotations

from collections import Counter

from models.faults import Fault, InvalidInput
from models.plan import Tour
from models.rules import Roster, against_tour, on_day
from models.rules.timing import tour_of
from models.saying import both
from optimizer.arrays.numbering import Numbering
from optimizer.instance import Frame, Instance
from optimizer.search.annealing import settle_all
from optimizer.search.handles import instance_handle, state_handle
from optimizer.search.measuring import measure
from optimizer.search.state import State, hold_start, new_state, put_on
from optimizer.why.desk import times_of, together


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
    start = _Start(frame, state)
    for tour in standing:
        pinned = [stop.visit for stop in tour.stops if stop.visit in pins]
        if pinned and not start.put(tour, pinned, locked=True):
            faults.append(
                Fault(
                    "pins-clash",
                    f"pins, tour {tour.id} on {tour.date}",
                    both(
                        f"{', '.join(pinned)} cannot stand there with crew {', '.join(tour.crew)}.",
                        f"{', '.join(pinned)} คงอยู่ที่นั่นกับคณะ {', '.join(tour.crew)} ไม่ได้",
                    ),
                    both(
                        "Check absences, workdays, cars, topics and hours of that day, or drop the pin.",
                        "ตรวจวันลา วันทำการ รถ ด้าน และเวลาของวันนั้น หรือเลิกตรึง",
                    ),
                )
            )
    for tour in standing if with_published else ():
        if not any(stop.visit in pins for stop in tour.stops):
            start.put(tour, [stop.visit for stop in tour.stops], locked=False)
    if faults:
        raise InvalidInput(faults)
    settle_all(instance_handle(inst), state_handle(state))
    _list_unassigned(inst, state)
    return state


def _to_come(frame: Frame, tour: Tour) -> bool:
    return frame.problem.today is None or tour.date >= frame.problem.today


def _list_unassigned(inst: Instance, state: State) -> None:
    left = [v for v in range(len(inst.coop)) if state.tour[v] < 0 and inst.fixed[v] != 1]
    state.unassigned[: len(left)] = left
    state.counts[0] = len(left)


class _Start:
    """Puts published tours into a state, as far as the rules' rooms have nothing against them."""

    def __init__(self, frame: Frame, state: State) -> None:
        self.frame, self.problem, self.state = frame, frame.problem, state
        self.number = Numbering(frame.problem)
        self.roster = Roster(frame.problem, frame.problem.history)

    def put(self, tour: Tour, visits: list[str], *, locked: bool) -> bool:
        """Put a published tour (or its pinned part) into the state; whether it is there, with what still can stand."""
        slot = self._slot(tour, visits)
        if slot < 0:
            return False
        car = int(self.frame.instance.slot_car[slot])
        named = self.problem.office_by_id[tour.office].named
        tour = tour.model_copy(update={"car": named[car].id if car >= 0 else None})
        # what is pinned stands together or not at all; of the rest each that can stand alone
        able = visits if locked else [id_ for id_ in visits if not self._has_rhythm(id_) and self._timed(tour, [id_])]
        made = self._timed(tour, able)
        if made is None or (locked and len(able) < len(visits)) or not self._load(slot, made, able, locked):
            return False
        self.roster.add(made)
        return True

    def _has_rhythm(self, visit: str) -> bool:
        """Whether all visits of its cooperative stand together or none does, which the search sees to."""
        return self.roster.cooperative(self.problem.visit_by_id[visit]).rhythms is not None

    def _timed(self, tour: Tour, visits: list[str]) -> Tour | None:
        """The tour over ``visits`` within half an hour of the published starts; None where a rule stands against it."""
        problem, roster = self.problem, self.roster
        wanted = [problem.visit_by_id[id_] for id_ in visits]
        if len({visit.cooperative for visit in wanted}) < max(1, len(visits)):
            return None
        joined = Counter(visit.partner for visit in wanted if visit.partner is not None)
        if any(number > roster.meetings_left(partner, tour.date) for partner, number in joined.items()):
            return None
        near = {stop.visit: stop.start for stop in tour.stops if stop.visit in visits}
        for span in together(problem, tour.crew, tour.date):
            times = times_of(problem, tour.office, tour.date, visits, near, span)
            if times is not None:
                made = tour_of(problem, times, visits, id_=tour.id, date=tour.date, office=tour.office, car=tour.car,
                               crew=tour.crew)  # fmt: skip
                against = [found for visit in wanted for found in on_day(roster, visit, tour.date)]
                against += against_tour(roster, wanted[0], made)
                if all(found.code == "no-rhythm" for found in against):  # the search stands for a whole rhythm
                    return made
        return None

    def _slot(self, tour: Tour, visits: list[str]) -> int:
        """An empty slot for the tour, in the car that it had where that still is there; -1 where there is none."""
        inst = self.frame.instance
        office, day = self.number.office[tour.office], self.number.day.get(tour.date, -1)
        crew = len(set(tour.crew))
        if day < 0 or len(visits) > inst.most_stops:
            return -1
        load = sum(float(inst.load[self.number.visit[visit]]) for visit in visits)
        named = [car.id for car in self.problem.offices[office].named]
        free = [
            t
            for t in range(int(inst.first_slot[office, day]), int(inst.first_slot[office, day + 1]))
            if self.state.size[t] == 0 and crew <= inst.slot_seats[t] and load <= inst.slot_capacity[t]
        ]
        same = [t for t in free if named and named[int(inst.slot_car[t])] == tour.car]
        return next(iter([*same, *free]), -1)

    def _load(self, slot: int, made: Tour, visits: list[str], locked: bool) -> bool:
        """Write the tour into its slot; whether the search finds times for it as well."""
        inst, state = self.frame.instance, self.state
        handle, rows = instance_handle(inst), state_handle(state)
        crew = list(dict.fromkeys(self.number.officer[id_] for id_ in made.crew))
        for position, v in enumerate(self.number.visit[id_] for id_ in visits):
            state.stops[slot, position] = v
            if locked or inst.move_price[v] > 0:
                hold_start(handle, rows, v, 1)
        state.size[slot] = len(visits)
        state.crew_size[slot] = len(crew)
        state.crew[slot, : len(crew)] = crew
        state.locked[slot] = int(locked)
        if not measure(handle, rows, slot):
            state.size[slot] = 0
            for id_ in visits:
                hold_start(handle, rows, self.number.visit[id_], 0)
            return False
        put_on(handle, rows, slot)
        return True
