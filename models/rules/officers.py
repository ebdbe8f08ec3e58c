"""Rule 5: the crew are officers of the tour's office, there and not busy, each on one tour a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.plan import Tour
from models.problem import Depot, Visit
from models.rules.barred import riders
from models.rules.finding import Finding
from models.rules.hours import said
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def _from_office(roster: Roster, visit: Visit, date: dt.date, office: Depot) -> Iterator[Finding]:
    if not riders(roster, [visit.id], date, office):
        code = "no-officer-at-all" if roster.is_firm else "no-officer"
        yield Finding(code, {"office": office.id, "date": date.isoformat()})


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    day = tour.date.isoformat()
    for id_ in tour.crew:
        officer = roster.problem.officer_by_id[id_]
        if officer.office != tour.office:
            yield Finding("officer-elsewhere", {"officer": id_, "office": officer.office})
        if officer.is_absent(tour.date):
            yield Finding("officer-absent", {"officer": id_, "date": day})
        elif officer.is_busy(tour.date, tour.depart, tour.return_):
            yield Finding("officer-busy", {"officer": id_, "hours": said(officer.busy_on(tour.date))})
        if roster.is_on_other_tour(id_, tour):
            yield Finding("officer-on-tour", {"officer": id_, "date": day})


RULE = Rule(
    name="officers",
    number=5,
    text="The crew are officers of the tour's office, none absent, none `busy` between `depart` and `return`, each on "
    "at most one tour a day.",
    keys=("officers.absent", "officers.busy", "officers.office"),
    kept=keeping(bound=Keeping.RELAXED),
    of_day=("no-officer", "no-officer-at-all"),
    of_tour=("officer-elsewhere", "officer-absent", "officer-busy", "officer-on-tour"),
    from_office=_from_office,
    on_tour=_on_tour,
)
