"""Rows that shares of leads break: claims of two cooperatives at once, and hours that overload hides in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.columns import Columns
from optimizer.bounding.prices import BusySet, Mask
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: share of a column below which it counts for nothing
LEAST_SHARE = 1e-6


class Shares(NamedTuple):
    """Where the programme stands."""

    columns: Columns
    coop: Ints  # [n]
    shares: Floats  # [N] of the columns
    leads: Floats  # [C, O]


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
def _own_columns(at: Shares, officer: int) -> Ints:
    """The columns on which he claims something."""
    own, count = np.empty(len(at.shares), np.int64), 0
    for c in range(len(at.shares)):
        if at.shares[c] > LEAST_SHARE and (at.columns.claim[c] == officer).any():
            own[count] = c
            count += 1
    return own[:count]


@compiled
def _busiest_set(at: Shares, own: Ints, fair: float, officer: int, coops: Ints, ties: Ints) -> tuple[float, int]:
    """Choose cooperatives whose claims fill most hours beyond ``fair`` ones of his leads in them; writes them in order.

    One by one, always the one that adds most: tours with claims of others that are chosen count already, and it counts
    only as far as he claims none of these on the tour of one of its visits, its tie, written into ``ties``, or -1.
    Returns the hours beyond, and how many are chosen.
    """
    columns, coop, shares = at.columns, at.coop, at.shares
    leads = at.leads[:, officer]
    held, chosen = np.zeros(len(own), np.uint8), np.zeros(len(leads), np.uint8)
    beyond, count = 0.0, 0
    adds, tie, shared = np.empty(len(leads)), np.empty(len(leads)), np.empty(len(coop))
    at_visit = np.empty(len(leads), np.int64)
    while True:
        adds[:] = -fair * leads
        shared[:] = 0.0
        for i in range(len(own)):
            c = own[i]
            for j in range(columns.visits.shape[1]):
                v = columns.visits[c, j]
                if v >= 0 and columns.claim[c, j] == officer:
                    if held[i]:
                        shared[v] += shares[c]
                    else:
                        adds[coop[v]] += shares[c] * columns.hours[c]
        tie[:], at_visit[:] = 0.0, -1
        for v in range(len(coop)):
            if shared[v] > tie[coop[v]]:
                tie[coop[v]], at_visit[coop[v]] = shared[v], v
        for k in range(len(leads)):
            adds[k] = 0.0 if chosen[k] else adds[k] + fair * tie[k]
        best = adds.argmax()
        if adds[best] <= 1e-9:
            return beyond, count
        beyond += adds[best]
        chosen[best], coops[count], ties[count] = 1, best, at_visit[best]
        count += 1
        for i in range(len(own)):
            c = own[i]
            for j in range(columns.visits.shape[1]):
                v = columns.visits[c, j]
                if v >= 0 and columns.claim[c, j] == officer and coop[v] == best:
                    held[i] = 1


def busy_sets(at: Shares, fair: Floats, paid: Mask, most: Floats) -> list[BusySet]:
    """Sets of cooperatives whose claims fill more than ``most`` [O] hours beyond the ``fair`` ones, of those ``paid``.

    Of each officer the one that says most.
    """
    coops, ties = np.zeros((2, len(at.leads)), np.int64)
    sets: list[BusySet] = []
    for officer in np.flatnonzero(paid).tolist():
        own = _own_columns(at, officer)
        beyond, count = _busiest_set(at, own, float(fair[officer]), officer, coops, ties)
        if beyond > most[officer]:
            sets.append(BusySet(officer, coops[:count].tolist(), ties[:count][ties[:count] >= 0].tolist()))
    return sets
