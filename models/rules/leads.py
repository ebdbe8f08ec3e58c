"""Rule 7: a cooperative has one lead for the whole horizon, who is not barred from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from models.problem import Cooperative, Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def may_lead(cooperative: Cooperative, officer: str) -> bool:
    """Whether an officer may be the lead of a cooperative."""
    return cooperative.lead in (None, officer) and not cooperative.bars(officer)


def first_to_lead(cooperative: Cooperative, officers: Iterable[str | None]) -> str | None:
    """Who leads a cooperative that has no lead yet: the fixed one, else the first of ``officers`` who may."""
    wanted = (cooperative.lead, *officers)
    return next((one for one in wanted if one is not None and may_lead(cooperative, one)), None)


def _on_day(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    cooperative = roster.cooperative(visit)
    if cooperative.lead is None and not any(may_lead(cooperative, officer.id) for officer in roster.problem.officers):
        yield Finding("no-lead", {"cooperative": cooperative.id})


RULE = Rule(
    name="leads",
    number=7,
    text="A cooperative has one lead for the whole horizon; `lead`, where given, is that officer; nobody leads a "
    "cooperative that he or she is `barred` from.",
    keys=("cooperatives.lead", "cooperatives.barred"),
    kept=keeping(bound=Keeping.RELAXED),
    of_day=("no-lead",),
    on_day=_on_day,
)
