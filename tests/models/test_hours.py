"""Stretches of a day: how they are written and read, and where a visit may start within them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import cooperative, days, on, problem, visit

from models.hours import ALL_DAY, Spans, on_weekday, starts_within
from models.problem import Problem

LUNCH = [["08:30", "12:00"], ["13:00", "16:30"]]


def at(*spans: tuple[float, float]) -> Spans:
    return spans


@pytest.mark.parametrize("written", [["08:30", "12:00"], LUNCH, [], {"mon": LUNCH, "fri": []}, {}, None])
def test_hours_are_written_as_they_were_read(written: Any) -> None:
    p = problem(cooperatives=[cooperative("c1", 1, open=written), cooperative("c2", 2)])
    assert p.to_dict()["cooperatives"][0].get("open") == written
    assert Problem.model_validate(p.to_dict()) == p


def test_one_stretch_in_a_list_is_the_stretch_itself() -> None:
    alone, listed = (visit("c1-1", window=window) for window in (["09:00", "10:00"], [["09:00", "10:00"]]))
    assert problem(visits=[alone]) == problem(visits=[listed])
    assert problem(visits=[alone]).hash == problem(visits=[listed]).hash


def test_the_stretches_of_a_weekday() -> None:
    # 1 August 2012 is a Wednesday.
    by_day = problem(cooperatives=[cooperative("c1", 1, open={"wed": LUNCH}, closed=days(8))], visits=[]).cooperatives[
        0
    ]
    assert by_day.stretches(on(1)) == at((510, 720), (780, 990))
    assert by_day.stretches(on(2)) == by_day.stretches(on(8)) == ()
    assert on_weekday(None, on(1)) == (ALL_DAY,)


@pytest.mark.parametrize(
    ("windows", "stretches", "minutes", "starts"),
    [
        (at(ALL_DAY), at((540, 720)), 60, at((540, 660))),
        (at(ALL_DAY), at((540, 600)), 60, at((540, 540))),  # it fills the stretch
        (at(ALL_DAY), at((540, 600)), 61, ()),
        (at(ALL_DAY), at((510, 720), (780, 990)), 60, at((510, 660), (780, 930))),
        (at((600, 800)), at((510, 720), (780, 990)), 60, at((600, 660), (780, 800))),
        (at((540, 600), (580, 640)), at(ALL_DAY), 60, at((540, 640))),  # windows that overlap
        (at((780, 800), (540, 600)), at(ALL_DAY), 0, at((540, 600), (780, 800))),  # ascending, however they come
        (at((700, 700)), at((510, 760)), 60, at((700, 700))),
        ((), at(ALL_DAY), 60, ()),
        (at(ALL_DAY), (), 60, ()),
    ],
)
def test_where_a_visit_may_start(windows: Spans, stretches: Spans, minutes: float, starts: Spans) -> None:
    assert starts_within(windows, stretches, minutes) == starts


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(tuple), max_size=3)


@given(SPANS, SPANS, st.integers(0, 12))
def test_every_start_and_no_other_one_lies_within(windows: list[Any], stretches: list[Any], minutes: int) -> None:
    found = starts_within(windows, stretches, minutes)
    for start in range(-1, 42):
        fits = any(a <= start <= b for a, b in windows) and any(a <= start <= b - minutes for a, b in stretches)
        assert any(low <= start <= high for low, high in found) == fits
    assert all(before[1] < after[0] for before, after in pairwise(found))


def test_where_a_visit_may_start_on_a_date() -> None:
    p = problem(
        cooperatives=[cooperative("c1", 1, open={"wed": LUNCH, "thu": LUNCH}, closed=days(2))],
        visits=[visit("c1-1", dates=days(1, 2, 3), window=["11:30", "13:30"])],
    )
    (one,) = p.visits
    assert p.starts(one, on(1)) == at((780, 810))  # 11:30 would run into lunch
    assert p.starts(one, on(2)) == ()  # closed
    assert p.starts(one, on(3)) == ()  # Friday is not named
    assert p.starts(one, on(8)) == ()  # none of its dates
