"""Rounding so that what is shown adds up: the method of largest remainders."""

from __future__ import annotations

import math
from collections.abc import Sequence


def apportioned(values: Sequence[float], digits: int = 0) -> tuple[float, ...]:
    """Each value rounded up or down to so many ``digits``, so that they add up to their sum rounded likewise.

    Those with the largest remainders are rounded up; one that needs no rounding stays as it is.
    """
    scale = 10**digits
    scaled = [value * scale for value in values]
    whole = [math.floor(value) for value in scaled]
    short = round(round(sum(values), digits) * scale) - sum(whole)
    for number in sorted(range(len(whole)), key=lambda at: whole[at] - scaled[at])[:short]:
        whole[number] += 1
    return tuple(number / scale for number in whole)
