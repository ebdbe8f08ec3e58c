"""What a cell holds: text, numbers, dates (also Thai, in Buddhist years), times and lists, read without guessing.

Each function takes a cell's raw value (text from CSV; text, number, date or time from a workbook or TOML) and returns
what it means, or raises :class:`CellError` with cause and remedy.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from models.clock import parse_clock
from models.fields import LARGEST
from models.workdays import days_between


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell whose value is lost already where it was read: what a fault will say of it."""

    code: str
    cause: str
    remedy: str


Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | list[object] | Broken | None

#: a longer range of dates in one cell is taken for a slip of the pen
LONGEST_RANGE_DAYS = 366
BUDDHIST_ERA = 543

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?([eE][+-]?\d{1,2})?")
_SEPARATORS = re.compile(r"[;,\n|]")
_RANGE = re.compile(r"\s*(?:\.\.|–|—|ถึง|\bto\b|\s-\s)\s*")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTH_NAMED = re.compile(r"(\d{1,2})\s*([^\d\s]+)\s*(?:พ\.ศ\.|ค\.ศ\.)?\s*(\d{4})")
_MONTHS = (
    ("มกราคม", "ม.ค.", "january", "jan"), ("กุมภาพันธ์", "ก.พ.", "february", "feb"),
    ("มีนาคม", "มี.ค.", "march", "mar"), ("เมษายน", "เม.ย.", "april", "apr"),
    ("พฤษภาคม", "พ.ค.", "may"), ("มิถุนายน", "มิ.ย.", "june", "jun"),
    ("กรกฎาคม", "ก.ค.", "july", "jul"), ("สิงหาคม", "ส.ค.", "august", "aug"),
    ("กันยายน", "ก.ย.", "september", "sep", "sept"), ("ตุลาคม", "ต.ค.", "october", "oct"),
    ("พฤศจิกายน", "พ.ย.", "november", "nov"), ("ธันวาคม", "ธ.ค.", "december", "dec"),
)  # fmt: skip
_MONTH_OF = {name.replace(".", ""): number for number, names in enumerate(_MONTHS, start=1) for name in names}
_DATE_REMEDY = "Write it like 2012-08-15, 15/08/2555 or 15 ส.ค. 2555."


