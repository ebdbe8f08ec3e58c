"""Whether two samples of runs differ by more than the solver's own noise, many measures at once.

A table of twenty measures gives twenty chances to be fooled. The runs of both samples are dealt anew in every way (or
in many), and a measure differs only where its distance is beyond what the *farthest* of all measures reaches by chance
(Westfall and Young 1993, the single-step maximum): in at most one of twenty whole tables of a case against itself is
any verdict false.
"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Literal

import numpy as np
import numpy.typing as npt

Verdict = Literal["higher", "lower", "within noise", "too few runs"]
Floats = npt.NDArray[np.float64]

#: how often a table may call any difference real where there is none
LEVEL = 0.05
#: ways to deal the runs that are counted out; where there are more, so many are drawn
MOST_WAYS = 5_000


def verdicts(before: npt.ArrayLike, after: npt.ArrayLike, cases: int = 1) -> list[Verdict]:
    """What can be said of each measure of ``after`` against ``before`` [runs, measures].

    ``cases``: how many cases the whole table holds against the base; each gets its share of the level.
    """
    one, two = np.asarray(before, np.float64), np.asarray(after, np.float64)
    level = LEVEL / max(1, cases)
    if len(one) == 0 or len(two) == 0 or 2 / comb(len(one) + len(two), len(one)) > level:
        constant = len(one) > 0 and len(two) > 0
        return [
            "within noise" if constant and np.ptp(np.concatenate([one[:, m], two[:, m]])) == 0 else "too few runs"
            for m in range(one.shape[1] if one.ndim == 2 else 0)
        ]
    chances = chance(one, two)
    change = two.mean(axis=0) - one.mean(axis=0)
    return [
        "within noise" if p > level else "higher" if rise > 0 else "lower"
        for p, rise in zip(chances, change, strict=True)
    ]


def chance(before: Floats, after: Floats) -> Floats:
    """For each measure: how likely any measure lies at least as far apart when runs are dealt at random.

    Measures [runs, measures] are compared in units of their own spread; those without spread never differ.
    """
    pool = np.concatenate([before, after])
    spread = pool.std(axis=0)
    pool = (pool - pool.mean(axis=0)) / np.where(spread > 1e-9 * (1 + np.abs(pool).max(axis=0)), spread, np.inf)
    size, runs = len(before), len(pool)
    picks = _deals(runs, size)
    sums = picks @ pool  # [ways, measures]
    apart = np.abs(sums / size - (pool.sum(axis=0) - sums) / (runs - size))
    seen = apart[0]  # the first deal is the one that was
    reached: Floats = (apart.max(axis=1)[:, None] >= seen[None, :] - 1e-9).mean(axis=0)
    return reached


def _deals(runs: int, size: int) -> Floats:
    """Ways to deal ``size`` of ``runs`` to the first sample, as rows of 0 and 1; the first is the one that was."""
    if comb(runs, size) <= MOST_WAYS:
        chosen = np.array(list(combinations(range(runs), size)))
    else:
        draws = np.random.default_rng(1)
        chosen = np.array([range(size), *(draws.permutation(runs)[:size] for _ in range(MOST_WAYS))])
    deals = np.zeros((len(chosen), runs))
    np.put_along_axis(deals, chosen, 1.0, axis=1)
    return deals
