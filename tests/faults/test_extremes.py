"""The short version of ``make faults``' extremes: whatever is accepted can be worked on."""

from __future__ import annotations

from faults.extremes import hunt


def test_whatever_intake_accepts_is_solved_mended_moved_explained_and_drawn() -> None:
    found = hunt(examples=60, seconds=60.0, seed_=3)
    assert found.first == {}
    assert found.accepted > 10
