"""Risk: what a week without an officer would cost, and who would best stand in for each lead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from models import given
from models.changes import Absence
from models.isoweeks import Week
from models.plan import Plan
from models.problem import Officer, Problem
from models.referee import cost
from models.rules.barred import barred_from
from models.rules.roster import Roster
from optimizer.params import Params
from optimizer.replanning.disturbing import disturbed
from optimizer.replanning.proposing import Mending
from optimizer.why.capacity import weeks_of


@dataclass(frozen=True, slots=True)
class Risk:
    """One officer away for one week, mended with the least disruption.

    ``moved``: visits that move; ``lost``: visits that can no longer be planned; ``late``: workdays of lateness more,
    summed; ``km`` and ``baht`` more than the plan that stood (moves not counted). Pins of visits to which the officer
    was to ride that week bind no longer.
    """

    officer: str
    week: Week
    moved: int
    lost: int
    late: int
    km: float
    baht: float


def risks(
    problem: Problem,
    plan: Plan,
    officers: Iterable[str] | None = None,
    *,
    seconds: float = 0.3,
    params: Params | None = None,
    on_done: Callable[[Risk], None] | None = None,
) -> list[Risk]:
    """The risk of each officer and week in which he or she is on a tour, the dearest first; ``seconds`` for each.

    Raises:
        InvalidInput: ``seconds`` cannot be.
    """
    seconds = given.seconds(seconds)
    found = []
    weeks = weeks_of(problem)
    for officer in officers if officers is not None else [one.id for one in problem.officers]:
        for week, days in weeks.items():
            if any(officer in tour.crew and tour.date in days for tour in plan.tours):
                risk = _risk(problem, plan, officer, week, days, seconds, params)
                found.append(risk)
                if on_done is not None:
                    on_done(risk)
    return sorted(found, key=lambda risk: (-risk.lost, -risk.baht, risk.officer, risk.week))


def _risk(
    problem: Problem, plan: Plan, officer: str, week: Week, days: list[dt.date], seconds: float, params: Params | None
) -> Risk:
    rides = {stop.visit for tour in plan.tours if officer in tour.crew and tour.date in days for stop in tour.stops}
    free = problem.changed(pins=tuple(pin for pin in problem.pins or () if pin not in rides) or None)
    state = disturbed(free, plan, [Absence(officer, days[0], days[-1])], today=problem.today or problem.workdays[0])
    least = Mending(state, params).least_disruption(seconds, rounds=1)
    stood = cost(state.problem, plan)
    return Risk(
        officer=officer,
        week=week,
        moved=len(least.moves),
        lost=len(least.lost),
        late=_late(problem, least.plan) - _late(problem, plan),
        km=_kilometres(problem, least.plan) - _kilometres(problem, plan),
        baht=least.running - stood.total,
    )


def _kilometres(problem: Problem, plan: Plan) -> float:
    return sum(problem.kilometres(tour.office, (stop.visit for stop in tour.stops)) for tour in plan.tours)


def _late(problem: Problem, plan: Plan) -> int:
    return sum(
        problem.late_workdays(problem.visit_by_id[stop.visit], tour.date) for tour in plan.tours for stop in tour.stops
    )


def deputies(problem: Problem, plan: Plan) -> dict[str, str | None]:
    """For each cooperative with a lead the officer who could best stand in; None where its office has no other.

    Best is who knows most of its visits' topics, then who is there on most of its planned days, then who has the
    least work.
    """
    roster = Roster.of(problem, plan)
    return {cooperative: _deputy(roster, cooperative, lead) for cooperative, lead in plan.leads.items()}


def _deputy(roster: Roster, cooperative: str, lead: str) -> str | None:
    problem, visits = roster.problem, roster.problem.visits_of[cooperative]
    topics = [topic for visit in visits for topic in visit.topics or ()]
    days = [roster.date_of[visit.id] for visit in visits if visit.id in roster.date_of]
    barred = barred_from(problem, [visit.id for visit in visits])

    def rank(one: Officer) -> tuple[int, int, float, str]:
        known = sum(topic in one.topics for topic in topics)
        there = sum(not one.is_absent(day) and not roster.is_on_tour(one.id, day) for day in days)
        return -known, -there, roster.minutes_on_tours[one.id], one.id

    people = roster.people(problem.officer_by_id[lead].office)
    best = min((one for one in people if one.id != lead and one.id not in barred), key=rank, default=None)
    return best.id if best else None
