"""Column generation: improve the restricted master's prices, price all routes at them, add those that earn, again.

Any prices prove a bound, so each round tells one. Routes too many to list are looked for crew by crew, which takes
longer, so it is done when the bound promises enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.bounding.long_routes import long_routes
from optimizer.bounding.master import Master
from optimizer.bounding.prices import Duals, certified, cleaned, lead_options, no_same_lead
from optimizer.bounding.pricing import Earners, Pricer, padded
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import Routes, routes_from
from optimizer.bounding.structures import Prices
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: columns added in one round, and of these the most that hold the same visit
COLUMNS, COLUMNS_OF_VISIT = 3000, 15
#: routes that earn something after which a round looks for no more
ENOUGH = 4_000
#: routes, all there are, that are priced to the end also in the first round
SOON_PRICED = 300_000
#: baht of reduced cost at the last look up to which a route is looked at in between; columns of a round that are few
REACH, FEW_COLUMNS = 60.0, 150
#: steps of the master in a round: to begin with, and later
FEW_STEPS, STEPS = 60, 300
#: share of the first prices' mean that is the master's weight
WEIGHT = 0.3
#: rounds between two looks for mixed leads; by how much a lead must be mixed; rows added in one look
LINK_ROUNDS, LEAST_BREAK, LINKS = 4, 0.02, 3000
#: share by which prices must promise more than what is proven, for routes that are not listed to be looked for
WORTHWHILE = 0.008
#: rounds before that is done at all: first prices let far too much earn
FIRST_LOOK = 10
#: rounds without a gain of ``LEAST_GAIN`` of the bound after which the work ends
PATIENCE, LEAST_GAIN = 60, 1e-6
#: routes that are kept of one crew in one look for long ones
PER_CREW = 30
#: new long routes of small crews after which no larger ones are looked at
MANY_FRESH = 100
#: members of the crews that long routes are looked for, one after the other
CREW_SIZES = (1, 2, 1_000)


@dataclass(frozen=True)
class Trip:
    """A tour of a known plan: visits and officers by index in the problem, and who leads each visit (-1 unknown)."""

    office: int
    visits: tuple[int, ...]
    crew: tuple[int, ...]
    leads: tuple[int, ...]


@compiled
def _spread(visits: Ints, order: Ints, held: Ints, most: int, each: int, chosen: Ints) -> int:
    """Write the first ``most`` routes in ``order`` of which some visit is held by fewer than ``each`` before."""
    taken = 0
    for i in order:
        least = each
        for v in visits[i]:
            if v >= 0:
                least = min(least, held[v])
        if least < each:
            for v in visits[i]:
                if v >= 0:
                    held[v] += 1
            chosen[taken] = i
            taken += 1
            if taken == most:
                break
    return taken


class Generation:
    """The master, the pool of routes that is priced, and the best prices so far.

    ``routes``: all there are, or, with ``long_from`` above 0, all of fewer than ``long_from`` visits.
    """

    def __init__(self, relaxed: Relaxed, routes: list[Routes], long_from: int) -> None:
        self.relaxed, self.long_from = relaxed, long_from
        self.options, self.links = lead_options(relaxed), no_same_lead(relaxed)
        self.width = max([1, *(block.visits.shape[1] for block in routes), relaxed.most_stops if long_from else 1])
        self.pricer = Pricer(relaxed, self.links, self.width)
        self.pricer.pool += routes
        self.master = Master(relaxed, self.options, self.links, self.width)
        self.best: Duals | None = None
        self.promised = -np.inf
        self.proven = 0.0
        self._rounds = 0
        self._routes = sum(len(block.visits) for block in routes) if not long_from else SOON_PRICED + 1
        self._whole, self._settled = True, False
        self._known: set[tuple[int, bytes]] = set()

    def bounds(self, trips: Sequence[Trip], stop: Callable[[], bool]) -> Iterator[float | None]:
        """For each round a proven bound, not always better than the last, or None; ends when nothing is gained.

        Raises:
            Stopped: ``stop`` became true.
        """
        start = self._first_prices()
        self._seed(trips)
        self.master.start_from(start)
        weight = WEIGHT * max(1e-6, float(np.abs(start.visit).mean()))
        yield self._round(start, stop)
        idle = 0
        while idle < PATIENCE:
            self._rounds += 1
            before = self.promised
            yield self._round(self.master.improve(weight, FEW_STEPS if self._rounds <= FIRST_LOOK else STEPS), stop)
            gained = self.promised > before and not self.promised - before <= LEAST_GAIN * abs(before)
            idle = 0 if gained else idle + 1
            if self._settled and self._rounds % LINK_ROUNDS == 0 and self._link():
                idle = 0
        if self.long_from and self.best is not None:
            yield self._prove_long(stop)

    def _first_prices(self) -> Duals:
        """For each visit half of what a route of its own would cost."""
        relaxed = self.relaxed
        alone = np.full(len(relaxed.visit), np.inf)
        for block in self.pricer.pool:
            if block.visits.shape[1] == 1:
                np.minimum.at(alone, block.visits[:, 0], block.baht + block.wage)
        price = np.where(np.isfinite(alone), 0.5 * alone, 0.0)
        likely = np.where(
            self.options.price > self.options.price.min(axis=1, keepdims=True), False, self.options.listed
        )
        lead = np.where(likely[relaxed.coop], 0.25 * relaxed.stand_in, 0.0)
        return Duals(np.minimum(price, relaxed.leave_out), np.zeros(len(relaxed.skills)), lead, np.zeros(0))

    def _round(self, duals: Duals, stop: Callable[[], bool]) -> float | None:
        """Price the pool at ``duals``, add columns; the bound that is proven by it, or None."""
        duals = cleaned(self.relaxed, self.options, self.links, duals)
        # where it takes no time, the first round gives a bound
        enough = ENOUGH if self._rounds or self._routes > SOON_PRICED else np.inf
        priced = self.pricer.earners(duals, stop, enough, np.inf if self._whole else REACH)
        new = self._add(priced.earners)
        # after a look at all, only at those that are near, until these give little more
        self._settled = new < FEW_COLUMNS
        self._whole = self._settled and not self._whole
        if not priced.complete:
            return None
        bound = certified(self.relaxed, self.options, self.links, duals, priced.excess)
        if bound > self.promised:
            self.best, self.promised = duals, bound
        if not self.long_from:
            self.proven = max(self.proven, bound)
            return bound
        if not self._settled or self.promised <= self.proven * (1 + WORTHWHILE):
            return None
        return self._prove_long(stop)

    def _add(self, found: Earners) -> int:
        """Add the best of ``found``, spread over the visits."""
        chosen = np.empty(COLUMNS, np.int64)
        order = np.argsort(-found.gain, kind="stable")
        held = np.zeros(len(self.relaxed.visit), np.int64)
        taken = _spread(found.visits, order, held, COLUMNS, COLUMNS_OF_VISIT, chosen)
        self.master.drop()
        return self.master.add(found, chosen[:taken])

    def _link(self) -> bool:
        """Add rows for leads that are mixed; whether there were any."""
        broken = self.master.broken_links(LEAST_BREAK, LINKS)
        for visit, coop, officer in broken:
            self.links.add(visit, coop, officer)
        return bool(broken)

    def _prove_long(self, stop: Callable[[], bool]) -> float | None:
        """The bound that the best prices prove over all routes; None where many new ones were found."""
        assert self.best is not None
        prices = self.pricer.prices(self.best)
        excess = self.pricer.earners(self.best, stop).excess
        fresh = 0
        for crew in CREW_SIZES:  # small crews first: many that they find are enough to go on with
            new, more = self._look_for_long(prices, crew, stop)
            fresh += new
            if new > MANY_FRESH and self.proven > 0:
                break
        best = self.best
        if fresh:
            self.promised = -np.inf
        if new > MANY_FRESH and self.proven > 0:
            return None
        bound = certified(self.relaxed, self.options, self.links, best, np.maximum(excess, more))
        self.proven = max(self.proven, bound)
        return bound

    def _look_for_long(self, prices: Prices, crew: int, stop: Callable[[], bool]) -> tuple[int, Floats]:
        """Take long routes that earn something into the pool: how many are new, and the excess."""
        relaxed = self.relaxed
        excess, fresh = np.zeros(len(relaxed.visit)), 0
        for office in range(len(relaxed.depot)):
            staff = self.pricer.staff_of(prices, office)
            staff = staff._replace(seats=min(staff.seats, crew))
            finds = long_routes(relaxed, office, self.long_from, prices, staff, PER_CREW, stop)
            excess = np.maximum(excess, finds.excess)
            new = [row for row in finds.visits if (office, row.tobytes()) not in self._known]
            self._known.update((office, row.tobytes()) for row in new)
            fresh += len(new)
            if new:
                self.pricer.pool += routes_from(relaxed, office, np.array(new))
        return fresh, excess

    def _seed(self, trips: Sequence[Trip]) -> None:
        """Make columns of the tours of known plans."""
        relaxed = self.relaxed
        number = {int(v): i for i, v in enumerate(relaxed.visit)}
        rows: dict[tuple[int, tuple[int, ...]], tuple[tuple[int, ...], dict[int, int]]] = {}
        for trip in trips:
            leads = {number[v]: lead for v, lead in zip(trip.visits, trip.leads, strict=True) if v in number}
            if leads and len(leads) <= self.width:
                rows[trip.office, tuple(sorted(leads))] = (trip.crew, leads)
        seats = self.master.columns.crew.shape[1]
        for (office, visits), (crew, leads) in rows.items():
            block = next(routes_from(relaxed, office, np.array([visits])))
            if not np.isfinite(block.baht[0]) or len(crew) > seats:
                continue
            claim = [leads[v] if leads[v] in crew else -1 for v in visits]
            found = Earners(
                np.zeros(1), padded(block.visits, self.width), padded(np.array([claim]), self.width),
                padded(np.array([sorted(crew)]), seats), block.hours, block.baht + block.wage * len(crew),
            )  # fmt: skip
            self.master.add(found, np.array([0]))
