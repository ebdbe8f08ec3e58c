"""Whether two samples of runs differ by more than the solver's own noise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random
from statistics import fmean
from typing import Literal

Verdict = Literal["higher", "lower", "within noise", "too few runs"]

#: how often a difference may be called real where there is none
LEVEL = 0.05
#: shufflings that are tried where there are more than can be counted
_SHUFFLES = 5_000


def chance(before: Sequence[float], after: Sequence[float]) -> float:
    """How likely means differ at least so much when runs are dealt to the two samples at random (permutation test)."""
    pool = [*before, *after]
    size, gap = len(before), abs(fmean(after) - fmean(before)) - 1e-9
    total = sum(pool)

    def far(chosen: Sequence[float]) -> bool:
        one = sum(chosen)
        return abs(one / size - (total - one) / (len(pool) - size)) >= gap

    if len(pool) <= 16:
        dealt = [far(chosen) for chosen in combinations(pool, size)]
    else:
        random = Random(1)
        dealt = [far(random.sample(pool, size)) for _ in range(_SHUFFLES)]
    return sum(dealt) / len(dealt)


def verdict(before: Sequence[float], after: Sequence[float]) -> Verdict:
    """What can be said of ``after`` against ``before``; with fewer than four runs each, hardly ever anything."""
    if not before or not after:
        return "too few runs"
    if max(before) == min(before) == max(after) == min(after):
        return "within noise"
    if len(before) < 4 or len(after) < 4:
        return "too few runs"
    if chance(before, after) > LEVEL:
        return "within noise"
    return "higher" if fmean(after) > fmean(before) else "lower"
