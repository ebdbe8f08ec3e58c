"""The exact model: which candidate tours run, and who rides on them. One method for each rule of the contract.

Money is counted in whole units of ``1 / scale`` baht, and every price is rounded down. So no plan costs less than the
model says, and what the model proves is a true lower bound on the baht.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from optimizer.instance import Frame
from optimizer.proving.alike import alike
from optimizer.proving.candidates import Candidate, Stopped, hours_matter

Literal = cp_model.IntVar

#: units of money in one baht, where the sums are not so large that the solver would lose digits
FINEST = 10**6
#: units that all prices together may come to
LARGEST = 10.0**14
#: tours put into the model between two looks at the stop criterion
PIECE = 256


class Choice:
    """Candidate tours, crews, and what rules 1 to 10 say of them; leads are added by ``proving.answering``.

    Raises:
        Stopped: ``stop`` became true before the model stood.
    """

    def __init__(self, frame: Frame, tours: Sequence[Candidate], stop: Callable[[], bool]) -> None:
        self.frame, self.inst, self.tours = frame, frame.instance, tours
        self.model = cp_model.CpModel()
        number = {officer.id: o for o, officer in enumerate(frame.problem.officers)}
        #: by cooperative: the officers barred from it
        self.barred = [{number[id_] for id_ in each.barred or ()} for each in frame.problem.cooperatives]
        self.runs = [self.model.new_bool_var("") for _ in tours]
        #: (tour, officer): rides along
        self.rides: dict[tuple[int, int], Literal] = {}
        self._sums: dict[tuple[str, int, int], Literal] = {}
        self._baht: defaultdict[int, float] = defaultdict(float)
        self._priced: dict[int, Literal] = {}
        self.constant = 0.0
        self._stop = stop
        self._index()
        for rule in (
            self._crews, self._visits, self._cars, self._one_tour_a_day, self._weeks, self._gaps, self._rhythms,
            self._partners, self._fares, self._alike,
        ):  # fmt: skip
            rule()
            self._look()

    def _look(self) -> None:
        if self._stop():
            raise Stopped

    def _index(self) -> None:
        self.of_visit: defaultdict[int, list[int]] = defaultdict(list)
        self.of_stand: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self.of_day: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for t, tour in enumerate(self.tours):
            self.of_day[tour.office, tour.day].append(t)
            for v in tour.stops:
                self.of_visit[v].append(t)
                self.of_stand[v, tour.day].append(t)

    # -- literals that stand for sums ---------------------------------------------------------------------------

    def _sum(self, kind: str, a: int, b: int, literals: list[Literal]) -> Literal:
        """A literal that equals the sum of ``literals``, of which at most one is ever true."""
        known = self._sums.get((kind, a, b))
        if known is None:
            if len(literals) == 1:
                known = literals[0]
            elif not literals:
                known = self.model.new_constant(0)
            else:
                known = self.model.new_bool_var("")
                self.model.add(sum(literals) == known)
            self._sums[kind, a, b] = known
        return known

    def planned(self, v: int) -> Literal:
        """Whether the visit is planned."""
        return self._sum("planned", v, 0, [self.runs[t] for t in self.of_visit[v]])

    def stands(self, v: int, day: int) -> Literal:
        """Whether the visit is planned on the workday."""
        return self._sum("stands", v, day, [self.runs[t] for t in self.of_stand[v, day]])

    def kept(self, v: int) -> Literal:
        """Whether the visit is planned on its published day and starts as published."""
        return self._sum("kept", v, 0, [self.runs[t] for t in self.of_visit[v] if v in self.tours[t].kept])

    def aboard(self, v: int, officer: int) -> Literal:
        """Whether the officer rides on the tour of the visit."""
        rides = [self.rides[t, officer] for t in self.of_visit[v] if (t, officer) in self.rides]
        return self._sum("aboard", v, officer, rides)

    def riders(self, v: int) -> list[int]:
        """The officers who may ride on the tour of the visit."""
        return [o for o in range(len(self.inst.base)) if any((t, o) in self.rides for t in self.of_visit[v])]

    def pay(self, literal: Literal, baht: float) -> None:
        """Add ``baht`` to the cost where ``literal`` is true."""
        self._priced[literal.index] = literal
        self._baht[literal.index] += baht

    # -- the rules ----------------------------------------------------------------------------------------------

    def _crews(self) -> None:
        """As many officers of the office as the visits ask for and the car seats, there that day and not barred, with
        every topic; the pinned crew where one is.
        """
        inst, model = self.inst, self.model
        for t, tour in enumerate(self.tours):
            if t % PIECE == 0:
                self._look()
            people = self._people(tour)
            if tour.crew is not None:
                whole = tour.crew <= set(people) and len(tour.crew) <= inst.seats[tour.office]
                people = sorted(tour.crew) if whole else []
            if len(people) < self._least(tour):
                model.add(self.runs[t] == 0)
                continue
            for o in people:
                if len(people) == 1 or tour.crew is not None:
                    self.rides[t, o] = self.runs[t]
                else:
                    self.rides[t, o] = model.new_bool_var("")
                    model.add_implication(self.rides[t, o], self.runs[t])
            if len(people) > 1 and tour.crew is None:
                rides = [self.rides[t, o] for o in people]
                model.add_bool_or([*rides, ~self.runs[t]])
                if len(people) > inst.seats[tour.office]:
                    model.add(sum(rides) <= int(inst.seats[tour.office]) * self.runs[t])
                if self._least(tour) > 1:
                    model.add(sum(rides) >= self._least(tour) * self.runs[t])
            self._topics(t, tour, people)

    def _people(self, tour: Candidate) -> list[int]:
        """The officers who might ride on the tour."""
        inst = self.inst
        week = inst.week[tour.day]
        free = (inst.base == tour.office) & (inst.there[:, tour.day] == 1)
        barred = {o for v in tour.stops for o in self.barred[int(inst.cooperative[v])]}
        return [int(o) for o in np.flatnonzero(free) if o not in barred and self._left(int(o), int(week)) > 0]

    def _least(self, tour: Candidate) -> int:
        """Officers that the visits of the tour ask for."""
        return max(self.frame.problem.visits[v].crew_size for v in tour.stops)

    def _left(self, officer: int, week: int) -> int:
        """The tours that history leaves the officer in the week."""
        if self.frame.problem.officers[officer].max_days_per_week is None:
            return 7
        return max(0, int(self.inst.week_limit[officer] - self.inst.past_tours[officer, week]))

    def _topics(self, t: int, tour: Candidate, people: list[int]) -> None:
        inst, model = self.inst, self.model
        needed = int(np.bitwise_or.reduce(inst.topics[list(tour.stops)]))
        while needed:
            bit = needed & -needed
            needed -= bit
            able = [self.rides[t, o] for o in people if int(inst.skills[o]) & bit]
            if len(able) < len(people) or not able:
                model.add_bool_or([*able, ~self.runs[t]])

    def _visits(self) -> None:
        """Each visit in one tour or left out; a pinned one is not left out."""
        inst = self.inst
        for v in range(len(inst.cooperative)):
            if inst.fixed[v] == 1:
                continue
            self.model.add_at_most_one([self.runs[t] for t in self.of_visit[v]])
            if inst.fixed[v] == 2:
                self.model.add(self.planned(v) == 1)
            self.constant += float(inst.leave_out[v])

    def _cars(self) -> None:
        for (office, day), tours in self.of_day.items():
            self.model.add(sum(self.runs[t] for t in tours) <= int(self.inst.cars[office, day]))

    def _by_officer(self) -> dict[int, defaultdict[int, list[Literal]]]:
        """Each officer's rides by workday."""
        rides: dict[int, defaultdict[int, list[Literal]]] = {}
        for (t, o), ride in self.rides.items():
            rides.setdefault(o, defaultdict(list))[self.tours[t].day].append(ride)
        return rides

    def _one_tour_a_day(self) -> None:
        for days in self._by_officer().values():
            for rides in days.values():
                self.model.add_at_most_one(rides)

    def _weeks(self) -> None:
        for o, days in self._by_officer().items():
            weeks: defaultdict[int, list[int]] = defaultdict(list)
            for day in days:
                weeks[int(self.inst.week[day])].append(day)
            for week, ridden in weeks.items():
                if self._left(o, week) < len(ridden):
                    self.model.add(sum(ride for day in ridden for ride in days[day]) <= self._left(o, week))

    def _series(self) -> Iterable[list[int]]:
        """The visits of each cooperative that are still to be planned, in their order."""
        inst = self.inst
        for c in range(len(inst.gap)):
            visits = inst.visit_list[inst.first_visit[c] : inst.first_visit[c + 1]]
            yield [int(v) for v in visits if inst.fixed[v] != 1]

    def _gaps(self) -> None:
        """Of two visits the later one is not before the other one's day and the gap; history is in the candidates."""
        inst = self.inst
        for visits in self._series():
            for i, before in enumerate(visits):
                gap = int(inst.gap[inst.cooperative[before]])
                for after in visits[i + 1 :]:
                    for day in sorted({tour.day for tour in (self.tours[t] for t in self.of_visit[before])}):
                        on = [self.stands(before, d) for d in range(day, len(inst.ordinal)) if self.of_stand[before, d]]
                        soon = [d for d in range(len(inst.ordinal)) if inst.ordinal[d] < inst.ordinal[day] + gap]
                        clash = [self.stands(after, d) for d in soon if self.of_stand[after, d]]
                        if clash:
                            self.model.add_at_most_one(on + clash)

    def _rhythms(self) -> None:
        inst = self.inst
        for c in np.flatnonzero(inst.has_rhythm):
            visits = inst.visit_list[inst.first_visit[c] : inst.first_visit[c + 1]]
            rows = sorted({tuple(row) for row in inst.rhythm[inst.first_rhythm[c] : inst.first_rhythm[c + 1]].tolist()})
            chosen = [self.model.new_bool_var("") for _ in rows]
            if any(inst.fixed[v] == 1 for v in visits):
                self.model.add_exactly_one(chosen)
            else:
                self.model.add_at_most_one(chosen)
            for place, v in enumerate(visits):
                for day in range(len(inst.ordinal)) if inst.fixed[v] != 1 else ():
                    beats = [literal for literal, row in zip(chosen, rows, strict=True) if row[place] == day]
                    if beats or self.of_stand[int(v), day]:
                        self.model.add(self.stands(int(v), day) == sum(beats))

    def _partners(self) -> None:
        inst = self.inst
        for p in range(len(inst.per_day)):
            joined = [int(v) for v in np.flatnonzero(inst.partner == p)]
            for day in range(len(inst.ordinal)):
                met = [self.stands(v, day) for v in joined if self.of_stand[v, day]]
                if len(met) > inst.per_day[p]:
                    self.model.add(sum(met) <= int(inst.per_day[p]))

    def _fares(self) -> None:
        inst = self.inst
        for t, tour in enumerate(self.tours):
            baht = tour.fare + inst.car_day
            self.pay(self.runs[t], baht + sum(float(inst.late[v, tour.day] - inst.leave_out[v]) for v in tour.stops))
        for ride in self.rides.values():
            self.pay(ride, inst.officer_day)

    def _alike(self) -> None:
        """Officers who differ in nothing: the first rides on no fewer tours than the next."""
        rides: defaultdict[int, list[Literal]] = defaultdict(list)
        for (_, o), ride in self.rides.items():
            rides[o].append(ride)
        for group in alike(self.frame):
            for one, next_ in pairwise(group):
                self.model.add(sum(rides[one]) >= sum(rides[next_]))

    # -- the cost -----------------------------------------------------------------------------------------------

    def close(self) -> float:
        """Set the objective; the units of money in one baht."""
        hours = self._hours()
        prices = sum(abs(baht) for baht in self._baht.values()) + abs(self.constant)
        most = prices + sum(baht for _, longest, free in hours for baht in (longest, free))
        scale = float(FINEST)
        while most * scale > LARGEST:
            scale /= 10.0
        over = [self._overload(rides, longest, free, scale) for rides, longest, free in hours]
        literals = [self._priced[index] for index in self._baht]
        units = [math.floor(baht * scale) for baht in self._baht.values()]
        paid = cp_model.LinearExpr.weighted_sum(literals, units)
        self.model.minimize(paid + sum(over) + math.floor(self.constant * scale))
        return scale

    def _hours(self) -> list[tuple[list[tuple[Literal, float]], float, float]]:
        """For each officer whose hours may cost something: rides with baht of work, their most, and baht free of it."""
        inst = self.inst
        if not hours_matter(inst):
            return []
        rides: defaultdict[int, list[tuple[Literal, float]]] = defaultdict(list)
        days: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
        for (t, o), ride in self.rides.items():
            baht = self.tours[t].work * inst.overload
            rides[o].append((ride, baht))
            days[o][self.tours[t].day] = max(days[o][self.tours[t].day], baht)
        hours = []
        for o in range(len(inst.base)):
            if np.isfinite(inst.fair[o]):
                free = float(inst.fair[o] - inst.past_minutes[o]) * inst.overload
                longest = sum(days[o].values())
                self.constant += max(0.0, -free)
                if longest > max(0.0, free):
                    hours.append((rides[o], longest, max(0.0, free)))
        return hours

    def _overload(
        self, rides: list[tuple[Literal, float]], longest: float, free: float, scale: float
    ) -> cp_model.IntVar:
        """What work beyond the fair hours costs, in units: work rounded down, fair hours up."""
        over = self.model.new_int_var(0, math.ceil(longest * scale), "")
        literals, units = [ride for ride, _ in rides], [math.floor(baht * scale) for _, baht in rides]
        self.model.add(cp_model.LinearExpr.weighted_sum(literals, units) - math.ceil(free * scale) <= over)
        return over
