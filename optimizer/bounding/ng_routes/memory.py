"""What a way remembers: at each cooperative some others, few at first, and more where tours come back to one.

Sets that grow only where the master's tours come back (Roberti and Mingozzi 2014): few labels tell much.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from optimizer.bounding.relaxed import Relaxed
from optimizer.instance import Flags, Ints

#: bits of a word
WORD = 62
#: cooperatives near one which a tour that is there remembers to have been at: to begin with, and at most
NEAR, MOST_NEAR = 5, 24


class Memory:
    """Which cooperatives are remembered at which; each remembers itself."""

    def __init__(self, relaxed: Relaxed) -> None:
        count = int(relaxed.coop.max(initial=-1)) + 1
        away = np.full((count, count), np.inf)
        km = relaxed.km[np.ix_(relaxed.place, relaxed.place)]
        np.minimum.at(away, (relaxed.coop[:, None], relaxed.coop[None, :]), km + km.T)
        np.fill_diagonal(away, -1.0)
        self._at: Flags = np.zeros((count, count), np.uint8)
        for c, others in enumerate(np.argsort(away, axis=1, kind="stable")[:, :NEAR]):
            self._at[c, others] = 1

    def packed(self, coop: Ints, words: int) -> tuple[Ints, Ints]:
        """[m, words] bits of the cooperatives that are remembered at each of ``coop``, and [m] their numbers there."""
        known, number = np.unique(coop, return_inverse=True)
        bits = np.zeros((len(coop), words), np.int64)
        for n, c in enumerate(known):
            bits[:, n // WORD] |= self._at[coop, c].astype(np.int64) << (n % WORD)
        return bits, number.ravel().astype(np.int64)

    def grow(self, tour: Sequence[int]) -> bool:
        """Remember what keeps a tour, cooperative by cooperative, from coming back; whether there was anything."""
        grown = False
        for c in set(tour):
            for a, b in pairwise([i for i, other in enumerate(tour) if other == c]):
                between = tour[a + 1 : b]
                if self._at[between].sum(axis=1).max(initial=0) < MOST_NEAR:
                    grown = grown or not self._at[between, c].all()
                    self._at[between, c] = 1
        return grown

    def allows(self, tour: Sequence[int]) -> bool:
        """Whether the tour is an ng-route: somewhere in each way back to a cooperative it is forgotten."""
        return all(
            not self._at[tour[a + 1 : b], c].all()
            for c in set(tour)
            for a, b in pairwise([i for i, other in enumerate(tour) if other == c])
        )


def words_for(coops: int) -> int:
    """Words that hold a bit for each cooperative."""
    return max(1, -(-coops // WORD))
