"""Rule 8: visits of a cooperative come in their order, and not too near one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.problem import Cooperative, Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def too_near(cooperative: Cooperative, visit: Visit, date: dt.date, other: Visit, day: dt.date) -> bool:
    """Whether ``visit`` on ``date`` comes too near ``other`` of its cooperative on ``day``, or in the wrong order."""
    apart = (date - day).days if other.seq < visit.seq else (day - date).days
    return apart < cooperative.gap_days


def _on_day(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    cooperative = roster.cooperative(visit)
    for other, day in roster.siblings(visit):
        if too_near(cooperative, visit, date, other, day):
            facts = {"other": other.id, "date": day.isoformat(), "days": str(cooperative.gap_days)}
            yield Finding(_code(roster, other), facts)


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
    of_day=("gap", "gap-history", "gap-pinned"),
    on_day=_on_day,
)
