"""What pricing reads and writes: prices, staff, and the scratch of its searches."""

from __future__ import annotations

from typing import NamedTuple

from optimizer.instance import Flags, Floats, Ints, Shorts


class Prices(NamedTuple):
    """Dual prices as pricing reads them. n visits, O officers, C cooperatives."""

    visit: Floats  # [n] baht for making the visit
    hour: Floats  # [O] baht for an hour of the officer
    claim: Floats  # [n, O] baht for having the officer along as the visit's lead
    dear: Floats  # [n, O] baht for an hour of tours where he claims the visit, beyond those of others
    reward: Floats  # [n, O] baht of the claim, less what the visit's own minutes cost so; 0 at the least
    charge: Floats  # [n, O] baht that the claim costs who rides alone; no rows where nothing
    most: Floats  # [n] the most of these rewards
    set_from: Ints  # [O + 1] where the sets of an officer begin whose claimed hours have a price
    set_price: Floats  # [R] baht for an hour on tours where he claims a visit of the set
    set_share: Floats  # [R] baht that it costs to claim a visit that is tied to others
    set_place: Shorts  # [n, R] place of its cooperative in the set, from 1; negative where it is tied; or 0
    pair: Ints  # [n, C] row of ``same`` for a visit and another cooperative on the route, or -1
    same: Floats  # [pairs, O] baht that it costs to claim both
    first: Ints  # [O] the first officer for whom all of that costs the same
    moved: Floats  # [n] baht that prices of the visit have moved in a route's favour so far
    hour_moved: float  # baht an hour, likewise, of a whole crew


class Staff(NamedTuple):
    """The officers of one office and what their crews must keep."""

    officers: Ints
    skills: Ints  # [O]
    barred: Flags  # [C, O]
    coop: Ints  # [n]
    day_cost: Floats  # [n, D] baht of making each visit from the office on that day, or inf
    there: Flags  # [O, D] whether the officer is there
    always: Flags  # [O] whether every day
    seats: int
    claim: Floats  # [n, staff] as in :class:`Prices`
    least: Floats  # [n] the least reward that any of them has for a visit
    kinds: Ints  # the first officers, by place in the staff, of those for whom prices are the same
    kind: Ints  # [staff] the place of that officer
    flat: Flags  # [staff] whether all hours on tours cost the same wherever he claims, whatever it is
    dearer: Floats  # [staff] baht for an hour beyond the cheapest officer's; where it is flat, with what claims cost
    both: Floats  # [n, n] the most that one earns by claiming both, less what he is dearer; no rows where not known
    hands: (
        Ints  # [2^T] officers that it takes at the least to know the topics of a bit mask, of the first T; 1 at least
    )


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
    net: Floats  # [2^p] by block of stops and needed topics: the most that one officer brings, less what he costs
    who: Ints  # [2^p] that officer
    split: Floats  # [2^p] the most that members bring who share a block
    exact: Floats  # [2^p] the same of so many members, who all claim something
    more: Floats  # [2^p] and of so many or more
    at_least: Floats  # [seats + 2] a floor under what the route costs with so many members or more
    last: Ints  # [2^p] the share of the one of them who has its first part
    table: Floats  # [2^p, staff] by block of stops: what each officer brings who claims them, less what he costs
    day: Floats  # [D] baht of making all stops on that day
    late: Floats  # [staff] baht by which the cheapest day on which the officer is there is dearer than the cheapest
    later: Floats  # [seats + 2] the most of these so far
    best_late: Floats  # [1] and of the best crew
    riders: Ints  # [1] officers that the best crew costs, with those who are missing


class Ground(NamedTuple):
    """What every search from one office shares, whatever the prices. n visits, D workdays."""

    depot: int
    capacity: float
    limit: float  # minutes of drive and visits
    until: Floats  # [R] minutes of them up to which an officer's day costs no more than this one of ``Relaxed.rate``
    day_bits: Ints  # [n, W]
    day_cost: Floats  # [n, D]
    factor: Floats  # [K] see :class:`Relaxed`
    toll: Floats  # [K]
    asked: Ints  # [2^T] see :class:`Relaxed`
    pair_drive: Floats  # [n, n] minutes of the least closed way over two visits
    partners: Flags  # [n, n] 0 for pairs that are no route


class Task(NamedTuple):
    """What one search from an office is after."""

    long_from: int  # visits of a route at least
    reach: float  # baht of reduced cost below which a route is found
    price: Floats  # [n] of the visit, less the cost of its best day
    gain: Floats  # [n] the most that the visit may bring to a route; 0 and less: it is not tried
    worth: Floats  # [n] the same where nobody claims it
    paid: Floats  # [n] minutes of the visit that are paid by the hour at the least
    minutes: Floats  # [n] of the visit, never 0
    visits: Ints  # those with a gain, by gain a minute, best first
    claimed: Ints  # [n + 1] where the officers who earn from a visit begin in ``claimer``
    claimer: Ints  # by place in the staff
    alone: Ints  # who may be the only officer of a route, by place in the staff; nobody's days are asked
    cheapest: float  # baht for an hour of the cheapest officer


class Path(NamedTuple):
    """The route in hand, by the number of its stops; and scratch for what may follow it."""

    stops: Ints
    places: Ints
    next: Ints  # which candidate is tried next
    candidates: Ints  # [DEPTH + 2, n] visits that may follow, by gain a minute
    number: Ints  # how many these are
    drive_with: Floats  # [DEPTH + 2, n] minutes of the least closed way with that candidate
    km_with: Floats  # [DEPTH + 2, n] baht likewise
    brings: Floats  # [DEPTH + 2, n] the most that the candidate brings
    owed: Floats  # what the route costs at the least less what it earns, with the better one of these crews
    base: Floats  # the same without a crew
    topics: Ints  # bit mask
    hands: Ints  # officers of a crew at the least
    drive: Floats
    km: Floats  # baht in the cheapest car
    visits: Floats  # minutes at visits
    price: Floats  # baht of the visits, less the cost of the best day of each
    load: Floats
    days: Ints  # [DEPTH + 2, W]
    net: Floats  # [DEPTH + 2, staff] what an officer may claim, below 0, without hours of driving
    dear: Floats  # [DEPTH + 2, staff] baht for such an hour where he claims something, beyond others'; inf: he cannot
    lone: Flags  # [DEPTH + 2, staff] who may ride alone on a route with more of these stops that earns enough
    still: Flags  # [staff] likewise, of candidates looked at so far
    hoped: Floats  # the most that can be claimed
    alone: Floats  # what one officer costs at the least who makes the route alone, less his claims; inf: nobody may
    several: Floats  # what two or more cost at the least, less their claims
    able: Flags  # [n] candidates of routes that may earn enough
    able_first: Flags  # [n] those that may with others behind them only
    first: Flags  # [DEPTH + 2, n] candidates that may follow with others behind them only
    behind: Floats  # [DEPTH + 2, n] ``rest`` where all is claimed, at the price of a minute
    minute: Floats  # [DEPTH + 2] that price
    rest: Floats  # [n] the most that candidates behind that one bring
    apart: Floats  # [n] what the route with that candidate owes, without other candidates
    turn: Ints  # [1]
    coop_turn: Ints  # [C] when the cooperative was chosen last
    coop_brings: Floats  # [C] and what it brought then
    coop_minutes: Floats  # [C]
    km_table: Floats
    drive_table: Floats
