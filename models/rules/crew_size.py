"""Rule 6: so many officers ride to a visit as it asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.plan import Tour
from models.problem import Depot, Visit
from models.rules.barred import riders
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def _from_office(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> Iterator[Finding]:
    there = min(len(riders(roster, [visit.id], date, office)), roster.seats_left(office.id, date))
    if there < visit.crew_size:
        code = "too-few-officers-at-all" if roster.is_firm else "too-few-officers"
        yield Finding(code, {"office": office.id, "crew": str(visit.crew_size), "there": str(there)})


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    for stop in tour.stops:
        wanted = roster.problem.visit_by_id[stop.visit].crew_size
        if len(set(tour.crew)) < wanted:
            yield Finding("crew-too-small", {"other": stop.visit, "crew": str(wanted)})


RULE = Rule(
    name="crew size",
    number=6,
    text="At least `crew` officers ride to each visit.",
    keys=("visits.crew",),
    kept=keeping(bound=Keeping.RELAXED),
    of_day=("too-few-officers", "too-few-officers-at-all"),
    of_tour=("crew-too-small",),
    from_office=_from_office,
    on_tour=_on_tour,
)
