"""Frames that are made once and given out as copies: what an analyst does to one changes no plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import pandas as pd

Owner = TypeVar("Owner")
Table = TypeVar("Table", pd.DataFrame, "pd.Series[str]")

#: digits of baht that are shown: satang
SATANG = 2


def kept(make: Callable[[Owner], Table]) -> Callable[[Owner], Table]:
    """``make``, done once for each owner; every look at it is a copy."""
    name = f"frame of {make.__name__}"

    @wraps(make)
    def look(owner: Owner) -> Table:
        made: dict[str, Table] = vars(owner)
        if name not in made:
            made[name] = make(owner)
        return made[name].copy()

    return look


def satang(baht: float) -> float:
    """Baht as they are shown."""
    return round(baht, SATANG)
