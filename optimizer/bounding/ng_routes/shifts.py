"""Shifts: the tours of one office in one period, and what labelling has to know of the visits that they may make."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.clock import TOLERANCE
from optimizer.bounding.ng_routes.cuts import MOST_CUTS
from optimizer.bounding.ng_routes.schedules import Schedules
from optimizer.bounding.relaxed import GRACE, Relaxed
from optimizer.bounding.routes import longest_work
from optimizer.instance import Floats, Ints

#: steps that time is cut into, and capacity where loads are no whole numbers
STEPS, LOADS = 250, 400

#: minutes that a plan may gain at each stop: times in a file are whole seconds, and a referee forgives one when it
#: arrives, one when it starts, and one when it leaves
FORGIVEN = 3 * TOLERANCE


class Ground(NamedTuple):
    """The visits of a shift, m of them. Money in baht, times in minutes from the earliest departure.

    Index m of ``km`` and ``way`` is the office.
    """

    km: Floats  # [m + 1, m + 1] baht of the way
    way: Floats  # [m + 1, m + 1] minutes from the start of a visit to the arrival at the next
    opens: Floats  # [m] earliest start
    closes: Floats  # [m] latest start
    load: Ints  # [m] steps of capacity, rounded down
    capacity: int  # steps
    end: float  # minutes
    step: float  # minutes of a step of time
    tour: float  # baht of a tour before its ways: car and officer
    coop: Ints  # [m] cooperatives; where visits are narrowed, numbered in their order
    near: Ints  # [m, W] bits of the cooperatives that are remembered at the visit; none before visits are narrowed
    cut: Ints  # [m] bits of the cuts that the visit is in; none before visits are narrowed
    toll: Floats  # [MOST_CUTS] baht of each cut, for each second visit of it in a tour


class Shift(NamedTuple):
    """One office in one period."""

    office: int
    period: int
    tours: int  # at most
    row: Ints  # [m] of each visit
    alike: Ints  # [m] number of a class of visits to one cooperative of which a tour makes the best paid
    ground: Ground


def shifts_of(relaxed: Relaxed, schedules: Schedules, periods: list[Ints], cars: Ints) -> list[Shift]:
    """The shifts in which there is a car and some visit; ``cars`` [F, D]."""
    found = []
    for office in range(len(relaxed.depot)):
        here = (relaxed.home == -1) | (relaxed.home == office)
        for p, days in enumerate(periods):
            row = np.flatnonzero((schedules.period == p) & here[schedules.visit])
            tours = min(int(cars[office, days].sum()), len(row))
            if tours and relaxed.seats[office] and (relaxed.base == office).any():
                found.append(_shift(relaxed, schedules, office, p, tours, row))
    return found


def _shift(relaxed: Relaxed, schedules: Schedules, office: int, period: int, tours: int, row: Ints) -> Shift:
    visit = schedules.visit[row]
    clock = relaxed.clock
    minutes = np.append(relaxed.minutes[visit], 0.0)
    capacity, load = _steps_of(float(relaxed.capacity[office]), relaxed.load[visit])
    opens, closes = _windows(relaxed, visit)
    end = clock.end - clock.start
    if not opens.any():  # nobody waits, so all the time of a tour is work
        end = min(end, longest_work(clock))
    place = np.append(relaxed.place[visit], relaxed.depot[office])
    drive = relaxed.drive[np.ix_(place, place)]
    way = np.maximum(0.0, drive - FORGIVEN) + minutes[:, None]
    coop = relaxed.coop[visit]
    key = np.column_stack([coop, place[:-1], load, relaxed.load[visit], minutes[:-1], opens, closes])
    _, alike = np.unique(key, axis=0, return_inverse=True)
    km = relaxed.km[np.ix_(place, place)] * relaxed.factor[office].min()
    ground = Ground(
        km, way, opens, closes, load, capacity, end + FORGIVEN, max(end + FORGIVEN, 1.0) / STEPS,
        relaxed.car_day + float(relaxed.rate[0]), coop, np.zeros((len(coop), 0), np.int64),
        np.zeros(len(coop), np.int64), np.zeros(MOST_CUTS),
    )  # fmt: skip
    return Shift(office, period, tours, row, alike.ravel().astype(np.int64), ground)


def _windows(relaxed: Relaxed, visit: Ints) -> tuple[Floats, Floats]:
    """Earliest and latest start of each visit, from the day's start on, no looser than a referee has them.

    What the day's end alone limits has no latest start: that a tour is back in time says the same.
    """
    clock = relaxed.clock
    opens, closes = relaxed.opens[visit] - clock.start, relaxed.closes[visit] - clock.start
    latest = clock.end - clock.start - relaxed.minutes[visit]
    tight = GRACE - FORGIVEN
    opens = np.where(opens > 0, opens + tight, 0.0)
    return opens, np.where(closes < latest, closes - tight, np.inf)


def _steps_of(capacity: float, load: Floats) -> tuple[int, Ints]:
    """Capacity and loads in steps, rounded down. Each visit has one at least, for labels are extended in their order:
    where that cannot be, or where all loads fit, each visit counts for one and there is room for all."""
    whole = bool((load == np.round(load)).all()) and capacity <= 2 * LOADS
    step = 1.0 if whole else capacity / LOADS
    steps = np.floor(load / step + 1e-9) if np.isfinite(capacity) else np.zeros(len(load))
    if (steps < 1).any() or capacity >= load.sum():
        return len(load), np.ones(len(load), np.int64)
    return int(capacity / step + 1e-9), steps.astype(np.int64)


def narrowed(ground: Ground, kept: Ints, near: Ints, coop: Ints, cut: Ints, toll: Floats) -> Ground:
    """The ground with some of its visits only, what is remembered at them, and the cuts that they are in."""
    index = np.append(kept, len(ground.coop))
    square = np.ix_(index, index)
    return ground._replace(
        km=np.ascontiguousarray(ground.km[square]), way=np.ascontiguousarray(ground.way[square]),
        opens=ground.opens[kept], closes=ground.closes[kept], load=ground.load[kept], coop=coop, near=near, cut=cut,
        toll=toll,
    )  # fmt: skip
