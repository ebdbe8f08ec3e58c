"""Rule 2: workdays, the day's limits, drives, waiting, and the length of a visit."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import line, on, plan, problem, rules_broken, tour, visit

from models.plan import Tour
from models.problem import Problem


def broken_with(p: Problem, **changes: Any) -> list[int]:
    """What a tour over c1 and c2 breaks when some of its own keys are changed.

    Untouched: leaves 08:30, c1 08:40 to 09:40, c2 10:10 to 11:10, back 11:30; 180 minutes.
    """
    made = tour(p, on(1), "a", ["c1-1", "c2-1"])
    return rules_broken(p, plan(p, made.model_copy(update=changes)))


def stops_with(p: Problem, number: int, **changes: float) -> tuple[Any, ...]:
    stops = list(tour(p, on(1), "a", ["c1-1", "c2-1"]).stops)
    stops[number] = stops[number].model_copy(update=changes)
    return tuple(stops)


def test_a_tour_is_on_a_workday() -> None:
    p = problem()  # 1, 2 and 3 August
    assert broken_with(p, date=on(3)) == []
    assert broken_with(p, date=on(4)) == [2]


SECOND = 1 / 60


@pytest.mark.parametrize(("start", "fine"), [("08:30", True), ("08:30:01", True), ("08:30:02", False)])
def test_a_tour_leaves_not_before_the_day_starts(start: str, fine: bool) -> None:
    p = problem(day={"start": start, "end": "16:30"})
    made = tour(p, on(1), "a", ["c1-1"], depart="08:30")
    assert rules_broken(p, plan(p, made)) == ([] if fine else [2])


@pytest.mark.parametrize(("end", "fine"), [("11:30", True), ("11:29:59", True), ("11:29:58", False)])
def test_a_tour_is_back_not_after_the_day_ends(end: str, fine: bool) -> None:
    assert broken_with(problem(day={"start": "08:30", "end": end})) == ([] if fine else [2])


@pytest.mark.parametrize(
    ("longest", "fine"), [(180, True), (180 - SECOND, True), (180 - 2 * SECOND, False), (0, False)]
)
def test_a_tour_takes_no_longer_than_it_may(longest: float, fine: bool) -> None:
    p = problem(day={"start": "08:30", "end": "16:30", "max_minutes": longest})
    assert broken_with(p) == ([] if fine else [2])


def test_the_break_counts_in_the_length_of_a_tour() -> None:
    # 180 minutes as above and an hour's break: 240 from door to door.
    day = {"start": "08:30", "end": "16:30", "break_minutes": 60, "break_earliest": "09:30", "break_latest": "10:30"}
    p, tight = problem(day=day | {"max_minutes": 240}), problem(day=day | {"max_minutes": 239})
    made = tour(p, on(1), "a", ["c1-1", "c2-1"], starts={"c2-1": "11:10"}, break_=("09:40", "10:40"))
    assert made.return_ - made.depart == 240
    assert rules_broken(p, plan(p, made)) == []
    assert rules_broken(tight, plan(tight, made)) == [2]


@pytest.mark.parametrize(("late", "fine"), [(0, True), (SECOND, True), (2 * SECOND, False)])
def test_the_drive_takes_its_time(late: float, fine: bool) -> None:
    p = problem()
    soon = stops_with(p, 1, arrive=610 - late)  # 10:10 is the soonest
    assert broken_with(p, stops=soon) == ([] if fine else [2])
    assert broken_with(p, depart=510 + late) == ([] if fine else [2])  # the first drive
    assert broken_with(p, return_=690 - late) == ([] if fine else [2])  # the drive home


def test_asymmetric_drives_are_taken_in_the_direction_driven() -> None:
    minutes = [[0, 10, 20], [10, 0, 30], [20, 45, 0]]
    p = problem(travel={"minutes": minutes, "km": minutes})
    there = tour(p, on(1), "a", ["c1-1", "c2-1"])
    assert there.stops[1].arrive - there.stops[0].end == 30
    assert rules_broken(p, plan(p, there)) == []
    swapped = tour(p, on(1), "a", ["c2-1", "c1-1"], starts={"c1-1": "10:20"})  # 08:50..09:50, then 45 minutes
    assert rules_broken(p, plan(p, swapped)) == [2]
    in_time = tour(p, on(1), "a", ["c2-1", "c1-1"], starts={"c1-1": "10:35"})
    assert rules_broken(p, plan(p, in_time)) == []


def test_waiting_is_allowed_before_a_visit_and_before_the_office() -> None:
    p = problem()
    waits = tour(p, on(1), "a", ["c1-1", "c2-1"], starts={"c1-1": "09:00", "c2-1": "13:00"}, back="16:30")
    assert rules_broken(p, plan(p, waits)) == []


def test_a_visit_starts_not_before_it_is_reached() -> None:
    p = problem()
    assert broken_with(p, stops=stops_with(p, 0, arrive=521)) == [2]


@pytest.mark.parametrize(("end", "fine"), [(580, True), (580 + SECOND, True), (581, False), (579, False)])
def test_a_visit_takes_its_minutes(end: float, fine: bool) -> None:
    p = problem(visits=[visit("c1-1")], travel=line(0, 10, -20))
    made = tour(p, on(1), "a", ["c1-1"], back="12:00")
    stop = made.stops[0].model_copy(update={"end": end})
    changed = Tour.model_validate(made.model_dump(by_alias=True) | {"stops": (stop,)})
    assert rules_broken(p, plan(p, changed)) == ([] if fine else [2])


def test_a_visit_of_no_length_at_the_office_is_a_tour() -> None:
    # Public benchmarks have visits of 0 minutes, and days that may be of any length.
    p = problem(day={"start": "00:00", "end": "00:00"}, visits=[visit("c1-1", minutes=0)], travel=line(0, 0, 0))
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"]))) == []
