"""The cheapest ng-routes of a shift at given prices, by labels (Baldacci, Mingozzi, Roberti 2011).

A label is a way from the office to a visit. It remembers the cooperatives it has been at, as far as those in between
have them among their nearest; it may not come back to one it remembers. Each tour that a plan can drive is such a way.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.ng_routes.completion import Table, by_load, by_time, home_from
from optimizer.bounding.ng_routes.shifts import WORD, Ground
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: labels of one search at most
MOST_LABELS = 200_000


class Labels(NamedTuple):
    """Labels by number, in lists by visit (ascending cost) and by load, in whose order they are extended."""

    node: Ints
    before: Ints  # the label that it extends, or -1
    load: Ints
    start: Floats  # minutes
    cost: Floats
    memory: Ints  # [L, W]
    next: Ints  # in the list of the visit; -2: another label is as good
    later: Ints  # in the list of the load
    first: Ints  # [m] by visit
    queue: Ints  # [K] by load


class Ends(NamedTuple):
    """Tours found: where they end, and what each costs less what it earns."""

    label: Ints  # [M]
    other: Ints  # [M] where the part ends that is driven backwards, or -1
    cost: Floats  # [M]


def labels_for(most: int, count: int, words: int, steps: int) -> Labels:
    """Room for labels."""
    return Labels(
        np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most), np.empty(most),
        np.empty((most, words), np.int64), np.empty(most, np.int64), np.empty(most, np.int64),
        np.empty(count, np.int64), np.empty(steps, np.int64),
    )  # fmt: skip


def table_for(count: int, levels: int) -> Table:
    """Room for a table of ways home."""
    shape = count, levels
    return Table(np.empty(shape), np.empty(shape, np.int64), np.empty(shape))


@compiled
def _settled(labels: Labels, node: int, load: int, start: float, cost: float, memory: Ints) -> int:
    """The label of the visit behind which a new one belongs (-1: first); -2 where one that is there is as good."""
    at, behind = labels.first[node], -1
    while at >= 0 and labels.cost[at] <= cost:
        if labels.load[at] <= load and labels.start[at] <= start:
            subset = True
            for w in range(len(memory)):
                subset = subset and labels.memory[at, w] & ~memory[w] == 0
            if subset:
                return -2
        behind, at = at, labels.next[at]
    return behind


@compiled
def _put(labels: Labels, new: int, behind: int) -> None:
    """Put a label into the lists, and strike out those of its visit that are no better."""
    node = labels.node[new]
    at = labels.first[node] if behind < 0 else labels.next[behind]
    labels.next[new] = at
    if behind < 0:
        labels.first[node] = new
    else:
        labels.next[behind] = new
    last = new
    while at >= 0:
        worse = labels.load[new] <= labels.load[at] and labels.start[new] <= labels.start[at]
        for w in range(labels.memory.shape[1]):
            worse = worse and labels.memory[new, w] & ~labels.memory[at, w] == 0
        following = labels.next[at]
        if worse:
            labels.next[last], labels.next[at] = following, -2
        else:
            last = at
        at = following
    k = labels.load[new]
    labels.later[new], labels.queue[k] = labels.queue[k], new


@compiled
def _home(ground: Ground, loads: Table, times: Table, node: int, load: int, start: float, before: int) -> float:
    """The least baht home from a visit."""
    return max(home_from(loads, node, load, before), home_from(times, node, int(start / ground.step), before))


@compiled
def _goes_both_ways(ground: Ground) -> bool:
    """Whether each tour can be driven backwards: ways are as long, and nobody waits or is too late but at the end."""
    count = len(ground.coop)
    for i in range(count):
        if ground.opens[i] > 0.0 or ground.closes[i] + ground.way[i, count] < ground.end:
            return False
        for j in range(i):
            same = abs(ground.km[i, j] - ground.km[j, i]) < 1e-9
            if not same or abs(ground.way[i, j] - ground.way[i, i] - ground.way[j, i] + ground.way[j, j]) > 1e-9:
                return False
        same = abs(ground.km[i, count] - ground.km[count, i]) < 1e-9
        if not same or abs(ground.way[i, count] - ground.way[i, i] - ground.way[count, i]) > 1e-9:
            return False
    return True


@compiled
def _join(ground: Ground, labels: Labels, half: int, reach: float, ends: Ends, found: int,
          least: float) -> tuple[int, float]:  # fmt: skip
    """Tours of a way that is just beyond half of the load, and one that comes from the other side."""
    count = len(ground.coop)
    for i in range(count):
        f = labels.first[i]
        while f >= 0:
            for j in range(count if labels.load[f] > half else 0):
                if ground.coop[j] == ground.coop[i]:
                    continue
                before = labels.cost[f] + ground.km[i, j] - ground.tour
                b = labels.first[j]
                # where there is room for no more, only a cheaper one is worth knowing
                while b >= 0 and before + labels.cost[b] < (reach if found < len(ends.label) else min(reach, least)):
                    fits = labels.load[b] <= half and labels.load[f] + labels.load[b] <= ground.capacity
                    fits = (
                        fits and labels.start[f] + ground.way[i, j] + ground.way[j, j] + labels.start[b] <= ground.end
                    )
                    for w in range(labels.memory.shape[1]):
                        fits = fits and labels.memory[f, w] & labels.memory[b, w] == 0
                    if fits:
                        whole = before + labels.cost[b]
                        least = min(least, whole)
                        if found < len(ends.label):
                            ends.label[found], ends.other[found], ends.cost[found] = f, b, whole
                            found += 1
                        break  # the others there are dearer
                    b = labels.next[b]
            f = labels.next[f]
    return found, least


@compiled
def search(ground: Ground, price: Floats, reach: float, loads: Table, times: Table, labels: Labels,
           most: int, ends: Ends) -> tuple[int, float, bool]:  # fmt: skip
    """Tours that cost less than ``reach``: how many were written to ``ends``, the least baht of any tour, and whether
    that is exact: else more than ``most`` labels were needed, and it comes from the tables.

    Where tours can be driven backwards, labels are extended up to half of the load only, and joined.
    """
    count = len(ground.coop)
    half = ground.capacity // 2 if _goes_both_ways(ground) else ground.capacity
    by_load(ground, price, loads)
    by_time(ground, price, times)
    labels.first[:], labels.queue[:] = -1, -1
    made, found, least, sure = 0, 0, np.inf, np.inf
    memory = np.empty(labels.memory.shape[1], np.int64)
    k, current, depot = 0, -1, True
    while True:
        if not depot:
            while k <= half and labels.queue[k] < 0:
                k += 1
            if k > half:
                break
            current = labels.queue[k]
            labels.queue[k] = labels.later[current]
            if labels.next[current] == -2:
                continue
        here = count if depot else labels.node[current]
        for j in range(count):
            if not depot and labels.memory[current, ground.coop[j] // WORD] >> (ground.coop[j] % WORD) & 1:
                continue
            load = ground.load[j] + (0 if depot else labels.load[current])
            start = max((0.0 if depot else labels.start[current]) + ground.way[here, j], ground.opens[j])
            if load > ground.capacity or start > ground.closes[j] or start + ground.way[j, count] > ground.end:
                continue
            cost = (ground.tour if depot else labels.cost[current]) + ground.km[here, j] - price[j]
            whole = cost + _home(ground, loads, times, j, load, start, -1 if depot else here)
            if depot:
                sure = min(sure, whole)
            if whole >= reach:
                continue
            for w in range(len(memory)):
                memory[w] = 0 if depot else labels.memory[current, w] & ground.near[j, w]
            memory[ground.coop[j] // WORD] |= 1 << (ground.coop[j] % WORD)
            behind = _settled(labels, j, load, start, cost, memory)
            if behind == -2:
                continue
            if made >= most:
                if half < ground.capacity:
                    found, least = _join(ground, labels, half, reach, ends, found, least)
                return found, sure, False
            labels.node[made], labels.before[made] = j, -1 if depot else current
            labels.load[made], labels.start[made], labels.cost[made] = load, start, cost
            labels.memory[made] = memory
            _put(labels, made, behind)
            back = cost + ground.km[j, count]
            if back < reach:
                least = min(least, back)
                if found < len(ends.label):
                    ends.label[found], ends.other[found], ends.cost[found] = made, -1, back
                    found += 1
            made += 1
        depot = False
    if half < ground.capacity:
        found, least = _join(ground, labels, half, reach, ends, found, least)
    return found, min(least, reach), True


@compiled
def _write(labels: Labels, label: int, out: Ints, size: int) -> int:
    while label >= 0 and size < len(out):
        out[size] = labels.node[label]
        size += 1
        label = labels.before[label]
    return size


@compiled
def tour_of(labels: Labels, ends: Ends, e: int, out: Ints) -> int:
    """Write the visits of a tour found into ``out``, in no order; returns how many they are."""
    return _write(labels, ends.other[e], out, _write(labels, ends.label[e], out, 0))
