"""A finished plan with one visit taken out, ready to have it put back anywhere: who is free, which car, what it costs.

Everybody else stays: other visits keep their day, their tour, their order and, within half an hour, their hour; crews
keep their people. A crew loses only whom it had for the visit's sake.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from models.plan import Plan, Stop, Tour, Unplanned
from models.problem import Officer, Problem, Visit
from models.referee import MOVED_SECONDS, cost
from optimizer.instance import Frame, frame
from optimizer.search.handles import instance_handle
from optimizer.search.state import new_state
from optimizer.search.timing import scratch_times, timetable

_HALF_HOUR = MOVED_SECONDS / 60


class Clockwork:
    """Times of tours by the compiled timetable of a problem; built once, used for many visits."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._frame: Frame = frame(problem)
        inst = self._frame.instance
        state = new_state(inst)
        self._handle = instance_handle(inst)
        self._opens, self._closes = np.copy(state.opens), np.copy(state.closes)
        self._index = {visit.id: number for number, visit in enumerate(problem.visits)}
        self._offices = {office.id: number for number, office in enumerate(problem.offices)}
        # a plan may hold longer tours than the search would make
        self._most = max(inst.most_stops, 40)
        self._times = scratch_times(self._most)

    def timed(
        self, id_: str, date: dt.date, office: str, crew: Sequence[str], visits: Sequence[str], near: dict[str, float]
    ) -> Tour | None:
        """The tour with least work, in whole seconds; None where no times fit.

        ``near``: visits that must start within half an hour of this time, pinned ones at it.
        """
        if not visits or len(visits) > self._most:
            return None
        opens, closes = np.copy(self._opens), np.copy(self._closes)
        pins = set(self.problem.pins or ())
        for visit, start in near.items():
            give = 0.0 if visit in pins else _HALF_HOUR
            v = self._index[visit]
            opens[v], closes[v] = max(opens[v], start - give), min(closes[v], start + give)
            if opens[v] > closes[v]:
                opens[v] = closes[v] = start
        rows = np.array([self._index[visit] for visit in visits], np.int64)
        times = self._times
        if math.isinf(timetable(self._handle, self._offices[office], rows, len(rows), opens, closes, times)):
            return None
        stops = []
        for i, visit in enumerate(visits):
            start = _second(times[4 + 2 * i])
            end = _second(times[4 + 2 * i] + self.problem.visit_by_id[visit].minutes)
            stops.append(Stop(visit=visit, arrive=min(_second(times[3 + 2 * i]), start), start=start, end=end))
        rest = self.problem.day.break_minutes or 0.0
        parts = {
            "id": id_,
            "date": date,
            "office": office,
            "crew": tuple(crew),
            "depart": _second(times[0]),
            "return": _second(times[1]),
            "break": (_second(times[2]), _second(times[2] + rest)) if times[2] >= 0 else None,
            "stops": tuple(stops),
        }
        return Tour.model_validate(parts)


def _second(minutes: float) -> float:
    return round(float(minutes) * 60) / 60


