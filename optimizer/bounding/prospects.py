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

#: prices of a minute that are tried; any of them gives a bound
MINUTE_PRICES = 7


@compiled
def earned_alone(prices: Prices, v: int, o: int) -> float:
    """The most that claiming the visit earns the officer where he rides alone."""
    reward: float = prices.reward[v, o]
    return reward if len(prices.charge) == 0 else max(0.0, reward - prices.charge[v, o])


@compiled
def net_claims(relaxed: Relaxed, path: Path, depth: int, i: int) -> float:
    """What member ``i`` may claim of the first ``depth`` stops, below 0: nothing, or he pays for the drive."""
    if path.net[depth, i] == 0.0:
        return 0.0
    drive = max(0.0, path.drive[depth] - relaxed.clock.unpaid) / 60.0
    return min(0.0, path.net[depth, i] + drive * path.dear[depth, i])


@compiled
def _pay_by_number(task: Task, path: Path, depth: int) -> None:
    """Fill ``path.brings`` where as many officers as it takes, two at least, are paid, and all else is claimed."""
    for c in range(path.number[depth]):
        path.brings[depth, c] = task.gain[path.candidates[depth, c]]


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
            path.brings[depth, c] = task.worth[v] + earned_alone(prices, v, o) - dearer * task.paid[v]


@compiled
def _owed_apart(relaxed: Relaxed, ground: Ground, task: Task, path: Path, depth: int, owed: float, price: float,
                left: float, dearer: float) -> None:  # fmt: skip
    """Fill ``path.apart``: what the route owes with each candidate and no other one, at a ``price`` for a minute.

    ``owed``: what it owes without candidates; ``dearer``: baht for a minute beside what the cheapest officer costs.
    inf where there is no time, or ``path.brings`` rules the candidate out.
    """
    baht = fare(ground.factor, ground.toll, path.km[depth])
    paid = path.drive[depth] + path.visits[depth] >= relaxed.clock.unpaid
    minute = price + (task.cheapest / 60.0 if paid else 0.0) + dearer
    for c in range(path.number[depth]):
        path.apart[c] = np.inf
        longer = max(0.0, path.drive_with[depth, c] - path.drive[depth])
        v = path.candidates[depth, c]
        if path.brings[depth, c] > -np.inf and longer + relaxed.minutes[v] <= left:
            more = fare(ground.factor, ground.toll, max(path.km_with[depth, c], path.km[depth])) - baht
            path.apart[c] = owed - (path.brings[depth, c] - price * task.minutes[v]) + minute * longer + more


@compiled
def _mark(relaxed: Relaxed, ground: Ground, task: Task, staff: Staff, path: Path, depth: int, owed: float,
          price: float, left: float, dearer: float) -> None:  # fmt: skip
    """Flag the candidates that are in some route which may earn enough, and those that are first in one.

    ``owed``: what the route owes without candidates. Of these ``path.brings`` tells, at a ``price`` for a minute.
    Fills ``path.rest`` with the most that the candidates behind each one bring.
    """
    total, _ = _chosen(task, staff, path, depth, price)
    _owed_apart(relaxed, ground, task, path, depth, owed - price * left, price, left, dearer)
    enough, turn = task.reach - BLUR, path.turn[0]
    for c in range(path.number[depth]):
        k = staff.coop[path.candidates[depth, c]]
        instead = path.coop_brings[k] if path.coop_turn[k] == turn else 0.0
        if path.apart[c] - (total - instead) < enough:
            path.able[c] = 1
    path.turn[0] += 1
    turn, behind = path.turn[0], 0.0
    for c in range(path.number[depth] - 1, -1, -1):
        v = path.candidates[depth, c]
        k = staff.coop[v]
        same = path.coop_brings[k] if path.coop_turn[k] == turn else 0.0
        # those behind it bring no more a minute than it does
        cheaper = max(0.0, price - task.gain[v] / task.minutes[v])
        room = left - max(0.0, path.drive_with[depth, c] - path.drive[depth]) - task.minutes[v]
        if path.apart[c] + cheaper * max(0.0, room) - (behind - same) < enough:
            path.able_first[c] = 1
        path.rest[c] = behind
        brings = path.brings[depth, c] - price * task.minutes[v]
        if brings > same:
            path.coop_turn[k], path.coop_brings[k] = turn, brings
            behind += brings - same


@compiled
def _are_flagged(path: Path, depth: int) -> bool:
    """Whether all candidates are flagged already, also as the first."""
    for c in range(path.number[depth]):
        if not path.able[c] or not path.able_first[c]:
            return False
    return True


