"""What the visits that may follow could still bring to a route, at the most, whoever rides along.

A member rides where his claims pay for him. So what he could claim of all visits that may follow is counted only as
far as it is more than what he costs, and is spread over them: an upper bound of what each brings. Those that fit in the
time left are chosen as in a knapsack with fractions, one of each cooperative at most, at a price for a minute.
"""

from __future__ import annotations

import numpy as np

from optimizer.bounding.blocks import least_of_several
from optimizer.bounding.fares import fare
from optimizer.bounding.prices import BLUR
from optimizer.bounding.relaxed import Relaxed, day_rate
from optimizer.bounding.structures import Crew, Ground, Path, Prices, Staff, Task
from optimizer.compiling import compiled
from optimizer.instance import Flags

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
        if path.able[c] == 0:
            continue
        for e in range(task.claimed[v], task.claimed[v + 1]):
            i = task.claimer[e]
            if path.claims[i] < 0:
                path.claims[i] = 0
                path.seen[seen] = i
                seen += 1
            _note_claim(path, i, staff.coop[v], prices.reward[v, staff.officers[i]], most)
    return seen


@compiled
def _best_share(task: Task, prices: Prices, staff: Staff, path: Path, v: int) -> float:
    """The most that claiming the visit counts for."""
    best = 0.0
    for e in range(task.claimed[v], task.claimed[v + 1]):
        i = task.claimer[e]
        best = max(best, prices.reward[v, staff.officers[i]] * path.share[i])
    return best


@compiled
def net_claims(relaxed: Relaxed, path: Path, depth: int, i: int) -> float:
    """What member ``i`` may claim of the first ``depth`` stops, below 0: nothing, or he pays for the drive."""
    if path.net[depth, i] == 0.0:
        return 0.0
    drive = max(0.0, path.drive[depth] - relaxed.clock.unpaid) / 60.0
    return min(0.0, path.net[depth, i] + drive * path.dear[depth, i])


@compiled
def _pay_by_claims(relaxed: Relaxed, task: Task, prices: Prices, staff: Staff, path: Path, depth: int, wage: float,
                   hours: float, left: float) -> float:  # fmt: skip
    """Fill ``path.brings`` where officers ride along as far as their claims, of stops and candidates, pay for them.

    Returns what a crew costs at the least, its claims of the stops taken off.
    """
    number = path.number[depth]
    shortest = np.inf
    for c in range(number):
        shortest = min(shortest, task.minutes[path.candidates[depth, c]])
    seen = _note_claims(task, prices, staff, path, depth, min(path.claim.shape[1], max(1, int(left / shortest + 1e-6))))
    alone = np.inf
    for i in range(len(staff.officers)):
        cost = wage + hours * prices.hour[staff.officers[i]]
        claims = -net_claims(relaxed, path, depth, i)
        for m in range(path.claims[i]):
            claims += path.claim[i, m]
        path.share[i] = max(0.0, 1.0 - cost / claims) if claims > 0.0 else 0.0
        alone = min(alone, max(0.0, cost - claims))
    for k in range(seen):
        path.claims[path.seen[k]] = -1
    for c in range(number):
        v = path.candidates[depth, c]
        path.brings[depth, c] = task.worth[v] + _best_share(task, prices, staff, path, v) if path.able[c] else -np.inf
    for j in range(depth):
        alone -= _best_share(task, prices, staff, path, path.stops[j])
    return alone


@compiled
def _pay_by_number(task: Task, path: Path, depth: int) -> None:
    """Fill ``path.brings`` where as many officers as it takes, two at least, are paid, and all else is claimed."""
    for c in range(path.number[depth]):
        path.brings[depth, c] = task.gain[path.candidates[depth, c]] if path.able[c] else -np.inf


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
def _may_be(staff: Staff, path: Path, depth: int, o: int) -> bool:
    """Whether the officer alone may make the first ``depth`` visits."""
    if path.topics[depth] & ~staff.skills[o] != 0:
        return False
    for j in range(depth):
        if staff.barred[staff.coop[path.stops[j]], o]:
            return False
    return True


