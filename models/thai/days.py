"""Dates as Thai messages write them."""

from __future__ import annotations

import datetime as dt
from typing import Final

from models.eras import BUDDHIST_ERA

_MONTHS: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip


def thai_date(date: dt.date) -> str:
    """``3 ก.ย. 2555`` for 2012-09-03."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year + BUDDHIST_ERA}"
