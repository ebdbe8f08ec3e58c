"""A part of an office's problem that a routing library can state whole, and routes of such a library as a plan.

What is left of the office is stated in ``docs/benchmarks.md``: its places, leads, absences, windows and prices of
kilometres, officer days and lateness, with one officer in each car. As each visit has its officer and each officer a
car, nothing ties two officers together, and a library may be asked about one after the other.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.hours import Span, Spans, on_weekday
from models.plan import Plan, Stop, Tour, Unplanned
from models.problem import Cooperative, Officer, Problem, Visit
from models.referee import cost

#: baht for leaving a visit out, or sending another officer: more than any detour
TOO_DEAR = 100_000.0
SECONDS = 60


@dataclass(frozen=True)
class Route:
    """What a library found: an officer's day, visits in the order driven."""

    officer: str
    date: dt.date
    visits: tuple[str, ...]


def common_part(problem: Problem, *, cars: bool = False) -> Problem:
    """The part of ``problem`` that all can state; every visit a cooperative of its own, with its lead fixed.

    With ``cars`` no more cars leave on a day than the office has, which PyVRP cannot be told.
    """
    officers = {officer.id: officer for officer in problem.officers}
    cooperatives: list[Cooperative] = []
    visits: list[Visit] = []
    for cooperative in problem.cooperatives:
        lead = cooperative.lead or cooperative.current_lead
        if lead is None:
            raise ValueError(f"cooperative {cooperative.id} has no lead to fix")
        series = problem.visits_of[cooperative.id]
        days = [_days(problem, cooperative, officers[lead], visit) for visit in series]
        hours = _hours(problem, cooperative)
        for visit, own in zip(series, _apart(days, cooperative.gap_days), strict=True):
            cooperatives.append(
                Cooperative(
                    id=visit.id, location=cooperative.location, open=(hours,), lead=lead,
                    closed=tuple(date for date in problem.workdays if date not in own),
                )
            )  # fmt: skip
            visits.append(
                Visit(
                    id=visit.id, cooperative=visit.id, seq=1, minutes=visit.minutes, priority=visit.priority,
                    due=visit.due, window=None if visit.window is None else (_hull(visit.window),),
                )
            )  # fmt: skip
    return problem.changed(
        name=f"{problem.name}, on equal terms",
        day=problem.day.model_copy(update={"break_minutes": None, "break_earliest": None, "break_latest": None}),
        offices=tuple(
            office.model_copy(update={"seats": 1} | ({} if cars else {"cars": len(officers), "cars_on": None}))
            for office in problem.offices
        ),
        officers=tuple(
            Officer(id=officer.id, office=officer.office, topics=(), absent=officer.absent)
            for officer in problem.officers
        ),
        partners=None,
        cooperatives=tuple(cooperatives),
        visits=tuple(visits),
        prices=problem.prices.model_copy(
            update={"unplanned": TOO_DEAR, "stand_in": TOO_DEAR, "overload_hour": 0.0, "lead_change": 0.0}
        ),
    )


def _hull(spans: Spans) -> Span:
    return min(first for first, _ in spans), max(last for _, last in spans)


def _hours(problem: Problem, cooperative: Cooperative) -> Span:
    """From the first opening to the last closing, on whichever day that is the least: one stretch for all its days.

    Hours that no two weekdays share come to a moment, in which nobody can make a visit.
    """
    open_on = [spans for date in problem.workdays if (spans := on_weekday(cooperative.open, date))]
    hulls = [_hull(spans) for spans in open_on] or [(problem.day.start, problem.day.start)]
    opens = max(problem.day.start, *(first for first, _ in hulls))
    return opens, max(opens, min(problem.day.end, *(last for _, last in hulls)))


def _days(problem: Problem, cooperative: Cooperative, lead: Officer, visit: Visit) -> list[dt.date]:
    """The workdays on which ``lead`` could make the visit, its partner taking part."""
    away = {*(cooperative.closed or ()), *(lead.absent or ())}
    free = problem.partner_by_id[visit.partner].dates if visit.partner is not None else problem.workdays
    return [
        date
        for date in problem.workdays
        if date not in away
        and date in free
        and cooperative.stretches(date)
        and (visit.earliest is None or date >= visit.earliest)
        and (visit.latest is None or date <= visit.latest)
    ]


