"""A bound in no time for any problem: what each visit costs at the least, whatever tour it is in."""

from __future__ import annotations

import numpy as np

from optimizer.bounding.prices import SETS, Duals, certified, no_lead_rows, no_leads
from optimizer.bounding.relaxed import Relaxed
from optimizer.instance import Floats


def _least_entry(ways: Floats, relaxed: Relaxed) -> Floats:
    """[n] the least way to each visit from an office or from a visit of another cooperative.

    Looked for once for each cooperative and place: of all pairs of thousands of visits there are too many.
    """
    pairs, own = np.unique(np.stack((relaxed.coop, relaxed.place)), axis=1, return_inverse=True)
    coop, place = pairs
    other = np.where(coop[:, None] != coop[None, :], ways[np.ix_(place, place)], np.inf).min(axis=0, initial=np.inf)
    least: Floats = np.minimum(other, ways[np.ix_(relaxed.depot, place)].min(axis=0))[own.ravel()]
    return least


def quick_bound(relaxed: Relaxed) -> float:
    """Baht that no plan undercuts: for each visit half the least ways in and out, its best day and its hours."""
    relaxed = relaxed._replace(toll=np.zeros_like(relaxed.toll))  # ways are priced as in the cheapest car
    officers, options = len(relaxed.skills), no_leads(relaxed)
    half_ways = (_least_entry(relaxed.km, relaxed) + _least_entry(relaxed.km.T, relaxed)) / 2
    alone = half_ways + relaxed.day_cost.min(axis=1, initial=np.inf)
    # slack that the break may take is no hour on tours; it can be so once a tour, and be all of it
    minutes = np.maximum(0.0, relaxed.minutes - relaxed.clock.unpaid)
    bounds = []
    for share in (0.0, 0.5, 1.0):
        hour = np.where(np.isfinite(relaxed.fair), share * relaxed.overload, 0.0)
        cheapest = hour.min(initial=0.0 if not officers else np.inf)
        duals = Duals(
            visit=np.minimum(alone + minutes / 60.0 * cheapest, relaxed.leave_out),
            hour=np.where(np.isfinite(relaxed.fair), cheapest, 0.0),
            lead=np.zeros((len(relaxed.visit), officers)),
            same=np.zeros(0),
            claimed=np.zeros((officers, SETS)),
        )
        bounds.append(certified(relaxed, options, no_lead_rows(relaxed), duals, np.zeros(len(relaxed.visit))))
    return max(bounds)
