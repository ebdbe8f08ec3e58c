"""What the search for long routes needs to know: of an office once, and at each turn of the prices."""

from __future__ import annotations

import numpy as np

from optimizer.bounding.relaxed import GRACE, Relaxed
from optimizer.bounding.routes import Routes, day_bits_of, longest_work
from optimizer.bounding.staffing import needed
from optimizer.bounding.structures import Ground, Prices, Staff, Task
from optimizer.instance import Floats


def _pairs(ways: Floats, relaxed: Relaxed, office: int) -> Floats:
    """[n, n] the least closed way from the office over two visits."""
    out, home = ways[relaxed.depot[office], relaxed.place], ways[relaxed.place, relaxed.depot[office]]
    over = out[:, None] + ways[np.ix_(relaxed.place, relaxed.place)] + home[None, :]
    least: Floats = np.minimum(over, over.T)
    return least


def _until(relaxed: Relaxed, limit: float) -> Floats:
    """[R] the most minutes of drive and visits at each price of an officer's day."""
    clock, tour = relaxed.clock, np.append(relaxed.rate_from[1:] + GRACE, np.inf)
    work = np.maximum(np.minimum(tour, clock.unbroken), tour - clock.rest)  # without the break, or with it
    until: Floats = np.minimum(work, limit)
    return until


def ground_of(relaxed: Relaxed, office: int, listed: list[Routes]) -> Ground:
    """What every search from ``office`` shares; ``listed``: all its routes of so many sizes, from one visit on."""
    day_cost, day_bits = day_bits_of(relaxed, office)
    partners = (relaxed.coop[:, None] != relaxed.coop[None, :]).astype(np.uint8)
    for block in listed:
        if block.office == office and block.visits.shape[1] == 2:
            first, second = block.visits.T
            partners[:] = 0
            partners[first, second] = partners[second, first] = 1
    limit = longest_work(relaxed.clock) + GRACE
    return Ground(
        int(relaxed.depot[office]), float(relaxed.capacity[office]), limit, _until(relaxed, limit), day_bits, day_cost,
        relaxed.factor[office], relaxed.toll[office], relaxed.asked[office], _pairs(relaxed.drive, relaxed, office),
        partners,
    )  # fmt: skip


def task_of(relaxed: Relaxed, ground: Ground, long_from: int, prices: Prices, staff: Staff, reach: float) -> Task:
    """What a search at these prices is after."""
    own = prices.reward[:, staff.officers]
    most = own.max(axis=1, initial=0.0)
    cheapest = float(prices.hour[staff.officers].min())
    # the minutes by which hours on tours may be less than those of a route depend on one visit at most
    spare = max(0.0, relaxed.clock.unpaid - float(relaxed.minutes.min()))
    can = (ground.day_bits != 0).any(axis=1)
    price = np.where(can, prices.visit - ground.day_cost.min(axis=1, initial=np.inf), -np.inf)
    paid = np.maximum(0.0, relaxed.minutes - spare)
    worth = price - paid / 60.0 * cheapest
    gain = worth + most
    minutes = np.maximum(relaxed.minutes, 1e-9)
    order = np.argsort(-gain / minutes, kind="stable")
    visit, claimer = map(np.ascontiguousarray, np.nonzero(own > 0))  # as the machine code on disk takes them
    claimed = np.searchsorted(visit, np.arange(len(gain) + 1))
    alone = np.flatnonzero(needed(staff.officers, prices, staff.skills, staff.barred, staff.there[:, :0]))
    return Task(
        long_from, reach, price, gain, worth, paid, minutes, order[gain[order] > 0], claimed, claimer, alone, cheapest,
    )  # fmt: skip
