"""Rows that shares of leads break: claims of two cooperatives at once, and hours that overload hides in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.columns import Columns
from optimizer.bounding.prices import Mask
from optimizer.compiling import compiled
from optimizer.instance import Flags, Floats, Ints

#: share of a column below which it counts for nothing
LEAST_SHARE = 1e-6


class Shares(NamedTuple):
    """Where the programme stands."""

    columns: Columns
    coop: Ints  # [n]
    shares: Floats  # [N] of the columns
    leads: Floats  # [C, O]


class BusySet(NamedTuple):
    """A row of claimed hours: see :meth:`LeadRows.add_set`."""

    officer: int
    coops: Mask  # [C]
    forest: list[tuple[int, int]]  # links, each a visit and another cooperative


@compiled
def claimed_together(columns: Columns, coop: Ints, shares: Floats, out: Ints, amount: Floats) -> int:
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
def _ties(at: Shares, officer: int, tie: Floats, visit: Ints) -> Ints:
    """Write the share of tours on which he claims two cooperatives [C, C], of one visit of either; the most of these.

    ``visit`` [C, C] gets that visit. Returns the columns on which he claims something.
    """
    columns, coop, shares, _ = at
    own = np.empty(len(shares), np.int64)
    count = 0
    for c in range(len(shares)):
        if shares[c] > LEAST_SHARE and (columns.claim[c] == officer).any():
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
def _busiest_set(at: Shares, own: Ints, fair: float, officer: int, tie: Floats, tied: bool, chosen: Flags) -> float:
    """Choose cooperatives [C] whose claims fill most hours beyond ``fair`` ones of his leads in them; returns how many.

    One by one, always the one that adds most: tours with claims of others that are chosen count already. ``tied``: it
    adds fair hours as well, as far as he leads it together with one of these.
    """
    columns, coop, shares = at.columns, at.coop, at.shares
    leads = at.leads[:, officer]
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


def busy_sets(at: Shares, fair: Floats, paid: Mask, most: Floats) -> list[BusySet]:
    """Sets of cooperatives whose claims fill more than ``most`` [O] hours beyond the ``fair`` ones, of those ``paid``.

    Of each officer the set that says most without a forest, and with one.
    """
    coops = len(at.leads)
    chosen, parent = np.zeros(coops, np.uint8), np.zeros(coops, np.int64)
    tie, visit = np.zeros((coops, coops)), np.zeros((coops, coops), np.int64)
    sets: list[BusySet] = []
    for officer in np.flatnonzero(paid).tolist():
        own = _ties(at, officer, tie, visit)
        before: Mask | None = None
        for tied in (False, True):
            beyond = _busiest_set(at, own, float(fair[officer]), officer, tie, tied, chosen)
            linked = _forest(tie, chosen, parent)
            beyond += 0.0 if tied else float(fair[officer]) * linked
            if beyond <= most[officer] or (before is not None and (before == chosen).all()):
                continue
            before = chosen.astype(np.bool_)
            links = [(int(k), int(parent[k])) for k in np.flatnonzero(parent >= 0)]
            forest = [(int(visit[k, p]), p if at.coop[visit[k, p]] == k else k) for k, p in links]
            sets.append(BusySet(officer, before, forest))
    return sets
