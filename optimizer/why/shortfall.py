"""Where capacity is short, and by how much: weeks whose tours cannot hold the visits that fall into them alone.

Everything here is proven. A visit counts for a run of weeks only where a rule forbids it on every day outside of them,
and it takes no more of a tour than its own minutes: where even so there is more to do than tours, no plan has room.
That nothing is short proves nothing.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.problem import Problem, Visit
from optimizer.why.alone import Alone
from optimizer.why.capacity import Week, weeks_of

#: minutes that a tour may be longer than it may, so that no rounding makes a shortfall
_GIVE = 1.0


@dataclass(frozen=True, slots=True)
class Shortfall:
    """From week ``first`` to ``last`` the visits with ``topic`` (None: all) want more tours than there are.

    ``wanted``: tours that they fill at least, were they packed without a gap; ``there``: tours that officers with the
    topic, cars and weekly limits allow. ``thin_out``: the visits to put off first, those of least priority, until the
    rest may fit.
    """

    topic: str | None
    first: Week
    last: Week
    wanted: float
    there: int
    thin_out: tuple[str, ...]

    @property
    def short(self) -> int:
        """Tours that are wanting."""
        return math.ceil(self.wanted - self.there)


def shortfalls(problem: Problem) -> list[Shortfall]:
    """Every run of weeks that is short of tours, for each topic and for all together; the shortest runs only.

    A run that holds a shorter one with the same topic is not told again.
    """
    alone = Alone(problem)
    weeks = weeks_of(problem)
    order = list(weeks)
    spans = {visit: span for visit in _open(problem) if (span := _span(problem, alone, visit, order)) is not None}
    topics = sorted({topic for visit in spans for topic in visit.topics or ()})
    found: list[Shortfall] = []
    for topic in (None, *topics):
        own = {visit: span for visit, span in spans.items() if topic is None or topic in (visit.topics or ())}
        told: list[tuple[int, int]] = []
        runs = [(a, b) for length in range(len(order)) for a in range(len(order) - length) for b in (a + length,)]
        for first, last in runs:
            if any(first <= a and b <= last for a, b in told):
                continue
            inside = [visit for visit, (a, b) in own.items() if first <= a and b <= last]
            days = [day for week in order[first : last + 1] for day in weeks[week]]
            short = _short(problem, inside, days, topic)
            if short is not None:
                told.append((first, last))
                wanted, there, out = short
                found.append(Shortfall(topic, order[first], order[last], wanted, there, out))
    return found


def _open(problem: Problem) -> list[Visit]:
    """The visits that are still to take place."""
    past = {stop.visit for tour in problem.history for stop in tour.stops}
    return [visit for visit in problem.visits if visit.id not in past]


def _span(problem: Problem, alone: Alone, visit: Visit, order: Sequence[Week]) -> tuple[int, int] | None:
    """The first and the last week in which some rule does not forbid the visit; None where every day is forbidden."""
    days = [day for day in problem.workdays if alone.forbids(visit, day) is None]
    if not days:
        return None
    return order.index(days[0].isocalendar()[:2]), order.index(days[-1].isocalendar()[:2])


def _short(
    problem: Problem, visits: Sequence[Visit], days: Sequence[dt.date], topic: str | None
) -> tuple[float, int, tuple[str, ...]] | None:
    day = problem.day
    longest = min(day.end - day.start, math.inf if day.max_minutes is None else day.max_minutes) + _GIVE
    there = sum(_tours(problem, office.id, days, topic) for office in problem.offices)
    wanted = sum(visit.minutes for visit in visits) / longest
    if wanted <= there:
        return None
    out, rest = [], wanted
    for visit in sorted(visits, key=lambda one: (one.priority, -one.minutes, one.id)):
        if rest <= there:
            break
        out.append(visit.id)
        rest -= visit.minutes / longest
    return wanted, there, tuple(out)


def _tours(problem: Problem, office: str, days: Sequence[dt.date], topic: str | None) -> int:
    """Tours that the office could make on these days with somebody who knows the topic aboard."""
    people = [o for o in problem.officers if o.office == office and (topic is None or topic in o.topics)]
    cars = problem.office_by_id[office].cars_of
    by_day = sum(min(cars(day), sum(day not in (one.absent or ()) for one in people)) for day in days)
    by_limit = 0
    for officer in people:
        present: dict[Week, int] = {}
        for day in days:
            if day not in (officer.absent or ()):
                present[day.isocalendar()[:2]] = present.get(day.isocalendar()[:2], 0) + 1
        limit = officer.max_days_per_week
        by_limit += sum(number if limit is None else min(number, limit) for number in present.values())
    return min(by_day, by_limit)