@compiled
def _pay_one(relaxed: Relaxed, task: Task, prices: Prices, staff: Staff, path: Path, depth: int, o: int) -> None:
    """Fill ``path.brings`` where the officer rides along alone."""
    dearer = (prices.hour[o] - task.cheapest) / 60.0
    for c in range(path.number[depth]):
        v = path.candidates[depth, c]
        if relaxed.topics[v] & ~staff.skills[o] != 0 or relaxed.crew[v] > 1 or staff.barred[staff.coop[v], o]:
            path.brings[depth, c] = -np.inf
        else:
            path.brings[depth, c] = task.worth[v] + prices.reward[v, o] - dearer * task.paid[v]


@compiled
def _owed_apart(relaxed: Relaxed, ground: Ground, task: Task, path: Path, depth: int, owed: float, price: float,
                left: float) -> None:  # fmt: skip
    """Fill ``path.apart``: what the route owes with each candidate and no other one, at a ``price`` for a minute.

    ``owed``: what it owes without candidates. inf where there is no time, or ``path.brings`` rules the candidate out.
    """
    baht = fare(ground.factor, ground.toll, path.km[depth])
    paid = path.drive[depth] + path.visits[depth] >= relaxed.clock.unpaid
    minute = price + (task.cheapest / 60.0 if paid else 0.0)
    for c in range(path.number[depth]):
        path.apart[c] = np.inf
        longer = max(0.0, path.drive_with[depth, c] - path.drive[depth])
        v = path.candidates[depth, c]
        if path.brings[depth, c] > -np.inf and longer + relaxed.minutes[v] <= left:
            dearer = fare(ground.factor, ground.toll, max(path.km_with[depth, c], path.km[depth])) - baht
            path.apart[c] = owed - (path.brings[depth, c] - price * task.minutes[v]) + minute * longer + dearer


@compiled
def _flag(flags: Flags, c: int, hopeful: bool, once: bool) -> None:
    """Set the flag of a candidate that is hopeful; ``once``: take it from one that is not, instead."""
    if once and not hopeful:
        flags[c] = 0
    elif hopeful and not once:
        flags[c] = 1


@compiled
def _mark(relaxed: Relaxed, ground: Ground, task: Task, staff: Staff, path: Path, depth: int, owed: float,
          price: float, left: float, flags: Flags, first: Flags, once: bool) -> None:  # fmt: skip
    """Flag the candidates that are in some route which may earn enough, and those that are ``first`` in one.

    ``owed``: what the route owes without candidates. Of these ``path.brings`` tells, at a ``price`` for a minute.
    Fills ``path.rest`` with the most that the candidates behind each one bring.
    """
    total, _ = _chosen(task, staff, path, depth, price)
    _owed_apart(relaxed, ground, task, path, depth, owed - price * left, price, left)
    enough, turn = task.reach - BLUR, path.turn[0]
    for c in range(path.number[depth]):
        k = staff.coop[path.candidates[depth, c]]
        instead = path.coop_brings[k] if path.coop_turn[k] == turn else 0.0
        _flag(flags, c, path.apart[c] - (total - instead) < enough, once)
    path.turn[0] += 1
    turn, behind = path.turn[0], 0.0
    for c in range(path.number[depth] - 1, -1, -1):
        v = path.candidates[depth, c]
        k = staff.coop[v]
        same = path.coop_brings[k] if path.coop_turn[k] == turn else 0.0
        _flag(first, c, path.apart[c] - (behind - same) < enough, once)
        path.rest[c] = behind
        brings = path.brings[depth, c] - price * task.minutes[v]
        if brings > same:
            path.coop_turn[k], path.coop_brings[k] = turn, brings
            behind += brings - same


