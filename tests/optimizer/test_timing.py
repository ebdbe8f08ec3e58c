"""The least length of a tour against every way to time it in whole minutes, with every rule of times at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from support.builders import clock, cooperative, line, officer, problem, visit

from models.problem import Problem
from optimizer.borrowing import borrowed
from optimizer.instance import Instance, frame
from optimizer.search.state import State, new_state
from optimizer.search.timetable import earliest_departure, forwards, leave_late, scratch_times
from optimizer.search.timing import WITH, WITHOUT, free_gaps, lengths

DAY: dict[str, Any] = {"start": "08:00", "end": "16:00"}
LUNCH = {"break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}
Window = tuple[int, int]


def day_problem(
    windows: list[list[Window]], minutes: list[int], places: list[int], day: dict[str, Any], busy: list[Window]
) -> Problem:
    """One visit at each place of a straight road, in windows of the day, for one officer who is busy at times."""
    coops = [cooperative(f"c{i}", i + 1) for i in range(len(places))]
    visits = [
        visit(f"c{i}-1", minutes=length, window=[[clock(a), clock(b)] for a, b in own])
        for i, (length, own) in enumerate(zip(minutes, windows, strict=True))
    ]
    parts = [{"date": "2012-08-01", "from": clock(a), "to": clock(b)} for a, b in busy]
    return problem(
        cooperatives=coops, visits=visits, travel=line(0, *places), day=day, officers=[officer("a", busy=parts)]
    )


@dataclass(frozen=True)
class Slow:
    """Every departure in whole minutes, every leg for the break; starts as early as they may be."""

    inst: Instance
    order: list[int]
    busy: list[Window]

    def lengths(self) -> tuple[float, float]:
        """Least minutes without and with a break."""
        step = int(self.inst.step) or 1
        departs = [d for d in range(int(self.inst.day_start), int(self.inst.day_end) + 1) if d % step == 0]
        without = min((self.length(d, -1) for d in departs), default=math.inf)
        legs = range(len(self.order) + 1) if self.inst.break_length else ()
        with_ = min((self.length(d, leg) for d in departs for leg in legs), default=math.inf)
        return without, with_

    def length(self, depart: int, leg: int) -> float:
        inst, home = self.inst, int(self.inst.depot[0])
        now, at = float(depart), home
        for i, v in enumerate([*self.order, -1]):
            there = home if v < 0 else int(inst.place[v])
            slack = 0.0 if v < 0 else inst.slack
            free, now = now, now + inst.drive[at, there] + (max(slack, inst.break_length) if i == leg else slack)
            if i == leg:
                begin = max(free, inst.break_opens)
                if begin > inst.break_closes:
                    return math.inf
                now = max(now, begin + inst.break_length)
            if v >= 0:
                now = self.start(v, now) + inst.minutes[v]
            at = there
        return now - depart if self.keeps_the_day(depart, now, leg) else math.inf

    def start(self, v: int, ready: float) -> float:
        inst, step = self.inst, self.inst.step or 1.0
        if math.isinf(ready):
            return math.inf
        windows = range(inst.first_window[7 * v], inst.first_window[7 * v + 1])
        fits = (max(inst.window_opens[w], math.ceil(ready / step) * step) for w in windows)
        return min((s for s, w in zip(fits, windows, strict=True) if s <= inst.window_closes[w]), default=math.inf)

    def keeps_the_day(self, depart: float, back: float, leg: int) -> bool:
        inst = self.inst
        if math.isinf(back) or back > inst.day_end or back - depart > inst.longest:
            return False
        if inst.break_length and leg < 0 and depart < inst.break_opens + inst.break_length and back > inst.break_closes:
            return False
        return not any(first < back and depart < last for first, last in self.busy)


def quick(inst: Instance, order: list[int]) -> tuple[tuple[float, float], State]:
    """The compiled lengths, and the state with the officer aboard in whose gaps they are."""
    state = new_state(inst)
    handle, rows = borrowed(inst), borrowed(state)
    state.extra[0] = 0
    free_gaps(handle, rows, 0, 1)
    return lengths(handle, rows, 0, np.array(order, np.int64), len(order)), state


@st.composite
def days(draw: st.DrawFn) -> tuple[Problem, list[int], list[Window]]:
    """A day's problem, an order of its visits, and the officer's busy parts."""
    count = draw(st.integers(1, 3))
    minute = st.integers(480, 930)
    windows = [
        sorted((a, min(960, a + draw(st.integers(0, 200)))) for a in draw(st.lists(minute, min_size=1, max_size=3)))
        for _ in range(count)
    ]
    minutes = [draw(st.integers(0, 120)) for _ in range(count)]
    places = [draw(st.integers(-60, 60)) for _ in range(count)]
    day = dict(DAY)
    if draw(st.booleans()):
        day |= LUNCH
    if draw(st.booleans()):
        day |= {"max_minutes": draw(st.integers(120, 480))}
    if draw(st.booleans()):
        day |= {"step_minutes": draw(st.sampled_from([5, 15, 30]))}
    if draw(st.booleans()):
        day |= {"slack_minutes": draw(st.sampled_from([5, 10, 90]))}
    busy = [(a, min(1000, a + draw(st.integers(0, 90)))) for a in draw(st.lists(minute, max_size=2))]
    return day_problem(windows, minutes, places, day, busy), draw(st.permutations(range(count))), busy


@settings(max_examples=150, deadline=None)
@given(days())
def test_the_least_length_is_what_trying_everything_finds(case: tuple[Problem, list[int], list[Window]]) -> None:
    p, order, busy = case
    inst = frame(p).instance
    if not inst.slot_day.size or not inst.there[0, 0]:
        return
    fast, slow = quick(inst, order)[0], Slow(inst, order, busy).lengths()
    for one, other in zip(fast, slow, strict=True):
        assert (math.isinf(one) and math.isinf(other)) or abs(one - other) <= 1e-6


@settings(max_examples=100, deadline=None)
@given(days(), st.integers(0, 90))
def test_a_timetable_leaves_as_early_as_its_length_allows(
    case: tuple[Problem, list[int], list[Window]], more: int
) -> None:
    p, order, busy = case
    inst = frame(p).instance
    if not inst.slot_day.size or not inst.there[0, 0]:
        return
    found, state = quick(inst, order)
    handle, rows, stops = borrowed(inst), borrowed(state), np.array(order, np.int64)
    slow, step = Slow(inst, order, busy), int(inst.step) or 1
    for kind, least in zip((WITHOUT, WITH), found, strict=True):
        if math.isinf(least):
            continue
        longest = min(least + more, inst.longest)
        depart = earliest_departure(handle, rows, 0, stops, len(order), kind, longest)
        legs = range(len(order) + 1) if kind == WITH else (-1,)
        within = [
            d
            for d in range(int(inst.day_start), int(inst.day_end) + 1)
            if d % step == 0 and min(slow.length(d, leg) for leg in legs) <= longest + 1e-6
        ]
        assert abs(depart - within[0]) <= 1e-6
        times, scratch = scratch_times(len(order))
        back = forwards(handle, rows, 0, stops, len(order), depart, kind, times, scratch)
        assert back - depart <= longest + 1e-6
        starts = times[4 : 4 + 2 * len(order) : 2].copy()
        leave_late(handle, rows, 0, stops, len(order), kind, times, scratch)
        assert times[0] >= depart and times[1] <= back + 1e-6
        assert (times[4 : 4 + 2 * len(order) : 2] <= starts + 1e-6).all()


def test_lunch_waits_for_its_hours() -> None:
    # Drive 60, visit 09:00-11:00: back at 12:00, before 13:00, no lunch needed. With two visits of 120 minutes the tour
    # is back after 13:00: 60 + 120 + 120 + 60 and an hour for lunch.
    one = day_problem([[(540, 540)]], [120], [60], DAY | LUNCH, [])
    assert quick(frame(one).instance, [0])[0][WITHOUT] == 240
    two = day_problem([[(540, 960)], [(540, 960)]], [120, 120], [60, 60], DAY | LUNCH, [])
    assert quick(frame(two).instance, [0, 1])[0] == (math.inf, 420)


def test_a_tour_goes_between_the_hours_in_which_its_officer_is_busy() -> None:
    # An hour's visit an hour's drive away takes three hours; free are 08:00-10:30 and 12:00-16:00.
    p = day_problem([[(480, 960)]], [60], [60], DAY, [(630, 720)])
    found, state = quick(frame(p).instance, [0])
    assert found[WITHOUT] == 180
    rows = borrowed(state)
    assert earliest_departure(borrowed(frame(p).instance), rows, 0, np.array([0]), 1, WITHOUT, 180.0) == 720
