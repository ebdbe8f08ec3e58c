"""Schedules: on which days the visits of a cooperative may be, and what that costs.

A *period* is a day, or the whole horizon where no cooperative is bound to rhythms: each visit then pays for its best
day, and tours of all days are alike. A *row* is a visit in a period; it has a price, and tours of that period earn it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.primal_dual import Matrix
from optimizer.bounding.relaxed import Relaxed
from optimizer.instance import Floats, Instance, Ints


class Schedules(NamedTuple):
    """Rows, and the options of each group of visits that are scheduled together, of which a plan takes one."""

    visit: Ints  # [R] index in the relaxed problem
    period: Ints  # [R]
    options: Matrix  # for each option a factor of -1 in each row that it asks for
    cost: Floats  # [X] baht of each option: of its days, or of leaving its visits out
    group: Ints  # [G + 1] first option of each group

    def least(self, prices: Floats) -> Floats:
        """[G] baht of each group's cheapest option, whose rows cost ``prices`` [R]."""
        start, row = self.options.start, self.options.row
        sums = np.append(0.0, np.cumsum(prices[row]))
        total = self.cost + sums[start[1:]] - sums[start[:-1]]
        return np.minimum.reduceat(total, self.group[:-1]) if len(self.group) > 1 else np.zeros(0)


class _Options:
    """Options while they are found."""

    def __init__(self) -> None:
        self.cost: list[float] = []
        self.rows: list[Ints] = []
        self.group = [0]

    def add(self, cost: float, rows: list[int]) -> None:
        """An option of the group at hand."""
        self.cost.append(cost)
        self.rows.append(np.array(rows, np.int64))

    def close(self) -> None:
        """The next option is the first of another group."""
        self.group.append(len(self.cost))

    def matrix(self) -> Matrix:
        start = np.append(0, np.cumsum([len(one) for one in self.rows])).astype(np.int64)
        row = np.concatenate([np.zeros(0, np.int64), *self.rows])
        return Matrix(start, row, np.full(len(row), -1.0))


def schedules_of(relaxed: Relaxed, inst: Instance, periods: list[Ints]) -> Schedules:
    """The schedules of all visits; ``periods``: the workdays of each, one each where cooperatives have rhythms."""
    day_cost = np.array([relaxed.day_cost[:, days].min(axis=1, initial=np.inf) for days in periods]).T
    can = np.isfinite(day_cost)
    row = np.full(day_cost.shape, -1, np.int64)
    row[can] = np.arange(int(can.sum()))
    options = _Options()
    for c in np.flatnonzero(inst.has_rhythm):
        _add_rhythms(options, relaxed, inst, int(c), day_cost, row)
    for i in np.flatnonzero(inst.has_rhythm[relaxed.coop] == 0):
        options.add(float(relaxed.leave_out[i]), [])
        for p in np.flatnonzero(can[i]):
            options.add(float(day_cost[i, p]), [int(row[i, p])])
        options.close()
    visit, period = np.nonzero(can)
    return Schedules(visit, period, options.matrix(), np.array(options.cost), np.array(options.group, np.int64))


def _add_rhythms(
    options: _Options, relaxed: Relaxed, inst: Instance, coop: int, day_cost: Floats, row: Ints
) -> None:  # fmt: skip
    """The rhythms of a cooperative, as far as all its visits that are not history can be on their days; or none."""
    number = {int(v): i for i, v in enumerate(relaxed.visit)}
    listed = inst.visit_list[inst.first_visit[coop] : inst.first_visit[coop + 1]]
    visits = [(position, number[int(v)]) for position, v in enumerate(listed) if int(v) in number]
    if not visits:
        return
    options.add(float(sum(relaxed.leave_out[i] for _, i in visits)), [])
    for rhythm in inst.rhythm[inst.first_rhythm[coop] : inst.first_rhythm[coop + 1]]:
        asked = [(i, int(rhythm[position])) for position, i in visits]
        if all(day >= 0 and row[i, day] >= 0 for i, day in asked):
            options.add(float(sum(day_cost[i, day] for i, day in asked)), [int(row[i, day]) for i, day in asked])
    options.close()