@compiled
def _flag_hopeful(relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, path: Path, depth: int,
                  wage: float, left: float, last: bool) -> None:  # fmt: skip
    """Flag candidates of routes that may earn enough in the ``left`` minutes, where an officer's day costs ``wage``.

    The ``last`` price leaves most time: what candidates behind each one bring then is noted for :func:`may_go_on`.
    """
    work = path.drive[depth] + path.visits[depth]
    hours, now = max(0.0, work - relaxed.clock.unpaid) / 60.0, day_rate(relaxed, work)
    _pay_by_number(task, path, depth)
    price = _minute_price(task, staff, path, depth, left)
    total, _ = _chosen(task, staff, path, depth, price)
    most = path.base[depth] - total - price * left  # less what a crew costs
    several = path.several[depth] + max(2, path.hands[depth]) * (wage - now)
    if most + several < task.reach - BLUR or last:
        _mark(relaxed, ground, task, staff, path, depth, path.base[depth] + several, price, left, 0.0)
        path.minute[depth], path.behind[depth, : path.number[depth]] = price, path.rest[: path.number[depth]]
    if path.hands[depth] == 1:
        own = -1.0
        flagged = False
        for i in task.alone:
            if not path.lone[depth, i]:
                continue
            flagged = flagged or _are_flagged(path, depth)
            if flagged:
                path.still[i] = 1
                continue
            o = staff.officers[i]
            net = wage + hours * prices.hour[o] + net_claims(relaxed, path, depth, i)
            if most + net >= task.reach - BLUR or not _may_be(staff, path, depth, o):
                continue
            _pay_one(relaxed, task, prices, staff, path, depth, o)
            if own < 0.0:
                own = _minute_price(task, staff, path, depth, left)
            total, _ = _chosen(task, staff, path, depth, own)
            if path.base[depth] + net - total - own * left < task.reach - BLUR:
                path.still[i] = 1
                _mark(relaxed, ground, task, staff, path, depth, path.base[depth] + net, own, left, 0.0)


@compiled
def keep_hopeful(relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, path: Path,
                 depth: int) -> bool:  # fmt: skip
    """Drop candidates that are in no route, with other candidates, which may earn enough; False where none is left.

    Asked for each price of an officer's day, which grows with the tour.
    """
    number = path.number[depth]
    if number == 0:
        return False
    work = path.drive[depth] + path.visits[depth]
    path.able[:number], path.able_first[:number], path.still[:] = 0, 0, 0
    for s in range(len(ground.until)):
        last, left = s == len(ground.until) - 1, ground.until[s] - work
        if left > 0.0 or last:
            rate, left = relaxed.rate[s], max(0.0, left)
            _flag_hopeful(relaxed, ground, task, prices, staff, path, depth, rate, left, last)
    path.lone[depth, :] = path.still
    return _keep_flagged(path, depth)


@compiled
def _keep_flagged(path: Path, depth: int) -> bool:
    """Keep the flagged candidates only; False where none of them may be the first of those that follow."""
    kept, any_first = 0, False
    for c in range(path.number[depth]):
        if path.able[c]:
            path.candidates[depth, kept] = path.candidates[depth, c]
            path.drive_with[depth, kept] = path.drive_with[depth, c]
            path.km_with[depth, kept] = path.km_with[depth, c]
            path.behind[depth, kept] = path.behind[depth, c]
            path.first[depth, kept] = path.able_first[c]
            any_first = any_first or path.first[depth, kept] != 0
            kept += 1
    path.number[depth] = kept
    return any_first


@compiled
def may_go_on(relaxed: Relaxed, ground: Ground, task: Task, path: Path, depth: int, c: int) -> bool:
    """Whether the route with candidate ``c``, which is behind its first ``depth`` stops by now, may have more stops.

    Asked before those that may follow are looked at one by one: all behind ``c`` are counted with all that they bring,
    but by the minute no more than it does.
    """
    longer, v = depth + 1, path.candidates[depth, c]
    work = path.drive[longer] + path.visits[longer]
    minute = min(path.minute[depth], task.gain[v] / task.minutes[v])
    owed = path.owed[longer] - path.behind[depth, c] - day_rate(relaxed, work)
    for s in range(len(ground.until)):
        left = ground.until[s] - work
        if left > 0.0 and owed + relaxed.rate[s] - minute * left < task.reach - BLUR:
            return True
    return False


@compiled
def hands_with(relaxed: Relaxed, staff: Staff, path: Path, depth: int, v: int) -> int:
    """How many officers it takes at the least once visit ``v`` joins ``depth`` stops: to know all topics, and asked."""
    topics = (path.topics[depth] | relaxed.topics[v]) & (len(staff.hands) - 1)
    most: int = max(staff.hands[topics], path.hands[depth], relaxed.crew[v])
    return most


@compiled
def owe(relaxed: Relaxed, task: Task, prices: Prices, staff: Staff, path: Path, depth: int, wage: float,
        hours: float) -> None:  # fmt: skip
    """Note what the first ``depth`` stops owe with the cheapest crew: of one officer, or of several."""
    alone = np.inf
    if path.hands[depth] == 1:
        for i in task.alone:
            if not path.lone[depth - 1, i]:
                continue
            o = staff.officers[i]
            net = wage + hours * prices.hour[o] + net_claims(relaxed, path, depth, i)
            if net < alone and _may_be(staff, path, depth, o):
                alone = net
    several = np.inf
    if staff.seats > 1 or path.hands[depth] > 1:
        several = max(2, path.hands[depth]) * (wage + hours * task.cheapest) - path.hoped[depth]
    path.alone[depth], path.several[depth] = alone, several
    path.owed[depth] = path.base[depth] + min(alone, several)


@compiled
def owe_by_split(relaxed: Relaxed, task: Task, prices: Prices, staff: Staff, crew: Crew, path: Path,
                 depth: int) -> None:  # fmt: skip
    """The same, where several cost at least what the best split of the stops among officers does."""
    work = path.drive[depth] + path.visits[depth]
    wage, hours = day_rate(relaxed, work), max(0.0, work - relaxed.clock.unpaid) / 60.0
    if depth == 1 or path.hoped[depth] <= 0.0:
        return
    split = least_of_several(prices, staff, crew, path.stops[:depth], hours, wage + hours * task.cheapest)
    path.several[depth] = max(path.several[depth], split)
    path.owed[depth] = path.base[depth] + min(path.alone[depth], path.several[depth])