def _apart(days: Sequence[Sequence[dt.date]], gap: int) -> list[set[dt.date]]:
    """Days of each visit of a cooperative such that any choice of them keeps order and ``gap``.

    The days are shared out evenly from the first visit on; one that finds no day then gets none.
    """
    apart = dt.timedelta(days=gap)
    last: list[dt.date] = []
    limit = dt.date.max
    for own in reversed(days):
        latest = max((date for date in own if date <= limit), default=limit)
        last.insert(0, latest)
        limit = latest - apart
    shares: list[set[dt.date]] = []
    first = dt.date.min
    for place, own in enumerate(days):
        able = [date for date in own if first <= date <= last[place]]
        if able and place + 1 < len(days):
            end = able[0] + (last[-1] - able[0] + apart) / (len(days) - place) - apart
            able = [date for date in able if date <= max(end, able[0])]
        shares.append(set(able))
        if able:
            first = able[-1] + apart
    return shares


def part_of(problem: Problem, officer: Officer) -> Problem:
    """What ``officer`` has to do of the common part."""
    own = tuple(cooperative for cooperative in problem.cooperatives if cooperative.lead == officer.id)
    ids = {cooperative.id for cooperative in own}
    visits = tuple(visit for visit in problem.visits if visit.cooperative in ids)
    return problem.changed(officers=(officer,), cooperatives=own, visits=visits)


def days_of(problem: Problem, visit: Visit) -> list[dt.date]:
    """The workdays of a visit of the common part."""
    closed = set(problem.cooperative_by_id[visit.cooperative].closed or ())
    return [date for date in problem.workdays if date not in closed]


def window(problem: Problem, visit: Visit) -> tuple[int, int]:
    """The whole seconds within which a visit of the common part may start, on each of its days the same; the second is
    before the first where there are none."""
    opens, closes = _hours(problem, problem.cooperative_by_id[visit.cooperative])
    first, last = _hull(visit.windows)
    earliest, latest = max(opens, first), min(closes - visit.minutes, last)
    return math.ceil(earliest * SECONDS - 1e-6), math.floor(latest * SECONDS + 1e-6)


def drive(problem: Problem, start: int, end: int) -> int:
    """Whole seconds of the drive between two locations, rounded up."""
    return math.ceil(problem.travel.minutes[start][end] * SECONDS - 1e-6)


def late(problem: Problem, visit: Visit, date: dt.date) -> float:
    """Baht for making the visit on ``date``."""
    return problem.late_workdays(visit, date) * visit.priority * problem.prices.late_day


def plan_of(problem: Problem, routes: Iterable[Route]) -> Plan:
    """The plan with these ``routes`` and nothing else; it is for the referee to say whether it keeps the rules."""
    numbers: defaultdict[dt.date, int] = defaultdict(int)
    tours = []
    for route in sorted(routes, key=lambda each: (each.date, each.officer)):
        numbers[route.date] += 1
        tours.append(_tour(problem, route, f"{route.date:%Y%m%d}-{numbers[route.date]}"))
    planned = {stop.visit for tour in tours for stop in tour.stops}
    plan = Plan(
        leads={visit: str(problem.cooperative_by_id[visit].lead) for visit in sorted(planned)},
        tours=tuple(tours),
        unplanned=tuple(
            Unplanned(visit=visit.id, reason="left-out: The library left it out.")
            for visit in problem.visits
            if visit.id not in planned
        ),
    )
    return plan.model_copy(update={"cost": cost(problem, plan)})


def _tour(problem: Problem, route: Route, id_: str) -> Tour:
    office = problem.office_by_id[problem.officer_by_id[route.officer].office]
    stops: list[Stop] = []
    here, clock = office.location, round(problem.day.start * SECONDS)
    depart = clock
    for number, id_of_visit in enumerate(route.visits):
        visit = problem.visit_by_id[id_of_visit]
        there = problem.cooperative_by_id[visit.cooperative].location
        way = drive(problem, here, there)
        start = max(clock + way, window(problem, visit)[0])
        if number == 0:
            depart = clock = start - way
        end = start + math.ceil(visit.minutes * SECONDS - 1e-6)
        stops.append(
            Stop(visit=visit.id, arrive=(clock + way) / SECONDS, start=start / SECONDS, end=end / SECONDS)
        )  # fmt: skip
        here, clock = there, end
    return Tour.model_validate(
        {
            "id": id_, "date": route.date, "office": office.id, "crew": (route.officer,), "depart": depart / SECONDS,
            "return": (clock + drive(problem, here, office.location)) / SECONDS, "stops": stops,
        }
    )  # fmt: skip
