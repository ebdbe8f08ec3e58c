"""Rule 8: a cooperative with rhythms is visited on the dates of one of them, or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.problem import Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def _on_day(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    cooperative = roster.cooperative(visit)
    if cooperative.rhythms is None:
        return
    own = roster.problem.visits_of[cooperative.id]
    known = {other.id: day for other, day in roster.siblings(visit)} | {visit.id: date}
    if not any(
        all(known.get(other.id, beat) == beat for other, beat in zip(own, rhythm, strict=True))
        for rhythm in cooperative.rhythms
    ) or (not roster.is_firm and len(known) < len(own)):
        yield Finding("no-rhythm", {"cooperative": cooperative.id})


RULE = Rule(
    name="rhythms",
    number=8,
    text="With `rhythms`, a cooperative's planned dates are one of the lists, or none of its visits is planned.",
    keys=("cooperatives.rhythms",),
    kept=keeping(bound=Keeping.RELAXED),
    of_day=("no-rhythm",),
    on_day=_on_day,
)
