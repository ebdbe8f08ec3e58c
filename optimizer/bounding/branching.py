"""Branching on leads, region by region: the programme mixes leads, and most of its gap lies in that.

Cooperatives are parted into regions. In each, leads are told apart case by case, and each case gets prices of its own
for the region's visits and leads, while all others stay as they are. What the worst case of each region proves beyond
the common prices adds up, where a route through several regions leaves an equal share of its slack to each: see
``docs/bounds.md``.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np

from optimizer.bounding.covering import covering
from optimizer.bounding.master import Columns, Master
from optimizer.bounding.prices import Duals, LeadOptions, Mask, SameLead, certified, cleaned, no_same_lead
from optimizer.bounding.pricing import Earners, Pricer
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import Routes
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: cooperatives of a region at most
MOST_COOPERATIVES = 20
#: rounds of one case at most, and steps of the programme in each
ROUNDS, STEPS = 6, 150
#: baht by which a round must raise what a case proves, for another one to follow
LEAST_GAIN = 0.5
#: baht of reduced cost up to which the programme's columns are a region's to begin with
NEAR = 200.0


def regions_of(coop: Ints, coops: int, columns: Columns, shares: Floats, most: int) -> Ints:
    """[C] region of each cooperative: those that share tours most are joined first, up to ``most`` in one.

    ``coop`` [n] of the visits; ``shares`` [N] of the ``columns``.
    """
    together = np.zeros((coops, coops))
    for visits, share in zip(columns.visits[shares > 1e-3], shares[shares > 1e-3], strict=True):
        stops = coop[visits[visits >= 0]]
        together[np.ix_(stops, stops)] += share
    region = np.arange(coops)
    if len(np.unique(coop)) <= most:
        return np.zeros(coops, np.int64)
    np.fill_diagonal(together, 0.0)
    size = np.ones(coops, np.int64)
    while True:
        fits = size[:, None] + size[None, :] <= most
        a, b = np.unravel_index(int(np.where(fits, together, 0.0).argmax()), together.shape)
        if a == b or not fits[a, b] or together[a, b] <= 0.0:
            return region
        region[region == b] = a
        together[a] += together[b]
        together[:, a] += together[:, b]
        together[b], together[:, b], together[a, a] = 0.0, 0.0, 0.0
        size[a] += size[b]


@compiled
def _reduced_costs(columns: Columns, coop: Ints, hour: Floats, visit: Floats, lead: Floats, pair: Ints, same: Floats,
                   out: Floats) -> None:  # fmt: skip
    """The reduced cost of each column with the claims that it has."""
    for c in range(len(out)):
        total = columns.cost[c]
        for o in columns.crew[c]:
            if o >= 0:
                total += columns.hours[c] * hour[o]
        for j in range(columns.visits.shape[1]):
            v, o = columns.visits[c, j], columns.claim[c, j]
            if v < 0:
                continue
            total -= visit[v]
            if o < 0:
                continue
            total -= lead[v, o]
            for i in range(columns.visits.shape[1]):
                u = columns.visits[c, i]
                if i != j and u >= 0 and columns.claim[c, i] == o and pair[v, coop[u]] >= 0:
                    total += same[pair[v, coop[u]], o]
        out[c] = total


@dataclass(frozen=True)
class Base:
    """Prices at which no route earns more than it costs, and the region of each cooperative."""

    relaxed: Relaxed
    options: LeadOptions
    links: SameLead
    duals: Duals
    region: Ints  # [C]

    def reduced_costs(self, columns: Columns) -> Floats:
        """[N] of ``columns``, with their claims."""
        duals, out = self.duals, np.empty(len(columns.cost))
        table = np.vstack([self.links.table(duals.same), np.zeros((1, duals.lead.shape[1]))])
        _reduced_costs(columns, self.relaxed.coop, duals.hour, duals.visit, duals.lead, self.links.pair, table, out)
        return out

    def touched(self, visits: Ints) -> Ints:
        """[N] how many regions rows of visits, padded with -1, touch."""
        regions = np.sort(np.where(visits >= 0, self.region[self.relaxed.coop[visits]], -1), axis=1)
        fresh = np.diff(regions, axis=1, prepend=-1) != 0
        touched: Ints = (fresh & (regions >= 0)).sum(axis=1)
        return touched


@dataclass(frozen=True, order=True)
class Case:
    """Leads that are left to a region's cooperatives, and what prices of its own prove for it."""

    gain: float  # baht beyond the common prices
    number: int
    listed: Mask = field(compare=False)  # [C, O]
    duals: Duals = field(compare=False)
    leads: Floats = field(compare=False)  # [C, O] shares


