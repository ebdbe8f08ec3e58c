"""Rule 8: a cooperative with an office is visited from that office alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.plan import Tour
from models.problem import Depot, Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Rule, keeping


def _from_office(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> Iterator[Finding]:
    cooperative = roster.cooperative(visit)
    if cooperative.office not in (None, office.id):
        yield Finding("other-office", {"cooperative": cooperative.id, "office": cooperative.office or ""})


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    return _from_office(roster, visit, tour.date, roster.problem.office_by_id[tour.office])


RULE = Rule(
    name="home",
    number=8,
    text="A cooperative with an `office` is visited from that office alone.",
    keys=("cooperatives.office",),
    kept=keeping(),
    of_tour=("other-office",),
    from_office=_from_office,
    on_tour=_on_tour,
)
