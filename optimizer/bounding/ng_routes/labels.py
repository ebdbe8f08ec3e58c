"""Labels: ways from the office to a visit, kept where no other one is at least as good in everything."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: labels of one visit that lie side by side
BLOCK = 32


class Labels(NamedTuple):
    """Labels that are kept, in blocks of one visit each, added in the order of their load; numbered by their place."""

    cost: Floats  # [L] baht so far, less what the visits bring
    start: Floats  # [L] minutes
    load: Ints  # [L] steps
    before: Ints  # [L] the label that it extends, or -1
    memory: Ints  # [L, W] bits of the cooperatives that it remembers
    odd: Ints  # [L] bits of the cuts of which it has one visit over
    node: Ints  # [B] visit of each block
    filled: Ints  # [B] labels in it
    cheapest: Floats  # [B]
    soonest: Floats  # [B]
    previous: Ints  # [B] the block of the same visit that was filled before, or -1
    last: Ints  # [m] the block of each visit that is being filled, or -1
    used: Ints  # [1] blocks


class Waiting(NamedTuple):
    """Labels that wait for their load's turn, in a list for each load."""

    cost: Floats  # [L]
    start: Floats  # [L]
    node: Ints  # [L]
    before: Ints  # [L]
    memory: Ints  # [L, W]
    odd: Ints  # [L]
    next: Ints  # [L] in the list of the load, or of places that are free
    first: Ints  # [K + 1] by load; the last one: the places that are free


def labels_for(most: int, count: int, words: int, steps: int) -> tuple[Labels, Waiting]:
    """Room for ``most`` labels of ``count`` visits, and for as many that wait."""
    blocks = most // BLOCK + count
    size = blocks * BLOCK
    labels = Labels(
        np.empty(size), np.empty(size), np.empty(size, np.int64), np.empty(size, np.int64),
        np.empty((size, words), np.int64), np.empty(size, np.int64), np.empty(blocks, np.int64),
        np.empty(blocks, np.int64), np.empty(blocks), np.empty(blocks), np.empty(blocks, np.int64),
        np.empty(count, np.int64), np.empty(1, np.int64),
    )  # fmt: skip
    waiting = Waiting(
        np.empty(most), np.empty(most), np.empty(most, np.int64), np.empty(most, np.int64),
        np.empty((most, words), np.int64), np.empty(most, np.int64), np.empty(most, np.int64),
        np.empty(steps + 1, np.int64),
    )  # fmt: skip
    return labels, waiting


@compiled
def clear(labels: Labels, waiting: Waiting) -> None:
    """Forget all labels."""
    labels.last[:], labels.used[0] = -1, 0
    waiting.first[:] = -1
    for i in range(len(waiting.next)):
        waiting.next[i] = i - 1
    waiting.first[-1] = len(waiting.next) - 1


@compiled
def toll_of(cuts: int, toll: Floats) -> float:
    """Baht of these cuts, given by their bits."""
    total, k = 0.0, 0
    while cuts:
        if cuts & 1:
            total += toll[k]
        cuts >>= 1
        k += 1
    return total


@compiled
def is_beaten(
    labels: Labels, node: int, cost: float, start: float, memory: Ints, odd: int, toll: Floats, careful: bool
) -> bool:  # fmt: skip
    """Whether a label there is no dearer, no later and remembers no more; none has more load than those to come.

    What one owes to cuts of which it has a visit over, and the other has not, counts as its cost. Where not
    ``careful``, what it remembers does not count: few labels are kept then, which prove nothing.
    """
    block = labels.last[node]
    while block >= 0:
        if labels.cheapest[block] <= cost and labels.soonest[block] <= start:
            for i in range(block * BLOCK, block * BLOCK + labels.filled[block]):
                if labels.cost[i] <= cost and labels.start[i] <= start:
                    good = True
                    for w in range(len(memory) if careful else 0):
                        good = good and labels.memory[i, w] & ~memory[w] == 0
                    owes = labels.odd[i] & ~odd
                    if good and (owes == 0 or labels.cost[i] + toll_of(owes, toll) <= cost):
                        return True
        block = labels.previous[block]
    return False


@compiled
def keep(labels: Labels, node: int, load: int, cost: float, start: float, before: int, memory: Ints, odd: int) -> int:
    """Add a label; returns its number, or -1 where there is no room."""
    block = labels.last[node]
    if block < 0 or labels.filled[block] == BLOCK:
        new = labels.used[0]
        if new == len(labels.node):
            return -1
        labels.used[0] += 1
        labels.node[new], labels.filled[new], labels.previous[new] = node, 0, block
        labels.cheapest[new], labels.soonest[new] = np.inf, np.inf
        labels.last[node], block = new, new
    i = block * BLOCK + labels.filled[block]
    labels.filled[block] += 1
    labels.cheapest[block] = min(labels.cheapest[block], cost)
    labels.soonest[block] = min(labels.soonest[block], start)
    labels.cost[i], labels.start[i], labels.load[i], labels.before[i] = cost, start, load, before
    labels.memory[i], labels.odd[i] = memory, odd
    return i


@compiled
def wait(
    waiting: Waiting, node: int, load: int, cost: float, start: float, before: int, memory: Ints, odd: int
) -> bool:  # fmt: skip
    """Put a label into the list of its load; whether there was room."""
    i = waiting.first[-1]
    if i < 0:
        return False
    waiting.first[-1] = waiting.next[i]
    waiting.cost[i], waiting.start[i], waiting.node[i], waiting.before[i] = cost, start, node, before
    waiting.memory[i], waiting.odd[i] = memory, odd
    waiting.next[i], waiting.first[load] = waiting.first[load], i
    return True