class Region:
    """One region: the visits of its cooperatives, a programme for them, and its cases."""

    def __init__(
        self, base: Base, number: int, pool: list[Routes], columns: Columns, width: int, stop: Callable[[], bool]
    ) -> None:  # fmt: skip
        relaxed = base.relaxed
        self.base, self.width, self._stop = base, width, stop
        self.done = False  # whether the case that proves least has nothing left to tell apart
        inside = base.region == number
        self.alone = len(np.unique(base.region[relaxed.coop])) == 1  # then the price of an hour may change too
        self.own = np.flatnonzero(inside[relaxed.coop])
        self._place = np.full(len(relaxed.visit) + 1, -1, np.int64)
        self._place[self.own] = np.arange(len(self.own))
        own = self.own
        self.local = relaxed._replace(
            visit=relaxed.visit[own], coop=relaxed.coop[own], leave_out=relaxed.leave_out[own],
            fair=relaxed.fair if self.alone else np.full(len(relaxed.fair), np.inf),
            toll=np.zeros_like(relaxed.toll), sunk=0.0, places=0.0,
        )  # fmt: skip
        self.links = no_same_lead(self.local)
        self._rows: list[int] = []  # the common rows of the same lead that are the region's too
        self._price = base.options.price.copy()
        for row, (visit, coop, officer) in enumerate(base.links.rows[: len(base.duals.same)]):
            if inside[coop] and self._place[visit] >= 0:
                self.links.add(int(self._place[visit]), coop, officer)
                self._rows.append(row)
            elif inside[coop]:  # what the lead earns by visits of other regions stays as it is
                self._price[coop, officer] -= base.duals.same[row]
        listed = base.options.listed & inside[:, None]
        duals = base.duals
        self.start = Duals(duals.visit[self.own], duals.hour, duals.lead[self.own], duals.same[self._rows])
        self._pricers = self._pools(pool)
        self.master = Master(self.local, LeadOptions(listed, self._price), self.links, width)
        touches = (self._place[columns.visits] >= 0).any(axis=1)
        kept = np.flatnonzero(touches & (base.reduced_costs(columns) < NEAR))
        self._add(Columns._make(part[kept] for part in columns))
        self._sunk = self._certified(listed, self.start, np.zeros(len(self.own)))
        self._number = count()
        sizes = np.maximum(listed.sum(axis=1, keepdims=True), 1)
        first = Case(0.0, next(self._number), listed, self.start, listed / sizes)
        self.cases = [self._improved(first)]

    @property
    def gain(self) -> float:
        """Baht that the region's cases prove beyond the common prices."""
        return self.cases[0].gain

    def branch(self) -> None:
        """Tell the case that proves least apart by one lead: a cooperative has it, or has it not."""
        case = heapq.heappop(self.cases)
        if (case.listed.sum(axis=1) <= 1).all():
            better = self._improved(case)
            self.done = better.gain <= case.gain + LEAST_GAIN
            heapq.heappush(self.cases, better)
            return
        several = case.listed.sum(axis=1) > 1
        coop = int(np.where(several, case.leads.max(axis=1), np.inf).argmin())
        officer = int(np.where(case.listed[coop], case.leads[coop], -1.0).argmax())
        for has in (True, False):
            listed = case.listed.copy()
            if has:
                listed[coop] = False
            listed[coop, officer] = has
            leads = np.where(listed, case.leads, 0.0)
            total = leads.sum(axis=1, keepdims=True)
            sizes = np.maximum(listed.sum(axis=1, keepdims=True), 1)
            leads = np.where(total > 1e-9, leads / np.maximum(total, 1e-9), listed / sizes)
            heapq.heappush(self.cases, self._improved(Case(case.gain, next(self._number), listed, case.duals, leads)))

    def _pools(self, pool: list[Routes]) -> dict[int, Pricer]:
        """Pricers of the routes that touch the region, by how many regions they touch."""
        pricers: dict[int, Pricer] = {}
        for block in pool:
            touched = self.base.touched(block.visits)
            touches = (self._place[block.visits] >= 0).any(axis=1)
            for regions in np.unique(touched[touches]):
                rows = np.flatnonzero(touches & (touched == regions))
                fresh = Pricer(self.base.relaxed, self.base.links, self.width)
                pricers.setdefault(int(regions), fresh).pool.append(block.rows(rows))
        return pricers

    def _improved(self, case: Case) -> Case:
        """The case with the best prices found for it."""
        options = LeadOptions(case.listed, self._price)
        self.master.restrict(options, case.duals, case.leads)
        best, gain = case.duals, case.gain
        for _ in range(ROUNDS):
            duals = self.within(case.listed, self.master.improve(STEPS))
            proven = self.proven(case.listed, duals)
            better = proven > gain + LEAST_GAIN
            if proven > gain:
                best, gain = duals, proven
            if not better and gain > case.gain:
                break
        return Case(gain, case.number, case.listed, best, self.master.leads())

    def within(self, listed: Mask, duals: Duals) -> Duals:
        """``duals`` of the region moved into their ranges, those of claiming two cooperatives also where it is far off.

        At three times the way from the common prices, say, they must not be below 0 either.
        """
        duals = cleaned(self.local, LeadOptions(listed, self._price), self.links, duals)
        least = self.start.same * (1 - 1 / max(self._pricers, default=1))
        return replace(duals, same=np.maximum(duals.same, least))

    def proven(self, listed: Mask, duals: Duals) -> float:
        """Baht beyond the common prices that ``duals`` prove where leads are among those ``listed``.

        Columns that earn at these prices are added to the region's programme.
        """
        return self._certified(listed, duals, self._excess(duals)) - self._sunk

    def _certified(self, listed: Mask, duals: Duals, excess: Floats) -> float:
        options = LeadOptions(listed, self._price)
        return certified(self.local, options, self.links, duals, excess)

    def _excess(self, duals: Duals) -> Floats:
        """[own] what makes up for routes that earn at these prices; their columns are added."""
        base, excess = self.base.duals, np.zeros(len(self.own))
        for regions, pricer in self._pricers.items():
            visit, lead, same = base.visit.copy(), base.lead.copy(), base.same.copy()
            visit[self.own] += regions * (duals.visit - self.start.visit)
            lead[self.own] = np.maximum(0.0, lead[self.own] + regions * (duals.lead - self.start.lead))
            same[self._rows] = np.maximum(0.0, same[self._rows] + regions * (duals.same - self.start.same))
            hour = duals.hour if self.alone else base.hour
            found = pricer.earners(Duals(visit, hour, lead, same), self._stop).earners
            excess = covering(self._place[found.visits], found.gain / regions, excess)
            self._add_found(found)
        return excess

    def _add_found(self, found: Earners) -> None:
        order = np.argsort(-found.gain, kind="stable")[:300]
        arrays = found.visits, found.claim, found.crew, found.km, found.hours, found.cost
        self._add(Columns._make(part[order] for part in arrays))

    def _add(self, columns: Columns) -> None:
        """Add ``columns`` as the region sees them: its visits, at what is left to them of the cost."""
        own = self._place[columns.visits] >= 0
        stops = np.where(own, columns.visits, -1)
        claim = np.where(own, columns.claim, -1)
        hours = columns.hours if self.alone else np.zeros(len(own))
        inside = columns._replace(visits=stops, claim=claim, cost=np.zeros(len(own)), hours=hours)
        left = self.base.reduced_costs(columns) / self.base.touched(columns.visits)
        cost = left - self.base.reduced_costs(inside)
        self.master.add(
            Earners(np.zeros(len(cost)), self._place[stops], claim, columns.crew, columns.km, hours, cost),
            np.arange(len(cost)),
        )


class Branching:
    """All regions, the one that promises most first."""

    def __init__(self, base: Base, proven: float, pool: list[Routes], columns: Columns, width: int) -> None:
        self.base, self.proven = base, proven
        self._pool, self._columns, self._width = pool, columns, width

    def bounds(self, stop: Callable[[], bool]) -> Iterator[float]:
        """A proven bound for each region and then for each case that is told apart; ends when all are.

        Raises:
            Stopped: ``stop`` became true.
        """
        regions: list[Region] = []
        for number in np.unique(self.base.region[self.base.relaxed.coop]):
            if stop():
                return
            regions.append(Region(self.base, int(number), self._pool, self._columns, self._width, stop))
            yield self.proven + sum(region.gain for region in regions)
        while True:
            left = [region for region in regions if not region.done]
            if not left or stop():
                return
            for region in left:
                region.branch()
                yield self.proven + sum(each.gain for each in regions)
                if stop():
                    return
