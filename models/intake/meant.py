"""Cells that hold more than their column is for, and can mean one thing only: they are read so, and that is told.

``๔ วัน`` where days are counted, ``1 ชม. 30 นาที`` where minutes are, ``1-5 ส.ค. 2555`` where the first day goes, or
``1 ส.ค.`` there with the year beside the last one; the year of ``30/9/55``; the number 11.3 that ``11.30`` becomes
where a time goes; ``4.-`` where baht go; ``5,000``; the hour of ``ศุกร์แรก เวลา 9``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from models.clock import format_clock
from models.faults import Fault
from models.intake.cells import ONE_COMMA, Cell, CellError, blank, number, shown
from models.intake.dates import date, date_meant, date_range, dates, dates_meant
from models.intake.hours import clock
from models.intake.meetings import meeting, meeting_meant
from models.saying import Place, said
from models.thaitext import digits, key, normal

if TYPE_CHECKING:
    from models.intake.tables import Row, Table

_AMOUNT: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(\D*)")
_BEFORE_IT: Final = re.compile(r"[^\d+-]*")
#: baht without satang as Thais write them, 4.- or 1,200.-, so that nobody can add any; the unit may follow
_WHOLE_BAHT: Final = re.compile(r"(?<![\d.,])(\d+)\s*\.\s*[-–—−=]+(?!\s*\d)(?:\s*(?:บาท|baht))?", re.IGNORECASE)
#: thousands parted by commas, beside anything or alone
_THOUSANDS: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")
#: hours with two digits after the stop, which may be minutes or hundredths; above 59 they can be hundredths only
_UNCLEAR_HOURS: Final = re.compile(r"(\d+)\.(0[1-9]|[1-5]\d)")
#: a number on a scale with what it stands for: 5 (รุนแรง), 5 - รุนแรง
_GRADED: Final = re.compile(r"(\D*?)\s*(\d)\s*(?:\(\s*(\D+?)\s*\)|[-–—:=]?\s*([^\d()]+))")
_HOURS_AND_MINUTES: Final = re.compile(r"(\d+):([0-5]\d)\s*(\D*)")
#: the unit after an hour or after its baht, in a list of both: 6 ชม.: 120 บาท; and an hour with minutes
_RATE_UNIT: Final = re.compile(
    r"(?<=\d)\s*(?:(?:ชั่วโมง|ชม\.?|hours?|h)(?=\s*:)|(?:บาท|baht|thb|฿)(?=\s*(?:;|$)))", re.IGNORECASE
)
_RATE_MINUTES: Final = re.compile(
    r"(?<=\d)\s*(?:ชั่วโมง|ชม\.?|hours?|h)\s*([0-5]?\d)\s*(?:นาที|minutes?|mins?)(?=\s*:)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Units:
    """Words beside a number -> how much of what is counted one of them is; and words that may stand ``before`` it.

    ``baht``: it is money, which may be written ``4.-``. ``split``: thousandths of it are written down, so that
    the comma of ``1,234`` may part these. ``hour``: how much of what is counted an hour is, where it may be written in
    hours; 1 where hours are what is counted. ``grades``: words that may follow a number on a scale, with
    the numbers that they can stand for.
    """

    words: Mapping[str, float]
    before: tuple[str, ...] = ()
    baht: bool = False
    split: bool = False
    hour: float = 0.0
    grades: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def amount(self, written: str) -> float | None:
        """What a text such as ``1 ชม. 30 นาที`` comes to; None where it is a bare number, or may mean something else."""
        plain = digits(normal(written))
        if not self.split:
            if ONE_COMMA.fullmatch(plain):
                return _thousands(plain)
            plain = _without_commas(plain)
        if self.baht:
            plain = _WHOLE_BAHT.sub(r"\1 บาท", plain)
        if (timed := _HOURS_AND_MINUTES.fullmatch(plain)) and self._are_hours(timed[3]):
            return round((int(timed[1]) + int(timed[2]) / 60) * self.hour, 6)
        if self._unclear(plain):
            return None
        if self.grades and (graded := _GRADED.fullmatch(plain)):
            return self._graded(graded)
        head = _BEFORE_IT.match(plain)
        before = head[0] if head else ""
        parts, at = [], len(before)
        for part in _AMOUNT.finditer(plain, at):
            if part.start() != at:
                return None
            parts.append((float(part[1]), key(part[2])))
            at = part.end()
        if at != len(plain) or not parts or not self._may_precede(before):
            return None
        if not parts[-1][1] and (len(parts) > 1 or not before.strip()):
            return None
        return self._sum(parts)

    def _graded(self, found: re.Match[str]) -> float | None:
        """The number before a word that says the same; None where the word says another, or nothing known."""
        before, number, *words = found.groups()
        fits = {key(word): numbers for word, numbers in self.grades.items()}.get(key("".join(filter(None, words))), ())
        return float(number) if int(number) in fits and self._may_precede(before) else None

    def _may_precede(self, before: str) -> bool:
        return not before.strip() or key(before) in map(key, ("จำนวน", *self.before))

    def check(self, written: str) -> None:
        """Refuse hours that may be read in two ways: nothing is guessed.

        Raises:
            CellError: ``6.30`` may be 6 hours 30 minutes, as a time of day written so is, or three tenths.
        """
        if found := self._unclear(digits(normal(written))):
            hours, rest = int(found[1]), found[2]
            decimal = f"{hours}.{rest[0]}" if rest[1] == "0" else f"{hours}.{rest}0"
            raise CellError(
                said(
                    "{value} may be {hours} hours {minutes} minutes, or {decimal} hours.",
                    value=shown(written), hours=hours, minutes=int(rest), decimal=decimal,
                ),
                said("Write {clock} or {decimal}.", clock=f"{hours}:{rest}", decimal=decimal),
            )  # fmt: skip

    def _unclear(self, plain: str) -> re.Match[str] | None:
        """The hours in ``plain`` that may be hours and minutes as well as a decimal."""
        found = (_UNCLEAR_HOURS.fullmatch(part[1]) for part in _AMOUNT.finditer(plain) if self._are_hours(part[2]))
        return next(filter(None, found), None)

    def _are_hours(self, word: str) -> bool:
        """Whether the number before ``word`` counts hours."""
        return self.hour > 0 and (self.hour == 1 if not key(word) else key(word) in map(key, _HOUR))

    def _sum(self, parts: list[tuple[float, str]]) -> float | None:
        """The parts together, the larger units first; None where a word is none of these units."""
        factors = {key(word): factor for word, factor in self.words.items()} | {"": 1.0}
        found, least = 0.0, math.inf
        for many, word in parts:
            factor = factors.get(word)
            if factor is None or factor >= least:
                return None
            found, least = found + many * factor, factor
        return round(found, 6)


def _thousands(plain: str) -> float | None:
    """The number that one comma is in, where it parts thousands: ``5,000``."""
    return float(plain.replace(",", "")) if _THOUSANDS.fullmatch(plain.lstrip("+-")) else None


def _without_commas(plain: str) -> str:
    return _THOUSANDS.sub(lambda found: found[0].replace(",", ""), plain)


def _ones(*words: str, before: tuple[str, ...] = (), baht: bool = False, split: bool = False) -> Units:
    return Units(dict.fromkeys(words, 1.0), before, baht, split)


_MOST: Final = ("ไม่เกิน", "สูงสุด", "มากสุด", "at most", "up to")
_HOUR: Final = ("ชั่วโมง", "ชม", "hours", "hour", "hrs", "h")
_MINUTE: Final = ("นาที", "minutes", "minute", "mins", "min")
TIMES: Final = _ones("ครั้ง", "times", "time", "sessions", "session", "visits", "visit")
PEOPLE: Final = _ones("คน", "ราย", "ท่าน", "นาย", "people", "persons", "person", "officers", "officer")
CARS: Final = _ones("คัน", "cars", "car")
SEATS: Final = _ones("ที่นั่ง", "ที่", "คน", "seats", "seat")
DAYS: Final = _ones("วัน", "days", "day", before=_MOST)
DAYS_A_WEEK: Final = _ones(
    "วัน", "วัน/สัปดาห์", "วันต่อสัปดาห์", "days", "day", "days a week", "days per week", "days/week", before=_MOST
)
MINUTES: Final = Units(dict.fromkeys(_HOUR, 60.0) | dict.fromkeys(_MINUTE, 1.0), _MOST, hour=60.0)
HOURS: Final = Units(dict.fromkeys(_HOUR, 1.0) | dict.fromkeys(_MINUTE, 1 / 60), _MOST, split=True, hour=1.0)
KILOMETRES: Final = _ones("กม", "กิโลเมตร", "กิโล", "km", "kilometres", "kilometers", split=True)
SPEED: Final = _ones(
    "กม./ชม.", "กม.ต่อชม.", "กม.ต่อชั่วโมง", "กิโลเมตรต่อชั่วโมง", "กิโลเมตร/ชั่วโมง", "km/h", "kmh", "kph", split=True
)
BAHT: Final = _ones("บาท", "baht", "thb", "฿", before=("฿",), baht=True)


def _baht_for(thai: tuple[str, ...], english: tuple[str, ...]) -> Units:
    """Baht, alone or for one of what the price is for: ``300 บาท/คัน``, ``60 บาทต่อชั่วโมง``, ``กม.ละ 4 บาท``."""
    whole = [f"{baht}{per}{one}" for one in thai for baht in ("บาท", "฿") for per in ("/", "ต่อ")]
    whole += [f"{baht}{per}{one}" for one in english for baht in ("baht", "thb") for per in ("/", " per ", " a ")]
    return _ones(*BAHT.words, *whole, before=(*BAHT.before, *(f"{one}ละ" for one in thai)), baht=True)


_VISIT: Final = _baht_for(("ครั้ง", "รายการ"), ("visit", "time"))
BAHT_A_KM: Final = _baht_for(("กม", "กิโลเมตร", "กิโล"), ("km", "kilometre", "kilometer"))
_PRICES: Final[dict[str, Units]] = {
    "prices.km": BAHT_A_KM, "prices.unplanned": _VISIT, "prices.stand_in": _VISIT, "prices.moved": _VISIT,
    "prices.moved_soon": _VISIT, "prices.crew_change": _VISIT,
    "prices.officer_day": _baht_for(("คน", "วัน", "คน/วัน", "คนต่อวัน", "วัน/คน"), ("person", "day", "person/day")),
    "prices.car_day": _baht_for(("คัน", "วัน", "คัน/วัน", "คันต่อวัน", "วัน/คัน"), ("car", "day", "car/day")),
    "prices.late_day": _baht_for(("วัน", "วันทำการ"), ("day", "workday")),
    "prices.overload_hour": _baht_for(("ชั่วโมง", "ชม"), ("hour", "h")),
    "prices.lead_change": _baht_for(("แห่ง", "สหกรณ์", "ครั้ง"), ("cooperative", "change")),
}  # fmt: skip
_SLIGHT: Final = ("ไม่รุนแรง", "เบา", "น้อย", "น้อยมาก", "เล็กน้อย", "ต่ำ", "ต่ำมาก", "slight", "minor", "low")
_GRAVE: Final = (
    "รุนแรง", "รุนแรงมาก", "หนัก", "หนักมาก", "มาก", "สูง", "สูงมาก", "ด่วน", "ด่วนมาก", "เร่งด่วน", "grave", "severe", "serious",
    "high", "urgent",
)  # fmt: skip
#: what people write beside a severity: 5 (รุนแรง); 1 (รุนแรง) is of another scale, and stays a fault
_GRADES: Final = (
    dict.fromkeys(_SLIGHT, (1, 2)) | dict.fromkeys(("ปานกลาง", "กลาง", "medium", "moderate"), (3,))
    | dict.fromkeys(_GRAVE, (4, 5)) | dict.fromkeys(("รุนแรงที่สุด", "มากที่สุด", "สูงสุด", "gravest"), (5,))
)  # fmt: skip
LEVEL: Final = Units({}, ("ระดับ", "ระดับที่", "level"), grades=_GRADES)

_SETTINGS: Final[dict[str, Units]] = {
    "policy.longest_visit": MINUTES, "preparation.minutes": MINUTES,
    "policy.together": TIMES, "policy.topics": _ones("ด้าน", "topics", "topic"), "policy.gap_days": DAYS,
    "officers.max_days_per_week": DAYS_A_WEEK, "officers.fair_hours": HOURS, "travel.least_km": KILOMETRES,
    "urgency.silent_after": DAYS,
}  # fmt: skip


#: words for what an empty cell says where it sets no limit
_NO_LIMIT: Final = frozenset(map(key, ("ไม่จำกัด", "ไม่จำกัดจำนวน", "ไม่จำกัดวัน", "unlimited", "no limit")))
#: settings that set no limit where they are left empty
_LIMITS: Final = frozenset({"officers.max_days_per_week", "day.max_minutes"})


def no_limit(value: object) -> bool:
    """Whether a text says that there is no limit: ``ไม่จำกัด``."""
    return isinstance(value, str) and key(value) in _NO_LIMIT


#: settings that are lists of days
_LISTS_OF_DAYS: Final = frozenset({"horizon.extra_holidays", "horizon.extra_workdays"})
#: settings that are times of day
TIMES_OF_DAY: Final = frozenset({"day.start", "day.end", "day.break_earliest", "day.break_latest"})


def time_meant(value: object) -> str | None:
    """The time of day that a number can only mean; None where it may mean two, or none.

    11.3 is what is left of 11.30, and 0.354166... what a spreadsheet stores of 08:30. 8.5 and 8.25 may be either, half
    past eight or ten to nine.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 24:
        return None
    hours, hundredths = divmod(round(value * 100), 100)
    if abs(value * 100 - round(value * 100)) > 1e-6:
        minutes = round(value * 24 * 60)
        return format_clock(minutes) if value < 1 and abs(value * 24 * 60 - minutes) < 1e-3 else None
    return f"{hours:02d}:{hundredths:02d}" if hundredths < 60 and hundredths not in (25, 50) else None


