"""Rule 9: a partner's visits fall on the partner's dates, and not too many of them on one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.problem import Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Keeping, Rule, keeping


def _on_day(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    if visit.partner is None:
        return
    partner = roster.problem.partner_by_id[visit.partner]
    if date not in partner.dates or partner.per_day == 0:
        yield Finding("partner-away", {"partner": partner.id})
    elif not roster.is_firm and roster.meetings_left(partner.id, date) <= 0:
        yield Finding("partner-full", {"partner": partner.id})


RULE = Rule(
    name="partners",
    number=9,
    text="A partner's visits fall on the partner's `dates`, at most `per_day` on one of them.",
    keys=("visits.partner", "partners"),
    kept=keeping(bound=Keeping.RELAXED),
    of_day=("partner-away", "partner-full"),
    on_day=_on_day,
)
