"""The fewest moves as a model: which published visits of some days stay, on which tours, in which cars, with whom.

CP-SAT decides; tours that it makes of three and more stops are then timed, and what cannot be timed is forbidden to it,
until its tours stand. So no rule of a day is forgotten. What the other days do is not looked at.
"""

from __future__ import annotations

import datetime as dt
import math
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from ortools.sat.python import cp_model

from models.cars import Car
from models.isoweeks import Week, week_of
from models.plan import Stop, Tour
from models.problem import Officer, Problem, Visit
from models.rules.barred import barred_from
from models.rules.gaps import too_near
from optimizer.cpsat import cp_sat
from optimizer.replanning.standing import Standing, Together
from optimizer.why.alone import Alone

_HAIR = 1e-6
#: loads are counted in so many parts of a unit
_PARTS = 1000
_NOBODY: frozenset[str] = frozenset()

Place = tuple[str, dt.date]


class Staying:
    """Which of ``stands`` stay."""

    def __init__(self, problem: Problem, alone: Alone, stands: Sequence[Standing]) -> None:
        self.problem, self.alone, self.firm, self.stands = problem, alone, alone.roster, stands
        self.pins = frozenset(problem.pins or ())
        self.together = Together(problem)
        self.model = cp_model.CpModel()
        self.stays = {one.visit: self.model.new_bool_var("") for one in stands}
        self.on: dict[tuple[str, int], cp_model.IntVar] = {}
        self.rides: dict[tuple[str, dt.date, int], cp_model.IntVar] = {}
        self.groups: defaultdict[Place, list[Standing]] = defaultdict(list)
        for one in stands:
            self.groups[one.tour.office, one.tour.date].append(one)
        self.cars = {place: self._cars(*place) for place in self.groups}
        self.before = {place: self._tours_before(place) for place in self.groups}
        for place, group in self.groups.items():
            self._day(place, group)
        for pin in self.pins & self.stays.keys():
            self.model.add(self.stays[pin] == 1)
        self._partners()
        self._gaps()
        self._rhythms()
        self._weeks()
        changes = [1 - var if self._rode(*key) else var for key, var in self.rides.items()]
        self.weight = len(changes) + 1
        self.model.maximize(self.weight * sum(self.stays.values()) - sum(changes))

    # -- one office on one day ----------------------------------------------------------------------------------

    def _cars(self, office: str, date: dt.date) -> tuple[Car, ...]:
        """The cars that may be out: those with names all, of cars alike no more than there are visits."""
        cars = self.problem.cars(office, date)
        named = self.problem.office_by_id[office].has_names
        return cars if named else cars[: len(self.groups[office, date])]

    def _tours_before(self, place: Place) -> list[Tour | None]:
        """For each car the published tour that it goes on with: its own where cars have names."""
        left = list({one.tour.id: one.tour for one in self.groups[place]}.values())
        own = {tour.car: tour for tour in left if tour.car is not None}
        found = [own.get(car.id) if car.id is not None else None for car in self.cars[place]]
        left = [tour for tour in left if tour not in found]
        return [tour or (left.pop(0) if left else None) for tour in found]

    def _rode(self, officer: str, date: dt.date, slot: int) -> bool:
        """Whether the officer rode on the published tour that the car goes on with."""
        before = self.before[self.problem.officer_by_id[officer].office, date][slot]
        return before is not None and officer in before.crew

    def _day(self, place: Place, group: Sequence[Standing]) -> None:
        (office, date), model, cars = place, self.model, self.cars[place]
        people = self.firm.staff(office, date)
        for slot, car in enumerate(cars):
            for officer in people:
                self.rides[officer.id, date, slot] = model.new_bool_var("")
            model.add(sum(self.rides[o.id, date, slot] for o in people) <= car.seats)
        for officer in people:
            model.add(sum(self.rides[officer.id, date, slot] for slot in range(len(cars))) <= 1)
        for one in group:
            for slot in range(len(cars)):
                self._stop(one, slot, people)
            model.add(sum(self.on[one.visit, slot] for slot in range(len(cars))) == self.stays[one.visit])
        for pair in combinations(group, 2):
            if not self.together.may_meet(*pair):
                self._forbid(place, pair, _NOBODY)
        self._loads(group, cars)

    def _stop(self, one: Standing, slot: int, people: Sequence[Officer]) -> None:
        """The visit on the tour of a car: who must and who cannot ride along then."""
        model, date, visit = self.model, one.tour.date, self.problem.visit_by_id[one.visit]
        on = self.on[one.visit, slot] = model.new_bool_var("")
        pinned = one.visit in self.pins
        for officer_id in one.tour.crew if pinned else one.answering:
            model.add_implication(on, self.rides[officer_id, date, slot])
        if pinned:  # a pin keeps the whole crew
            for officer in people:
                if officer.id not in one.tour.crew:
                    model.add_implication(on, ~self.rides[officer.id, date, slot])
        for topic in visit.topics or ():
            model.add_bool_or([self.rides[o.id, date, slot] for o in people if topic in o.topics] + [~on])
        if visit.crew_size > 1:
            crew = sum(self.rides[o.id, date, slot] for o in people)
            model.add(crew >= visit.crew_size).only_enforce_if(on)
        for officer in people:
            barred = officer.id in barred_from(self.problem, [visit.id])
            busy = bool(officer.busy_on(date)) and not self.together.fits([one], frozenset([officer.id]))
            if barred or busy:
                model.add_implication(on, ~self.rides[officer.id, date, slot])

    def _loads(self, group: Sequence[Standing], cars: Sequence[Car]) -> None:
        loads = {one.visit: int((self.problem.visit_by_id[one.visit].load or 0.0) * _PARTS) for one in group}
        for slot, car in enumerate(cars):
            if car.capacity < math.inf:
                on_board = sum(loads[one.visit] * self.on[one.visit, slot] for one in group)
                self.model.add(on_board <= int(car.capacity * _PARTS) + len(group))

    def _forbid(self, place: Place, stands: Sequence[Standing], crew: frozenset[str]) -> None:
        """No tour has all these visits and all of the crew."""
        for slot in range(len(self.cars[place])):
            some = [~self.on[one.visit, slot] for one in stands]
            some += [~self.rides[officer, place[1], slot] for officer in sorted(crew)]
            self.model.add_bool_or(some)

    # -- across days --------------------------------------------------------------------------------------------

    def _partners(self) -> None:
        met: defaultdict[tuple[str, dt.date], list[cp_model.IntVar]] = defaultdict(list)
        for one in self.stands:
            partner = self.problem.visit_by_id[one.visit].partner
            if partner is not None:
                met[partner, one.tour.date].append(self.stays[one.visit])
        for (partner, _), stays in met.items():
            self.model.add(sum(stays) <= self.problem.partner_by_id[partner].per_day)

    def _gaps(self) -> None:
        """Of two visits of a cooperative that stand too near each other one moves."""
        visits = self.problem.visit_by_id
        for one, other in combinations(self.stands, 2):
            first, second = visits[one.visit], visits[other.visit]
            cooperative = self.problem.cooperative_by_id[first.cooperative]
            if second.cooperative == cooperative.id and too_near(
                cooperative, first, one.tour.date, second, other.tour.date
            ):
                self.model.add_bool_or([~self.stays[one.visit], ~self.stays[other.visit]])

    def _rhythms(self) -> None:
        """The visits of a cooperative that stay agree with one of its rhythms that can still be."""
        dates = {one.visit: one.tour.date for one in self.stands}
        for cooperative in self.problem.cooperatives:
            own = self.problem.visits_of[cooperative.id]
            if cooperative.rhythms is None or not any(visit.id in self.stays for visit in own):
                continue
            can = [rhythm for rhythm in set(cooperative.rhythms) if self._can_be(own, rhythm)]
            chosen = [self.model.new_bool_var("") for _ in can]
            self.model.add_at_most_one(chosen)
            for place, visit in enumerate(own):
                if visit.id in self.stays:
                    same = [one for one, rhythm in zip(chosen, can, strict=True) if rhythm[place] == dates[visit.id]]
                    self.model.add_bool_or([*same, ~self.stays[visit.id]])

    def _can_be(self, own: Sequence[Visit], rhythm: Sequence[dt.date]) -> bool:
        """Whether every visit of the rhythm might be on its day; history is where it was."""
        past = self.firm.past
        return all(
            past[visit.id] == date if visit.id in past else self.alone.forbids(visit, date) is None
            for visit, date in zip(own, rhythm, strict=True)
        )

    def _weeks(self) -> None:
        """Weekly limits over these days; history counts."""
        rides: defaultdict[tuple[str, Week], list[cp_model.IntVar]] = defaultdict(list)
        left: dict[tuple[str, Week], float] = {}
        for (officer, date, _), var in self.rides.items():
            rides[officer, week_of(date)].append(var)
            left[officer, week_of(date)] = self.firm.week_left(self.problem.officer_by_id[officer], date)
        for key, ridden in rides.items():
            if left[key] < len(ridden):
                self.model.add(sum(ridden) <= int(left[key]))

    # -- the answer ---------------------------------------------------------------------------------------------

    def solve(self, seconds: float) -> tuple[list[Tour], int]:
        """The tours on which visits stay, and a proven bound on how many stay at most."""
        tours: list[Tour] = []
        most, ends = len(self.stands), time.monotonic() + seconds
        while self.stands and (left := ends - time.monotonic()) > 0:
            solver = cp_sat()
            solver.parameters.max_time_in_seconds = left
            solver.parameters.random_seed = 1
            status = solver.solve(self.model)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                break  # nothing proven in time
            most = min(most, int((solver.best_objective_bound + len(self.rides) + _HAIR) // self.weight))
            tours = self._tours(solver)
            if not self._forbid_untimely(tours):
                break
        return tours, most

    def _forbid_untimely(self, tours: Sequence[Tour]) -> bool:
        """Forbid what of ``tours`` cannot be timed; whether there was anything."""
        by_visit = {one.visit: one for one in self.stands}
        found = False
        for tour in tours:
            busy = frozenset(o for o in tour.crew if self.problem.officer_by_id[o].busy_on(tour.date))
            conflict = self.together.least_conflict([by_visit[stop.visit] for stop in tour.stops], busy)
            if conflict is not None:
                self._forbid((tour.office, tour.date), *conflict)
                found = True
        return found

    def _tours(self, solver: cp_model.CpSolver) -> list[Tour]:
        tours = []
        for (office, date), group in self.groups.items():
            for slot, car in enumerate(self.cars[office, date]):
                here = [one for one in group if solver.boolean_value(self.on[one.visit, slot])]
                if not here:
                    continue
                here.sort(key=lambda one: one.start)
                riding = {o for (o, day, s), var in self.rides.items()
                          if day == date and s == slot and self.problem.officer_by_id[o].office == office
                          and solver.boolean_value(var)}  # fmt: skip
                tours.append(_tour(self.problem, office, date, slot, car, here, sorted(riding)))
        return tours


def _tour(
    problem: Problem, office: str, date: dt.date, slot: int, car: Car, stands: Sequence[Standing], crew: Sequence[str]
) -> Tour:
    """The tour with the published starts; its other times are worked out by the search."""
    stops = []
    for one in stands:
        end = one.start + problem.visit_by_id[one.visit].minutes
        stops.append(Stop(visit=one.visit, arrive=one.start, start=one.start, end=end))
    return Tour.model_validate(
        {
            "id": f"{date:%Y%m%d}-{office}-{slot + 1}",
            "date": date,
            "office": office,
            "car": car.id,
            "crew": tuple(crew),
            "depart": stops[0].start,
            "return": stops[-1].end,
            "stops": tuple(stops),
        }
    )
