"""Pricing: for every route the crew, and who claims which visit as its lead, that earn most at given prices.

A route is priced again only when prices have moved far enough since the last time for it to earn anything: what a
route's reduced cost was is kept with it, and how far prices had moved by then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optimizer.bounding.prices import BLUR, Duals, SameLead
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import Routes, Stopped
from optimizer.compiling import compiled
from optimizer.instance import Flags, Floats, Ints

#: routes priced between two looks at the stop criterion
PIECE = 50_000
#: visits of a route up to which claims of two cooperatives by one officer are priced; beyond, they are free of charge
MOST_LINKED = 8


class Prices(NamedTuple):
    """Dual prices as pricing reads them. n visits, O officers, C cooperatives."""

    visit: Floats  # [n] baht for making the visit
    hour: Floats  # [O] baht for an hour of the officer
    reward: Floats  # [n, O] baht for having the officer along as the visit's lead
    most: Floats  # [n] the most of these
    pair: Ints  # [n, C] row of ``same`` for a visit and another cooperative on the route, or -1
    same: Floats  # [pairs, O] baht that it costs to claim both
    moved: Floats  # [n] baht that prices of the visit have moved in a route's favour so far
    hour_moved: float  # baht an hour, likewise, of a whole crew


class Staff(NamedTuple):
    """The officers of one office and what their crews must keep."""

    officers: Ints
    skills: Ints  # [O]
    barred: Flags  # [C, O]
    coop: Ints  # [n]
    seats: int
    least: Floats  # [n] the least reward that any of them has for a visit


class RouteArrays(NamedTuple):
    """The arrays of :class:`Routes`, as compiled code takes them."""

    visits: Ints
    baht: Floats
    hours: Floats
    wage: Floats
    topics: Ints
    crew: Ints
    floor: Floats
    moved: Floats


class Found(NamedTuple):
    """Room for the routes that earn something."""

    route: Ints  # [M]
    gain: Floats  # [M]
    crew: Ints  # [M, seats]
    claim: Ints  # [M, k]


class Crew(NamedTuple):
    """Scratch of the search for one route's crew. k visits, 2^k subsets of them."""

    pool: Ints  # officers that may be worth it, by place in the staff
    own: Floats  # baht of each officer of the staff
    value: Floats  # [staff, 2^k] the most that the officer earns by claiming part of a subset
    earned: Floats  # [seats + 2, 2^k] the most that the members so far earn
    place: Ints
    paid: Floats
    known: Ints
    picked: Ints
    best: Ints


@dataclass(frozen=True)
class Earners:
    """Routes that earn something with their best crew; rows are padded with -1."""

    gain: Floats  # [M] baht, positive
    visits: Ints  # [M, width]
    claim: Ints  # [M, width] the officer who claims each visit as its lead, or -1
    crew: Ints  # [M, seats]
    hours: Floats  # [M]
    cost: Floats  # [M]


@compiled
def block_values(prices: Prices, coop: Ints, stops: Ints, officer: int, value: Floats) -> None:
    """Write into ``value[B]`` the most that the officer earns by claiming some of each subset B of the stops."""
    count = len(stops)
    linked = count <= MOST_LINKED
    value[0] = 0.0
    for block in range(1, 1 << count):
        low = 0
        while not block >> low & 1:
            low += 1
        v = stops[low]
        rest = block & (block - 1)
        total = value[rest] + prices.reward[v, officer]
        for j in range(low + 1, count):
            if linked and rest >> j & 1:
                row = prices.pair[v, coop[stops[j]]]
                if row >= 0:
                    total -= prices.same[row, officer]
                row = prices.pair[stops[j], coop[v]]
                if row >= 0:
                    total -= prices.same[row, officer]
        value[block] = total
    if linked:
        for j in range(count):
            for block in range(1 << count):
                if block >> j & 1:
                    value[block] = max(value[block], value[block ^ (1 << j)])


@compiled
def join_member(before: Floats, value: Floats, after: Floats) -> None:
    """``after[T]``: the most that the crew of ``before`` earns from the stops T once the member of ``value`` joins."""
    for part in range(len(before)):
        best = before[part]
        block = part
        while block > 0:
            if value[block] > 0.0:
                best = max(best, before[part ^ block] + value[block])
            block = (block - 1) & part
        after[part] = best


