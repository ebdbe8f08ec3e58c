"""The timing of a day against the slow one of the exhaustive answers, and the shortest ways against a slow loop."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import schedule
from support.builders import on, plan, problem, rules_broken

from models.problem import Day
from models.rules import timing
from models.rules.timing import timings, tour_of
from models.shortest import BLOCK, shortest_ways

HALVES = st.integers(16, 34).map(lambda half: half * 30.0)
SPANS = st.lists(st.tuples(HALVES, HALVES).map(sorted).map(tuple), min_size=1, max_size=2)


@st.composite
def days_to_time(draw: st.DrawFn) -> tuple[Day, list[float], list[float], list[Any], tuple[float, float]]:
    """A day, drives, minutes of visits, their windows, and the stretch that the tour lies in."""
    count = draw(st.integers(1, 3))
    breaks = {"break_minutes": draw(st.sampled_from([30, 60])), "break_earliest": "11:30", "break_latest": "13:00"}
    day = Day.model_validate(
        {
            "start": "08:00", "end": "17:00", "max_minutes": draw(st.sampled_from([None, 420, 300.5])),
            "step_minutes": draw(st.sampled_from([None, 5, 30])), "slack_minutes": draw(st.sampled_from([None, 5, 70])),
        } | (breaks if draw(st.booleans()) else {})
    )  # fmt: skip
    drives = [draw(st.integers(0, 300)) / 4 for _ in range(count + 1)]
    minutes = [float(draw(st.sampled_from([0, 45, 60, 120]))) for _ in range(count)]
    within = draw(st.sampled_from([(0.0, float("inf")), (540.0, 900.0), (0.0, 720.0)]))
    return day, drives, minutes, [draw(SPANS) for _ in range(count)], within


@settings(max_examples=300, deadline=None)
@given(days_to_time())
def test_two_ways_to_time_a_day_agree(
    case: tuple[Day, list[float], list[float], list[Any], tuple[float, float]],
) -> None:
    mine = {(round(one.worked, 4), round(one.length, 4)) for one in timings(*case)}
    slow = {(round(one.worked, 4), round(one.length, 4)) for one in schedule.timings(*case)}
    assert mine == slow


@pytest.mark.parametrize(("step", "slack"), list(product([0, 15], [0, 10])))
def test_a_tour_of_these_times_keeps_every_rule(step: float, slack: float) -> None:
    """c1, 10 minutes away, is open before lunch, and c2, 30 minutes on, after it: the break lies between the two."""
    day = {"start": "08:30", "end": "17:00", "break_minutes": 60, "break_earliest": "11:30", "break_latest": "13:00",
           "step_minutes": step, "slack_minutes": slack}  # fmt: skip
    p = problem(day=day)
    windows = [((600.0, 660.0),), ((780.0, 900.0),)]
    (best,) = timings(p.day, [10.0, 30.0, 20.0], [60.0, 60.0], windows)
    made = tour_of(p, best, ["c1-1", "c2-1"], id_="t", date=on(1), office="kk", car=None, crew=["a"])
    assert rules_broken(p, plan(p, made)) == []
    assert made.break_ is not None


def test_a_tour_of_many_visits_that_close_for_lunch_is_timed_in_steps_that_can_be_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twelve visits before or after lunch are 4,096 choices of hours; who is late for one before it is so for all."""
    tried = 0

    def counted(*args: Any) -> Any:
        nonlocal tried
        tried += 1
        return of_choice(*args)

    of_choice = timing._of_choice
    monkeypatch.setattr(timing, "_of_choice", counted)
    day = Day.model_validate({"start": "08:00", "end": "17:00"})
    assert timing.timings(day, [5.0] * 13, [10.0] * 12, [((480.0, 720.0), (780.0, 1020.0))] * 12)
    assert tried == 13  # so many of them come before lunch: none, one, ..., all twelve


@given(st.integers(0, 5).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 6).map(float), min_size=n, max_size=n), min_size=n, max_size=n)
))  # fmt: skip
def test_shortest_ways_lead_over_any_places(direct: list[list[float]]) -> None:
    assert np.array_equal(shortest_ways(direct), one_place_after_the_other(direct))


@pytest.mark.parametrize("places", [BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 5])
def test_shortest_ways_of_more_places_than_a_block(places: int) -> None:
    direct = np.random.default_rng(places).integers(0, 50, (places, places)).astype(float).tolist()
    assert np.array_equal(shortest_ways(direct), one_place_after_the_other(direct))


def one_place_after_the_other(direct: list[list[float]]) -> np.ndarray:
    """The shortest ways, without blocks."""
    slow = np.array(direct).reshape(len(direct), len(direct))
    np.fill_diagonal(slow, 0.0)
    for via in range(len(direct)):
        slow = np.minimum(slow, slow[:, via : via + 1] + slow[via : via + 1, :])
    return slow
