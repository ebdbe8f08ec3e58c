"""Dual prices of visits, hours, leads and of what leads do at once, and the total that they prove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optimizer.bounding.relaxed import Relaxed
from optimizer.instance import Flags, Floats, Ints, Shorts

Mask = npt.NDArray[np.bool_]

#: reduced costs down to this are not looked for; the certificate pays for them
BLUR = 1e-6
#: share of the sum of all terms that is given away for the rounding of floating-point sums
ROUNDING = 1e-11
#: leads (a cooperative and an officer) that are told apart at most
MOST_LEADS = 100_000
#: sets of cooperatives of each officer whose tours may count hours of their own
SETS = 20


@dataclass(frozen=True)
class LeadOptions:
    """Who may lead each cooperative, as far as a plan could want it, and what that costs."""

    listed: Mask  # [C, O]
    price: Floats  # [C, O] baht of making that one the lead


class Names(NamedTuple):
    """What names may be, see :mod:`optimizer.bounding.naming`. K sets of topics that somebody knows."""

    own: Mask  # [C, O] the cooperative of the name: only that lead allows fair hours, and settles what he knows
    knows: Mask  # [K, n] whether who knows such a set knows all topics of the visit
    may: Mask  # [O, K] whether there is somebody who may have the name and knows that set


class BusySet(NamedTuple):
    """A row of claimed hours: see :class:`LeadRows`."""

    officer: int
    coops: Sequence[int]  # in order
    ties: Sequence[int] = ()  # visits, at most one of each cooperative, that tie theirs to those before it


@dataclass
class LeadRows:
    """Rows that are added where leads are mixed.

    Of the same lead: who claims a visit and one of another cooperative on the same route leads that one too. Of claimed
    hours: tours on which an officer claims a visit of a set of cooperatives fill his fair hours only as far as he leads
    some of them. Of cooperatives that he leads together one counts: each but the first may be tied to those before it
    in the set by one of its visits, and counts only as far as he claims none of them on the tour of that visit.
    """

    pair: Ints  # [n, C] number of a visit and another cooperative that have rows, or -1
    row: Ints  # [pairs, O] number of the row for that officer, or -1
    place: Shorts  # [O, SETS, C] places from 1 of the cooperatives of a row of claimed hours; 0 where not in it
    tied: Flags  # [O, SETS, n] whether the visit ties its cooperative to those before it
    rows: list[tuple[int, int, int]] = field(default_factory=list)  # visit, cooperative, officer
    names: Names | None = None  # where officers are names

    def add(self, visit: int, coop: int, officer: int) -> None:
        """A row that is not there yet."""
        if self.pair[visit, coop] < 0:
            self.pair[visit, coop] = len(self.row)
            self.row = np.vstack([self.row, np.full((1, self.row.shape[1]), -1, np.int64)])
        self.row[self.pair[visit, coop], officer] = len(self.rows)
        self.rows.append((visit, coop, officer))

    def known(self, visit: int, coop: int, officer: int) -> bool:
        """Whether there is such a row."""
        pair = self.pair[visit, coop]
        return bool(pair >= 0 and self.row[pair, officer] >= 0)

    def owed(self, duals: Duals) -> Floats:
        """[rows] baht that it costs to claim two at once; 0 for rows that were added after these prices."""
        return np.append(duals.same, np.zeros(len(self.rows) - len(duals.same)))

    def table(self, owed: Floats) -> Floats:
        """[pairs, O] what is ``owed`` for claiming two at once; 0 where there is no row."""
        return np.append(owed, 0.0)[self.row]

    @property
    def sets(self) -> Mask:
        """[O, SETS, C] whether the cooperative is in that row of claimed hours."""
        return self.place > 0

    @property
    def allowing(self) -> Mask:
        """[O, SETS, C] whether leading the cooperative allows fair hours in that row of claimed hours."""
        return self.sets if self.names is None else self.sets & self.names.own.T[:, None, :]

    def add_set(self, row: BusySet, most: int = SETS) -> bool:
        """Count hours of tours with claims of a set; False where the officer has ``most`` rows already."""
        free = np.flatnonzero(~self.sets[row.officer].any(axis=1))
        if len(free) <= SETS - most:
            return False
        slot = int(free[0])
        self.place[row.officer, slot, row.coops] = np.arange(1, len(row.coops) + 1)
        self.tied[row.officer, slot, row.ties] = 1
        return True


@dataclass(frozen=True)
class Duals:
    """A price in baht for each constraint of the relaxation, each within its allowed range."""

    visit: Floats  # [n] for planning the visit
    hour: Floats  # [O] for an hour on tours, 0 .. price of overload
    lead: Floats  # [n, O] for having that lead along, 0 .. price of a stand-in; 0 where not listed
    same: Floats  # [rows] for claiming two cooperatives on one route, at least 0
    claimed: Floats  # [O, SETS] for an hour on tours with claims of a set; with ``hour`` no more than overload
    # [n, O] for who rides alone to know the topics of visits that he claims; no rows where officers are no names
    charge: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    def towards(self, other: Duals, share: float) -> Duals:
        """Prices by ``share`` of the way to others; rows that only one of them prices cost nothing in the other."""
        same = np.zeros(max(len(self.same), len(other.same)))
        same[: len(self.same)] += (1 - share) * self.same
        same[: len(other.same)] += share * other.same
        pairs = ((getattr(self, name), getattr(other, name)) for name in ("visit", "hour", "lead", "claimed", "charge"))
        visit, hour, lead, claimed, charge = ((1 - share) * mine + share * its for mine, its in pairs)
        return Duals(visit, hour, lead, same, claimed, charge)


def no_lead_rows(relaxed: Relaxed) -> LeadRows:
    """No rows yet."""
    coops, officers = relaxed.barred.shape
    return LeadRows(np.full((len(relaxed.visit), coops), -1, np.int64), np.zeros((0, officers), np.int64),
                    np.zeros((officers, SETS, coops), np.int16),
                    np.zeros((officers, SETS, len(relaxed.visit)), np.uint8))  # fmt: skip


def shared_hours(relaxed: Relaxed) -> Floats:
    """[O] hours that leading any of a set fills at the most before somebody is overloaded; 0 where hours are free."""
    return np.where(np.isfinite(relaxed.fair), np.maximum(0.0, relaxed.fair), 0.0)


def no_leads(relaxed: Relaxed) -> LeadOptions:
    """Nobody: leads are free, and nobody is missed."""
    shape = relaxed.barred.shape
    return LeadOptions(np.zeros(shape, np.bool_), np.zeros(shape))


def lead_options(relaxed: Relaxed) -> LeadOptions:
    """Keeping the lead, and whom else it may be; nobody, so that leads are free, where they are too many."""
    coops, officers = relaxed.barred.shape
    listed = np.zeros((coops, officers), np.bool_)
    price = np.zeros((coops, officers))
    visits = np.bincount(relaxed.coop, minlength=coops)
    seen = relaxed.stand_in > 0 and coops * officers <= MOST_LEADS
    for c in range(coops if seen else 0):
        now = int(relaxed.first_lead[c])
        able = relaxed.barred[c] == 0
        if now < 0 or not able[now]:
            listed[c] = able
            continue
        listed[c, now] = True
        # a change dearer than all stand-ins it could save is never worth it
        if not relaxed.bound_lead[c] and visits[c] * relaxed.stand_in > relaxed.lead_change:
            listed[c] = able
            price[c] = relaxed.lead_change
            price[c, now] = 0.0
    return LeadOptions(listed, price)


def alike(relaxed: Relaxed, options: LeadOptions) -> Ints:
    """[O] the first officer whose hours, and whom as a lead, cost the same as this one's; topics may differ.

    Who is barred from a cooperative is alike those who are not.
    """
    first = np.arange(len(relaxed.skills))
    firsts: list[int] = []
    for o in first.tolist():
        listed, price = options.listed[:, firsts], options.price[:, firsts]
        differ = (listed & options.listed[:, [o]]) & (price != options.price[:, [o]])
        differ |= (listed != options.listed[:, [o]]) & (relaxed.barred[:, firsts] == relaxed.barred[:, [o]])
        same = (relaxed.base[firsts] == relaxed.base[o]) & (relaxed.fair[firsts] == relaxed.fair[o])
        found = np.flatnonzero(same & ~differ.any(axis=0))
        if len(found):
            first[o] = firsts[found[0]]
        else:
            firsts.append(o)
    return first


def lead_costs(relaxed: Relaxed, options: LeadOptions, lead_rows: LeadRows, duals: Duals) -> Floats:
    """[C, O] what each lead costs at the least at these prices, before its visits earn; inf where not listed."""
    by_lead = np.zeros(options.price.shape)
    np.add.at(by_lead, relaxed.coop, duals.lead)
    if len(duals.same):
        linked = np.array(lead_rows.rows[: len(duals.same)])
        np.subtract.at(by_lead, (linked[:, 1], linked[:, 2]), duals.same)
    if duals.claimed.any():
        by_lead -= np.einsum("ok,okc,o->co", duals.claimed, lead_rows.allowing, shared_hours(relaxed))
    if lead_rows.names is not None and duals.charge.any():
        own, knows, may = lead_rows.names
        paid_back = np.where(may.T, knows @ duals.charge, 0.0).max(axis=0, initial=0.0)
        by_lead -= own * paid_back
    return np.where(options.listed, by_lead + options.price, np.inf)


def certified(relaxed: Relaxed, options: LeadOptions, lead_rows: LeadRows, duals: Duals, excess: Floats) -> float:
    """The lower bound that ``duals`` prove, in baht.

    ``excess`` [n] is what to take off each visit's price so that no route earns more than it costs: the sum over the
    visits of a route is at least what the route would earn (all but ``BLUR``).
    """
    worth = duals.lead.max(axis=1, initial=0.0)
    visit = np.minimum(duals.visit - excess, relaxed.leave_out - worth)
    costs = lead_costs(relaxed, options, lead_rows, duals).min(axis=1, initial=np.inf)
    leads = np.where(options.listed.any(axis=1), costs, 0.0)
    paid = np.isfinite(relaxed.fair)
    hours = duals.hour[paid] * relaxed.fair[paid]
    tolls = float((relaxed.toll * relaxed.kind_days).sum())
    total = relaxed.sunk - tolls - relaxed.places + visit.sum() - hours.sum() + leads.sum()
    size = (
        abs(relaxed.sunk)
        + tolls
        + relaxed.places
        + sum(float(np.abs(part).sum()) for part in (visit, hours, duals.lead, duals.same, duals.charge))
        + float(((duals.claimed * lead_rows.sets.sum(axis=2)).sum(axis=1) * shared_hours(relaxed)).sum())
    )
    return float(total - BLUR * len(visit) - ROUNDING * (size + float(np.abs(leads).sum())))


def cleaned(relaxed: Relaxed, options: LeadOptions, lead_rows: LeadRows, duals: Duals) -> Duals:
    """``duals`` moved into their ranges, and without what a lead is priced above the cheapest one.

    A cooperative counts for its cheapest lead: what the visits of dearer ones are priced beyond that proves nothing,
    and lets more routes earn.
    """
    paid = np.isfinite(relaxed.fair)
    lead = np.where(options.listed[relaxed.coop], np.clip(duals.lead, 0.0, relaxed.stand_in), 0.0)
    each = np.maximum(0.0, np.column_stack([duals.hour, duals.claimed * lead_rows.sets.any(axis=2)]))
    total = each.sum(axis=1)
    each *= np.where(paid, np.minimum(1.0, relaxed.overload / np.maximum(total, 1e-12)), 0.0)[:, None]
    charge = np.clip(duals.charge, 0.0, lead) if len(duals.charge) else duals.charge
    within = Duals(duals.visit, each[:, 0].copy(), lead, np.maximum(duals.same, 0.0), each[:, 1:].copy(), charge)
    costs = lead_costs(relaxed, options, lead_rows, within)
    least = costs.min(axis=1, initial=np.inf, keepdims=True)
    spare = np.where(options.listed, costs - np.where(np.isfinite(least), least, 0.0), 0.0)
    asked = np.zeros(costs.shape)
    np.add.at(asked, relaxed.coop, lead)
    kept = np.clip(1.0 - spare / np.maximum(asked, 1e-12), 0.0, 1.0)
    lead = lead * kept[relaxed.coop]
    return replace(within, lead=lead, charge=np.minimum(charge, lead) if len(charge) else charge)
