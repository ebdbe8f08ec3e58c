"""The least work of a tour against every way to time it in whole minutes, and the timetable against the referee."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from support.builders import cooperative, officer, problem, visit

from models.problem import Problem
from optimizer.instance import frame
from optimizer.search.handles import instance_handle
from optimizer.search.timing import scratch_times, timetable, work_minutes

DAY = {"start": "08:00", "end": "16:00"}


def day_problem(windows: list[tuple[int, int]], minutes: list[int], places: list[int], day: dict[str, Any]) -> Problem:
    """One visit at each place of a straight road, in hours of the day."""
    clock = [f"{m // 60:02d}:{m % 60:02d}" for m in range(1440)]
    names = [f"c{i}" for i in range(len(places))]
    coops = [cooperative(name, i + 1) for i, name in enumerate(names)]
    visits = [
        visit(f"{name}-1", minutes=length, window=(clock[a], clock[b]))
        for name, length, (a, b) in zip(names, minutes, windows, strict=True)
    ]
    from support.builders import line

    return problem(
        cooperatives=coops, visits=visits, travel=line(0, *places), day=day, officers=[officer("a")],
    )  # fmt: skip


def slow_work(p: Problem, order: list[int]) -> float:
    """The least work over every start in whole minutes, by trying all departures and all places of the break."""
    inst = frame(p).instance
    best = math.inf
    legs = [-1, *range(len(order) + 1)] if inst.rest else [-1]
    for depart in range(int(inst.day_start), int(inst.day_end) + 1):
        for leg in legs:
            best = min(best, _from(inst, order, depart, leg))
    return best


def _from(inst: Any, order: list[int], depart: int, leg: int) -> float:
    now, at, home = float(depart), int(inst.depot[0]), int(inst.depot[0])
    for i in range(len(order) + 1):
        there = home if i == len(order) else int(inst.place[order[i]])
        free, now = now, now + inst.drive[at, there]
        if i == leg:
            begin = max(free, inst.rest_opens)
            if begin > inst.rest_closes:
                return math.inf
            now = max(now + inst.rest, begin + inst.rest)
        if i == len(order):
            break
        now = max(now, inst.opens[order[i]])
        if now > inst.closes[order[i]]:
            return math.inf
        now, at = now + inst.minutes[order[i]], there
    if now > inst.day_end or now - depart > inst.longest:
        return math.inf
    if inst.rest and leg < 0 and depart < inst.rest_opens + inst.rest and now > inst.rest_closes:
        return math.inf
    return now - depart - (inst.rest if leg >= 0 else 0.0)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_least_work_is_what_trying_everything_finds(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 3))
    starts = [data.draw(st.integers(480, 930)) for _ in range(count)]
    windows = [(a, min(960, a + data.draw(st.integers(0, 240)))) for a in starts]
    minutes = [data.draw(st.integers(0, 120)) for _ in range(count)]
    places = [data.draw(st.integers(-60, 60)) for _ in range(count)]
    day = dict(DAY)
    if data.draw(st.booleans()):
        day |= {"break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}
    if data.draw(st.booleans()):
        day |= {"max_minutes": data.draw(st.integers(120, 480))}
    p = day_problem(windows, minutes, places, day)
    inst = frame(p).instance
    order = np.array(data.draw(st.permutations(range(count))), np.int64)
    fast = work_minutes(instance_handle(inst), 0, order, count, inst.opens, inst.closes)
    slow = slow_work(p, [int(v) for v in order])
    assert (math.isinf(fast) and math.isinf(slow)) or abs(fast - slow) <= 1e-6
    times = scratch_times(count)
    worked = timetable(instance_handle(inst), 0, order, count, inst.opens, inst.closes, times)
    assert worked == fast or abs(worked - fast) < 1e-6


def test_lunch_waits_for_its_hours() -> None:
    # drive 60, visit 09:00-11:00, lunch may begin at 11:30: a tour straight back is home at 12:00, before 13:00,
    # and needs none; with two visits of 120 minutes it is back after 13:00: work 60 + 120 + 120 + 60, lunch extra
    day = DAY | {"break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}
    one = day_problem([(540, 540)], [120], [60], day)
    inst = frame(one).instance
    assert work_minutes(instance_handle(inst), 0, np.array([0]), 1, inst.opens, inst.closes) == 240
    two = day_problem([(540, 960), (540, 960)], [120, 120], [60, 60], day)
    inst = frame(two).instance
    assert work_minutes(instance_handle(inst), 0, np.array([0, 1]), 2, inst.opens, inst.closes) == 360
