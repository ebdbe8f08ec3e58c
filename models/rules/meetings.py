"""Rule 3: a visit with a set of dates is on one of them; a visit to a board is on a day on which the board meets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.problem import Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Rule, keeping


def _on_day(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    if visit.dates is not None and date not in visit.dates:
        dates = ", ".join(day.isoformat() for day in visit.dates)
        yield Finding("not-its-date", {"visit": visit.id, "cooperative": visit.cooperative, "dates": dates})


RULE = Rule(
    name="meetings",
    number=3,
    text="A visit's date is one of its `dates`, as the meetings of a board.",
    keys=("visits.dates",),
    kept=keeping(),
    of_day=("not-its-date",),
    on_day=_on_day,
)
