"""Other crews for routes that earn: one member swapped for another officer.

Pricing finds the best crew of a route. Where many officers may lead a cooperative the master needs its routes with each
of them, and one crew a round would take as many rounds as there are officers.
"""

from __future__ import annotations

import numpy as np

from optimizer.borrowing import borrowed
from optimizer.bounding.crews import later_by, sum_days
from optimizer.bounding.prices import BLUR
from optimizer.bounding.pricing import Earners, in_order
from optimizer.bounding.relaxed import Relaxed
from optimizer.bounding.routes import day_bits_of
from optimizer.bounding.structures import Prices
from optimizer.compiling import compiled
from optimizer.instance import Floats, Ints

#: crews made of one at most
EACH = 4


@compiled
def _charged(prices: Prices, stops: Ints, officer: int, row: int, hours: float, claim: Ints) -> float:
    """What the row of claimed hours costs where the officer claims these stops."""
    first, total = 0, 0.0  # the least place of those that he claims, and where it is tied, nothing is charged for it
    for j in range(len(stops)):
        place = prices.set_place[stops[j], row] if claim[j] == officer else 0
        if place != 0 and (first == 0 or abs(place) < abs(first)):
            first = place
        if place < 0:
            total += prices.set_share[row]
    if first == 0:
        return 0.0
    charged: float = total + hours * prices.set_price[row] - (prices.set_share[row] if first < 0 else 0.0)
    return charged


@compiled
def _earned(prices: Prices, stops: Ints, crew: Ints, hours: float, claim: Ints) -> float:
    """What a crew earns as leads, less claimed hours; writes who claims each stop, -1 nobody."""
    total = 0.0
    for j in range(len(stops)):
        most = 0.0
        claim[j] = -1
        for o in crew:
            if o >= 0 and stops[j] >= 0 and prices.reward[stops[j], o] > most:
                most, claim[j] = prices.reward[stops[j], o], o
        if claim[j] >= 0:
            total += prices.claim[stops[j], claim[j]]
    for o in crew:
        if o >= 0:
            for row in range(prices.set_from[o], prices.set_from[o + 1]):
                total -= _charged(prices, stops, o, row, hours, claim)
    return total


@compiled
def _may_ride(relaxed: Relaxed, stops: Ints, crew: Ints, member: int, officer: int) -> bool:
    """Whether the officer can take the member's seat: topics, office, and nobody bars him."""
    if relaxed.base[officer] != relaxed.base[crew[member]]:
        return False
    need, known = 0, relaxed.skills[officer]
    for m in range(len(crew)):
        if crew[m] == officer:
            return False
        if m != member and crew[m] >= 0:
            known |= relaxed.skills[crew[m]]
    for v in stops:
        if v >= 0:
            need |= relaxed.topics[v]
            if relaxed.barred[relaxed.coop[v], officer]:
                return False
    covered: bool = need & ~known == 0
    return covered


@compiled
def _latest(late: Floats, crew: Ints) -> float:
    """By how much the cheapest day of the member who is there least makes a route dearer."""
    most = 0.0
    for o in crew:
        if o >= 0:
            most = max(most, late[o])
    return most


@compiled
def _swaps(relaxed: Relaxed, day_cost: Floats, prices: Prices, visits: Ints, crews: Ints, hours: Floats, cost: Floats,
           route: Ints, crew: Ints, gain: Floats, late: Floats) -> int:  # fmt: skip
    """Write the crews that earn most of those one swap away from each of ``crews``; returns how many."""
    found, hour = 0, prices.hour
    trial, claim = np.empty(crews.shape[1], np.int64), np.empty(visits.shape[1], np.int64)
    day, later = np.empty(day_cost.shape[2]), np.empty(len(hour))
    for r in range(len(visits)):
        cheapest = sum_days(day_cost[relaxed.base[crews[r, 0]]], visits[r], day)
        for each in range(len(hour)):
            later[each] = later_by(relaxed.there[each], day, cheapest)
        had = _latest(later, crews[r])
        first, rest = found, cost[r] - had
        for v in visits[r]:
            if v >= 0:
                rest -= prices.visit[v]
        for member in range(crews.shape[1]):
            if crews[r, member] < 0:
                continue
            for officer in range(len(hour)):
                if not _may_ride(relaxed, visits[r], crews[r], member, officer):
                    continue
                trial[:] = crews[r]
                trial[member] = officer
                has = _latest(later, trial)
                earns = _earned(prices, visits[r], trial, hours[r], claim) - rest - has
                for o in trial:
                    if o >= 0:
                        earns -= hours[r] * hour[o]
                at = found
                if found - first == EACH:  # instead of the one that earns least
                    for k in range(first, found):
                        at = k if at == found or gain[k] < gain[at] else at
                    if earns <= gain[at]:
                        continue
                if earns > BLUR:
                    route[at], gain[at] = r, earns
                    crew[at], late[at] = trial, has - had
                    found += at == found
    return found


@compiled
def _claims(prices: Prices, visits: Ints, crews: Ints, hours: Floats, claims: Ints) -> None:
    for r in range(len(visits)):
        _earned(prices, visits[r], crews[r], hours[r], claims[r])


def swapped(relaxed: Relaxed, prices: Prices, found: Earners, chosen: Ints) -> Earners:
    """The ``chosen`` routes with crews one swap away that earn too, where claims of two stops together cost nothing."""
    room = len(chosen) * EACH
    route, gain = np.empty(room, np.int64), np.empty(room)
    crew = np.empty((room, found.crew.shape[1]), np.int64)
    visits, hours, cost = found.visits[chosen], found.hours[chosen], found.cost[chosen]
    day_cost = np.array([day_bits_of(relaxed, office)[0] for office in range(len(relaxed.depot))])
    late, by_price = np.empty(room), borrowed(prices)
    number = _swaps(borrowed(relaxed), day_cost, by_price, visits, found.crew[chosen], hours, cost, route, crew,
                    gain, late)  # fmt: skip
    of = route[:number]
    crew = in_order(crew[:number])
    claim = np.empty((number, visits.shape[1]), np.int64)
    _claims(by_price, visits[of], crew, hours[of], claim)
    return Earners(gain[:number], visits[of], claim, crew, found.km[chosen][of], hours[of], cost[of] + late[:number],
                   found.alone[chosen][of])  # fmt: skip
