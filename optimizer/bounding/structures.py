"""What pricing reads and writes: prices, staff, and the scratch of its searches."""

from __future__ import annotations

from typing import NamedTuple

from optimizer.instance import Flags, Floats, Ints


class Prices(NamedTuple):
    """Dual prices as pricing reads them. n visits, O officers, C cooperatives."""

    visit: Floats  # [n] baht for making the visit
    hour: Floats  # [O] baht for an hour of the officer
    reward: Floats  # [n, O] baht for having the officer along as the visit's lead
    most: Floats  # [n] the most of these
    pair: Ints  # [n, C] row of ``same`` for a visit and another cooperative on the route, or -1
    same: Floats  # [pairs, O] baht that it costs to claim both
    moved: Floats  # [n] baht that prices of the visit have moved in a route's favour so far
    hour_moved: float  # baht an hour, likewise, of a whole crew


class Staff(NamedTuple):
    """The officers of one office and what their crews must keep."""

    officers: Ints
    skills: Ints  # [O]
    barred: Flags  # [C, O]
    coop: Ints  # [n]
    seats: int
    least: Floats  # [n] the least reward that any of them has for a visit


class Crew(NamedTuple):
    """Scratch of the search for one route's crew. k visits, 2^k subsets of them."""

    pool: Ints  # officers that may be worth it, by place in the staff
    own: Floats  # baht of each officer of the staff
    alone: Floats  # [staff] the most that the officer earns from all stops; -inf where barred
    least_net: Floats  # [staff + 1] least baht less earnings alone of those from this place in the pool on
    net_below: Floats  # [staff + 1] sum of these below 0
    value: Floats  # [staff, 2^k] by subset of linked stops, or [staff, k] by stop: the most that the officer earns
    earned: Floats  # [seats + 2, as value] the most that the members so far earn
    place: Ints
    paid: Floats
    known: Ints
    picked: Ints
    best: Ints


class Task(NamedTuple):
    """What every search from one office shares."""

    depot: int
    capacity: float
    limit: float  # minutes of drive and visits
    long_from: int
    per_crew: int
    day_bits: Ints  # [n, W]
    day_cost: Floats  # [n, D]
    pair_km: Floats  # [n, n] least closed way over two visits, baht
    pair_drive: Floats  # [n, n] minutes
    price: Floats  # [n] the visit's price, below every reward where no day suits it
    paying: Ints  # [n] visits by what they earn a minute with any officer
    special: Ints  # [staff, n] visits that earn more with this officer than with any, best a minute first
    specials: Ints  # [staff]
    linked: Flags  # [n] whether claiming the visit beside others may have a price
    most_seats: int


class Order(NamedTuple):
    """The visits that a crew gains from."""

    visits: Ints  # by gain a minute, best first
    gain: Floats  # [n]
    forced: Ints  # [n] equals the party's mark where the visit needs the last member
    seen: Ints  # [n] equals the party's mark once the visit is in


class Path(NamedTuple):
    """The route in hand, stop by stop."""

    stops: Ints
    places: Ints
    next: Ints
    owed: Floats
    spent: Floats
    visits_spent: Floats
    gained: Floats
    loads: Floats
    km: Floats
    drive: Floats
    days: Ints  # [DEPTH + 2, W]
    suffix: Floats  # [n + 1] gains of the visits from here on
    km_table: Floats
    drive_table: Floats
    value: Floats
    earned: Floats  # [2, 2^MOST_LINKED]
