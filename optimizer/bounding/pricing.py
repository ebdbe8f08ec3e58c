"""Pricing: for every route the crew, and who claims which visit as its lead, that earn most at given prices.

A route is priced again only when prices have moved far enough since the last time for it to earn anything: what a
route's reduced cost was is kept with it, and how far prices had moved by then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optimizer.bounding.blocks import MOST_PARTS, best_split, is_barred, know_all, parts_of
from optimizer.bounding.claims import MOST_LINKED, are_linked, join, settle_claims, values_of
from optimizer.bounding.floors import floor_by_claims, floor_by_pairs, floor_by_size, floor_of
from optimizer.bounding.handles import crew_handle, prices_handle, staff_handle
from optimizer.bounding.prices import BLUR, Duals, SameLead
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import Routes
from optimizer.bounding.staffing import staff_of
from optimizer.bounding.structures import Crew, Prices, Staff
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints
from optimizer.stopping import Stopped

#: routes priced between two looks at the stop criterion
PIECE = 10_000
#: baht of reduced cost beyond which it is not asked how much
FAR = 80.0


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


@dataclass(frozen=True)
class Earners:
    """Routes that earn something with their best crew; rows are padded with -1."""

    gain: Floats  # [M] baht, positive
    visits: Ints  # [M, width]
    claim: Ints  # [M, width] the officer who claims each visit as its lead, or -1
    crew: Ints  # [M, seats]
    hours: Floats  # [M]
    cost: Floats  # [M]


@dataclass(frozen=True)
class Priced:
    """What pricing found; not ``complete``: others may earn something too."""

    earners: Earners
    complete: bool


@compiled
def _beaten(staff: Staff, crew: Crew, width: int, linked: bool, need: int, able: int, a: int) -> bool:
    """Whether a member need not be tried: others are no dearer, know as much of what is needed, and earn as much.

    Beside one such other he earns nothing more where each stop is claimed by itself. Where claims are linked, both may
    earn more than the better one alone; but one of as many others as there are seats is not in the crew, and could be.
    """
    i = crew.pool[a]
    mine = staff.skills[staff.officers[i]] & need
    better = 0
    for b in range(able):
        k = crew.pool[b]
        if b == a or crew.own[k] > crew.own[i]:
            continue
        theirs = staff.skills[staff.officers[k]] & need
        if mine & ~theirs != 0:
            continue
        same = crew.own[k] == crew.own[i] and mine == theirs
        covers = True
        for part in range(width):
            covers = covers and crew.value[k, part] >= crew.value[i, part]
            same = same and crew.value[k, part] == crew.value[i, part]
        if covers and (not same or k < i):
            better += 1
    return better >= (staff.seats if linked else 1)


@compiled
def _net(crew: Crew, i: int) -> float:
    return crew.own[i] - crew.alone[i]


@compiled
def _fill_pool(prices: Prices, staff: Staff, crew: Crew, stops: Ints, linked: bool, need: int, asked: int, wage: float,
               hours: float, least: float) -> int:  # fmt: skip
    """Put into the pool who may be worth a seat; returns how many they are."""
    able = 0
    width = 1 << len(stops) if linked else len(stops)
    spare = least if asked > 1 else 0.0  # where more officers are asked for, one who earns something saves another
    for i in range(len(staff.officers)):
        o = staff.officers[i]
        crew.alone[i] = -np.inf
        if is_barred(staff, stops, o):
            continue
        crew.own[i] = wage + hours * prices.hour[o]
        reward = 0.0
        for v in stops:
            reward += prices.reward[v, o]
        if reward > 0.0:
            crew.alone[i] = values_of(prices, staff.coop, stops, o, linked, crew.value[i])
        else:  # most officers are the lead of none of the stops
            crew.alone[i] = 0.0
            crew.value[i, :width] = 0.0
        if crew.own[i] - crew.alone[i] < spare or staff.skills[o] & need != 0:
            crew.pool[able] = i
            able += 1
    kept = 0
    for a in range(able):
        if not _beaten(staff, crew, width, linked, need, able, a):
            i, at = crew.pool[a], kept
            while at > 0 and _net(crew, crew.picked[at - 1]) > _net(crew, i):  # who earns most beyond his price first
                crew.picked[at] = crew.picked[at - 1]
                at -= 1
            crew.picked[at] = i
            kept += 1
    crew.pool[:kept] = crew.picked[:kept]
    return kept


@compiled
def best_crew(prices: Prices, staff: Staff, crew: Crew, stops: Ints, linked: bool, rest: float, need: int, asked: int,
               wage: float, hours: float, least: float, hoped: float) -> tuple[float, int]:  # fmt: skip
    """The least reduced cost of the route, and how many members ``crew.best`` then holds; 0: it is ``FAR`` or more.

    ``asked`` officers have to ride; those that are missing cost ``least`` each, and claim nothing.
    """
    able = _fill_pool(prices, staff, crew, stops, linked, need, asked, wage, hours, least)
    best, hands = FAR, 0
    for i in range(len(staff.officers)):  # alone also those who are not worth a seat beside others
        o = staff.officers[i]
        if need & ~staff.skills[o] == 0 and crew.alone[i] > -np.inf:
            cost = rest + crew.own[i] - crew.alone[i] + max(0, asked - 1) * least
            if cost < best:
                best, hands = cost, 1
                crew.best[0] = o
    if staff.seats < 2:
        return best, hands
    width = 1 << len(stops) if linked else len(stops)
    crew.least_net[able], crew.net_below[able] = np.inf, 0.0
    for a in range(able - 1, -1, -1):
        net = _net(crew, crew.pool[a])
        crew.least_net[a] = min(crew.least_net[a + 1], net)
        crew.net_below[a] = crew.net_below[a + 1] + min(0.0, net)
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
        earned = join(crew.earned[depth, :width], crew.value[i, :width], linked, crew.earned[depth + 1, :width])
        covered = crew.known[depth] | (staff.skills[o] & need)
        cost = total - earned + max(0, asked - depth - 1) * least
        if covered == need and cost < best:
            best, hands = cost, depth + 1
            crew.best[:hands] = crew.picked[:hands]
        # a further member earns no more than alone
        after = crew.net_below[a + 1] if covered == need or crew.least_net[a + 1] < 0.0 else crew.least_net[a + 1]
        if max(total + max(1, asked - depth - 1) * least - hoped, total - earned + after) < best:
            depth += 1
            crew.place[depth], crew.paid[depth], crew.known[depth] = a + 1, total, covered
    return best, hands


@compiled
def cheapest_crew(prices: Prices, staff: Staff, crew: Crew, stops: Ints, linked: bool, rest: float, need: int,
                  asked: int, wage: float, hours: float, least: float, hoped: float,
                  reach: float) -> tuple[float, int]:  # fmt: skip
    """The least reduced cost of the route, and how many members ``crew.best`` then holds.

    Where it is ``reach`` or more, a floor under it that is so too, and maybe no members.
    """
    floor = -np.inf
    if len(stops) <= MOST_LINKED:
        floor, hands = best_split(prices, staff, crew, stops, linked, rest, 0, asked, wage, hours, least)
        if floor >= reach - BLUR or (hands > 0 and know_all(staff, crew, hands, need)):
            return floor, hands
        if parts_of(stops, need) <= MOST_PARTS:
            knowing, hands = best_split(prices, staff, crew, stops, linked, rest, need, asked, wage, hours, least)
            if hands > 0:
                return knowing, hands
            floor = max(floor, knowing)
    if floor < reach - BLUR:
        by_pairs = floor_by_pairs(prices, staff, crew, stops, rest, need, asked, wage, hours, least, hoped)
        floor = max(floor, by_pairs)
    if floor >= reach - BLUR:
        return floor, 0
    cost, hands = best_crew(prices, staff, crew, stops, linked, rest, need, asked, wage, hours, least, hoped)
    return max(floor, cost), hands


@compiled
def _price(routes: RouteArrays, prices: Prices, staff: Staff, crew: Crew, begin: int, end: int, reach: float,
           found: Found) -> int:  # fmt: skip
    """Price routes ``begin..end``; write those that earn more than ``BLUR``; returns how many.

    Routes whose reduced cost was more than ``reach`` when they were priced last are passed over.
    """
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
        need = routes.topics[s]
        by_claims = floor_by_claims(prices, staff, stops, rest, need, asked, least, hoped)
        routes.floor[s] = max(routes.floor[s], by_claims)
        if routes.floor[s] >= -BLUR:
            continue
        routes.floor[s] = max(routes.floor[s], floor_of(prices, staff, stops, rest, wage, hours))
        if routes.floor[s] >= -BLUR:
            continue
        by_size = floor_by_size(prices, staff, stops, rest, need, asked, wage, hours, least, hoped)
        routes.floor[s] = max(routes.floor[s], by_size)
        if routes.floor[s] >= -BLUR:
            continue
        linked = are_linked(prices, staff.coop, stops)
        cost, hands = cheapest_crew(prices, staff, crew, stops, linked, rest, need, asked, wage, hours, least, hoped,
                                    0.0)  # fmt: skip
        routes.floor[s] = max(routes.floor[s], cost)
        if cost >= -BLUR:
            continue
        found.route[number], found.gain[number] = s, -cost
        for m in range(found.crew.shape[1]):
            found.crew[number, m] = crew.best[m] if m < hands else -1
        settle_claims(prices, staff.coop, stops, crew.best, hands, linked, found.claim[number])
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
        self._turn = 0

    def prices(self, duals: Duals) -> Prices:
        """``duals`` as pricing reads them; counts how far they have moved since the last time."""
        last, self._last = self._last, duals
        if last is not None:
            seats = float(max(self.relaxed.seats.max(initial=1), self.relaxed.crew.max(initial=1)))
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
        now = np.zeros(len(last.same))  # prices from before a row was added do not price it
        now[: len(duals.same)] = duals.same[: len(now)]
        drop = np.maximum(0.0, last.same - now)
        if drop.any():
            pairs = np.zeros((len(eased), self.links.pair.shape[1]))
            rows = np.array(self.links.rows[: len(drop)])
            np.maximum.at(pairs, (rows[:, 0], rows[:, 1]), drop)
            eased = np.minimum(pairs.sum(axis=1), pairs.max(axis=1) * (self.width - 1))
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
        by_price = prices_handle(prices)
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
                return Priced(self._joined(found), complete=False)
            piece = self._price_piece(routes, begin, by_price, staff[routes.office], reach)
            found.append(piece)
            many += len(piece.gain)
        return Priced(self._joined(found), complete=reach == np.inf)

    def _price_piece(self, routes: Routes, begin: int, prices: Prices, staff: Staff, reach: float) -> Earners:
        """The routes of one piece of the pool that earn something, not padded."""
        arrays = RouteArrays(routes.visits, routes.baht, routes.hours, routes.wage, routes.topics, routes.crew,
                             routes.floor, routes.moved)  # fmt: skip
        size = routes.visits.shape[1]
        end = min(begin + PIECE, len(routes.visits))
        room = end - begin
        found = Found(np.empty(room, np.int64), np.empty(room), np.empty((room, staff.seats), np.int64),
                      np.empty((room, size), np.int64))  # fmt: skip
        crew = crew_handle(scratch(len(staff.officers), staff.seats, size))
        number = _price(arrays, prices, staff_handle(staff), crew, begin, end, reach, found)
        chosen = found.route[:number]
        asked = np.maximum((found.crew[:number] >= 0).sum(axis=1), routes.crew[chosen])
        cost = routes.baht[chosen] + routes.wage[chosen] * asked
        return Earners(found.gain[:number], routes.visits[chosen], found.claim[:number], in_order(found.crew[:number]),
                       routes.hours[chosen], cost)  # fmt: skip

    def _joined(self, pieces: list[Earners]) -> Earners:
        """All pieces in one, rows padded to the same width."""
        width, seats = self.width, int(self.relaxed.seats.max(initial=1))
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


def scratch(people: int, seats: int, size: int) -> Crew:
    """Scratch for routes of up to ``size`` visits."""
    parts = max(1 << min(size, MOST_LINKED), size)
    return Crew(
        np.empty(people, np.int64), np.zeros(people), np.zeros(people), np.zeros(people + 1), np.zeros(people + 1),
        np.zeros((people, parts)),
        np.zeros((seats + 2, parts)),
        np.zeros(seats + 2, np.int64), np.zeros(seats + 2), np.zeros(seats + 2, np.int64),
        np.zeros(max(people, seats) + 2, np.int64), np.zeros(seats + 2, np.int64),
        np.zeros(1 << MOST_PARTS), np.zeros(1 << MOST_PARTS, np.int64), np.zeros(1 << MOST_PARTS),
        np.zeros(1 << MOST_PARTS, np.int64),
    )  # fmt: skip


def in_order(crews: Ints) -> Ints:
    """Crews, rows padded with -1, so that those of the same members are alike."""
    return np.ascontiguousarray(np.sort(crews, axis=1)[:, ::-1])


def padded(rows: Ints, width: int) -> Ints:
    """``rows`` with -1 behind them up to ``width``."""
    out = np.full((len(rows), width), -1, np.int64)
    out[:, : rows.shape[1]] = rows
    return out
