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
MOST_WITHIN = 8


class Table(NamedTuple):
    """For a visit [m] and the load or time used up with it [K]: the least baht from there home, over which next visit
    (m: the office), and the least over any other one."""

    best: Floats
    via: Ints
    other: Floats


def table_for(count: int, levels: int) -> Table:
    """Room for a table of ways home."""
    shape = count, levels
    return Table(np.empty(shape), np.empty(shape, np.int64), np.empty(shape))


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
def _better(best: float, via: int, other: float, home: float, j: int) -> tuple[float, int, float]:
    """The least baht home, the visit it goes to, and the least by another one, once ``j`` is seen as well."""
    if home < best:
        return home, j, best
    return best, via, min(other, home)


@compiled
def home_from(table: Table, i: int, level: int, before: int) -> float:
    """The least baht home from ``i``, not at once back to ``before``."""
    return table.other[i, level] if table.via[i, level] == before else table.best[i, level]


@compiled
def by_load(ground: Ground, price: Floats, table: Table) -> None:
    """Fill the table over the load used up; each visit has some."""
    count = len(ground.coop)
    table.best[:], table.other[:], table.via[:] = np.inf, np.inf, -1
    cost = _costs(ground, price)
    for level in range(ground.capacity, -1, -1):
        for i in range(count):
            best, via, other = ground.km[i, count], count, np.inf
            for j in range(count):
                after = level + ground.load[j]
                if after <= ground.capacity:
                    home = cost[i, j] + home_from(table, j, after, i)
                    best, via, other = _better(best, via, other, home, j)
            table.best[i, level], table.via[i, level], table.other[i, level] = best, via, other


@compiled
def _costs(ground: Ground, price: Floats) -> Floats:
    """[m, m] baht of going on to a visit, less what it brings; inf between visits to one cooperative."""
    count = len(ground.coop)
    cost = ground.km[:count, :count] - price
    for i in range(count):
        for j in range(count):
            if ground.coop[i] == ground.coop[j]:
                cost[i, j] = np.inf
    return cost


@compiled
def by_time(ground: Ground, price: Floats, table: Table) -> None:
    """Fill the table over the time at which a visit starts, rounded down to a step.

    Several visits may start within one step; where nothing says how many, the table tells nothing.
    """
    count, levels = len(ground.coop), table.best.shape[1]
    cost = _costs(ground, price)
    least, pairs = np.inf, 0
    close = np.empty((count * count, 2), np.int64)  # visits that may start within the same step
    for i in range(count):
        for j in range(count):
            if cost[i, j] < np.inf:
                least = min(least, ground.way[i, j])
                if ground.way[i, j] < ground.step:
                    close[pairs, 0], close[pairs, 1] = i, j
                    pairs += 1
    if least * MOST_WITHIN < ground.step:
        table.best[:], table.other[:], table.via[:] = -np.inf, -np.inf, -1
        return
    table.best[:], table.other[:], table.via[:] = np.inf, np.inf, -1
    for level in range(levels - 1, -1, -1):
        for i in range(count):
            start = max(level * ground.step, ground.opens[i])
            if start > ground.closes[i]:
                continue
            best, via, other = np.inf, -1, np.inf
            if start + ground.way[i, count] <= ground.end:
                best, via = ground.km[i, count], count
            for j in range(count):
                then = max(start + ground.way[i, j], ground.opens[j])
                if then <= ground.closes[j] and then < ground.end + ground.step:
                    after = int(then / ground.step)
                    if level < after < levels:
                        home = cost[i, j] + home_from(table, j, after, i)
                        best, via, other = _better(best, via, other, home, j)
            table.best[i, level], table.via[i, level], table.other[i, level] = best, via, other
        for _ in range(int(ground.step / least)):
            for pair in range(pairs):
                i, j = close[pair]
                start = max(level * ground.step, ground.opens[i])
                then = max(start + ground.way[i, j], ground.opens[j])
                if start <= ground.closes[i] and then <= ground.closes[j] and int(then / ground.step) == level:
                    _offer(table, i, level, cost[i, j] + home_from(table, j, level, i), j)
