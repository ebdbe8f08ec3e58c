"""Rule 3: a visit is not before its earliest day, and not after its latest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.problem import Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Rule, keeping


def _on_day(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    if visit.earliest is not None and date < visit.earliest:
        yield Finding("before-earliest", {"earliest": visit.earliest.isoformat()})
    if visit.latest is not None and date > visit.latest:
        yield Finding("after-latest", {"latest": visit.latest.isoformat()})


RULE = Rule(
    name="dates",
    number=3,
    text="A visit's date lies in `earliest..latest`.",
    keys=("visits.earliest", "visits.latest"),
    kept=keeping(),
    of_day=("before-earliest", "after-latest"),
    on_day=_on_day,
)
