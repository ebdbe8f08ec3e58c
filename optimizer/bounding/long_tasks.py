"""What the search for long routes needs to know of an office: pairs, orders of visits, and crews in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from math import comb

import numpy as np

from optimizer.bounding.relaxed import GRACE, Relaxed
from optimizer.bounding.routes import day_bits_of, longest_work
from optimizer.bounding.structures import Prices, Staff, Task
from optimizer.instance import Flags, Floats

#: members of a crew beyond which it hardly ever earns anything
USUAL = 5
#: crews that are searched between two looks at the stop criterion
CREWS = 2_500


def _pairs(ways: Floats, relaxed: Relaxed, office: int) -> Floats:
    """[n, n] the least closed way from the office over two visits."""
    out, home = ways[relaxed.depot[office], relaxed.place], ways[relaxed.place, relaxed.depot[office]]
    over = out[:, None] + ways[np.ix_(relaxed.place, relaxed.place)] + home[None, :]
    least: Floats = np.minimum(over, over.T)
    return least


def crews(relaxed: Relaxed) -> int:
    """How many crews of ``USUAL`` members or fewer there are."""
    people = np.bincount(relaxed.base, minlength=len(relaxed.depot))
    return sum(comb(int(staff), size) for staff, seats in zip(people, relaxed.seats, strict=True)
               for size in range(1, min(int(seats), USUAL) + 1))  # fmt: skip


def pieces_of_crews(people: int, seats: int) -> Iterator[tuple[int, int, int]]:
    """All crews in pieces of about ``CREWS``: the first member, the first second member, and the one after the last."""
    for first in range(people if seats else 0):
        second, crews = first + 1, 1
        for other in range(first + 1, people):
            crews += sum(comb(people - 1 - other, more) for more in range(seats - 1))
            if crews >= CREWS:
                yield first, second, other + 1
                second, crews = other + 1, 0
        if second < people or second == first + 1:
            yield first, second, people


def task_of(relaxed: Relaxed, office: int, long_from: int, prices: Prices, staff: Staff, per_crew: int) -> Task:
    """What every search from ``office`` at these prices shares."""
    day_cost, day_bits = day_bits_of(relaxed, office)
    # visits that no day suits are in no route
    price = np.where((day_bits != 0).any(axis=1), prices.visit, -1.0 - prices.most)
    length = np.maximum(relaxed.minutes, 1e-9)
    special = np.zeros((len(staff.officers), len(price)), np.int64)
    specials = np.zeros(len(staff.officers), np.int64)
    for i, o in enumerate(staff.officers):
        own = np.flatnonzero(prices.reward[:, o] > staff.least)
        specials[i] = len(own)
        special[i, : len(own)] = own[np.argsort(-(price + prices.reward[:, o])[own] / length[own], kind="stable")]
    limit = longest_work(relaxed.clock) + GRACE
    pair_km = _pairs(relaxed.km, relaxed, office)
    return Task(
        int(relaxed.depot[office]), float(relaxed.capacity[office]), limit, long_from, per_crew, day_bits, day_cost,
        pair_km, _pairs(relaxed.drive, relaxed, office), price,
        np.argsort(-(price + staff.least) / length, kind="stable"), special, specials,
        _linked_visits(relaxed, prices), _useful_seats(relaxed, staff, prices, price, limit),
    )  # fmt: skip


def _linked_visits(relaxed: Relaxed, prices: Prices) -> Flags:
    """[n] 1 for visits that claiming beside others has a price, for them or for the others."""
    priced = np.append((prices.same > 0).any(axis=1), False)[prices.pair]  # [n, C]; the last one is for no pair
    by_visit, by_coop = np.atleast_1d(priced.any(axis=1)), np.atleast_1d(priced.any(axis=0))
    return (by_visit | by_coop[relaxed.coop]).astype(np.uint8)


def _useful_seats(relaxed: Relaxed, staff: Staff, prices: Prices, price: Floats, limit: float) -> int:
    """Officers beyond whom a crew costs more than all that a day has time for could earn."""
    gain = np.maximum(0.0, price + prices.most)
    order = np.argsort(-gain / np.maximum(relaxed.minutes, 1e-9), kind="stable")
    room = np.clip(limit - (np.cumsum(relaxed.minutes[order]) - relaxed.minutes[order]), 0.0, relaxed.minutes[order])
    whole = relaxed.minutes[order] <= 0
    share = np.where(whole, 1.0, room / np.maximum(relaxed.minutes[order], 1e-9))
    earned = float((gain[order] * share).sum())
    unpaid = relaxed.clock.unpaid / 60.0 * float(np.sort(prices.hour)[::-1][: staff.seats].sum())
    seats = 1
    while seats < staff.seats and relaxed.car_day + relaxed.rate[0] * (seats + 1) - unpaid < earned:
        seats += 1
    return min(seats, staff.seats)
