"""Stretches of a day in which some officers are free all the time: where a tour lies in one, they may be its crew."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from optimizer.instance import Instance


@dataclass(frozen=True, slots=True)
class Stretch:
    """Minutes since midnight; ``busy``: the officers of the office who are busy at some moment within."""

    opens: float
    closes: float
    busy: frozenset[int]


def stretches(inst: Instance, office: int, day: int) -> tuple[Stretch, ...]:
    """The stretches that matter for tours from ``office`` on ``day``, the widest first; none where nobody is there.

    Every stretch between two busy parts matters in which somebody is free, unless a wider one has all those free.
    """
    people = [int(o) for o in np.flatnonzero((inst.base == office) & (inst.there[:, day] == 1))]
    parts = [(o, first, last) for o in people for first, last in busy_parts(inst, o, day)]
    opens = sorted({-math.inf, *(last for _, _, last in parts)})
    closes = sorted({math.inf, *(first for _, first, _ in parts)}, reverse=True)
    found: list[Stretch] = []
    for low in opens:
        for high in closes:
            busy = frozenset(o for o, first, last in parts if first < high and low < last)
            if low < high and len(busy) < len(people):
                found.append(Stretch(low, high, busy))
    return tuple(one for one in found if not any(_wider(other, one) for other in found))


def busy_parts(inst: Instance, officer: int, day: int) -> list[tuple[float, float]]:
    """The parts of the day in which the officer is busy."""
    at = officer * len(inst.ordinal) + day
    some = slice(inst.first_busy[at], inst.first_busy[at + 1])
    return list(zip(inst.busy_from[some].tolist(), inst.busy_to[some].tolist(), strict=True))


def _wider(one: Stretch, other: Stretch) -> bool:
    """Whether everything that fits into ``other`` fits into ``one``, with nobody less free."""
    return one != other and one.opens <= other.opens and other.closes <= one.closes and one.busy <= other.busy
