"""Rule 10: a pinned visit keeps its date, its start and its crew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.clock import format_clock, seconds
from models.plan import Tour
from models.problem import Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Rule, keeping


def _on_day(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    if visit.id in roster.pinned:
        was, _ = roster.pinned[visit.id]
        if was.date != date:
            yield Finding("pinned-elsewhere", {"date": was.date.isoformat()})


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    for stop in tour.stops:
        if stop.visit in roster.pinned:
            was, start = roster.pinned[stop.visit]
            if set(was.crew) != set(tour.crew):
                yield Finding("pinned-crew", {"other": stop.visit, "officers": ", ".join(sorted(was.crew))})
            if seconds(start) != seconds(stop.start):
                yield Finding("pinned-start", {"other": stop.visit, "from": format_clock(start)})


RULE = Rule(
    name="pins",
    number=10,
    text="A visit in `pins` is where `published` has it: date, start, crew.",
    keys=("pins",),
    kept=keeping(),
    of_day=("pinned-elsewhere",),
    of_tour=("pinned-crew", "pinned-start"),
    on_day=_on_day,
    on_tour=_on_tour,
)
