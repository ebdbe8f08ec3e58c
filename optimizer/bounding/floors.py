"""Floors under the reduced cost of a route, whoever rides along: asked before its best crew is searched.

Each of them sees something of a crew: that members pay for themselves; that they know the topics; how many they are.
Of claimed hours each claim pays an equal share: a claim of one stop or of all, hours cost as much as the dearest's.
"""

from __future__ import annotations

import numpy as np

from optimizer.bounding.structures import Crew, Prices, Staff
from optimizer.compiling import compiled
from optimizer.instance import Ints


@compiled
def floor_by_claims(prices: Prices, staff: Staff, stops: Ints, rest: float, need: int, asked: int, least: float,
                    hoped: float) -> float:  # fmt: skip
    """A floor that costs next to nothing: one member claims no more than two stops at a time allow, and so on.

    Each of ``m`` members costs ``least``; as many as it takes to know all that is needed ride along.
    """
    size = len(stops)
    if len(staff.both) == 0 or size < 2:
        return -np.inf
    pairs, two = 0.0, hoped if size != 3 else -np.inf
    for i in range(size):
        for j in range(i):
            pairs += staff.both[stops[i], stops[j]]
            if size == 3:
                two = max(two, staff.both[stops[i], stops[j]] + prices.most[stops[3 - i - j]])
    hands = staff.hands[need & (len(staff.hands) - 1)]
    low = max(3, asked, hands) * least - hoped
    if hands <= 2:
        low = min(low, max(2, asked) * least - two)
    if hands <= 1:
        low = min(low, max(1, asked) * least - pairs / (size - 1))
    return rest + low


@compiled
def floor_of(prices: Prices, staff: Staff, stops: Ints, rest: float, wage: float, hours: float) -> float:
    """A floor under the reduced cost of a route with any crew: everybody who pays for himself rides along."""
    low, others, alone, share = rest, 0.0, np.inf, hours / len(stops)
    for v in stops:
        low -= staff.least[v]
    for o in staff.officers:
        cost = wage + hours * prices.hour[o]
        for v in stops:
            cost -= max(0.0, prices.claim[v, o] - share * prices.dear[v, o] - staff.least[v])
        others += min(0.0, cost)
        alone = min(alone, max(0.0, cost))
    return low + others + (alone if others == 0.0 else 0.0)


@compiled
def _claims_of_several(prices: Prices, staff: Staff, stops: Ints, hours: float) -> float:
    """The most that two members or more claim, each of them some stop: so nobody claims all."""
    total, share = 0.0, hours / (len(stops) - 1)
    for v in stops:
        most = 0.0
        for o in staff.officers:
            most = max(most, prices.claim[v, o] - share * prices.dear[v, o])
        total += most
    return total


@compiled
def floor_by_size(prices: Prices, staff: Staff, stops: Ints, rest: float, need: int, asked: int, wage: float,
                  hours: float, least: float, hoped: float) -> float:  # fmt: skip
    """Another floor: one member who knows all that is needed, or two at least, whoever they are."""
    alone, one, share = np.inf, 0.0, hours / len(stops)
    for o in staff.officers:
        claims = charged = 0.0
        for v in stops:
            earned = max(0.0, prices.claim[v, o] - share * prices.dear[v, o])
            claims += earned
            if len(prices.charge):
                charged += min(earned, prices.charge[v, o])
        one = max(one, claims)
        if need & ~staff.skills[o] == 0:
            alone = min(alone, wage + hours * prices.hour[o] - claims + (charged if asked <= 1 else 0.0))
    if len(prices.set_price) > 0 and len(stops) > 1:
        hoped = min(hoped, max(one, _claims_of_several(prices, staff, stops, hours)))
    several = max(2, asked) * least - hoped if staff.seats > 1 else np.inf
    return rest + min(alone + max(0, asked - 1) * least, several)


@compiled
def floor_by_pairs(prices: Prices, staff: Staff, crew: Crew, stops: Ints, rest: float, need: int, asked: int,
                   wage: float, hours: float, least: float, hoped: float) -> float:  # fmt: skip
    """A third floor: one member or two who know all that is needed, each stop claimed once, or three, whoever they are.

    Costs of claiming two stops together are left away.
    """
    people, size = len(staff.officers), len(stops)
    share = hours / size
    best = max(3, asked) * least - hoped if staff.seats > 2 else np.inf
    for i in range(people):
        o = staff.officers[i]
        own = wage + hours * prices.hour[o]
        for j in range(size):
            crew.value[i, j] = max(0.0, prices.claim[stops[j], o] - share * prices.dear[stops[j], o])
        crew.own[i] = own
    for i in range(people):
        mine = need & ~staff.skills[staff.officers[i]]
        if mine == 0:
            earned = 0.0
            for j in range(size):
                earned += crew.value[i, j]
            best = min(best, crew.own[i] - earned + max(0, asked - 1) * least)
        if staff.seats < 2:
            continue
        for k in range(i):
            if mine & ~staff.skills[staff.officers[k]] != 0:
                continue
            cost = crew.own[i] + crew.own[k] + max(0, asked - 2) * least
            if cost - hoped < best:
                for j in range(size):
                    cost -= max(crew.value[i, j], crew.value[k, j])
                best = min(best, cost)
    return rest + best
