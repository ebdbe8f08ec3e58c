"""What a plan costs by the prices of its problem, part by part, restated in plain Python without the optimizer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from models.clock import seconds
from models.plan import Cost, Plan, Stop, Tour
from models.problem import Problem

#: seconds by which a start may differ from the published one without counting as moved
MOVED_SECONDS = 30 * 60


def cost(problem: Problem, plan: Plan) -> Cost:
    """What ``plan`` costs, in baht, part by part."""
    prices = problem.prices
    km = problem.travel.km
    driven = officer_days = late = standing_in = 0.0
    minutes: defaultdict[str, float] = defaultdict(float)
    for tour in plan.tours:
        driven += sum(km[a][b] for a, b in legs(problem, tour)) * price_of_a_kilometre(problem, tour)
        officer_days += len(tour.crew) * prices.officer_day_for(tour.return_ - tour.depart)
        for officer in tour.crew:
            minutes[officer] += tour.worked
        for stop in tour.stops:
            visit = problem.visit_by_id[stop.visit]
            late += problem.late_workdays(visit, tour.date) * visit.priority
            counts = problem.today is None or tour.date >= problem.today
            standing_in += counts and plan.leads.get(visit.cooperative) not in tour.crew
    over = sum(
        max(0.0, minutes[officer.id] / 60 - officer.fair_hours)
        for officer in problem.officers
        if officer.fair_hours is not None
    )
    changed = sum(
        cooperative.current_lead is not None and plan.leads.get(cooperative.id, cooperative.current_lead)
        != cooperative.current_lead
        for cooperative in problem.cooperatives
    )  # fmt: skip
    return Cost.of(
        km=driven,
        officer_days=officer_days,
        car_days=len(plan.tours) * prices.car_day,
        late=late * prices.late_day,
        unplanned=sum(problem.visit_by_id[u.visit].priority for u in plan.unplanned) * prices.unplanned,
        stand_in=standing_in * prices.stand_in,
        overload=over * prices.overload_hour,
        lead_change=changed * prices.lead_change,
        moved=sum(price for _, price in moved(problem, plan)),
        crew_change=len(crew_changed(problem, plan)) * prices.crew_change,
    )


def price_of_a_kilometre(problem: Problem, tour: Tour) -> float:
    """Baht for a kilometre of ``tour``: that of its car where it has its own."""
    car = problem.car_of(tour)
    return problem.prices.km if car is None else car.km


def moved(problem: Problem, plan: Plan) -> list[tuple[str, float]]:
    """The published visits dated from ``today`` on that ``plan`` moves, each with its price in baht."""
    today, notice = problem.today, problem.notice_days
    result = []
    for visit, was, _, stays in _standing(problem, plan):
        if not stays:
            soon = today is not None and notice is not None and (was.date - today).days < notice
            result.append((visit, problem.prices.moved_at_short_notice if soon else problem.prices.moved))
    return result


def crew_changed(problem: Problem, plan: Plan) -> list[str]:
    """The published visits dated from ``today`` on that ``plan`` does not move, but makes with another crew."""
    return [
        visit
        for visit, was, now, stays in _standing(problem, plan)
        if stays and now is not None and set(now.crew) != set(was.crew)
    ]


def _standing(problem: Problem, plan: Plan) -> Iterator[tuple[str, Tour, Tour | None, bool]]:
    """Published visits from ``today`` on: (visit, its published tour, its tour now if any, whether it stays)."""
    if problem.published is None:
        return
    now = {stop.visit: (tour, stop.start) for tour in plan.tours for stop in tour.stops}
    for tour, visit, start in problem.published_stops():
        if problem.today is not None and tour.date < problem.today:
            continue
        new, new_start = now.get(visit, (None, start))
        cooperative = problem.visit_by_id[visit].cooperative
        stays = (
            new is not None
            and new.date == tour.date
            and abs(seconds(new_start) - seconds(start)) <= MOVED_SECONDS
            and answering(new, plan.leads.get(cooperative)) == answering(tour, problem.published.leads.get(cooperative))
        )
        yield visit, tour, new, stays


def answering(tour: Tour, lead: str | None) -> frozenset[str]:
    """Who the cooperative sees: the lead where he or she rides along, else the whole crew."""
    return frozenset([lead]) if lead is not None and lead in tour.crew else frozenset(tour.crew)


def legs(problem: Problem, tour: Tour) -> list[tuple[int, int]]:
    """The tour's drives as pairs of locations, from the office back to the office."""
    depot = problem.office_by_id[tour.office].location
    places = [depot, *(_location(problem, stop) for stop in tour.stops), depot]
    return list(pairwise(places))


def _location(problem: Problem, stop: Stop) -> int:
    return problem.cooperative_by_id[problem.visit_by_id[stop.visit].cooperative].location
