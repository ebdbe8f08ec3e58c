"""The bound by growing a linear programme: price outings, add the best, solve; then tell leads apart and cut.

Prices are taken between the programme's and the best ones so far, which wander less. The outings at hand are the
pool: small ones first, then all that are listed, then those that are looked for crew by crew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from optimizer.bounding.crews import Earners, earners
from optimizer.bounding.cuts import broken_cuts, rows_of_cut
from optimizer.bounding.duals import Duals, between, certified, lead_options, rewards
from optimizer.bounding.larger import larger_outings
from optimizer.bounding.master import Master
from optimizer.bounding.outings import Outings, outings_from
from optimizer.bounding.relaxed import Relaxed
from optimizer.instance import Floats, Ints

#: columns added in one round
COLUMNS = 2000
#: columns added in one round that hold the same visit
COLUMNS_OF_VISIT = 15
#: longer outings taken of one crew in one look
PER_CREW = 100
#: how far a cut must be broken to be added, and how many are added at once
LEAST_BREAK, CUTS = 0.03, 100
#: baht of reduced cost up to which a column tells of leads that are mixed
NEAR = 30.0
#: baht of reduced cost beyond which a column is not kept when the programme is built anew
DEAREST = 100.0
#: baht per baht of value: how near the proven bound must be to the programme's value before it is made finer
CLOSE = 3e-3
#: share of the programme's own prices in those that are tried, at most and at least
FARTHEST, NEAREST = 0.5, 0.1
#: crew members up to which longer outings are looked for first
FEW = 2
#: share by which prices must promise more than what is proven, to be proven before they are settled
WORTHWHILE = 0.008
#: visits of the outings that the first rounds work on
SMALL = 2


class Growth:
    """The programme over the outings of the pool.

    ``outings``: all there are, or, with ``longer`` above 0, all of fewer than ``longer`` visits.
    """

    def __init__(self, relaxed: Relaxed, outings: list[Outings], longer: int) -> None:
        self.relaxed, self.longer = relaxed, longer
        self.pool = [block for block in outings if block.visits.shape[1] <= SMALL]
        self._later = [block for block in outings if block.visits.shape[1] > SMALL]
        self.options = lead_options(relaxed)
        self.master = Master(relaxed, self.options)
        self.triples: list[Ints] = []
        self._rows_of_cuts: list[list[Ints]] = []
        self._known: set[tuple[int, bytes]] = set()
        self._center: Duals | None = None
        self._center_bound = -np.inf
        self._proven = 0.0

    def bounds(self, stop: Callable[[], bool]) -> Iterator[float | None]:
        """For each round a proven bound, not always better than the last, or None; ends when nothing is gained.

        Raises:
            Stopped: ``stop`` became true.
        """
        yield from self._settle(stop)
        self._widen(self._later)
        first = True
        while True:
            yield from self._settle(stop)
            if self._center is None:
                return
            if self._finds_few(stop):
                yield None
                continue
            if first and self._refine():
                # what is proven before leads are told apart is little, for the time it takes
                first = False
                yield None
                continue
            bound, new = self._prove(stop)
            yield bound
            near = bound is not None and bound >= (self.master.value + self.relaxed.sunk) * (1 - 2 * CLOSE)
            if (near or not new) and not self._refine() and not new:
                return

    def _settle(self, stop: Callable[[], bool]) -> Iterator[float | None]:
        """Grow the programme until its value is close to what the pool proves; prove on the way what is much better.

        Prices are tried at a step from the best towards the programme's own; the step is shorter after a miss.
        """
        step = FARTHEST
        while True:
            if self._center is not None and self._center_bound == -np.inf:
                self._round(self._center, stop)
            duals = self.master.solve(stop)
            tried = duals if self._center is None else between(self._center, duals, step)
            before = self._center_bound
            added = self._round(tried, stop)
            step = min(FARTHEST, 2 * step) if self._center_bound > before else max(NEAREST, step / 2)
            if not added and tried is not duals:
                added = self._round(duals, stop)
            value = self.master.value
            done = not added or value - self._center_bound < CLOSE * abs(value)
            if done or not self._much_better() or self._finds_few(stop):
                yield None
            else:
                yield self._prove(stop)[0]
            if done:
                return

    def _finds_few(self, stop: Callable[[], bool]) -> bool:
        """Whether small crews have longer outings that earn something and are not in the pool yet: they soon have."""
        return bool(self.longer and self._center and self._look_for_longer(self._center, FEW, stop)[0])

    def _much_better(self) -> bool:
        """Whether the best prices promise so much more than what is proven that a proof on the way pays."""
        return self._proven > 0 and self._center_bound + self.relaxed.sunk > self._proven * (1 + WORTHWHILE)

    def _round(self, duals: Duals, stop: Callable[[], bool]) -> int:
        """Price the pool, remember the prices if they prove more, and add columns; returns how many."""
        found, excess = self._price(duals, stop)
        bound = certified(self.relaxed, self.options, duals, excess) - self.relaxed.sunk
        if bound > self._center_bound:
            self._center, self._center_bound = duals, bound
        return self._add(found, duals) if found else 0

    def _widen(self, blocks: list[Outings]) -> None:
        """Take ``blocks`` into the pool; what was proven without them no longer counts."""
        self.pool += blocks
        self._center_bound = -np.inf
        for triple, rows in zip(self.triples, self._rows_of_cuts, strict=True):
            rows += rows_of_cut(blocks, triple, len(self.relaxed.visit))

    def _price(self, duals: Duals, stop: Callable[[], bool]) -> tuple[list[Earners], Floats]:
        fines = [np.zeros(len(block.visits)) for block in self.pool]
        for price, rows in zip(duals.cut, self._rows_of_cuts, strict=True):
            if price > 0:
                for fine, held in zip(fines, rows, strict=True):
                    fine[held] += price
        reward = rewards(self.relaxed, self.options, duals)
        return earners(self.relaxed, self.pool, fines, duals.visit, duals.hour, reward, stop)

    def _prove(self, stop: Callable[[], bool]) -> tuple[float | None, int]:
        """The bound that the best prices prove over all outings, None where some were missed, and how many were new."""
        duals = self._center
        assert duals is not None
        _, excess = self._price(duals, stop)
        new, complete = 0, True
        if self.longer:
            new, more, complete = self._look_for_longer(duals, int(self.relaxed.seats.max()), stop)
            excess = np.maximum(excess, more)
        if not complete:
            return None, new
        bound = certified(self.relaxed, self.options, duals, excess)
        self._proven = max(self._proven, bound)
        return bound, new

    def _look_for_longer(self, duals: Duals, crew: int, stop: Callable[[], bool]) -> tuple[int, Floats, bool]:
        """Take longer outings that earn something into the pool: how many, their excess, and whether all were found."""
        relaxed = self.relaxed
        reward = rewards(relaxed, self.options, duals)
        cuts = np.array([(*triple, price) for triple, price in zip(self.triples, duals.cut, strict=True)])
        excess, new, complete = np.zeros(len(relaxed.visit)), 0, True
        for office in range(len(relaxed.depot)):
            finds = larger_outings(relaxed, office, self.longer, duals.visit, duals.hour, reward, cuts.reshape(-1, 4),
                                   crew, PER_CREW, stop)  # fmt: skip
            excess = np.maximum(excess, finds.excess)
            complete = complete and finds.complete
            fresh = [row for row in finds.visits if (office, row.tobytes()) not in self._known]
            self._known.update((office, row.tobytes()) for row in fresh)
            new += len(fresh)
            if fresh:
                self._widen(outings_from(relaxed, office, np.array(fresh)))
        return new, excess, complete

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
            block = self.pool[earner.entry]
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

    def _refine(self) -> bool:
        """Tell apart leads that the optimum mixes and add the cuts it breaks worst; False where there is nothing.

        A lead newly told apart begins with the reward it had as one of the rest.
        """
        leads = self.master.mixed_leads(NEAR)
        triples = broken_cuts(len(self.relaxed.visit), self.master.mixture(), LEAST_BREAK, CUTS)
        if not leads and not len(triples):
            return False
        if self._center is not None:
            lead = self._center.lead.copy()
            for coop, officer in leads:
                own = self.relaxed.coop == coop
                lead[own, officer] = lead[own, -1]
            cut = np.concatenate([self._center.cut, np.zeros(len(triples))])
            self._center = replace(self._center, lead=lead, cut=cut)
        self.master.refine(leads, triples, DEAREST)
        for triple in triples:
            self.triples.append(triple)
            self._rows_of_cuts.append(rows_of_cut(self.pool, triple, len(self.relaxed.visit)))
        return True
