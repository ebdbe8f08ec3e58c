"""The grid of an office's times: departures and starts on whole multiples of its step."""

from __future__ import annotations

import math

from optimizer.instance import Instance
from optimizer.search.compiling import compiled

#: shares of a step by which floats may miss a multiple of it
GRAIN = 1e-7


@compiled
def up(inst: Instance, minutes: float) -> float:
    """The first time on the grid not before ``minutes``; that itself where any time does."""
    if inst.step <= 0.0 or math.isinf(minutes):
        return minutes
    return math.ceil(minutes / inst.step - GRAIN) * inst.step


@compiled
def down(inst: Instance, minutes: float) -> float:
    """The last time on the grid not after ``minutes``; that itself where any time does."""
    if inst.step <= 0.0 or math.isinf(minutes):
        return minutes
    return math.floor(minutes / inst.step + GRAIN) * inst.step
