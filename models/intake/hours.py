"""Times of day in cells: one time, a stretch, and hours in stretches and by weekday."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from models.clock import parse_clock, to_second
from models.intake.cells import Cell, CellError, one_ended, open_range, shown
from models.saying import Said, named, said
from models.thaitext import digits, key, normal

Stretch = tuple[float, float]

#: the keys of the problem for the days of the week, Monday first
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = (
    ("monday", "mon", "จันทร์", "จ"), ("tuesday", "tue", "tues", "อังคาร", "อ"), ("wednesday", "wed", "พุธ", "พ"),
    ("thursday", "thu", "thur", "thurs", "พฤหัสบดี", "พฤหัส", "พฤ"), ("friday", "fri", "ศุกร์", "ศ"),
    ("saturday", "sat", "เสาร์", "ส"), ("sunday", "sun", "อาทิตย์", "อา"),
)  # fmt: skip
#: words for all days of the week, and for all on which anything is planned
_EVERY_DAY = frozenset(
    map(
        key,
        ("ทุกวัน", "ทุกวันทำการ", "ทุกวันราชการ", "วันทำการ", "วันราชการ", "every day", "daily", "all days", "every workday"),
    )
)
_DAY_OF = {normal(name): day for day, names in enumerate(_NAMES) for name in names}
_SHUT = "ปิด(?:ทำการ|บริการ)?|หยุด(?:ทำการ)?|closed"
#: long names first; a short one only where no further letter follows
_DAY_WORDS = "|".join(
    name if len(name) > 3 else rf"{name}(?={_SHUT}|[^a-zก-ฮ]|$)" for name in sorted(_DAY_OF, key=len, reverse=True)
)
_TOKEN = re.compile(
    r"(?P<time>\d{1,2}[:.]\d{2}(?::\d{2})?)(?:\s*(?:นาฬิกา|น(?:\.|\b)))?"
    rf"|(?P<through>ไม่พัก(?:เที่ยง|กลางวัน)?|(?:no|through) lunch|through(?!\s+(?:{_DAY_WORDS})))"
    rf"|(?P<shut>(?:{_SHUT})(?:\s*on\b)?)"
    r"|(?P<but>(?:ยก)?เว้น|\bexcept(?:ing)?(?:\s+(?:on|for)\b)?|\bexcluding\b)"
    r"|(?P<to>\.\.|-|–|—|ถึง|\bto\b|through)"
    r"|(?P<stop>\s*[;|\n]\s*)"
    r"|(?P<gap>[\s,]+|และ|\band\b|วัน(?:ทำการ|ราชการ)?|เวลา|ทุก|\bevery(?:\s*day)?\b|\bdaily\b)"
    rf"|(?P<day>(?:{_DAY_WORDS})\.?)"
)
_TIME_REMEDY = said("Write it like 08:30, in a cell formatted as text.")
_DAYS_REMEDY = said("Write both days, like Wed-Fri; a single day without the dash.")
_HOURS_REMEDY = said("Write it like 08:30-16:30; 08:30-12:00, 13:00-16:30; or Mon 09:00-12:00; Wed 13:00-16:00.")


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours as written: ``stretches`` of every day, or ``by_weekday`` (0 is Monday), where other days are closed.

    ``through``: it is said that the middle of the day is open, too.
    """

    stretches: tuple[Stretch, ...] = ()
    by_weekday: tuple[tuple[int, tuple[Stretch, ...]], ...] = ()
    through: bool = False

    def on(self, weekday: int) -> tuple[Stretch, ...]:
        """The stretches of a weekday."""
        return dict(self.by_weekday).get(weekday, ()) if self.by_weekday else self.stretches


