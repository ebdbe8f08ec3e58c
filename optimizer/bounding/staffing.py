"""Who may ride from an office, and what is known of them all at given prices."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import day_cost_of
from optimizer.bounding.structures import Prices, Staff
from optimizer.compiling import compiled
from optimizer.instance import Flags, Floats, Ints

#: topics that are looked at when officers are counted who know them all
MOST_TOPICS = 10
#: pairs of visits, times officers, beyond which what one earns from both takes too long to know
MOST_BOTH = 30_000_000


def staff_of(relaxed: Relaxed, prices: Prices, office: int) -> Staff:
    """The officers of an office who may be worth a seat at these prices.

    ``both`` is known where claims earn something and visits are few.
    """
    officers = np.flatnonzero(relaxed.base == office)
    seats = min(int(relaxed.seats[office]), len(officers))
    officers = officers[needed(officers, prices, relaxed.skills, relaxed.barred, relaxed.there) == 1]
    own = np.ascontiguousarray(prices.reward[:, officers])
    few = seats and len(own) ** 2 * len(officers) <= MOST_BOTH
    if few and own.any():
        both = _both(own, prices.hour[officers], np.maximum(0.0, relaxed.minutes), relaxed.clock.unpaid)
    else:
        both = np.zeros((0, 0))
    _, kinds, kind = np.unique(prices.first[officers], return_index=True, return_inverse=True)
    hands, asked = fewest_hands(relaxed.skills[officers], relaxed.topics), relaxed.asked[office]
    hands = np.maximum(hands, asked[np.arange(len(hands)) & (len(asked) - 1)])
    flat, charged = _flat_charges(prices, officers)
    always = (relaxed.there == 1).all(axis=1).astype(np.uint8)
    return Staff(
        officers, relaxed.skills, relaxed.barred, relaxed.coop, day_cost_of(relaxed, office), relaxed.there, always,
        seats, np.ascontiguousarray(prices.claim[:, officers]), own.min(axis=1, initial=np.inf),
        kinds, kinds[kind], flat, prices.hour[officers] - prices.hour[officers].min(initial=np.inf) + charged, both,
        hands,
    )  # fmt: skip


def _flat_charges(prices: Prices, officers: Ints) -> tuple[Flags, Floats]:
    """[staff] whether an officer's claimed hours cost the same whatever he claims, and how much; 0 where they do not.

    They do where nothing is tied, and each visit that he earns anything from is in all his sets.
    """
    flat, charged = np.ones(len(officers), np.uint8), np.zeros(len(officers))
    for i, o in enumerate(officers.tolist()):
        rows = slice(int(prices.set_from[o]), int(prices.set_from[o + 1]))
        place = prices.set_place[:, rows]
        flat[i] = (place[prices.reward[:, o] > 0] > 0).all() and (place >= 0).all()
        charged[i] = prices.set_price[rows].sum() if flat[i] else 0.0
    return flat, charged


def needed(officers: Ints, prices: Prices, skills: Ints, barred: Flags, there: Flags) -> Flags:
    """[len(officers)] 0 for who claims nothing at these prices, and for whom another one does as well."""
    idle = (prices.reward[:, officers].max(axis=0, initial=0.0) <= 0.0).astype(np.uint8)
    return _needed(officers, idle, prices.hour, skills, barred, there)


@compiled
def _needed(officers: Ints, idle: Flags, hour: Floats, skills: Ints, barred: Flags, there: Flags) -> Flags:
    """[len(officers)] 0 for who can claim nothing, where another one does as well in every crew.

    That is one who is no dearer, knows as much, is barred nowhere else and there on all his days; beside that one he
    brings nothing. Of several who are alike the first is kept.
    """
    needed = np.ones(len(officers), np.uint8)
    for i in range(len(officers)):
        for k in range(len(officers)):
            if idle[i] and k != i and _does_as_well(officers[k], officers[i], hour, skills, barred, there):
                alike = idle[k] and _does_as_well(officers[i], officers[k], hour, skills, barred, there)
                if k < i or not alike:
                    needed[i] = 0
                    break
    return needed


@compiled
def _does_as_well(o: int, other: int, hour: Floats, skills: Ints, barred: Flags, there: Flags) -> bool:
    """Whether officer ``o`` can take the other one's place at no more cost."""
    if hour[o] > hour[other] or skills[other] & ~skills[o] != 0:
        return False
    for d in range(there.shape[1]):
        if there[other, d] > there[o, d]:
            return False
    for c in range(len(barred)):
        if barred[c, o] > barred[c, other]:
            return False
    return True


@compiled
def _both(own: Floats, hour: Floats, minutes: Floats, unpaid: float) -> Floats:
    """[n, n] the most that one officer earns from two visits, less what his hours there cost beyond the cheapest."""
    count = len(own)
    both = np.empty((count, count))
    dearer = hour - hour.min()
    for u in range(count):
        for v in range(u + 1):
            hours = max(0.0, minutes[u] + minutes[v] - unpaid) / 60.0
            most = -np.inf
            for o in range(len(dearer)):
                most = max(most, own[u, o] + own[v, o] - hours * dearer[o])
            both[u, v] = both[v, u] = most
    return both


def fewest_hands(skills: Ints, topics: Ints) -> Ints:
    """[2^T] how many officers of these ``skills`` it takes to know the topics of each bit mask, of the first T topics.

    One at least; as many as there are and one more where all of them do not know it.
    """
    return _fewest_hands(tuple(map(int, skills)), int(np.bitwise_or.reduce(topics, initial=0)))


@lru_cache(maxsize=16)
def _fewest_hands(skills: tuple[int, ...], topics: int) -> Ints:
    masks = np.arange(1 << min(MOST_TOPICS, topics.bit_length()))
    hands = np.where(masks == 0, 0, len(skills) + 1)
    for _ in range(min(MOST_TOPICS, topics.bit_length())):  # each of as many officers may know one more
        for skill in set(skills):
            hands = np.minimum(hands, hands[masks & ~skill] + 1)
    return np.maximum(1, hands)
