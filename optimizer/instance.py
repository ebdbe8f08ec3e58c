"""A problem as arrays: what the compiled search and the bounds read.

Indices stand for ids in the order of the problem. Times are minutes since midnight, prices baht. History and pins
are worked in here: history as what officers and cooperatives already have, pins as visits with one place only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.problem import Problem

Ints = npt.NDArray[np.int64]
Shorts = npt.NDArray[np.int16]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.uint8]

#: minutes of a second: the grain of a plan file
SECOND = 1.0 / 60.0


class Instance(NamedTuple):
    """The arrays. V visits, C cooperatives, O officers, D workdays, W weeks, F offices, P partners, L locations.

    Plain arrays and numbers only, so that compiled code takes it as it is.
    """

    cooperative: Ints  # [V] cooperative of the visit
    place: Ints  # [V] location
    minutes: Floats  # [V] length of the visit
    opens: Floats  # [V] earliest start on any day
    closes: Floats  # [V] latest start on any day
    first_window: (
        Ints  # [7 V + 1] where a visit v may start on a weekday w (Monday is 0): the windows first_window[7 v + w] ..
    )
    window_opens: Floats  # earliest and latest start of each window, ascending, none overlapping
    window_closes: Floats
    topics: Ints  # [V] bit mask of topics needed
    least_crew: Ints  # [V] officers who ride to it at least
    load: Floats  # [V]
    partner: Ints  # [V] partner or -1
    leave_out: Floats  # [V] baht for not planning it
    fixed: Flags  # [V] 1 history, 2 pinned, else 0
    day_ok: Flags  # [V, D] whether the visit may be on that day
    first_day: Ints  # [V] first and last workday that may be
    last_day: Ints  # [V] -1 where there is none
    late: Floats  # [V, D] baht for being late on that day
    published_day: Ints  # [V] published workday from today on, or -1
    published_start: Floats  # [V] published start
    move_price: Floats  # [V] baht for moving it; 0 where it is not published
    published_crew: Ints  # [V, S] officers who answer for it in the published plan, padded with -1
    published_riders: Ints  # [V, S] all officers of its tour there, padded with -1
    past: Ints  # [V] ordinal date of a history visit, else -1

    first_visit: Ints  # [C + 1] visits of a cooperative: visit_list[first_visit[c]:first_visit[c + 1]], by seq
    visit_list: Ints  # [V]
    gap: Ints  # [C] calendar days between visits
    home: Ints  # [C] office, or -1 for any
    fixed_lead: Ints  # [C] officer or -1
    current_lead: Ints  # [C] officer or -1
    first_rhythm: Ints  # [C + 1] rhythms of a cooperative; none: not bound to rhythms (see has_rhythm)
    rhythm: Ints  # [R, n] workday of each visit by seq, -1 beyond the visits, -2 for a visit in history
    has_rhythm: Flags  # [C]
    barred: Flags  # [C, O] whether the officer neither rides to it nor leads it
    neighbours: Ints  # [C, N] the nearest cooperatives by distance, itself first
    lead_regret: Floats  # [C, O] rough baht lost by this officer as lead, over the best one

    depot: Ints  # [F] location
    cars: Ints  # [F, D] tours that can leave at most
    seats: Ints  # [F] of its largest car
    capacity: Floats  # [F] of its largest car
    first_slot: Ints  # [F, D + 1] tour slots of an office and day: first_slot[f, d] .. first_slot[f, d + 1]
    slot_day: Ints  # [T]
    slot_office: Ints  # [T]
    slot_seats: Ints  # [T]
    slot_capacity: Floats  # [T]
    slot_km: Floats  # [T] baht a kilometre
    slot_kind: Ints  # [T] slots of one office, day and kind are alike, and follow each other
    slot_other: Ints  # [T] the next slot of another kind, or the end of its office's day
    slot_car: Ints  # [T] which of the office's named cars, or -1

    base: Ints  # [O] office of the officer
    skills: Ints  # [O] bit mask of topics
    there: Flags  # [O, D] whether the officer is not absent
    partly: Flags  # [O, D] whether the officer is busy for a part of the day
    first_busy: Ints  # [O D + 1] busy parts of officer o on day d: first_busy[D o + d] .. first_busy[D o + d + 1]
    busy_from: Floats
    busy_to: Floats
    week_limit: Ints  # [O] tours in one week at most, history counted; more than can be where none binds
    fair: Floats  # [O] minutes on tours before overload is paid; inf without
    past_minutes: Floats  # [O] minutes on history tours
    past_tours: Ints  # [O, W] history tours by week

    per_day: Ints  # [P]
    week: Ints  # [D] week of a workday
    weekday: Ints  # [D] 0 for Monday
    ordinal: Ints  # [D] ordinal date of a workday
    drive: Floats  # [L, L] minutes
    km: Floats  # [L, L] kilometres
    rate_minutes: Floats  # [n] what an officer's day costs by the tour's minutes: from rate_minutes[i] on
    rate_baht: Floats  # [n]

    day_start: float
    day_end: float
    longest: float  # longest tour, minutes
    most_busy: float  # minutes of driving and visits that fit into a tour at most
    shortcut: float  # minutes that a stop on the way can save at most: 0 where the straight way is the quickest
    step: float  # departures and starts are whole multiples of so many minutes; 0: any time
    slack: float  # minutes at least between arriving and starting
    break_length: float  # length of the break; 0: no break
    break_opens: float
    break_closes: float
    least_km: float  # baht a kilometre in the cheapest car
    officer_day: float  # baht of the cheapest officer's day
    car_day: float
    stand_in: float
    overload: float  # baht a minute
    lead_change: float
    crew_change: float
    torn: float  # baht that stand against a cooperative bound to rhythms with only some of its visits planned
    most_stops: int  # stops a tour can have at most
    most_gaps: int  # stretches at most into which the busy parts of a day's officers cut it
    leads_matter: int  # whether any price depends on leads
    kinds: int  # kinds of slots: by office, seats, capacity and price of a kilometre
    bars: int  # whether any cooperative bars any officer
    timed: int  # whether any visit or drive takes time or any hours bind


@dataclass(frozen=True)
class Frame:
    """An instance with what belongs to it on the Python side."""

    problem: Problem
    instance: Instance
    #: baht that history costs by itself (its km, officer days, cars, lateness) and that no choice changes
    sunk: float


def frame(problem: Problem) -> Frame:
    """The arrays of ``problem``.

    Raises:
        InvalidInput: more than 62 groups of topics that matter, or pins that cannot all stand.
    """
    from optimizer.arrays import arrays_of

    return arrays_of(problem)
