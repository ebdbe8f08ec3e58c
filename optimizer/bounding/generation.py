"""Column generation: improve the restricted master's prices, price all routes at them, add those that earn, again.

Any prices prove a bound, so each round tells one. Routes too many to list are looked for, which takes longer, so it is
done when the bound promises enough. Leads are told apart only once prices have settled without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from optimizer.bounding.branching import Branching
from optimizer.bounding.columns import spread
from optimizer.bounding.covering import covering
from optimizer.bounding.efforts import FIRST, sample, whole
from optimizer.bounding.fares import tolls_of
from optimizer.bounding.first_prices import first_prices
from optimizer.bounding.looks import Known, Looks
from optimizer.bounding.master import Master
from optimizer.bounding.naming import named_office
from optimizer.bounding.pace import EACH, NAMED, PLAIN, Pace
from optimizer.bounding.prices import (
    Duals,
    LeadOptions,
    LeadRows,
    alike,
    certified,
    cleaned,
    lead_options,
    no_lead_rows,
    no_leads,
)
from optimizer.bounding.pricing import Earners, Priced, Pricer
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import Routes, as_asked, fares
from optimizer.bounding.swaps import swapped
from optimizer.bounding.tightening import tighten
from optimizer.bounding.trips import Trip, columns_of
from optimizer.instance import Floats

#: visits of an office up to which the numbers of columns, routes and rows below hold; a larger one takes more
VISITS = 270
#: columns added in one round, and of these the most that hold the same visit
COLUMNS, COLUMNS_OF_VISIT = 3000, 15
#: routes that earn something after which a round looks for no more
ENOUGH = 4_000
#: baht of reduced cost at the last look up to which a route is looked at in between; columns of a round that are few
REACH, FEW_COLUMNS = 60.0, 150
#: rounds in a row that look only at what is near
MOST_NEAR = 12
#: steps of the master in the first rounds of a stage; how many rounds these are
FEW_STEPS, FIRST_ROUNDS = 60, 10
#: share by which prices that have not settled must promise more than is proven, for long routes to be looked for
FAR_BETTER = 0.05
#: times that first prices are lowered until they prove something; by which factor
FIRST_TRIES, LOWER = 5, 0.7
#: share of the bound within which it has to be for such a look to count in full, and what it counts for otherwise:
#: first prices go far up and down
NEAR_BEST, FAR_COUNTS = 0.01, 0.2
#: baht of reduced cost up to which long routes are taken into the pool, once leads are told apart and prices settled
LONG_REACH = 20.0
#: looks at first that only take samples
SAMPLES = 2
#: how far the prices of looks are on the way from what is proven to the master's, once samples have been taken
SHORT_OF = 0.85
#: rounds between two looks at all routes on the way, while prices have not settled, and how far on the way; the same
#: where long ones are looked for, which takes longer the farther it is
STEADY, STEADY_LONG = (4, 0.5), (2, 0.3)
#: rounds between two of them before samples have been taken, in an office larger than usual, whose rounds take long
SOON = 6
#: times that such a look is tried, each as much nearer to what is proven, where it promises no more than that
STEPS_NEARER = 2
#: share by which such a look must promise more than what is proven
BETTER = 0.01
#: times that a look which ended early is tried again, each half the way back to prices that proved the best bound
STEPS_BACK = 4


def _shuffled(routes: Routes) -> Routes:
    """The same routes in no order: as they are listed, a look that ends early finds those of a few visits only."""
    order = np.random.default_rng(0).permutation(len(routes.visits))
    return routes.rows(order)


def _dearer(factor: Floats, before: Floats, toll: Floats, km: Floats) -> Floats:
    """[N] by how much ways that cost ``km`` in the cheapest car are dearer with other tolls than before."""
    more: Floats = fares(factor, toll, km) - fares(factor, before, km)
    return more


class Generation:
    """The master, the pool of routes that is priced, and the best prices so far.

    ``routes``: all there are, or, with ``long_from`` above 0, all of fewer than ``long_from`` visits, and those longer
    ones that are ``known``.
    """

    def __init__(
        self,
        relaxed: Relaxed,
        routes: list[Routes],
        long_from: int,
        lead_rows: LeadRows | None = None,
        known: Iterable[Known] = (),
    ) -> None:
        self.relaxed, self.long_from = relaxed, long_from
        self._steady = STEADY_LONG if long_from else STEADY
        self._times = max(1.0, len(relaxed.visit) / VISITS)
        self.options, self.lead_rows = no_leads(relaxed), lead_rows or no_lead_rows(relaxed)
        self.width = max([1, *(block.visits.shape[1] for block in routes), relaxed.most_stops if long_from else 1])
        self.pricer = Pricer(relaxed, self.lead_rows, self.width)
        self.pricer.pool += map(_shuffled, routes)
        self.master = Master(relaxed, self.options, self.lead_rows, self.width)
        self.best: Duals | None = None
        self._sure: Duals | None = None
        self.promised = -np.inf
        self._last_promised = 0.0
        self._samples, self._short = 0, False
        self.proven = 0.0
        self._rounds = 0
        self._whole, self._settled, self._complete, self._leads = True, False, False, False
        self._near, self._is_near = 0, False
        self._proven_by_names, self._pace = 0.0, PLAIN
        self._looks = Looks(relaxed, self.pricer, routes, long_from, known)

    def bounds(self, trips: Sequence[Trip], stop: Callable[[], bool]) -> Iterator[float | None]:
        """For each round a proven bound, not always better than the last, or None; ends when nothing is gained.

        First without leads, which soon gives prices of visits and hours to go on from.

        Raises:
            Stopped: ``stop`` became true.
        """
        start, options = first_prices(self.relaxed, self.pricer.pool), lead_options(self.relaxed)
        leads = bool(options.listed.any())
        if leads:
            self.master.share_hours(alike(self.relaxed, options))
        self._seed(trips)
        for _ in range(FIRST_TRIES):
            self.master.start_from(start)
            bound = self._round(start, stop)
            yield bound
            if bound is not None:
                break
            toll = self.relaxed.place_toll
            start = replace(start, visit=toll + LOWER * (start.visit - toll))  # lower prices let fewer routes earn
            self._whole = True
        yield from self._improve(PLAIN if leads else EACH, stop)
        if leads:
            yield from self._by_names(options, trips, stop)
            self._see_leads(options)
            self._seed(trips)
            yield from self._improve(EACH, stop)
            yield from self._case_by_case(max(self.proven, self._proven_by_names), stop)

    def _improve(self, pace: Pace, stop: Callable[[], bool]) -> Iterator[float | None]:
        """Rounds until so many looks have gained less than the ``pace`` asks."""
        self._pace, patience, least_gain = pace, pace.looks, pace.gain
        idle, first = 0.0, self._rounds
        while idle < patience:
            self._rounds += 1
            before, steps = self.promised, FEW_STEPS if self._rounds - first <= FIRST_ROUNDS else pace.steps
            duals = self.master.improve(steps)
            yield self._round(duals, stop)
            late = self._leads or (self._samples >= SAMPLES and self._rounds - first > 2 * FIRST_ROUNDS)
            soon = self._times > 1 and self._sure is not None and self._rounds % SOON == 0
            far_off = (late or soon) and not self._settled and self.best is not None and not self._pace.patient
            if far_off and self._rounds % self._steady[0] == 0:
                yield self._between(duals, stop)
            gained = self.promised > before and not self.promised - before <= least_gain * abs(before)
            seen = (1.0 if self._is_near else FAR_COUNTS) if self._complete else 0.0
            missed = self._short and self.promised == -np.inf  # a sample: prices have to take it in first
            idle = 0.0 if gained or missed or self.best is None else idle + seen
            if self._settled and self._rounds % pace.link_rounds == 0 and self._tighten():
                idle = 0.0
            least_rise = least_gain if self._leads else BETTER  # with leads it soon rises more
            if idle >= patience and self.long_from and self.promised > self.proven + least_rise * abs(self.proven):
                bound = self._prove_long(stop)
                yield bound
                idle = 0.0 if bound is None else idle

    def _by_names(
        self, options: LeadOptions, trips: Sequence[Trip], stop: Callable[[], bool]
    ) -> Iterator[float | None]:  # fmt: skip
        """Bounds where officers who are alike have names, from the prices without leads on; nothing here changes.

        Also case by case where routes are looked for: there officers, which come next, settle too late to prove more.
        """
        office = named_office(self.relaxed, options)
        if office is None or self.best is None:
            return
        routes = [as_asked(office.relaxed, block) for block in self.pricer.pool]
        named = Generation(office.relaxed, routes, self.long_from, office.lead_rows, self._looks.known)
        named.best = named._sure = office.first_prices(self.best)
        named.proven = self.proven
        named._see_leads(office.options)
        named._seed(office.trips(trips))
        yield from named._improve(NAMED, stop)
        self._proven_by_names = named.proven
        for bound in named._case_by_case(named.proven, stop) if self.long_from else ():
            self._proven_by_names = max(self._proven_by_names, bound)
            yield bound

    def _case_by_case(self, proven: float, stop: Callable[[], bool]) -> Iterator[float]:
        """Bounds of cases of leads, from the prices that prove most; at least ``proven``."""
        best = self._sure if self.long_from else self.best
        if best is not None:
            look = self._look if self.long_from else None
            cases = Branching(self.master, self.pricer, self.options, self.lead_rows, look)
            yield from cases.bounds(best, stop, proven)

    def _see_leads(self, options: LeadOptions) -> None:
        """Tell leads apart from now on, at prices that prove what is proven."""
        assert self.best is not None
        best = self.best
        self.options, self._leads = options, True
        self._see_cars()
        self.master.tell_apart(options)
        self.master.start_from(best)
        self._whole, self._settled, self._last_promised = False, False, 0.0

    def _see_cars(self) -> None:
        """Let the tolls for cars follow from the programme's tours; routes and columns cost what they do by these."""
        relaxed, columns, shares = self.relaxed, self.master.columns, self.master.at.routes
        office = relaxed.base[columns.crew[:, 0]] if len(shares) else np.zeros(0, np.int64)
        for f in range(len(relaxed.depot)):
            own = np.flatnonzero(office == f)
            toll = tolls_of(relaxed.factor[f], relaxed.kind_days[f], columns.km[own], shares[own])
            before = relaxed.toll[f].copy()
            relaxed.toll[f] = toll
            columns.cost[own] += _dearer(relaxed.factor[f], before, toll, columns.km[own])
            for block in self.pricer.pool:
                if block.office == f:
                    more = _dearer(relaxed.factor[f], before, toll, block.km)
                    block.baht[:] += more
                    block.floor[:] += more
        self.promised = -np.inf

    def _round(self, duals: Duals, stop: Callable[[], bool]) -> float | None:
        """Price the pool at ``duals``, add columns; the bound that is proven by it, or None."""
        duals = cleaned(self.relaxed, self.options, self.lead_rows, duals)
        to_the_end = self._whole and self._near >= MOST_NEAR
        enough = np.inf if to_the_end else ENOUGH * self._times
        priced = self.pricer.earners(duals, stop, enough, np.inf if self._whole else REACH)
        new = self._add(priced)
        # after a look at all, only at those that are near, until these give little more
        self._settled = new < max(FEW_COLUMNS, len(self.relaxed.visit) // 2)
        self._near = 0 if self._whole else self._near + 1
        self._whole = (self._settled or self._near >= MOST_NEAR) and not self._whole
        self._complete = priced.complete
        if not priced.complete:
            return None
        better = self._pace.worthwhile if self._settled else FAR_BETTER
        return self._proven_by(duals, priced.earners, better, stop)

    def _between(self, duals: Duals, stop: Callable[[], bool]) -> float | None:
        """The bound on the way from the prices that prove most to the master's, near these or nearer, or None.

        While the master's are far off, so many routes earn that a look at all of them ends early. Here few do.
        """
        sure = self._sure or self.best
        assert sure is not None
        for _ in range(STEPS_NEARER):
            before = max(self.promised, self.proven)
            duals = cleaned(self.relaxed, self.options, self.lead_rows, sure.towards(duals, self._steady[1]))
            priced = self.pricer.earners(duals, stop)
            self._add(priced)
            bound = self._proven_by(duals, priced.earners, BETTER, stop)
            if bound is not None or self.promised > before:
                return bound
        return None

    def _proven_by(self, duals: Duals, found: Earners, better: float, stop: Callable[[], bool]) -> float | None:
        """The bound that a look at all listed routes at ``duals`` proves, where those ``found`` earn.

        Longer ones are looked for where it promises more than what is proven by a share of ``better``; else None.
        """
        excess = covering(found.visits, found.gain, np.zeros(len(self.relaxed.visit)))
        bound = certified(self.relaxed, self.options, self.lead_rows, duals, excess)
        self._is_near = bound >= self.promised - NEAR_BEST * abs(self.promised)
        rising = bound > self._last_promised * (1 + self._pace.rising)
        self._last_promised = bound
        if bound > self.promised:
            self.best, self.promised = duals, bound
        if not self.long_from:
            self.proven = max(self.proven, bound)
            return bound
        # without leads prices soon settle, and then few long routes earn, so that a look takes a third of the time
        wait = rising and self.proven > 0 and (self._pace.patient or not (self._leads or self._settled))
        if wait or self.promised <= self.proven * (1 + better):
            return None
        return self._prove_long(stop)

    def _add(self, priced: Priced) -> int:
        """Add the best of what earns, spread over the visits, and where leads are told apart what is like them."""
        found = priced.earners
        most = int(COLUMNS * self._times)
        chosen = np.empty(most, np.int64)
        order = np.argsort(-found.gain, kind="stable")
        order = order[found.manned[order]]
        held = np.zeros(len(self.relaxed.visit), np.int64)
        taken = spread(found.visits, order, held, most, COLUMNS_OF_VISIT, chosen)
        self.master.drop()
        new = self.master.add(found, chosen[:taken])
        if self._pace.swaps and self._leads:
            more = swapped(self.relaxed, priced.prices, found, chosen[:taken])
            self.master.add(more, np.arange(len(more.gain)))
        return new

    def _tighten(self) -> bool:
        """Add rows that the shares break; whether there were any."""
        return tighten(self.master, self.lead_rows, self._pace, self._times)

    def _prove_long(self, stop: Callable[[], bool]) -> float | None:
        """The bound that the best prices prove over all routes, or those on the way back; None where none do.

        The first looks only take samples. Later, where so many long routes earn that a look ends early, it is tried
        again half the way back.
        """
        assert self.best is not None
        if self._sure is not None and self._short:
            self.best = self._sure.towards(self.best, SHORT_OF)
        for _ in range(STEPS_BACK + 1):
            sampling = self._sure is not None and self._samples < SAMPLES
            excess = self._look(self.best, stop, sampling=sampling)
            if excess is not None:
                bound = certified(self.relaxed, self.options, self.lead_rows, self.best, excess)
                self.promised = bound  # what was found counts from now on
                self._samples, self._short = self._samples if self._sure is None else SAMPLES, False
                if bound > self.proven:
                    self.proven, self._sure = bound, self.best
                return bound
            if self._sure is None:
                break
            self._short = sampling
            if sampling:
                self._samples += 1
                break
            self.best = self._sure.towards(self.best, 0.5)
        self.promised = -np.inf
        return None

    def _look(self, duals: Duals, stop: Callable[[], bool], *, sampling: bool = False) -> Floats | None:
        """[n] what all routes earn too much at ``duals``, by visit; None where the look ended early.

        That it does, ``sampling``, where few long routes are found that begin with the same visit, or not many in all.
        """
        effort = FIRST if self.proven <= 0 else whole(self._times, self._pace.longer)
        reach = LONG_REACH if self._leads and self._settled else 0.0
        return self._looks.excess(duals, sample(self._times) if sampling else effort, reach, stop)

    def _seed(self, trips: Sequence[Trip]) -> None:
        """Make columns of the tours of known plans."""
        for column in columns_of(self.relaxed, trips, self.width, self._leads, self.pricer.see_hours):
            self.master.add(column, np.array([0]))
