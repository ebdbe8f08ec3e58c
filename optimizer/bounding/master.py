"""The restricted master: a linear programme over the routes with crews that have been found so far."""

from __future__ import annotations

import numpy as np

from optimizer.bounding.columns import Columns, Rows, entries
from optimizer.bounding.prices import SETS, BusySet, Duals, LeadOptions, LeadRows, shared_hours
from optimizer.bounding.pricing import Earners
from optimizer.bounding.primal_dual import Matrix, Point, Programme, balanced, improve
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.separation import Shares, busy_sets, claimed_together
from optimizer.instance import Floats, Ints

#: columns beyond which those that earn least are dropped, also for each visit; reduced cost up to which none is
MANY, MANY_OF_VISIT, NEAR = 40_000, 100, 30.0
#: share of the first prices' mean that is the weight to begin with
WEIGHT = 0.3


class Master:
    """The programme; its variables and rows are those of ``docs/bounds.md``."""

    def __init__(self, relaxed: Relaxed, options: LeadOptions, lead_rows: LeadRows, width: int) -> None:
        self.relaxed, self.options, self.lead_rows = relaxed, options, lead_rows
        self._first = np.arange(len(relaxed.skills))  # of officers who share a row of hours
        seats = max(1, int(relaxed.seats.max(initial=1)))
        self.columns = Columns(
            np.zeros((0, width), np.int64), np.zeros((0, width), np.int64), np.zeros((0, seats), np.int64),
            np.zeros(0), np.zeros(0), np.zeros(0), np.zeros(0, np.int64),
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
        self._first_alone = self._first_claim + int(wanted.sum())
        self._alone = np.full((visits, officers), -1, np.int64)
        sets = np.ones(
            listed.shape, np.int64
        )  # options of each lead: where it gives a name, one for each set of topics
        if (names := self.lead_rows.names) is not None:
            topics = np.logical_not(names.knows.all(axis=0))
            asks = wanted & topics[:, None]
            self._alone[asks] = self._first_alone + np.arange(int(asks.sum()))
            sets[names.own] = np.broadcast_to(names.may.sum(axis=1), listed.shape)[names.own]
        self._first_same = self._first_alone + int((self._alone >= 0).sum())
        self._lead_of = np.repeat(np.argwhere(listed), sets[listed], axis=0)
        self._options = np.where(listed, sets, 0)
        self._option = (np.cumsum(self._options) - self._options.ravel()).reshape(listed.shape)
        self._group = np.searchsorted(self._lead_of[:, 0], np.arange(len(listed) + 1)).astype(np.int64)
        self._paid = np.isfinite(relaxed.fair).astype(np.float64)

    def share_hours(self, first: Ints) -> None:
        """While there are no leads, officers of one ``first`` [O] share the row of their hours, and so its price."""
        self._first = first

    def tell_apart(self, options: LeadOptions) -> None:
        """Leads are these from now on; columns and their shares stay, and the first who may claims each visit."""
        self.options, self._first = options, np.arange(len(self._first))
        self._lay_out()
        visits, crew = self.columns.visits, self.columns.crew
        may = options.listed[self.relaxed.coop[visits][:, :, None], crew[:, None, :]]
        may &= (visits >= 0)[:, :, None] & (crew >= 0)[:, None, :]
        chosen = np.take_along_axis(crew, may.argmax(axis=2), axis=1)
        self.columns = self.columns._replace(claim=np.where(may.any(axis=2), chosen, -1))
        self._know()
        self.at = Point(self.at.routes, self._even_leads(), np.zeros(self._first_same + len(self.lead_rows.rows)))

    def restrict(self, options: LeadOptions, duals: Duals, leads: Floats) -> None:
        """Leads are only these from now on, with shares [C, O]; columns and their shares stay; go on from prices."""
        self.options = options
        self._lay_out()
        coop, officer = self._lead_of.T
        shares = leads[coop, officer] / self._options[coop, officer]
        self.at = Point(self.at.routes, shares, np.zeros(self._first_same + len(self.lead_rows.rows)))
        self.start_from(duals)

    def leads(self) -> Floats:
        """[C, O] the share of each lead."""
        shares = np.zeros(self.options.listed.shape)
        np.add.at(shares, (self._lead_of[:, 0], self._lead_of[:, 1]), self.at.leads)
        return shares

    def _even_leads(self) -> Floats:
        sizes = np.diff(self._group)
        return np.repeat(1.0 / np.maximum(sizes, 1), sizes)

    def add(self, found: Earners, chosen: Ints) -> int:
        """Add the ``chosen`` rows of ``found``; returns how many were not there yet."""
        fresh = []
        for i in chosen[found.manned[chosen]]:
            key = b"".join(part[i].tobytes() for part in (found.visits, found.crew, found.claim, found.alone))
            if key not in self._known:
                self._known.add(key)
                fresh.append(i)
        columns = self.columns
        more = Columns(
            found.visits[fresh], found.claim[fresh], found.crew[fresh], found.km[fresh], found.hours[fresh],
            found.cost[fresh], found.alone[fresh],
        )  # fmt: skip
        self.columns = Columns._make(np.concatenate(both) for both in zip(columns, more, strict=True))
        self.at = self.at._replace(routes=np.concatenate([self.at.routes, np.zeros(len(fresh))]))
        return len(fresh)

    def _programme(self) -> Programme:
        relaxed, options = self.relaxed, self.options
        rows = Rows(len(relaxed.visit) + self._first * (1 + SETS), self.lead_rows.place, self.lead_rows.tied,
                    shared_hours(relaxed), self._claim, self._alone, self._first_same, relaxed.coop,
                    self.lead_rows.pair, self.lead_rows.row)  # fmt: skip
        rest = np.zeros(self._first_same - self._first_claim + len(self.lead_rows.rows))
        fair = np.zeros((len(relaxed.skills), 1 + SETS))
        np.add.at(fair[:, 0], self._first, np.where(np.isfinite(relaxed.fair), relaxed.fair, 0.0))
        highest = np.where(np.isfinite(relaxed.fair), relaxed.overload, 0.0)
        leave_out = np.minimum(relaxed.leave_out - relaxed.stand_in * options.listed[relaxed.coop].any(axis=1), 1e12)
        return Programme(
            entries(self.columns, rows, self._paid), self.columns.cost, self._leads(), self._lead_prices(),
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
        coop = self.relaxed.coop[visit]
        row, factor = self._claim[visit, officer], np.full(len(visit), -1.0)
        if self.lead_rows.rows:
            linked = np.array(self.lead_rows.rows)
            coop, officer = np.concatenate([coop, linked[:, 1]]), np.concatenate([officer, linked[:, 2]])
            row = np.concatenate([row, self._first_same + np.arange(len(linked))])
            factor = np.concatenate([factor, np.ones(len(linked))])
        who, number, busy = np.nonzero(self.lead_rows.allowing & self.options.listed.T[:, None, :])
        coop, officer = np.concatenate([coop, busy]), np.concatenate([officer, who])
        row = np.concatenate([row, len(self.relaxed.visit) + who * (1 + SETS) + 1 + number])
        factor = np.concatenate([factor, shared_hours(self.relaxed)[who]])
        each = self._options[coop, officer]
        begin = self._option[coop, officer] - (np.cumsum(each) - each)
        option = np.repeat(begin, each) + np.arange(each.sum())
        row, factor = np.repeat(row, each), np.repeat(factor, each)
        if (names := self.lead_rows.names) is not None:
            for c, name in np.argwhere(names.own & self.options.listed).tolist():
                sets, visit = np.nonzero(names.knows[names.may[name]] & (self._alone[:, name] >= 0))
                option = np.concatenate([option, self._option[c, name] + sets])
                row = np.concatenate([row, self._alone[visit, name]])
                factor = np.concatenate([factor, np.ones(len(sets))])
        order = np.argsort(option, kind="stable")
        start = np.searchsorted(option[order], np.arange(len(self._lead_of) + 1))
        return Matrix(start.astype(np.int64), row[order].astype(np.int64), factor[order])

    def improve(self, rounds: int) -> Duals:
        """Take so many steps towards the optimum, and give the average prices on the way."""
        missing = self._first_same + len(self.lead_rows.rows) - len(self.at.prices)
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
        lead[self._claim >= 0] = prices[self._first_claim : self._first_alone]
        charge = np.zeros((0, 0))
        if self.lead_rows.names is not None:
            charge = np.zeros(self._alone.shape)
            charge[self._alone >= 0] = prices[self._first_alone : self._first_same]
        hours = prices[visits : self._first_claim].reshape(officers, 1 + SETS)[self._first]
        return Duals(prices[:visits].copy(), hours[:, 0].copy(), lead, prices[self._first_same :].copy(),
                     hours[:, 1:].copy(), charge)  # fmt: skip

    def start_from(self, duals: Duals) -> None:
        """Go on from these prices."""
        self.weight = self.weight or WEIGHT * max(1e-6, float(np.abs(duals.visit).mean()))
        prices = self.at.prices
        visits = len(self._claim)
        prices[:visits] = duals.visit
        prices[visits : self._first_claim] = np.column_stack([duals.hour, duals.claimed]).ravel()
        prices[self._first_claim : self._first_alone] = duals.lead[self._claim >= 0]
        if len(duals.charge):
            prices[self._first_alone : self._first_same] = duals.charge[self._alone >= 0]
        prices[self._first_same :] = 0.0
        prices[self._first_same : self._first_same + len(duals.same)] = duals.same

    def broken_links(self, least: float, most: int) -> list[tuple[int, int, int]]:
        """(visit, cooperative, officer) whose claims together exceed the share of that lead most, by ``least``."""
        out, amount = np.empty((400_000, 3), np.int64), np.empty(400_000)
        found = claimed_together(self.columns, self.relaxed.coop, self.at.routes, out, amount)
        keys, where = np.unique(out[:found], axis=0, return_inverse=True)
        held = np.bincount(where.ravel(), weights=amount[:found], minlength=len(keys))
        allowed = np.where(self.options.listed, self.leads(), np.inf)[keys[:, 1], keys[:, 2]]
        over = held - allowed
        order = [i for i in np.argsort(-over, kind="stable") if over[i] > least]
        fresh = [(int(keys[i, 0]), int(keys[i, 1]), int(keys[i, 2])) for i in order]
        return [key for key in fresh if not self.lead_rows.known(*key)][:most]

    def broken_hours(self, least: float) -> list[BusySet]:
        """Rows of claimed hours that the shares break, by ``least`` hours."""
        own = Shares(self.columns, self.relaxed.coop, self.at.routes, self.leads())
        return busy_sets(own, shared_hours(self.relaxed), np.isfinite(self.relaxed.fair), self.overload() + least)

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
            v.tobytes() + c.tobytes() + k.tobytes() + a.tobytes()
            for v, c, k, a in zip(
                self.columns.visits, self.columns.crew, self.columns.claim, self.columns.alone, strict=True
            )
        }
