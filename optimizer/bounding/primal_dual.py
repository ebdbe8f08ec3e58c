"""A first-order method for the restricted master: prices near its centre, soon, and from where the last ones were.

Primal-dual hybrid gradient (Chambolle and Pock 2011) with a step for each column and row (Pock and Chambolle 2011). The
simplex method takes seconds where officers are many and alike, and gives prices at a vertex, which column generation
likes least; averages of these iterates lie in the middle.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: by how much the weight changes at most in one round
CHANGE = 4.0


class Matrix(NamedTuple):
    """Sparse columns: column c has ``factor[e]`` in row ``row[e]`` for e from ``start[c]`` to ``start[c + 1]``."""

    start: Ints
    row: Ints
    factor: Floats


class Programme(NamedTuple):
    """Minimise cost of routes z >= 0 and of leads x, where each group of x sums to 1 and every row is at least a bound.

    What a row may fall short at a price is in the price's upper limit.
    """

    routes: Matrix
    cost: Floats
    leads: Matrix
    lead_cost: Floats
    group: Ints  # [C + 1] first lead option of each cooperative
    bound: Floats  # [R]
    least: Floats  # [R] limits of a row's price
    most: Floats  # [R]
    shared: Ints  # [G + 1] first row of each group of rows whose prices together have a limit
    limit: Floats  # [G]


class Point(NamedTuple):
    """Shares of routes and leads, and prices of rows."""

    routes: Floats
    leads: Floats
    prices: Floats


@compiled
def _onto_simplex(x: Floats, begin: int, end: int, room: Floats) -> None:
    """Move ``x[begin:end]`` to the nearest shares that sum to 1 (Michelot 1986)."""
    count, total = 0, 0.0
    for k in range(begin, end):
        room[count] = x[k]
        total += x[k]
        count += 1
    while True:
        level = (total - 1.0) / count
        kept, rest = 0, 0.0
        for k in range(count):
            if room[k] > level:
                room[kept] = room[k]
                rest += room[k]
                kept += 1
        if kept == count or kept == 0:
            break
        count, total = kept, rest
    for k in range(begin, end):
        x[k] = max(0.0, x[k] - level)


@compiled
def _within(y: Floats, step: Floats, begin: int, end: int, limit: float) -> None:
    """Lower prices ``y[begin:end]`` of rows until they sum to ``limit`` at the most, each as its step says."""
    total, steps = 0.0, 0.0
    for r in range(begin, end):
        if y[r] > 0.0:
            total += y[r]
            steps += step[r]
    while total > limit + 1e-12:
        down = (total - limit) / steps
        total, steps = 0.0, 0.0
        for r in range(begin, end):
            if y[r] > 0.0:
                y[r] = max(0.0, y[r] - down * step[r])
                if y[r] > 0.0:
                    total += y[r]
                    steps += step[r]


@compiled
def _earned(columns: Matrix, prices: Floats, out: Floats) -> None:
    """What each column earns at the prices of the rows."""
    for c in range(len(out)):
        total = 0.0
        for e in range(columns.start[c], columns.start[c + 1]):
            total += columns.factor[e] * prices[columns.row[e]]
        out[c] = total


@compiled
def _add_rows(columns: Matrix, shares: Floats, out: Floats) -> None:
    """Add what the columns bring to the rows."""
    for c in range(len(shares)):
        if shares[c] != 0.0:
            for e in range(columns.start[c], columns.start[c + 1]):
                out[columns.row[e]] += columns.factor[e] * shares[c]


@compiled
def _steps(columns: Matrix, count: int, rows: Floats) -> Floats:
    """The step of each column; adds the absolute factors of each row to ``rows``."""
    steps = np.empty(count)
    for c in range(count):
        total = 1e-12
        for e in range(columns.start[c], columns.start[c + 1]):
            total += abs(columns.factor[e])
            rows[columns.row[e]] += abs(columns.factor[e])
        steps[c] = 1.0 / total
    return steps


@compiled
def improve(programme: Programme, at: Point, weight: float, rounds: int, mean: Point) -> None:
    """Take ``rounds`` steps from ``at``, which is changed, and write the average of the iterates into ``mean``.

    ``weight``: baht of a price for a share, the scale between both sides.
    """
    routes, leads, group, shared = programme.routes, programme.leads, programme.group, programme.shared
    z, x, y = at
    brings = np.full(len(y), 1e-12)
    step_z = _steps(routes, len(z), brings) / weight
    step_x = _steps(leads, len(x), brings) / weight
    for c in range(len(group) - 1):  # one step for all leads of a cooperative, as their sum is kept
        least = np.inf
        for k in range(group[c], group[c + 1]):
            least = min(least, step_x[k])
        for k in range(group[c], group[c + 1]):
            step_x[k] = least
    step_y = weight / brings
    earned_z, earned_x = np.empty(len(z)), np.empty(len(x))
    ahead_z, ahead_x = np.empty(len(z)), np.empty(len(x))
    rows = np.empty(len(y))
    room = np.empty(len(x) + 1)
    mean.routes[:] = 0.0
    mean.leads[:] = 0.0
    mean.prices[:] = 0.0
    for _ in range(rounds):
        _earned(routes, y, earned_z)
        for c in range(len(z)):
            new = max(0.0, z[c] - step_z[c] * (programme.cost[c] - earned_z[c]))
            ahead_z[c] = 2 * new - z[c]
            z[c] = new
            mean.routes[c] += new
        _earned(leads, y, earned_x)
        for k in range(len(x)):
            ahead_x[k] = x[k]
            x[k] -= step_x[k] * (programme.lead_cost[k] - earned_x[k])
        for c in range(len(group) - 1):
            if group[c + 1] > group[c]:
                _onto_simplex(x, group[c], group[c + 1], room)
        for k in range(len(x)):
            ahead_x[k] = 2 * x[k] - ahead_x[k]
            mean.leads[k] += x[k]
        rows[:] = 0.0
        _add_rows(routes, ahead_z, rows)
        _add_rows(leads, ahead_x, rows)
        for r in range(len(y)):
            y[r] = min(programme.most[r], max(programme.least[r], y[r] + step_y[r] * (programme.bound[r] - rows[r])))
        for g in range(len(shared) - 1):
            _within(y, step_y, shared[g], shared[g + 1], programme.limit[g])
        for r in range(len(y)):
            mean.prices[r] += y[r]
    mean.routes[:] /= rounds
    mean.leads[:] /= rounds
    mean.prices[:] /= rounds


def balanced(weight: float, programme: Programme, before: Point, after: Point) -> float:
    """The weight at which prices and shares would have moved alike, half way there (Applegate and others 2021).

    Without numpy's scalar product: its threads wait busily for a while after each, on the cores of the search.
    """
    rows, shares = np.zeros(len(after.prices)), 0.0
    for matrix, old, new in ((programme.routes, before.routes, after.routes),
                             (programme.leads, before.leads, after.leads)):  # fmt: skip
        rows += np.bincount(matrix.row, np.abs(matrix.factor), len(rows))
        columns = np.diff(np.append(0.0, np.cumsum(np.abs(matrix.factor)))[matrix.start])
        shares += float((columns * (new - old) ** 2).sum())
    prices = float((rows * (after.prices - before.prices) ** 2).sum())
    if shares <= 0.0 or prices <= 0.0:
        return weight
    return weight * float(np.clip(np.sqrt(np.sqrt(prices / shares) / weight), 1 / CHANGE, CHANGE))
