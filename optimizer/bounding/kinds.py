"""What a route and the visits that may follow bring at the most, where all officers are of few kinds.

Officers are of one kind where the same claims earn them the same. Then it need not be asked who rides along, only how
many claim something: nobody, one, who then pays for what he claims together, or several, who each pay for the tour's
hours.
"""

from __future__ import annotations

import numpy as np

from optimizer.bounding.claims import MOST_LINKED, claimed_values, most_of_parts
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.structures import Crew, Kinds, Path, Prices, Staff, Task
from optimizer.compiling import compiled
from optimizer.instance import Floats

#: kinds at most; all officers are taken as one where they are more
MOST_KINDS = 3
#: a claim is near the most that any officer earns from it by such a share; the share of claims that have to be
NEAR, MUCH_ALIKE = 0.5, 0.5
#: pairs of visits, times officers who differ, beyond which ties take too long to know
MOST_TIES = 30_000_000
#: who claims what of the stops so far: one all of them, all but one, some others, none of them; nobody ever; several
ALL, BUT_ONE, SOME, NONE, NOBODY, SEVERAL = range(6)


def kinds_of(prices: Prices, staff: Staff) -> Kinds:
    """The kinds of these officers: those whom prices are the same, or all as one; none where they differ too much."""
    own = prices.reward[:, staff.officers]
    most = own.max(axis=1, initial=0.0)
    asked = most > 0.0
    near = own[asked] >= NEAR * most[asked, None]
    groups: list[list[int]] = [np.flatnonzero(staff.kind == k).tolist() for k in staff.kinds]
    if len(groups) > MOST_KINDS:
        groups = [list(range(len(staff.officers)))]
    many = len(own) ** 2 * len(staff.kinds) > MOST_TIES
    if len(prices.set_price) == 0 or near.sum() < max(1, MUCH_ALIKE * near.size) or many:
        groups = []
    who = [_who_matter(prices, staff, group) for group in groups]
    count = len(prices.visit)
    claim, dear, tie = np.zeros((len(who), count)), np.zeros((len(who), count)), np.zeros((len(who), count, count))
    for k, places in enumerate(who):
        officers = staff.officers[places]
        claim[k] = prices.claim[:, officers].max(axis=1)
        dear[k] = prices.dear[:, officers].min(axis=1)
        tie[k] = np.minimum.reduce([_ties(prices, int(o)) for o in officers])
    return Kinds(
        np.cumsum([0, *map(len, who)]), np.array([i for places in who for i in places], np.int64),
        np.array([prices.hour[staff.officers[group]].min() for group in groups]), claim, dear,
        dear[:, asked].min(axis=1, initial=np.inf), tie,
    )  # fmt: skip


def _who_matter(prices: Prices, staff: Staff, places: list[int]) -> list[int]:
    """Without those of one kind, and those who earn nowhere more than another one whom sets cost the same."""
    kept: dict[bytes, list[int]] = {}
    for i in sorted(places, key=lambda i: -float(staff.claim[:, i].sum())):
        if staff.kind[i] != i:
            continue
        o = staff.officers[i]
        rows = slice(prices.set_from[o], prices.set_from[o + 1])
        key = prices.set_place[:, rows].tobytes() + prices.set_price[rows].tobytes() + prices.hour[o].tobytes()
        others = kept.setdefault(key, [])
        if not any((staff.claim[:, k] >= staff.claim[:, i]).all() for k in others):
            others.append(i)
    return [i for others in kept.values() for i in others]


def _ties(prices: Prices, officer: int) -> Floats:
    """[n, n] by which claiming the first visit is dearer beside the second one."""
    ties = np.zeros((len(prices.visit), len(prices.visit)))
    for row in range(prices.set_from[officer], prices.set_from[officer + 1]):
        place = prices.set_place[:, row]
        tied = np.flatnonzero(place < 0)
        before = (place != 0) & (np.abs(place)[None, :] < -place[tied, None])
        ties[tied] += prices.set_share[row] * before
    return ties


@compiled
def note_ties(task: Task, path: Path, depth: int) -> None:
    """Note the largest ties to ``depth`` stops of the candidates that may follow, when the last one has joined."""
    last = path.stops[depth - 1]
    for k in range(len(task.kinds.hour)):
        for c in range(path.number[depth]):
            v = path.candidates[depth, c]
            most = path.tied[depth - 1, k, v] if depth > 1 else 0.0
            next_most = path.tied_next[depth - 1, k, v] if depth > 1 else 0.0
            tie = task.kinds.tie[k, v, last]
            path.tied[depth, k, v] = max(most, tie)
            path.tied_next[depth, k, v] = max(next_most, min(most, tie))


@compiled
def _dear(task: Task, path: Path, depth: int, k: int) -> float:
    """Baht for an hour of the tour, at the least, where one of the kind claims one of the stops."""
    least = np.inf
    for j in range(depth):
        least = min(least, task.kinds.dear[k, path.stops[j]])
    return least


