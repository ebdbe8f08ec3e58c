"""What days, or which time of day, a text means that was written by hand: the page asks before it sends them on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.service.access import At, Door
from api.service.errors import documented
from api.service.reports import HandbookReader
from models.clock import format_clock
from models.faults import Fault, InvalidInput
from models.saying import both

router = APIRouter(prefix="/v1", tags=["days"], route_class=Door)


class DaysAnswer(BaseModel):
    """The days meant, ascending, and the first and last of them."""

    first: dt.date
    last: dt.date
    days: list[dt.date]


@router.get("/days", responses=documented(401, 403, 422))
def days(
    at: At,
    token: HandbookReader,
    text: Annotated[str, Query(min_length=1, max_length=200, examples=["3–7 ก.ย. 2555"])],
) -> DaysAnswer:
    """The days that a text means, read as cells of an office's tables are: Buddhist years, Thai months, ranges."""
    from models.intake.values import dates

    with _as_a_field():
        found = dates(text)
    if not found:
        cause = both("It names no day.", "ไม่ได้ระบุวัน")
        remedy = both("Write 3 ก.ย. 2555 or 2012-09-03.", "เขียนแบบ 3 ก.ย. 2555 หรือ 2012-09-03")
        raise InvalidInput([Fault("cell-value", "text", cause, remedy)])
    return DaysAnswer(first=found[0], last=found[-1], days=list(found))


class TimeAnswer(BaseModel):
    """The time of day meant."""

    time: str = Field(description="`HH:MM`, with seconds where there are some", examples=["09:30"])


@router.get("/time", responses=documented(401, 403, 422))
def time_of_day(
    at: At,
    token: HandbookReader,
    text: Annotated[str, Query(min_length=1, max_length=200, examples=["9.30 น."])],
) -> TimeAnswer:
    """The time of day that a text means, read as cells of an office's tables are: `9.30`, `09:30 น.`."""
    from models.intake.values import clock

    with _as_a_field():
        return TimeAnswer(time=format_clock(clock(text)))


@contextmanager
def _as_a_field() -> Iterator[None]:
    """What a cell could not mean, told of the field ``text``."""
    from models.intake.values import CellError

    try:
        yield
    except CellError as error:
        raise InvalidInput([Fault("cell-value", "text", error.cause, error.remedy)]) from None
