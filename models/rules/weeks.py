"""Rule 5: an officer makes so many tours in a week."""

from __future__ import annotations

from collections.abc import Iterator

from models.plan import Tour
from models.problem import Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    for id_ in tour.crew:
        officer = roster.problem.officer_by_id[id_]
        if roster.week_left(officer, tour.date, but=tour) < 1:
            yield Finding("week-full", {"officer": id_, "days": str(officer.max_days_per_week)})


RULE = Rule(
    name="weeks",
    number=5,
    text="An officer is on at most `max_days_per_week` tours in an ISO week; history counts.",
    keys=("officers.max_days_per_week",),
    kept=keeping(bound=Keeping.DROPPED),
    of_tour=("week-full",),
    on_tour=_on_tour,
)
