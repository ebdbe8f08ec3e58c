"""The restricted master: a linear programme over the routes with crews that have been found so far."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.prices import SETS, Duals, LeadOptions, LeadRows, Mask, shared_hours
from optimizer.bounding.pricing import Earners
from optimizer.bounding.primal_dual import Matrix, Point, Programme, balanced, improve
from optimizer.bounding.relaxed import Relaxed
from optimizer.compiling import compiled
from optimizer.instance import Flags, Floats, Ints

#: columns beyond which those that earn least are dropped, also for each visit; reduced cost up to which none is
MANY, MANY_OF_VISIT, NEAR = 40_000, 100, 30.0
#: share of the first prices' mean that is the weight to begin with
WEIGHT = 0.3


class Columns(NamedTuple):
    """Routes with crews. Rows of ``visits``, ``crew`` and ``claim`` are padded with -1."""

    visits: Ints  # [N, k]
    claim: Ints  # [N, k] who claims each visit as its lead
    crew: Ints  # [N, s]
    km: Floats  # [N] baht of kilometres in the cheapest car of all
    hours: Floats  # [N]
    cost: Floats  # [N]


class Rows(NamedTuple):
    """Where a column's entries go: rows of visits from 0, then of hours, claims, and leading two at once."""

    hour: int  # of each officer his own, and those of claimed hours behind it
    sets: Flags  # [O, SETS, C] cooperatives whose claims count there
    linked: Ints  # [links] sets of whose forests a row of the same lead is, as bits
    fair: Floats  # [O] hours that each link takes off there
    claim: Ints  # [n, O] row of a claim, or -1
    same: int
    coop: Ints  # [n]
    pair: Ints  # [n, C]
    same_row: Ints  # [pairs, O]


@compiled
def _claimed(columns: Columns, rows: Rows, c: int, officer: int, takes: Floats) -> None:
    """Write the hours that a column takes in each row of claimed hours of the officer [SETS]."""
    takes[:] = 0.0
    held, width = 0, columns.visits.shape[1]
    for j in range(width):
        v = columns.visits[c, j]
        if v < 0 or columns.claim[c, j] != officer or rows.claim[v, officer] < 0:
            continue
        for k in range(len(takes)):
            if rows.sets[officer, k, rows.coop[v]] and not held >> k & 1:
                held |= 1 << k
                takes[k] += columns.hours[c]
        for i in range(width):
            u = columns.visits[c, i]
            if i != j and u >= 0 and columns.claim[c, i] == officer:
                pair = rows.pair[v, rows.coop[u]]
                if pair >= 0 and rows.same_row[pair, officer] >= 0:
                    sets = rows.linked[rows.same_row[pair, officer]]
                    for k in range(len(takes)):
                        if sets >> k & 1:
                            takes[k] += rows.fair[officer]


@compiled
def _entries(columns: Columns, rows: Rows, paid: Floats) -> Matrix:
    """The matrix of the columns."""
    number, width = columns.visits.shape
    seats, each = columns.crew.shape[1], 1 + rows.sets.shape[1]
    start = np.zeros(number + 1, np.int64)
    row = np.empty(number * (2 * width + seats) + 16, np.int64)
    factor = np.empty(len(row))
    count = 0
    takes, most = np.empty(each - 1), 2 * width + seats * each + width * width
    for c in range(number):
        if count + most > len(row):
            more = len(row) + most
            row = np.concatenate((row, np.empty(more, np.int64)))
            factor = np.concatenate((factor, np.empty(more)))
        for m in range(seats):
            o = columns.crew[c, m]
            if o >= 0 and paid[o] > 0:
                row[count], factor[count] = rows.hour + o * each, -columns.hours[c]
                count += 1
                _claimed(columns, rows, c, o, takes)
                for k in range(each - 1):
                    if takes[k] != 0.0:
                        row[count], factor[count] = rows.hour + o * each + 1 + k, -takes[k]
                        count += 1
        for j in range(width):
            v = columns.visits[c, j]
            if v < 0:
                continue
            row[count], factor[count] = v, 1.0
            count += 1
            o = columns.claim[c, j]
            if o < 0 or rows.claim[v, o] < 0:
                continue
            row[count], factor[count] = rows.claim[v, o], 1.0
            count += 1
            for i in range(width):
                u = columns.visits[c, i]
                if i != j and u >= 0 and columns.claim[c, i] == o:
                    pair = rows.pair[v, rows.coop[u]]
                    if pair >= 0 and rows.same_row[pair, o] >= 0:
                        row[count], factor[count] = rows.same + rows.same_row[pair, o], -1.0
                        count += 1
        start[c + 1] = count
    return Matrix(start, row[:count].copy(), factor[:count].copy())


