"""Rule 2 of times that people keep: a grid of minutes for departures and starts, and slack before a visit."""

from __future__ import annotations

import pytest
from support.builders import on, plan, problem, rules_broken, tour

from models.problem import Problem

LUNCH = {"break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00"}


def day(**more: object) -> Problem:
    return problem(day={"start": "08:30", "end": "18:00"} | more)


@pytest.mark.parametrize(
    ("depart", "start", "fine"),
    [
        ("08:30", "08:40", True),
        ("08:32", "08:45", False),  # leaves off the grid
        ("08:30", "08:42", False),  # starts off the grid
        ("08:30:01", "08:45", True),  # a second is within what rounding may cost
        ("08:30:02", "08:45", False),
        ("08:30", "08:44:58", False),
    ],
)
def test_departures_and_starts_lie_on_the_grid(depart: str, start: str, fine: bool) -> None:
    p = day(step_minutes=5)
    made = tour(p, on(1), "a", ["c1-1"], depart=depart, starts={"c1-1": start})
    assert rules_broken(p, plan(p, made)) == ([] if fine else [2])


def test_arrivals_and_returns_are_as_they_come() -> None:
    # c1 is 10 minutes away, c2 30 from c1 and 20 from the office: back at 10:35 on a grid of 15.
    p = day(step_minutes=15)
    made = tour(p, on(1), "a", ["c1-1", "c2-1"])
    assert [(stop.arrive, stop.start) for stop in made.stops] == [(520, 525), (615, 615)]
    assert made.return_ == 695
    assert rules_broken(p, plan(p, made)) == []


def test_the_grid_counts_from_midnight() -> None:
    p = problem(day={"start": "08:20", "end": "18:00", "step_minutes": 60})
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"], depart="08:20", starts={"c1-1": "09:00"}))) == [2]
    assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"], depart="09:00", starts={"c1-1": "10:00"}))) == []


def test_a_step_of_nothing_is_no_grid() -> None:
    for none in (None, 0):
        p = day(step_minutes=none)
        assert rules_broken(p, plan(p, tour(p, on(1), "a", ["c1-1"], depart="08:31:07"))) == []


# c1 is reached at 08:40.
@pytest.mark.parametrize(
    ("start", "fine"),
    [("08:45", True), ("08:44:59", True), ("08:44:58", False), ("08:40", False), ("09:30", True)],
)
def test_so_much_slack_lies_between_arriving_and_starting(start: str, fine: bool) -> None:
    p = day(slack_minutes=5)
    stop = tour(p, on(1), "a", ["c1-1"], starts={"c1-1": start})
    arrived = stop.model_copy(update={"stops": (stop.stops[0].model_copy(update={"arrive": 520.0}),)})
    assert rules_broken(p, plan(p, arrived)) == ([] if fine else [2])


def test_no_slack_is_needed_before_being_back() -> None:
    p = day(slack_minutes=5)
    made = tour(p, on(1), "a", ["c1-1"], starts={"c1-1": "08:45"}, back="09:55")
    assert rules_broken(p, plan(p, made)) == []


def test_the_break_may_fill_the_slack() -> None:
    # c1 ends at 11:30; drive 30 and break 60 fill the time to 13:00, and 12:55 is reached in time for five of slack.
    p = day(slack_minutes=5, **LUNCH)
    starts = {"c1-1": "10:30", "c2-1": "13:00"}
    made = tour(p, on(1), "a", ["c1-1", "c2-1"], starts=starts, break_=("11:30", "12:30"))
    first, second = made.stops
    for arrive, fine in ((775.0, True), (776.1, False)):
        told = made.model_copy(update={"stops": (first, second.model_copy(update={"arrive": arrive}))})
        assert rules_broken(p, plan(p, told)) == ([] if fine else [2]), arrive