@compiled
def settle_claims(prices: Prices, coop: Ints, stops: Ints, crew: Ints, members: int, claim: Ints) -> None:
    """Write into ``claim`` who claims each stop, -1 nobody, where the crew earns most."""
    count = len(stops)
    size = 1 << count
    value = np.zeros((members, size))
    table = np.zeros((members + 1, size))
    for m in range(members):
        block_values(prices, coop, stops, crew[m], value[m])
        join_member(table[m], value[m], table[m + 1])
    claim[:] = -1
    part = size - 1
    for m in range(members - 1, -1, -1):
        taken, best = 0, table[m, part]
        block = part
        while block > 0:
            if value[m, block] > 0.0 and table[m, part ^ block] + value[m, block] > best + 1e-12:
                best, taken = table[m, part ^ block] + value[m, block], block
            block = (block - 1) & part
        own = taken
        for j in range(count):  # what a block is worth may be what a part of it is worth
            if own >> j & 1 and value[m, own ^ (1 << j)] >= value[m, own]:
                own ^= 1 << j
        for j in range(count):
            if own >> j & 1:
                claim[j] = crew[m]
        part ^= taken


@compiled
def _floor(prices: Prices, staff: Staff, stops: Ints, rest: float, wage: float, hours: float) -> float:
    """A floor under the reduced cost of a route with any crew: everybody who pays for himself rides along."""
    low, others, alone = rest, 0.0, np.inf
    for v in stops:
        low -= staff.least[v]
    for o in staff.officers:
        cost = wage + hours * prices.hour[o]
        for v in stops:
            cost -= prices.reward[v, o] - staff.least[v]
        others += min(0.0, cost)
        alone = min(alone, max(0.0, cost))
    return low + others + (alone if others == 0.0 else 0.0)


@compiled
def _barred(staff: Staff, stops: Ints, officer: int) -> bool:
    for v in stops:
        if staff.barred[staff.coop[v], officer]:
            return True
    return False


@compiled
def _beaten(staff: Staff, crew: Crew, need: int, able: int, a: int) -> bool:
    """Whether another one of the pool is no dearer, knows as much of what is needed, and earns as much of anything."""
    i = crew.pool[a]
    mine = staff.skills[staff.officers[i]] & need
    for b in range(able):
        k = crew.pool[b]
        if b == a or crew.own[k] > crew.own[i]:
            continue
        theirs = staff.skills[staff.officers[k]] & need
        if mine & ~theirs != 0:
            continue
        same = crew.own[k] == crew.own[i] and mine == theirs
        covers = True
        for block in range(crew.value.shape[1]):
            covers = covers and crew.value[k, block] >= crew.value[i, block]
            same = same and crew.value[k, block] == crew.value[i, block]
        if covers and (not same or k < i):
            return True
    return False


@compiled
def _fill_pool(prices: Prices, staff: Staff, crew: Crew, stops: Ints, need: int, asked: int, wage: float, hours: float,
               least: float) -> int:  # fmt: skip
    """Put into the pool who may be worth a seat; returns how many they are."""
    full = crew.value.shape[1] - 1
    able = 0
    spare = least if asked > 1 else 0.0  # where more officers are asked for, one who earns something saves another
    for i in range(len(staff.officers)):
        o = staff.officers[i]
        if _barred(staff, stops, o):
            continue
        crew.own[i] = wage + hours * prices.hour[o]
        block_values(prices, staff.coop, stops, o, crew.value[i])
        if crew.own[i] - crew.value[i, full] < spare or staff.skills[o] & need != 0:
            crew.pool[able] = i
            able += 1
    kept = 0
    for a in range(able):
        if not _beaten(staff, crew, need, able, a):
            crew.picked[kept] = crew.pool[a]
            kept += 1
    crew.pool[:kept] = crew.picked[:kept]
    return kept


