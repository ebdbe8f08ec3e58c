"""Claims: who of a crew counts as the lead at which stops of a route, and what that earns.

Where claiming some two stops by one officer has a price, or hours of tours with claims have one of their own, what an
officer earns is tabled by subsets of the stops.
"""

from __future__ import annotations

import numpy as np

from optimizer.bounding.structures import Prices
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: visits of a route up to which claims of two cooperatives by one officer are priced; beyond, they are free of charge
MOST_LINKED = 8


@compiled
def charge_hours(prices: Prices, stops: Ints, officer: int, hours: float, value: Floats) -> None:
    """Take off ``value[B]`` what claimed hours cost where the officer claims all of each subset B of the stops."""
    count = len(stops)
    for row in range(prices.set_from[officer], prices.set_from[officer + 1]):
        held = 0
        for j in range(count):
            held |= (prices.set_place[stops[j], row] != 0) << j
        if held == 0:
            continue
        cost = hours * prices.set_price[row]
        for block in range(1, 1 << count):
            if block & held:
                value[block] -= cost
        for j in range(count):
            place = -prices.set_place[stops[j], row]
            if place <= 0:
                continue
            before = 0
            for i in range(count):
                before |= (0 < abs(prices.set_place[stops[i], row]) < place) << i
            if before:
                tied, cost = 1 << j, prices.set_share[row]
                for block in range(tied, 1 << count):
                    if block & tied and block & before:
                        value[block] -= cost


@compiled
def claimed_values(prices: Prices, coop: Ints, stops: Ints, officer: int, hours: float, value: Floats) -> None:
    """Write into ``value[B]`` what the officer earns by claiming all of each subset B of the stops."""
    count = len(stops)
    value[0] = 0.0
    for j in range(count):
        earned = prices.claim[stops[j], officer]
        for block in range(1 << j):
            value[block | 1 << j] = value[block] + earned
    for j in range(count):
        for i in range(j):
            cost = 0.0
            for a, b in ((i, j), (j, i)):
                row = prices.pair[stops[a], coop[stops[b]]]
                if row >= 0:
                    cost += prices.same[row, officer]
            if cost > 0.0:
                both = 1 << i | 1 << j
                for block in range(both, 1 << count):
                    if block & both == both:
                        value[block] -= cost
    charge_hours(prices, stops, officer, hours, value)


@compiled
def most_of_parts(count: int, value: Floats) -> None:
    """Raise ``value[B]`` to the most of all subsets of B, of ``count`` stops."""
    for j in range(count):
        for block in range(1 << count):
            if block >> j & 1:
                value[block] = max(value[block], value[block ^ (1 << j)])


@compiled
def block_values(prices: Prices, coop: Ints, stops: Ints, officer: int, hours: float, value: Floats) -> None:
    """Write into ``value[B]`` the most that the officer earns by claiming some of each subset B of the stops."""
    claimed_values(prices, coop, stops, officer, hours, value)
    most_of_parts(len(stops), value)


@compiled
def alone_value(prices: Prices, coop: Ints, stops: Ints, officer: int, hours: float, value: Floats) -> float:
    """The most that the officer earns who rides alone; writes into ``value[B]`` what from some of each subset B."""
    claimed_values(prices, coop, stops, officer, hours, value)
    for j in range(len(stops)):
        charge = prices.charge[stops[j], officer]
        if charge > 0.0:
            for block in range(1 << j, 1 << len(stops)):
                if block >> j & 1:
                    value[block] -= charge
    most_of_parts(len(stops), value)
    return value[(1 << len(stops)) - 1]


@compiled
def join_member(before: Floats, value: Floats, after: Floats) -> None:
    """``after[T]``: the most that the crew of ``before`` earns from the stops T once the member of ``value`` joins."""
    for part in range(len(before)):
        best = before[part]
        block = part
        while block > 0:
            if value[block] > 0.0:
                best = max(best, before[part ^ block] + value[block])
            block = (block - 1) & part
        after[part] = best


@compiled
def are_linked(prices: Prices, coop: Ints, stops: Ints) -> bool:
    """Whether what an officer claims at one stop changes what claiming others costs; else each is claimed by itself."""
    if len(stops) > MOST_LINKED:
        return False
    if len(prices.set_price) > 0:
        return True
    for v in stops:
        for u in stops:
            if u != v and prices.pair[v, coop[u]] >= 0:
                return True
    return False


@compiled
def settle_claims(prices: Prices, coop: Ints, stops: Ints, crew: Ints, members: int, hours: float, linked: bool,
                  charged: bool, claim: Ints) -> None:  # fmt: skip
    """Write into ``claim`` who claims each stop, -1 nobody, where the crew earns most.

    ``charged``: one member rides alone and pays for what not everybody of the name knows.
    """
    count = len(stops)
    claim[:] = -1
    if not linked:
        for j in range(count):
            most = 0.0
            for m in range(members):
                earned = prices.reward[stops[j], crew[m]]
                if charged:
                    earned -= prices.charge[stops[j], crew[m]]
                if earned > most:
                    most, claim[j] = earned, crew[m]
        return
    size = 1 << count
    value = np.zeros((members, size))
    table = np.zeros((members + 1, size))
    for m in range(members):
        if charged:
            alone_value(prices, coop, stops, crew[m], hours, value[m])
        else:
            block_values(prices, coop, stops, crew[m], hours, value[m])
        join_member(table[m], value[m], table[m + 1])
    part = size - 1
    for m in range(members - 1, -1, -1):
        taken, best = 0, table[m, part]
        block = part
        while block > 0:
            if value[m, block] > 0.0 and table[m, part ^ block] + value[m, block] > best + 1e-12:
                best, taken = table[m, part ^ block] + value[m, block], block
            block = (block - 1) & part
        own = taken
        for j in range(count):  # what a block is worth may be what a part of it is worth
            if own >> j & 1 and value[m, own ^ (1 << j)] >= value[m, own]:
                own ^= 1 << j
        for j in range(count):
            if own >> j & 1:
                claim[j] = crew[m]
        part ^= taken


@compiled
def values_of(prices: Prices, coop: Ints, stops: Ints, officer: int, hours: float, linked: bool,
              value: Floats) -> float:  # fmt: skip
    """What the officer earns from each subset of linked stops, or else from each stop; returns it for all together."""
    if linked:
        block_values(prices, coop, stops, officer, hours, value)
        return value[(1 << len(stops)) - 1]
    total = 0.0
    for j in range(len(stops)):
        value[j] = prices.reward[stops[j], officer]
        total += value[j]
    return total


@compiled
def join(before: Floats, value: Floats, linked: bool, after: Floats) -> float:
    """Join a member to a crew; returns what the crew then earns from all stops."""
    if linked:
        join_member(before, value, after)
        return after[len(after) - 1]
    total = 0.0
    for j in range(len(before)):
        after[j] = max(before[j], value[j])
        total += after[j]
    return total
