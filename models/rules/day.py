"""Rule 2: a tour fits into the day, and drives as long as the drive takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from models.clock import TOLERANCE, format_clock
from models.hours import ALL_DAY, Span, Spans
from models.plan import Tour
from models.problem import Day, Depot, Problem, Visit
from models.rules.barred import riders
from models.rules.finding import Finding
from models.rules.hours import said
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping
from models.rules.timing import timings

#: minutes of generosity: the referee forgives a second at each of a handful of times
GIVE = 0.1


def fits(
    problem: Problem, visits: Sequence[Visit], date: dt.date, office: Depot, *, within: Span = ALL_DAY,
    near: Mapping[str, Span] = MappingProxyType({}),
) -> bool:  # fmt: skip
    """Whether some tour ``within`` a span could have ``visits`` in this order, whatever else it does.

    ``near``: spans by id of a visit that its start must lie in. Drives are the shortest over any places and times are
    a few seconds generous: nothing possible is refused.
    """
    ways = problem.travel.shortest_minutes
    drives = [float(ways[a, b]) for a, b in problem.legs(office.id, (visit.id for visit in visits))]
    windows = [_generous_starts(problem, visit, date, near.get(visit.id, ALL_DAY)) for visit in visits]
    span = within[0] - GIVE, within[1] + GIVE
    return bool(timings(_generous(problem.day), drives, [visit.minutes for visit in visits], windows, span))


def _generous_starts(problem: Problem, visit: Visit, date: dt.date, near: Span) -> Spans:
    starts = [(max(low, near[0]) - GIVE, min(high, near[1]) + GIVE) for low, high in problem.starts(visit, date)]
    return tuple((low, high) for low, high in starts if high >= low)


def _generous(day: Day) -> Day:
    longest = None if day.max_minutes is None else day.max_minutes + GIVE
    return day.model_copy(
        update={"start": max(0.0, day.start - GIVE), "end": day.end + GIVE, "max_minutes": longest,
                "break_minutes": max(0.0, day.break_length - GIVE) if day.has_break else day.break_minutes}
    )  # fmt: skip


def _from_office(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> Iterator[Finding]:
    problem = roster.problem
    if not fits(problem, [visit], date, office):
        yield _too_far(roster, visit, date, office)
        return
    people = riders(roster, [visit.id], date, office)
    if people and all(one.busy and one.busy_on(date) for one in people):
        spans = {span for one in people for span in one.free_on(date)}
        if not any(fits(problem, [visit], date, office, within=span) for span in spans):
            yield Finding("all-busy", {"office": office.id, "date": date.isoformat()})


def _too_far(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> Finding:
    problem = roster.problem
    ways = problem.travel.shortest_minutes
    home, away = office.location, problem.cooperative_by_id[visit.cooperative].location
    spans = tuple((low, min(high, problem.day.end)) for low, high in problem.starts(visit, date))
    facts = {"out": f"{ways[home, away]:.0f}", "back": f"{ways[away, home]:.0f}", "minutes": f"{visit.minutes:g}",
             "hours": said(spans)}  # fmt: skip
    return Finding("too-far", facts)


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    day = roster.problem.day
    if tour.depart < day.start - TOLERANCE:
        yield Finding("leaves-early", {"from": format_clock(tour.depart), "to": format_clock(day.start)})
    if tour.return_ > day.end + TOLERANCE:
        yield Finding("back-late", {"from": format_clock(tour.return_), "to": format_clock(day.end)})
    if day.max_minutes is not None and tour.return_ - tour.depart > day.max_minutes + TOLERANCE:
        yield Finding("too-long", {"minutes": f"{tour.return_ - tour.depart:g}", "most": f"{day.max_minutes:g}"})
    yield from _too_quick(roster, tour)


def _too_quick(roster: Roster, tour: Tour) -> Iterator[Finding]:
    """Where the tour is sooner than its drives, begins before it arrives, or cuts a visit."""
    *drives, home = roster.drives(tour)
    free = tour.depart
    for stop, drive in zip(tour.stops, drives, strict=True):
        if stop.arrive < free + drive - TOLERANCE or stop.start < stop.arrive - TOLERANCE:
            yield Finding("too-soon", {"other": stop.visit, "from": format_clock(min(stop.arrive, stop.start)),
                                       "to": format_clock(free + drive)})  # fmt: skip
        minutes = roster.problem.visit_by_id[stop.visit].minutes
        if abs(stop.end - stop.start - minutes) > TOLERANCE:
            yield Finding("not-its-minutes", {"other": stop.visit, "minutes": f"{minutes:g}"})
        free = stop.end
    if tour.return_ < free + home - TOLERANCE:
        yield Finding("back-too-soon", {"from": format_clock(tour.return_), "to": format_clock(free + home)})


RULE = Rule(
    name="day",
    number=2,
    text="A tour leaves not before `day.start` and is back not after `day.end`, within `max_minutes`; it drives as "
    "long as the drive takes.",
    keys=("day.start", "day.end", "day.max_minutes", "travel.minutes"),
    kept=keeping(bound=Keeping.RELAXED),
    of_day=("too-far", "all-busy"),
    of_tour=("leaves-early", "back-late", "too-long", "too-soon", "not-its-minutes", "back-too-soon"),
    from_office=_from_office,
    on_tour=_on_tour,
)
