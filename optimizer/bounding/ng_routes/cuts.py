"""Subset rows (Jepsen and others 2008): of all tours, one at most makes two or more of any three visits.

A visit is in one tour, so two such tours would share one. The programme may have each pair of the three in half a tour.
"""

from __future__ import annotations

import numpy as np

from optimizer.instance import Flags, Floats, Ints

#: cuts at most, bits of a word; in one go; by how much the programme has to break one
MOST_CUTS, AT_ONCE, LEAST_BREAK = 62, 15, 0.05
#: share from which on a tour counts when cuts are looked for
LEAST_SHARE = 1e-3


class Cuts:
    """The cuts that are in the programme, by number."""

    def __init__(self) -> None:
        self.visits = np.zeros((0, 3), np.int64)  # [K, 3]

    def __len__(self) -> int:
        return len(self.visits)

    def add(self, visits: Ints) -> None:
        """Add cuts [k, 3], as far as there is room."""
        self.visits = np.concatenate([self.visits, visits])[:MOST_CUTS]

    def drop(self, dropped: Flags) -> None:
        """Leave those cuts away [K]."""
        self.visits = self.visits[dropped == 0]

    def times(self, visits: Ints) -> Ints:
        """[K] how many times a tour of these visits has two of each cut's three."""
        held: Ints = (visits[:, None, None] == self.visits[None, :, :]).sum(axis=(0, 2)) // 2
        return held

    def bits(self, visit: Ints) -> Ints:
        """[m] bits of the cuts that each visit is in."""
        inside = (visit[:, None, None] == self.visits[None, :, :]).any(axis=2)
        bits: Ints = (inside.astype(np.int64) << np.arange(len(self))).sum(axis=1)
        return bits

    def broken(self, tours: list[Ints], shares: Floats, visits: int, room: int) -> Ints:
        """[k, 3] the cuts that these shares of tours break most, of so many ``visits``; ``room`` at most."""
        kept = np.flatnonzero(shares > LEAST_SHARE)
        holds = np.zeros((visits, len(kept)))
        for n, t in enumerate(kept):
            holds[np.unique(tours[t]), n] = 1.0
        both = (holds * shares[kept]) @ holds.T
        np.fill_diagonal(both, 0.0)
        known = {tuple(row) for row in self.visits.tolist()}
        found: list[tuple[float, tuple[int, int, int]]] = []
        for i in range(visits):
            near = i + 1 + np.flatnonzero(both[i, i + 1 :] > LEAST_BREAK)
            for a, j in enumerate(near):
                for k in near[a + 1 :]:
                    if both[i, j] + both[i, k] + both[j, k] > 1 + LEAST_BREAK and (i, int(j), int(k)) not in known:
                        over = float(shares[kept][holds[[i, j, k]].sum(axis=0) >= 2].sum()) - 1
                        if over > LEAST_BREAK:
                            found.append((over, (i, int(j), int(k))))
        found.sort(key=lambda one: (-one[0], one[1]))
        return np.array([three for _, three in found[: min(AT_ONCE, room)]], np.int64).reshape(-1, 3)
