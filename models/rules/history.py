"""Rule 10: history stands as it was, and nothing else lies before today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.problem import Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Rule, keeping


def _on_day(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    today = roster.problem.today
    if today is not None and (visit.id in roster.past or date < today):
        yield Finding("history", {"date": today.isoformat()})


RULE = Rule(
    name="history",
    number=10,
    text="The tours of `published` before `today` stand in the plan as they were, and no other lies before `today`.",
    keys=("today", "published"),
    kept=keeping(),
    of_day=("history",),
    on_day=_on_day,
)
