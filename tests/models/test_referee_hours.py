"""Rule 3 as offices live: hours in stretches and by weekday, several windows, a set of dates."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, days, on, plan, problem, rules_broken, tour, visit

LUNCH = [["08:30", "12:00"], ["13:00", "16:30"]]


def broken_by(start: str, day: int = 1, **changes: Any) -> list[int]:
    """The rules that a visit of an hour at c1 breaks that starts at ``start``."""
    when = {key: changes.pop(key) for key in ("open", "closed") if key in changes}
    p = problem(cooperatives=[cooperative("c1", 1, **when)], visits=[visit("c1-1", **changes)],
                day={"start": "08:30", "end": "18:00"})  # fmt: skip
    return rules_broken(p, plan(p, tour(p, on(day), "a", ["c1-1"], starts={"c1-1": start})))


@pytest.mark.parametrize(
    ("start", "fine"),
    [
        ("11:00", True),  # ends as the morning ends
        ("11:00:01", True),  # a second is within what rounding may cost
        ("11:00:02", False),
        ("11:30", False),  # over lunch
        ("12:00", False),  # lies between the stretches
        ("12:59:58", False),
        ("13:00", True),
        ("15:30", True),
        ("15:31", False),
    ],
)
def test_the_whole_visit_lies_within_one_stretch(start: str, fine: bool) -> None:
    assert broken_by(start, open=LUNCH) == ([] if fine else [3])


def test_stretches_that_touch_are_two_all_the_same() -> None:
    assert broken_by("11:30", open=[["08:30", "12:00"], ["12:00", "16:30"]]) == [3]
    assert broken_by("12:00", open=[["08:30", "12:00"], ["12:00", "16:30"]]) == []


# 1 August 2012 is a Wednesday.
@pytest.mark.parametrize(
    ("hours", "fine"),
    [
        ({"wed": [["09:00", "12:00"]]}, True),
        ({"wed": LUNCH, "thu": [["13:00", "14:00"]]}, True),
        ({"thu": [["09:00", "12:00"]]}, False),  # Wednesday is not named: closed
        ({"wed": []}, False),
        ({"wed": [["09:00", "09:59"]], "thu": LUNCH}, False),
        ({}, False),
    ],
)
def test_hours_by_weekday(hours: dict[str, Any], fine: bool) -> None:
    assert broken_by("09:00", open=hours) == ([] if fine else [3])


def test_a_closed_date_closes_an_open_weekday() -> None:
    assert broken_by("09:00", open={"wed": LUNCH}, closed=days(1)) == [3]
    assert broken_by("09:00", open={"wed": LUNCH}, closed=days(8)) == []


@pytest.mark.parametrize(("start", "fine"), [("09:00", True), ("10:00", True), ("10:30", False), ("13:59", False),
                                             ("14:00", True), ("15:00", True)])  # fmt: skip
def test_a_visit_starts_in_one_of_its_windows(start: str, fine: bool) -> None:
    assert broken_by(start, window=[["09:00", "10:00"], ["14:00", "15:00"]]) == ([] if fine else [3])


def test_no_window_at_all_is_no_time_at_all() -> None:
    assert broken_by("09:00", window=[]) == [3]


@pytest.mark.parametrize(("dates", "fine"), [([1], True), ([1, 3], True), ([2, 3], False), ([], False)])
def test_a_visit_falls_on_one_of_its_dates(dates: list[int], fine: bool) -> None:
    assert broken_by("09:00", dates=days(*dates)) == ([] if fine else [3])


def test_dates_and_the_range_both_hold() -> None:
    assert broken_by("09:00", day=1, dates=days(1, 2), earliest=on(2)) == [3]
    assert broken_by("09:00", day=2, dates=days(1, 2), earliest=on(2)) == []
    assert broken_by("09:00", day=2, dates=days(1, 2), latest=on(1)) == [3]
