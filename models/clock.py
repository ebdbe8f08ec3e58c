"""Times of day and durations: minutes as floats inside, ``HH:MM:SS`` in files.

A time of day is the number of minutes since midnight. Public benchmark days may be longer than 24 hours, so the hour
may have any size. Files carry whole seconds; a value is rounded to the nearest second when written.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema

from models.saying import FieldError, said

_CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9])(?::([0-5][0-9](?:[.][0-9]+)?))?")
_WRITE: Final = said("Write it as HH:MM or HH:MM:SS.")
#: minutes that a time of day has less than, and the last one
MOST_MINUTES = 600_000
LAST = MOST_MINUTES - 1 / 60


def parse_clock(text: str) -> float:
    """Minutes since midnight of ``HH:MM`` or ``HH:MM:SS``.

    Raises:
        ValueError: the text is not a time of day.
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise FieldError(said("{value} is not a time of day.", value=repr(text)), _WRITE)
    hours, minutes, rest = match.groups()
    time = int(hours) * 60 + int(minutes) + (float(rest) / 60 if rest else 0.0)
    if not is_clock(time):
        raise FieldError(said("{value} is not a time of day.", value=repr(text)), said("Write at most 9999:59:59."))
    return time


def is_clock(minutes: float) -> bool:
    """Whether files can carry it: to the nearest second it has four digits for its hours."""
    return 0 <= minutes < MOST_MINUTES and seconds(minutes) < MOST_MINUTES * 60


def format_clock(minutes: float) -> str:
    """``HH:MM`` or, where there are seconds, ``HH:MM:SS`` of minutes since midnight, to the nearest second."""
    total = round(minutes * 60)
    hours, rest = divmod(total, 3600)
    mins, secs = divmod(rest, 60)
    return f"{hours:02d}:{mins:02d}:{secs:02d}" if secs else f"{hours:02d}:{mins:02d}"


#: minutes by which two times may differ and still be the same in a file: one second, and a hair for the arithmetic
TOLERANCE: Final = 1 / 60 + 1e-6

#: minutes around a time in a file within which every time is written as it: half a second, less a hair
ROUNDED: Final = 0.5 / 60 - 1e-6


def seconds(minutes: float) -> int:
    """Minutes as the whole seconds that a file carries: what is compared exactly must not depend on a float's hair."""
    return round(minutes * 60)


def to_second(minutes: float) -> float:
    """Minutes at the nearest whole second, as plan files carry them."""
    return seconds(minutes) / 60


#: validation context for text from outside, where a time of day must be written as one
FROM_FILE = {"from_file": True}


def _coerce(value: Any, info: ValidationInfo) -> float:
    if isinstance(value, str):
        return parse_clock(value)
    in_code = (
        isinstance(value, int | float) and not isinstance(value, bool) and not (info.context or {}).get("from_file")
    )
    if in_code and is_clock(value):
        return float(value)
    raise FieldError(said("{value} is not a time of day.", value=repr(value)), _WRITE)


#: Minutes since midnight; written and read as ``HH:MM`` or ``HH:MM:SS``, while code may give the minutes.
Clock = Annotated[
    float,
    BeforeValidator(_coerce),
    PlainSerializer(format_clock, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,4}:[0-5]\d(:[0-5]\d)?$", "examples": ["08:30"]}),
]
