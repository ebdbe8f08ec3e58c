"""Capacity, honestly: officer-days that a plan wants and that there are, by week, topic and district.

What the plan leaves out is counted too: where it is short and by how much is proven by :mod:`optimizer.why.shortfall`
(weeks and topics) and by :func:`shortage` (the whole horizon).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from models import given
from models.isoweeks import Week, week_of
from models.plan import Plan
from models.problem import Problem, Visit
from models.rules.breaks import most_work
from models.rules.roster import Roster
from optimizer.cpsat import cp_sat
from optimizer.why.alone import Alone


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """Officer-days of one ISO week: ``there`` are so many by absences, weekly limits and seats in cars; ``used`` by
    the plan."""

    week: Week
    there: int
    used: int

    @property
    def free(self) -> int:
        """What the plan leaves."""
        return self.there - self.used


@dataclass(frozen=True, slots=True)
class TopicLoad:
    """A topic in one week: officer-days of those who know it, and visits of the plan that want it."""

    week: Week
    topic: str
    there: int
    visits: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """Visits that no plan has room for: ``least`` is a proven number, ``thin_out`` which to leave out first.

    ``impossible`` are those that a rule forbids on every day by themselves.
    """

    least: int
    proven: bool
    thin_out: tuple[str, ...]
    impossible: tuple[str, ...]


def weeks_of(problem: Problem) -> dict[Week, list[dt.date]]:
    """The workdays from today on by ISO week."""
    found: defaultdict[Week, list[dt.date]] = defaultdict(list)
    for day in problem.workdays:
        if problem.today is None or day >= problem.today:
            found[week_of(day)].append(day)
    return dict(found)


def week_loads(problem: Problem, plan: Plan) -> list[WeekLoad]:
    """Officer-days there and used, week by week."""
    used = Counter(tour.date for tour in plan.tours for _ in tour.crew)
    firm = Roster.firm(problem)
    return [
        WeekLoad(week, _there(firm, days, None), sum(used[day] for day in days))
        for week, days in weeks_of(problem).items()
    ]


def topic_loads(problem: Problem, plan: Plan) -> list[TopicLoad]:
    """For each week and topic that some visit wants: who knows it, and how many visits want it."""
    wanted: Counter[tuple[Week, str]] = Counter()
    for tour in plan.tours:
        for stop in tour.stops:
            for topic in problem.visit_by_id[stop.visit].topics or ():
                wanted[week_of(tour.date), topic] += 1
    topics, firm = sorted({topic for visit in problem.visits for topic in visit.topics or ()}), Roster.firm(problem)
    return [
        TopicLoad(week, topic, _there(firm, days, topic), wanted[week, topic])
        for week, days in weeks_of(problem).items()
        for topic in topics
    ]


def district_loads(problem: Problem, plan: Plan, districts: Mapping[str, str]) -> dict[str, tuple[int, int, float]]:
    """By district (of each cooperative, by id): visits planned, visits left out, and officer-days.

    The officer-days of a tour are shared by its stops.
    """
    rows: defaultdict[str, list[float]] = defaultdict(lambda: [0, 0, 0.0])
    for tour in plan.tours:
        for stop in tour.stops:
            row = rows[districts.get(problem.visit_by_id[stop.visit].cooperative, "")]
            row[0] += 1
            row[2] += len(tour.crew) / len(tour.stops)
    for left in plan.unplanned:
        rows[districts.get(problem.visit_by_id[left.visit].cooperative, "")][1] += 1
    return {name: (int(row[0]), int(row[1]), row[2]) for name, row in sorted(rows.items())}


def shortage(problem: Problem, seconds: float = 5.0) -> Shortage:
    """How many visits no plan has room for, and which to thin out first: those of least priority.

    A relaxation: each visit takes one place on one of its days; a day has as many places as its tours could make
    stops at best, and officers with the topics wanted. What it cannot place, no plan can.

    Raises:
        InvalidInput: ``seconds`` cannot be.
    """
    seconds = given.seconds(seconds)
    alone = Alone(problem)
    open_ = [visit for visit in problem.visits if visit.id not in alone.roster.past]
    days = {visit.id: [day for day in problem.workdays if alone.forbids(visit, day) is None] for visit in open_}
    impossible = tuple(visit.id for visit in open_ if not days[visit.id])
    model = cp_model.CpModel()
    on = {(id_, day): model.new_bool_var("") for id_, dates in days.items() for day in dates}
    for id_, dates in days.items():
        model.add_at_most_one(on[id_, day] for day in dates)
    by_day: defaultdict[dt.date, list[Visit]] = defaultdict(list)
    for visit in open_:
        for day in days[visit.id]:
            by_day[day].append(visit)
    for day, visits in by_day.items():
        _day_limits(model, problem, alone, day, visits, on)
    for cooperative in problem.cooperatives:
        own = [visit for visit in problem.visits_of[cooperative.id] if visit.id in days]
        for day in problem.workdays:
            near = [on[v.id, d] for v in own for d in days[v.id] if 0 <= (d - day).days < cooperative.gap_days]
            if len(near) > 1:
                model.add_at_most_one(near)
    model.maximize(sum(problem.visit_by_id[id_].priority * var for (id_, _), var in on.items()))
    solver = cp_sat()
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status != cp_model.OPTIMAL:
        return Shortage(len(impossible), False, impossible, impossible)
    out = [visit for visit in open_ if not any(solver.boolean_value(on[visit.id, day]) for day in days[visit.id])]
    out.sort(key=lambda visit: (visit.priority, visit.id))
    weight = sum(visit.priority for visit in out)
    least = len(impossible)
    if weight > sum(problem.visit_by_id[id_].priority for id_ in impossible):
        least += -(-(weight - sum(problem.visit_by_id[id_].priority for id_ in impossible)) // 5)
    return Shortage(least, True, tuple(visit.id for visit in out), impossible)


def _day_limits(
    model: cp_model.CpModel,
    problem: Problem,
    alone: Alone,
    day: dt.date,
    visits: list[Visit],
    on: Mapping[tuple[str, dt.date], cp_model.IntVar],
) -> None:
    """Minutes of visits that the day's cars could hold, and partners' limits."""
    longest = most_work(problem.day)
    tours = sum(min(office.cars_of(day), len(alone.roster.staff(office.id, day))) for office in problem.offices)
    model.add(sum(int(visit.minutes) * on[visit.id, day] for visit in visits) <= int(tours * (longest + 1)))
    for partner in problem.partners or ():
        met = [on[visit.id, day] for visit in visits if visit.partner == partner.id]
        if met:
            model.add(sum(met) <= partner.per_day)


def _there(firm: Roster, days: list[dt.date], topic: str | None) -> int:
    """Officer-days of the week: who is there, within weekly limits and the seats of the cars."""
    total = 0
    for office in firm.problem.offices:
        people = [one for one in firm.people(office.id) if topic is None or topic in one.topics]
        by_limit = sum(firm.tours_ahead(one, days) for one in people)
        seats = sum(min(sum(car.seats for car in firm.cars_left(office.id, day)), len(people)) for day in days)
        total += min(by_limit, seats)
    return total
