"""Branching on leads: the programme mixes leads, and most of its gap lies in that.

So leads are told apart case by case. A case goes on from the prices and columns of the one that it came from; any
prices prove what they prove for its leads. Each plan's leads are in one case, so the least of all is a bound.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from optimizer.bounding.covering import covering
from optimizer.bounding.master import Master
from optimizer.bounding.prices import Duals, LeadOptions, LeadRows, Mask, certified, cleaned
from optimizer.bounding.pricing import Pricer
from optimizer.instance import Floats, Ints

#: rounds of one case at most, where all routes are listed, and before a look for long ones, which takes longer than
#: several rounds; steps of the programme in each
ROUNDS, ROUNDS_TO_A_LOOK, STEPS = 2, 4, 300
#: share by which a round must raise what a case proves, for another one to follow
LEAST_GAIN = 1e-5
#: columns added in a round at most
COLUMNS = 500
#: times that a look at all routes which ended early is tried again, each half the way back to prices of the case before
STEPS_BACK = 2

#: what all routes earn too much at prices, [n] by visit; None where the look at them ended early
Look = Callable[[Duals, Callable[[], bool]], Floats | None]


@dataclass(frozen=True, order=True)
class Case:
    """Leads that are left to each cooperative, and what prices of its own prove for them."""

    proven: float  # baht
    number: int
    listed: Mask = field(compare=False)  # [C, O]
    duals: Duals = field(compare=False)
    leads: Floats = field(compare=False)  # [C, O] shares

    @property
    def settled(self) -> bool:
        """Whether each cooperative has one lead at most."""
        return bool((self.listed.sum(axis=1) <= 1).all())

    def parts(self, coop_of: Ints) -> tuple[Mask, Mask]:
        """Leads of two cases that it consists of; ``coop_of`` [n] the cooperative of each visit.

        Those of one cooperative are told apart: its leads are mixed, and what prices ask for having them along is much.
        The leads with the largest shares, up to about a half in all, are the one case, and all others are the other.
        """
        worth = np.zeros(self.listed.shape)
        np.add.at(worth, coop_of, self.duals.lead)
        asked = np.where(self.listed, worth, 0.0).max(axis=1)
        mixed = np.minimum(1.0 - self.leads.max(axis=1), 0.5) * asked
        coop = int(np.where(self.listed.sum(axis=1) > 1, mixed, -1.0).argmax())
        who = np.flatnonzero(self.listed[coop])
        who = who[np.argsort(-self.leads[coop, who], kind="stable")]
        share = np.cumsum(self.leads[coop, who])
        largest = who[: int(np.abs(share[:-1] - 0.5).argmin()) + 1]
        one, others = self.listed.copy(), self.listed.copy()
        one[coop], others[coop, largest] = False, False
        one[coop, largest] = True
        return one, others


def shares_among(listed: Mask, leads: Floats) -> Floats:
    """[C, O] ``leads`` as far as they are ``listed``, so that those of each cooperative sum to 1; even if all are 0."""
    kept = np.where(listed, leads, 0.0)
    total, number = kept.sum(axis=1, keepdims=True), listed.sum(axis=1, keepdims=True)
    shares: Floats = np.where(total > 1e-9, kept / np.maximum(total, 1e-9), listed / np.maximum(number, 1))
    return shares


def _rises(before: float, now: float) -> bool:
    """Whether what is proven is better by ``LEAST_GAIN``; anything is better than nothing."""
    return now > before and not now - before <= LEAST_GAIN * abs(now)


class Branching:
    """The cases, on the programme ``master`` and the routes of ``pricer``.

    ``look``: what all routes earn too much at given prices, by visit, or None where that was not found out; not given
    where the routes of ``pricer`` are all there are.
    """

    def __init__(
        self, master: Master, pricer: Pricer, options: LeadOptions, lead_rows: LeadRows, look: Look | None = None
    ) -> None:  # fmt: skip
        self._master, self._pricer, self._options = master, pricer, options
        self._lead_rows, self._look = lead_rows, look
        self._number = count()

    def bounds(self, duals: Duals, stop: Callable[[], bool], proven: float = -np.inf) -> Iterator[float]:
        """What is proven after each case, the first of all leads at ``duals``; ends when nothing is left to tell apart.

        ``proven``: baht that are proven already, for any leads.

        Raises:
            Stopped: ``stop`` became true.
        """
        listed = self._options.listed
        leads = shares_among(listed, self._master.leads())
        cases = [self._improved(Case(proven, next(self._number), listed, duals, leads), stop)]
        while True:
            yield cases[0].proven
            case = heapq.heappop(cases)
            if not case.settled:
                for part in case.parts(self._master.relaxed.coop):
                    leads = shares_among(part, case.leads)
                    fresh = Case(case.proven, next(self._number), part, case.duals, leads)
                    heapq.heappush(cases, self._improved(fresh, stop))
                continue
            better = self._improved(case, stop)
            heapq.heappush(cases, better)
            if not _rises(case.proven, better.proven):
                yield cases[0].proven
                return

    def _improved(self, case: Case, stop: Callable[[], bool]) -> Case:
        """The case with the best prices that a few rounds find."""
        options = LeadOptions(case.listed, self._options.price)
        self._master.restrict(options, case.duals, case.leads)
        best, most = case.duals, case.proven
        for _ in range(ROUNDS_TO_A_LOOK if self._look is not None else ROUNDS):
            duals = cleaned(self._master.relaxed, options, self._lead_rows, self._master.improve(STEPS))
            proven = self.proven(case.listed, duals, stop)
            rises = _rises(most, proven)
            if proven > most:
                best, most = duals, proven
            if not rises and most > case.proven:
                break
        if self._look is not None and best is not case.duals:
            best, most = self._surely(case, best, stop)
        return Case(most, case.number, case.listed, best, self._master.leads())

    def _surely(self, case: Case, duals: Duals, stop: Callable[[], bool]) -> tuple[Duals, float]:
        """The prices, and what they prove over all routes; the case's own where those on the way prove no more."""
        assert self._look is not None
        options = LeadOptions(case.listed, self._options.price)
        for _ in range(STEPS_BACK + 1):
            excess = self._look(duals, stop)
            if excess is not None:
                proven = certified(self._master.relaxed, options, self._lead_rows, duals, excess)
                return (duals, proven) if proven > case.proven else (case.duals, case.proven)
            duals = cleaned(self._master.relaxed, options, self._lead_rows, case.duals.towards(duals, 0.5))
        return case.duals, case.proven

    def proven(self, listed: Mask, duals: Duals, stop: Callable[[], bool]) -> float:
        """Baht that ``duals`` prove where leads are among those ``listed``; columns that earn are added.

        Where there are routes beside those of the pricer, it is only promised.
        """
        found = self._pricer.earners(duals, stop).earners
        self._master.drop()
        self._master.add(found, np.argsort(-found.gain, kind="stable")[:COLUMNS])
        options = LeadOptions(listed, self._options.price)
        excess = covering(found.visits, found.gain, np.zeros(len(duals.visit)))
        return certified(self._master.relaxed, options, self._lead_rows, duals, excess)
