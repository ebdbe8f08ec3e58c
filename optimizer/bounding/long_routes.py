"""Routes too many to list: found where given prices make them earn more than they cost.

Sets of visits are tried in the order of what each may bring a minute, whoever rides along. A branch is left when what
its route owes is more than the visits that may follow could bring in the time that remains. Visits that bring nothing
are not tried: leaving them out of a route never makes it dearer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optimizer.bounding.claims import are_linked
from optimizer.bounding.fares import fare
from optimizer.bounding.handles import (
    crew_handle,
    ground_handle,
    path_handle,
    prices_handle,
    relaxed_handle,
    staff_handle,
    task_handle,
)
from optimizer.bounding.least_way import Room, least_way, room_for
from optimizer.bounding.long_tasks import task_of
from optimizer.bounding.prices import BLUR
from optimizer.bounding.pricing import FAR, best_crew, floor_by_size, floor_of, scratch
from optimizer.bounding.relaxed import Relaxed, day_rate
from optimizer.bounding.structures import Crew, Ground, Path, Prices, Staff, Task
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints
from optimizer.stopping import Stopped

#: visits of a route at most; where a day has room for more, longer routes are not looked for
DEPTH = 12
#: routes kept of those that begin with one visit
ROOM = 20_000
#: routes of few visits tried that begin with one visit after which the look at these ends early: about half a second
MOST_TRIED = 500_000
#: the same in all for the first look; twice as many in the next one after it. Long ones count for more, see ``_effort``
FIRST_TRIED = 3_000_000


@dataclass(frozen=True)
class Finds:
    """Sets of visits padded with -1, what each costs less what it earns, and what makes up for all that earn.

    Not ``complete``: there may be more.
    """

    visits: Ints  # [M, DEPTH]
    cost: Floats  # [M]
    excess: Floats  # [n]
    complete: bool


class Out(NamedTuple):
    """What is found."""

    visits: Ints
    cost: Floats
    excess: Floats
    tried: Ints  # [1] routes of those that begin with one visit


@compiled
def _longer(ways: Floats, depot: int, stops: Ints, count: int, table: Floats) -> float:
    """The least closed way over ``count`` stops, from the table of the first ``count - 1``, which it extends."""
    j = count - 1
    new = 1 << j
    last = stops[j]
    least = np.inf
    for part in range(new):
        done = part | new
        if part == 0:
            table[done, j] = ways[depot, last]
        else:
            best = np.inf
            for i in range(j):
                if part >> i & 1:
                    best = min(best, table[part, i] + ways[stops[i], last])
            table[done, j] = best
            for i in range(j):
                if part >> i & 1:
                    before = done & ~(1 << i)
                    best = table[before, j] + ways[last, stops[i]]
                    for k in range(j):
                        if k != i and part >> k & 1:
                            best = min(best, table[before, k] + ways[stops[k], stops[i]])
                    table[done, i] = best
    full = (1 << count) - 1
    for i in range(count):
        least = min(least, table[full, i] + ways[stops[i], depot])
    return least


@compiled
def _effort(depth: int) -> int:
    """How many short routes the tables of one with ``depth`` visits are worth."""
    return 1 + (1 << depth) // 32


@compiled
def _search_from(
    relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, first: int, crew: Crew, path: Path,
    room: Room, out: Out, found: int,
) -> int:  # fmt: skip
    """Search all routes of which the visit that brings most a minute is ``first``; returns how many are in ``out``."""
    depth = 0
    path.number[0], path.next[0] = 1, 0
    path.candidates[0, 0] = first
    path.drive[0] = path.visits[0] = path.price[0] = path.load[0] = 0.0
    path.days[0, :] = -1
    path.net[0, :] = 0.0
    out.tried[0] = 0
    while depth >= 0 and out.tried[0] < MOST_TRIED:
        if path.next[depth] >= path.number[depth] or depth >= DEPTH:
            depth -= 1
            continue
        v = path.candidates[depth, path.next[depth]]
        path.next[depth] += 1
        if depth > 0:
            left = max(0.0, ground.limit - path.drive[depth] - path.visits[depth])
            if path.owed[depth] - left * task.gain[v] / task.minutes[v] >= task.reach - BLUR:
                depth -= 1  # nor can any visit after it
                continue
        out.tried[0] += _effort(depth)
        if not _extend(relaxed, ground, task, prices, staff, path, depth, v):
            continue
        if depth + 1 >= task.long_from and path.owed[depth + 1] < task.reach - BLUR:
            out.tried[0] += ((depth + 1) << (depth + 1)) // 16  # its table of orders
            found = _take(relaxed, ground, task, prices, staff, crew, path, depth + 1, room, out, found)
        if depth == 0:
            _begin(task, ground, path, v)
        else:
            _narrow(relaxed, ground, path, depth, v)
        if _may_earn(ground, task, path, depth + 1):
            path.next[depth + 1] = 0
            depth += 1
    return found


@compiled
def _extend(relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, path: Path, depth: int,
            v: int) -> bool:  # fmt: skip
    """Put visit ``v`` behind the first ``depth`` stops; False where it cannot be."""
    load, minutes = path.load[depth] + relaxed.load[v], path.visits[depth] + relaxed.minutes[v]
    if load > ground.capacity or path.drive[depth] + minutes > ground.limit:
        return False
    shared = False
    for w in range(path.days.shape[1]):
        path.days[depth + 1, w] = path.days[depth, w] & ground.day_bits[v, w]
        shared = shared or path.days[depth + 1, w] != 0
    if not shared:
        return False
    path.stops[depth], path.places[depth] = v, relaxed.place[v]
    drive = _longer(relaxed.drive, ground.depot, path.places, depth + 1, path.drive_table)
    if drive + minutes > ground.limit:
        return False
    km = fare(ground.factor, ground.toll, _longer(relaxed.km, ground.depot, path.places, depth + 1, path.km_table))
    hours = max(0.0, drive + minutes - relaxed.clock.unpaid) / 60.0
    path.drive[depth + 1], path.visits[depth + 1], path.load[depth + 1] = drive, minutes, load
    path.price[depth + 1] = path.price[depth] + task.price[v]
    path.net[depth + 1, :] = path.net[depth, :]
    for e in range(task.claimed[v], task.claimed[v + 1]):
        i = task.claimer[e]
        path.net[depth + 1, i] -= prices.reward[v, staff.officers[i]]
    wage = day_rate(relaxed, drive + minutes)
    riders, alone = 0.0, np.inf
    for i in range(len(staff.officers)):
        net = wage + path.net[depth + 1, i] + hours * prices.hour[staff.officers[i]]
        riders += min(0.0, net)
        alone = min(alone, max(0.0, net))
    if riders < 0.0:
        alone = 0.0
    path.owed[depth + 1] = relaxed.car_day + km - path.price[depth + 1] + riders + alone
    return True


@compiled
def _begin(task: Task, ground: Ground, path: Path, first: int) -> None:
    """The visits that may be in a route with the first: those that bring no more a minute, and are a route with it."""
    count, behind = 0, False
    for v in task.visits:
        if behind and ground.partners[first, v] > 0:
            path.candidates[1, count] = v
            count += 1
        behind = behind or v == first
    path.number[1] = count


@compiled
def _narrow(relaxed: Relaxed, ground: Ground, path: Path, depth: int, last: int) -> None:
    """The candidates of the route with ``last`` among those of the route before."""
    count = 0
    left = ground.limit - path.visits[depth + 1]
    for c in range(path.next[depth], path.number[depth]):
        v = path.candidates[depth, c]
        if ground.partners[last, v] == 0 or path.load[depth + 1] + relaxed.load[v] > ground.capacity:
            continue
        drive = path.drive[depth + 1]
        for j in range(depth):
            u = path.stops[j]
            if len(ground.triples) > 0:
                drive = max(drive, ground.triples[ground.partners[u, last] - 1, v])
            else:
                drive = max(drive, ground.pair_drive[u, v])
        shared = False
        for w in range(path.days.shape[1]):
            shared = shared or path.days[depth + 1, w] & ground.day_bits[v, w] != 0
        if shared and drive + relaxed.minutes[v] <= left:
            path.candidates[depth + 1, count] = v
            count += 1
    path.number[depth + 1] = count


@compiled
def _may_earn(ground: Ground, task: Task, path: Path, depth: int) -> bool:
    """Whether the candidates may bring what the route owes: the best ones, as far as there is time for them."""
    if depth + path.number[depth] < task.long_from:
        return False
    left, brought = ground.limit - path.drive[depth] - path.visits[depth], 0.0
    for c in range(path.number[depth]):
        v = path.candidates[depth, c]
        if left <= 0.0:
            break
        brought += task.gain[v] * min(1.0, left / task.minutes[v])
        left -= task.minutes[v]
    return path.owed[depth] - brought < task.reach - BLUR


@compiled
def _take(relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, crew: Crew, path: Path,
          count: int, room: Room, out: Out, found: int) -> int:  # fmt: skip
    """Put the route into ``out`` if it costs less than it earns with its best crew: exact ways, day, wages, claims."""
    stops = path.stops[:count]
    km, work = least_way(relaxed, ground.depot, stops, count, room)
    if km == np.inf:
        return found
    rest = fare(ground.factor, ground.toll, km) + relaxed.car_day
    late = np.inf
    for d in range(ground.day_cost.shape[1]):
        if path.days[count, d // 62] >> (d % 62) & 1:
            total = 0.0
            for v in stops:
                total += ground.day_cost[v, d]
            late = min(late, total)
    rest += late
    asked, topics, hoped = 0, 0, 0.0
    for v in stops:
        asked = max(asked, relaxed.crew[v])
        topics |= relaxed.topics[v]
        hoped += prices.most[v]
        rest -= prices.visit[v]
    wage = day_rate(relaxed, work)
    hours = max(0.0, work - relaxed.clock.unpaid) / 60.0
    least = wage + hours * task.cheapest
    cost = rest + max(1, asked) * least - hoped
    if cost >= task.reach - BLUR:
        return found
    cost = max(cost, floor_of(prices, staff, stops, rest, wage, hours))
    if cost >= task.reach - BLUR:
        return found
    cost = max(cost, floor_by_size(prices, staff, stops, rest, topics, asked, wage, hours, least, hoped))
    if cost >= task.reach - BLUR:
        return found
    linked = are_linked(prices, staff.coop, stops)
    exact, _ = best_crew(prices, staff, crew, stops, linked, rest, topics, asked, wage, hours, least, hoped)
    cost = max(cost, exact)
    if cost >= task.reach - BLUR:
        return found
    if cost < -BLUR:
        for v in stops:
            out.excess[v] = max(out.excess[v], -cost / count)
    if found < len(out.visits):  # what is not kept is still made up for
        out.visits[found, :] = -1
        out.visits[found, :count] = stops
        out.cost[found] = cost
        found += 1
    return found


class LongRoutes:
    """The search for long routes from one office, which goes on where it ended early."""

    def __init__(self, relaxed: Relaxed, ground: Ground, long_from: int, people: int, seats: int) -> None:
        self.relaxed, self.ground, self.long_from = relaxed, ground, long_from
        count = len(relaxed.visit)
        self._by_reference = relaxed_handle(relaxed), ground_handle(ground)
        self._path = path_handle(_path(count, ground.day_bits.shape[1], people))
        self._crew = crew_handle(scratch(people, seats, DEPTH))
        self._room = room_for(DEPTH)
        self._turn, self._most_tried = 0, FIRST_TRIED

    def search(self, prices: Prices, staff: Staff, reach: float, enough: float, stop: Callable[[], bool]) -> Finds:
        """Routes whose reduced cost is below ``reach``: all, or some, where ``enough`` that earn are found sooner.

        Raises:
            Stopped: ``stop`` became true.
        """
        excess = np.zeros(len(self.relaxed.visit))
        out = Out(np.empty((ROOM, DEPTH), np.int64), np.empty(ROOM), excess, np.zeros(1, np.int64))
        visits, costs, many = [out.visits[:0]], [out.cost[:0]], 0
        task = task_of(self.relaxed, self.ground, self.long_from, prices, staff, min(reach, FAR))
        by_reference = *self._by_reference, task_handle(task), prices_handle(prices), staff_handle(staff)
        tried = 0
        turn, complete = self._turn % max(1, len(task.visits)), True
        for done, first in enumerate(np.roll(task.visits, -turn)):
            if stop():
                raise Stopped
            if many >= enough or tried > self._most_tried:
                self._turn = turn + done
                self._most_tried *= 2 if tried > self._most_tried else 1
                return Finds(np.concatenate(visits), np.concatenate(costs), excess, False)
            found = _search_from(*by_reference, first, self._crew, self._path, self._room, out, 0)
            visits.append(np.sort(out.visits[:found], axis=1)[:, ::-1])
            costs.append(out.cost[:found].copy())
            many += int((out.cost[:found] < -BLUR).sum())
            tried += int(out.tried[0])
            complete = complete and out.tried[0] < MOST_TRIED
        return Finds(np.concatenate(visits), np.concatenate(costs), excess, complete)


def _path(count: int, words: int, people: int) -> Path:
    """An empty route."""
    deep = DEPTH + 2
    return Path(
        stops=np.empty(deep, np.int64), places=np.empty(deep, np.int64), next=np.empty(deep, np.int64),
        candidates=np.empty((deep, count), np.int64), number=np.zeros(deep, np.int64),
        owed=np.empty(deep), drive=np.empty(deep), visits=np.empty(deep), price=np.empty(deep),
        load=np.empty(deep), days=np.empty((deep, words), np.int64), net=np.empty((deep, people)),
        km_table=np.empty((1 << DEPTH, DEPTH)), drive_table=np.empty((1 << DEPTH, DEPTH)),
    )  # fmt: skip
