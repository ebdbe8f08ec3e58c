"""What the bound sees of a problem: the visits still to be planned, each day's price of them, and shortest ways.

Whatever is left out here is relaxed, so it can only lower the bound: see ``docs/bounds.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.hours import Span, Spans, starts_within
from models.problem import Problem
from models.shortest import shortest_ways
from optimizer.bounding.fares import car_days, stops_of_a_tour, tolls_of
from optimizer.bounding.gaps import charge_gaps
from optimizer.bounding.places import gaps_of, places_of
from optimizer.compiling import compiled
from optimizer.instance import Flags, Floats, Frame, Ints
from optimizer.stopping import Stopped

#: minutes by which limits of time are loosened: files carry whole seconds, and a referee forgives one for each stop;
#: the same for every tour, so that a part of a tour in time is in time
GRACE = 0.25
#: minutes by which each time on a grid is loosened beforehand
TICK = 0.1


class Clock(NamedTuple):
    """The day, in minutes. The slack before a visit is part of the visit; the break may fall into it."""

    start: float
    end: float
    rest: float  # what a break takes beyond the slack that it may fall into; 0: no break
    rest_opens: float
    rest_closes: float
    late_from: float  # a tour that leaves then or later needs no break
    longest: float  # longest tour
    unbroken: float  # longest drive and visits of a tour without the break
    unpaid: float  # minutes of drive, slack and visits that may not count as hours on tours: grace, slack in the break
    whole_rest: float  # length of the break; 0: no break
    slack: float  # minutes before each visit
    step: float  # tours leave and visits start on a grid of so many minutes; 0: at any time


class Relaxed(NamedTuple):
    """Arrays over the n visits that are not history. Money in baht, times in minutes since midnight.

    O officers, D workdays, F offices, L locations, C cooperatives.
    """

    visit: Ints  # [n] index of the visit in the problem
    coop: Ints  # [n]
    place: Ints  # [n]
    minutes: Floats  # [n] slack before the visit, and the visit
    opens: Floats  # [n] earliest start of the slack on any day
    closes: Floats  # [n] latest
    starts: (
        Floats  # [n, K, 2] the stretches of the day in which the visit itself may start, on the grid; (inf, -inf): none
    )
    topics: Ints  # [n] bit mask
    load: Floats  # [n]
    crew: Ints  # [n] officers that it asks for
    asked: Ints  # [F, 2^T] officers that routes ask for by their topics, of the first T; 0: crews show who knows what
    day_cost: Floats  # [n, D] for being late or moved on that day, and a partner's place; inf where the visit cannot be
    place_toll: Floats  # [n] what of that is for the place
    leave_out: Floats  # [n] for not planning it
    home: Ints  # [n] office, or -1 for any
    drive: Floats  # [L, L] shortest way in minutes, over other places where that is shorter
    km: Floats  # [L, L] cheapest way in baht, in the cheapest car of all
    factor: Floats  # [F, K] by how much a kilometre in a car of each kind is dearer than in the cheapest
    toll: Floats  # [F, K] baht for taking a car of that kind, which are few; any are right, and they change on the way
    kind_days: Floats  # [F, K] days that cars of each kind have in all; all their tolls are given away by the bound
    places: float  # baht that all places of partners are worth, whose visits pay for them; given away likewise
    depot: Ints  # [F]
    seats: Ints  # [F] of the largest car
    capacity: Floats  # [F] of the largest car
    cars: Flags  # [F, D] whether the office has a car that day
    base: Ints  # [O] office
    skills: Ints  # [O] bit mask of topics
    there: Flags  # [O, D] whether the officer is there
    fair: Floats  # [O] hours on tours before overload is paid, less those of history; inf without
    barred: Flags  # [C, O] whether the officer is barred from the cooperative
    first_lead: Ints  # [C] the lead that costs no change, or -1 for no such one
    bound_lead: Flags  # [C] 1 where no other lead is allowed
    clock: Clock
    rate_from: Floats  # [R] minutes of a tour from which on the price of an officer's day is
    rate: Floats  # [R] the least baht of a tour of so many minutes or more
    car_day: float
    stand_in: float
    overload: float  # baht an hour
    lead_change: float
    sunk: float  # baht that history costs
    most_stops: int  # stops a tour can have at most


@compiled
def rate_of(relaxed: Relaxed, minutes: float) -> float:
    """The least baht of an officer's day on a tour of so many minutes or more."""
    least: float = relaxed.rate[0]
    for i in range(1, len(relaxed.rate)):
        if relaxed.rate_from[i] <= minutes:
            least = relaxed.rate[i]
    return least


