"""Whether visits fit into the day that their place leaves, and what is an equal share of the work."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.clock import format_clock
from models.hours import WEEKDAYS, Spans
from models.intake.hours import Hours, weekday_named
from models.problem import Cooperative, Day, Officer, Problem, Visit
from models.saying import Said, in_thai, named

#: minutes by which sums of floats may miss each other
_HAIR = 1e-6


def longest_stay(day: Day, stretches: Iterable[tuple[float, float]], there: float, back: float) -> float:
    """Minutes of the longest visit that a tour to one place can hold; negative where it cannot even be reached.

    ``stretches``: when the place is open; ``there``, ``back``: the drives in minutes. The break comes before the visit
    or after it, unless the tour leaves so late or is back so early that it needs none.
    """
    leaves, longest = _on_grid(day.start, day.step), -math.inf
    for opens, closes in stretches:
        for first, leg, end, spent in _ways(day, leaves, there, back):
            start = _on_grid(max(opens, first + leg), day.step)
            most = math.inf if day.max_minutes is None else day.max_minutes - _on_grid(leg, day.step) - spent - back
            longest = max(longest, min(most, min(closes, end) - start))
    return longest


def _ways(day: Day, leaves: float, there: float, back: float) -> Iterator[tuple[float, float, float, float]]:
    """Each way to have the break, or none: when one can leave, minutes from there to the start, last end, minutes of
    the break that come after the visit.
    """
    leg, until = there + day.slack, day.end - back
    if not day.has_break:
        yield leaves, leg, until, 0.0
        return
    pause, earliest, latest = day.break_length, day.break_opens, day.break_closes
    before = there + max(pause, day.slack)  # the break takes in the slack
    yield leaves, leg, latest - back, 0.0  # back before the break must be
    yield leaves, leg, min(latest, until - pause), pause  # the break after the visit
    yield max(leaves, earliest + pause - before), before, until, 0.0  # the break before the visit
    yield _on_grid(max(leaves, earliest + pause), day.step), leg, until, 0.0  # leaving after the break


def _on_grid(minutes: float, step: float) -> float:
    return math.ceil(minutes / step - _HAIR) * step if step else minutes


def too_long(problem: Problem) -> Iterator[tuple[Cooperative, Visit, float]]:
    """The cooperatives whose longest visit fits into no day of a tour to it alone, with that visit and what fits."""
    for cooperative in problem.cooperatives:
        visits, closed = problem.visits_of[cooperative.id], frozenset(cooperative.closed or ())
        if not visits:
            continue
        open_on = {date.weekday(): date for date in problem.workdays if date not in closed}  # hours go by the weekday
        stay = max(
            (
                longest_stay(
                    problem.day,
                    cooperative.stretches(date),
                    problem.travel.minutes[office.location][cooperative.location],
                    problem.travel.minutes[cooperative.location][office.location],
                )
                for office in problem.offices
                if cooperative.office in (None, office.id)
                for date in open_on.values()
            ),
            default=-math.inf,
        )
        visit = max(visits, key=lambda each: each.minutes)
        if visit.minutes > stay + _HAIR:
            yield cooperative, visit, stay


def never_met(problem: Problem, meeting: Hours) -> Iterator[tuple[Cooperative, Visit, dt.date]]:
    """Of each cooperative the first visit that the office's own ``meeting`` forbids on all of its dates, with the first
    of them: whoever starts then is on the road, or there, while all of the office meet.
    """
    minutes = problem.travel.minutes
    for cooperative in problem.cooperatives:
        homes = [office.location for office in problem.offices if cooperative.office in (None, office.id)]
        legs = [(minutes[home][cooperative.location], minutes[cooperative.location][home]) for home in homes]
        for visit in problem.visits_of[cooperative.id]:
            starts = [(date, span) for date in visit.dates or () for span in problem.starts(visit, date)]
            if starts and all(
                any(high - there < last and low + visit.minutes + back > first for first, last in spans)
                for date, (low, high) in starts
                for spans in (meeting.on(date.weekday()),)
                for there, back in legs
            ):
                yield cooperative, visit, starts[0][0]
                break


def drives(problem: Problem, cooperative: Cooperative) -> tuple[float, float]:
    """Minutes there and back of the shortest drive to a cooperative from an office that may visit it."""
    minutes, at = problem.travel.minutes, cooperative.location
    offices = [office.location for office in problem.offices if cooperative.office in (None, office.id)]
    return min(((minutes[office][at], minutes[at][office]) for office in offices), key=sum)


def hours_in_words(problem: Problem, cooperative: Cooperative) -> Said:
    """The hours within which a visit must lie: the office's where the cooperative states none."""
    stated = cooperative.open
    if not isinstance(stated, Mapping):
        text = _in_words(((problem.day.start, problem.day.end),) if stated is None else stated)
        return named(text, text)
    days = [(weekday_named(number), _in_words(stated[day])) for number, day in enumerate(WEEKDAYS) if stated.get(day)]
    return named("; ".join(f"{day} {hours}" for day, hours in days),
                 "; ".join(f"{in_thai(day)} {hours}" for day, hours in days))  # fmt: skip


def _in_words(spans: Spans) -> str:
    return ", ".join(f"{format_clock(first)}-{format_clock(last)}" for first, last in spans)


def equal_share(
    visits: Sequence[Visit], officers: Sequence[Officer], drive: Mapping[str, tuple[float, float]]
) -> float:
    """Hours on tours that each officer has where the visits' work is shared equally, to the half hour.

    A visit counts its minutes and the drive there and back for each officer whom its crew needs: as many as it asks
    for, or as know its topics between them. That a tour makes two visits or three on one drive, and that who is needed
    for one of them rides to all, is about as much. ``drive``: there and back in minutes, by cooperative.
    """
    if not officers:
        return 0.0
    minutes = sum(
        max(visit.crew_size, _needed(frozenset(visit.topics or ()), officers))
        * (visit.minutes + sum(drive[visit.cooperative]))
        for visit in visits
    )
    return round(minutes / 60 / len(officers) * 2) / 2


def _needed(topics: frozenset[str], officers: Sequence[Officer]) -> int:
    """How many officers it takes to know all of ``topics``, the most knowing first."""
    left, number = set(topics), 0
    while left:
        best = max((left.intersection(officer.topics) for officer in officers), key=len)
        if not best:
            break
        left -= best
        number += 1
    return max(1, number)
