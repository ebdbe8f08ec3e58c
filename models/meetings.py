"""Monthly rules of board meetings: "third Thursday, 10:00", "พฤ.ที่ 3 เวลา 10.00 น.", "วันที่ 15", "last Friday, 13:30"."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.clock import parse_clock
from models.saying import Said, said
from models.thaitext import digits

LAST = -1

_WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
    "จันทร์": 0, "อังคาร": 1, "พุธ": 2, "พฤหัสบดี": 3, "พฤหัส": 3, "ศุกร์": 4, "เสาร์": 5, "อาทิตย์": 6,
    "จ.": 0, "อ.": 1, "พ.": 2, "พฤ.": 3, "พฤ": 3, "ศ.": 4, "ส.": 5, "อา.": 6,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "last": LAST,
    "แรก": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "สุดท้าย": LAST,
}  # fmt: skip
_DAY_OF_MONTH = ("วันที่", "day")
_FILLERS = (
    "of", "the", "each", "every", "month", "on", "at", "and",
    "week", "ทุก", "วัน", "สัปดาห์", "ที่", "ของ", "เดือน", "เวลา", "และ", "นาฬิกา", "น.",
)  # fmt: skip
#: after which words a bare number counts weeks or days; elsewhere it may be an hour
_COUNTED = (*_DAY_OF_MONTH, "ที่", "สัปดาห์", "week", "the", "และ", "and")
_WORDS = sorted([*_WEEKDAYS, *_ORDINALS, *_DAY_OF_MONTH, *_FILLERS], key=len, reverse=True)
#: an hour without its minutes: ``เวลา 9``, ``at 9``, ``9 น.``
_HOUR = r"(?:เวลา|\bat\b)\s*(?P<at>\d{1,2})(?![:.]?\d|st|nd|rd|th)|(?<!\d)(?<![:.])(?P<hour>\d{1,2})\s*(?=น\.|นาฬิกา)"
_HOURS = re.compile(_HOUR, re.IGNORECASE)
#: hours that are no others: boards meet by day
_BY_DAY = range(8, 18)
_TOKEN = re.compile(
    rf"{_HOUR}|(?P<clock>\d{{1,2}}[:.]\d{{2}})|(?P<nth>\d{{1,2}})(?:st|nd|rd|th)|(?P<number>\d{{1,2}})|(?P<word>"
    + "|".join(re.escape(word) for word in _WORDS)
    + r")|(?P<gap>[\s,;]+)"
)
_HOW = said("Write it like 'third Thursday, 10:00', 'last Friday, 13:30' or 'day 15, 10:00'.")


class NoRule(ValueError):
    """Text that is no monthly rule: ``cause`` says why, ``remedy`` how to write it."""

    def __init__(self, cause: Said, remedy: Said = _HOW) -> None:
        super().__init__(f"{cause} {remedy}")
        self.cause, self.remedy = cause, remedy


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """When a board meets: the ``weeks``-th ``weekday`` (0 is Monday) of each month, or its ``day``-th day.

    ``weeks`` count from 1, ``LAST`` is the last one; exactly one of ``weekday`` and ``day`` is given. ``start`` is in
    minutes since midnight, None where no time is stated: some time of that day.
    """

    start: float | None = None
    weeks: tuple[int, ...] = ()
    weekday: int | None = None
    day: int | None = None

    def dates(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The meetings from ``first`` to ``last``, ascending; a month without such a day has none."""
        year, month = first.year, first.month
        while (year, month) <= (last.year, last.month):
            yield from (date for date in self._in_month(year, month) if first <= date <= last)
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)

    def _in_month(self, year: int, month: int) -> list[dt.date]:
        length = calendar.monthrange(year, month)[1]
        if self.day is not None:
            return [dt.date(year, month, self.day)] if self.day <= length else []
        days = [day for day in range(1, length + 1) if dt.date(year, month, day).weekday() == self.weekday]
        chosen = {days[week if week == LAST else week - 1] for week in self.weeks}
        return [dt.date(year, month, day) for day in sorted(chosen)]


def parse_meeting(text: str) -> MeetingRule:
    """The rule in ``text``, in English or Thai wording.

    Raises:
        NoRule: the text is not such a rule.
    """
    clocks: list[float] = []
    weekdays: list[int] = []
    ordinals: list[int] = []
    by_day, counts = False, True
    for kind, token in _tokens(text):
        if kind in ("at", "hour"):
            raise NoRule(said("{text} says an hour without its minutes.", text=repr(text)))
        if kind == "number" and not counts:
            raise NoRule(said("It is not clear what {number} says in {text}.", number=token, text=repr(text)))
        counts = kind in ("number", "nth") or token in _COUNTED or (token in _WEEKDAYS and not ordinals)
        if kind == "clock":
            clocks.append(_clock(token))
        elif kind in ("number", "nth"):
            ordinals.append(int(token))
        elif token in _WEEKDAYS:
            weekdays.append(_WEEKDAYS[token])
        elif token in _ORDINALS:
            ordinals.append(_ORDINALS[token])
        elif token in _DAY_OF_MONTH:
            by_day = True
    if len(clocks) > 1:
        raise NoRule(said("{text} says two times.", text=repr(text)))
    start = clocks[0] if clocks else None
    if by_day and weekdays:
        raise NoRule(said("{text} says a day of the month, and a weekday.", text=repr(text)))
    if by_day:
        if len(ordinals) != 1 or not 1 <= ordinals[0] <= 31:
            raise NoRule(said("{text} does not say on which day of the month.", text=repr(text)))
        return MeetingRule(start=start, day=ordinals[0])
    if len(set(weekdays)) != 1 or not ordinals:
        raise NoRule(said("{text} does not say which weekday of the month.", text=repr(text)))
    if any(week not in (1, 2, 3, 4, LAST) for week in ordinals):
        raise NoRule(
            said("{text} names a week that not every month has.", text=repr(text)),
            said("Say first to fourth, or last."),
        )
    return MeetingRule(start=start, weeks=tuple(ordinals), weekday=weekdays[0])


def hour_in_full(text: str) -> str:
    """The text with an hour that it states without minutes in full, where it can be no other: ``เวลา 9`` is 09:00."""

    def in_full(found: re.Match[str]) -> str:
        hour = found["at"] or found["hour"]
        return found[0].replace(hour, f"{int(hour):02d}:00") if int(hour) in _BY_DAY else found[0]

    return _HOURS.sub(in_full, digits(text))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    rest = digits(text).lower()
    position = 0
    while position < len(rest):
        match = _TOKEN.match(rest, position)
        if match is None:
            raise NoRule(
                said("{text} is not a monthly rule from {rest} on.", text=repr(text), rest=repr(rest[position:][:20]))
            )
        position = match.end()
        kind = match.lastgroup or ""
        if kind != "gap":
            yield kind, match.group(kind)


def _clock(token: str) -> float:
    try:
        clock = parse_clock(token.replace(".", ":"))
    except ValueError:
        clock = math.inf
    if clock >= 24 * 60:
        raise NoRule(said("{value} is not a time of day.", value=repr(token)))
    return clock
