"""What a plan costs with one tour more, or with one in the place of another, without counting all the others again.

A plan of thousands of visits has as many places for one more as it has tours; each gets its price by this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from models.costing import Costing, price_of_moving, stand_ins, stays
from models.plan import COST_PARTS, Cost, Plan, Tour
from models.problem import Problem


class Repricing:
    """The cost of one plan, and of those that differ from it by a tour that takes in visits it leaves out."""

    def __init__(self, problem: Problem, plan: Plan, costing: Costing) -> None:
        """``plan`` has its cost; ``costing`` is of ``problem``."""
        self.problem, self.plan, self._costing = problem, plan, costing
        minutes: defaultdict[str, float] = defaultdict(float)
        for tour in plan.tours:
            for officer in tour.crew:
                minutes[officer] += costing.share(tour).worked
        self._minutes: Mapping[str, float] = minutes
        self._was = {
            visit: (tour, start)
            for tour, visit, start in (problem.published_stops() if problem.published else ())
            if not problem.is_past(tour.date)
        }

    def with_tour(self, made: Tour, replaces: Tour | None, leads: Mapping[str, str]) -> Cost:
        """The cost with the tour ``made``, perhaps in the place of one, and with these leads, one of them perhaps new.

        ``made`` has every visit of the tour that it replaces; a lead that is new is that of a visit which only ``made``
        has.
        """
        prices, before = self.problem.prices, self.plan.leads
        new, old = self._costing.share(made), None if replaces is None else self._costing.share(replaces)
        without_lead = 0 if replaces is None else len(stand_ins(self.problem, replaces, before))
        more = dict.fromkeys(COST_PARTS, 0.0)
        more["km"] = new.km - (old.km if old else 0.0)
        more["officer_days"] = new.officer_days - (old.officer_days if old else 0.0)
        more["car_days"] = 0.0 if old else prices.car_day
        more["late"] = (new.late - (old.late if old else 0.0)) * prices.late_day
        more["unplanned"] = -self._taken_in(made, replaces) * prices.unplanned
        more["stand_in"] = (len(stand_ins(self.problem, made, leads)) - without_lead) * prices.stand_in
        more["overload"] = self._overload(made, replaces) * prices.overload_hour
        more["lead_change"] = self._lead_changes(made, leads) * prices.lead_change
        moved, recrewed = self._disturbed(made, made, leads)
        moved_before, recrewed_before = self._disturbed(made, replaces, before)
        more["moved"] = moved - moved_before
        more["crew_change"] = (recrewed - recrewed_before) * prices.crew_change
        return Cost.of(**{part: getattr(self.plan.cost, part) + baht for part, baht in more.items()})

    def _taken_in(self, made: Tour, replaces: Tour | None) -> int:
        """The priorities of visits that are new in the plan."""
        known = {stop.visit for stop in replaces.stops} if replaces else set()
        visits = self.problem.visit_by_id
        return sum(visits[stop.visit].priority for stop in made.stops if stop.visit not in known)

    def _overload(self, made: Tour, replaces: Tour | None) -> float:
        """Hours above the fair share that come of the change."""
        change: defaultdict[str, float] = defaultdict(float)
        for tour, sign in ((made, 1), (replaces, -1)):
            for officer in tour.crew if tour else ():
                change[officer] += sign * self._costing.share(tour).worked if tour else 0.0
        more = 0.0
        for id_, minutes in change.items():
            fair, now = self.problem.officer_by_id[id_].fair_hours, self._minutes.get(id_, 0.0)
            if fair is not None:
                more += max(0.0, (now + minutes) / 60 - fair) - max(0.0, now / 60 - fair)
        return more

    def _lead_changes(self, made: Tour, leads: Mapping[str, str]) -> int:
        """Leads that are new and not the current ones."""
        problem = self.problem
        cooperatives = {problem.visit_by_id[stop.visit].cooperative for stop in made.stops}
        return sum(
            (current := problem.cooperative_by_id[id_].current_lead) is not None and leads[id_] != current
            for id_ in cooperatives
            if id_ in leads and id_ not in self.plan.leads
        )

    def _disturbed(self, of: Tour, tour: Tour | None, leads: Mapping[str, str]) -> tuple[float, int]:
        """Of the published visits of a tour ``of``: baht for those moved where they are on ``tour``, and how many have
        another crew there."""
        starts = {stop.visit: stop.start for stop in tour.stops} if tour else {}
        moved, recrewed = 0.0, 0
        for visit in (stop.visit for stop in of.stops if stop.visit in self._was):
            was, start = self._was[visit]
            now = tour if visit in starts else None
            lead = leads.get(self.problem.visit_by_id[visit].cooperative)
            if not stays(self.problem, visit, (was, start), (now, starts.get(visit, start)), lead):
                moved += price_of_moving(self.problem, was)
            elif now is not None and set(now.crew) != set(was.crew):
                recrewed += 1
        return moved, recrewed