@compiled
def _together(columns: Columns, coop: Ints, shares: Floats, out: Ints, amount: Floats) -> int:
    """Write each (visit, other cooperative, officer, share) that columns of some share claim together."""
    found = 0
    for c in range(len(shares)):
        if shares[c] < 1e-3:
            continue
        for j in range(columns.visits.shape[1]):
            v, o = columns.visits[c, j], columns.claim[c, j]
            if v < 0 or o < 0:
                continue
            for i in range(columns.visits.shape[1]):
                u = columns.visits[c, i]
                if i != j and u >= 0 and columns.claim[c, i] == o and found < len(out):
                    out[found, 0], out[found, 1], out[found, 2] = v, coop[u], o
                    amount[found] = shares[c]
                    found += 1
    return found


@compiled
def _ties(columns: Columns, coop: Ints, shares: Floats, officer: int, tie: Floats, visit: Ints) -> Ints:
    """Write the share of tours on which he claims two cooperatives [C, C], of one visit of either; the most of these.

    ``visit`` [C, C] gets that visit. Returns the columns on which he claims something.
    """
    own = np.empty(len(shares), np.int64)
    count = 0
    for c in range(len(shares)):
        if shares[c] > 1e-6 and (columns.claim[c] == officer).any():
            own[count] = c
            count += 1
    together = np.zeros((len(coop), len(tie)))
    tie[:], visit[:] = 0.0, -1
    for c in own[:count]:
        for j in range(columns.visits.shape[1]):
            v = columns.visits[c, j]
            if v < 0 or columns.claim[c, j] != officer:
                continue
            for i in range(columns.visits.shape[1]):
                u = columns.visits[c, i]
                if i == j or u < 0 or columns.claim[c, i] != officer:
                    continue
                a, b = coop[v], coop[u]
                together[v, b] += shares[c]
                if together[v, b] > tie[a, b]:
                    tie[a, b] = tie[b, a] = together[v, b]
                    visit[a, b] = visit[b, a] = v
    return own[:count]


@compiled
def _busiest_set(columns: Columns, coop: Ints, shares: Floats, own: Ints, leads: Floats, fair: float, officer: int,
                 tie: Floats, tied: bool, chosen: Flags) -> float:  # fmt: skip
    """Choose cooperatives [C] whose claims fill most hours beyond ``fair`` ones of ``leads`` [C]; returns how many.

    One by one, always the one that adds most: tours with claims of others that are chosen count already. ``tied``: it
    adds fair hours as well, as far as he leads it together with one of these.
    """
    chosen[:] = 0
    held = np.zeros(len(own), np.uint8)
    beyond, adds = 0.0, np.empty(len(leads))
    while True:
        adds[:] = -fair * leads
        for i in range(len(own)):
            if not held[i]:
                c = own[i]
                for j in range(columns.visits.shape[1]):
                    if columns.visits[c, j] >= 0 and columns.claim[c, j] == officer:
                        adds[coop[columns.visits[c, j]]] += shares[c] * columns.hours[c]
        if tied:
            for k in range(len(leads)):
                most = 0.0
                for other in range(len(leads)):
                    if chosen[other]:
                        most = max(most, tie[k, other])
                adds[k] += fair * most
        for k in range(len(leads)):
            if chosen[k]:
                adds[k] = 0.0
        best = adds.argmax()
        if adds[best] <= 1e-9:
            return beyond
        beyond += adds[best]
        chosen[best] = 1
        for i in range(len(own)):
            c = own[i]
            for j in range(columns.visits.shape[1]):
                v = columns.visits[c, j]
                if v >= 0 and columns.claim[c, j] == officer and coop[v] == best:
                    held[i] = 1


