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
from optimizer.proving.candidates import Candidate, hours_matter
from optimizer.proving.cars import kinds_of_cars
from optimizer.stopping import Stopped

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

    def __init__(
        self, frame: Frame, tours: Sequence[Candidate], stop: Callable[[], bool], people: frozenset[int] | None = None
    ) -> None:
        """``people``: where given, the officers who may ride on tours whose crew is free; then nobody is alike."""
        self.frame, self.inst, self.tours, self.people = frame, frame.instance, tours, people
        self.model = cp_model.CpModel()
        #: by cooperative: the officers barred from it
        self.barred = [set(np.flatnonzero(row).tolist()) for row in self.inst.barred]
        self.runs = [self.model.new_bool_var("") for _ in tours]
        #: (tour, officer): rides along
        self.rides: dict[tuple[int, int], Literal] = {}
        #: (tour, kind of car): takes one
        self.takes: dict[tuple[int, int], Literal] = {}
        self.kinds = kinds_of_cars(self.inst)
        self._sums: dict[tuple[str, int, int], Literal] = {}
        self._baht: defaultdict[int, float] = defaultdict(float)
        self._priced: dict[int, Literal] = {}
        self.constant = 0.0
        self._stop = stop
        #: by visit: the rides of each officer who may ride on its tour
        self._aboard: defaultdict[int, defaultdict[int, list[Literal]]] = defaultdict(lambda: defaultdict(list))
        self._index()
        for rule in (
            self._cars, self._crews, self._visits, self._one_tour_a_day, self._weeks, self._gaps, self._rhythms,
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
        for t, tour in enumerate(self.tours):
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
        return self._sum("kept", v, 0, [self.runs[t] for t in self.of_visit[v] if v in self.tours[t].timed.kept])

    def aboard(self, v: int, officer: int) -> Literal:
        """Whether the officer rides on the tour of the visit."""
        return self._sum("aboard", v, officer, self._aboard[v].get(officer, []))

    def riders(self, v: int) -> list[int]:
        """The officers who may ride on the tour of the visit."""
        return sorted(self._aboard[v])

    def pay(self, literal: Literal, baht: float) -> None:
        """Add ``baht`` to the cost where ``literal`` is true."""
        self._priced[literal.index] = literal
        self._baht[literal.index] += baht

    # -- the rules ----------------------------------------------------------------------------------------------

    def _cars(self) -> None:
        """Each tour in a car of some kind that takes its load; no more of a kind on a day than there are."""
        taken: defaultdict[tuple[int, int, int], list[Literal]] = defaultdict(list)
        for t, tour in enumerate(self.tours):
            some = self.kinds[tour.office, tour.day]
            load = float(self.inst.load[list(tour.stops)].sum())
            able = [kind for kind in some.values() if load <= kind.capacity and kind.seats >= self._least(tour)]
            for kind in able:
                self.takes[t, kind.number] = self.runs[t] if len(able) == 1 else self.model.new_bool_var("")
                taken[tour.office, tour.day, kind.number].append(self.takes[t, kind.number])
            if len(able) != 1:
                self.model.add(sum(self.takes[t, kind.number] for kind in able) == self.runs[t])
        for (office, day, number), takes in taken.items():
            self.model.add(sum(takes) <= self.kinds[office, day][number].count)

    def _seats(self, t: int, tour: Candidate) -> tuple[int, cp_model.LinearExprT]:
        """The fewest seats of a car that the tour could take, and the seats of the one that it takes."""
        some = self.kinds[tour.office, tour.day]
        able = {k: kind.seats for k, kind in some.items() if (t, k) in self.takes}
        if len(set(able.values())) < 2:
            seats = min(able.values(), default=0)
            return seats, seats * self.runs[t]
        return min(able.values()), sum(seats * self.takes[t, k] for k, seats in able.items())

    def _crews(self) -> None:
        """As many officers of the office as the visits ask for and the car seats, free meanwhile and not barred, with
        every topic; the pinned crew where one is.
        """
        model = self.model
        for t, tour in enumerate(self.tours):
            if t % PIECE == 0:
                self._look()
            people = self._people(tour)
            fewest, seats = self._seats(t, tour)
            if tour.crew is not None:
                people = sorted(tour.crew) if tour.crew <= set(people) else []
            if len(people) < self._least(tour):
                model.add(self.runs[t] == 0)
                continue
            for o in people:
                if len(people) == 1 or tour.crew is not None:
                    self.rides[t, o] = self.runs[t]
                else:
                    self.rides[t, o] = model.new_bool_var("")
                    model.add_implication(self.rides[t, o], self.runs[t])
            rides = [self.rides[t, o] for o in people]
            for v in tour.stops:
                for o, ride in zip(people, rides, strict=True):
                    self._aboard[v][o].append(ride)
            if len(people) > fewest:
                model.add(sum(rides) <= seats)
            if len(people) > 1 and tour.crew is None:
                model.add_bool_or([*rides, ~self.runs[t]])
                if self._least(tour) > 1:
                    model.add(sum(rides) >= self._least(tour) * self.runs[t])
            self._topics(t, tour, people)

    def _people(self, tour: Candidate) -> list[int]:
        """The officers who might ride on the tour."""
        inst = self.inst
        week = inst.week[tour.day]
        free = (inst.base == tour.office) & (inst.there[:, tour.day] == 1)
        kept_away = {o for v in tour.stops for o in self.barred[int(inst.cooperative[v])]} | tour.timed.busy
        if self.people is not None and tour.crew is None:
            free = free & np.isin(np.arange(len(free)), list(self.people))
        return [int(o) for o in np.flatnonzero(free) if o not in kept_away and self._left(int(o), int(week)) > 0]

    def _least(self, tour: Candidate) -> int:
        """Officers who ride at least: one, or as many as the visits ask for."""
        return max(1, int(self.inst.least_crew[list(tour.stops)].max()))

    def _left(self, officer: int, week: int) -> int:
        """The tours that history leaves the officer in the week."""
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
            late = sum(float(inst.late[v, tour.day] - inst.leave_out[v]) for v in tour.stops)
            self.pay(self.runs[t], inst.car_day + late)
        for (t, number), takes in self.takes.items():
            tour = self.tours[t]
            self.pay(takes, tour.timed.km * self.kinds[tour.office, tour.day][number].baht)
        for (t, _), ride in self.rides.items():
            self.pay(ride, self.tours[t].timed.pay)

    def _alike(self) -> None:
        """Officers who differ in nothing: the first rides on no fewer tours than the next."""
        rides: defaultdict[int, list[Literal]] = defaultdict(list)
        for (_, o), ride in self.rides.items():
            rides[o].append(ride)
        for group in alike(self.frame) if self.people is None else ():
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
            baht = self.tours[t].timed.work * inst.overload
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
