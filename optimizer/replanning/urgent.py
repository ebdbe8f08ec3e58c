"""A visit that nobody knew of: what it is, and where among its cooperative's other visits it has most room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from models.changes import UrgentVisit
from models.newids import new_id
from models.problem import Problem, Visit


def with_urgent(problem: Problem, change: UrgentVisit) -> tuple[Problem, str]:
    """The problem with the visit, numbered to stand where the others leave it most days up to its due; and its id."""
    own = problem.visits_of[change.cooperative]
    dates = {visit: tour.date for tour, visit, _ in problem.published_stops()}
    urgent = Visit(
        id=change.id or new_id(f"{change.cooperative}-urgent-", problem.visit_by_id),
        cooperative=change.cooperative,
        seq=1,
        minutes=change.minutes,
        priority=change.priority,
        topics=change.topics or None,
        earliest=problem.today,
        due=change.due,
        partner=change.partner,
        issues=None if change.subject is None else (change.subject,),
    )
    position = room(problem, urgent, [dates.get(visit.id) for visit in own], problem.today or dt.date.min)
    series = [*own[:position], urgent, *own[position:]]
    seqs = {visit.id: number for number, visit in enumerate(series, start=1)}
    visits = (
        visit.model_copy(update={"seq": seqs[visit.id]}) if visit.id in seqs else visit
        for visit in (*problem.visits, urgent)
    )
    return problem.changed(visits=tuple(visits)), urgent.id


def room(problem: Problem, visit: Visit, own: Sequence[dt.date | None], today: dt.date) -> int:
    """Before which of its cooperative's visits, counted from 0, a new ``visit`` has most workdays, gaps kept.

    ``own``: the days of those visits, in their order; None for one that is left out.
    """
    cooperative = problem.cooperative_by_id[visit.cooperative]
    due = visit.due or dt.date.max
    joined = None if visit.partner is None else problem.partner_by_id[visit.partner].dates
    best, chosen = (-1, -1), 0
    for position in range(len(own) + 1):
        before = max((date for date in own[:position] if date), default=None)
        after = min((date for date in own[position:] if date), default=None)
        free = [
            day
            for day in problem.workdays
            if day >= today
            and day not in (cooperative.closed or ())
            and (joined is None or day in joined)
            and (before is None or (day - before).days >= cooperative.gap_days)
            and (after is None or (after - day).days >= cooperative.gap_days)
        ]
        score = (sum(day <= due for day in free), len(free))
        if score > best:
            best, chosen = score, position
    return chosen
