"""Random numbers for the search: a small generator with its state in an array, so that threads do not share one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optimizer.borrowing import borrowed
from optimizer.compiling import compiled


class Dice(NamedTuple):
    """The generator's state."""

    words: npt.NDArray[np.uint64]


def dice(seed: int) -> Dice:
    """The generator's state for ``seed``, by reference."""
    words = np.random.SeedSequence(seed).generate_state(2, np.uint64).astype(np.uint64)
    return borrowed(Dice(words | np.uint64(1)))


@compiled
def uniform(state: Dice) -> float:
    """A number in [0, 1). xorshift128+ (Vigna 2017)."""
    words = state.words
    one, two = words[0], words[1]
    words[0] = two
    one ^= one << np.uint64(23)
    one ^= one >> np.uint64(17)
    one ^= two ^ (two >> np.uint64(26))
    words[1] = one
    return float((one + two) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def below(state: Dice, count: int) -> int:
    """A whole number in 0 .. count - 1."""
    return min(int(uniform(state) * count), count - 1)


@compiled
def shuffle(state: Dice, items: npt.NDArray[np.int64], count: int) -> None:
    """Put the first ``count`` items in random order."""
    for i in range(count - 1, 0, -1):
        j = below(state, i + 1)
        items[i], items[j] = items[j], items[i]
