"""Months as boards of weeks and weekdays, for the page's month views."""

from __future__ import annotations

import datetime as dt
from calendar import monthcalendar
from dataclasses import dataclass
from typing import Literal

from api.exports.calendar import Calendar
from api.exports.views import DayView

#: lines that the weeks' fullest days have together, up to which a month is printed in the usual size, or the next
AIRY, ROOMY, SNUG, CLOSE = 36, 47, 56, 66


@dataclass(frozen=True, slots=True)
class Month:
    """One month: the ``weekdays`` shown (0 is Monday), and its weeks with a day or None for each of them.

    Days of the month outside the horizon are None too.
    """

    first: dt.date
    weekdays: tuple[int, ...]
    weeks: tuple[tuple[DayView | None, ...], ...]

    @property
    def density(self) -> Literal["airy", "roomy", "snug", "close", "tight"]:
        """How small the print must be for the month to fit on one A4 page, told by its lines of text."""
        fullest = (max(_lines(day) for day in week if day) for week in self.weeks)
        lines = sum(fullest)
        if lines <= AIRY:
            return "airy"
        return "roomy" if lines <= ROOMY else "snug" if lines <= SNUG else "close" if lines <= CLOSE else "tight"


def months(calendar: Calendar) -> tuple[Month, ...]:
    """The months of the horizon. Saturdays and Sundays are shown where any of them is a workday or has a tour."""
    days = calendar.days
    weekend = {day.date.weekday() for day in days if day.date.weekday() >= 5 and (day.workday or day.tours)}
    weekdays = (*range(5), *sorted(weekend))
    by_date = {day.date: day for day in days}
    firsts = sorted({day.date.replace(day=1) for day in days})
    return tuple(Month(first, weekdays, _weeks(first, weekdays, by_date)) for first in firsts)


def _lines(day: DayView) -> float:
    """Lines of text in a day's box: its number, and for each tour its stops, a line of times and a bit of air."""
    return 1.2 + sum(1.3 + len(tour.stops) for tour in day.tours)


def _weeks(
    first: dt.date, weekdays: tuple[int, ...], by_date: dict[dt.date, DayView]
) -> tuple[tuple[DayView | None, ...], ...]:
    rows = (
        tuple(by_date.get(first.replace(day=week[weekday])) if week[weekday] else None for weekday in weekdays)
        for week in monthcalendar(first.year, first.month)  # days of other months are 0
    )
    return tuple(row for row in rows if any(row))
