"""Rows that shares of leads break: claims of two cooperatives at once, and hours that overload hides in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.columns import Columns
from optimizer.bounding.prices import BusySet, Mask
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: rows of the same set in order, with other ties
VARIANTS = 3
#: share of a column below which it counts for nothing
LEAST_SHARE = 1e-6


class Shares(NamedTuple):
    """Where the programme stands."""

    columns: Columns
    coop: Ints  # [n]
    shares: Floats  # [N] of the columns
    leads: Floats  # [C, O]
    first: Ints  # [O] of officers who are alike


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
def _own_columns(at: Shares, officer: int, own: Ints) -> int:
    """Write the columns on which he, or one who is alike, claims something, and who it is [N, 2]; returns how many."""
    claim, count = at.columns.claim, 0
    for c in range(len(at.shares)):
        if at.shares[c] <= LEAST_SHARE:
            continue
        for j in range(claim.shape[1]):
            who = claim[c, j]
            fresh = who >= 0 and at.first[who] == officer and (j == 0 or not (claim[c, :j] == who).any())
            if fresh and count < len(own):
                own[count, 0], own[count, 1] = c, who
                count += 1
    return count


@compiled
def _rank_ties(coop: Ints, shared: Floats, chosen: int, ties: Ints) -> None:
    """Write the visits of cooperative ``chosen`` by the share of tours on which others are claimed, -1 behind them."""
    ties[:] = -1
    count = 0
    for v in range(len(coop)):
        if coop[v] == chosen and shared[v] > 0.0:
            at = min(count, len(ties) - 1)
            if count >= len(ties) and shared[v] <= shared[ties[at]]:
                continue
            while at > 0 and shared[v] > shared[ties[at - 1]]:
                ties[at] = ties[at - 1]
                at -= 1
            ties[at] = v
            count += 1


@compiled
def _busiest_set(at: Shares, own: Ints, fair: float, officer: int, coops: Ints, ties: Ints) -> tuple[float, int]:
    """Choose cooperatives whose claims fill most hours beyond ``fair`` ones of his leads in them; writes them in order.

    One by one, always the one that adds most: tours with claims of others that are chosen count already, and it counts
    only as far as he claims none of these on the tour of one of its visits, its tie. Writes into ``ties`` [C, T] its
    visits by how much they would tie it, -1 behind them. Returns the hours beyond, and how many are chosen.
    """
    columns, coop, shares = at.columns, at.coop, at.shares
    leads = at.leads[:, officer]
    held, chosen = np.zeros(len(own), np.uint8), np.zeros(len(leads), np.uint8)
    beyond, count = 0.0, 0
    adds, tie, shared = np.empty(len(leads)), np.empty(len(leads)), np.empty(len(coop))
    while True:
        adds[:] = -fair * leads
        shared[:] = 0.0
        for i in range(len(own)):
            c = own[i, 0]
            for j in range(columns.visits.shape[1]):
                v = columns.visits[c, j]
                if v >= 0 and columns.claim[c, j] == own[i, 1]:
                    if held[i]:
                        shared[v] += shares[c]
                    else:
                        adds[coop[v]] += shares[c] * columns.hours[c]
        tie[:] = 0.0
        for v in range(len(coop)):
            tie[coop[v]] = max(tie[coop[v]], shared[v])
        for k in range(len(leads)):
            adds[k] = 0.0 if chosen[k] else adds[k] + fair * tie[k]
        best = adds.argmax()
        if adds[best] <= 1e-9:
            return beyond, count
        beyond += adds[best]
        chosen[best], coops[count] = 1, best
        _rank_ties(coop, shared, int(best), ties[count])
        count += 1
        for i in range(len(own)):
            c = own[i, 0]
            for j in range(columns.visits.shape[1]):
                v = columns.visits[c, j]
                if v >= 0 and columns.claim[c, j] == own[i, 1] and coop[v] == best:
                    held[i] = 1


def busy_sets(at: Shares, fair: Floats, paid: Mask, most: Floats) -> list[BusySet]:
    """Sets of cooperatives whose claims fill more than ``most`` [O] hours beyond the ``fair`` ones, of those ``paid``.

    Of each officer, or of all who are alike, the one that says most; and ``VARIANTS`` in all, the others with the next
    best tie of each cooperative, if it has one: shares would break these next.
    """
    coops, ties = np.zeros(len(at.leads), np.int64), np.zeros((len(at.leads), VARIANTS), np.int64)
    own = np.empty((2 * len(at.shares) + 1000, 2), np.int64)
    sets: list[BusySet] = []
    for officer in np.flatnonzero(paid & (at.first == np.arange(len(paid)))).tolist():
        mine = own[: _own_columns(at, officer, own)]
        beyond, count = _busiest_set(at, mine, float(fair[officer]), officer, coops, ties)
        if beyond <= most[officer]:
            continue
        known = (ties[:count] >= 0).sum(axis=1)
        for number in range(VARIANTS if (at.first == officer).sum() > 1 else 1):
            tied = ties[np.arange(count), number % np.maximum(1, known)][known > 0]
            sets.append(BusySet(officer, coops[:count].tolist(), tied.tolist()))
    return sets
