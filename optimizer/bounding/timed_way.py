"""The least that a route takes once all hours of the day are seen: waiting, lunch, the break, and times on a grid.

``least_way`` takes a tour's minutes without waiting. Here all orders are tried with all breaks, which only pays for few
visits, and for routes that would earn.

With order and break given, a tour that waits leaves later, until it no longer waits or something before the wait is
reached as late as may be. So one of few departures gives the shortest tour.
"""

from __future__ import annotations

import numpy as np

from optimizer.bounding.relaxed import GRACE, TICK, Relaxed
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: visits of a route up to which all orders are tried
MOST_TIMED = 5
#: minutes by which sums of floats may miss each other
HAIR = 1e-6
#: of a tour: it has no break
NONE = -1


@compiled
def on_grid(minutes: float, step: float) -> float:
    """The first time on the grid that is no earlier, all but ``TICK``."""
    if step <= 0.0:
        return minutes
    least: float = np.ceil((minutes - TICK) / step) * step
    return least


@compiled
def _start(relaxed: Relaxed, v: int, given: float) -> float:
    """The first start of a visit from ``given`` on, inf where there is none."""
    for k in range(relaxed.starts.shape[1]):
        if given <= relaxed.starts[v, k, 1] + HAIR:
            return max(given, relaxed.starts[v, k, 0])
    return np.inf


@compiled
def _back_at(relaxed: Relaxed, depot: int, order: Ints, rest_at: int, leaves: float) -> float:
    """When a tour that leaves then is back at the earliest, with its break before stop ``rest_at``; inf: not in time.

    ``rest_at`` may be the number of stops, for a break on the way home, or ``NONE``.
    """
    clock = relaxed.clock
    now, spent, here = leaves, 0.0, depot  # start of the last visit, and its minutes
    for q in range(len(order)):
        v = order[q]
        way = spent + relaxed.drive[here, relaxed.place[v]]
        start = on_grid(now + way + clock.slack, clock.step)
        if q == rest_at:
            begins = max(now + spent, clock.rest_opens)
            if begins > clock.rest_closes + GRACE:
                return np.inf
            start = max(on_grid(now + way + max(clock.slack, clock.whole_rest), clock.step),
                        on_grid(begins + clock.whole_rest, clock.step))  # fmt: skip
        now = _start(relaxed, v, start)
        if now == np.inf:
            return np.inf
        spent, here = relaxed.minutes[v] - clock.slack, relaxed.place[v]
    back = now + spent + relaxed.drive[here, depot]
    if rest_at == len(order):
        begins = max(now + spent, clock.rest_opens)
        if begins > clock.rest_closes + GRACE:
            return np.inf
        back = max(now + spent + relaxed.drive[here, depot], begins) + clock.whole_rest
    if back > clock.end + GRACE or back - leaves > clock.longest + GRACE:
        return np.inf
    owed = clock.whole_rest > 0.0 and rest_at == NONE and leaves < clock.late_from - GRACE
    return np.inf if owed and back > clock.rest_closes + GRACE else back


@compiled
def _without_waiting(relaxed: Relaxed, depot: int, order: Ints, rest_at: int, after: Floats) -> float:
    """Minutes of a tour that never waits; writes ``after[q]``, when stop q begins after leaving."""
    clock = relaxed.clock
    now, spent, here = 0.0, 0.0, depot
    for q in range(len(order)):
        v = order[q]
        pause = max(clock.slack, clock.whole_rest) if q == rest_at else clock.slack
        now = on_grid(now + spent + relaxed.drive[here, relaxed.place[v]] + pause, clock.step)
        after[q] = now
        spent, here = relaxed.minutes[v] - clock.slack, relaxed.place[v]
    return now + spent + relaxed.drive[here, depot] + (clock.whole_rest if rest_at == len(order) else 0.0)


@compiled
def _span_from(relaxed: Relaxed, depot: int, order: Ints, rest_at: int, leaves: float) -> float:
    """Minutes of a tour that leaves then, or just before it where that is not on the grid; inf: not in time."""
    clock = relaxed.clock
    if clock.step > 0.0:
        leaves = np.floor((leaves + HAIR) / clock.step) * clock.step
    if leaves < clock.start - GRACE:
        return np.inf
    return _back_at(relaxed, depot, order, rest_at, leaves) - leaves


@compiled
def _least_span(relaxed: Relaxed, depot: int, order: Ints, rest_at: int, work: float, after: Floats) -> float:
    """Minutes of the shortest tour in this order with this break; inf where none is in time.

    Without waiting it takes ``work`` minutes, and stop q begins ``after[q]`` minutes after leaving.
    """
    clock, count = relaxed.clock, len(order)
    least = _span_from(relaxed, depot, order, rest_at, on_grid(clock.start, clock.step))
    for leaves in (
        clock.end + GRACE - work,
        clock.rest_closes + GRACE - work,
        on_grid(clock.late_from - GRACE, clock.step),
    ):
        least = min(least, _span_from(relaxed, depot, order, rest_at, leaves))
    if rest_at >= 0:
        begins = after[rest_at - 1] + relaxed.minutes[order[rest_at - 1]] - clock.slack if rest_at > 0 else 0.0
        least = min(least, _span_from(relaxed, depot, order, rest_at, clock.rest_closes + GRACE - begins))
    for q in range(count):
        for k in range(relaxed.starts.shape[1]):
            if least <= work + HAIR:
                return least
            closes = relaxed.starts[order[q], k, 1]
            if closes > -np.inf:
                least = min(least, _span_from(relaxed, depot, order, rest_at, closes - after[q]))
    return least


@compiled
def _next_order(order: Ints) -> bool:
    """Change ``order`` to the next one of all, by number; whether there was one."""
    i = len(order) - 2
    while i >= 0 and order[i] >= order[i + 1]:
        i -= 1
    if i < 0:
        return False
    j = len(order) - 1
    while order[j] <= order[i]:
        j -= 1
    order[i], order[j] = order[j], order[i]
    order[i + 1 :] = order[i + 1 :][::-1].copy()
    return True


@compiled
def timed_way(relaxed: Relaxed, depot: int, stops: Ints) -> tuple[float, float, float]:
    """Least baht of kilometres, minutes without the break, and minutes with it; each in its own best order.

    inf where no order is in time.
    """
    order, after = np.sort(stops), np.empty(len(stops))
    baht, busy, span, rest = np.inf, np.inf, np.inf, relaxed.clock.whole_rest
    more = True
    while more:
        km, here = 0.0, depot
        for v in order:
            km += relaxed.km[here, relaxed.place[v]]
            here = relaxed.place[v]
        km += relaxed.km[here, depot]
        for rest_at in range(NONE, len(order) + 1 if rest > 0.0 else 0):
            work = _without_waiting(relaxed, depot, order, rest_at, after)
            resting = rest if rest_at >= 0 else 0.0
            if km < baht or work < span - HAIR or work - resting < busy - HAIR:
                took = _least_span(relaxed, depot, order, rest_at, work, after)
                if took < np.inf:
                    baht, span, busy = min(baht, km), min(span, took), min(busy, took - resting)
        more = _next_order(order)
    return baht, busy, span
