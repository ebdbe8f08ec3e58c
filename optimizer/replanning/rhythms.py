"""Cooperatives whose rhythm a change has broken: it has begun, and no plan could go on with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from models.plan import Tour
from models.problem import Problem


def broken(
    problem: Problem,
    pins: Collection[str],
    *,
    away: Collection[tuple[str, dt.date]],
    shut: Collection[tuple[str, dt.date]],
    cars: Collection[tuple[str, dt.date]],
) -> frozenset[str]:
    """The cooperatives that are no longer held to their rhythms.

    A rhythm is kept whole or not at all, and what is history or pinned has begun it. Where the changes then touch a
    visit to come of that cooperative, the rhythm gives way: the visits keep their gaps, and every move has its price.
    Other rhythms that have begun can be gone on with as the published plan has them.
    """
    today = problem.today or dt.date.min
    tours = {stop.visit: tour for tour in (problem.published.tours if problem.published else ()) for stop in tour.stops}
    found = set()
    for cooperative in problem.cooperatives:
        own = [visit.id for visit in problem.visits_of[cooperative.id]]
        if cooperative.rhythms is None:
            continue
        planned = {id_: tours[id_] for id_ in own if id_ in tours}
        begun = any(tour.date < today or id_ in pins for id_, tour in planned.items())
        ahead = [tour for tour in planned.values() if tour.date >= today]
        hit = len(planned) < len(own) or any(_touched(tour, cooperative.id, away, shut, cars) for tour in ahead)
        if begun and hit:
            found.add(cooperative.id)
    return frozenset(found)


def _touched(
    tour: Tour,
    cooperative: str,
    away: Collection[tuple[str, dt.date]],
    shut: Collection[tuple[str, dt.date]],
    cars: Collection[tuple[str, dt.date]],
) -> bool:
    """Whether a change hits a tour on which the cooperative is visited."""
    return (
        any((officer, tour.date) in away for officer in tour.crew)
        or (cooperative, tour.date) in shut
        or (tour.office, tour.date) in cars
    )
