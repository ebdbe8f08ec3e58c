"""The short version of ``make load``'s cold and resting services; how fast is for a quiet machine to say."""

from __future__ import annotations

from load.resting import measure


def test_a_cold_service_answers_and_then_rests() -> None:
    first, idle = measure(resting=1.0, times=1, first={"/v1/me": 0.3})
    assert (first.errors, first.count) == (0, 1)
    assert (idle.errors, idle.value < 100) == (0, True)
