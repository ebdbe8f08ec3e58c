"""The short version of ``python -m load.flooding``; how fast is for a quiet machine to say."""

from __future__ import annotations

from load.flooding import measure


def test_a_planner_is_answered_while_a_viewer_asks_for_everything_at_once() -> None:
    readings = measure(seconds=2.0)
    assert [reading.errors for reading in readings] == [0, 0, 0, 0]
    assert all(reading.count > 0 for reading in readings)
