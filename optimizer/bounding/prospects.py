"""What the visits that may follow could still bring to a route, at the most, whoever rides along.

A member rides where his claims pay for him. So what he could claim of all visits that may follow is counted only as
far as it is more than what he costs, and is spread over them: an upper bound of what each brings. Those that fit in the
time left are chosen as in a knapsack with fractions, one of each cooperative at most, at a price for a minute.
"""

from __future__ import annotations

import numpy as np

from optimizer.bounding.fares import fare
from optimizer.bounding.prices import BLUR
from optimizer.bounding.relaxed import Relaxed, day_rate
from optimizer.bounding.structures import Ground, Path, Prices, Staff, Task
from optimizer.compiling import compiled

#: prices of a minute that are tried; any of them gives a bound
MINUTE_PRICES = 7


@compiled
def _note_claim(path: Path, i: int, coop: int, reward: float, most: int) -> None:
    """Keep the reward if it is among the ``most`` best of member ``i``, one of each cooperative."""
    count = path.claims[i]
    at = count
    for k in range(count):
        if path.claim_coop[i, k] == coop:
            if path.claim[i, k] >= reward:
                return
            at = k
            break
    if at == most:  # all are of other cooperatives, the last one is the least
        at = most - 1
        if path.claim[i, at] >= reward:
            return
    elif at == count:
        path.claims[i] = count + 1
    while at > 0 and path.claim[i, at - 1] < reward:
        path.claim[i, at], path.claim_coop[i, at] = path.claim[i, at - 1], path.claim_coop[i, at - 1]
        at -= 1
    path.claim[i, at], path.claim_coop[i, at] = reward, coop


@compiled
def _note_claims(task: Task, prices: Prices, staff: Staff, path: Path, depth: int, most: int) -> int:
    """Note what each member could claim of the candidates; returns how many members these are."""
    seen = 0
    for c in range(path.number[depth]):
        v = path.candidates[depth, c]
        for e in range(task.claimed[v], task.claimed[v + 1]):
            i = task.claimer[e]
            if path.claims[i] < 0:
                path.claims[i] = 0
                path.seen[seen] = i
                seen += 1
            _note_claim(path, i, staff.coop[v], prices.reward[v, staff.officers[i]], most)
    return seen


@compiled
def crew_cost(task: Task, prices: Prices, staff: Staff, path: Path, depth: int, wage: float, hours: float,
              each: float) -> float:  # fmt: skip
    """What a crew costs at the least less what it claims, if ``each`` baht of a member are paid for as many as it has.

    Any ``each`` up to what the cheapest officer costs is right.
    """
    cost = each * path.hands[depth]
    for k in range(path.members[depth]):
        i = path.member[depth, k]
        cost += min(0.0, wage + hours * prices.hour[staff.officers[i]] + path.net[depth, i] - each)
    return cost


@compiled
def _value_candidates(
    relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, path: Path, depth: int, wage: float,
    hours: float, each: float,
) -> float:  # fmt: skip
    """Fill ``path.brings``: the most that each candidate brings, where a crew costs no less than :func:`crew_cost`.

    Returns what it costs at the least beyond that where no member can pay for himself.
    """
    number = path.number[depth]
    left = ground.limit - path.drive[depth] - path.visits[depth]
    shortest = np.inf
    for c in range(number):
        shortest = min(shortest, task.minutes[path.candidates[depth, c]])
    most = min(path.claim.shape[1], number, max(1, int(left / shortest + 1e-6)))
    seen = _note_claims(task, prices, staff, path, depth, most)
    alone, paid = wage + hours * task.cheapest - each, False
    for k in range(path.members[depth]):
        i = path.member[depth, k]
        net = wage + hours * prices.hour[staff.officers[i]] + path.net[depth, i] - each
        alone, paid = min(alone, net), paid or net < 0.0
    for k in range(seen):
        i = path.seen[k]
        claims = 0.0
        for m in range(path.claims[i]):
            claims += path.claim[i, m]
        path.claims[i] = -1
        net = wage + hours * prices.hour[staff.officers[i]] + path.net[depth, i] - each
        alone, paid = min(alone, net - claims), paid or net < claims
        path.share[i] = 1.0 if net <= 0.0 else max(0.0, 1.0 - net / claims)
    for c in range(number):
        v = path.candidates[depth, c]
        best = 0.0
        for e in range(task.claimed[v], task.claimed[v + 1]):
            i = task.claimer[e]
            best = max(best, prices.reward[v, staff.officers[i]] * path.share[i])
        path.brings[depth, c] = task.worth[v] + best
    return 0.0 if paid else max(0.0, alone)


