"""The best crew of a route of few stops, by a table: who claims which block of stops, who knows what is needed.

A crew shares the stops out among its members. So the best one is found block by block: of each block of stops, with
each part of the topics that are needed, the officer who earns most beyond what he costs; then the best split of all.
"""

from __future__ import annotations

import numpy as np

from optimizer.bounding.claims import charge_hours, most_of_parts, values_of
from optimizer.bounding.structures import Crew, Prices, Staff
from optimizer.compiling import compiled
from optimizer.instance import Ints

#: stops and needed topics together, up to which there is a table
MOST_PARTS = 9


@compiled
def is_barred(staff: Staff, stops: Ints, officer: int) -> bool:
    """Whether a cooperative of the stops bars the officer."""
    for v in stops:
        if staff.barred[staff.coop[v], officer]:
            return True
    return False


@compiled
def parts_of(stops: Ints, need: int) -> int:
    """How many parts a split of the route has at most: its stops, and the topics that are needed."""
    topics = 0
    while need > 0:
        need &= need - 1
        topics += 1
    return len(stops) + topics


@compiled
def know_all(staff: Staff, crew: Crew, hands: int, need: int) -> bool:
    """Whether the first ``hands`` of ``crew.best`` know all that is needed together."""
    for m in range(hands):
        need &= ~staff.skills[crew.best[m]]
    return need == 0


@compiled
def _known_of(skills: int, need: int) -> int:
    """The needed topics that are among the skills, numbered from 0."""
    known, number = 0, 0
    while need > 0:
        low = need & -need
        if skills & low:
            known |= 1 << number
        need ^= low
        number += 1
    return known


@compiled
def note_values(prices: Prices, staff: Staff, crew: Crew, stops: Ints, linked: bool, hours: float) -> None:
    """Write into ``crew.value[i, B]`` what officers earn by claiming the stops of B.

    ``crew.alone`` has -inf for those who are barred, 0 for those who earn nothing, and more for others.
    """
    for i in range(len(staff.officers)):
        o = staff.officers[i]
        if is_barred(staff, stops, o):
            crew.alone[i] = -np.inf
            continue
        crew.alone[i] = 0.0
        for v in stops:
            crew.alone[i] += prices.reward[v, o]
        if crew.alone[i] <= 0.0:
            continue
        value, same = crew.value[i], staff.kind[i]
        if same < i and crew.alone[same] > -np.inf:
            value[: 1 << len(stops)] = crew.value[same, : 1 << len(stops)]
        elif linked:
            values_of(prices, staff.coop, stops, o, hours, True, value)
        else:
            value[0] = 0.0
            for j in range(len(stops)):
                earned = prices.reward[stops[j], o]
                for block in range(1 << j):
                    value[block | 1 << j] = value[block] + earned


@compiled
def _fill(prices: Prices, staff: Staff, crew: Crew, stops: Ints, need: int, topics: int,
          wage: float, hours: float, paid: float) -> None:  # fmt: skip
    """Write into ``crew.net[B]`` the most that one officer brings who claims the stops and knows the topics of B.

    ``paid``: what of his cost is paid whether he rides along or somebody is missing.
    """
    count = len(stops)
    claims = 1 << count
    net, who = crew.net, crew.who
    for block in range(claims << topics):
        net[block], who[block] = -np.inf, -1
    for i in range(len(staff.officers)):
        o = staff.officers[i]
        if crew.alone[i] == -np.inf:
            continue
        own, known = wage + hours * prices.hour[o] - paid, _known_of(staff.skills[o], need) << count
        if -own > net[known]:
            net[known], who[known] = -own, o
        if crew.alone[i] <= 0.0:
            continue
        value = crew.value[i]
        for block in range(1, claims):
            if value[block] - own > net[block | known]:
                net[block | known], who[block | known] = value[block] - own, o
    for bit in range(count + topics):
        for block in range(claims << topics):
            other = block ^ 1 << bit
            # who knows more will do, and a stop need not be claimed
            if (other > block) == (bit >= count) and net[other] > net[block]:
                net[block], who[block] = net[other], who[other]


@compiled
def _rides(crew: Crew, hands: int, officer: int) -> bool:
    """Whether the officer is one of the first ``hands`` of ``crew.best``."""
    for m in range(hands):
        if crew.best[m] == officer:
            return True
    return False


@compiled
def _another(staff: Staff, crew: Crew, hands: int, officer: int, need: int, known: int) -> int:
    """Someone else who earns what the officer does, knows these needed topics and does not ride yet; -1: nobody."""
    kind = -1
    for i in range(len(staff.officers)):
        if staff.officers[i] == officer:
            kind = staff.kind[i]
    for i in range(len(staff.officers)):
        o = staff.officers[i]
        alike = staff.kind[i] == kind and crew.alone[i] > -np.inf
        if alike and known & ~_known_of(staff.skills[o], need) == 0 and not _rides(crew, hands, o):
            return int(o)
    return -1


