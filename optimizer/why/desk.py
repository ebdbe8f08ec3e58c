"""A finished plan with one visit taken out, ready to have it put back anywhere: who is free, which car, what it costs.

Everybody else stays: other visits keep their day, their tour, their order and, within half an hour, their hour; crews
keep their people. A crew loses only whom it had for the visit's sake.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property

from models.clock import ROUNDED
from models.costing import MOVED_MINUTES, Costing
from models.hours import ALL_DAY, Span, Spans
from models.plan import Cost, Plan, Tour, Unplanned
from models.problem import Officer, Problem, Visit
from models.repricing import Repricing
from models.rules import Roster
from models.rules.barred import riders
from models.rules.leads import first_to_lead
from models.rules.timing import Times, timings, tour_of


def times_of(
    problem: Problem, office: str, date: dt.date, visits: Sequence[str], near: dict[str, float], within: Span
) -> Times | None:
    """The times that cost least of a tour over ``visits`` in this order; None where no times fit.

    ``near``: visits that must start within half an hour of this time, pinned ones at it; ``within``: where the whole
    tour lies.
    """
    wanted = [problem.visit_by_id[id_] for id_ in visits]
    windows = [_windows(problem, visit, date, near) for visit in wanted]
    found = timings(problem.day, problem.drives(office, visits), [visit.minutes for visit in wanted], windows, within)
    prices = problem.prices
    return min(found, key=lambda times: (prices.officer_day_for(times.length), times.worked), default=None)


def _windows(problem: Problem, visit: Visit, date: dt.date, near: dict[str, float]) -> Spans:
    starts = problem.starts(visit, date)
    if visit.id not in near:
        return starts
    start = near[visit.id]
    give = ROUNDED if visit.id in (problem.pins or ()) else MOVED_MINUTES
    close = tuple((max(low, start - give), min(high, start + give)) for low, high in starts)
    return tuple((low, high) for low, high in close if low <= high) or ((start, start),)


class Desk:
    """The plan without ``visit``, and what is still free in it."""

    def __init__(
        self, problem: Problem, plan: Plan, visit: Visit, costing: Costing | None = None, roster: Roster | None = None
    ) -> None:
        """``costing`` and ``roster`` (of the plan) serve several desks; the roster only where the visit is left out."""
        self._costing = costing or Costing(problem)
        self.problem, self.whole, self.visit = problem, plan, visit
        self.cooperative = self.problem.cooperative_by_id[visit.cooperative]
        self.stood = next((t for t in plan.tours if any(stop.visit == visit.id for stop in t.stops)), None)
        self.plan = self._without()
        shared = roster if self.stood is None else None
        self.roster = shared or Roster.of(problem, self.plan)

    @property
    def lead(self) -> str | None:
        """Who answers for the cooperative; None where nobody is named yet."""
        return self.whole.leads.get(self.cooperative.id) or self.cooperative.lead

    def staff(self, office: str, date: dt.date, visits: Iterable[str]) -> list[Officer]:
        """Who of an office could ride to ``visits`` that day, those with the least overload first."""
        there = riders(self.roster, visits, date, self.problem.office_by_id[office])
        worked = self.roster.minutes_on_tours
        return sorted(there, key=lambda o: worked[o.id] - 60 * (1e6 if o.fair_hours is None else o.fair_hours))

    def with_tour(self, made: Tour, replaces: Tour | None) -> Plan:
        """The whole plan with the visit on ``made``, at its cost."""
        tours = [tour for tour in self.plan.tours if replaces is None or tour.id != replaces.id]
        return self._priced([*tours, made], self._leads(made))

    def cost_with(self, made: Tour, replaces: Tour | None) -> Cost:
        """What that plan costs."""
        return self._repricing.with_tour(made, replaces, self._leads(made))

    @cached_property
    def _repricing(self) -> Repricing:
        return Repricing(self.problem, self.plan, self._costing)

    def _leads(self, made: Tour) -> dict[str, str]:
        """The leads of the whole plan, with one for the visit's cooperative."""
        leads = dict(self.whole.leads)
        if self.cooperative.id not in leads:
            now = self.cooperative.current_lead
            lead = first_to_lead(self.cooperative, (now if now in made.crew else None, *made.crew))
            leads[self.cooperative.id] = lead or made.crew[0]
        return leads

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
        return bare.model_copy(update={"cost": self._costing.of(bare)})

    def _without(self) -> Plan:
        tours = [tour for tour in self.whole.tours if tour is not self.stood]
        leads = dict(self.whole.leads)
        if self.stood is not None:
            rest = self._thinned(self.stood)
            if rest is not None:
                tours.append(rest)
            own = {other.id for other in self.problem.visits_of[self.cooperative.id]}
            if not any(stop.visit in own for tour in tours for stop in tour.stops):
                leads.pop(self.cooperative.id, None)
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
        fewer = tour.model_copy(update={"crew": tuple(crew)})
        for span in together(self.problem, crew, tour.date):
            times = times_of(self.problem, tour.office, tour.date, visits, near, span)
            if times is not None:
                return tour_of(self.problem, times, visits, id_=tour.id, date=tour.date, office=tour.office,
                               car=tour.car, crew=crew)  # fmt: skip
        return fewer.model_copy(update={"stops": tuple(stop for stop in tour.stops if stop.visit != self.visit.id)})

    def _needed(self, officer: str, rest: Sequence[str], visits: Sequence[str]) -> bool:
        known = {topic for one in rest for topic in self.problem.officer_by_id[one].topics}
        for id_ in visits:
            visit = self.problem.visit_by_id[id_]
            leads = self.whole.leads.get(visit.cooperative) == officer
            if leads or not set(visit.topics or ()) <= known or len(rest) < visit.crew_size:
                return True
        return False


def together(problem: Problem, crew: Iterable[str], date: dt.date) -> list[Span]:
    """The stretches of ``date`` on which nobody of ``crew`` is busy: a tour of theirs lies within one."""
    spans = [ALL_DAY]
    for id_ in crew:
        spans = [
            (max(a, c), min(b, d))
            for a, b in spans
            for c, d in problem.officer_by_id[id_].free_on(date)
            if max(a, c) < min(b, d)
        ]
    return spans