@compiled
def owe_by_kinds(task: Task, staff: Staff, path: Path, depth: int, wage: float, hours: float) -> None:
    """Note a quick floor of what the first ``depth`` stops owe with one who claims some of them, and with several."""
    hands = max(1, path.hands[depth])
    alone, several = np.inf, np.inf
    for k in range(len(task.kinds.hour)):
        earned = -_dear(task, path, depth, k) * hours
        for j in range(depth):
            earned += task.kinds.claim[k, path.stops[j]]
        alone = min(alone, hands * (wage + hours * task.kinds.hour[k]) - max(0.0, earned))
        path.claimed[depth, k, ALL] = path.claimed[depth, k, BUT_ONE] = path.claimed[depth, k, SOME] = earned
    if staff.seats > 1:
        several = max(2, hands) * (wage + hours * task.cheapest) - path.hoped[depth]
    path.alone[depth], path.several[depth] = alone, several
    path.owed[depth] = path.base[depth] + min(alone, several)


@compiled
def owe_by_claims(task: Task, prices: Prices, staff: Staff, crew: Crew, path: Path, depth: int, wage: float,
                  hours: float) -> None:  # fmt: skip
    """The same, exactly: by a table of what each kind earns from each subset of the stops."""
    if depth > MOST_LINKED:
        return
    stops, full = path.stops[:depth], (1 << depth) - 1
    hands, least = max(1, path.hands[depth]), wage + hours * task.cheapest
    alone, dear = np.inf, np.inf
    most = crew.net
    most[0 : full + 1] = 0.0
    for k in range(len(task.kinds.hour)):
        case, value = path.claimed[depth, k], crew.value[0]
        case[:] = -np.inf
        for i in task.kinds.who[task.kinds.begin[k] : task.kinds.begin[k + 1]]:
            claimed_values(prices, staff.coop, stops, staff.officers[i], hours, value)
            case[ALL] = max(case[ALL], value[full])
            for block in range(1, full):
                rest = full ^ block
                if rest & (rest - 1) == 0:
                    case[BUT_ONE] = max(case[BUT_ONE], value[block])
                else:
                    case[SOME] = max(case[SOME], value[block])
            most_of_parts(depth, value)
            for block in range(full + 1):
                most[block] = max(most[block], value[block])
        earned = max(0.0, case[ALL], case[BUT_ONE], case[SOME])
        alone = min(alone, hands * (wage + hours * task.kinds.hour[k]) - earned)
        dear = min(dear, task.kinds.least[k])
    path.alone[depth] = max(path.alone[depth], alone)
    if staff.seats > 1:
        split = crew.split  # the most of each part, shared among any number of members who cost ``least`` each
        split[0], two = 0.0, -np.inf
        for part in range(1, full + 1):
            low = part & -part
            others = block = part ^ low
            split[part] = most[part] - least
            while block > 0:
                block = (block - 1) & others
                total = most[block | low] - least + split[others ^ block]
                split[part] = max(split[part], total)
                if part == full:
                    two = max(two, total)
        one = most[full] - dear * hours - 2.0 * least  # the other one claims nothing before what follows
        path.several[depth] = max(path.several[depth], -max(two, one))
    path.owed[depth] = path.base[depth] + min(path.alone[depth], path.several[depth])


@compiled
def pay_by_claims(relaxed: Relaxed, task: Task, path: Path, depth: int, k: int, case: int, wage: float,
                  hours: float) -> tuple[float, float]:  # fmt: skip
    """Fill ``path.brings`` with what candidates bring at the most in a case of who claims what.

    Returns what the crew costs at the least, claims of the first ``depth`` stops taken off, and baht for a further
    minute of the tour beside what the cheapest officer costs. The crew is inf where there is no such case.
    """
    hands, least = max(1, path.hands[depth]), task.kinds.least[k]
    crew, minute = hands * (wage + hours * task.kinds.hour[k]), 0.0
    paid = path.drive[depth] + path.visits[depth] >= relaxed.clock.unpaid
    if case <= SOME:
        crew -= path.claimed[depth, k, case]
        minute = _dear(task, path, depth, k) / 60.0 if paid else 0.0
    elif case == NONE:
        crew += least * hours
        minute = least / 60.0 if paid else 0.0
    elif case == SEVERAL:
        crew = path.several[depth]
        minute = 2.0 * least / 60.0 if paid else 0.0
    if crew == np.inf:
        return crew, minute
    for c in range(path.number[depth]):
        v = path.candidates[depth, c]
        claim = task.kinds.claim[k, v] if case != NOBODY else 0.0
        if case == SEVERAL:  # others may be of another kind
            for other in range(len(task.kinds.hour)):
                claim = max(claim, task.kinds.claim[other, v])
        if case == ALL:
            claim -= path.tied[depth, k, v]
        elif case == BUT_ONE:
            claim -= path.tied_next[depth, k, v]
        path.brings[depth, c] = task.worth[v] + max(0.0, claim) - minute * relaxed.minutes[v]
    return crew, minute