@compiled
def day_rate(relaxed: Relaxed, work: float) -> float:
    """The least baht of an officer's day on a tour of ``work`` minutes of drive and visits or more."""
    minutes = work - GRACE
    if work > relaxed.clock.unbroken:
        minutes += relaxed.clock.rest
    return rate_of(relaxed, minutes)


def relax(frame: Frame, stop: Callable[[], bool] = lambda: False) -> Relaxed:
    """The relaxed arrays of ``frame``. Shortest ways between thousands of places take seconds, which ``stop`` ends.

    Raises:
        Stopped: it became true.
    """
    inst, problem = frame.instance, frame.problem

    def look() -> None:
        if stop():
            raise Stopped

    problem.travel.shorten(look)
    visit = np.flatnonzero(inst.fixed != 1)
    coop, place, minutes = inst.cooperative[visit], inst.place[visit], inst.minutes[visit] + problem.day.slack
    spans, startable = _starts(problem, visit)
    opens = np.array([min((first for first, _ in some), default=np.inf) for some in spans])
    closes = np.array([max((last for _, last in some), default=-np.inf) for some in spans])
    leave_out = inst.leave_out[visit] + inst.move_price[visit]
    kilometre = min((price for office in problem.offices for price, _ in car_days(problem, office)), default=0.0)
    km = shortest_ways(problem.travel.km, look) * kilometre
    drive = problem.travel.shortest_minutes
    day_cost, planned = _day_cost(frame, visit, startable), _trips(frame, place, km).min(axis=0) / 2
    place_toll, places = places_of(problem, visit, leave_out, planned)
    alone = 2 * planned + problem.prices.least_officer_day  # a toll too high loses more than one too low
    gap_toll, between = gaps_of(problem, visit, np.isfinite(day_cost), leave_out, alone + place_toll)
    place_toll, places = place_toll + gap_toll, places + between
    clock = _clock(problem, minutes)
    rate_from, rate = _rates(problem, clock)
    factor, kind_days = _kinds_of_cars(problem, kilometre)
    prices, offices, fixed_lead = problem.prices, problem.offices, inst.fixed_lead
    if prices.stand_in > 0:
        work = 2 * rate.max(initial=0.0) + prices.overload_hour * clock.longest / 60
        dear = _trips(frame, place, km).min(axis=0) + work + prices.stand_in + prices.car_day + place_toll
        day_cost, leave_out = charge_gaps(frame, visit, day_cost, leave_out, dear)
    toll = _first_tolls(factor, kind_days, _trips(frame, place, km), _trips(frame, place, drive), minutes, clock)
    return Relaxed(
        visit=visit, coop=coop, place=place, minutes=minutes, topics=inst.topics[visit], load=inst.load[visit],
        opens=opens - problem.day.slack, closes=closes - problem.day.slack, starts=_gridded(spans, clock.step),
        crew=inst.least_crew[visit], asked=np.zeros((len(offices), 1), np.int64),
        day_cost=day_cost + place_toll[:, None],
        place_toll=place_toll, places=places, leave_out=leave_out, home=inst.home[coop],
        drive=drive, km=km, factor=factor, toll=toll, kind_days=kind_days,
        depot=inst.depot, cars=(inst.cars > 0).astype(np.uint8),
        seats=np.array([office.most_seats for office in offices], np.int64),
        capacity=inst.capacity, base=inst.base, skills=inst.skills, there=(inst.there == 1).astype(np.uint8),
        fair=(inst.fair - inst.past_minutes) / 60.0, barred=inst.barred,
        first_lead=np.where(fixed_lead >= 0, fixed_lead, inst.current_lead),
        bound_lead=(fixed_lead >= 0).astype(np.uint8),
        clock=clock, rate_from=rate_from, rate=rate,
        car_day=prices.car_day, stand_in=prices.stand_in, overload=prices.overload_hour,
        lead_change=prices.lead_change, sunk=frame.sunk, most_stops=inst.most_stops,
    )  # fmt: skip


