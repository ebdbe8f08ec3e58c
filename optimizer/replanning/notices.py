"""Who must be told of a mended plan: everybody for whom a date, a time, a crew or a lead is another one.

Another car alone concerns only who rides in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from models.plan import Plan
from models.problem import Problem
from models.referee import moved
from optimizer.replanning.places import Place, places

Kind = Literal["officer", "cooperative", "partner"]
#: somebody, by id
Whom = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody, by id, and the visits of which he or she must hear, in the order of their days."""

    kind: Kind
    who: str
    visits: tuple[str, ...]


def whom_to_tell(problem: Problem, visit: str, before: Place | None, after: Place | None) -> tuple[Whom, ...]:
    """Whom a visit that stood ``before`` and stands ``after`` concerns, where anything of it changed; else nobody.

    Officers of both crews, both leads, the cooperative, and the partner; of another car alone the crew. What is past
    concerns nobody: a visit that was to be then and was not held is one that had no place.
    """
    if after is not None and problem.is_past(after.date):
        return ()
    if before is not None and problem.is_past(before.date):
        before = None
    stood = [place for place in (before, after) if place is not None]
    crews: list[Whom] = [("officer", id_) for place in stood for id_ in place.crew]
    if _seen(before) == _seen(after):
        return tuple(dict.fromkeys(crews)) if other_car(before, after) else ()
    leads: list[Whom] = [("officer", place.lead) for place in stood if place.lead is not None]
    wanted = problem.visit_by_id[visit]
    outside: list[Whom] = [("cooperative", wanted.cooperative)]
    if wanted.partner is not None:
        outside.append(("partner", wanted.partner))
    return tuple(dict.fromkeys([*crews, *leads, *outside]))


def other_car(before: Place | None, after: Place | None) -> bool:
    """Whether a visit that had a place and has one is made in another car."""
    return before is not None and after is not None and before.car != after.car


def notices(problem: Problem, plan: Plan) -> tuple[Notice, ...]:
    """Everybody who must be told that ``plan`` takes the place of the published one, officers first.

    Visits that are new, or that are to be made up for, count like those that move.
    """
    found: dict[Whom, list[str]] = {}
    for visit, before, after in changes(problem, plan):
        for whom in whom_to_tell(problem, visit, before, after):
            found.setdefault(whom, []).append(visit)
    order = ("officer", "cooperative", "partner")
    ranked = sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    return tuple(Notice(kind, who, tuple(visits)) for (kind, who), visits in ranked)


def changes(problem: Problem, plan: Plan) -> Iterator[tuple[str, Place | None, Place | None]]:
    """Each visit from today on with where it stood and stands, by the earlier of the two days."""
    if problem.published is None:
        return
    today = problem.today or dt.date.min
    old, new = places(problem.published, problem), places(plan, problem)

    def day(visit: str) -> dt.date:
        return min(place.date for place in (old.get(visit), new.get(visit)) if place is not None)

    for visit in sorted({*old, *new}, key=lambda visit: (day(visit), visit)):
        if day(visit) >= today:
            yield visit, old.get(visit), new.get(visit)


def in_place(problem: Problem, plan: Plan) -> tuple[tuple[str, Place, Place], ...]:
    """Visits that count as not moved though their hour, crew or car is another one: where they stood and stand."""
    gone = {visit for visit, _ in moved(problem, plan)}
    return tuple(
        (visit, before, after)
        for visit, before, after in changes(problem, plan)
        if before is not None
        and after is not None
        and visit not in gone
        and (_seen(before) != _seen(after) or other_car(before, after))
    )


def anew(problem: Problem, plan: Plan) -> tuple[tuple[str, Place], ...]:
    """Visits that had no place and have one now, new ones and those to be made up for: where they stand."""
    found = changes(problem, plan)
    return tuple((visit, after) for visit, before, after in found if before is None and after is not None)


def _seen(place: Place | None) -> tuple[object, ...] | None:
    """What those concerned see of a visit, to the minute that every output shows."""
    return None if place is None else (place.date, round(place.start), frozenset(place.crew), place.lead)
