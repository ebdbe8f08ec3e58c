"""The short version of ``make faults``' probing: the whole API, few examples."""

from __future__ import annotations

from faults.probing import probe


def test_the_whole_api_stands_up_to_schemathesis() -> None:
    code, told = probe(seconds=20, examples=5, seed=1)
    assert code == 0, told