def _day_cost(frame: Frame, visit: Ints, startable: npt.NDArray[np.bool_]) -> Floats:
    """[n, D] baht of each visit on each day for being late or moved; inf where it cannot be."""
    inst = frame.instance
    days = np.arange(inst.day_ok.shape[1])
    moved = inst.move_price[visit, None] * (days[None, :] != inst.published_day[visit, None])
    allowed = (inst.day_ok[visit] == 1) & _in_rhythm(frame)[visit] & startable
    cost: Floats = np.where(allowed, inst.late[visit] + moved, np.inf)
    return cost


def _trips(frame: Frame, place: Ints, ways: Floats) -> Floats:
    """[F, n] from each office to each visit and back."""
    trips: Floats = np.array([ways[depot, place] + ways[place, depot] for depot in frame.instance.depot])
    return trips


def _kinds_of_cars(problem: Problem, kilometre: float) -> tuple[Floats, Floats]:
    """[F, K] factor and days of each kind of car, cheapest first; beyond an office's kinds its dearest, on no day."""
    kinds = [car_days(problem, office) for office in problem.offices]
    most = max(map(len, kinds), default=1)
    factor, days = np.ones((len(kinds), most)), np.zeros((len(kinds), most))
    for f, some in enumerate(kinds):
        prices = np.array([price for price, _ in some])
        factor[f] = np.pad(prices / kilometre, (0, most - len(some)), "edge") if kilometre > 0 else 1.0
        days[f, : len(some)] = [each for _, each in some]
    return factor, days


def _first_tolls(factor: Floats, days: Floats, km: Floats, drive: Floats, minutes: Floats, clock: Clock) -> Floats:
    """[F, K] tolls if a tour held as many visits as fit and each drove to one of them and back."""
    toll = np.zeros(factor.shape)
    for f in range(len(factor) if len(minutes) else 0):
        together = stops_of_a_tour(drive[f], minutes, clock.longest - clock.rest)
        toll[f] = tolls_of(factor[f], days[f], km[f], np.full(len(minutes), 1 / together))
    return toll


def _clock(problem: Problem, minutes: Floats) -> Clock:
    """The hours of a day; a break may lie between arriving and starting, so the slack may be part of it.

    The grid is seen where leaving out any visit of ``minutes`` leaves time enough, and what is pinned stands on it.
    """
    day = problem.day
    pins = set(problem.pins or ())
    on_grid = all(start % day.step == 0 for _, visit, start in problem.published_stops() if day.step and visit in pins)
    step = day.step if on_grid and minutes.min(initial=np.inf) >= GRACE else 0.0
    in_slack = min(day.slack, day.break_length)
    longest = min(day.end - day.start, np.inf if day.max_minutes is None else day.max_minutes)
    rest = day.break_length - in_slack
    late_from = day.break_opens + day.break_length
    on_one_side = max(min(day.end, day.break_closes) - day.start, day.end - max(day.start, late_from))
    unbroken = on_one_side + 2 * GRACE if rest > 0 else np.inf
    return Clock(
        day.start,
        day.end,
        rest,
        day.break_opens,
        day.break_closes,
        late_from,
        longest,
        unbroken,
        GRACE + in_slack,
        day.break_length,
        day.slack,
        step,
    )


