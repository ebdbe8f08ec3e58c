"""Nothing shifts without need: a mended plan gets back the published times of whatever its tours still have.

The search times tours by least work. People already act on the published plan, so a start that could have stayed for
the same money, or a departure, is put back to where it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from models.costing import cost
from models.plan import Plan, Tour
from models.problem import Problem
from models.referee import violations
from optimizer.moving.layout import Outline, Wishes, laid_out

_SATANG = 0.005


def settled(problem: Problem, plan: Plan, *, at_any_price: bool = False) -> Plan:
    """The plan with published times wherever they keep every rule, and cost no more or are wanted ``at_any_price``."""
    published, today = problem.published, problem.today
    if published is None:
        return plan
    ahead = {tour.id for tour in plan.tours if today is None or tour.date >= today}
    starts = {stop.visit: (tour.date, stop.start) for tour in published.tours for stop in tour.stops}
    stood = {_what(tour): tour for tour in published.tours}
    wanted: dict[str, Tour] = {}
    for tour in plan.tours:
        if tour.id in ahead:
            made = _as_it_stood(tour, stood) or _near(problem, tour, starts)
            if made is not None and made != tour:
                wanted[tour.id] = made
    whole = _with(plan, wanted)
    if not wanted or _as_good(problem, plan, whole, at_any_price):
        return whole
    for id_, made in wanted.items():
        one = _with(plan, {id_: made})
        if _as_good(problem, plan, one, at_any_price):
            plan = one
    return plan


def _what(tour: Tour) -> tuple[object, ...]:
    """All of a tour but its id and its times."""
    return tour.date, tour.office, tour.car, frozenset(tour.crew), tuple(stop.visit for stop in tour.stops)


def _as_it_stood(tour: Tour, stood: dict[tuple[object, ...], Tour]) -> Tour | None:
    was = stood.get(_what(tour))
    return None if was is None else was.model_copy(update={"id": tour.id, "crew": tour.crew})


def _near(problem: Problem, tour: Tour, starts: Mapping[str, tuple[dt.date, float]]) -> Tour | None:
    """The tour with the published starts of those visits that stay on their day; None where that breaks a rule."""
    visits = tuple(stop.visit for stop in tour.stops)
    near = {id_: starts[id_][1] for id_ in visits if id_ in starts and starts[id_][0] == tour.date}
    if not near or all(abs(stop.start - near.get(stop.visit, stop.start)) < 1 / 60 for stop in tour.stops):
        return None
    outline = Outline(tour.id, tour.date, tour.office, tour.crew, tour.car, visits)
    others = {stop.visit: stop.start for stop in tour.stops} | near
    laid = laid_out(problem, outline, Wishes(others, {}))
    return laid.tour if laid.burden[0] == 0 else None


def _with(plan: Plan, made: dict[str, Tour]) -> Plan:
    tours: Iterable[Tour] = (made.get(tour.id, tour) for tour in plan.tours)
    return plan.model_copy(update={"tours": tuple(sorted(tours, key=lambda tour: (tour.date, tour.depart, tour.id)))})


def _as_good(problem: Problem, plan: Plan, other: Plan, at_any_price: bool) -> bool:
    """Whether the other plan keeps every rule that the plan keeps, and costs no more where that matters."""
    priced = other.model_copy(update={"cost": cost(problem, other)})
    dearer = priced.cost.total > cost(problem, plan).total + _SATANG
    return (at_any_price or not dearer) and not violations(problem, priced)
