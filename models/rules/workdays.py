"""Rule 2: a tour is on a workday."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.problem import Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Rule, keeping


def _on_day(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    if date not in roster.workdays:
        yield Finding("no-workday", {"date": date.isoformat()})


RULE = Rule(
    name="workdays",
    number=2,
    text="A tour is on a workday.",
    keys=("workdays",),
    kept=keeping(),
    of_day=("no-workday",),
    on_day=_on_day,
)
