"""Nothing is measured by the time of day: it may be set back, or forward, while a run is at work."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: clocks that follow the time of day
WALL = re.compile(r"\btime\.time\(|\btime\.time_ns\(|\.now\(|\.utcnow\(|\.today\(|from time import.*\btime\b")
#: the places that tell a moment: for the database to keep, for a clock that counts from it by one that runs forward,
#: and the date from which notice of a change is given
MOMENTS = {"api/storage/tables.py", "api/runs/forward.py", "api/today.py"}


def test_durations_are_measured_by_a_clock_that_only_runs_forward() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{number}"
        for floor in ("api", "optimizer", "models")
        for path in sorted((ROOT / floor).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if WALL.search(line.partition("#")[0]) and str(path.relative_to(ROOT)) not in MOMENTS
    }
    assert found == set()
    for moment in MOMENTS:
        assert WALL.search((ROOT / moment).read_text(encoding="utf-8")), "a search that finds nothing proves nothing"


def test_what_the_database_keeps_of_moments_decides_nothing_of_a_run() -> None:
    """Runs wait, run and end by their state and attempt; moments only put lists in order."""
    text = (ROOT / "api/storage/plans.py").read_text(encoding="utf-8")
    compared = [line for line in text.splitlines() if re.search(r"_at\s*[<>]|[<>]=?\s*\S*_at\b", line)]
    assert compared == []