@compiled
def _forest(tie: Floats, chosen: Flags, parent: Ints) -> float:
    """Link the chosen [C] without a cycle, by the largest ties (Prim 1957); ``parent`` gets the links, -1 for none."""
    total, joined = 0.0, np.zeros(len(chosen), np.uint8)
    nearest = np.zeros(len(chosen))
    parent[:] = -1
    for _ in range(chosen.sum()):
        best = -1
        for k in range(len(chosen)):
            if chosen[k] and not joined[k] and (best < 0 or nearest[k] > nearest[best]):
                best = k
        joined[best] = 1
        total += nearest[best]
        for k in range(len(chosen)):
            if chosen[k] and not joined[k] and tie[best, k] > nearest[k]:
                nearest[k], parent[k] = tie[best, k], best
    return total


class Master:
    """The programme; its variables and rows are those of ``docs/bounds.md``."""

    def __init__(self, relaxed: Relaxed, options: LeadOptions, links: LeadRows, width: int) -> None:
        self.relaxed, self.options, self.links = relaxed, options, links
        seats = max(1, int(relaxed.seats.max(initial=1)))
        self.columns = Columns(
            np.zeros((0, width), np.int64), np.zeros((0, width), np.int64), np.zeros((0, seats), np.int64),
            *np.zeros((3, 0)),
        )  # fmt: skip
        self._known: set[bytes] = set()
        self.weight = 0.0  # baht of a price for a share, the scale between both sides of the programme
        self._lay_out()
        self.at = Point(np.zeros(0), self._even_leads(), np.zeros(self._first_same))

    def _lay_out(self) -> None:
        """Number the rows and lead options, which stay as they are; rows of the same lead come behind."""
        relaxed, listed = self.relaxed, self.options.listed
        visits, officers = len(relaxed.visit), len(relaxed.skills)
        self._claim = np.full((visits, officers), -1, np.int64)
        wanted = listed[relaxed.coop]
        self._first_claim = visits + officers * (1 + SETS)
        self._claim[wanted] = self._first_claim + np.arange(int(wanted.sum()))
        self._first_same = self._first_claim + int(wanted.sum())
        self._lead_of = np.argwhere(listed)
        self._option = np.full(listed.shape, -1, np.int64)
        self._option[listed] = np.arange(len(self._lead_of))
        self._group = np.searchsorted(self._lead_of[:, 0], np.arange(len(listed) + 1)).astype(np.int64)
        self._paid = np.isfinite(relaxed.fair).astype(np.float64)

    def tell_apart(self, options: LeadOptions) -> None:
        """Leads are these from now on; columns and their shares stay, and the first who may claims each visit."""
        self.options = options
        self._lay_out()
        visits, crew = self.columns.visits, self.columns.crew
        may = options.listed[self.relaxed.coop[visits][:, :, None], crew[:, None, :]]
        may &= (visits >= 0)[:, :, None] & (crew >= 0)[:, None, :]
        first = np.take_along_axis(crew, may.argmax(axis=2), axis=1)
        self.columns = self.columns._replace(claim=np.where(may.any(axis=2), first, -1))
        self._know()
        self.at = Point(self.at.routes, self._even_leads(), np.zeros(self._first_same + len(self.links.rows)))

    def restrict(self, options: LeadOptions, duals: Duals, leads: Floats) -> None:
        """Leads are only these from now on, with shares [C, O]; columns and their shares stay; go on from prices."""
        self.options = options
        self._lay_out()
        shares = leads[self._lead_of[:, 0], self._lead_of[:, 1]]
        self.at = Point(self.at.routes, shares, np.zeros(self._first_same + len(self.links.rows)))
        self.start_from(duals)

    def leads(self) -> Floats:
        """[C, O] the share of each lead."""
        shares = np.zeros(self.options.listed.shape)
        shares[self._lead_of[:, 0], self._lead_of[:, 1]] = self.at.leads
        return shares

    def _even_leads(self) -> Floats:
        sizes = np.diff(self._group)
        return np.repeat(1.0 / np.maximum(sizes, 1), sizes)

    def add(self, found: Earners, chosen: Ints) -> int:
        """Add the ``chosen`` rows of ``found``; returns how many were not there yet."""
        fresh = []
        for i in chosen:
            key = found.visits[i].tobytes() + found.crew[i].tobytes() + found.claim[i].tobytes()
            if key not in self._known:
                self._known.add(key)
                fresh.append(i)
        columns = self.columns
        more = Columns(
            found.visits[fresh], found.claim[fresh], found.crew[fresh], found.km[fresh], found.hours[fresh],
            found.cost[fresh],
        )  # fmt: skip
        self.columns = Columns._make(np.concatenate(both) for both in zip(columns, more, strict=True))
        self.at = self.at._replace(routes=np.concatenate([self.at.routes, np.zeros(len(fresh))]))
        return len(fresh)

    def _programme(self) -> Programme:
        relaxed, options = self.relaxed, self.options
        rows = Rows(len(relaxed.visit), self.links.sets.astype(np.uint8), np.array(self.links.linked, np.int64),
                    shared_hours(relaxed), self._claim, self._first_same, relaxed.coop, self.links.pair,
                    self.links.row)  # fmt: skip
        rest = np.zeros(self._first_same - self._first_claim + len(self.links.rows))
        fair = np.zeros((len(relaxed.skills), 1 + SETS))
        fair[:, 0] = np.where(np.isfinite(relaxed.fair), relaxed.fair, 0.0)
        highest = np.where(np.isfinite(relaxed.fair), relaxed.overload, 0.0)
        leave_out = np.minimum(relaxed.leave_out - relaxed.stand_in * options.listed[relaxed.coop].any(axis=1), 1e12)
        return Programme(
            _entries(self.columns, rows, self._paid), self.columns.cost, self._leads(), self._lead_prices(),
            self._group,
            bound=np.concatenate([np.ones(len(relaxed.visit)), -fair.ravel(), rest]),
            least=np.concatenate([np.minimum(0.0, leave_out), np.zeros(fair.size), rest]),
            most=np.concatenate([leave_out, np.full(fair.size, np.inf), np.full_like(rest, relaxed.stand_in)]),
            shared=np.arange(len(relaxed.visit), self._first_claim + 1, 1 + SETS), limit=highest,
        )  # fmt: skip

    def _lead_prices(self) -> Floats:
        return self.options.price[self._lead_of[:, 0], self._lead_of[:, 1]]

    def _leads(self) -> Matrix:
        """A lead owes a claim of each visit, and allows claims with other cooperatives and hours with such claims."""
        visit, officer = np.nonzero(self._claim >= 0)
        option = self._option[self.relaxed.coop[visit], officer]
        row, factor = self._claim[visit, officer], np.full(len(visit), -1.0)
        if self.links.rows:
            linked = np.array(self.links.rows)
            option = np.concatenate([option, self._option[linked[:, 1], linked[:, 2]]])
            row = np.concatenate([row, self._first_same + np.arange(len(linked))])
            factor = np.concatenate([factor, np.ones(len(linked))])
        who, number, coop = np.nonzero(self.links.sets & self.options.listed.T[:, None, :])
        option = np.concatenate([option, self._option[coop, who]])
        row = np.concatenate([row, len(self.relaxed.visit) + who * (1 + SETS) + 1 + number])
        factor = np.concatenate([factor, shared_hours(self.relaxed)[who]])
        order = np.argsort(option, kind="stable")
        start = np.searchsorted(option[order], np.arange(len(self._lead_of) + 1))
        return Matrix(start.astype(np.int64), row[order].astype(np.int64), factor[order])

    def improve(self, rounds: int) -> Duals:
        """Take so many steps towards the optimum, and give the average prices on the way."""
        missing = self._first_same + len(self.links.rows) - len(self.at.prices)
        self.at = self.at._replace(prices=np.concatenate([self.at.prices, np.zeros(missing)]))
        mean = Point(*(np.empty_like(part) for part in self.at))
        before = Point(*(part.copy() for part in self.at))
        programme = self._programme()
        improve(programme, self.at, self.weight, rounds, mean)
        self.at = mean
        self.weight = balanced(self.weight, programme, before, mean)
        return self.duals(mean.prices)

    def duals(self, prices: Floats) -> Duals:
        """The prices of the rows by what they are for."""
        visits, officers = self._claim.shape
        lead = np.zeros(self._claim.shape)
        lead[self._claim >= 0] = prices[self._first_claim : self._first_same]
        hours = prices[visits : self._first_claim].reshape(officers, 1 + SETS)
        return Duals(prices[:visits].copy(), hours[:, 0].copy(), lead, prices[self._first_same :].copy(),
                     hours[:, 1:].copy())  # fmt: skip

    def start_from(self, duals: Duals) -> None:
        """Go on from these prices."""
        self.weight = self.weight or WEIGHT * max(1e-6, float(np.abs(duals.visit).mean()))
        prices = self.at.prices
        visits = len(self._claim)
        prices[:visits] = duals.visit
        prices[visits : self._first_claim] = np.column_stack([duals.hour, duals.claimed]).ravel()
        prices[self._first_claim : self._first_same] = duals.lead[self._claim >= 0]
        prices[self._first_same :] = 0.0
        prices[self._first_same : self._first_same + len(duals.same)] = duals.same

    def broken_links(self, least: float, most: int) -> list[tuple[int, int, int]]:
        """(visit, cooperative, officer) whose claims together exceed the share of that lead most, by ``least``."""
        out, amount = np.empty((400_000, 3), np.int64), np.empty(400_000)
        found = _together(self.columns, self.relaxed.coop, self.at.routes, out, amount)
        keys, where = np.unique(out[:found], axis=0, return_inverse=True)
        held = np.bincount(where.ravel(), weights=amount[:found], minlength=len(keys))
        option = self._option[keys[:, 1], keys[:, 2]]
        allowed = np.where(option >= 0, np.append(self.at.leads, 0.0)[option], np.inf)
        over = held - allowed
        order = [i for i in np.argsort(-over, kind="stable") if over[i] > least]
        fresh = [(int(keys[i, 0]), int(keys[i, 1]), int(keys[i, 2])) for i in order]
        return [key for key in fresh if not self.links.known(*key)][:most]

    def broken_hours(self, least: float) -> list[tuple[int, Mask, list[tuple[int, int]]]]:
        """Officers, with cooperatives whose claims fill hours that are not paid for, by ``least`` hours; and a forest.

        Of each officer the set that says most without a forest, and with one; see :meth:`LeadRows.add_set`.
        """
        relaxed, leads, sets = self.relaxed, self.leads(), []
        fair, paid, coops = shared_hours(relaxed), self.overload(), len(self.options.listed)
        chosen, parent = np.zeros(coops, np.uint8), np.zeros(coops, np.int64)
        tie, visit = np.zeros((coops, coops)), np.zeros((coops, coops), np.int64)
        for officer in np.flatnonzero(np.isfinite(relaxed.fair)).tolist():
            own = _ties(self.columns, relaxed.coop, self.at.routes, officer, tie, visit)
            before: Mask | None = None
            for tied in (False, True):
                beyond = _busiest_set(self.columns, relaxed.coop, self.at.routes, own, leads[:, officer],
                                      float(fair[officer]), officer, tie, tied, chosen)  # fmt: skip
                linked = _forest(tie, chosen, parent)
                beyond += 0.0 if tied else float(fair[officer]) * linked
                if beyond <= paid[officer] + least or (before is not None and (before == chosen).all()):
                    continue
                before = chosen.astype(np.bool_)
                links = [(int(k), int(parent[k])) for k in np.flatnonzero(parent >= 0)]
                forest = [(int(visit[k, p]), p if relaxed.coop[visit[k, p]] == k else k) for k, p in links]
                sets.append((officer, before, forest))
        return sets

    def overload(self) -> Floats:
        """[O] hours beyond the fair ones that the rows see."""
        programme = self._programme()
        rows = np.zeros(len(programme.bound))
        for matrix, shares in ((programme.routes, self.at.routes), (programme.leads, self.at.leads)):
            each = np.repeat(shares, np.diff(matrix.start))
            rows += np.bincount(matrix.row, matrix.factor * each, len(rows))
        short = programme.bound - rows
        hours = short[len(self.relaxed.visit) : self._first_claim].reshape(-1, 1 + SETS)
        return np.maximum(0.0, hours.max(axis=1, initial=0.0))

    def drop(self) -> None:
        """Drop columns without a share and far from earning, where they are many."""
        if len(self.columns.cost) <= max(MANY, MANY_OF_VISIT * len(self.relaxed.visit)):
            return
        programme = self._programme()
        earned = np.zeros(len(self.columns.cost))
        matrix = programme.routes
        np.add.at(earned, np.repeat(np.arange(len(earned)), np.diff(matrix.start)),
                  matrix.factor * self.at.prices[matrix.row])  # fmt: skip
        kept = (self.at.routes > 1e-6) | (self.columns.cost - earned < NEAR)
        self.columns = Columns._make(part[kept] for part in self.columns)
        self.at = self.at._replace(routes=self.at.routes[kept])
        self._know()

    def _know(self) -> None:
        self._known = {
            v.tobytes() + c.tobytes() + k.tobytes()
            for v, c, k in zip(self.columns.visits, self.columns.crew, self.columns.claim, strict=True)
        }
