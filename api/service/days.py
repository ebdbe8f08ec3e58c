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
from api.service.queries import IsoDate
from api.service.reports import HandbookReader
from api.today import today
from models.clock import format_clock
from models.eras import BUDDHIST_ERA
from models.faults import Fault, InvalidInput
from models.saying import both

#: years of a plan that are looked at for days without one
MOST_YEARS = 5

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
    first: Annotated[
        IsoDate | None, Query(description="The plan's first day: a year that is not written is its.")
    ] = None,
    last: Annotated[IsoDate | None, Query(description="The plan's last day.")] = None,
) -> DaysAnswer:
    """The days that a text means, read as cells of an office's tables are: Buddhist years, Thai months, ranges.

    Days without a year are those within a plan from ``first`` to ``last``, where it has such days in one year alone.
    """
    from models.intake.dates import dates_meant
    from models.intake.values import CellError, dates

    with _as_a_field():
        try:
            found = dates(dates_meant(text) or text)
        except CellError:
            found = _within(text, first, last)
            if not found:
                raise
    if not found:
        cause = both("It names no day.", "ไม่ได้ระบุวัน")
        remedy = both("Write 3 ก.ย. 2555 or 2012-09-03.", "เขียนแบบ 3 ก.ย. 2555 หรือ 2012-09-03")
        raise InvalidInput([Fault("cell-value", "text", cause, remedy)])
    return DaysAnswer(first=found[0], last=found[-1], days=list(found))


def _within(text: str, first: dt.date | None, last: dt.date | None) -> tuple[dt.date, ...]:
    """The days that ``text`` means with a year beside it, within the plan; none where it wants more than its year.

    Raises:
        CellError: it wants its year, and the plan has such days in none or in several.
    """
    from models.intake.values import CellError

    start = first or last or today()
    years = range(start.year, (last or start).year + 1)[:MOST_YEARS]
    found = [meant for year in years if (meant := _in_year(text, year))]
    if not found:
        return ()
    fitting = [meant for meant in found if first and last and first <= meant[0] and meant[-1] <= last]
    if len(fitting) != 1:
        raise CellError(
            both("It does not say of which year it is.", "ไม่ได้ระบุปี"),
            both(f"Add the year: {text} {start.year}.", f"เติมปีด้วย: {text} {start.year + BUDDHIST_ERA}"),
        )
    return fitting[0]


def _in_year(text: str, year: int) -> tuple[dt.date, ...]:
    """The days that ``text`` means with this year beside it, as ``3 ก.ย.`` and ``3/9`` have it; else none."""
    from models.intake.values import CellError, dates

    for whole in (f"{text} {year}", f"{text}/{year}"):
        try:
            return dates(whole)
        except CellError:
            continue
    return ()


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
