"""Rule 6: nobody rides to a cooperative that he or she is barred from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from models.plan import Tour
from models.problem import Depot, Officer, Problem, Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def barred_from(problem: Problem, visits: Iterable[str]) -> frozenset[str]:
    """The officers who may not ride on a tour to ``visits``."""
    cooperatives = {problem.visit_by_id[id_].cooperative for id_ in visits}
    return frozenset(officer for id_ in cooperatives for officer in problem.cooperative_by_id[id_].barred or ())


def riders(roster: Roster, visits: Iterable[str], date: dt.date, office: Depot) -> list[Officer]:
    """The officers of an office who could go to ``visits`` on a day, as far as days tell; not as hours do."""
    barred = barred_from(roster.problem, visits)
    return [one for one in roster.staff(office.id, date) if one.id not in barred]


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    for stop in tour.stops:
        cooperative = roster.cooperative(roster.problem.visit_by_id[stop.visit])
        for id_ in tour.crew:
            if cooperative.bars(id_):
                yield Finding("officer-barred", {"officer": id_, "cooperative": cooperative.id})


RULE = Rule(
    name="barred",
    number=6,
    text="Nobody rides to a cooperative that he or she is `barred` from.",
    keys=("cooperatives.barred",),
    kept=keeping(bound=Keeping.RELAXED),
    of_tour=("officer-barred",),
    on_tour=_on_tour,
)
