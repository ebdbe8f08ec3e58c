"""Shifts: the tours of one office in one period, and what labelling has to know of the visits that they may make."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.bounding.ng_routes.schedules import Schedules
from optimizer.bounding.relaxed import GRACE, Relaxed
from optimizer.bounding.routes import longest_work
from optimizer.instance import Floats, Ints

#: cooperatives near a visit which a tour that makes it remembers to have been at
NEAR = 8
#: steps that capacity and time are cut into, where they are no whole numbers
STEPS = 400
#: bits of a word
WORD = 62


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
    coop: Ints  # [m] cooperatives of the shift, numbered from 0
    near: Ints  # [m, W] bits of the cooperatives that are remembered at the visit


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
    capacity, load = _steps_of(float(relaxed.capacity[office]), relaxed.load[visit])
    opens = np.maximum(0.0, relaxed.opens[visit] - clock.start)
    closes = relaxed.closes[visit] - clock.start + GRACE
    end = clock.end - clock.start
    if not opens.any():  # nobody waits, so all the time of a tour is work
        end = min(end, longest_work(clock))
    place = np.append(relaxed.place[visit], relaxed.depot[office])
    minutes = np.append(relaxed.minutes[visit], 0.0)
    way = relaxed.drive[np.ix_(place, place)] + minutes[:, None]
    _, coop = np.unique(relaxed.coop[visit], return_inverse=True)
    key = np.column_stack([coop, place[:-1], load, relaxed.load[visit], minutes[:-1], opens, closes])
    _, alike = np.unique(key, axis=0, return_inverse=True)
    km = relaxed.km[np.ix_(place, place)] * relaxed.factor[office].min()
    ground = Ground(
        km, way, opens, closes, load, capacity, end + GRACE, max(end, 1.0) / STEPS,
        relaxed.car_day + float(relaxed.rate[0]), coop.ravel().astype(np.int64), _near(km, coop.ravel()),
    )  # fmt: skip
    return Shift(office, period, tours, row, alike.ravel().astype(np.int64), ground)


def _steps_of(capacity: float, load: Floats) -> tuple[int, Ints]:
    """Capacity and loads in steps, rounded down. Each visit has one at least, for labels are extended in their order:
    where that cannot be, or where all loads fit, each visit counts for one and there is room for all."""
    whole = bool((load == np.round(load)).all()) and capacity <= 2 * STEPS
    step = 1.0 if whole else capacity / STEPS
    steps = np.floor(load / step + 1e-9) if np.isfinite(capacity) else np.zeros(len(load))
    if (steps < 1).any() or capacity >= load.sum():
        return len(load), np.ones(len(load), np.int64)
    return int(capacity / step + 1e-9), steps.astype(np.int64)


def _near(km: Floats, coop: Ints) -> Ints:
    """[m, W] the nearest cooperatives of each visit, its own first."""
    count, coops = len(coop), int(coop.max(initial=-1)) + 1
    near = np.zeros((count, max(1, -(-coops // WORD))), np.int64)
    both = km[:-1, :-1] + km[:-1, :-1].T
    for i in range(count):
        distance = np.full(coops, np.inf)
        np.minimum.at(distance, coop, both[i])
        distance[coop[i]] = -1.0
        for c in np.argsort(distance, kind="stable")[:NEAR]:
            near[i, c // WORD] |= 1 << int(c % WORD)
    return near


def narrowed(ground: Ground, kept: Ints) -> Ground:
    """The ground with some of its visits only."""
    index = np.append(kept, len(ground.coop))
    square = np.ix_(index, index)
    return ground._replace(
        km=np.ascontiguousarray(ground.km[square]), way=np.ascontiguousarray(ground.way[square]),
        opens=ground.opens[kept], closes=ground.closes[kept], load=ground.load[kept], coop=ground.coop[kept],
        near=ground.near[kept],
    )  # fmt: skip
