"""What it costs at the least to bring a tour home: tables over the load or the time that is left.

Tours may come back to a visit here, but not at once (Houck and others 1980: no cycle of two), so the tables are small,
and never dearer than what a real tour can do. They cut branches of the labelling, and prove a weaker bound alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.ng_routes.shifts import Ground
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: visits that may start within one step of time at most
MOST_WITHIN = 4


class Table(NamedTuple):
    """For a visit [m] and the load or time used up with it [K]: the least baht from there home, over which next visit
    (m: the office), and the least over any other one."""

    best: Floats
    via: Ints
    other: Floats


@compiled
def _offer(table: Table, i: int, level: int, cost: float, via: int) -> None:
    """Keep a way home if it is better than the ones kept."""
    if via == table.via[i, level]:
        table.best[i, level] = min(table.best[i, level], cost)
    elif cost < table.best[i, level]:
        table.other[i, level] = table.best[i, level]
        table.best[i, level], table.via[i, level] = cost, via
    else:
        table.other[i, level] = min(table.other[i, level], cost)


@compiled
def home_from(table: Table, i: int, level: int, before: int) -> float:
    """The least baht home from ``i``, not at once back to ``before``."""
    return table.other[i, level] if table.via[i, level] == before else table.best[i, level]


@compiled
def by_load(ground: Ground, price: Floats, table: Table) -> None:
    """Fill the table over the load used up; each visit has some."""
    count = len(ground.coop)
    table.best[:], table.other[:], table.via[:] = np.inf, np.inf, -1
    for level in range(ground.capacity, -1, -1):
        for i in range(count):
            _offer(table, i, level, ground.km[i, count], count)
            for j in range(count):
                after = level + ground.load[j]
                if after <= ground.capacity and ground.coop[j] != ground.coop[i]:
                    _offer(table, i, level, ground.km[i, j] - price[j] + home_from(table, j, after, i), j)


@compiled
def by_time(ground: Ground, price: Floats, table: Table) -> None:
    """Fill the table over the time at which a visit starts, rounded down to a step.

    Several visits may start within one step; where nothing says how many, the table tells nothing.
    """
    count, levels = len(ground.coop), table.best.shape[1]
    least = np.inf
    for i in range(count):
        for j in range(count):
            if ground.coop[i] != ground.coop[j]:
                least = min(least, ground.way[i, j])
    if least * MOST_WITHIN < ground.step:
        table.best[:], table.other[:], table.via[:] = -np.inf, -np.inf, -1
        return
    table.best[:], table.other[:], table.via[:] = np.inf, np.inf, -1
    passes = 1 + int(ground.step / least)
    for level in range(levels - 1, -1, -1):
        for _ in range(passes):
            for i in range(count):
                start = max(level * ground.step, ground.opens[i])
                if start > ground.closes[i]:
                    continue
                if start + ground.way[i, count] <= ground.end:
                    _offer(table, i, level, ground.km[i, count], count)
                for j in range(count):
                    then = max(start + ground.way[i, j], ground.opens[j])
                    after = int(then / ground.step)
                    if then <= ground.closes[j] and after < levels and ground.coop[j] != ground.coop[i]:
                        _offer(table, i, level, ground.km[i, j] - price[j] + home_from(table, j, after, i), j)
