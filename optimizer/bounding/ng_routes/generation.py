"""Column generation over ng-routes: improve the master's prices, look for the cheapest tours at them, again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from optimizer.bounding.ng_routes.labelling import MOST_LABELS, Ends, labels_for, search, table_for, tour_of
from optimizer.bounding.ng_routes.programme import Master
from optimizer.bounding.ng_routes.schedules import Schedules, schedules_of
from optimizer.bounding.ng_routes.shifts import STEPS, Shift, narrowed, shifts_of
from optimizer.bounding.prices import BLUR, ROUNDING
from optimizer.bounding.relaxed import Relaxed
from optimizer.instance import Floats, Frame, Ints
from optimizer.stopping import Stopped

#: labels of a search to begin with
FEW_LABELS = 10_000
#: ways looked at in a search, and taken of them; of these the most that make the same visit
ENDS, TAKEN, SAME = 3_000, 60, 6
#: steps of the master in a round: to begin with, and later
FEW_STEPS, STEPS_LATER, FIRST_ROUNDS = 100, 400, 6
#: what a visit may be priced at most, in what a tour of its own costs: to begin with, and how many times more when so
#: few tours of each shift are new
BOX, WIDER, FEW_NEW = 0.08, 1.2, 5
#: rounds without a gain of such a share of the bound after which the work ends
PATIENCE, LEAST_GAIN = 30, 1e-5
#: share of a tour's cost by which tours that are found have to be cheaper than what cars are priced at
NEARLY = 1e-4


class Found(NamedTuple):
    """What a search in one shift found."""

    ways: list[Ints]  # rows, as they are driven
    costs: Floats  # baht
    least: float  # baht of a tour less what it earns, which none undercuts
    complete: bool


class Look(NamedTuple):
    """What prices prove, how many tours are new, and whether no search ended early."""

    bound: float
    new: int
    complete: bool


class Generation:
    """Master, shifts and the best bound so far."""

    def __init__(self, relaxed: Relaxed, frame: Frame) -> None:
        self.relaxed = relaxed
        inst = frame.instance
        days = np.arange(inst.cars.shape[1])
        self.periods = [days[d : d + 1] for d in days] if inst.has_rhythm.any() else [days]
        self.schedules: Schedules = schedules_of(relaxed, inst, self.periods)
        self.shifts: list[Shift] = shifts_of(relaxed, self.schedules, self.periods, inst.cars)
        self.master = Master(self.schedules, self.shifts)
        self.proven = -np.inf
        self._limit = FEW_LABELS
        size = max([0, *(len(shift.row) for shift in self.shifts)])
        words = max([1, *(shift.ground.near.shape[1] for shift in self.shifts)])
        levels = max([1, *(shift.ground.capacity + 1 for shift in self.shifts)])
        self._labels = labels_for(MOST_LABELS, size, words, levels)
        self._ends = Ends(np.empty(ENDS, np.int64), np.empty(ENDS, np.int64), np.empty(ENDS))
        self._way = np.empty(2 * size + 2, np.int64)

    def bounds(self, stop: Callable[[], bool]) -> Iterator[float | None]:
        """For each round a proven bound, not always better than the last; ends when nothing is gained.

        Raises:
            Stopped: ``stop`` became true.
        """
        if not self.shifts:
            return
        alone = self._begin()
        box, idle, rounds = BOX, 0, 0
        while idle < PATIENCE:
            price, cars = self.master.improve(FEW_STEPS if rounds < FIRST_ROUNDS else STEPS_LATER)
            rounds += 1
            look = self.look(price, cars, stop)
            yield look.bound
            idle = 0 if look.bound > self.proven + LEAST_GAIN * abs(look.bound) else idle + 1
            self.proven = max(self.proven, look.bound)
            if not look.complete and look.new < len(self.shifts) * TAKEN // 4:
                self._limit = min(MOST_LABELS, 2 * self._limit)
            few = look.new <= FEW_NEW * len(self.shifts)
            if look.complete and few and (price >= 0.99 * self.master.most[: len(price)]).any():
                box *= WIDER
                self._open(alone, box)

    def _begin(self) -> Floats:
        """Begin with a tour for each visit alone; returns the least that costs, for each row."""
        alone = np.full(len(self.schedules.visit), np.inf)
        for s, shift in enumerate(self.shifts):
            ground = shift.ground
            costs = ground.tour + ground.km[-1, :-1] + ground.km[:-1, -1]
            self.master.add(s, [np.array([row]) for row in shift.row], costs)
            np.minimum.at(alone, shift.row, costs)
        self._open(alone, BOX)
        leave_out = self.relaxed.leave_out[self.schedules.visit]
        self.master.start_from(np.minimum(BOX * np.where(np.isfinite(alone), alone, 0.0), leave_out))
        return alone

    def _open(self, alone: Floats, box: float) -> None:
        """Let prices be so many times what a tour of its own costs: high ones would let too many tours earn at once."""
        leave_out = self.relaxed.leave_out[self.schedules.visit]
        most = np.minimum(leave_out, box * np.where(np.isfinite(alone), alone, 0.0))
        self.master.most = np.append(most, np.full(len(self.shifts), box * float(most.max(initial=1.0))))

    def look(self, price: Floats, cars: Floats, stop: Callable[[], bool]) -> Look:
        """Look for tours in each shift that earn more than ``cars`` [S] at the ``price`` [R] of visits, and add them.

        Raises:
            Stopped: ``stop`` became true.
        """
        schedules, given, new, complete = float(self.schedules.least(price).sum()), 0.0, 0, True
        for s, shift in enumerate(self.shifts):
            if stop():
                raise Stopped
            found = self._search(shift, price, float(cars[s]))
            given += shift.tours * max(0.0, -found.least)
            complete = complete and found.complete
            new += self.master.add(s, found.ways, found.costs)
        relaxed = self.relaxed
        size = abs(relaxed.sunk) + relaxed.places + float(np.abs(price).sum()) + abs(schedules) + given
        bound = relaxed.sunk - relaxed.places + schedules - given - BLUR * len(price) - ROUNDING * size
        return Look(bound, new, complete)

    def _search(self, shift: Shift, price: Floats, car: float) -> Found:
        """Tours of a shift that cost less than they earn and a car is worth."""
        paid = price[shift.row]
        kept = self._worthwhile(shift, paid)
        ground = narrowed(shift.ground, kept)
        if not len(kept):
            return Found([], np.zeros(0), 0.0, True)
        reach = -max(0.0, car) - NEARLY * float(ground.tour + 2 * ground.km[-1, :-1].mean())
        loads, times = table_for(len(kept), ground.capacity + 1), table_for(len(kept), STEPS + 2)
        found, least, complete = search(ground, paid[kept], reach, loads, times, self._labels, self._limit,
                                        self._ends)  # fmt: skip
        ways, costs = self._taken(shift, kept, paid, found)
        return Found(ways, costs, least, complete)

    def _worthwhile(self, shift: Shift, paid: Floats) -> Ints:
        """[k] of the visits of a shift: of those alike the best paid, if it is paid for at all."""
        order = np.lexsort((-paid, shift.alike))
        first = order[np.append(True, np.diff(shift.alike[order]) > 0)]
        kept: Ints = np.sort(first[paid[first] > 0])
        return kept

    def _taken(self, shift: Shift, kept: Ints, paid: Floats, found: int) -> tuple[list[Ints], Floats]:
        """The cheapest of the tours found, spread over the visits."""
        held = np.zeros(len(shift.row), np.int64)
        ways: list[Ints] = []
        costs: list[float] = []
        for e in np.argsort(self._ends.cost[:found], kind="stable"):
            size = tour_of(self._labels, self._ends, int(e), self._way)
            stops = kept[self._way[:size]]
            if held[stops].min() >= SAME:
                continue
            held[stops] += 1
            ways.append(shift.row[stops])
            costs.append(float(self._ends.cost[e] + paid[stops].sum()))
            if len(ways) == TAKEN:
                break
        return ways, np.array(costs)