@compiled
def _best_crew(prices: Prices, staff: Staff, crew: Crew, stops: Ints, rest: float, need: int, asked: int, wage: float,
               hours: float, least: float, hoped: float) -> tuple[float, int]:  # fmt: skip
    """The least reduced cost of the route, and how many members ``crew.best`` then holds; 0: no crew can make it.

    ``asked`` officers have to ride; those that are missing cost ``least`` each, and claim nothing.
    """
    full = crew.value.shape[1] - 1
    able = _fill_pool(prices, staff, crew, stops, need, asked, wage, hours, least)
    best, hands = np.inf, 0
    for i in range(len(staff.officers)):  # alone also those who are not worth a seat beside others
        o = staff.officers[i]
        if need & ~staff.skills[o] == 0 and not _barred(staff, stops, o):
            cost = rest + crew.own[i] - crew.value[i, full] + max(0, asked - 1) * least
            if cost < best:
                best, hands = cost, 1
                crew.best[0] = o
    if staff.seats < 2:
        return best, hands
    depth = 0
    crew.place[0], crew.paid[0], crew.known[0] = 0, rest, 0
    while depth >= 0:
        a = crew.place[depth]
        if a >= able or depth >= staff.seats:
            depth -= 1
            continue
        crew.place[depth] = a + 1
        i = crew.pool[a]
        o = staff.officers[i]
        crew.picked[depth] = o
        total = crew.paid[depth] + crew.own[i]
        join_member(crew.earned[depth], crew.value[i], crew.earned[depth + 1])
        covered = crew.known[depth] | (staff.skills[o] & need)
        cost = total - crew.earned[depth + 1, full] + max(0, asked - depth - 1) * least
        if covered == need and cost < best:
            best, hands = cost, depth + 1
            crew.best[:hands] = crew.picked[:hands]
        if total + max(1, asked - depth - 1) * least - hoped < best:
            depth += 1
            crew.place[depth], crew.paid[depth], crew.known[depth] = a + 1, total, covered
    return best, hands


@compiled
def _price(routes: RouteArrays, prices: Prices, staff: Staff, crew: Crew, begin: int, end: int, excess: Floats,
           found: Found) -> int:  # fmt: skip
    """Price routes ``begin..end``; write those that earn more than ``BLUR``; raise ``excess`` to cover them."""
    size = routes.visits.shape[1]
    cheapest = np.inf
    for o in staff.officers:
        cheapest = min(cheapest, prices.hour[o])
    number = 0
    for s in range(begin, end):
        stops = routes.visits[s]
        now = prices.hour_moved * routes.hours[s]
        for v in stops:
            now += prices.moved[v]
        if routes.floor[s] - (now - routes.moved[s]) >= -BLUR:
            continue
        wage, hours, asked = routes.wage[s], routes.hours[s], routes.crew[s]
        rest, hoped = routes.baht[s], 0.0
        for v in stops:
            rest -= prices.visit[v]
            hoped += prices.most[v]
        least = wage + hours * cheapest
        routes.moved[s] = now
        routes.floor[s] = rest + max(1, asked) * least - hoped
        if routes.floor[s] >= -BLUR:
            continue
        routes.floor[s] = max(routes.floor[s], _floor(prices, staff, stops, rest, wage, hours))
        if routes.floor[s] >= -BLUR:
            continue
        cost, hands = _best_crew(prices, staff, crew, stops, rest, routes.topics[s], asked, wage, hours, least, hoped)
        routes.floor[s] = cost
        if cost >= -BLUR:
            continue
        found.route[number], found.gain[number] = s, -cost
        for m in range(found.crew.shape[1]):
            found.crew[number, m] = crew.best[m] if m < hands else -1
        settle_claims(prices, staff.coop, stops, crew.best, hands, found.claim[number])
        for v in stops:
            excess[v] = max(excess[v], -cost / size)
        number += 1
    return number


