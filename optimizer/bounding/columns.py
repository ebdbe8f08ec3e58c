"""The bound by growing a linear programme: price all outings, add the best, solve, and cut what is no plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from optimizer.bounding.crews import Earners, earners
from optimizer.bounding.cuts import broken_cuts, rows_of_cut
from optimizer.bounding.duals import Duals, certified, lead_options, rewards
from optimizer.bounding.master import Master
from optimizer.bounding.outings import Outings
from optimizer.bounding.relaxed import Relaxed
from optimizer.instance import Floats, Ints

#: columns added in one round
COLUMNS = 2000
#: columns added in one round that hold the same visit
COLUMNS_OF_VISIT = 15
#: how far a cut must be broken to be added, and how many are added at once
LEAST_BREAK, CUTS = 0.03, 100
#: share of visits by which an officer must serve as a lead not listed, to be listed
LEAST_SHARE = 0.02
#: baht per baht of bound: a round is over when the certificate is so close to the programme's optimum
CLOSE = 1e-4


class Growth:
    """The programme with all outings; each step proves a bound."""

    def __init__(self, relaxed: Relaxed, outings: list[Outings]) -> None:
        self.relaxed, self.outings = relaxed, outings
        self.options = lead_options(relaxed)
        self.master = Master(relaxed, self.options)
        self.cut_rows: list[list[Ints]] = []

    def bounds(self, stop: Callable[[], bool]) -> Iterator[float]:
        """A proven bound for each round, not always better than the last; ends when nothing more is gained.

        Raises:
            Stopped: ``stop`` became true.
        """
        duals = self.master.solve(stop)
        while True:
            found, excess = self._price(duals, stop)
            bound = certified(self.relaxed, self.options, duals, excess)
            yield bound
            value = self.master.value + self.relaxed.sunk
            added = self._add(found, duals) if found else 0
            if not added or value - bound < CLOSE * abs(value):
                told = self.master.tell_apart(LEAST_SHARE)
                if not self._cut() + told:
                    return
            duals = self.master.solve(stop)

    def _price(self, duals: Duals, stop: Callable[[], bool]) -> tuple[list[Earners], Floats]:
        fines = [np.zeros(len(block.visits)) for block in self.outings]
        for price, rows in zip(duals.cut, self.cut_rows, strict=True):
            if price > 0:
                for fine, held in zip(fines, rows, strict=True):
                    fine[held] += price
        reward = rewards(self.relaxed, self.options, duals)
        return earners(self.relaxed, self.outings, fines, duals.visit, duals.hour, reward, stop)

    def _add(self, found: list[Earners], duals: Duals) -> int:
        """Add the best of ``found``, spread over the visits; returns how many were new."""
        gain = np.concatenate([earner.gain for earner in found])
        where = np.concatenate([np.stack([np.full(len(e.index), i), np.arange(len(e.index))], 1)
                                for i, e in enumerate(found)])  # fmt: skip
        held = np.zeros(len(self.relaxed.visit), np.int64)
        reward = rewards(self.relaxed, self.options, duals)
        added = taken = 0
        for place in np.argsort(-gain, kind="stable"):
            earner = found[where[place, 0]]
            number = where[place, 1]
            block = self.outings[earner.entry]
            row = int(earner.index[number])
            visits = block.visits[row]
            if held[visits].min() >= COLUMNS_OF_VISIT:
                continue
            held[visits] += 1
            taken += 1
            added += self.master.add(block, row, [int(o) for o in earner.crew[number] if o >= 0], reward)
            if taken >= COLUMNS:
                break
        return added

    def _cut(self) -> int:
        """Add the cuts that the optimum breaks worst; returns how many."""
        triples = broken_cuts(len(self.relaxed.visit), self.master.mixture(), LEAST_BREAK, CUTS)
        for triple in triples:
            self.master.add_cut(triple)
            self.cut_rows.append(rows_of_cut(self.outings, triple, len(self.relaxed.visit)))
        return len(triples)
