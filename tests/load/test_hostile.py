"""The short version of ``make hostile``: everybody who may is answered; how fast is for a quiet machine to say."""

from __future__ import annotations

from load.hostile import measure


def test_a_planner_works_while_others_mean_harm() -> None:
    readings = measure(seconds=3.0)
    assert [reading.errors for reading in readings] == [0, 0, 0]
    assert readings[2].value < readings[2].reach, "memory"