def _units_of(section: str, name: str) -> Units | None:
    """What a setting counts; None where it is no number of anything, such as a factor."""
    dotted = f"{section}.{name}"
    found = _SETTINGS.get(dotted) or _PRICES.get(dotted)
    if found is not None:
        return found
    if section == "prices":
        return BAHT
    if name.endswith("_minutes"):
        return MINUTES
    if name.endswith("_days"):
        return DAYS
    return TIMES if name.startswith("visits_") else None


def _of_text(read: Callable[[str], Cell]) -> Callable[[Cell], Cell]:
    """Reads cells of text only; None for any other."""
    return lambda cell: read(cell) if isinstance(cell, str) else None


#: by how a column is parsed, what one of its cells can only mean, or None
_MEANT: Final = (
    (clock, time_meant),
    (date, _of_text(date_meant)),
    (dates, _of_text(dates_meant)),
    (meeting, _of_text(meeting_meant)),
)


def read_as_meant(table: Table) -> Iterator[Fault]:
    """Put into the rows of a table what their cells can only mean; what each was read as comes back as a warning."""
    counted = {column.key: column.units for column in table.form.columns if column.units is not None}
    meant = [(column.key, read) for parse, read in _MEANT for column in table.form.columns if column.parse is parse]
    stretches = {"from", "to"} <= {column.key for column in table.form.columns}
    for row in table.rows:
        for name, units in counted.items():
            cell = row.cells.get(name)
            amount = units.amount(cell) if isinstance(cell, str) else None
            if amount is not None:
                row.cells[name] = int(amount) if amount.is_integer() else amount
                yield read_as(row.where(name), cell, f"{amount:g}")
        for name, read in meant:
            cell = row.cells.get(name)
            value = read(cell)
            if value is not None:
                row.cells[name] = value
                yield read_as(row.where(name), cell, value)
        if stretches:
            yield from _days(row)


