"""What queries and headers say as text: dates and whole numbers, each in one form only."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from models.fields import common_era
from models.isoweeks import Week, week_of
from models.saying import FieldError, both, said

#: parts of a header that lists what a client likes that are looked at: browsers send ten
MOST_LISTED: Final = 50


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


def liked(header: str) -> list[tuple[str, float]]:
    """What a header such as ``Accept`` lists, in lower case, with how much each is liked, 0 to 1; 0: not at all.

    What stands after the first ``MOST_LISTED`` is left out; a quality that is no number likes nothing.
    """
    found = []
    for part in header.split(",", MOST_LISTED)[:MOST_LISTED]:
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        found.append((name, _quality(parameters)))
    return found


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            given = re.fullmatch(r"\s*([01](?:\.\d{0,3})?)\s*", value, re.ASCII)
            return min(1.0, float(given[1])) if given else 0.0
    return 1.0


def read_week(text: str) -> Week:
    """The ISO week that is written ``2012-W32``.

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
    return week_of(common_era(monday))


def _week(text: str) -> str:
    read_week(text)
    return text


#: written 2012-W32
IsoWeek = Annotated[str, AfterValidator(_week), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-W\d{2}$"})]
IsoDate = Annotated[dt.date, BeforeValidator(_iso), AfterValidator(common_era)]
Whole = Annotated[int, BeforeValidator(_digits)]
