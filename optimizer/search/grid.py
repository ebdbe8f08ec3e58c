"""The grid of an office's times: departures and starts on whole multiples of its step."""

from __future__ import annotations

import math

from optimizer.compiling import compiled
from optimizer.instance import Instance

#: shares of a step by which floats may miss a multiple of it
GRAIN = 1e-7


@compiled
def step_up(minutes: float, step: float) -> float:
    """The first multiple of ``step`` not before ``minutes``; that itself where the step is 0."""
    if step <= 0.0 or math.isinf(minutes):
        return minutes
    return math.ceil(minutes / step - GRAIN) * step


@compiled
def step_down(minutes: float, step: float) -> float:
    """The last multiple of ``step`` not after ``minutes``; that itself where the step is 0."""
    if step <= 0.0 or math.isinf(minutes):
        return minutes
    return math.floor(minutes / step + GRAIN) * step


@compiled
def up(inst: Instance, minutes: float) -> float:
    """The first time on the office's grid not before ``minutes``."""
    return step_up(minutes, inst.step)


@compiled
def down(inst: Instance, minutes: float) -> float:
    """The last time on the office's grid not after ``minutes``."""
    return step_down(minutes, inst.step)
