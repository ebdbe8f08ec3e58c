"""From the rows of a search to a plan in the contract's words: times, leads, costs, reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from models.plan import Cost, Plan, Stop, Tour, Unplanned
from models.referee import cost, violations
from optimizer.instance import Frame
from optimizer.search.handles import instance_handle, state_handle
from optimizer.search.state import Best, hold_start, new_state
from optimizer.search.timing import scratch_times, timetable


class BrokenPlanError(RuntimeError):
    """A plan that the referee does not pass: a defect of the optimizer, never a result."""


def _to_second(minutes: float) -> float:
    """Minutes rounded to whole seconds, as plan files carry them."""
    return round(minutes * 60) / 60


def draft_tours(frame: Frame, best: Best) -> list[Tour]:
    """The tours of the rows, with a timetable of least work each; history comes first, as it was."""
    problem, inst = frame.problem, frame.instance
    state = new_state(inst)
    handle, rows = instance_handle(inst), state_handle(state)
    times = scratch_times(inst.most_stops)
    tours = list(problem.history)
    known = {tour.id for tour in tours}
    for t in range(len(best.size)):
        count = int(best.size[t])
        if count == 0:
            continue
        for v in best.stops[t, :count]:
            hold_start(handle, rows, int(v), int(best.keeps[v]))
        office = int(inst.slot_office[t])
        worked = timetable(handle, office, best.stops[t], count, state.opens, state.closes, times)
        if math.isinf(worked):
            raise BrokenPlanError(f"no timetable for tour slot {t}")
        stops = []
        for i, v in enumerate(best.stops[t, :count]):
            arrive, start = _to_second(times[3 + 2 * i]), _to_second(times[4 + 2 * i])
            end = _to_second(times[4 + 2 * i] + inst.minutes[v])
            stops.append(Stop(visit=problem.visits[v].id, arrive=min(arrive, start), start=start, end=end))
        pause = _to_second(times[2])
        date = problem.workdays[int(inst.slot_day[t])]
        number = 1 + sum(tour.date == date for tour in tours)
        name = f"{date:%Y%m%d}-{number}"
        while name in known:
            number += 1
            name = f"{date:%Y%m%d}-{number}"
        known.add(name)
        tours.append(
            Tour.model_validate(
                {
                    "id": name,
                    "date": date,
                    "office": problem.offices[office].id,
                    "crew": sorted(problem.officers[o].id for o in best.crew[t, : best.hands[t]]),
                    "depart": _to_second(times[0]),
                    "return": _to_second(times[1]),
                    "break": (pause, _to_second(times[2] + inst.rest)) if times[2] >= 0 else None,
                    "stops": stops,
                }
            )
        )
    return sorted(tours, key=lambda tour: (tour.date, tour.depart, tour.id))


def draft_leads(frame: Frame, best: Best, tours: Iterable[Tour]) -> dict[str, str]:
    """The lead of every cooperative with a planned visit."""
    problem = frame.problem
    crews: dict[str, list[str]] = {}
    for tour in tours:
        for stop in tour.stops:
            crews.setdefault(problem.visit_by_id[stop.visit].cooperative, []).extend(tour.crew)
    leads = {}
    for c, cooperative in enumerate(problem.cooperatives):
        if cooperative.id in crews:
            lead = int(best.lead[c])
            known = cooperative.lead or cooperative.current_lead
            leads[cooperative.id] = problem.officers[lead].id if lead >= 0 else known or crews[cooperative.id][0]
    return leads


def draft(frame: Frame, best: Best, *, reasons: dict[str, str], lower_bound: float | None, status: str) -> Plan:
    """The plan of the rows, judged by the referee.

    Raises:
        BrokenPlanError: the referee does not pass it.
    """
    problem = frame.problem
    tours = draft_tours(frame, best)
    planned = {stop.visit for tour in tours for stop in tour.stops}
    plan = Plan.model_validate(
        {
            "leads": draft_leads(frame, best, tours),
            "tours": tours,
            "unplanned": [
                Unplanned(visit=visit.id, reason=reasons.get(visit.id, ""))
                for visit in problem.visits
                if visit.id not in planned
            ],
            "cost": Cost(),
            "status": status,
        }
    )
    total = cost(problem, plan)
    if lower_bound is not None:
        lower_bound = float(np.clip(lower_bound, 0.0, total.total))
    plan = plan.model_copy(update={"cost": total, "lower_bound": lower_bound})
    broken = violations(problem, plan)
    if broken:
        raise BrokenPlanError("; ".join(map(str, broken[:5])))
    return plan
