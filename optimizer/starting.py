"""Where a search starts: the published plan where there is one, its pins fixed; else nothing planned yet."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

from models.faults import Fault, InvalidInput
from models.plan import Tour, told_apart
from models.rules import Roster, against_tour, on_day
from models.rules.timing import tour_of
from models.saying import said
from optimizer.arrays.numbering import Numbering
from optimizer.borrowing import borrowed
from optimizer.instance import Frame, Instance
from optimizer.search.annealing import settle_all
from optimizer.search.measuring import measure
from optimizer.search.state import State, hold_start, new_state, put_on, take_off
from optimizer.why.desk import times_of, together

#: visits of one tour beside its pinned ones of which every selection is tried; of more only all at once
MOST_OTHERS = 8
#: what a slot has against a tour: it is its own car, takes it whole, takes what is pinned of it, or takes neither
OWN, WHOLE, PART, NEVER = 0, 1, 1_000, 1_000_000_000


def starting_state(frame: Frame, *, with_published: bool) -> State:
    """A state with the pinned visits in place and, with ``with_published``, every published tour that still can be.

    What is pinned of a tour stands alone where it can; where only others on the way make it drivable, with them.

    Raises:
        InvalidInput: the pins cannot all stand.
    """
    problem, inst = frame.problem, frame.instance
    state = new_state(inst)
    start = _Start(frame, state)
    today = problem.today or dt.date.min
    published = problem.published.tours if problem.published else ()
    standing = [tour for tour in told_apart(published, {tour.id for tour in published}) if tour.date >= today]
    pinned = [tour for tour in standing if start.pinned_of(tour)]
    clashes = start.pin(pinned)
    if clashes:
        raise InvalidInput([_clash(tour, start.pinned_of(tour)) for tour in clashes])
    if with_published:
        for tour in pinned:
            start.widen(tour)
        for tour in standing:
            if not start.pinned_of(tour):
                start.put(tour)
    settle_all(borrowed(inst), borrowed(state))
    _list_unassigned(inst, state)
    return state


def _clash(tour: Tour, pinned: Sequence[str]) -> Fault:
    return Fault(
        "pins-clash",
        f"pins, tour {tour.id} on {tour.date}",
        said("{visits} cannot stand there with crew {crew}.", visits=", ".join(pinned), crew=", ".join(tour.crew)),
        said("Check absences, workdays, cars, topics and hours of that day, or drop the pin."),
    )


def assigned(costs: npt.NDArray[np.int64]) -> list[int]:
    """The column of each row of ``costs`` [n, n], each column once, so that the sum of the costs is least."""
    rows, columns = np.indices(costs.shape, dtype=np.int32)
    assignment = SimpleLinearSumAssignment()
    assignment.add_arcs_with_cost(rows.ravel(), columns.ravel(), costs.ravel())
    assignment.solve()
    return [assignment.right_mate(row) for row in range(len(costs))]


def _list_unassigned(inst: Instance, state: State) -> None:
    left = [v for v in range(len(inst.cooperative)) if state.tour[v] < 0 and inst.fixed[v] != 1]
    state.unassigned[: len(left)] = left
    state.counts[0] = len(left)


class _Start:
    """Puts published tours into a state, as far as the rules' rooms have nothing against them."""

    def __init__(self, frame: Frame, state: State) -> None:
        self.frame, self.problem, self.state = frame, frame.problem, state
        self.number = Numbering(frame.problem)
        self.roster = Roster(frame.problem, frame.problem.history)
        self._handles = borrowed(frame.instance), borrowed(state)
        self._pins = set(frame.problem.pins or ())
        self._slot: dict[str, int] = {}
        self._made: dict[str, Tour] = {}

    def pinned_of(self, tour: Tour) -> list[str]:
        """The pinned visits of a published tour."""
        return [stop.visit for stop in tour.stops if stop.visit in self._pins]

    def pin(self, tours: Sequence[Tour]) -> list[Tour]:
        """Put what is pinned of the tours into the state; those that cannot stand in any way."""
        self._share_out(tours)
        waiting = [tour for tour in tours if not self._stands(tour, self.pinned_of(tour))]
        return [
            tour for tour in waiting if not any(self._stands(tour, visits) for visits in self._with_others(tour))
        ]  # fmt: skip

    def widen(self, tour: Tour) -> None:
        """Take the rest of a pinned tour in as well, where it still can be."""
        placed = [stop.visit for stop in self._made[tour.id].stops]
        for visits in self._with_others(tour):
            if len(visits) <= len(placed) or self._stands(tour, visits):
                return

    def put(self, tour: Tour) -> None:
        """Put a published tour into the state, or those of its visits that still can stand."""
        visits = [stop.visit for stop in tour.stops]
        self._slot[tour.id] = self._free_slot(tour, visits)
        if not self._stands(tour, visits):
            self._stands(tour, [id_ for id_ in visits if self._timed(tour, [id_])])

    def _with_others(self, tour: Tour) -> Iterator[list[str]]:
        """Visits of the tour, in its order, that hold what is pinned: all of them, then ever fewer."""
        whole = [stop.visit for stop in tour.stops]
        others = [id_ for id_ in whole if id_ not in self._pins]
        for count in range(len(others), 0, -1) if len(others) <= MOST_OTHERS else (len(others),):
            for chosen in combinations(others, count):
                yield [id_ for id_ in whole if id_ in self._pins or id_ in chosen]

    def _stands(self, tour: Tour, visits: list[str]) -> bool:
        """Put these visits of the tour into its slot, in place of those that it has there; False where they cannot."""
        slot = self._slot[tour.id]
        if slot < 0 or not visits:
            return False
        car = int(self.frame.instance.slot_car[slot])
        named = self.problem.office_by_id[tour.office].named
        tour = tour.model_copy(update={"car": named[car].id if car >= 0 else None})
        before = self._made.pop(tour.id, None)
        if before is not None:
            self.roster = Roster(self.problem, [*self.problem.history, *self._made.values()])
        made = self._timed(tour, visits)
        if made is None or not self._load(slot, made):
            made = before
        if made is None:
            return False
        self._made[tour.id] = made
        self.roster.add(made)
        return made is not before

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

    def _share_out(self, tours: Sequence[Tour]) -> None:
        """Give each pinned tour a slot, so that as many as can be keep their car and can be driven whole."""
        by_day: defaultdict[tuple[str, dt.date], list[Tour]] = defaultdict(list)
        for tour in tours:
            by_day[tour.office, tour.date].append(tour)
        for own in by_day.values():
            slots = self._slots(own[0])
            self._slot |= dict.fromkeys((tour.id for tour in own), -1)
            against = np.full(
                (max(len(own), len(slots)),) * 2, NEVER, np.int64
            )  # square: tours or slots that are not there
            for row, tour in enumerate(own):
                against[row, : len(slots)] = [self._against(tour, slot) for slot in slots]
            for tour, costs, column in zip(own, against, assigned(against), strict=False):
                if costs[column] < NEVER:
                    self._slot[tour.id] = slots[column]

    def _against(self, tour: Tour, slot: int) -> int:
        if self._fits(tour, [stop.visit for stop in tour.stops], slot):
            return OWN if self._is_own(tour, slot) else WHOLE
        return PART if self._fits(tour, self.pinned_of(tour), slot) else NEVER

    def _free_slot(self, tour: Tour, visits: list[str]) -> int:
        """An empty slot for the tour, in the car that it had where that still is there; -1 where there is none."""
        free = [t for t in self._slots(tour) if self.state.size[t] == 0 and self._fits(tour, visits, t)]
        return min(free, key=lambda t: (not self._is_own(tour, t), t), default=-1)

    def _slots(self, tour: Tour) -> range:
        """The slots of the tour's office and day; none on a day that no longer is a workday."""
        inst, day = self.frame.instance, self.number.day.get(tour.date, -1)
        office = self.number.office[tour.office]
        return range(int(inst.first_slot[office, day]), int(inst.first_slot[office, day + 1])) if day >= 0 else range(0)

    def _fits(self, tour: Tour, visits: list[str], slot: int) -> bool:
        """Whether the car of the slot takes the crew and the loads."""
        inst = self.frame.instance
        load = sum(float(inst.load[self.number.visit[visit]]) for visit in visits)
        seats, room = int(inst.slot_seats[slot]), float(inst.slot_capacity[slot])
        return len(set(tour.crew)) <= seats and load <= room and len(visits) <= inst.most_stops

    def _is_own(self, tour: Tour, slot: int) -> bool:
        car = int(self.frame.instance.slot_car[slot])
        return car >= 0 and self.problem.office_by_id[tour.office].named[car].id == tour.car

    def _load(self, slot: int, made: Tour) -> bool:
        """Write the tour into its slot; False, and all as before, where the search finds no times for it."""
        inst, state = self.frame.instance, self.state
        stops = [self.number.visit[stop.visit] for stop in made.stops]
        if not self._fits(made, [stop.visit for stop in made.stops], slot):
            return False
        before = state.stops[slot, : state.size[slot]].tolist()
        crew = list(dict.fromkeys(self.number.officer[id_] for id_ in made.crew))
        if self._write(slot, stops, crew, locked=any(inst.fixed[v] == 2 for v in stops)):
            return True
        if before:
            self._write(slot, before, crew, locked=bool(state.locked[slot]))
        return False

    def _write(self, slot: int, stops: list[int], crew: list[int], *, locked: bool) -> bool:
        """Put these stops into the slot, in place of what it holds; empty, and False, where no times fit."""
        inst, state = self.frame.instance, self.state
        handle, rows = self._handles
        take_off(handle, rows, slot)
        for v in state.stops[slot, : state.size[slot]].tolist():
            hold_start(handle, rows, v, 0)
        for v in stops:
            hold_start(handle, rows, v, int(inst.fixed[v] == 2 or inst.move_price[v] > 0))
        state.size[slot], state.crew_size[slot], state.locked[slot] = len(stops), len(crew), int(locked)
        state.stops[slot, : len(stops)] = stops
        state.crew[slot, : len(crew)] = crew
        if measure(handle, rows, slot):
            put_on(handle, rows, slot)
            return True
        for v in stops:
            hold_start(handle, rows, v, 0)
        state.size[slot] = 0
        return False
