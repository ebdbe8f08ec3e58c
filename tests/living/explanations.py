"""Every late or missing visit of a plan explained, and each remedy planned again from nothing."""

from __future__ import annotations

import time
from random import Random
from typing import Any

from models.plan import Plan
from models.problem import Problem, Visit
from models.referee import violations
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import TimeLimit
from optimizer.why.explaining import explain
from optimizer.why.remedies import Remedy
from optimizer.why.slots import Slots

#: verdicts that say that no plan at all does better
NEVER = ("impossible", "late-in-every-plan")


def measure(
    problem: Problem, plan: Plan, *, seconds: float, again: float, params: Params, most: int | None = None
) -> dict[str, Any]:
    """The figures: ``seconds`` of search for each change tried, ``again`` to plan each remedy from nothing: seconds of
    counted steps, so that a slow machine calls no remedy wrong.

    ``most``: so many visits at most, those left out first.
    """
    slots = Slots(problem, plan)
    wrong: list[str] = []
    verdicts: dict[str, int] = {}
    taken, remedies = [], 0
    days = [_days(slots, visit) for visit in Random(1).sample(problem.visits, min(20, len(problem.visits)))]
    for visit in matters(problem, plan)[:most]:
        wanted = problem.visit_by_id[visit]
        began = time.monotonic()
        found = explain(problem, plan, wanted, slots=slots, seconds=seconds, params=params)
        taken.append(time.monotonic() - began)
        verdicts[found.verdict.code] = verdicts.get(found.verdict.code, 0) + 1
        if found.verdict.code in NEVER and not found.proven:
            wrong.append(f"{visit}: {found.verdict.code} is not proven")
        for remedy in found.remedies:
            remedies += 1
            wrong += [f"{visit}: {fault}" for fault in faults(problem, plan, visit, remedy, again, params)]
    return {
        "visits": len(taken),
        "verdicts": verdicts,
        "remedies": remedies,
        "slowest_s": round(max(taken, default=0.0), 2),
        "days_for_a_visit_slowest_s": round(max(days), 2),
        "wrong": wrong,
    }


def _days(slots: Slots, visit: Visit) -> float:
    """Seconds for all days that suit one visit, with their prices."""
    began = time.monotonic()
    slots.days(visit)
    return time.monotonic() - began


def matters(problem: Problem, plan: Plan) -> list[str]:
    """Visits left out, then those that are late."""
    late = [
        stop.visit
        for tour in plan.tours
        for stop in tour.stops
        if problem.late_workdays(problem.visit_by_id[stop.visit], tour.date)
    ]
    return [left.visit for left in plan.unplanned] + late


def faults(problem: Problem, plan: Plan, visit: str, remedy: Remedy, again: float, params: Params) -> list[str]:
    """What is wrong with a remedy: its own plan, or a plan made anew of the changed problem, lacks the visit."""
    late = any(stop.visit == visit for tour in plan.tours for stop in tour.stops)
    due = problem.visit_by_id[visit].due if late else None
    said = " + ".join(f"{change.code} {change.facts}" for change in remedy.changes)
    found = [f"{said}: {broken}" for broken in violations(remedy.problem, remedy.plan)]
    lost = {left.visit for left in remedy.plan.unplanned} - {left.visit for left in plan.unplanned}
    found += [f"{said}: it leaves out {one} instead" for one in sorted(lost)]
    if not stands(remedy.plan, visit, due):
        found.append(f"{said}: its plan lacks the visit")
    wanted = remedy.problem.visit_by_id[visit]
    urged = wanted.model_copy(update={"priority": 5} | ({"latest": due} if due else {}))
    anew = remedy.problem.changed(
        visits=tuple(urged if one.id == visit else one for one in remedy.problem.visits),
    )
    counted = params.model_copy(update={"deterministic": True, "bound_rounds": 0.0})
    made = solve(anew, counted, TimeLimit(again))
    if violations(anew, made) or not stands(made, visit, due):
        found.append(f"{said}: planned again from nothing, the visit is still missing")
    return found


def stands(plan: Plan, visit: str, due: object) -> bool:
    """Whether the visit has its place, by ``due`` where one is given."""
    dates = [tour.date for tour in plan.tours for stop in tour.stops if stop.visit == visit]
    return bool(dates) and (due is None or str(dates[0]) <= str(due))
