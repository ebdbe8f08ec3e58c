"""The cheapest tours of a shift at given prices: tables of ways home, then labels; few of them first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.ng_routes.completion import by_load, by_time, table_for
from optimizer.bounding.ng_routes.cuts import MOST_CUTS, Cuts
from optimizer.bounding.ng_routes.labelling import Ends, goes_both_ways, join, search, sorted_up_to, tour_of
from optimizer.bounding.ng_routes.labels import BLOCK, labels_for
from optimizer.bounding.ng_routes.memory import Memory, words_for
from optimizer.bounding.ng_routes.programme import Prices
from optimizer.bounding.ng_routes.shifts import STEPS, Ground, Shift, narrowed
from optimizer.instance import Floats, Ints

#: labels of one search at most
MOST_LABELS = 100_000
#: ways looked at in a search, and taken of them; of these the most that make the same visit
ENDS, TAKEN, SAME = 3_000, 150, 10
#: visits that may follow one in a search that proves nothing
LIKELY = 12
#: share of a tour's cost by which tours that are found have to be cheaper than what cars are priced at
NEARLY = 1e-4


class Found(NamedTuple):
    """What a search in one shift found."""

    ways: list[Ints]  # rows, as they are driven
    costs: Floats  # baht
    least: float  # baht of a tour less what it earns, which none undercuts
    complete: bool
    labels: int


class Searches:
    """Searches in the shifts, one at a time, and their room."""

    def __init__(self, shifts: list[Shift], visit: Ints, memory: Memory, cuts: Cuts) -> None:
        self.memory, self.cuts = memory, cuts
        self._visit = visit  # [R]
        size = max([0, *(len(shift.row) for shift in shifts)])
        words = max([1, *(words_for(len(set(shift.ground.coop))) for shift in shifts)])
        levels = max([1, *(shift.ground.capacity + 1 for shift in shifts)])
        self._labels, self._waiting = labels_for(MOST_LABELS, size, words, levels)
        self._ends = Ends(np.empty(ENDS, np.int64), np.empty(ENDS, np.int64), np.empty(ENDS))
        self._way = np.empty(2 * size + 2, np.int64)

    def search(self, shift: Shift, prices: Prices, car: float, most: int, careful: bool) -> Found:
        """Tours of a shift that cost less than they earn and a car is worth, by no more than ``most`` labels.

        Where not ``careful``, or where labels run out, what no tour undercuts comes from the tables.
        """
        paid, visit = prices.visit[shift.row], self._visit[shift.row]
        cut, toll = self.cuts.bits(visit), np.zeros(MOST_CUTS)
        toll[: len(prices.cut)] = prices.cut
        kept = _worthwhile(shift, paid, cut)
        if not len(kept):
            return Found([], np.zeros(0), 0.0, True, 0)
        labels = self._labels
        near, coop = self.memory.packed(shift.ground.coop[kept], labels.memory.shape[1])
        ground = narrowed(shift.ground, kept, near, coop, cut[kept], toll)
        earned = paid[kept]
        reach = -max(0.0, car) - NEARLY * float(ground.tour + 2 * ground.km[-1, :-1].mean())
        loads, times = table_for(len(kept), ground.capacity + 1), table_for(len(kept), STEPS + 2)
        by_load(ground, earned, loads)
        by_time(ground, earned, times)
        half = ground.capacity // 2 if goes_both_ways(ground) else ground.capacity
        following = _following(ground, earned, len(kept) if careful else LIKELY)
        found, least, sure, complete = search(ground, earned, reach, loads, times, labels, self._waiting, half,
                                              most, following, careful, self._ends)  # fmt: skip
        if half < ground.capacity:
            found, least = join(ground, earned, reach, loads, times, labels, half,
                                sorted_up_to(half, labels, len(kept)), self._ends, found, least)  # fmt: skip
        ways, costs = self._taken(shift, kept, found)
        complete = complete and careful
        return Found(ways, costs, min(least, reach) if complete else sure, complete, int(labels.used[0]) * BLOCK)

    def _taken(self, shift: Shift, kept: Ints, found: int) -> tuple[list[Ints], Floats]:
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
            costs.append(shift.ground.tour + float(shift.ground.km[np.append(-1, stops), np.append(stops, -1)].sum()))
            if len(ways) == TAKEN:
                break
        return ways, np.array(costs)


def _following(ground: Ground, price: Floats, most: int) -> Ints:
    """[m, n] the visits that may follow each visit: so many at most, the cheapest ones."""
    count = len(price)
    if most >= count:
        return np.tile(np.arange(count), (count, 1))
    cost = ground.km[:count, :count] - price
    np.fill_diagonal(cost, np.inf)
    return np.ascontiguousarray(np.argsort(cost, axis=1, kind="stable")[:, :most])


def _worthwhile(shift: Shift, paid: Floats, cut: Ints) -> Ints:
    """[k] of the visits of a shift: of those alike and in the same cuts the best paid, if it is paid for at all."""
    order = np.lexsort((-paid, cut, shift.alike))
    new = (np.diff(shift.alike[order]) != 0) | (np.diff(cut[order]) != 0)
    first = order[np.append(True, new)]
    kept: Ints = np.sort(first[paid[first] > 0])
    return kept
