"""What the keys of the contract may hold: text, dates, numbers. Nothing is guessed: "3" is no number, 0 is no date."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, Strict, WithJsonSchema

from models.eras import BUDDHIST_ERA, BUDDHIST_YEARS
from models.saying import FieldError, said

#: beyond any office on earth, and small enough that sums of products stay finite and exact enough
LARGEST = 1_000_000_000

#: minutes of a grid of times: a second at least, a day at most
SHORTEST_STEP, LONGEST_STEP = 1 / 60, 1440.0

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: control characters, line separators, marks that turn the direction of writing, and what is no character: what a
#: spreadsheet, XML, a calendar or a database cannot carry, or a reader cannot see
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def _date(value: Any) -> Any:
    if isinstance(value, str) and _DATE.fullmatch(value):
        return value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise FieldError(said("{value} is no date.", value=repr(value)), said("Write it as YYYY-MM-DD."))


def common_era(value: dt.date) -> dt.date:
    """The day, unless its year is one of the Buddhist era: nobody plans in the year 2400 of the common one."""
    if value.year in BUDDHIST_YEARS:
        meant = f"{value.year - BUDDHIST_ERA}-{value:%m-%d}"
        raise FieldError(
            said("The year {year} is one of the Buddhist era.", year=value.year),
            said("Subtract {years}: write {date}.", years=BUDDHIST_ERA, date=meant),
        )
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, bool | str | bytes):
        raise FieldError(said("{value} is no whole number.", value=repr(value)), said("Write digits only, such as 3."))
    return value


def _writable(value: str) -> str:
    found = _UNWRITABLE.search(value)
    if found:
        raise FieldError(
            said(
                "A text holds the character {character}, which cannot be kept.", character=f"U+{ord(found.group()):04X}"
            ),
            said("Type the text again."),
        )
    return value


def readable(text: str) -> str:
    """The text with what a reader cannot see, or a terminal would obey, spelled out: ``\\u202e``."""
    return _UNWRITABLE.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def _some(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if not values:
        raise FieldError(said("The list is empty."), said("Write at least one."))
    return values


def _step(value: float) -> float:
    if value and not SHORTEST_STEP <= value <= LONGEST_STEP:
        raise FieldError(
            said("Times cannot be multiples of {minutes} minutes.", minutes=f"{value:g}"),
            said("Give a step from a second to a day, or 0 for any time."),
        )
    return value


def _zero(value: Any) -> Any:
    return 0.0 if value is None else value


#: text that every file can carry
Text = Annotated[str, AfterValidator(_writable)]
#: what a thing is called in references; never empty
Id = Annotated[str, Field(min_length=1), AfterValidator(_writable)]
#: a calendar day, written YYYY-MM-DD
Date = Annotated[dt.date, BeforeValidator(_date)]
#: a calendar day of something that happens or is asked for, in the common era
Day = Annotated[Date, AfterValidator(common_era)]
#: a finite number
Number = Annotated[float, Strict()]
#: minutes, kilometres, hours, loads or baht
NonNegative = Annotated[float, Strict(), Field(ge=0, le=LARGEST)]
#: minutes between the times of a grid: none, or what clocks of whole seconds can be on and a day can hold
Step = Annotated[
    NonNegative,
    AfterValidator(_step),
    WithJsonSchema({"anyOf": [{"const": 0}, {"type": "number", "minimum": SHORTEST_STEP, "maximum": LONGEST_STEP}]}),
]
#: baht for a unit; null is 0, as for a price that is left out
Price = Annotated[
    NonNegative,
    BeforeValidator(_zero),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0, "maximum": LARGEST}, {"type": "null"}]}),
]
#: a whole number of either sign
Whole = Annotated[int, BeforeValidator(_whole), Field(ge=-LARGEST, le=LARGEST)]
#: how many there are, or an index
Count = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=LARGEST)]
#: a number of calendar days: beyond any horizon, and small enough to be added to a date
DayCount = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=10_000)]
#: marks a list that holds at least one item; unlike ``min_length`` it does not count wrong items as none
NOT_EMPTY = AfterValidator(_some)
AT_LEAST_ONE: dict[str, JsonValue] = {"minItems": 1}
