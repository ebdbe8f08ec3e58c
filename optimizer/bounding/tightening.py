"""Rows that shares of leads break: those that are added, and those of claimed hours that make room for others."""

from __future__ import annotations

import numpy as np

from optimizer.bounding.master import Master
from optimizer.bounding.pace import Pace
from optimizer.bounding.prices import SETS, Duals, LeadRows, Mask
from optimizer.bounding.pricing import Pricer
from optimizer.bounding.separation import VARIANTS

#: by how much a lead is mixed for a row of its own; such rows in one look
LEAST_BREAK, LINKS = 0.02, 3000
#: hours that a set of cooperatives must show beyond those that are paid for, for a row of its own
LEAST_HOURS = 0.6
#: baht an hour below which a row of claimed hours says next to nothing
IDLE = 0.1


def tighten(master: Master, rows: LeadRows, pace: Pace, times: float) -> bool:
    """Add rows for leads that are mixed, and for overload that their shares hide; whether there were any."""
    broken = master.broken_links(LEAST_BREAK, int(LINKS * times)) if pace.links else []
    for visit, coop, officer in broken:
        rows.add(visit, coop, officer)
    busy = [
        rows.add_set(row._replace(officer=officer), pace.sets)
        for row in master.broken_hours(LEAST_HOURS)
        for officer in np.flatnonzero(master.first == row.officer).tolist()
    ]
    return bool(broken) or any(busy)


def make_room(master: Master, rows: LeadRows, pricer: Pricer, best: Duals) -> Mask:
    """[O, SETS] rows of claimed hours that were forgotten, of officers who had no room for more.

    They are those without a price now, and without one in the ``best`` prices.
    """
    full = rows.sets.any(axis=2).sum(axis=1) > SETS - VARIANTS
    price = np.maximum(best.claimed, master.duals(master.at.prices).claimed)
    gone: Mask = rows.sets.any(axis=2) & (price < IDLE) & full[:, None]
    if gone.any():
        pricer.forget_sets(gone)
        rows.forget_sets(gone)
        master.forget_sets(gone)
    return gone
