"""Rule 8: visits of a cooperative come in their order, and not too near one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.problem import Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def _on_day(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    gap = roster.cooperative(visit).gap_days
    for other, day in roster.siblings(visit):
        apart = (date - day).days if other.seq < visit.seq else (day - date).days
        if apart < gap:
            yield Finding(_code(roster, other), {"other": other.id, "date": day.isoformat(), "days": str(gap)})


def _code(roster: Roster, other: Visit) -> str:
    if other.id in roster.past:
        return "gap-history"
    return "gap-pinned" if other.id in roster.pinned else "gap"


RULE = Rule(
    name="gaps",
    number=8,
    text="Of two planned visits of a cooperative the one with the lower `seq` comes first, at least `min_gap_days` "
    "(else 1) calendar days earlier.",
    keys=("cooperatives.min_gap_days", "visits.seq"),
    kept=keeping(bound=Keeping.RELAXED),
    on_day=_on_day,
)