def _days(row: Row) -> Iterator[Fault]:
    """The days of a row whose first cell holds both ends, or leaves month or year to the last one."""
    first, last = row.cells.get("from"), row.cells.get("to")
    if not isinstance(first, str) or _is_date(first):
        return
    try:
        if blank(last):
            ends = date_range(first)
        else:
            until = date(last)
            ends = date_range(first) if _is_range(first) else date_range(f"{first} ถึง {until:%d/%m/%Y}")
            if ends[1] != until:
                return
    except CellError:
        return  # it is told as the fault that it is
    row.cells["from"], row.cells["to"] = ends
    yield read_as(row.where("from"), first, said("{first} to {last}", first=ends[0], last=ends[1]))


def _is_date(cell: Cell) -> bool:
    try:
        date(cell)
    except CellError:
        return False
    return True


def _is_range(text: str) -> bool:
    try:
        date_range(text)
    except CellError:
        return False
    return True


def check_setting(dotted: str, value: object) -> None:
    """Refuse a setting whose text may be read in two ways.

    Raises:
        CellError: it is hours such as ``6.30``, or a number such as ``12,5``.
    """
    units = _units_of(*dotted.partition(".")[::2])
    if not isinstance(value, str):
        return
    if ONE_COMMA.fullmatch(digits(normal(value))) and (units is None or units.amount(value) is None):
        number(value)
    if units is not None:
        units.check(value)


