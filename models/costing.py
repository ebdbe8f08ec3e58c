"""What a plan costs by the prices of its problem, part by part, restated in plain Python without the optimizer."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from models.clock import seconds
from models.plan import Cost, Plan, Tour
from models.problem import Problem

#: seconds by which a start may differ from the published one without counting as moved
MOVED_SECONDS = 30 * 60
#: the same in minutes
MOVED_MINUTES = MOVED_SECONDS / 60


def cost(problem: Problem, plan: Plan) -> Cost:
    """What ``plan`` costs, in baht, part by part."""
    return Costing(problem).of(plan)


@dataclass(frozen=True, slots=True)
class Share:
    """What a tour adds: baht for kilometres and officer days, workdays late times priority, and minutes of work."""

    km: float
    officer_days: float
    late: float
    worked: float


class Costing:
    """Costs of plans of one problem; what a tour adds is worked out once, for plans that have most tours in common."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._shares: dict[int, tuple[Tour, Share]] = {}

    def of(self, plan: Plan) -> Cost:
        """What ``plan`` costs, in baht, part by part."""
        problem, prices = self.problem, self.problem.prices
        shares = [self.share(tour) for tour in plan.tours]
        minutes: defaultdict[str, float] = defaultdict(float)
        for tour, share in zip(plan.tours, shares, strict=True):
            for officer in tour.crew:
                minutes[officer] += share.worked
        return Cost.of(
            km=sum(share.km for share in shares),
            officer_days=sum(share.officer_days for share in shares),
            car_days=len(plan.tours) * prices.car_day,
            late=sum(share.late for share in shares) * prices.late_day,
            unplanned=sum(problem.visit_by_id[u.visit].priority for u in plan.unplanned) * prices.unplanned,
            stand_in=sum(len(stand_ins(problem, tour, plan.leads)) for tour in plan.tours) * prices.stand_in,
            overload=_overload(problem, minutes) * prices.overload_hour,
            lead_change=len(lead_changes(problem, plan)) * prices.lead_change,
            moved=sum(price for _, price in moved(problem, plan)),
            crew_change=len(crew_changed(problem, plan)) * prices.crew_change,
        )

    def share(self, tour: Tour) -> Share:
        """What a tour adds."""
        if id(tour) not in self._shares:  # the tour is kept, so that no other one gets its id
            self._shares[id(tour)] = tour, self._worked_out(tour)
        return self._shares[id(tour)][1]

    def _worked_out(self, tour: Tour) -> Share:
        problem = self.problem
        visits = [problem.visit_by_id[stop.visit] for stop in tour.stops]
        return Share(
            km=kilometres(problem, tour) * price_of_a_kilometre(problem, tour),
            officer_days=len(tour.crew) * problem.prices.officer_day_for(tour.return_ - tour.depart),
            late=sum(problem.late_workdays(visit, tour.date) * visit.priority for visit in visits),
            worked=tour.worked,
        )


def stand_ins(problem: Problem, tour: Tour, leads: Mapping[str, str]) -> list[str]:
    """The visits of ``tour`` whose crew lacks the lead of their cooperative, by ``leads``; none of a past tour."""
    if problem.is_past(tour.date):
        return []
    visits = problem.visit_by_id
    return [stop.visit for stop in tour.stops if leads.get(visits[stop.visit].cooperative) not in tour.crew]


def _overload(problem: Problem, minutes: Mapping[str, float]) -> float:
    """Hours on tours above the fair share, summed over officers."""
    return sum(
        max(0.0, minutes.get(officer.id, 0.0) / 60 - officer.fair_hours)
        for officer in problem.officers
        if officer.fair_hours is not None
    )


def lead_changes(problem: Problem, plan: Plan) -> list[str]:
    """The cooperatives whose lead is not the current one; not those that had none, or that the plan leaves without."""
    return [
        cooperative.id
        for cooperative in problem.cooperatives
        if cooperative.current_lead is not None
        and plan.leads.get(cooperative.id, cooperative.current_lead) != cooperative.current_lead
    ]


def price_of_a_kilometre(problem: Problem, tour: Tour) -> float:
    """Baht for a kilometre of ``tour``: that of its car where it has its own."""
    car = problem.car_of(tour)
    return problem.prices.km if car is None else car.km


def moved(problem: Problem, plan: Plan) -> list[tuple[str, float]]:
    """The published visits dated from ``today`` on that ``plan`` moves, each with its price in baht."""
    return [(visit, price_of_moving(problem, was)) for visit, was, _, stands in _standing(problem, plan) if not stands]


def price_of_moving(problem: Problem, was: Tour) -> float:
    """Baht for moving a visit of a published tour: more at short notice."""
    return problem.prices.moved_at_short_notice if is_soon(problem, was.date) else problem.prices.moved


def is_soon(problem: Problem, date: dt.date) -> bool:
    """Whether moving what stands on ``date`` is at short notice: within ``notice_days`` from ``today`` on."""
    today, notice = problem.today, problem.notice_days
    return today is not None and notice is not None and (date - today).days < notice


def crew_changed(problem: Problem, plan: Plan) -> list[str]:
    """The published visits dated from ``today`` on that ``plan`` does not move, but makes with another crew."""
    return [
        visit
        for visit, was, now, stands in _standing(problem, plan)
        if stands and now is not None and set(now.crew) != set(was.crew)
    ]


def _standing(problem: Problem, plan: Plan) -> Iterator[tuple[str, Tour, Tour | None, bool]]:
    """Published visits from ``today`` on: (visit, its published tour, its tour now if any, whether it stays)."""
    if problem.published is None:
        return
    now = {stop.visit: (tour, stop.start) for tour in plan.tours for stop in tour.stops}
    for tour, visit, start in problem.published_stops():
        if not problem.is_past(tour.date):
            new, new_start = now.get(visit, (None, start))
            lead = plan.leads.get(problem.visit_by_id[visit].cooperative)
            yield visit, tour, new, stays(problem, visit, (tour, start), (new, new_start), lead)


def stays(
    problem: Problem, visit: str, was: tuple[Tour, float], now: tuple[Tour | None, float], lead: str | None
) -> bool:
    """Whether a published visit is not moved: its tour and start as published, those now, and its lead now."""
    tour, start = was
    new, new_start = now
    assert problem.published is not None
    before = problem.published.leads.get(problem.visit_by_id[visit].cooperative)
    return (
        new is not None
        and new.date == tour.date
        and is_near(new_start, start)
        and answering(new.crew, lead) == answering(tour.crew, before)
    )


def is_near(start: float, was: float) -> bool:
    """Whether a start is near enough to the one that was told not to count as moved."""
    return abs(seconds(start) - seconds(was)) <= MOVED_SECONDS


def answering(crew: Collection[str], lead: str | None) -> frozenset[str]:
    """Who the cooperative sees: the lead where he or she rides along, else the whole crew."""
    return frozenset([lead]) if lead is not None and lead in crew else frozenset(crew)


def legs(problem: Problem, tour: Tour) -> list[tuple[int, int]]:
    """The tour's drives as pairs of locations, from the office back to the office."""
    return problem.legs(tour.office, (stop.visit for stop in tour.stops))


def kilometres(problem: Problem, tour: Tour) -> float:
    """How far a tour drives."""
    return problem.kilometres(tour.office, (stop.visit for stop in tour.stops))
