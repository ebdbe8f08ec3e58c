"""ISO weeks: which one a day lies in, and how a week is written."""

from __future__ import annotations

import datetime as dt

#: ISO year and ISO week, such as (2012, 36): the year of the week's Thursday, so not always that of the day
Week = tuple[int, int]


def week_of(date: dt.date) -> Week:
    """The week that ``date`` lies in."""
    year, week, _ = date.isocalendar()
    return year, week


def week_name(week: Week) -> str:
    """A week as it is written: 2012-W36."""
    return f"{week[0]}-W{week[1]:02d}"
