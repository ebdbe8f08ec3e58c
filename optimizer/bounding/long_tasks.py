"""What the search for long routes needs to know: of an office once, and at each turn of the prices."""

from __future__ import annotations

import numpy as np

from optimizer.bounding.relaxed import GRACE, Relaxed
from optimizer.bounding.routes import Routes, day_bits_of, longest_work
from optimizer.bounding.structures import Ground, Prices, Staff, Task
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: entries of the table of triples beyond which it would take too much room
MOST_TRIPLES = 15_000_000


def _pairs(ways: Floats, relaxed: Relaxed, office: int) -> Floats:
    """[n, n] the least closed way from the office over two visits."""
    out, home = ways[relaxed.depot[office], relaxed.place], ways[relaxed.place, relaxed.depot[office]]
    over = out[:, None] + ways[np.ix_(relaxed.place, relaxed.place)] + home[None, :]
    least: Floats = np.minimum(over, over.T)
    return least


def ground_of(relaxed: Relaxed, office: int, listed: list[Routes]) -> Ground:
    """What every search from ``office`` shares; ``listed``: all its routes of so many sizes, from one visit on."""
    day_cost, day_bits = day_bits_of(relaxed, office)
    of_size = {block.visits.shape[1]: block for block in listed if block.office == office}
    partners = (relaxed.coop[:, None] != relaxed.coop[None, :]).astype(np.int64)
    triples = np.zeros((0, len(relaxed.visit)))
    if 2 in of_size:
        first, second = of_size[2].visits.T
        partners = np.zeros(partners.shape, np.int64)
        partners[first, second] = partners[second, first] = 1 + np.arange(len(first))
        if 3 in of_size and len(first) * len(partners) <= MOST_TRIPLES:
            triples = _triples(relaxed, int(relaxed.depot[office]), partners, of_size[3].visits, len(first))
    return Ground(
        int(relaxed.depot[office]), float(relaxed.capacity[office]), longest_work(relaxed.clock) + GRACE, day_bits,
        day_cost, relaxed.factor[office], relaxed.toll[office], _pairs(relaxed.drive, relaxed, office), partners,
        triples,
    )  # fmt: skip


def _triples(relaxed: Relaxed, depot: int, partners: Ints, visits: Ints, pairs: int) -> Floats:
    """[pairs, n] the least drive of a pair with a third visit; inf where they are no route."""
    triples = np.full((pairs, len(partners)), np.inf)
    _close(relaxed.drive, depot, relaxed.place, partners, visits, triples)
    return triples


@compiled
def _close(drive: Floats, depot: int, place: Ints, partners: Ints, visits: Ints, triples: Floats) -> None:
    """Write the least closed way over each row of three ``visits``, for each pair of them with the third."""
    for s in range(len(visits)):
        closed = np.inf
        for middle in range(3):
            a, b, c = visits[s, (middle + 1) % 3], visits[s, middle], visits[s, (middle + 2) % 3]
            for first, last in ((place[a], place[c]), (place[c], place[a])):
                over = drive[depot, first] + drive[first, place[b]] + drive[place[b], last] + drive[last, depot]
                closed = min(closed, over)
        for third in range(3):
            a, b = visits[s, (third + 1) % 3], visits[s, (third + 2) % 3]
            triples[partners[a, b] - 1, visits[s, third]] = closed


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
    return Task(
        long_from, reach, price, gain, worth, paid, minutes, order[gain[order] > 0], claimed, claimer, cheapest,
    )  # fmt: skip