def rate_hours(written: str) -> float:
    """The hours before the baht in a list of both: ``6``, ``6.5`` or ``6:30``.

    Raises:
        CellError: they may be read in two ways.
    """
    HOURS.check(written)
    amount = HOURS.amount(written)
    return float(written) if amount is None else amount


def settings_as_meant(settings: Mapping[str, Any]) -> Iterator[tuple[str, object, object]]:
    """Put into the settings what they can only mean: of each its dotted name, what was written, what it is read as."""
    for section, group in settings.items():
        for name, value in list(group.items()) if isinstance(group, dict) else ():
            dotted, units = f"{section}.{name}", _units_of(section, name)
            if dotted in _LIMITS and no_limit(value):
                group[name] = None
                continue
            amount = units.amount(value) if units is not None and isinstance(value, str) else None
            time = time_meant(value) if dotted in TIMES_OF_DAY else None
            day: object = date_meant(value) if section == "horizon" and isinstance(value, str) else None
            if dotted in _LISTS_OF_DAYS and isinstance(value, str):
                day = day or dates_meant(value)
            rates = _rates_meant(value) if dotted == "prices.officer_day" and isinstance(value, str) else None
            if amount is not None:
                group[name] = amount
                yield dotted, value, f"{amount:g}"
            elif rates is not None:
                group[name] = rates
                yield dotted, value, rates
            elif time is not None:
                group[name] = time
                yield dotted, value, time
            elif day is not None:
                group[name] = day
                yield dotted, value, day


def _rates_meant(written: str) -> str | None:
    """A list of hours and baht such as ``6: 120.-; 12: 240.-`` in bare numbers; None where it has them already."""
    plain = digits(normal(written))
    bare = _WHOLE_BAHT.sub(r"\1", _without_commas(plain))
    bare = _RATE_MINUTES.sub(lambda found: f":{int(found[1]):02d}", _RATE_UNIT.sub("", bare))
    return bare if bare != plain else None


def read_as(where: Place, written: object, meaning: object) -> Fault:
    """The warning that a cell was read as the one thing that it can mean."""
    cause = said("{value} is read as {meaning}.", value=shown(written), meaning=meaning)
    return Fault("value-understood", where, cause, said("Leave it where that is meant."))