class Pricer:
    """Prices all routes of a growing pool."""

    def __init__(self, relaxed: Relaxed, links: SameLead, width: int) -> None:
        self.relaxed, self.links, self.width = relaxed, links, width
        self.pool: list[Routes] = []
        self._last: Duals | None = None
        self._moved = np.zeros(len(relaxed.visit))
        self._hour_moved = 0.0

    def prices(self, duals: Duals) -> Prices:
        """``duals`` as pricing reads them; counts how far they have moved since the last time."""
        last, self._last = self._last, duals
        if last is not None:
            seats = float(self.relaxed.seats.max(initial=1))
            gained = np.maximum(0.0, duals.lead - last.lead).max(axis=1, initial=0.0)
            self._moved += np.maximum(0.0, duals.visit - last.visit + gained) + self._eased(last, duals)
            self._hour_moved += seats * float(np.maximum(0.0, last.hour - duals.hour).max(initial=0.0))
        return Prices(
            duals.visit, duals.hour, duals.lead, duals.lead.max(axis=1, initial=0.0), self.links.pair,
            np.vstack([self.links.table(duals.same), np.zeros((1, duals.lead.shape[1]))]),
            self._moved.copy(), self._hour_moved,
        )  # fmt: skip

    def _eased(self, last: Duals, duals: Duals) -> Floats:
        """[n] the most that claiming a visit beside others has become cheaper."""
        eased = np.zeros(len(self.relaxed.visit))
        drop = np.maximum(0.0, last.same - duals.same[: len(last.same)])
        if drop.any():
            pairs = np.zeros((len(eased), self.links.pair.shape[1]))
            rows = np.array(self.links.rows[: len(drop)])
            np.maximum.at(pairs, (rows[:, 0], rows[:, 1]), drop)
            eased = np.minimum(pairs.sum(axis=1), pairs.max(axis=1) * (self.width - 1))
        return eased

    def staff_of(self, prices: Prices, office: int) -> Staff:
        """Who may ride from an office."""
        relaxed = self.relaxed
        officers = np.flatnonzero(relaxed.base == office)
        seats = min(int(relaxed.seats[office]), len(officers))
        least = prices.reward[:, officers].min(axis=1, initial=np.inf)
        return Staff(officers, relaxed.skills, relaxed.barred, relaxed.coop, seats, least)

    def earners(self, duals: Duals, stop: Callable[[], bool]) -> tuple[Earners, Floats]:
        """All routes of the pool that earn more than they cost, and the excess [n] that makes up for them.

        Raises:
            Stopped: ``stop`` became true before every route was priced.
        """
        prices = self.prices(duals)
        excess = np.zeros(len(self.relaxed.visit))
        pieces = []
        for routes in self.pool:
            staff = self.staff_of(prices, routes.office)
            if staff.seats:
                pieces += self._earners_of(routes, prices, staff, excess, stop)
        return _joined(pieces, self.width, int(self.relaxed.seats.max(initial=1))), excess

    def _earners_of(
        self, routes: Routes, prices: Prices, staff: Staff, excess: Floats, stop: Callable[[], bool]
    ) -> list[Earners]:
        size = routes.visits.shape[1]
        arrays = RouteArrays(routes.visits, routes.baht, routes.hours, routes.wage, routes.topics, routes.crew,
                             routes.floor, routes.moved)  # fmt: skip
        crew = scratch(len(staff.officers), staff.seats, size)
        pieces = []
        for begin in range(0, len(routes.visits), PIECE):
            if stop():
                raise Stopped
            end = min(begin + PIECE, len(routes.visits))
            many = end - begin
            found = Found(np.empty(many, np.int64), np.empty(many), np.empty((many, staff.seats), np.int64),
                          np.empty((many, size), np.int64))  # fmt: skip
            number = _price(arrays, prices, staff, crew, begin, end, excess, found)
            if number:
                index = found.route[:number]
                members = (found.crew[:number] >= 0).sum(axis=1)
                asked = np.maximum(members, routes.crew[index])
                cost = routes.baht[index] + routes.wage[index] * asked
                pieces.append(Earners(found.gain[:number], routes.visits[index], found.claim[:number],
                                      found.crew[:number], routes.hours[index], cost))  # fmt: skip
        return pieces


def scratch(people: int, seats: int, size: int) -> Crew:
    """Scratch for routes of ``size`` visits."""
    return Crew(
        np.empty(people, np.int64), np.zeros(people), np.zeros((people, 1 << size)), np.zeros((seats + 2, 1 << size)),
        np.zeros(seats + 2, np.int64), np.zeros(seats + 2), np.zeros(seats + 2, np.int64),
        np.zeros(max(people, seats) + 2, np.int64), np.zeros(seats + 2, np.int64),
    )  # fmt: skip


def _joined(pieces: list[Earners], width: int, seats: int) -> Earners:
    """All pieces in one, rows padded to the same width."""
    empty = Earners(np.zeros(0), np.zeros((0, width), np.int64), np.zeros((0, width), np.int64),
                    np.zeros((0, seats), np.int64), np.zeros(0), np.zeros(0))  # fmt: skip
    parts = [empty, *pieces]
    return Earners(
        np.concatenate([part.gain for part in parts]),
        np.concatenate([padded(part.visits, width) for part in parts]),
        np.concatenate([padded(part.claim, width) for part in parts]),
        np.concatenate([padded(part.crew, seats) for part in parts]),
        np.concatenate([part.hours for part in parts]),
        np.concatenate([part.cost for part in parts]),
    )


def padded(rows: Ints, width: int) -> Ints:
    """``rows`` with -1 behind them up to ``width``."""
    out = np.full((len(rows), width), -1, np.int64)
    out[:, : rows.shape[1]] = rows
    return out
