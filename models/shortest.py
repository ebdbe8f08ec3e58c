"""Shortest ways: what a drive takes at least when it may lead over any other place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]


def shortest_ways(direct: Sequence[Sequence[float]]) -> Matrix:
    """[n, n] length of the shortest way between two places, where ``direct`` [n, n] are the ways without a stop.

    Ways of no length are ways too; whatever leads from a place to itself is 0.
    """
    from scipy.sparse.csgraph import csgraph_from_dense, floyd_warshall  # only now: it takes its time to load

    size = len(direct)
    if size == 0:
        return np.zeros((0, 0))
    # a dense graph given as it is would take a way of length 0 for none
    shortest: Matrix = floyd_warshall(csgraph_from_dense(np.array(direct, np.float64), null_value=np.inf))
    return shortest
