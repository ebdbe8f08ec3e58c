"""Micro-benchmarks of the search's hot parts on the sample office: ``pytest tests/benchmarks/bench_search.py``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.intake import read_office
from models.referee import cost, violations
from optimizer.borrowing import borrowed
from optimizer.instance import Frame, frame
from optimizer.params import Params
from optimizer.search.state import new_state
from optimizer.search.timing import lengths
from optimizer.searching import Searcher
from optimizer.solving import solve
from optimizer.stopping import StepLimit

SAMPLE = Path(__file__).parents[2] / "data" / "khonkaen"


@pytest.fixture(scope="module")
def sample() -> Frame:
    return frame(read_office(SAMPLE).problem)


def test_reading_the_office(benchmark: Any) -> None:
    benchmark(read_office, SAMPLE)


def test_first_plan(benchmark: Any, sample: Frame) -> None:
    benchmark(Searcher, sample, Params(), 0)


def test_a_thousand_steps(benchmark: Any, sample: Frame) -> None:
    searcher = Searcher(sample, Params(), 0)
    benchmark(searcher.advance, 1000, 0.5)


def test_the_length_of_four_stops(benchmark: Any, sample: Frame) -> None:
    inst = sample.instance
    handle, rows, stops = borrowed(inst), borrowed(new_state(inst)), np.arange(4)
    benchmark(lengths, handle, rows, 0, stops, 4)


def test_the_referee(benchmark: Any, sample: Frame) -> None:
    plan = solve(sample.problem, Params(deterministic=True), StepLimit(1000))
    assert benchmark(violations, sample.problem, plan) == []
    assert cost(sample.problem, plan) == plan.cost
