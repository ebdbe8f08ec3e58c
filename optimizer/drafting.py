"""From the rows of a search to a plan in the contract's words: times, leads, costs, reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from models.plan import Cost, Plan, Tour, Unplanned, told_apart, tour_id
from models.referee import cost, violations
from models.rules.leads import first_to_lead
from models.rules.timing import Times, tour_of
from optimizer.borrowing import borrowed
from optimizer.instance import SECOND, Floats, Frame, Instance
from optimizer.search.annealing import load
from optimizer.search.measuring import day_pay
from optimizer.search.state import Best, hold_start, new_state
from optimizer.search.timetable import earliest_departure, forwards, leave_late, scratch_times
from optimizer.search.timing import WITH, WITHOUT, free_gaps, lengths

#: baht below which two tours cost the same
_SAME = 1e-6


class BrokenPlanError(RuntimeError):
    """A plan that the referee does not pass: a defect of the optimizer, never a result."""


class _Timetables:
    """Times for the tours of a plan: of those that cost least, the earliest, as a person would choose them.

    Tours are timed one after the other, so that officers' hours below their fair share are not given away twice.
    """

    def __init__(self, frame: Frame, best: Best) -> None:
        self.inst = frame.instance
        self.state = new_state(self.inst)
        self.handle, self.rows = borrowed(self.inst), borrowed(self.state)
        load(self.handle, self.rows, borrowed(best))
        self.times, self._scratch = scratch_times(self.inst.most_stops)

    def time(self, t: int) -> Floats:
        """Times of the tour in slot ``t``; see :func:`optimizer.search.timetable.forwards`.

        Raises:
            BrokenPlanError: none fit.
        """
        state, inst = self.state, self.inst
        stops, count = state.stops[t], int(state.size[t])
        kept = [int(v) for v in stops[:count] if state.keeps[v]]
        crew = state.crew[t, : state.crew_size[t]]
        state.minutes[crew] -= state.work[t]
        free_gaps(self.handle, self.rows, t, 0)
        least = self._cost(t, *lengths(self.handle, self.rows, t, stops, count))
        for v in kept:  # the very start that was told, where it costs nothing
            state.opens[v] = max(inst.opens[v], inst.published_start[v])
            state.closes[v] = min(inst.closes[v], inst.published_start[v])
        found = self._earliest(t, least) if kept else None
        for v in kept:
            hold_start(self.handle, self.rows, v, 1)
        if found is None:
            found = self._earliest(t, least)
        if found is None:
            raise BrokenPlanError(f"no timetable for tour slot {t}")
        state.minutes[crew] += found[1] - found[0] - (inst.break_length if found[2] >= 0 else 0.0)
        return found

    def _cost(self, t: int, without: float, with_: float) -> float:
        """Baht of the crew at the lesser of two lengths."""
        return min(self._paid(t, without, without), self._paid(t, with_, with_ - self.inst.break_length))

    def _paid(self, t: int, span: float, work: float) -> float:
        state, inst = self.state, self.inst
        if math.isinf(span):
            return math.inf
        crew = state.crew[t, : state.crew_size[t]]
        now = state.minutes[crew]
        over = np.maximum(0.0, now + work - inst.fair[crew]) - np.maximum(0.0, now - inst.fair[crew])
        return len(crew) * float(day_pay(self.handle, span)) + float(over.sum()) * inst.overload

    def _longest(self, t: int, kind: int, least: float) -> float:
        """The greatest length of a kind at which the crew costs no more than ``least``; -inf where there is none."""
        inst, state = self.inst, self.state
        without, with_ = lengths(self.handle, self.rows, t, state.stops[t], int(state.size[t]))
        span = with_ if kind == WITH else without
        break_ = inst.break_length if kind == WITH else 0.0
        if self._paid(t, span, span - break_) > least + _SAME:
            return -math.inf
        crew = state.crew[t, : state.crew_size[t]]
        idle = (inst.fair[crew] - state.minutes[crew]).min() + break_ if inst.overload > 0 else math.inf
        steps = [float(m) - 2 * SECOND for m in inst.rate_minutes]
        return max(
            (
                longest
                for longest in (span, *steps, idle - 2 * SECOND, min(inst.longest, inst.day_end - inst.day_start))
                if span <= longest <= inst.longest and self._paid(t, longest, longest - break_) <= least + _SAME
            ),
            default=span,
        )

    def _earliest(self, t: int, least: float) -> Floats | None:
        """The earliest times that cost ``least``, without a break where it makes no difference; None where none do."""
        state, best, found = self.state, math.inf, None
        stops, count = state.stops[t], int(state.size[t])
        for kind in (WITHOUT, WITH):
            longest = self._longest(t, kind, least)
            if longest < 0:
                continue
            depart = earliest_departure(self.handle, self.rows, t, stops, count, kind, longest)
            if math.isinf(depart):
                continue
            back = forwards(self.handle, self.rows, t, stops, count, depart, kind, self.times, self._scratch)
            if math.isinf(back):
                continue
            leave_late(self.handle, self.rows, t, stops, count, kind, self.times, self._scratch)
            starts = float(self.times[4 : 4 + 2 * count : 2].sum())
            if starts < best - SECOND:
                best, found = starts, self.times.copy()
        return found


def draft_tours(frame: Frame, best: Best) -> list[Tour]:
    """The tours of the rows, timed as early as they may be at their cost; history comes first, as it was."""
    problem, inst = frame.problem, frame.instance
    timetables = _Timetables(frame, best)
    known = {tour.id for tour in problem.history}
    tours = list(told_apart(problem.history, known))  # of history all stays but the id
    for t in map(int, np.flatnonzero(best.size)):
        office, date = problem.offices[int(inst.slot_office[t])], problem.workdays[int(inst.slot_day[t])]
        made = tour_of(
            problem, _times(inst, timetables.time(t), int(best.size[t])),
            [problem.visits[v].id for v in best.stops[t, : best.size[t]]], id_=tour_id(date, known), date=date,
            office=office.id, car=office.named[int(inst.slot_car[t])].id if office.has_names else None,
            crew=sorted(problem.officers[o].id for o in best.crew[t, : best.crew_size[t]]),
        )  # fmt: skip
        known.add(made.id)
        tours.append(made)
    return sorted(tours, key=lambda tour: (tour.date, tour.depart, tour.id))


def _times(inst: Instance, times: Floats, count: int) -> Times:
    """What :func:`optimizer.search.timetable.forwards` wrote of a tour of ``count`` stops."""
    begin = None if times[2] < 0 else float(times[2])
    worked = float(times[1] - times[0]) - (0.0 if begin is None else inst.break_length)
    return Times(float(times[0]), tuple(map(float, times[4 : 4 + 2 * count : 2])), float(times[1]), begin, worked)


def draft_leads(frame: Frame, best: Best, tours: Iterable[Tour]) -> dict[str, str]:
    """The lead of every cooperative with a planned visit."""
    problem = frame.problem
    crews: dict[str, list[str]] = {}
    for tour in tours:
        for stop in tour.stops:
            crews.setdefault(problem.visit_by_id[stop.visit].cooperative, []).extend(tour.crew)
    everyone = [officer.id for officer in problem.officers]
    leads = {}
    for c, cooperative in enumerate(problem.cooperatives):
        if cooperative.id in crews:
            chosen = problem.officers[best.lead[c]].id if best.lead[c] >= 0 else None
            wanted = (cooperative.current_lead, *crews[cooperative.id], *everyone)
            lead = chosen or first_to_lead(cooperative, wanted)
            if lead is not None:
                leads[cooperative.id] = lead
    return leads


def draft(frame: Frame, best: Best, *, reasons: Mapping[str, str], lower_bound: float | None, status: str) -> Plan:
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
            "unplanned": [Unplanned(visit=visit.id, reason="") for visit in problem.visits if visit.id not in planned],
            "cost": Cost(),
        }
    )
    plan = completed(plan.model_copy(update={"cost": cost(problem, plan)}), reasons, lower_bound, status)
    broken = violations(problem, plan)
    if broken:
        raise BrokenPlanError("; ".join(map(str, broken[:5])))
    return plan


def completed(plan: Plan, reasons: Mapping[str, str], lower_bound: float | None, status: str) -> Plan:
    """A drafted plan with why visits are left out, and with what is proven about it; its tours stay as they are."""
    left = tuple(Unplanned(visit=each.visit, reason=reasons.get(each.visit, "")) for each in plan.unplanned)
    if lower_bound is not None:
        lower_bound = float(np.clip(lower_bound, 0.0, plan.cost.total))
    return plan.model_copy(update={"unplanned": left, "lower_bound": lower_bound, "status": status})
