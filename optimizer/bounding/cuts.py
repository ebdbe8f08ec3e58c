"""Cuts: of the outings that hold two or three of the same three visits, a plan has at most one.

True of every plan, as each visit is in one outing, but not of mixtures of outings (subset-row inequalities).
"""

from __future__ import annotations

import numpy as np

from optimizer.bounding.outings import Outings
from optimizer.instance import Floats, Ints
from optimizer.search.compiling import compiled


@compiled
def _broken(together: Floats, three_way: Floats, first: Ints, count: int, least: float, triples: Ints,
            amount: Floats) -> int:  # fmt: skip
    found = 0
    for i in range(count):
        for j in range(i + 1, count):
            for k in range(j + 1, count):
                links = (together[i, j] > 0) + (together[i, k] > 0) + (together[j, k] > 0)
                if links < 2:
                    continue
                held = together[i, j] + together[i, k] + together[j, k]
                if held <= 1 + least:
                    continue
                for t in range(first[i], first[i + 1]):
                    if three_way[t, 0] == j and three_way[t, 1] == k:
                        held -= 2 * three_way[t, 2]
                if held > 1 + least and found < len(amount):
                    triples[found, 0], triples[found, 1], triples[found, 2] = i, j, k
                    amount[found] = held - 1
                    found += 1
    return found


def broken_cuts(count: int, chosen: list[tuple[tuple[int, ...], float]], least: float, most: int) -> Ints:
    """[M, 3] the triples of visits whose cut the mixture ``chosen`` (visits, share) of outings breaks worst."""
    together = np.zeros((count, count))
    threes: dict[tuple[int, int, int], float] = {}
    for visits, share in chosen:
        for a, i in enumerate(visits):
            for b in range(a + 1, len(visits)):
                together[i, visits[b]] += share
                for c in range(b + 1, len(visits)):
                    key = (i, visits[b], visits[c])
                    threes[key] = threes.get(key, 0.0) + share
    rows = np.array([(*key, share) for key, share in sorted(threes.items())]).reshape(-1, 4)
    first = np.searchsorted(rows[:, 0], np.arange(count + 1)).astype(np.int64)
    triples, amount = np.empty((100_000, 3), np.int64), np.empty(100_000)
    found = _broken(together, np.ascontiguousarray(rows[:, 1:]), first, count, least, triples, amount)
    order = np.argsort(-amount[:found], kind="stable")[:most]
    return triples[order]


@compiled
def _held(visits: Ints, marked: Ints, rows: Ints) -> int:
    found = 0
    for s in range(len(visits)):
        number = 0
        for j in range(visits.shape[1]):
            number += marked[visits[s, j]]
        if number >= 2:
            rows[found] = s
            found += 1
    return found


def rows_of_cut(outings: list[Outings], triple: Ints, count: int) -> list[Ints]:
    """For each entry of ``outings``, the rows that a cut counts."""
    marked = np.zeros(count, np.int64)
    marked[triple] = 1
    result = []
    for block in outings:
        rows = np.empty(len(block.visits), np.int64)
        result.append(rows[: _held(block.visits, marked, rows)].copy())
    return result
