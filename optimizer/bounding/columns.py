"""The columns of the restricted master, routes with crews, and what they bring to its rows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.primal_dual import Matrix
from optimizer.compiling import compiled
from optimizer.instance import Flags, Floats, Ints, Shorts


class Columns(NamedTuple):
    """Routes with crews. Rows of ``visits``, ``crew`` and ``claim`` are padded with -1."""

    visits: Ints  # [N, k]
    claim: Ints  # [N, k] who claims each visit as its lead
    crew: Ints  # [N, s]
    km: Floats  # [N] baht of kilometres in the cheapest car of all
    hours: Floats  # [N]
    cost: Floats  # [N]
    alone: Ints  # [N] 1 where one officer rides, and nobody is missing


class Rows(NamedTuple):
    """Where a column's entries go: rows of visits from 0, then of hours, claims, and leading two at once."""

    hour: Ints  # [O] of each officer his own, and those of claimed hours behind it
    place: Shorts  # [O, SETS, C] places of the cooperatives whose claims count there, or 0
    tied: Flags  # [O, SETS, n] whether the visit ties its cooperative to those before it
    fair: Floats  # [O] hours that each tie takes off there
    claim: Ints  # [n, O] row of a claim, or -1
    alone: Ints  # [n, O] row of a claim of who rides alone, or -1
    same: int
    coop: Ints  # [n]
    pair: Ints  # [n, C]
    same_row: Ints  # [pairs, O]


@compiled
def _claimed(columns: Columns, rows: Rows, c: int, officer: int, takes: Floats) -> None:
    """Write the hours that a column takes in each row of claimed hours of the officer [SETS]."""
    width = columns.visits.shape[1]
    for k in range(len(takes)):
        takes[k] = 0.0
        place = rows.place[officer, k]
        for j in range(width):
            v = columns.visits[c, j]
            if v < 0 or columns.claim[c, j] != officer or rows.claim[v, officer] < 0 or place[rows.coop[v]] == 0:
                continue
            if takes[k] == 0.0:
                takes[k] = columns.hours[c]
            if rows.tied[officer, k, v]:
                for i in range(width):
                    u = columns.visits[c, i]
                    if u >= 0 and columns.claim[c, i] == officer and 0 < place[rows.coop[u]] < place[rows.coop[v]]:
                        takes[k] += rows.fair[officer]
                        break


@compiled
def entries(columns: Columns, rows: Rows, paid: Floats) -> Matrix:
    """The matrix of the columns."""
    number, width = columns.visits.shape
    seats, each = columns.crew.shape[1], 1 + rows.place.shape[1]
    start = np.zeros(number + 1, np.int64)
    row = np.empty(number * (3 * width + seats) + 16, np.int64)
    factor = np.empty(len(row))
    count = 0
    takes, most = np.empty(each - 1), 3 * width + seats * each + width * width
    for c in range(number):
        if count + most > len(row):
            more = len(row) + most
            row = np.concatenate((row, np.empty(more, np.int64)))
            factor = np.concatenate((factor, np.empty(more)))
        for m in range(seats):
            o = columns.crew[c, m]
            if o >= 0 and paid[o] > 0:
                own = rows.hour[o]
                row[count], factor[count] = own, -columns.hours[c]
                count += 1
                _claimed(columns, rows, c, o, takes)
                for k in range(each - 1):
                    if takes[k] != 0.0:
                        row[count], factor[count] = own + 1 + k, -takes[k]
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
            if columns.alone[c] and rows.alone[v, o] >= 0:
                row[count], factor[count] = rows.alone[v, o], -1.0
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
def spread(visits: Ints, order: Ints, held: Ints, most: int, each: int, chosen: Ints) -> int:
    """Write the first ``most`` routes in ``order`` of which some visit is held by fewer than ``each`` before."""
    taken = 0
    for i in order:
        least = each
        for v in visits[i]:
            if v >= 0:
                least = min(least, held[v])
        if least < each:
            for v in visits[i]:
                if v >= 0:
                    held[v] += 1
            chosen[taken] = i
            taken += 1
            if taken == most:
                break
    return taken