class CellError(ValueError):
    """A cell that cannot be read: ``cause`` says what is wrong with its value, ``remedy`` what to write instead."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.remedy = remedy


def shown(value: object) -> str:
    """The value as it is quoted in a message: short, however long it is."""
    text = str(value) if isinstance(value, dt.date | dt.time) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def text(value: Cell) -> str:
    """Text, without the invisible marks that web pages leave; whole numbers lose the ``.0`` of spreadsheets."""
    if isinstance(value, bool | list | dt.date | dt.time | Broken):
        raise CellError(f"{shown(value)} is not text.", "Format the cell as text and write it again.")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    visible = "".join(mark for mark in str(value) if unicodedata.category(mark) != "Cf")
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", visible)).strip()
    if not plain.isprintable():
        raise CellError(f"{shown(value)} has characters that cannot be printed.", "Type the text again.")
    return plain


def number(value: Cell) -> float:
    """A number of a size that occurs; Thai digits and thousands commas are understood."""
    plain = value.strip().translate(_THAI_DIGITS) if isinstance(value, str) else ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = float(value) if abs(value) <= LARGEST else math.inf
    elif _NUMBER.fullmatch(plain):
        found = float(plain.replace(",", ""))
    else:
        raise CellError(f"{shown(value)} is not a number.", "Write digits only, such as 17.5.")
    if not abs(found) <= LARGEST:
        raise CellError(f"{shown(value)} is larger than anything an office has.", "Mend the number.")
    return found


def integer(value: Cell) -> int:
    """A whole number."""
    result = number(value)
    if not result.is_integer():
        raise CellError(f"{shown(value)} is not a whole number.", "Write digits only, such as 3.")
    return int(result)


def date(value: Cell) -> dt.date:
    """A date. Years from 2400 on are Buddhist; 01/02/2555 is the first of February, as Thai offices write it."""
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            raise CellError(f"{value} has a time of day, too.", "Write the date alone.")
        return _calendar_date(value, value.year, value.month, value.day)
    if isinstance(value, dt.date):
        return _calendar_date(value, value.year, value.month, value.day)
    if not isinstance(value, str):
        raise CellError(f"{shown(value)} is no date, but a number.", "Format the cell as a date. " + _DATE_REMEDY)
    plain = value.strip().translate(_THAI_DIGITS)
    if match := _YEAR_FIRST.fullmatch(plain):
        return _calendar_date(value, int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(plain):
        return _calendar_date(value, int(match[3]), int(match[2]), int(match[1]))
    if match := _MONTH_NAMED.fullmatch(plain):
        month = _MONTH_OF.get(match[2].lower().replace(".", "").strip(","))
        if month is not None:
            return _calendar_date(value, int(match[3]), month, int(match[1]))
    raise CellError(f"{shown(value)} is not a date.", _DATE_REMEDY)


def _calendar_date(value: Cell, year: int, month: int, day: int) -> dt.date:
    common = year - BUDDHIST_ERA if year >= 2400 else year
    if not 1900 <= common < 2200:
        raise CellError(f"{shown(value)} lies in the year {year}.", "Write the year in full. " + _DATE_REMEDY)
    try:
        return dt.date(common, month, day)
    except ValueError:
        raise CellError(f"{shown(value)} is not in the calendar.", _DATE_REMEDY) from None


def dates(value: Cell) -> tuple[dt.date, ...]:
    """Dates and ranges of dates (``2012-08-06..2012-08-10``), separated by semicolons; ascending, each once."""
    found: set[dt.date] = set()
    for part in _parts(value):
        ends = [date(end) for end in (_RANGE.split(part) if isinstance(part, str) else [part])]
        if len(ends) > 2:
            raise CellError(f"{shown(part)} is not a range of dates.", "Write 2012-08-06..2012-08-10.")
        if ends[-1] < ends[0]:
            raise CellError(f"The range {shown(part)} ends before it begins.", "Write the earlier date first.")
        if (ends[-1] - ends[0]).days > LONGEST_RANGE_DAYS:
            raise CellError(f"The range {shown(part)} is longer than a year.", "Mend the years.")
        found.update(days_between(ends[0], ends[-1]))
    return tuple(sorted(found))


def clock(value: Cell) -> float:
    """A time of day, in minutes since midnight: ``08:30``, ``08.30 น.``, or a cell formatted as a time."""
    if isinstance(value, dt.time):
        return value.hour * 60 + value.minute + value.second / 60
    if isinstance(value, str):
        plain = value.strip().translate(_THAI_DIGITS).removesuffix("น.").strip()
        if re.fullmatch(r"\d{1,2}\.\d{2}", plain):
            plain = plain.replace(".", ":")
        try:
            minutes = parse_clock(plain)
        except ValueError:
            minutes = math.inf
        if minutes <= 24 * 60:
            return minutes
    raise CellError(f"{shown(value)} is not a time of day.", "Write it like 08:30, in a cell formatted as text.")


def clocks(value: Cell) -> tuple[float, float]:
    """A range of times of day: ``08:30-16:30``."""
    ends = re.split(r"\s*(?:-|–|—|ถึง|\bto\b|\.\.)\s*", value.strip()) if isinstance(value, str) else []
    if len(ends) != 2:
        raise CellError(f"{shown(value)} is not a range of times.", "Write it like 08:30-16:30.")
    first, last = clock(ends[0]), clock(ends[1])
    if last <= first:
        raise CellError(f"{shown(value)} ends before it begins.", "Write the earlier time first.")
    return first, last


def texts(value: Cell) -> tuple[str, ...]:
    """Words separated by semicolons or commas, each once, in the order given."""
    return tuple(dict.fromkeys(text(part) for part in _parts(value)))


def choice(value: Cell, names: Mapping[str, str]) -> str:
    """One of the keys of ``names`` (key -> Thai name), written as key or as Thai name."""
    plain = text(value).casefold().replace("_", " ")
    for key, thai in names.items():
        if plain in (key.casefold().replace("_", " "), thai):
            return key
    raise CellError(f"{shown(value)} is none of the choices.", f"Write one of: {', '.join(names)}.")


def _parts(value: Cell) -> list[Cell]:
    if isinstance(value, str):
        return [part.strip() for part in _SEPARATORS.split(value) if part.strip()]
    if isinstance(value, list):
        return [part if isinstance(part, str | int | float | dt.date) else str(part) for part in value]
    return [value]
