"""Rule 3: a visit starts in a window, and lies wholly within one stretch of the cooperative's hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models.clock import TOLERANCE, format_clock
from models.hours import Spans
from models.plan import Tour
from models.problem import Visit
from models.rules.finding import Finding
from models.rules.roster import Roster
from models.rules.rule import Rule, keeping


def _on_day(roster: Roster, visit: Visit, date: dt.date) -> Iterator[Finding]:
    cooperative = roster.cooperative(visit)
    if date in (cooperative.closed or ()):
        yield Finding("closed", {"cooperative": cooperative.id})
    elif not cooperative.stretches(date):
        yield Finding("shut-weekday", {"cooperative": cooperative.id, "date": date.isoformat()})
    elif not roster.problem.starts(visit, date) and visit.may_be_on(date):
        facts = {
            "windows": said(visit.windows),
            "hours": said(cooperative.stretches(date)),
            "minutes": f"{visit.minutes:g}",
        }
        yield Finding("no-hours", facts)


def _on_tour(roster: Roster, visit: Visit, tour: Tour) -> Iterator[Finding]:
    for stop in tour.stops:
        other = roster.problem.visit_by_id[stop.visit]
        starts = roster.problem.starts(other, tour.date)
        if starts and not any(low - TOLERANCE <= stop.start <= high + TOLERANCE for low, high in starts):
            yield Finding("outside-hours", {"other": other.id, "hours": said(starts)})


def said(spans: Spans) -> str:
    """Stretches as text: ``08:30-12:00, 13:00-16:30``; one without an end stops at midnight."""
    return ", ".join(f"{format_clock(low)}-{format_clock(min(high, 24 * 60))}" for low, high in spans)


RULE = Rule(
    name="hours",
    number=3,
    text="A visit's `start` lies in one of its windows, and the whole visit within one stretch of the cooperative's "
    "`open` hours on that weekday; its date is not in `closed`.",
    keys=("visits.window", "cooperatives.open", "cooperatives.closed"),
    kept=keeping(),
    of_day=("closed", "shut-weekday", "no-hours"),
    of_tour=("outside-hours",),
    on_day=_on_day,
    on_tour=_on_tour,
)
