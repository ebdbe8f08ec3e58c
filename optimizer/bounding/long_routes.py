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

from optimizer.borrowing import borrowed
from optimizer.bounding.claims import are_linked
from optimizer.bounding.crews import FAR, cheapest_crew, scratch
from optimizer.bounding.efforts import ROOM, Effort
from optimizer.bounding.fares import fare
from optimizer.bounding.floors import floor_by_claims, floor_by_size, floor_of
from optimizer.bounding.least_way import Room, least_way, room_for
from optimizer.bounding.long_tasks import task_of
from optimizer.bounding.prices import BLUR
from optimizer.bounding.prospects import earned_alone, hands_with, keep_hopeful, may_go_on, owe, owe_by_split
from optimizer.bounding.relaxed import Relaxed, day_rate
from optimizer.bounding.structures import Crew, Ground, Path, Prices, Staff, Task
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints
from optimizer.stopping import Stopped

#: visits of a route at most; where a day has room for more, longer routes are not looked for
DEPTH = 12
#: routes of few visits tried in all, after which a first look ends early; twice as many for the next one after it.
#: Long ones count for more, see ``_effort``; of candidates that are only looked at, so many count as one of them
FIRST_TRIED, FLEETING = 3_000_000, 8


@dataclass(frozen=True)
class Finds:
    """Sets of visits padded with -1, what each costs less what it earns, and what makes up for those not kept.

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
def _longer(relaxed: Relaxed, depot: int, path: Path, count: int) -> tuple[float, float]:
    """Least minutes and baht of a closed way over the first ``count`` of ``path.places``.

    Each from its table of the first ``count - 1``, which is extended.
    """
    places, drives, kms = path.places, path.drive_table, path.km_table
    drive, km = relaxed.drive, relaxed.km
    j = count - 1
    new, last = 1 << j, places[j]
    drives[new, j], kms[new, j] = drive[depot, last], km[depot, last]
    for part in range(1, new):
        done = part | new
        least_drive = least_km = np.inf
        for i in range(j):
            if part >> i & 1:
                here = places[i]
                least_drive = min(least_drive, drives[part, i] + drive[here, last])
                least_km = min(least_km, kms[part, i] + km[here, last])
        drives[done, j], kms[done, j] = least_drive, least_km
        for i in range(j):
            if part >> i & 1:
                before, there = done & ~(1 << i), places[i]
                least_drive = drives[before, j] + drive[last, there]
                least_km = kms[before, j] + km[last, there]
                for k in range(j):
                    if k != i and part >> k & 1:
                        here = places[k]
                        least_drive = min(least_drive, drives[before, k] + drive[here, there])
                        least_km = min(least_km, kms[before, k] + km[here, there])
                drives[done, i], kms[done, i] = least_drive, least_km
    full = (1 << count) - 1
    least_drive = least_km = np.inf
    for i in range(count):
        here = places[i]
        least_drive = min(least_drive, drives[full, i] + drive[here, depot])
        least_km = min(least_km, kms[full, i] + km[here, depot])
    return least_drive, least_km


@compiled
def _effort(depth: int) -> int:
    """How many short routes the tables of one with ``depth`` visits are worth."""
    return 1 + (1 << depth) // 32


@compiled
def _search_from(
    relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, first: int, crew: Crew, path: Path,
    room: Room, out: Out, most: int, most_tried: float,
) -> int:  # fmt: skip
    """Search the routes of which the visit that brings most a minute is ``first``; returns how many are in ``out``.

    Ends early when these are ``most``, or so many are tried.
    """
    found = 0
    out.tried[0] = 0
    if not _begin(relaxed, ground, path, first):
        return found
    depth = 0
    while depth >= 0 and out.tried[0] < most_tried and found < most:
        if path.next[depth] >= path.number[depth]:
            depth -= 1
            continue
        c = path.next[depth]
        path.next[depth] += 1
        if not path.first[depth, c]:
            continue
        _extend(relaxed, ground, task, prices, staff, path, depth, c)
        if path.owed[depth + 1] < task.reach - BLUR or may_go_on(relaxed, ground, task, path, depth, c):
            owe_by_split(relaxed, task, prices, staff, crew, path, depth + 1)
        if depth + 1 >= task.long_from and path.owed[depth + 1] < task.reach - BLUR:
            out.tried[0] += ((depth + 1) << (depth + 1)) // 16  # its table of orders
            found = _take(relaxed, ground, task, prices, staff, crew, path, depth + 1, room, out, found)
        more = depth + 1 < DEPTH and may_go_on(relaxed, ground, task, path, depth, c)
        if more and _open(relaxed, ground, task, prices, staff, path, depth, c, out):
            path.next[depth + 1] = 0
            depth += 1
    return found


@compiled
def _begin(relaxed: Relaxed, ground: Ground, path: Path, first: int) -> bool:
    """No stop yet, and ``first`` the only candidate; False where it is no route."""
    path.number[0], path.next[0] = 1, 0
    path.first[0, 0], path.behind[0, 0], path.minute[0] = 1, np.inf, 0.0
    path.candidates[0, 0] = first
    path.drive[0] = path.visits[0] = path.price[0] = path.load[0] = path.km[0] = 0.0
    path.days[0, :] = -1
    path.net[0, :], path.dear[0, :] = 0.0, np.inf
    path.topics[0], path.hands[0], path.hoped[0], path.lone[0, :] = 0, 1, 0.0, 1
    there, back = relaxed.place[first], ground.depot
    path.drive_with[0, 0] = relaxed.drive[back, there] + relaxed.drive[there, back]
    path.km_with[0, 0] = relaxed.km[back, there] + relaxed.km[there, back]
    able = False
    for w in range(path.days.shape[1]):
        able = able or ground.day_bits[first, w] != 0
    in_time = path.drive_with[0, 0] + relaxed.minutes[first] <= ground.limit
    return able and in_time and relaxed.load[first] <= ground.capacity


@compiled
def _extend(relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, path: Path, depth: int,
            c: int) -> None:  # fmt: skip
    """Put candidate ``c`` behind the first ``depth`` stops."""
    v, longer = path.candidates[depth, c], depth + 1
    path.stops[depth], path.places[depth] = v, relaxed.place[v]
    path.load[longer], path.visits[longer] = path.load[depth] + relaxed.load[v], path.visits[depth] + relaxed.minutes[v]
    path.drive[longer], path.km[longer] = path.drive_with[depth, c], path.km_with[depth, c]
    path.price[longer] = path.price[depth] + task.price[v]
    for w in range(path.days.shape[1]):
        path.days[longer, w] = path.days[depth, w] & ground.day_bits[v, w]
    path.net[longer, :], path.dear[longer, :] = path.net[depth, :], path.dear[depth, :]
    for e in range(task.claimed[v], task.claimed[v + 1]):
        i = task.claimer[e]
        path.net[longer, i] -= earned_alone(prices, v, staff.officers[i])
        path.dear[longer, i] = min(path.dear[longer, i], prices.dear[v, staff.officers[i]])
    path.hoped[longer] = path.hoped[depth] + prices.most[v]
    work = path.drive[longer] + path.visits[longer]
    wage, hours = day_rate(relaxed, work), max(0.0, work - relaxed.clock.unpaid) / 60.0
    path.topics[longer] = path.topics[depth] | relaxed.topics[v]
    path.hands[longer] = hands_with(relaxed, staff, path, depth, v)
    path.base[longer] = relaxed.car_day + fare(ground.factor, ground.toll, path.km[longer]) - path.price[longer]
    owe(relaxed, task, prices, staff, path, longer, wage, hours)


@compiled
def _open(relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, path: Path, depth: int, c: int,
          out: Out) -> bool:  # fmt: skip
    """Find the candidates of the route with candidate ``c``; False where no route with more stops may earn enough."""
    longer = depth + 1
    if depth == 0:
        _after_the_first(relaxed, ground, task, path)
    else:
        _narrow(relaxed, ground, path, depth, c)
    out.tried[0] += path.number[longer] // FLEETING
    if longer + path.number[longer] < task.long_from:
        return False
    path.lone[longer, :] = path.lone[depth, :]
    if not keep_hopeful(relaxed, ground, task, prices, staff, path, longer):
        return False
    _longer(relaxed, ground.depot, path, longer)
    out.tried[0] += _effort(longer) * path.number[longer]
    for k in range(path.number[longer]):
        path.places[longer] = relaxed.place[path.candidates[longer, k]]
        path.drive_with[longer, k], path.km_with[longer, k] = _longer(relaxed, ground.depot, path, longer + 1)
    if not keep_hopeful(relaxed, ground, task, prices, staff, path, longer):
        return False
    return longer + path.number[longer] >= task.long_from


@compiled
def _after_the_first(relaxed: Relaxed, ground: Ground, task: Task, path: Path) -> None:
    """The visits that may be in a route with the first: those that bring no more a minute, and are a route with it."""
    first, count, behind = path.stops[0], 0, False
    for v in task.visits:
        if behind and ground.partners[first, v] > 0 and _may_join(relaxed, ground, path, 1, v):
            path.candidates[1, count] = v
            path.drive_with[1, count], path.km_with[1, count] = ground.pair_drive[first, v], path.km[1]
            count += 1
        behind = behind or v == first
    path.number[1] = count


@compiled
def _may_join(relaxed: Relaxed, ground: Ground, path: Path, count: int, v: int) -> bool:
    """Whether load and days let the visit follow ``count`` stops."""
    shared = False
    for w in range(path.days.shape[1]):
        shared = shared or path.days[count, w] & ground.day_bits[v, w] != 0
    return shared and path.load[count] + relaxed.load[v] <= ground.capacity


@compiled
def _narrow(relaxed: Relaxed, ground: Ground, path: Path, depth: int, chosen: int) -> None:
    """The candidates of the route with candidate ``chosen`` among those behind it."""
    count, longer, last = 0, depth + 1, path.candidates[depth, chosen]
    left = ground.limit - path.visits[longer]
    for c in range(chosen + 1, path.number[depth]):
        v = path.candidates[depth, c]
        if ground.partners[last, v] == 0 or not _may_join(relaxed, ground, path, longer, v):
            continue
        drive = max(path.drive[longer], path.drive_with[depth, c], ground.pair_drive[last, v])
        if drive + relaxed.minutes[v] <= left:
            path.candidates[longer, count] = v
            path.drive_with[longer, count], path.km_with[longer, count] = drive, path.km_with[depth, c]
            count += 1
    path.number[longer] = count


@compiled
def _floor(relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, stops: Ints, rest: float,
           km: float, work: float, topics: int, asked: int, hoped: float) -> float:  # fmt: skip
    """A floor under the reduced cost of the route with any crew, where its ways take no less than ``km``, ``work``."""
    wage = day_rate(relaxed, work)
    hours = max(0.0, work - relaxed.clock.unpaid) / 60.0
    least = wage + hours * task.cheapest
    rest += fare(ground.factor, ground.toll, km)
    cost = rest + max(1, asked) * least - hoped
    if cost < task.reach - BLUR:
        cost = max(cost, floor_by_claims(prices, staff, stops, rest, topics, asked, least, hoped))
    if cost < task.reach - BLUR:
        cost = max(cost, floor_of(prices, staff, stops, rest, wage, hours))
    if cost < task.reach - BLUR:
        cost = max(cost, floor_by_size(prices, staff, stops, rest, topics, asked, wage, hours, least, hoped))
    return cost


@compiled
def _take(relaxed: Relaxed, ground: Ground, task: Task, prices: Prices, staff: Staff, crew: Crew, path: Path,
          count: int, room: Room, out: Out, found: int) -> int:  # fmt: skip
    """Put the route into ``out`` if it costs less than it earns with its best crew: exact ways, day, wages, claims."""
    stops = path.stops[:count]
    rest, late = relaxed.car_day, np.inf
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
    asked = max(asked, ground.asked[topics & (len(ground.asked) - 1)])
    km, work = path.km[count], path.drive[count] + path.visits[count]
    cost = _floor(relaxed, ground, task, prices, staff, stops, rest, km, work, topics, asked, hoped)
    if cost >= task.reach - BLUR:
        return found
    km, work = least_way(relaxed, ground.depot, stops, count, room)
    if km == np.inf:
        return found
    cost = _floor(relaxed, ground, task, prices, staff, stops, rest, km, work, topics, asked, hoped)
    if cost >= task.reach - BLUR:
        return found
    rest += fare(ground.factor, ground.toll, km)
    wage = day_rate(relaxed, work)
    hours = max(0.0, work - relaxed.clock.unpaid) / 60.0
    least = wage + hours * task.cheapest
    linked = are_linked(prices, staff.coop, stops)
    exact, _ = cheapest_crew(prices, staff, crew, stops, linked, rest, topics, asked, wage, hours, least, hoped,
                             task.reach)  # fmt: skip
    cost = max(cost, exact)
    if cost >= task.reach - BLUR:
        return found
    if found == len(out.visits):  # what is not kept is still made up for
        for v in stops:
            out.excess[v] = max(out.excess[v], -cost / count)
        return found
    out.visits[found, :] = -1
    out.visits[found, :count] = stops
    out.cost[found] = cost
    return found + 1


class LongRoutes:
    """The search for long routes from one office, which goes on where it ended early."""

    def __init__(self, relaxed: Relaxed, ground: Ground, long_from: int, people: int, seats: int) -> None:
        self.relaxed, self.ground, self.long_from = relaxed, ground, long_from
        count = len(relaxed.visit)
        self._by_reference = borrowed(relaxed), borrowed(ground)
        self._path = borrowed(_path(count, len(relaxed.barred), ground.day_bits.shape[1], people))
        self._crew = borrowed(scratch(people, seats, DEPTH, ground.day_cost.shape[1]))
        self._room = room_for(DEPTH)
        self._turn, self._most_tried = 0, FIRST_TRIED

    def search(
        self, prices: Prices, staff: Staff, reach: float, effort: Effort, stop: Callable[[], bool]
    ) -> Finds:  # fmt: skip
        """Routes whose reduced cost is below ``reach``: all, or some, where it takes more than ``effort``.

        Raises:
            Stopped: ``stop`` became true.
        """
        excess = np.zeros(len(self.relaxed.visit))
        out = Out(np.empty((ROOM, DEPTH), np.int64), np.empty(ROOM), excess, np.zeros(1, np.int64))
        visits, costs, many = [out.visits[:0]], [out.cost[:0]], 0
        task = task_of(self.relaxed, self.ground, self.long_from, prices, staff, min(reach, FAR))
        by_reference = *self._by_reference, borrowed(task), borrowed(prices), borrowed(staff)
        tried, most_tried = 0, self._most_tried * effort.times
        turn, complete = self._turn % max(1, len(task.visits)), True
        for done, first in enumerate(np.roll(task.visits, -turn)):
            if stop():
                raise Stopped
            if many >= effort.enough or tried > most_tried:
                self._turn = turn + done
                self._most_tried *= 2 if tried > most_tried else 1
                return Finds(np.concatenate(visits), np.concatenate(costs), excess, False)
            found = _search_from(
                *by_reference, first, self._crew, self._path, self._room, out, effort.each, float(effort.tried)
            )
            visits.append(np.sort(out.visits[:found], axis=1)[:, ::-1])
            costs.append(out.cost[:found].copy())
            many += int((out.cost[:found] < -BLUR).sum())
            tried += int(out.tried[0])
            complete = complete and out.tried[0] < effort.tried and found < effort.each
        return Finds(np.concatenate(visits), np.concatenate(costs), excess, complete)


def _path(count: int, coops: int, words: int, people: int) -> Path:
    """An empty route."""
    deep = DEPTH + 2
    return Path(
        stops=np.empty(deep, np.int64), places=np.empty(deep, np.int64), next=np.empty(deep, np.int64),
        candidates=np.empty((deep, count), np.int64), number=np.zeros(deep, np.int64),
        drive_with=np.empty((deep, count)), km_with=np.empty((deep, count)), brings=np.empty((deep, count)),
        owed=np.empty(deep), base=np.empty(deep),
        topics=np.zeros(deep, np.int64), hands=np.ones(deep, np.int64),
        drive=np.empty(deep), km=np.empty(deep), visits=np.empty(deep), price=np.empty(deep), load=np.empty(deep),
        days=np.empty((deep, words), np.int64), net=np.empty((deep, people)), dear=np.empty((deep, people)),
        lone=np.zeros((deep, people), np.uint8), still=np.zeros(people, np.uint8),
        hoped=np.zeros(deep), alone=np.zeros(deep), several=np.zeros(deep), able=np.zeros(count, np.uint8),
        able_first=np.zeros(count, np.uint8),
        first=np.zeros((deep, count), np.uint8), behind=np.zeros((deep, count)), minute=np.zeros(deep),
        rest=np.zeros(count), apart=np.zeros(count),
        turn=np.zeros(1, np.int64), coop_turn=np.zeros(coops, np.int64), coop_brings=np.empty(coops),
        coop_minutes=np.empty(coops), km_table=np.empty((1 << DEPTH, DEPTH)), drive_table=np.empty((1 << DEPTH, DEPTH)),
    )  # fmt: skip
