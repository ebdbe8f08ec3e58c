"""The cheapest ng-routes of a shift at given prices, by labels (Baldacci, Mingozzi, Roberti 2011).

A label is a way from the office to a visit. It remembers the cooperatives it has been at, as far as those in between
remember them; it may not come back to one it remembers. Each tour that a plan can drive is such a way.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.ng_routes.completion import Table, home_from
from optimizer.bounding.ng_routes.labels import BLOCK, Labels, Waiting, clear, is_beaten, keep, toll_of, wait
from optimizer.bounding.ng_routes.memory import WORD
from optimizer.bounding.ng_routes.shifts import Ground
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints


class Ends(NamedTuple):
    """Tours found: where they end, and what each costs less what it earns."""

    label: Ints  # [M]
    other: Ints  # [M] where the part ends that is driven backwards, or -1
    cost: Floats  # [M]


class Sorted(NamedTuple):
    """Labels up to half of the load, each visit's in the order of their cost."""

    first: Ints  # [m + 1]
    label: Ints
    cost: Floats
    start: Floats
    load: Ints
    memory: Ints  # [., W]
    odd: Ints


@compiled
def goes_both_ways(ground: Ground) -> bool:
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
def _home(ground: Ground, loads: Table, times: Table, node: int, load: int, start: float, before: int) -> float:
    """The least baht home from a visit."""
    return max(home_from(loads, node, load, before), home_from(times, node, int(start / ground.step), before))


class Way(NamedTuple):
    """The label that is extended; ``number`` -1: the office."""

    number: int
    node: int
    load: int
    start: float
    cost: float
    memory: Ints  # [W]
    odd: int


@compiled
def _extend(
    ground: Ground, price: Floats, reach: float, loads: Table, times: Table, labels: Labels, waiting: Waiting,
    way: Way, following: Ints, careful: bool, memory: Ints,
) -> tuple[float, bool]:  # fmt: skip
    """Let the ways on to the visits that follow wait for their turn: the least that one promises, and whether there
    was room."""
    least = np.inf
    count = len(ground.coop)
    for j in following:
        word, bit = ground.coop[j] // WORD, 1 << (ground.coop[j] % WORD)
        if way.memory[word] & bit:
            continue
        load = way.load + ground.load[j]
        start = max(way.start + ground.way[way.node, j], ground.opens[j])
        if load > ground.capacity or start > ground.closes[j] or start + ground.way[j, count] > ground.end:
            continue
        cost = way.cost + ground.km[way.node, j] - price[j]
        if way.odd & ground.cut[j]:
            cost += toll_of(way.odd & ground.cut[j], ground.toll)
        promise = cost + _home(ground, loads, times, j, load, start, way.node if way.number >= 0 else -1)
        least = min(least, promise)
        if promise >= reach:
            continue
        for w in range(len(memory)):
            memory[w] = way.memory[w] & ground.near[j, w]
        memory[word] |= bit
        odd = way.odd ^ ground.cut[j]
        if is_beaten(labels, j, cost, start, memory, odd, ground.toll, careful):
            continue
        if not wait(waiting, j, load, cost, start, way.number, memory, odd):
            return least, False
    return least, True


@compiled
def search(
    ground: Ground, price: Floats, reach: float, loads: Table, times: Table, labels: Labels, waiting: Waiting,
    half: int, most: int, following: Ints, careful: bool, ends: Ends,
) -> tuple[int, float, float, bool]:  # fmt: skip
    """Extend labels that may come home below ``reach``, in the order of their load, those of ``half`` at most.

    ``following`` [m, n] are the visits that may follow each; where these are not all, or not
    ``careful``, what is seen proves nothing.

    Returns how many tours below ``reach`` were written to ``ends``, the least baht of any that was seen, what no tour
    undercuts by the tables, and whether all was seen: else more than ``most`` labels were needed.
    """
    count, words = len(ground.coop), labels.memory.shape[1]
    clear(labels, waiting)
    found, least, taken = 0, np.inf, 0
    memory, room = np.empty(words, np.int64), np.empty(words, np.int64)
    office = Way(-1, count, 0, 0.0, ground.tour, np.zeros(words, np.int64), 0)
    everywhere = np.arange(count)
    sure, complete = _extend(ground, price, reach, loads, times, labels, waiting, office, everywhere, careful, room)
    for k in range(ground.capacity + 1):
        w = waiting.first[k]
        while w >= 0 and complete:
            here, cost, start, odd = waiting.node[w], waiting.cost[w], waiting.start[w], waiting.odd[w]
            before, after = waiting.before[w], waiting.next[w]
            memory[:] = waiting.memory[w]
            waiting.next[w], waiting.first[-1] = waiting.first[-1], w
            w = after
            if is_beaten(labels, here, cost, start, memory, odd, ground.toll, careful):
                continue
            number = keep(labels, here, k, cost, start, before, memory, odd)
            taken += 1
            if number < 0 or taken > most:
                return found, least, sure, False
            back = cost + ground.km[here, count]
            if back < reach:
                least = min(least, back)
                if found < len(ends.label):
                    ends.label[found], ends.other[found], ends.cost[found] = number, -1, back
                    found += 1
            if k <= half:
                way = Way(number, here, k, start, cost, memory, odd)
                _, complete = _extend(
                    ground, price, reach, loads, times, labels, waiting, way, following[here], careful, room
                )
    return found, least, sure, complete