@compiled
def _chosen(task: Task, staff: Staff, path: Path, depth: int, price: float) -> tuple[float, float]:
    """What the best candidate of each cooperative brings at a ``price`` for a minute, in all; and their minutes."""
    path.turn[0] += 1
    turn = path.turn[0]
    total, minutes = 0.0, 0.0
    for c in range(path.number[depth]):
        v = path.candidates[depth, c]
        brings = path.brings[depth, c] - price * task.minutes[v]
        if brings <= 0.0:
            continue
        k = staff.coop[v]
        if path.coop_turn[k] != turn:
            path.coop_turn[k] = turn
        elif brings > path.coop_brings[k]:
            total -= path.coop_brings[k]
            minutes -= path.coop_minutes[k]
        else:
            continue
        path.coop_brings[k], path.coop_minutes[k] = brings, task.minutes[v]
        total += brings
        minutes += task.minutes[v]
    return total, minutes


@compiled
def _minute_price(task: Task, staff: Staff, path: Path, depth: int, left: float) -> float:
    """The price of a minute at which the candidates bring the least."""
    total, minutes = _chosen(task, staff, path, depth, 0.0)
    if minutes <= left:
        return 0.0
    least, best = total, 0.0
    low, high = 0.0, 0.0
    for c in range(path.number[depth]):
        high = max(high, path.brings[depth, c] / task.minutes[path.candidates[depth, c]])
    for _ in range(MINUTE_PRICES):
        price = (low + high) / 2
        total, minutes = _chosen(task, staff, path, depth, price)
        if total + price * left < least:
            least, best = total + price * left, price
        if minutes > left:
            low = price
        else:
            high = price
    return best


@compiled
def keep_hopeful(relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, path: Path,
                 depth: int) -> bool:  # fmt: skip
    """Drop candidates that are in no route, with other candidates, which may earn enough; False where none is left."""
    work = path.drive[depth] + path.visits[depth]
    wage, hours = day_rate(relaxed, work), max(0.0, work - relaxed.clock.unpaid) / 60.0
    cheapest = wage + hours * task.cheapest
    for each in (cheapest, cheapest / 2, 0.0):
        if path.number[depth] > 0:
            _drop_hopeless(relaxed, ground, task, prices, staff, path, depth, wage, hours, each)
    return path.number[depth] > 0


@compiled
def _drop_hopeless(
    relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, path: Path, depth: int, wage: float,
    hours: float, each: float,
) -> None:  # fmt: skip
    """Drop candidates by one way to count what a crew costs, see :func:`crew_cost`."""
    alone = _value_candidates(relaxed, ground, task, prices, staff, path, depth, wage, hours, each)
    left = max(0.0, ground.limit - path.drive[depth] - path.visits[depth])
    price = _minute_price(task, staff, path, depth, left)
    total, _ = _chosen(task, staff, path, depth, price)
    owed = path.base[depth] + crew_cost(task, prices, staff, path, depth, wage, hours, each) + alone
    owed -= total + price * left
    if owed >= task.reach - BLUR:
        path.number[depth] = 0
        return
    baht = fare(ground.factor, ground.toll, path.km[depth])
    paid = path.drive[depth] + path.visits[depth] >= relaxed.clock.unpaid
    minute = price + (task.cheapest / 60.0 if paid else 0.0)
    kept, turn = 0, path.turn[0]
    for c in range(path.number[depth]):
        v = path.candidates[depth, c]
        drive, km = path.drive_with[depth, c], path.km_with[depth, c]
        longer = max(0.0, drive - path.drive[depth])
        instead = path.coop_brings[staff.coop[v]] if path.coop_turn[staff.coop[v]] == turn else 0.0
        brings = path.brings[depth, c] - price * task.minutes[v] - instead
        cost = owed - brings + minute * longer + fare(ground.factor, ground.toll, max(km, path.km[depth])) - baht
        cost += each * (hands_with(relaxed, task, path, depth, v) - path.hands[depth])
        if cost < task.reach - BLUR and longer + relaxed.minutes[v] <= left:
            path.candidates[depth, kept] = v
            path.drive_with[depth, kept], path.km_with[depth, kept] = drive, km
            kept += 1
    path.number[depth] = kept


@compiled
def hands_with(relaxed: Relaxed, task: Task, path: Path, depth: int, v: int) -> int:
    """How many officers it takes at the least once visit ``v`` joins ``depth`` stops: to know all topics, and asked."""
    topics = (path.topics[depth] | relaxed.topics[v]) & (len(task.hands) - 1)
    most: int = max(task.hands[topics], path.hands[depth], relaxed.crew[v])
    return most
