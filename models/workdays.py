"""The office's workdays: no weekends, no holidays of the Thai civil service, with the office's own exceptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

import holidays

#: Holidays of the calendar on which civil servants work: Labour Day closes firms and banks, Children's Day falls on
#: Saturdays, and the closures for the floods of 2011 held in some provinces only (an office they touched lists them
#: as its own extra holidays).
WORKED = ("National Labor Day", "National Children's Day", "Emergency Lockdown")

_WEEKEND = (5, 6)
_DAY = dt.timedelta(days=1)


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every calendar day from ``first`` to ``last``, both included; none where ``last`` lies before ``first``."""
    day = first
    while day <= last:
        yield day
        day += _DAY


def government_holidays(first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """The days from ``first`` to ``last`` on which Thai government offices are closed, with their English names."""
    calendar = holidays.country_holidays(
        "TH", categories=("public", "government"), years=range(first.year, last.year + 1), language="en_US"
    )
    return {
        day: name
        for day, name in sorted(calendar.items())
        if first <= day <= last and not all(part.startswith(WORKED) for part in name.split("; "))
    }


def workdays(
    first: dt.date,
    last: dt.date,
    extra_holidays: Collection[dt.date] = (),
    extra_workdays: Collection[dt.date] = (),
) -> tuple[dt.date, ...]:
    """The office's workdays from ``first`` to ``last``, ascending.

    ``extra_holidays`` are closed although the calendar has them open, ``extra_workdays`` are open although it has
    them closed (a Saturday market, a holiday worked); a day in both is closed.
    """
    closed = government_holidays(first, last)
    return tuple(
        day
        for day in days_between(first, last)
        if day not in extra_holidays
        and (day in extra_workdays or (day.weekday() not in _WEEKEND and day not in closed))
    )
