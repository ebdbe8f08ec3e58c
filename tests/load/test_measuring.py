"""The short version of ``make load``: it must work without an error; how fast is for a quiet machine to say."""

from __future__ import annotations

from load.measuring import measure


def test_many_read_while_a_run_is_solving() -> None:
    figures = measure(starting=0, problems=3, clients=50, seconds=2.0, pause=0.2)
    assert [figure.errors for figure in figures] == [0, 0, 0, 0]
    assert figures[1].count >= 50