@compiled
def keep_hopeful(relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, crew: Crew, path: Path,
                 depth: int) -> bool:  # fmt: skip
    """Drop candidates that are in no route, with other candidates, which may earn enough; False where none is left."""
    number = path.number[depth]
    if number == 0:
        return False
    work = path.drive[depth] + path.visits[depth]
    wage, hours = day_rate(relaxed, work), max(0.0, work - relaxed.clock.unpaid) / 60.0
    least, left = wage + hours * task.cheapest, max(0.0, ground.limit - work)
    path.able[:number], path.single[:number], path.able_first[:number], path.single_first[:number] = 1, 0, 1, 0
    several = max(2, path.hands[depth]) * least - path.hoped[depth]
    if depth > 1 and path.hoped[depth] > 0.0:
        stops = path.stops[:depth]
        several = max(several, least_of_several(prices, staff, crew, stops, wage, hours, least))
    _pay_by_number(task, path, depth)
    price = _minute_price(task, staff, path, depth, left)
    total, _ = _chosen(task, staff, path, depth, price)
    most = path.base[depth] - total - price * left  # less what a crew costs
    if path.hands[depth] == 1:
        own = -1.0
        for i in range(len(staff.officers)):
            o = staff.officers[i]
            net = wage + hours * prices.hour[o] + net_claims(relaxed, path, depth, i)
            if most + net >= task.reach - BLUR or not _may_be(staff, path, depth, o):
                continue
            _pay_one(relaxed, task, prices, staff, path, depth, o)
            if own < 0.0:
                own = _minute_price(task, staff, path, depth, left)
            _mark(relaxed, ground, task, staff, path, depth, path.base[depth] + net, own, left, path.single,
                  path.single_first, False)  # fmt: skip
    _pay_by_number(task, path, depth)
    _mark(relaxed, ground, task, staff, path, depth, path.base[depth] + several, price, left, path.able,
          path.able_first, True)  # fmt: skip
    path.minute[depth], path.behind[depth, :number] = price, path.rest[:number]
    if path.able[:number].any():
        several = _pay_by_claims(relaxed, task, prices, staff, path, depth, wage, hours, left)
        price = _minute_price(task, staff, path, depth, left)
        _mark(relaxed, ground, task, staff, path, depth, path.base[depth] + several, price, left, path.able,
              path.able_first, True)  # fmt: skip
    return _keep_flagged(path, depth)


@compiled
def _keep_flagged(path: Path, depth: int) -> bool:
    """Keep the flagged candidates only; False where none of them may be the first of those that follow."""
    kept, any_first = 0, False
    for c in range(path.number[depth]):
        if path.able[c] or path.single[c]:
            path.candidates[depth, kept] = path.candidates[depth, c]
            path.drive_with[depth, kept] = path.drive_with[depth, c]
            path.km_with[depth, kept] = path.km_with[depth, c]
            path.behind[depth, kept] = path.behind[depth, c]
            path.first[depth, kept] = path.able_first[c] | path.single_first[c]
            any_first = any_first or path.first[depth, kept] != 0
            kept += 1
    path.number[depth] = kept
    return any_first


@compiled
def may_go_on(ground: Ground, task: Task, path: Path, depth: int, c: int) -> bool:
    """Whether the route with candidate ``c``, which is behind its first ``depth`` stops by now, may have more stops.

    Asked before those that may follow are looked at one by one: all behind ``c`` are counted with all that they bring.
    """
    longer = depth + 1
    left = max(0.0, ground.limit - path.drive[longer] - path.visits[longer])
    owed: float = path.owed[longer] - path.behind[depth, c] - path.minute[depth] * left
    return owed < task.reach - BLUR


@compiled
def hands_with(relaxed: Relaxed, staff: Staff, path: Path, depth: int, v: int) -> int:
    """How many officers it takes at the least once visit ``v`` joins ``depth`` stops: to know all topics, and asked."""
    topics = (path.topics[depth] | relaxed.topics[v]) & (len(staff.hands) - 1)
    most: int = max(staff.hands[topics], path.hands[depth], relaxed.crew[v])
    return most


@compiled
def least_crew(
    relaxed: Relaxed, task: Task, prices: Prices, staff: Staff, path: Path, depth: int, wage: float, hours: float
) -> float:
    """What a crew of the first ``depth`` stops costs at the least, its claims taken off."""
    alone = np.inf
    if path.hands[depth] == 1:
        for i in range(len(staff.officers)):
            o = staff.officers[i]
            net = wage + hours * prices.hour[o] + net_claims(relaxed, path, depth, i)
            if net < alone and _may_be(staff, path, depth, o):
                alone = net
        if staff.seats < 2:
            return alone
    return min(alone, max(2, path.hands[depth]) * (wage + hours * task.cheapest) - path.hoped[depth])
