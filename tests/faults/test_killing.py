"""The short version of ``make faults``."""

from __future__ import annotations

from pathlib import Path

from faults.killing import rampage


def test_nothing_is_lost_when_services_and_workers_are_killed(tmp_path: Path) -> None:
    # of this seed: first the service, then a worker, where it is back by then
    figures = rampage(f"sqlite:///{tmp_path}/faults.db", kills=2, seed=7, cluster=False)
    assert figures["wrong"] == []
    assert figures["runs"] > 0
    assert figures["proposals"] > 0
    assert figures["published"] > 0
    assert figures["reported"] > 0
    assert figures["feeds read"] > 0