def _starts(problem: Problem, visits: Ints) -> tuple[list[Spans], npt.NDArray[np.bool_]]:
    """For each visit the stretches in which it may start on some of its days; and [n, D] the days on which it may."""
    was = {visit: start for _, visit, start in problem.published_stops()}
    pins = set(problem.pins or ())
    day = problem.day
    spans: list[Spans] = []
    startable = np.zeros((len(visits), len(problem.workdays)), bool)
    for i, v in enumerate(visits):
        visit = problem.visits[v]
        if visit.id in pins:
            # the file's start was rounded to a second
            spans.append(((was[visit.id] - GRACE, was[visit.id] + GRACE),))
            startable[i] = True
            continue
        some: set[Span] = set()
        for d, date in enumerate(problem.workdays):
            stretches = problem.cooperative_by_id[visit.cooperative].stretches(date) if visit.may_be_on(date) else ()
            for first, last in starts_within(_loosened(visit.windows), _loosened(stretches), visit.minutes):
                begin, end = max(first, day.start), min(last, day.end - visit.minutes)
                if begin <= end + GRACE:
                    startable[i, d] = True
                    some.add((begin, max(begin, end)))
        spans.append(_united(some))
    return spans, startable


def _united(spans: Iterable[Span]) -> Spans:
    """The same stretches of time, ascending, none touching another."""
    out: list[Span] = []
    for first, last in sorted(spans):
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return tuple(out)


def _gridded(spans: list[Spans], step: float) -> Floats:
    """[n, K, 2] the same stretches from the first to the last time on the grid."""
    out = np.full((len(spans), max([1, *map(len, spans)]), 2), (np.inf, -np.inf))
    for row, some in zip(out, spans, strict=True):
        for k, (first, last) in enumerate(some):
            if step:
                first, last = np.ceil((first - TICK) / step) * step, np.floor((last + TICK) / step) * step
            if first <= last:
                row[k] = first, last
    return out


def _loosened(spans: Spans) -> Spans:
    return tuple((first - GRACE, last + GRACE) for first, last in spans)


def _rates(problem: Problem, clock: Clock) -> tuple[Floats, Floats]:
    """Minutes from which on, and the least baht of an officer's day on a tour of so many minutes or more.

    A longer tour may cost less than a shorter one, so each entry has the least of its own and all later ones.
    """
    rates = [(least, baht) for least, baht in problem.prices.officer_day_rates if least <= clock.longest + GRACE]
    baht = np.minimum.accumulate(np.array([price for _, price in rates], np.float64)[::-1])[::-1]
    return np.array([least for least, _ in rates], np.float64), np.ascontiguousarray(baht)


def bits_of(allowed: npt.NDArray[np.bool_]) -> Ints:
    """[n, W] bit masks, 62 days a word, of [n, D] flags."""
    words = max(1, -(-allowed.shape[1] // 62))
    bits = np.zeros((len(allowed), words), np.int64)
    for day in range(allowed.shape[1]):
        bits[:, day // 62] |= allowed[:, day].astype(np.int64) << (day % 62)
    return bits


def _in_rhythm(frame: Frame) -> npt.NDArray[np.bool_]:
    """[V, D] whether some rhythm of the visit's cooperative has it on that day; true where there is none."""
    inst = frame.instance
    inside = np.ones(inst.day_ok.shape, np.bool_)
    for c in np.flatnonzero(inst.has_rhythm):
        visits = inst.visit_list[inst.first_visit[c] : inst.first_visit[c + 1]]
        rows = inst.rhythm[inst.first_rhythm[c] : inst.first_rhythm[c + 1]]
        inside[visits] = False
        for position, v in enumerate(visits if len(rows) else ()):
            beats = rows[:, position]
            inside[v, beats[beats >= 0]] = True
    return inside
