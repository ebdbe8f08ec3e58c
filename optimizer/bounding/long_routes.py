"""Routes too many to list: found crew by crew, where given prices make them earn more than they cost.

For one crew every visit has a gain: its price and the lead's reward, less the crew's hours at the visit. Visits are
taken in the order of gain for each minute, and a branch is left when the time that remains cannot earn what the
route still owes. Visits without a gain are not tried: leaving them out of a route never makes it dearer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optimizer.bounding.claims import MOST_LINKED, block_values, join_member
from optimizer.bounding.handles import (
    order_handle,
    path_handle,
    prices_handle,
    relaxed_handle,
    staff_handle,
    task_handle,
)
from optimizer.bounding.least_way import Room, least_way, room_for
from optimizer.bounding.long_tasks import pieces_of_crews, task_of
from optimizer.bounding.prices import BLUR
from optimizer.bounding.relaxed import GRACE, Relaxed, day_rate
from optimizer.bounding.routes import Stopped
from optimizer.bounding.structures import Order, Path, Prices, Staff, Task
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: visits of a route at most; where a day has room for more, longer routes are not looked for
DEPTH = 12
#: routes kept of one piece of crews
ROOM = 50_000


@dataclass(frozen=True)
class Finds:
    """Sets of visits padded with -1, some of what was found, and what makes up for all of it."""

    visits: Ints  # [M, DEPTH]
    excess: Floats  # [n]


class Party(NamedTuple):
    """One crew and what it owes before it makes any visit."""

    member: Ints  # officers
    size: int
    need: float  # baht for car and crew
    rate: float  # baht a minute
    free: Ints  # [W] days on which all of them are there


class Out(NamedTuple):
    """What is found."""

    visits: Ints
    excess: Floats


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
def _search_crew(
    relaxed: Relaxed, task: Task, prices: Prices, party: Party, order: Order, count: int, mark: int,
    path: Path, room: Room, out: Out, found: int,
) -> int:  # fmt: skip
    """Search all routes of one crew; returns how many are in ``out`` then.

    ``order.visits[:count]`` are the visits with a gain; where ``mark`` is above 0, one that is forced must be in.
    """
    path.suffix[count] = 0.0
    for i in range(count - 1, -1, -1):
        path.suffix[i] = path.suffix[i + 1] + order.gain[order.visits[i]]
    if count < task.long_from or party.need - path.suffix[0] >= -BLUR:
        return found
    depth = kept = 0
    path.next[0], path.owed[0], path.spent[0], path.loads[0] = 0, party.need, 0.0, 0.0
    path.visits_spent[0] = path.gained[0] = path.km[0] = path.drive[0] = 0.0
    path.days[0, :] = party.free
    best_share = order.gain[order.visits[0]] / max(relaxed.minutes[order.visits[0]], 1e-9)
    while depth >= 0:
        i = path.next[depth]
        if i >= count:
            depth -= 1
            continue
        v = order.visits[i]
        share, after = order.gain[v] / max(relaxed.minutes[v], 1e-9), i + 1
        if mark > 0 and depth == 0:
            # the first visit is one of those that must be in; the others may come before it in the order
            path.next[0] = i + 1
            if order.forced[v] != mark:
                continue
            share, after = best_share, 0
        else:
            if path.owed[depth] - min(max(0.0, task.limit - path.spent[depth]) * share, path.suffix[i]) >= -BLUR:
                depth -= 1
                continue
            path.next[depth] = i + 1
            if mark > 0 and order.forced[v] == mark and i < path.next[0]:
                continue
        if depth >= DEPTH or not _extend(relaxed, task, party, order, path, depth, v, share, after):
            continue
        if depth + 1 >= task.long_from and path.owed[depth + 1] < -BLUR:
            worth = _worth(relaxed, task, prices, party, path, depth + 1, room)
            if worth < -BLUR:
                for j in range(depth + 1):
                    out.excess[path.stops[j]] = max(out.excess[path.stops[j]], -worth / (depth + 1))
                if found < len(out.visits) and kept < task.per_crew:  # what is not kept is still made up for
                    out.visits[found, :] = -1
                    out.visits[found, : depth + 1] = path.stops[: depth + 1]
                    found += 1
                    kept += 1
        path.next[depth + 1] = after
        depth += 1
    return found


@compiled
def _extend(
    relaxed: Relaxed, task: Task, party: Party, order: Order, path: Path, depth: int, v: int, share: float, after: int
) -> bool:
    """Put visit ``v`` behind the first ``depth`` stops; False where that cannot be, or cannot come to earn anything."""
    if path.spent[depth] + relaxed.minutes[v] > task.limit or path.loads[depth] + relaxed.load[v] > task.capacity:
        return False
    shared = False
    for w in range(path.days.shape[1]):
        path.days[depth + 1, w] = path.days[depth, w] & task.day_bits[v, w]
        shared = shared or path.days[depth + 1, w] != 0
    if not shared:
        return False
    # the way is at least the one before, and the one to any two of the stops
    km, drive = path.km[depth], path.drive[depth]
    for j in range(depth):
        if relaxed.coop[path.stops[j]] == relaxed.coop[v]:
            return False
        km = max(km, task.pair_km[path.stops[j], v])
        drive = max(drive, task.pair_drive[path.stops[j], v])
    visits = path.visits_spent[depth] + relaxed.minutes[v]
    gained = path.gained[depth] + order.gain[v]
    owed = party.need + km + drive * party.rate - gained
    if drive + visits > task.limit:
        return False
    if owed - min((task.limit - drive - visits) * share, path.suffix[after]) >= -BLUR:
        return False
    path.stops[depth], path.places[depth] = v, relaxed.place[v]
    km = _longer(relaxed.km, task.depot, path.places, depth + 1, path.km_table)
    drive = _longer(relaxed.drive, task.depot, path.places, depth + 1, path.drive_table)
    # what the route owes: crew, way and hours less gains; hours at the visits are in the gains already
    owed = party.need + km + drive * party.rate - gained
    if drive + visits > task.limit:
        return False
    if owed - min((task.limit - drive - visits) * share, path.suffix[after]) >= -BLUR:
        return False
    path.km[depth + 1], path.drive[depth + 1], path.owed[depth + 1] = km, drive, owed
    path.spent[depth + 1], path.visits_spent[depth + 1], path.gained[depth + 1] = drive + visits, visits, gained
    path.loads[depth + 1] = path.loads[depth] + relaxed.load[v]
    return True


@compiled
def _worth(relaxed: Relaxed, task: Task, prices: Prices, party: Party, path: Path, count: int, room: Room) -> float:
    """What the route costs less what it earns with this crew: exact ways, day, wages, and claims; inf: cannot be."""
    km, work = least_way(relaxed, task.depot, path.stops, count, room)
    if km == np.inf:
        return np.inf
    late = np.inf
    for d in range(task.day_cost.shape[1]):
        if path.days[count, d // 62] >> (d % 62) & 1:
            total = 0.0
            for j in range(count):
                total += task.day_cost[path.stops[j], d]
            late = min(late, total)
    asked = 0
    for j in range(count):
        asked = max(asked, relaxed.crew[path.stops[j]])
    wage = day_rate(relaxed, work - GRACE)
    total = km + late + relaxed.car_day + wage * max(asked, party.size)
    total += max(0.0, work - relaxed.clock.unpaid) * party.rate
    for j in range(count):
        total -= task.price[path.stops[j]]
    return total - _claims(relaxed, prices, party, path, count)


@compiled
def _claims(relaxed: Relaxed, prices: Prices, party: Party, path: Path, count: int) -> float:
    """The most that the crew earns by claiming the stops."""
    if count > MOST_LINKED:
        total = 0.0
        for j in range(count):
            most = 0.0
            for m in range(party.size):
                most = max(most, prices.reward[path.stops[j], party.member[m]])
            total += most
        return total
    size = 1 << count
    now, then = path.earned[0, :size], path.earned[1, :size]
    now[:] = 0.0
    for m in range(party.size):
        block_values(prices, relaxed.coop, path.stops[:count], party.member[m], path.value[:size])
        join_member(now, path.value[:size], then)
        now[:] = then
    earned: float = now[size - 1]
    return earned


@compiled
def _needed(relaxed: Relaxed, task: Task, prices: Prices, staff: Staff, party: Party, others: int, v: int) -> bool:
    """Whether the visit may need the last member of the crew: for a topic, as the one worth most, or because another
    one pays for claiming it beside others.
    """
    if relaxed.topics[v] & ~others != 0:
        return True
    own = prices.reward[v, party.member[party.size - 1]]
    if own > 0.0 and task.linked[v]:
        return True
    if own <= staff.least[v]:
        return False
    for m in range(party.size - 1):
        if prices.reward[v, party.member[m]] >= own:
            return False
    return True


@compiled
def _put_in_order(
    relaxed: Relaxed, task: Task, prices: Prices, staff: Staff, party: Party, crew: Ints, skills: int, order: Order,
    mark: int, head: Ints,
) -> int:  # fmt: skip
    """Merge the members' visits and everybody's, each by earnings a minute; returns how many the crew gains from.

    The first to have a visit has it at its best.
    """
    depth = party.size
    head[: depth + 1] = 0
    count = 0
    while True:
        best, chosen, most_of_chosen = 0.0, -1, 0.0
        for part in range(depth + 1):
            length = len(task.paying) if part == depth else task.specials[crew[part]]
            while head[part] < length:
                v = task.paying[head[part]] if part == depth else task.special[crew[part], head[part]]
                if order.seen[v] != mark:
                    break
                head[part] += 1
            if head[part] >= length:
                continue
            v = task.paying[head[part]] if part == depth else task.special[crew[part], head[part]]
            most = staff.least[v] if part == depth else prices.reward[v, staff.officers[crew[part]]]
            share = (task.price[v] + most) / max(relaxed.minutes[v], 1e-9) - party.rate
            if share > best:
                best, chosen, most_of_chosen = share, v, most
        if chosen < 0:
            return count
        order.seen[chosen] = mark
        if relaxed.topics[chosen] & ~skills == 0 and not _any_barred(relaxed, staff, party, chosen):
            order.gain[chosen] = task.price[chosen] + most_of_chosen - relaxed.minutes[chosen] * party.rate
            order.visits[count] = chosen
            count += 1


@compiled
def _any_barred(relaxed: Relaxed, staff: Staff, party: Party, v: int) -> bool:
    for m in range(party.size):
        if staff.barred[relaxed.coop[v], party.member[m]]:
            return True
    return False


@compiled
def _search_crews(
    relaxed: Relaxed, task: Task, prices: Prices, staff: Staff, first: int, second: int, beyond: int, order: Order,
    path: Path, room: Room, out: Out,
) -> int:  # fmt: skip
    """Search all crews whose first member, by index, is ``first`` and whose second is from ``second`` on.

    The second comes before ``beyond``; the crew of the first alone is searched where ``second`` is the next one.
    """
    people, words = len(staff.officers), path.days.shape[1]
    seats = task.most_seats
    crew, member, head = np.empty(seats + 1, np.int64), np.empty(seats + 1, np.int64), np.zeros(seats + 2, np.int64)
    picked, skills, rate = np.empty(seats + 1, np.int64), np.zeros(seats + 1, np.int64), np.zeros(seats + 1)
    free = np.full((seats + 1, words), -1, np.int64)
    found = mark = depth = 0
    member[0] = first
    while depth >= 0:
        i = member[depth]
        if i >= people or (depth == 0 and i != first) or (depth == 1 and i >= beyond):
            depth -= 1
            if depth >= 0:
                member[depth] += 1
            continue
        o = staff.officers[i]
        skills[depth + 1] = skills[depth] | staff.skills[o]
        rate[depth + 1] = rate[depth] + prices.hour[o] / 60.0
        for w in range(words):
            free[depth + 1, w] = free[depth, w] & relaxed.there_bits[o, w]
        crew[depth], picked[depth] = i, o
        if depth > 0 or second == first + 1:
            mark += 1
            need = relaxed.car_day + relaxed.rate[0] * (depth + 1) - relaxed.clock.unpaid * rate[depth + 1]
            party = Party(picked, depth + 1, need, rate[depth + 1], free[depth + 1])
            count = _put_in_order(relaxed, task, prices, staff, party, crew, skills[depth + 1], order, mark, head)
            for n in range(count if depth > 0 else 0):
                # a crew that does without its last member is searched by itself: some visit must need that one
                if _needed(relaxed, task, prices, staff, party, skills[depth], order.visits[n]):
                    order.forced[order.visits[n]] = mark
            found = _search_crew(relaxed, task, prices, party, order, count, mark if depth > 0 else 0,
                                        path, room, out, found)  # fmt: skip
        if depth + 1 < seats:
            depth += 1
            member[depth] = i + 1 if depth > 1 else second
        else:
            member[depth] += 1
    return found


def long_routes(relaxed: Relaxed, office: int, long_from: int, prices: Prices, staff: Staff, per_crew: int,
                stop: Callable[[], bool]) -> Finds:  # fmt: skip
    """Sets of ``long_from`` visits or more that earn something at the given prices with some crew of ``office``.

    Of each crew, at most ``per_crew`` sets are kept.

    Raises:
        Stopped: ``stop`` became true.
    """
    count = len(relaxed.visit)
    excess = np.zeros(count)
    nothing = Finds(np.zeros((0, DEPTH), np.int64), excess)
    if not staff.seats:
        return nothing
    task = task_of(relaxed, office, long_from, prices, staff, per_crew)
    order = Order(np.zeros(count, np.int64), np.zeros(count), np.zeros(count, np.int64), np.zeros(count, np.int64))
    path, room = _path(count, task.day_bits.shape[1]), room_for(DEPTH)
    by_reference = (relaxed_handle(relaxed), task_handle(task), prices_handle(prices), staff_handle(staff))
    by_order, by_path = order_handle(order), path_handle(path)
    pieces = [nothing.visits]
    for first, second, beyond in pieces_of_crews(len(staff.officers), task.most_seats):
        if stop():
            raise Stopped
        out = Out(np.empty((ROOM, DEPTH), np.int64), excess)
        found = _search_crews(*by_reference, first, second, beyond, by_order, by_path, room, out)
        order.seen[:] = 0
        order.forced[:] = 0
        pieces.append(np.unique(np.sort(out.visits[:found], axis=1)[:, ::-1], axis=0))
    return Finds(np.unique(np.concatenate(pieces), axis=0), excess)


def _path(count: int, words: int) -> Path:
    """An empty route."""
    deep = DEPTH + 2
    return Path(
        stops=np.empty(deep, np.int64), places=np.empty(deep, np.int64), next=np.empty(deep, np.int64),
        owed=np.empty(deep), spent=np.empty(deep), visits_spent=np.empty(deep), gained=np.empty(deep),
        loads=np.empty(deep), km=np.empty(deep), drive=np.empty(deep),
        days=np.empty((deep, words), np.int64), suffix=np.empty(count + 1),
        km_table=np.empty((1 << DEPTH, DEPTH)), drive_table=np.empty((1 << DEPTH, DEPTH)),
        value=np.empty(1 << MOST_LINKED), earned=np.empty((2, 1 << MOST_LINKED)),
    )  # fmt: skip
