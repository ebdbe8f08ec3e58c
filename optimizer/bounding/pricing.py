"""Pricing: for every route the crew, and who claims which visit as its lead, that earn most at given prices.

A route is priced again only when prices have moved far enough since the last time for it to earn anything: what a
route's reduced cost was is kept with it, and how far prices had moved by then. All hours of the day are seen only for
routes that would earn without them (``timed_way``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optimizer.borrowing import borrowed
from optimizer.bounding.claims import are_linked, settle_claims
from optimizer.bounding.crews import cheapest_crew, scratch
from optimizer.bounding.fares import fare
from optimizer.bounding.floors import floor_by_claims, floor_by_size, floor_of
from optimizer.bounding.prices import BLUR, Duals, LeadRows, Mask, shared_hours
from optimizer.bounding.relaxed import GRACE, Relaxed, rate_of
from optimizer.bounding.routes import Routes
from optimizer.bounding.staffing import staff_of
from optimizer.bounding.structures import Crew, Prices, Staff
from optimizer.bounding.timed_way import MOST_TIMED, timed_way
from optimizer.compiling import compiled
from optimizer.instance import Flags, Floats, Ints
from optimizer.stopping import Stopped

#: routes priced between two looks at the stop criterion
PIECE = 10_000


class RouteArrays(NamedTuple):
    """The arrays of :class:`Routes`, as compiled code takes them."""

    office: int
    visits: Ints
    km: Floats
    baht: Floats
    beside: Floats
    hours: Floats
    wage: Floats
    topics: Ints
    crew: Ints
    floor: Floats
    moved: Floats
    timed: Flags


class Found(NamedTuple):
    """Room for the routes that earn something."""

    route: Ints  # [M]
    gain: Floats  # [M]
    crew: Ints  # [M, seats]
    claim: Ints  # [M, k]
    late: Floats  # [M] baht by which the crew's cheapest day is dearer than the route's
    riders: Ints  # [M] officers that it costs


@dataclass(frozen=True)
class Earners:
    """Routes that earn something with their best crew; rows are padded with -1.

    Where there are too many crews to try, it is only known what a route earns at the most, maybe without any crew.
    """

    gain: Floats  # [M] baht, positive
    visits: Ints  # [M, width]
    claim: Ints  # [M, width] the officer who claims each visit as its lead, or -1
    crew: Ints  # [M, seats]
    km: Floats  # [M] baht of kilometres in the cheapest car of all
    hours: Floats  # [M]
    cost: Floats  # [M]
    alone: Ints  # [M] 1 where one officer rides, and nobody is missing

    @property
    def manned(self) -> Mask:
        """[M] whether a crew is known."""
        return self.crew[:, 0] >= 0


@dataclass(frozen=True)
class Priced:
    """What pricing found at ``prices``; not ``complete``: others may earn something too."""

    prices: Prices
    earners: Earners
    complete: bool


@compiled
def _see_hours(relaxed: Relaxed, routes: RouteArrays, s: int) -> None:
    """Let a route cost what it does once all hours of the day are seen."""
    routes.timed[s] = 1
    office = routes.office
    km, busy, span = timed_way(relaxed, relaxed.depot[office], routes.visits[s])
    if km == np.inf:
        routes.baht[s] = np.inf
        return
    routes.km[s] = max(routes.km[s], km)
    routes.baht[s] = fare(relaxed.factor[office], relaxed.toll[office], routes.km[s]) + routes.beside[s]
    routes.hours[s] = max(routes.hours[s], (busy - GRACE) / 60.0)
    routes.wage[s] = max(routes.wage[s], rate_of(relaxed, span - GRACE))


@compiled
def _see_all(relaxed: Relaxed, routes: RouteArrays) -> None:
    for s in range(len(routes.visits)):
        _see_hours(relaxed, routes, s)


@compiled
def _with_best_crew(routes: RouteArrays, prices: Prices, staff: Staff, crew: Crew, cheapest: float, linked: bool,
                    s: int) -> int:  # fmt: skip
    """Remember a floor under the reduced cost of a route.

    Where it earns more than ``BLUR`` that is the cost, and ``crew.best`` holds so many members.
    """
    stops, hours, wage = routes.visits[s], routes.hours[s], routes.wage[s]
    need, asked = routes.topics[s], routes.crew[s]
    now = prices.hour_moved * hours
    rest, hoped = routes.baht[s], 0.0
    for v in stops:
        now += prices.moved[v]
        rest -= prices.visit[v]
        hoped += prices.most[v]
    least = wage + hours * cheapest
    routes.moved[s] = now
    floor = rest + max(1, asked) * least - hoped
    if floor < -BLUR:
        floor = max(floor, floor_by_claims(prices, staff, stops, rest, need, asked, least, hoped))
    if floor < -BLUR:
        floor = max(floor, floor_of(prices, staff, stops, rest, wage, hours))
    if floor < -BLUR:
        floor = max(floor, floor_by_size(prices, staff, stops, rest, need, asked, wage, hours, least, hoped))
    hands = 0
    if floor < -BLUR:
        cost, hands = cheapest_crew(prices, staff, crew, stops, linked, rest, need, asked, wage, hours, least, hoped,
                                    0.0)  # fmt: skip
        floor = max(floor, cost)
    routes.floor[s] = floor
    return hands


@compiled
def _price(relaxed: Relaxed, routes: RouteArrays, prices: Prices, staff: Staff, crew: Crew, begin: int, end: int,
           reach: float, found: Found) -> int:  # fmt: skip
    """Price routes ``begin..end``; write those that earn more than ``BLUR``; returns how many.

    Routes whose reduced cost was more than ``reach`` when they were priced last are passed over.
    """
    size = routes.visits.shape[1]
    cheapest = np.inf
    for o in staff.officers:
        cheapest = min(cheapest, prices.hour[o])
    number = 0
    for s in range(begin, end):
        if routes.floor[s] > reach:
            continue
        stops = routes.visits[s]
        now = prices.hour_moved * routes.hours[s]
        for v in stops:
            now += prices.moved[v]
        if routes.floor[s] - (now - routes.moved[s]) >= -BLUR:
            continue
        linked = are_linked(prices, staff.coop, stops)
        hands = _with_best_crew(routes, prices, staff, crew, cheapest, linked, s)
        if routes.floor[s] < -BLUR and not routes.timed[s] and size <= MOST_TIMED:
            _see_hours(relaxed, routes, s)
            hands = _with_best_crew(routes, prices, staff, crew, cheapest, linked, s)
        if routes.floor[s] >= -BLUR:
            continue
        found.route[number], found.gain[number], found.late[number] = s, -routes.floor[s], crew.best_late[0]
        for m in range(found.crew.shape[1]):
            found.crew[number, m] = crew.best[m] if m < hands else -1
        found.riders[number] = crew.riders[0]
        charged = crew.riders[0] == 1 and len(prices.charge) > 0
        settle_claims(prices, staff.coop, stops, crew.best, hands, routes.hours[s], linked, charged,
                      found.claim[number])  # fmt: skip
        number += 1
    return number


def _arrays(routes: Routes) -> RouteArrays:
    return RouteArrays(
        routes.office, routes.visits, routes.km, routes.baht, routes.beside, routes.hours, routes.wage, routes.topics,
        routes.crew, routes.floor, routes.moved, routes.timed,
    )  # fmt: skip


def first_alike(duals: Duals, lead_rows: LeadRows) -> Ints:
    """[O] the first officer whom hours, claims and claimed hours cost the same."""
    seen: dict[bytes, int] = {}
    first = np.arange(len(duals.hour))
    for o in first.tolist():
        rows = duals.claimed[o] > 0.0
        key = b"".join(
            np.ascontiguousarray(part).tobytes()
            for part in (duals.hour[o], duals.claimed[o], lead_rows.place[o, rows], lead_rows.tied[o, rows],
                         duals.lead[:, o], duals.charge[:, o] if len(duals.charge) else duals.charge)
        )  # fmt: skip
        if not len(lead_rows.rows):
            first[o] = seen.setdefault(key, o)
    return first


class Pricer:
    """Prices all routes of a growing pool."""

    def __init__(self, relaxed: Relaxed, lead_rows: LeadRows, width: int) -> None:
        self.relaxed, self.lead_rows, self.width = relaxed, lead_rows, width
        self._relaxed = borrowed(relaxed)
        self.pool: list[Routes] = []
        self._last: Duals | None = None
        self._moved = np.zeros(len(relaxed.visit))
        self._hour_moved = 0.0
        self._turn = 0

    def see_hours(self, routes: Routes) -> None:
        """Let ``routes`` cost what they do once all hours of the day are seen."""
        if routes.visits.shape[1] <= MOST_TIMED:
            _see_all(self._relaxed, _arrays(routes))

    def prices(self, duals: Duals) -> Prices:
        """``duals`` as pricing reads them; counts how far they have moved since the last time."""
        last, self._last = self._last, duals
        if last is not None:
            seats = float(max(self.relaxed.seats.max(initial=1), self.relaxed.crew.max(initial=1)))
            gained = np.maximum(0.0, duals.lead - last.lead).max(axis=1, initial=0.0)
            if len(duals.charge):
                gained += np.maximum(0.0, last.charge - duals.charge).max(axis=1, initial=0.0)
            self._moved += np.maximum(0.0, duals.visit - last.visit + gained) + self._eased(last, duals)
            cheaper = np.maximum(0.0, last.hour - duals.hour)
            cheaper += np.maximum(0.0, last.claimed - duals.claimed).sum(axis=1)
            self._hour_moved += seats * float(cheaper.max(initial=0.0))
        owed = self.lead_rows.owed(duals)
        officer, number = np.nonzero(duals.claimed > 0.0)
        price = duals.claimed[officer, number]
        place = self.lead_rows.place[officer, number][:, self.relaxed.coop]
        np.negative(place, where=self.lead_rows.tied[officer, number] == 1, out=place)
        holds = place != 0
        dear = np.zeros(duals.lead.T.shape)
        np.add.at(dear, officer, price[:, None] * holds)
        dear = np.ascontiguousarray(dear.T)
        least = np.maximum(0.0, self.relaxed.minutes - self.relaxed.clock.unpaid) / 60.0  # hours on any tour
        reward = np.maximum(0.0, duals.lead - dear * least[:, None]) if len(price) else duals.lead
        return Prices(
            duals.visit, duals.hour, duals.lead, dear, reward, duals.charge, reward.max(axis=1, initial=0.0),
            np.searchsorted(officer, np.arange(len(duals.hour) + 1)), price,
            price * shared_hours(self.relaxed)[officer], np.ascontiguousarray(place.T), self.lead_rows.pair,
            np.vstack([self.lead_rows.table(owed), np.zeros((1, duals.lead.shape[1]))]),
            first_alike(duals, self.lead_rows), self._moved.copy(), self._hour_moved,
        )  # fmt: skip

    def _eased(self, last: Duals, duals: Duals) -> Floats:
        """[n] the most that claiming a visit beside others has become cheaper since the ``last`` prices."""
        eased = np.zeros(len(self.relaxed.visit))
        drop = np.maximum(0.0, self.lead_rows.owed(last) - self.lead_rows.owed(duals))
        if drop.any():
            pairs = np.zeros((len(eased), self.lead_rows.pair.shape[1]))
            rows = np.array(self.lead_rows.rows)
            np.maximum.at(pairs, (rows[:, 0], rows[:, 1]), drop)
            eased = np.minimum(pairs.sum(axis=1), pairs.max(axis=1) * (self.width - 1))
        shared = np.maximum(0.0, last.claimed - duals.claimed) * shared_hours(self.relaxed)[:, None]
        if shared.any():
            eased += np.einsum("ok,okv->ov", shared, self.lead_rows.tied).max(axis=0, initial=0.0)
        return eased

    def earners(
        self, duals: Duals, stop: Callable[[], bool], enough: float = np.inf, reach: float = np.inf
    ) -> Priced:  # fmt: skip
        """Routes of the pool that earn more than they cost: all, or some, where ``enough`` are found sooner.

        Routes whose reduced cost was more than ``reach`` baht when they were priced last are passed over.

        Raises:
            Stopped: ``stop`` became true before every route was priced.
        """
        prices = self.prices(duals)
        by_price = borrowed(prices)
        staff = {office: staff_of(self.relaxed, prices, office) for office in {routes.office for routes in self.pool}}
        pieces = [(routes, begin) for routes in self.pool for begin in range(0, len(routes.visits), PIECE)
                  if staff[routes.office].seats]  # fmt: skip
        turn = self._turn % max(1, len(pieces))  # where the last time ended early, the others come first now
        found: list[Earners] = []
        many = 0
        for done, (routes, begin) in enumerate(pieces[turn:] + pieces[:turn]):
            if stop():
                raise Stopped
            if many >= enough:
                self._turn = turn + done
                return Priced(prices, self._joined(found), complete=False)
            piece = self._price_piece(routes, begin, by_price, staff[routes.office], reach)
            found.append(piece)
            many += len(piece.gain)
        return Priced(prices, self._joined(found), complete=reach == np.inf)

    def _price_piece(self, routes: Routes, begin: int, prices: Prices, staff: Staff, reach: float) -> Earners:
        """The routes of one piece of the pool that earn something, not padded."""
        arrays = _arrays(routes)
        size = routes.visits.shape[1]
        end = min(begin + PIECE, len(routes.visits))
        room = end - begin
        found = Found(np.empty(room, np.int64), np.empty(room), np.empty((room, staff.seats), np.int64),
                      np.empty((room, size), np.int64), np.empty(room), np.empty(room, np.int64))  # fmt: skip
        crew = borrowed(scratch(len(staff.officers), staff.seats, size, staff.day_cost.shape[1]))
        number = _price(self._relaxed, arrays, prices, borrowed(staff), crew, begin, end, reach, found)
        chosen = found.route[:number]
        riders = found.riders[:number]
        cost = routes.baht[chosen] + routes.wage[chosen] * riders + found.late[:number]
        return Earners(found.gain[:number], routes.visits[chosen], found.claim[:number], in_order(found.crew[:number]),
                       routes.km[chosen], routes.hours[chosen], cost, (riders == 1).astype(np.int64))  # fmt: skip

    def _joined(self, pieces: list[Earners]) -> Earners:
        """All pieces in one, rows padded to the same width."""
        width, seats = self.width, int(self.relaxed.seats.max(initial=1))
        empty = Earners(np.zeros(0), np.zeros((0, width), np.int64), np.zeros((0, width), np.int64),
                        np.zeros((0, seats), np.int64), np.zeros(0), np.zeros(0), np.zeros(0),
                        np.zeros(0, np.int64))  # fmt: skip
        parts = [empty, *pieces]
        return Earners(
            np.concatenate([part.gain for part in parts]),
            np.concatenate([padded(part.visits, width) for part in parts]),
            np.concatenate([padded(part.claim, width) for part in parts]),
            np.concatenate([padded(part.crew, seats) for part in parts]),
            np.concatenate([part.km for part in parts]),
            np.concatenate([part.hours for part in parts]),
            np.concatenate([part.cost for part in parts]),
            np.concatenate([part.alone for part in parts]),
        )


def in_order(crews: Ints) -> Ints:
    """Crews, rows padded with -1, so that those of the same members are alike."""
    return np.ascontiguousarray(np.sort(crews, axis=1)[:, ::-1])


def padded(rows: Ints, width: int) -> Ints:
    """``rows`` with -1 behind them up to ``width``."""
    out = np.full((len(rows), width), -1, np.int64)
    out[:, : rows.shape[1]] = rows
    return out