def sorted_up_to(half: int, labels: Labels, count: int) -> Sorted:
    """The labels to join others with."""
    used = int(labels.used[0])
    inside = np.arange(BLOCK)[None, :] < labels.filled[:used, None]
    number = np.flatnonzero(inside.ravel())
    number = number[labels.load[number] <= half]
    node = labels.node[number // BLOCK]
    number = number[np.lexsort((labels.cost[number], node))]
    first = np.append(0, np.cumsum(np.bincount(labels.node[number // BLOCK], minlength=count)))
    return Sorted(
        first,
        number,
        labels.cost[number],
        labels.start[number],
        labels.load[number],
        labels.memory[number],
        labels.odd[number],
    )


@compiled
def join(ground: Ground, price: Floats, reach: float, loads: Table, times: Table, labels: Labels, half: int,
         others: Sorted, ends: Ends, found: int, least: float) -> tuple[int, float]:  # fmt: skip
    """Tours of a way that is just beyond half of the load, and one that comes from the other side."""
    count = len(ground.coop)
    for block in range(labels.used[0]):
        i = labels.node[block]
        for f in range(block * BLOCK, block * BLOCK + labels.filled[block]):
            for j in range(count if labels.load[f] > half else 0):
                if ground.coop[j] == ground.coop[i] or labels.load[f] + ground.load[j] > ground.capacity:
                    continue
                start = labels.start[f] + ground.way[i, j]
                before = labels.cost[f] + ground.km[i, j]
                # where there is room for no more, only a cheaper one is worth knowing
                limit = reach if found < len(ends.label) else min(reach, least)
                first = others.first[j]
                if first == others.first[j + 1] or before - ground.tour + others.cost[first] >= limit:
                    continue
                if start + ground.way[j, count] > ground.end:
                    continue
                if (
                    before - price[j] + _home(ground, loads, times, j, labels.load[f] + ground.load[j], start, i)
                    >= limit
                ):
                    continue
                for b in range(first, others.first[j + 1]):
                    whole = before - ground.tour + others.cost[b]
                    if whole >= limit:
                        break
                    fits = labels.load[f] + others.load[b] <= ground.capacity
                    fits = fits and start + ground.way[j, j] + others.start[b] <= ground.end
                    for w in range(labels.memory.shape[1]):
                        fits = fits and labels.memory[f, w] & others.memory[b, w] == 0
                    if fits:
                        owed = labels.odd[f] & others.odd[b]
                        if owed:
                            whole += toll_of(owed, ground.toll)
                        least = min(least, whole)
                        if found < len(ends.label) and whole < reach:
                            ends.label[found], ends.other[found], ends.cost[found] = f, others.label[b], whole
                            found += 1
                        if not owed:
                            break  # the others there are dearer
    return found, least


@compiled
def _write(labels: Labels, label: int, out: Ints, size: int) -> int:
    while label >= 0 and size < len(out):
        out[size] = labels.node[label // BLOCK]
        size += 1
        label = labels.before[label]
    return size


@compiled
def tour_of(labels: Labels, ends: Ends, e: int, out: Ints) -> int:
    """Write the visits of a tour found into ``out``, as they are driven; returns how many they are."""
    size = _write(labels, ends.label[e], out, 0)
    out[:size] = out[:size][::-1].copy()
    return _write(labels, ends.other[e], out, size)
