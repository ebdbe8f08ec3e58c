"""What makes up for routes that earn more than they cost: so much off the prices of their visits, little in all.

A route is covered where what is taken off its visits is at least what it earns. Each that is not yet covered takes what
is missing off all its visits alike, those that earn most first. So most are covered by what others took off. Then each
visit gets back what none of its routes needs.
"""

from __future__ import annotations

import numpy as np

from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: baht by which each route is covered beyond what it earns, for the rounding of sums
SPARE = 1e-9
#: times that visits get back what is not needed
TIMES = 2


@compiled
def _left_over(visits: Ints, gain: Floats, excess: Floats, s: int) -> float:
    """By how much what is taken off is more than what route ``s`` earns."""
    total = -gain[s] - SPARE
    for v in visits[s]:
        if v >= 0:
            total += excess[v]
    return total


@compiled
def _take_off(visits: Ints, gain: Floats, order: Ints, excess: Floats) -> None:
    """Raise ``excess`` until it covers all routes."""
    for s in order:
        over, size = _left_over(visits, gain, excess, s), 0
        if over < 0.0:
            for v in visits[s]:
                size += v >= 0
            for v in visits[s]:
                if v >= 0:
                    excess[v] -= over / size


@compiled
def _give_back(visits: Ints, gain: Floats, first: Ints, routes: Ints, order: Ints, least: Floats,
               excess: Floats) -> None:  # fmt: skip
    """Lower ``excess`` as far as it still covers all routes; those of visit v are ``routes[first[v]:first[v + 1]]``."""
    for v in order:
        spare = excess[v] - least[v]
        for k in range(first[v], first[v + 1]):
            if spare <= 0.0:
                break
            spare = min(spare, _left_over(visits, gain, excess, routes[k]))
        if spare > 0.0:
            excess[v] -= spare


def covering(visits: Ints, gain: Floats, least: Floats) -> Floats:
    """[n] what to take off each visit's price, ``least`` [n] or more, so that all routes are covered.

    ``visits`` [M, k] of the routes, rows padded with -1; ``gain`` [M] what they earn, in baht.
    """
    excess: Floats = least.copy()
    if not len(gain):
        return excess
    _take_off(visits, gain, np.argsort(-gain, kind="stable"), excess)
    route, place = np.nonzero(visits >= 0)
    of = visits[route, place]
    by_visit = np.argsort(of, kind="stable")
    first = np.searchsorted(of[by_visit], np.arange(len(least) + 1))
    for _ in range(TIMES):
        order = np.argsort(-excess, kind="stable")
        _give_back(visits, gain, first, np.ascontiguousarray(route[by_visit]), order, least, excess)
    return excess
