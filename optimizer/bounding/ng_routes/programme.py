"""The master over ng-routes: each group of visits has one schedule, tours cover what it asks for, cars are limited."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from optimizer.bounding.ng_routes.cuts import Cuts
from optimizer.bounding.ng_routes.schedules import Schedules
from optimizer.bounding.ng_routes.shifts import Shift
from optimizer.bounding.primal_dual import Matrix, Point, Programme, balanced, improve
from optimizer.instance import Flags, Floats, Ints

#: share of the mean price that is the weight to begin with
WEIGHT = 0.3
#: baht by which the same visits must be cheaper in another order to be worth changing
CHEAPER = 1e-7


class Prices(NamedTuple):
    """Of visits [R], of a car of each shift [S], of cuts [K]."""

    visit: Floats
    car: Floats
    cut: Floats


class Master:
    """The programme; rows of visits come first, then one for the cars of each shift, then the cuts."""

    def __init__(self, schedules: Schedules, shifts: list[Shift], cuts: Cuts) -> None:
        self.schedules, self.shifts, self.cuts = schedules, shifts, cuts
        self.most = Prices(np.zeros(0), np.zeros(0), np.zeros(0))  # that each price may be
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
            twice = self.cuts.times(self.schedules.visit[way])
            cut = np.flatnonzero(twice)
            rows.append(np.concatenate([row, [self._rows + shift], self._rows + len(self.shifts) + cut]))
            factors.append(np.concatenate([times.astype(np.float64), [-1.0], -twice[cut].astype(np.float64)]))
            starts.append(len(row) + 1 + len(cut))
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

    def change_cuts(self, dropped: Flags, new: Ints) -> None:
        """Leave some cuts away [K], and add new ones [k, 3] as far as there is room, at a price of 0."""
        cars = self._rows + len(self.shifts)
        prices = self.at.prices[np.append(np.ones(cars, bool), dropped == 0)]
        self.cuts.drop(dropped)
        self.cuts.add(new)
        prices = np.append(prices, np.zeros(cars + len(self.cuts) - len(prices)))
        self.at = self.at._replace(prices=prices)
        self.most = self.most._replace(cut=np.full(len(self.cuts), float(self.most.car.max(initial=1.0))))
        self.keep(lambda _: True)

    def improve(self, steps: int) -> Prices:
        """Take so many steps; the average prices on the way."""
        cars = [-float(shift.tours) for shift in self.shifts]
        bound = np.concatenate([np.zeros(self._rows), cars, np.full(len(self.cuts), -1.0)])
        programme = Programme(
            self._matrix, self._cost, self.schedules.options, self.schedules.cost, self.schedules.group, bound,
            np.zeros(len(bound)), np.concatenate(self.most), np.zeros(1, np.int64), np.zeros(0),
        )  # fmt: skip
        mean = Point(*(np.empty_like(part) for part in self.at))
        before = Point(*(part.copy() for part in self.at))
        improve(programme, self.at, self.weight, steps, mean)
        self.at = mean
        self.weight = balanced(self.weight, programme, before, mean)
        return self.prices()

    def prices(self) -> Prices:
        """The prices by now."""
        rows, cars = self._rows, self._rows + len(self.shifts)
        prices = self.at.prices.copy()
        return Prices(prices[:rows], prices[rows:cars], prices[cars:])
