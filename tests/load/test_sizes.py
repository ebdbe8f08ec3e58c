"""The short version of ``python -m load.sizes``; how long things take is for a quiet machine to say."""

from __future__ import annotations

from load.sizes import measure


def test_an_office_larger_than_the_sample_is_planned_and_answers() -> None:
    (size,) = measure([100], seconds=3.0)
    assert size.sound
    assert size.days_told
    assert (size.cooperatives, size.planned <= size.visits, size.worker > 0) == (100, True, True)
