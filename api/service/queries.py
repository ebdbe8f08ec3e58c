"""What queries and headers say as text: dates and whole numbers, each in one form only."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import BeforeValidator


def _iso(text: object) -> object:
    """Only ``YYYY-MM-DD`` is a date, not the numbers that pydantic takes for one."""
    if isinstance(text, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError("write YYYY-MM-DD")
    return text


def _digits(text: object) -> object:
    """Only digits are a whole number, not the likes of ``+0.0`` that pydantic takes for one."""
    if isinstance(text, str) and not re.fullmatch(r"-?\d+", text, re.ASCII):
        raise ValueError("write digits only")
    return text


IsoDate = Annotated[dt.date, BeforeValidator(_iso)]
Whole = Annotated[int, BeforeValidator(_digits)]