class Desk:
    """The plan without ``visit``, and what is still free in it."""

    def __init__(self, clockwork: Clockwork, plan: Plan, visit: Visit) -> None:
        self.clockwork, self.problem, self.whole, self.visit = clockwork, clockwork.problem, plan, visit
        self.host = self.problem.cooperative_by_id[visit.cooperative]
        self.stood = next((t for t in plan.tours if any(stop.visit == visit.id for stop in t.stops)), None)
        self.plan = self._without()
        self.on = {(officer, tour.date) for tour in self.plan.tours for officer in tour.crew}
        self.weeks = Counter((o, tour.date.isocalendar()[:2]) for tour in self.plan.tours for o in tour.crew)
        self.cars = Counter((tour.office, tour.date) for tour in self.plan.tours)
        self.worked: defaultdict[str, float] = defaultdict(float)
        for tour in self.plan.tours:
            for officer in tour.crew:
                self.worked[officer] += tour.worked
        own = {other.id: other for other in self.problem.visits_of[self.host.id] if other.id != visit.id}
        self.siblings = [
            (own[stop.visit], tour.date) for tour in self.plan.tours for stop in tour.stops if stop.visit in own
        ]
        self.met = Counter(
            (self.problem.visit_by_id[stop.visit].partner, tour.date)
            for tour in self.plan.tours
            if self.problem.today is None or tour.date >= self.problem.today
            for stop in tour.stops
        )

    @property
    def lead(self) -> str | None:
        """Who answers for the cooperative; None where nobody is named yet."""
        return self.whole.leads.get(self.host.id) or self.host.lead

    def free(self, officer: Officer, date: dt.date) -> bool:
        """Whether the officer could join a tour that day."""
        limit = officer.max_days_per_week
        return (
            date not in (officer.absent or ())
            and (officer.id, date) not in self.on
            and (limit is None or self.weeks[officer.id, date.isocalendar()[:2]] < limit)
        )

    def staff(self, office: str, date: dt.date) -> list[Officer]:
        """The officers of an office who are free that day, those with the least overload first."""
        there = [o for o in self.problem.officers if o.office == office and self.free(o, date)]
        return sorted(there, key=lambda o: self.worked[o.id] - 60 * (1e6 if o.fair_hours is None else o.fair_hours))

    def with_tour(self, made: Tour, replaces: Tour | None) -> Plan:
        """The whole plan with the visit on ``made``, at its cost."""
        tours = [tour for tour in self.plan.tours if replaces is None or tour.id != replaces.id]
        leads = dict(self.whole.leads)
        if self.host.id not in leads:
            now = self.host.current_lead
            leads[self.host.id] = self.host.lead or (now if now in made.crew and now is not None else made.crew[0])
        return self._priced([*tours, made], leads)

    def _priced(self, tours: Iterable[Tour], leads: dict[str, str]) -> Plan:
        reasons = {left.visit: left for left in self.whole.unplanned}
        tours = tuple(sorted(tours, key=lambda tour: (tour.date, tour.depart, tour.id)))
        planned = {stop.visit for tour in tours for stop in tour.stops}
        left = tuple(
            reasons.get(visit.id) or Unplanned(visit=visit.id, reason="taken-out: it was taken out.")
            for visit in self.problem.visits
            if visit.id not in planned
        )
        bare = self.whole.model_copy(
            update={"tours": tours, "leads": leads, "unplanned": left, "lower_bound": None, "status": "feasible"}
        )
        return bare.model_copy(update={"cost": cost(self.problem, bare)})

    def _without(self) -> Plan:
        tours = [tour for tour in self.whole.tours if tour is not self.stood]
        leads = dict(self.whole.leads)
        if self.stood is not None:
            rest = self._thinned(self.stood)
            if rest is not None:
                tours.append(rest)
            own = {other.id for other in self.problem.visits_of[self.host.id]}
            if not any(stop.visit in own for tour in tours for stop in tour.stops):
                leads.pop(self.host.id, None)
        return self._priced(tours, leads)

    def _thinned(self, tour: Tour) -> Tour | None:
        """The tour without the visit and without those whom only the visit needed; None where nothing is left."""
        visits = [stop.visit for stop in tour.stops if stop.visit != self.visit.id]
        near = {stop.visit: stop.start for stop in tour.stops if stop.visit != self.visit.id}
        if not visits:
            return None
        crew = list(tour.crew)
        if not set(visits) & set(self.problem.pins or ()):
            for officer in tour.crew:
                rest = [one for one in crew if one != officer]
                if rest and not self._needed(officer, rest, visits):
                    crew = rest
        return self.clockwork.timed(tour.id, tour.date, tour.office, crew, visits, near) or tour.model_copy(
            update={"stops": tuple(stop for stop in tour.stops if stop.visit != self.visit.id), "crew": tuple(crew)}
        )

    def _needed(self, officer: str, rest: Sequence[str], visits: Sequence[str]) -> bool:
        known = {topic for one in rest for topic in self.problem.officer_by_id[one].topics}
        for id_ in visits:
            visit = self.problem.visit_by_id[id_]
            if self.whole.leads.get(visit.cooperative) == officer or not set(visit.topics or ()) <= known:
                return True
        return False
