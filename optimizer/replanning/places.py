"""Where visits stand in a plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.plan import Plan
from models.problem import Problem


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visit stands: its day, its start (minutes since midnight), its crew, its cooperative's lead, and
    its car where cars have names."""

    date: dt.date
    start: float
    crew: tuple[str, ...]
    lead: str | None
    car: str | None = None


def places(plan: Plan, problem: Problem) -> dict[str, Place]:
    """Where each planned visit stands."""
    return {
        stop.visit: Place(
            tour.date, stop.start, tour.crew, plan.leads.get(problem.visit_by_id[stop.visit].cooperative), tour.car
        )
        for tour in plan.tours
        for stop in tour.stops
    }