def clock(value: Cell) -> float:
    """A time of day in minutes, to the second: ``08:30``, ``08.30 น.``, or a cell formatted as a time."""
    if isinstance(value, dt.time):
        return round(value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 60
    if isinstance(value, str):
        plain = digits(normal(value)).removesuffix("นาฬิกา").removesuffix("น.").removesuffix("น").strip()
        if re.fullmatch(r"\d{1,2}\.\d{2}", plain):
            plain = plain.replace(".", ":")
        try:
            minutes = parse_clock(plain)
        except ValueError:
            minutes = math.inf
        if minutes <= 24 * 60:
            return to_second(minutes)
    raise CellError(said("{value} is not a time of day.", value=shown(value)), _TIME_REMEDY)


def clocks(value: Cell) -> Stretch:
    """One range of times of day: ``08:30-16:30``."""
    found = hours(value)
    if len(found.stretches) != 1:
        raise CellError(
            said("{value} is not a range of times.", value=shown(value)), said("Write it like 08:30-16:30.")
        )
    return found.stretches[0]


def hours(value: Cell) -> Hours:
    """Hours in stretches, or in stretches by weekday: ``จันทร์-ศุกร์ 08:30-12:00, 13:00-16:30; เสาร์ 09:00-12:00``."""
    if not isinstance(value, str):
        raise CellError(said("{value} is not a range of times.", value=shown(value)), _HOURS_REMEDY)
    if one_ended(value):
        raise open_range(value, _HOURS_REMEDY)
    reader = _Reader(value)
    for kind, token in _tokens(value):
        getattr(reader, kind)(token)
    return reader.result()


def weekday(value: str) -> int | None:
    """The weekday of a name in Thai or English, long or short, 0 for Monday; None where it is none."""
    return _DAY_OF.get(key(value).removeprefix("วัน"))


def weekday_named(number: int) -> Said:
    """A weekday as messages name it: ``Mon``, ``จันทร์``."""
    return named(WEEKDAYS[number].capitalize(), next(name for name in _NAMES[number] if not name.isascii()))


def weekdays(value: str) -> tuple[int, ...]:
    """The weekdays that a text names one after the other or from one to another: ``พุธ-ศุกร์``, ``อ. และ พฤ.``; all for
    ``ทุกวัน``; none where it says anything else.

    Raises:
        CellError: a range has one end only.
    """
    if one_ended(value):
        raise open_range(value, _DAYS_REMEDY)
    if key(value) in _EVERY_DAY:
        return tuple(range(7))
    alone = weekday(value)
    if alone is not None:
        return (alone,)
    found: list[int] = []
    until = False
    try:
        tokens = list(_tokens(value))
    except CellError:
        return ()
    for kind, token in tokens:
        if kind == "stop":
            continue
        if kind == "day":
            number = _DAY_OF[token.rstrip(".")]
            found += _days_after(found[-1], number) if until else [number]
        elif kind != "to" or not found or until:
            return ()
        until = kind == "to"
    return () if until else tuple(dict.fromkeys(found))


def _days_after(first: int, last: int) -> list[int]:
    """The weekdays after ``first`` until ``last``, over the end of the week where it lies before."""
    return [day % 7 for day in range(first + 1, first + 1 + (last - first) % 7)]


def _tokens(value: str) -> Iterator[tuple[str, str]]:
    rest = digits(normal(value)).casefold()
    position = 0
    while position < len(rest):
        match = _TOKEN.match(rest, position)
        if match is None:
            raise CellError(said("{value} is not a range of times.", value=shown(value)), _HOURS_REMEDY)
        position = match.end()
        kind = match.lastgroup or ""
        if kind != "gap":
            yield kind, match[kind]


class _Reader:
    """Puts tokens together: weekdays, then the stretches that hold on them, or that they are closed."""

    def __init__(self, value: str) -> None:
        self._value = value
        self._days: list[int] = []  # of the group that is being read; empty: of every day
        self._times: list[float] = []
        self._until = False  # a range is open: its end comes next
        self._awaits = False  # the days are named, and what holds on them comes next
        self._less: list[int] | None = None  # days that are named as closed, after the word for it
        self._ended = False  # a group was said to be closed: no times are of it
        self._stretches: list[Stretch] = []
        self._by_day: dict[int, list[Stretch]] = {}
        self._groups: list[list[int]] = []  # days that hours are said of, together
        self._closed: set[int] = set()
        self._through = False

    def day(self, token: str) -> None:
        """A weekday: the first one after times begins a new group."""
        number = _DAY_OF[token.rstrip(".")]
        if self._less is None and not self._awaits:
            self._days, self._awaits, self._ended = [], True, False
        named = self._days if self._less is None else self._less
        if self._until:
            self._fail_unless(bool(named))
            named += _days_after(named[-1], number)
        else:
            named.append(number)
        self._until = False

    def time(self, token: str) -> None:
        """A time of day: the beginning of a stretch, or its end."""
        self._fail_unless(self._less is None or self._awaits)  # the times at which it is closed say nothing of the rest
        self._close()
        self._fail_unless(not self._ended)
        if self._awaits:
            self._groups.append(self._days)
            self._awaits = False
        minutes = clock(token)
        if not self._until:
            self._fail_unless(not self._times)
            self._times = [minutes]
            return
        self._fail_unless(len(self._times) == 1)
        first = self._times.pop()
        self._until = False
        if minutes <= first:
            raise CellError(
                said("{value} ends before it begins.", value=shown(self._value)), said("Write the earlier time first.")
            )
        for day in self._days:
            self._by_day.setdefault(day, []).append((first, minutes))
        if not self._days:
            self._stretches.append((first, minutes))

    def to(self, _token: str) -> None:
        """The mark of a range, of days or of times."""
        self._until = True

    def shut(self, token: str) -> None:
        """The weekdays named before it are closed; those named after it where there are none before."""
        self._fail_unless(self._less is None and not self._until)
        if not self._awaits:
            self.but(token)
            return
        self._closed.update(self._days)
        self._days, self._awaits, self._ended = [], False, True

    def but(self, _token: str) -> None:
        """The weekdays that follow are closed."""
        self._fail_unless(self._less is None and not self._until and not self._times)
        self._less = []

    def stop(self, _token: str) -> None:
        """What was said to be closed ends here."""
        self._close()
        self._ended = False

    def _close(self) -> None:
        if self._less is not None:
            self._fail_unless(bool(self._less) and not self._until)
            self._closed.update(self._less)
            self._less = None

    def through(self, _token: str) -> None:
        """Open in the middle of the day, too."""
        self._through = True

    def result(self) -> Hours:
        """What was read, checked."""
        self._close()
        self._fail_unless(not self._times and not self._until and not self._awaits)
        self._fail_unless(bool(self._stretches) != bool(self._by_day))
        if any(self._closed.issuperset(group) for group in self._groups):
            raise CellError(
                said("{value} says of a weekday that it is open, and that it is closed.", value=shown(self._value)),
                _HOURS_REMEDY,
            )
        if self._closed and self._stretches:
            self._by_day = dict.fromkeys(range(7), self._stretches)
            self._stretches = []
        by_day = tuple(
            (day, self._ascending(stretches))
            for day, stretches in sorted(self._by_day.items())
            if day not in self._closed
        )
        self._fail_unless(bool(self._stretches or by_day))
        return Hours(self._ascending(self._stretches), by_day, self._through)

    def _ascending(self, stretches: list[Stretch]) -> tuple[Stretch, ...]:
        ordered = tuple(sorted(stretches))
        for (_, ends), (begins, _) in pairwise(ordered):
            if begins < ends:
                raise CellError(
                    said("The times in {value} overlap.", value=shown(self._value)), said("Write each stretch once.")
                )
        return ordered

    def _fail_unless(self, holds: bool) -> None:
        if not holds:
            raise CellError(said("{value} is not a range of times.", value=shown(self._value)), _HOURS_REMEDY)
