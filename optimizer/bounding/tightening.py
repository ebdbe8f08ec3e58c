"""Rows that are added where shares of leads break them."""

from __future__ import annotations

from optimizer.bounding.master import Master
from optimizer.bounding.pace import Pace
from optimizer.bounding.prices import LeadRows

#: by how much a lead is mixed for a row of its own; such rows in one look
LEAST_BREAK, LINKS = 0.02, 3000
#: hours that a set of cooperatives must show beyond those that are paid for, for a row of its own
LEAST_HOURS = 0.6


def tighten(master: Master, rows: LeadRows, pace: Pace, times: float) -> bool:
    """Add rows for leads that are mixed, and for overload that their shares hide; whether there were any."""
    broken = master.broken_links(LEAST_BREAK, int(LINKS * times)) if pace.links else []
    for visit, coop, officer in broken:
        rows.add(visit, coop, officer)
    busy = [rows.add_set(row, pace.sets) for row in (master.broken_hours(LEAST_HOURS) if pace.sets else ())]
    return bool(broken) or any(busy)
