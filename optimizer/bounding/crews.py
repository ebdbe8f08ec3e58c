"""The cheapest crew for every outing at given prices: which outings would earn more than they cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from optimizer.bounding.duals import BLUR
from optimizer.bounding.outings import Outings, Stopped
from optimizer.bounding.relaxed import Relaxed
from optimizer.instance import Floats, Ints
from optimizer.search.compiling import compiled

#: outings that are priced between two looks at the stop criterion
PIECE = 40_000


@dataclass(frozen=True)
class Earners:
    """Outings of one entry of the list that earn something, with their best crew."""

    entry: int
    index: Ints  # [M] row in the entry
    gain: Floats  # [M] baht, positive
    crew: Ints  # [M, seats] officers, padded with -1


@compiled
def _cheapest_crews(visits: Ints, baht: Floats, hours: Floats, topics: Ints, fines: Floats, begin: int, end: int,
                    staff: Ints, skills: Ints, seats: int, officer_day: float, price: Floats, hour: Floats,
                    reward: Floats, most: Floats, floor: Floats, excess: Floats, index: Ints, gain: Floats,
                    crew: Ints) -> int:  # fmt: skip
    """Write rows ``begin..end`` that earn more than ``BLUR``; raise ``excess`` to cover them; return their number."""
    size = visits.shape[1]
    people = len(staff)
    cheapest_hour = np.inf
    for o in staff:
        cheapest_hour = min(cheapest_hour, hour[o])
    pool = np.empty(people, np.int64)
    picked = np.empty(seats + 1, np.int64)
    place = np.zeros(seats + 1, np.int64)
    paid = np.zeros(seats + 1)
    known = np.zeros(seats + 1, np.int64)
    had = np.zeros((seats + 1, size))
    found = 0
    for s in range(begin, end):
        rest, hoped = baht[s] + fines[s], 0.0
        for j in range(size):
            rest -= price[visits[s, j]]
            hoped += most[visits[s, j]]
        least = officer_day + hours[s] * cheapest_hour
        if rest + least - hoped >= -BLUR:
            continue
        # rewards of a crew are at most those that anybody has, and what each member has above them
        low, others = rest, 0.0
        for j in range(size):
            low -= floor[visits[s, j]]
        alone = np.inf
        for o in staff:
            own = officer_day + hours[s] * hour[o]
            for j in range(size):
                own -= reward[visits[s, j], o] - floor[visits[s, j]]
            others += min(0.0, own)
            alone = min(alone, max(0.0, own))
        if low + others + (alone if others == 0.0 else 0.0) >= -BLUR:
            continue
        need = topics[s]
        able = 0
        for i in range(people):
            o = staff[i]
            own = officer_day + hours[s] * hour[o]
            better = False
            for k in range(people):
                if k == i or better:
                    continue
                q = staff[k]
                other = officer_day + hours[s] * hour[q]
                if other > own or (skills[o] & need & ~skills[q]) != 0:
                    continue
                same = other == own and (skills[q] & need) == (skills[o] & need)
                covers = True
                for j in range(size):
                    mine, theirs = reward[visits[s, j], o], reward[visits[s, j], q]
                    covers = covers and theirs >= mine
                    same = same and theirs == mine
                better = covers and (not same or k < i)
            if not better:
                pool[able] = o
                able += 1
        best = -BLUR
        depth = 0
        place[0], paid[0], known[0] = 0, rest, 0
        had[0, :] = 0.0
        while depth >= 0:
            i = place[depth]
            if i >= able or depth >= seats:
                depth -= 1
                continue
            place[depth] = i + 1
            o = pool[i]
            picked[depth] = o
            total = paid[depth] + officer_day + hours[s] * hour[o]
            earned = 0.0
            for j in range(size):
                had[depth + 1, j] = max(had[depth, j], reward[visits[s, j], o])
                earned += had[depth + 1, j]
            covered = known[depth] | (skills[o] & need)
            if covered == need and total - earned < best:
                best = total - earned
                for k in range(seats):
                    crew[found, k] = picked[k] if k <= depth else -1
            if total + least - hoped < best:
                depth += 1
                place[depth], paid[depth], known[depth] = i + 1, total, covered
        if best < -BLUR:
            index[found], gain[found] = s, -best
            for j in range(size):
                excess[visits[s, j]] = max(excess[visits[s, j]], -best / size)
            found += 1
    return found


def earners(relaxed: Relaxed, outings: list[Outings], fines: list[Floats], price: Floats, hour: Floats,
            reward: Floats, stop: Callable[[], bool]) -> tuple[list[Earners], Floats]:  # fmt: skip
    """All outings that earn more than they cost, and the excess [n] that makes up for them.

    ``price`` [n], ``hour`` [O] and ``reward`` [n, O] are baht; ``fines`` are baht for each outing of each entry.

    Raises:
        Stopped: ``stop`` became true before every outing was looked at.
    """
    excess = np.zeros(len(relaxed.visit))
    found = []
    most = reward.max(axis=1, initial=0.0)
    for entry, (block, fine) in enumerate(zip(outings, fines, strict=True)):
        staff = np.flatnonzero(relaxed.base == block.office)
        seats = min(int(relaxed.seats[block.office]), len(staff))
        if not seats:
            continue
        floor = reward[:, staff].min(axis=1)
        for begin in range(0, len(block.visits), PIECE):
            if stop():
                raise Stopped
            end = min(begin + PIECE, len(block.visits))
            index, gain = np.empty(end - begin + 1, np.int64), np.empty(end - begin + 1)
            crew = np.empty((end - begin + 1, seats), np.int64)
            number = _cheapest_crews(block.visits, block.baht, block.hours, block.topics, fine, begin, end, staff,
                                     relaxed.skills, seats, relaxed.officer_day, price, hour, reward, most, floor,
                                     excess, index, gain, crew)  # fmt: skip
            if number:
                found.append(Earners(entry, index[:number].copy(), gain[:number].copy(), crew[:number].copy()))
    return found, excess
