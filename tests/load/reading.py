"""One thing that was measured, beside what it should stay under."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured, how often, what went wrong meanwhile, what it came to, and what it should stay under."""

    what: str
    count: int
    errors: int
    value: float
    reach: float
    unit: str

    @property
    def reached(self) -> bool:
        return self.errors == 0 and self.value < self.reach


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that ``percent`` in 100 are no greater than; of a single one itself."""
    if len(values) < 2:
        return round(max(values), 4)
    return round(statistics.quantiles(values, n=100)[percent - 1], 4)


def tell(readings: Sequence[Reading]) -> int:
    """Print them as JSON; 1 where one is out of reach."""
    sys.stdout.write(json.dumps([asdict(each) | {"reached": each.reached} for each in readings], indent=1) + "\n")
    return 0 if all(each.reached for each in readings) else 1
