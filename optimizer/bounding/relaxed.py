"""What the bound sees of a problem: the visits still to be planned, each day's price of them, and shortest ways.

Whatever is left out here is relaxed, so it can only lower the bound: see ``docs/bounds.md``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optimizer.instance import Flags, Floats, Frame, Ints
from optimizer.search.compiling import compiled

#: minutes by which limits of time are loosened: files carry whole seconds, and a referee forgives one for each stop;
#: the same for every tour, so that a part of a tour in time is in time
GRACE = 0.25


class Relaxed(NamedTuple):
    """Arrays over the n visits that are not history. Money in baht, times in minutes since midnight.

    O officers, D workdays, F offices, L locations, C cooperatives.
    """

    visit: Ints  # [n] index of the visit in the problem
    coop: Ints  # [n]
    place: Ints  # [n]
    minutes: Floats  # [n]
    opens: Floats  # [n]
    closes: Floats  # [n]
    topics: Ints  # [n] bit mask
    load: Floats  # [n]
    day_cost: Floats  # [n, D] for being late or moved on that day; inf where the visit cannot be
    leave_out: Floats  # [n] for not planning it
    home: Ints  # [n] office, or -1 for any
    drive: Floats  # [L, L] shortest way in minutes, over other places where that is shorter
    km: Floats  # [L, L] cheapest way in baht
    depot: Ints  # [F]
    seats: Ints  # [F]
    capacity: Floats  # [F]
    cars: Flags  # [F, D] whether the office has a car that day
    base: Ints  # [O] office
    skills: Ints  # [O] bit mask of topics
    there_bits: Ints  # [O, W] days the officer is there, 62 a word
    fair: Floats  # [O] hours on tours before overload is paid, less those of history; inf without
    first_lead: Ints  # [C] the lead that costs no change, or -1 for no such one
    bound_lead: Flags  # [C] 1 where no other lead is allowed
    clock: Floats  # [7] day start, day end, break, its earliest and latest start, longest tour, grace
    officer_day: float
    car_day: float
    stand_in: float
    overload: float  # baht an hour
    lead_change: float
    sunk: float  # baht that history costs
    most_stops: int  # stops a tour can have at most


@compiled
def _shortest(ways: Floats) -> None:
    """Shorten every way over any other place, in place (Floyd and Warshall)."""
    size = len(ways)
    for k in range(size):
        for i in range(size):
            first = ways[i, k]
            for j in range(size):
                if first + ways[k, j] < ways[i, j]:
                    ways[i, j] = first + ways[k, j]


def relax(frame: Frame) -> Relaxed:
    """The relaxed arrays of ``frame``."""
    inst = frame.instance
    visit = np.flatnonzero(inst.fixed != 1)
    coop = inst.coop[visit]
    days = np.arange(inst.day_ok.shape[1])
    moved = inst.move_price[visit, None] * (days[None, :] != inst.published_day[visit, None])
    allowed = (inst.day_ok[visit] == 1) & _in_rhythm(frame)[visit]
    drive, km = inst.drive.copy(), inst.km * inst.least_km
    for ways in (drive, km):
        np.fill_diagonal(ways, 0.0)
        _shortest(ways)
    lead = np.where(inst.fixed_lead >= 0, inst.fixed_lead, inst.current_lead)
    return Relaxed(
        visit=visit,
        coop=coop,
        place=inst.place[visit],
        minutes=inst.minutes[visit],
        opens=inst.opens[visit],
        closes=inst.closes[visit],
        topics=inst.topics[visit],
        load=inst.load[visit],
        day_cost=np.where(allowed, inst.late[visit] + moved, np.inf),
        leave_out=inst.leave_out[visit] + inst.move_price[visit],
        home=inst.home[coop],
        drive=drive,
        km=km,
        depot=inst.depot,
        seats=inst.seats,
        capacity=inst.capacity,
        cars=(inst.cars > 0).astype(np.uint8),
        base=inst.base,
        skills=inst.skills,
        there_bits=bits_of(inst.there == 1),
        fair=(inst.fair - inst.past_minutes) / 60.0,
        first_lead=lead,
        bound_lead=(inst.fixed_lead >= 0).astype(np.uint8),
        clock=np.array(
            [inst.day_start, inst.day_end, inst.rest, inst.rest_opens, inst.rest_closes, inst.longest, GRACE]
        ),
        officer_day=inst.officer_day,
        car_day=inst.car_day,
        stand_in=inst.stand_in,
        overload=inst.overload * 60.0,
        lead_change=inst.lead_change,
        sunk=frame.sunk,
        most_stops=inst.most_stops,
    )


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
