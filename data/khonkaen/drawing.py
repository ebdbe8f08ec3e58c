"""Draws that are the same in every Python."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """Draws from one seeded generator, by its ``random`` alone: that sequence is the same in every Python."""

    def __init__(self, seed: int) -> None:
        self._next: Callable[[], float] = random.Random(seed).random

    def chance(self, share: float) -> bool:
        """True in ``share`` of the draws."""
        return self._next() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        return low + int(self._next() * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        """One of ``things``."""
        return things[int(self._next() * len(things))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """A key of ``weights``; one of weight 0 never."""
        left = self._next() * sum(weights.values())
        for thing, weight in weights.items():
            left -= weight
            if left < 0:
                return thing
        return [thing for thing, weight in weights.items() if weight][-1]

    def shuffled(self, things: Iterable[T]) -> list[T]:
        """``things`` in a drawn order."""
        return [thing for _, _, thing in sorted((self._next(), number, thing) for number, thing in enumerate(things))]
