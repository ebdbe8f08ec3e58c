"""Where capacity is short, and by how much: weeks whose tours cannot hold the visits that fall into them alone.

Everything here is proven. A visit counts for a run of weeks only where a rule forbids it on every day outside of them,
and it takes no more of a tour than its own minutes and the shortest drive to it from anywhere: where even so there is
more to do than tours, no plan has room. That nothing is short proves nothing.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.isoweeks import Week, week_of
from models.problem import Problem, Visit
from models.rules.breaks import most_work
from models.rules.roster import Roster
from optimizer.why.alone import Alone
from optimizer.why.capacity import weeks_of

#: minutes that a tour may be longer than it may, so that no rounding makes a shortfall
_GIVE = 1.0


@dataclass(frozen=True, slots=True)
class Demand:
    """What the visits with ``topic`` (None: all) that fall into the weeks ``first`` to ``last`` alone want.

    ``wanted``: tours that they fill at least, were they packed without a gap; ``there``: tours that officers with the
    topic, cars and weekly limits allow. ``thin_out``: where it is short, the visits to put off first, those of least
    priority, until the rest may fit.
    """

    topic: str | None
    first: Week
    last: Week
    wanted: float
    there: int
    thin_out: tuple[str, ...]

    @property
    def short(self) -> int:
        """Tours that are wanting; 0 where there may be room."""
        return max(0, math.ceil(self.wanted - self.there))

    @property
    def share(self) -> float:
        """Tours wanted for each that is there."""
        return self.wanted / self.there if self.there else math.inf


def shortfalls(problem: Problem, known: Iterable[Demand] | None = None) -> list[Demand]:
    """Every run of weeks that is short of tours, for each topic and for all together.

    A run that holds a shorter one with the same topic is not told again. ``known``: the problem's :func:`demands`,
    where they are worked out already.
    """
    found: list[Demand] = []
    for demand in demands(problem) if known is None else known:
        held = any(demand.topic == one.topic and demand.first <= one.first and one.last <= demand.last for one in found)
        if demand.short and not held:
            found.append(demand)
    return found


def tightest(problem: Problem, known: Iterable[Demand] | None = None) -> list[Demand]:
    """For each topic and for all together the run of weeks that is fullest, the fullest first; ``known`` as above."""
    best: dict[str | None, Demand] = {}
    for demand in demands(problem) if known is None else known:
        if demand.topic not in best or demand.share > best[demand.topic].share:
            best[demand.topic] = demand
    return sorted(best.values(), key=lambda demand: (-demand.share, demand.topic or ""))


def demands(problem: Problem) -> Iterator[Demand]:
    """The demands of every topic, shorter runs of weeks before longer ones; runs without a visit are left out."""
    alone = Alone(problem)
    weeks = weeks_of(problem)
    order = list(weeks)
    spans = {visit: span for visit in _open(alone.roster) if (span := _span(problem, alone, visit, order)) is not None}
    topics = sorted({topic for visit in spans for topic in visit.topics or ()})
    taken = _taken(problem)
    for topic in (None, *topics):
        own = {visit: span for visit, span in spans.items() if topic is None or topic in (visit.topics or ())}
        for length in range(len(order)):
            for first in range(len(order) - length):
                last = first + length
                inside = [visit for visit, (a, b) in own.items() if first <= a and b <= last]
                if inside:
                    days = [day for week in order[first : last + 1] for day in weeks[week]]
                    wanted, there, out = _held(alone.roster, taken, inside, days, topic)
                    yield Demand(topic, order[first], order[last], wanted, there, out)


def _open(firm: Roster) -> list[Visit]:
    """The visits that are still to take place."""
    return [visit for visit in firm.problem.visits if visit.id not in firm.past]


def _span(problem: Problem, alone: Alone, visit: Visit, order: Sequence[Week]) -> tuple[int, int] | None:
    """The first and the last week in which some rule does not forbid the visit; None where every day is forbidden."""
    days = [day for day in problem.workdays if alone.forbids(visit, day) is None]
    if not days:
        return None
    return order.index(week_of(days[0])), order.index(week_of(days[-1]))


def _taken(problem: Problem) -> dict[str, float]:
    """What each visit takes of a tour at least: its minutes, and the shortest drive to it from anywhere else."""
    drive = problem.travel.shortest_minutes
    at = [cooperative.location for cooperative in problem.cooperatives] + [
        office.location for office in problem.offices
    ]
    nearest = {
        place: min((float(drive[other, place]) for other in at if other != place), default=0.0) for place in set(at)
    }
    shared = {place for place in at if at.count(place) > 1}  # no drive lies between two who meet in one place
    found = {}
    for visit in problem.visits:
        place = problem.cooperative_by_id[visit.cooperative].location
        found[visit.id] = visit.minutes + (0.0 if place in shared else nearest[place])
    return found


def _held(
    firm: Roster, taken: Mapping[str, float], visits: Sequence[Visit], days: Sequence[dt.date], topic: str | None
) -> tuple[float, int, tuple[str, ...]]:
    """Tours wanted and there, and the visits to put off."""
    problem, longest = firm.problem, most_work(firm.problem.day) + _GIVE
    there = sum(_tours(firm, office.id, days, topic) for office in problem.offices)
    wanted = sum(taken[visit.id] for visit in visits) / longest
    out, rest = [], wanted
    for visit in sorted(visits, key=lambda one: (one.priority, -one.minutes, one.id)):
        if rest <= there:
            break
        out.append(visit.id)
        rest -= taken[visit.id] / longest
    return wanted, there, tuple(out)


def _tours(firm: Roster, office: str, days: Sequence[dt.date], topic: str | None) -> int:
    """Tours that the office could make on these days with somebody who knows the topic aboard."""
    people = [one for one in firm.people(office) if topic is None or topic in one.topics]
    by_day = sum(min(len(firm.cars_left(office, day)), sum(firm.is_free(one, day) for one in people)) for day in days)
    return min(by_day, sum(firm.tours_ahead(one, days) for one in people))