@compiled
def best_split(prices: Prices, staff: Staff, crew: Crew, stops: Ints, rest: float, need: int, asked: int, wage: float,
               hours: float, least: float) -> tuple[float, int]:  # fmt: skip
    """A floor under the reduced cost of the route, and how many members ``crew.best`` then holds who cost just that.

    What officers earn has to be noted. 0: no crew is known to cost that, for the split has more blocks than there are
    seats or officers are asked for, or an officer twice; all other crews cost as much or more. Of more than one that
    are asked for, each who is missing costs ``least``; so a member costs no more than what he is dearer.
    """
    paid = least if asked > 1 else 0.0
    rest += asked * paid
    most = min(asked, staff.seats) if asked > 1 else staff.seats
    topics = parts_of(stops, need) - len(stops)
    _fill(prices, staff, crew, stops, need, topics, wage, hours, paid)
    net, who, best, last = crew.net, crew.who, crew.split, crew.last
    full = (1 << (len(stops) + topics)) - 1
    best[0] = 0.0
    for part in range(1, full + 1):
        low = part & -part
        others = part ^ low
        # the block with the lowest part, and the best split of what is left
        best[part], last[part] = net[part], part
        block = others
        while block > 0:
            block = (block - 1) & others
            total = net[block | low] + best[others ^ block]
            if total > best[part]:
                best[part], last[part] = total, block | low
    if best[full] == -np.inf:
        return np.inf, 0
    hands, part = 0, full
    while part > 0:
        o = who[last[part]]
        if _rides(crew, hands, o):
            o = _another(staff, crew, hands, o, need, last[part] >> len(stops))
        if o < 0 or hands == most:
            return rest - best[full], 0
        crew.best[hands] = o
        hands += 1
        part ^= last[part]
    return rest - best[full], hands


@compiled
def note_floors(crew: Crew, count: int, rest: float, asked: int, least: float, seats: int) -> None:
    """Write into ``crew.at_least[m]`` a floor under what a route of ``count`` stops costs with ``m`` members or more.

    Whatever they know; after :func:`best_split` without topics. Who claims nothing costs ``least`` at the least.
    """
    net, exact, more, full = crew.net, crew.exact, crew.more, (1 << count) - 1
    exact[: full + 1], more[: full + 1] = net[: full + 1], crew.split[: full + 1]
    paid = least if asked > 1 else 0.0  # of each member, and of each of the asked
    fewer = rest + max(asked, 1) * paid - net[full]  # of so many members who claim something, and those asked for
    crew.at_least[0] = crew.at_least[1] = min(fewer, rest + asked * paid - more[full])
    for members in range(2, seats + 1):
        for part in range(full, 0, -1):  # parts of a part come later, so these are still of one member fewer
            low = part & -part
            others = block = part ^ low
            most_exact = most_more = -np.inf
            while block > 0:
                block = (block - 1) & others
                first, left = net[block | low], others ^ block
                most_exact = max(most_exact, first + exact[left])
                most_more = max(most_more, first + more[left])
            exact[part], more[part] = most_exact, most_more
        fewer += least if members > asked else 0.0
        crew.at_least[members] = min(fewer, rest + max(asked, members) * paid - more[full])
        fewer = min(fewer, rest + max(asked, members) * paid - exact[full])


@compiled
def _fill_kinds(staff: Staff, crew: Crew, stops: Ints, hours: float, least: float) -> int:
    """Put into the pool one of each kind who may earn more from the stops than he is dearer; returns how many.

    Writes what each costs into the first row of the table, with hours that are charged whatever he claims.
    """
    earned = crew.own[: len(staff.officers)]
    earned[:] = 0.0
    for v in stops:
        for i in range(len(earned)):  # side by side in memory, as in the table
            earned[i] += max(0.0, staff.claim[v, i])
    count = 0
    for i in staff.kinds:
        if earned[i] > hours * staff.dearer[i]:
            crew.pool[count], crew.table[0, count] = i, -least - hours * staff.dearer[i]
            count += 1
    return count


@compiled
def least_of_several(prices: Prices, staff: Staff, crew: Crew, stops: Ints, hours: float, least: float) -> float:
    """A floor under what two members or more cost, their claims of the stops taken off, whoever they are.

    ``least``: what the cheapest of all costs.
    """
    if len(stops) > MOST_PARTS:
        return -np.inf
    full, net, best, table = (1 << len(stops)) - 1, crew.net, crew.split, crew.table
    kinds = _fill_kinds(staff, crew, stops, hours, least)
    for j in range(len(stops)):
        v, bit = stops[j], 1 << j
        for block in range(bit):
            for k in range(kinds):  # side by side in memory, so the processor adds several at once
                table[block | bit, k] = table[block, k] + staff.claim[v, crew.pool[k]]
    for k in range(kinds):
        if not staff.flat[crew.pool[k]]:
            charge_hours(prices, stops, staff.officers[crew.pool[k]], hours, table[:, k])
    for block in range(full + 1):
        most = -least
        for k in range(kinds):
            most = max(most, table[block, k])
        net[block] = most
    most_of_parts(len(stops), net)  # a stop may be claimed by nobody
    several = net[full] - least
    best[0] = 0.0
    for part in range(1, full + 1):
        low = part & -part
        others = block = part ^ low
        best[part] = net[part]
        while block > 0:
            block = (block - 1) & others
            total = net[block | low] + best[others ^ block]
            best[part] = max(best[part], total)
            if part == full:
                several = max(several, total)
    return -several
