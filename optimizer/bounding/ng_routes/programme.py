"""The master over ng-routes: each group of visits has one schedule, tours cover what it asks for, cars are limited."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimizer.bounding.ng_routes.schedules import Schedules
from optimizer.bounding.ng_routes.shifts import Shift
from optimizer.bounding.primal_dual import Matrix, Point, Programme, balanced, improve
from optimizer.instance import Floats, Ints

#: share of the mean price that is the weight to begin with
WEIGHT = 0.3
#: baht by which the same visits must be cheaper in another order to be worth changing
CHEAPER = 1e-7


class Master:
    """The programme; rows of visits come first, then one for the cars of each shift."""

    def __init__(self, schedules: Schedules, shifts: list[Shift]) -> None:
        self.schedules, self.shifts = schedules, shifts
        self.most = np.zeros(0)  # [R + S] the most that a price may be
        self.ways: list[Ints] = []  # rows of each tour, as it is driven
        self._rows = len(schedules.visit)
        self._matrix = Matrix(np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros(0))
        self._cost = np.zeros(0)
        self._shift: list[int] = []
        self._known: dict[bytes, int] = {}
        sizes = np.diff(schedules.group)
        self.at = Point(np.zeros(0), np.repeat(1.0 / sizes, sizes), np.zeros(self._rows + len(shifts)))
        self.weight = 1.0

    def start_from(self, price: Floats) -> None:
        """Go on from these prices [R] of visits."""
        self.at.prices[: self._rows] = price
        self.weight = WEIGHT * max(1e-6, float(np.abs(price).mean()))

    def add(self, shift: int, ways: list[Ints], costs: Floats) -> int:
        """Add tours of a shift, rows of visits as they are driven; returns how many were not there yet, or dearer."""
        starts, rows, factors, fresh, new = [], [], [], [], 0
        for way, cost in zip(ways, costs, strict=True):
            row, times = np.unique(way, return_counts=True)
            key = np.append(row, [*times, -shift - 1]).tobytes()
            known = self._known.get(key, -1)
            if known >= 0:
                if known < len(self._cost) and cost < self._cost[known] - CHEAPER:
                    self._cost[known], self.ways[known] = cost, way
                    new += 1
                continue
            self._known[key] = len(self.ways)
            self.ways.append(way)
            self._shift.append(shift)
            rows.append(np.append(row, self._rows + shift))
            factors.append(np.append(times.astype(np.float64), -1.0))
            starts.append(len(row) + 1)
            fresh.append(cost)
        if fresh:
            old = self._matrix
            self._matrix = Matrix(
                np.concatenate([old.start, old.start[-1] + np.cumsum(starts)]), np.concatenate([old.row, *rows]),
                np.concatenate([old.factor, *factors]),
            )  # fmt: skip
            self._cost = np.append(self._cost, fresh)
            self.at = self.at._replace(routes=np.append(self.at.routes, np.zeros(len(fresh))))
        return new + len(fresh)

    def keep(self, wanted: Callable[[int], bool]) -> None:
        """Keep the tours that are wanted, by number, and forget the others."""
        kept = [c for c in range(len(self.ways)) if wanted(c)]
        if len(kept) == len(self.ways):
            return
        ways, costs, shifts, shares = self.ways, self._cost, self._shift, self.at.routes[kept]
        self.ways, self._cost, self._shift, self._known = [], np.zeros(0), [], {}
        self._matrix = Matrix(np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros(0))
        self.at = self.at._replace(routes=np.zeros(0))
        order: list[int] = []
        for s in range(len(self.shifts)):
            of_shift = [c for c in kept if shifts[c] == s]
            self.add(s, [ways[c] for c in of_shift], costs[of_shift])
            order += of_shift
        self.at.routes[:] = shares[np.searchsorted(kept, order)]

    def improve(self, steps: int) -> tuple[Floats, Floats]:
        """Take so many steps; the average prices on the way, of visits [R] and of a car of each shift [S]."""
        bound = np.append(np.zeros(self._rows), [-float(shift.tours) for shift in self.shifts])
        programme = Programme(
            self._matrix, self._cost, self.schedules.options, self.schedules.cost, self.schedules.group, bound,
            np.zeros(len(bound)), self.most,
        )  # fmt: skip
        mean = Point(*(np.empty_like(part) for part in self.at))
        before = Point(*(part.copy() for part in self.at))
        improve(programme, self.at, self.weight, steps, mean)
        self.at = mean
        self.weight = balanced(self.weight, programme, before, mean)
        return mean.prices[: self._rows].copy(), mean.prices[self._rows :].copy()
