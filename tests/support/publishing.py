"""A feasible little plan of a problem, put together at random: what an office might have published."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from random import Random

from models.plan import Plan, Stop, Tour, Unplanned
from models.problem import Problem
from models.referee import cost, violations
from support.schedule import shortest

#: places tried for each visit before it is left out
TRIES = 12


def little_plan(problem: Problem, random: Random) -> Plan:
    """A plan that keeps every rule of ``problem`` (which has no history); good it need not be."""
    # A rhythm is only kept once all its visits stand; until then it must not judge.
    free = [cooperative.model_copy(update={"rhythms": None}) for cooperative in problem.cooperatives]
    loose = problem.changed(cooperatives=tuple(free))
    tours: list[Tour] = []
    leads: dict[str, str] = {}
    for cooperative in random.sample(problem.cooperatives, len(problem.cooperatives)):
        everyone = (
            [cooperative.lead]
            if cooperative.lead
            else [o.id for o in problem.officers if o.id not in (cooperative.barred or ())]
        )
        if not everyone:
            continue
        trial_leads = leads | {cooperative.id: random.choice(everyone)}
        visits = [visit.id for visit in problem.visits_of[cooperative.id]]
        if cooperative.rhythms is not None:
            for rhythm in cooperative.rhythms:
                trial = list(tours)
                if all(_place(loose, trial, trial_leads, id_, [date], random) for id_, date in
                       zip(visits, rhythm, strict=True)):  # fmt: skip
                    tours, leads = trial, trial_leads
                    break
            continue
        for id_ in visits:
            if _place(loose, tours, trial_leads, id_, list(problem.workdays), random):
                leads = trial_leads
    plan = _plan(problem, tours, leads)
    broken = violations(problem, plan)
    if broken:
        raise AssertionError(f"the little plan breaks rules: {[str(each) for each in broken]}")
    return plan


def _place(
    problem: Problem, tours: list[Tour], leads: dict[str, str], visit: str, dates: list[dt.date], random: Random
) -> bool:
    """Put ``visit`` into ``tours``, in a tour that is there or a new one; whether a place was found."""
    for _ in range(TRIES):
        date = random.choice(dates)
        joined = [tour for tour in tours if tour.date == date]
        trial = list(tours)
        if joined and random.random() < 0.6:
            old = random.choice(joined)
            order = [stop.visit for stop in old.stops]
            order.insert(random.randint(0, len(order)), visit)
            made = _tour(problem, date, old.office, old.car, old.crew, order, old.id)
            trial.remove(old)
        else:
            office = random.choice(problem.offices)
            staff = [officer.id for officer in problem.officers if officer.office == office.id]
            cars = problem.cars(office.id, date)
            if not staff or not cars:
                continue
            car = random.choice(cars)
            crew = tuple(random.sample(staff, random.randint(1, min(car.seats, len(staff)))))
            made = _tour(problem, date, office.id, car.id, crew, [visit], f"p-{visit}")
        if made is None:
            continue
        trial.append(made)
        if not violations(problem, _plan(problem, trial, leads)):
            tours[:] = trial
            return True
    return False


def _cooperative_of(problem: Problem, visit: str) -> str:
    return problem.visit_by_id[visit].cooperative


def _tour(
    problem: Problem, date: dt.date, office: str, car: str | None, crew: tuple[str, ...], order: list[str], id_: str
) -> Tour | None:
    """The tour over ``order`` in the least time, in whole seconds; None where the day is too short."""
    home = problem.office_by_id[office].location
    cooperatives = [problem.cooperative_by_id[_cooperative_of(problem, visit)] for visit in order]
    places = [home, *(cooperative.location for cooperative in cooperatives), home]
    drives = [problem.travel.minutes[a][b] for a, b in pairwise(places)]
    visits = [problem.visit_by_id[visit] for visit in order]
    windows = [problem.starts(visit, date) for visit in visits]
    timing = shortest(problem.day, drives, [visit.minutes for visit in visits], windows)
    if timing is None:
        return None
    stops = tuple(
        Stop(visit=visit.id, arrive=_second(start - problem.day.slack), start=_second(start),
             end=_second(start + visit.minutes))
        for visit, start in zip(visits, timing.starts, strict=True)
    )  # fmt: skip
    return Tour.model_validate({
        "id": id_, "date": date, "office": office, "car": car, "crew": crew, "depart": _second(timing.depart),
        "return": _second(timing.back), "stops": stops,
        "break": timing.break_ and (_second(timing.break_[0]), _second(timing.break_[1])),
    })  # fmt: skip


def _second(minutes: float) -> float:
    """To whole seconds, in the very float that a clock in a file is read as."""
    hours, seconds = divmod(round(minutes * 60), 3600)
    return hours * 60 + seconds // 60 + (seconds % 60) / 60


def _plan(problem: Problem, tours: list[Tour], leads: dict[str, str]) -> Plan:
    planned = {stop.visit for tour in tours for stop in tour.stops}
    cooperatives = {_cooperative_of(problem, visit) for visit in planned}
    left = tuple(Unplanned(visit=v.id, reason="left-out: not placed.") for v in problem.visits if v.id not in planned)
    bare = Plan(leads={h: o for h, o in leads.items() if h in cooperatives}, tours=tuple(tours), unplanned=left)
    return bare.model_copy(update={"cost": cost(problem, bare)})
