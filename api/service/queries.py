"""What queries and headers say as text: dates and whole numbers, each in one form only."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from models.fields import common_era
from models.saying import FieldError, both, said


def _iso(text: object) -> object:
    """Only ``YYYY-MM-DD`` is a date, not the numbers that pydantic takes for one."""
    if isinstance(text, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise FieldError(said("{value} is no date.", value=repr(text)), said("Write it as YYYY-MM-DD."))
    return text


def _digits(text: object) -> object:
    """Only digits are a whole number, not the likes of ``+0.0`` that pydantic takes for one."""
    if isinstance(text, str) and not re.fullmatch(r"-?\d+", text, re.ASCII):
        raise FieldError(said("{value} is no whole number.", value=repr(text)), said("Write digits only, such as 3."))
    return text


def week_of(text: str) -> tuple[int, int]:
    """ISO year and week of ``2012-W32``.

    Raises:
        FieldError: it is no week, or one of the Buddhist era.
    """
    found = re.fullmatch(r"(\d{4})-W(\d{2})", text, re.ASCII)
    try:
        monday = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        monday = None
    if monday is None:
        raise FieldError(
            both("There is no week {value}.", "ไม่มีสัปดาห์ {value}", value=repr(text)),
            both("Write year and ISO week: 2012-W32.", "เขียนปีและสัปดาห์ตาม ISO เช่น 2012-W32"),
        )
    year, week, _ = common_era(monday).isocalendar()
    return year, week


def _week(text: str) -> str:
    week_of(text)
    return text


#: written 2012-W32
IsoWeek = Annotated[str, AfterValidator(_week), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-W\d{2}$"})]
IsoDate = Annotated[dt.date, BeforeValidator(_iso), AfterValidator(common_era)]
Whole = Annotated[int, BeforeValidator(_digits)]
