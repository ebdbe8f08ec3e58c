"""Dates in cells, also Thai ones in Buddhist years, and lists and ranges of dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from models.eras import BUDDHIST_ERA, BUDDHIST_YEARS
from models.intake.cells import RANGE_MARK, Cell, CellError, one_ended, open_range, parts, shown
from models.intake.hours import weekday
from models.saying import said
from models.thaitext import digits, key, normal
from models.workdays import days_between

#: the first and the last day of a stretch
Span = tuple[dt.date, dt.date]

#: a longer range of dates in one cell is taken for a slip of the pen
LONGEST_RANGE_DAYS = 366
#: months from one to the other over which a year written once may turn; from further on it is written backwards
_TURN_MONTHS = 4
#: two digits of a year beside a Thai month: 2540 to 2599 of the Buddhist era
_SHORT_YEARS = range(40, 100)

_RANGE = re.compile(rf"\s*(?:{RANGE_MARK})\s*", re.IGNORECASE)
_HYPHEN = re.compile(r"\s*-\s*")
#: what parts the days of a list; and days that only spaces part
_LISTED = re.compile(r"[;,\n|]|\s*(?:และ|กับ)\s*|\s+(?:and|&)\s+", re.IGNORECASE)
_SPACED = re.compile(r"(?<=\d)\s+(?=\d)")
#: a day or days that leave the month to what follows them
_MONTHLESS = re.compile(r"(?:วันที่\s*)?\d{1,2}(?:\s*-\s*\d{1,2})?")
_WITH_HYPHENS = re.compile(r"(?<!\d)\d{1,2}-\d{1,2}-\d")
#: an end that leaves month or year to the other: ``28``, ``28 ก.ย.``, ``28/9``
_DAY_ALONE = re.compile(r"(?:วันที่\s*)?(\d{1,2})")
_DAY_AND_MONTH = re.compile(r"(?:วันที่\s*)?(\d{1,2})\s*([^\d\s][^\d]*?)|(\d{1,2})\s*[-/.]\s*(\d{1,2})")
#: the time of day of a date that a program wrote out
_MIDNIGHT = r"(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_MIDNIGHT}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_MIDNIGHT}")
#: the last two digits of a year beside the number of a month
_SHORT = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})")
_SHORT_AMONG = re.compile(r"(?<![\d/.])(\d{1,2}[/.]\d{1,2}[/.])(\d{2})(?![\d/.])")
_MONTH_NAMED = re.compile(r"(?:วันที่\s*)?(\d{1,2})\s*([^\d\s][^\d]*?)\s*(?:(พ|ค)\s*\.?\s*ศ\s*\.?)?\s*(\d{4}|\d{2})")
#: a dash on one side of the month alone, or away from it, begins a range that was left unfinished
_DASH, _DASHED = re.compile("[‐-―−-]"), re.compile(r"[‐-―−-]\S(?:.*\S)?[‐-―−-]")
_WEEKDAY_FIRST = re.compile(
    r"((?:วัน)?(?:อาทิตย์|จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|(?:อา|จ|อ|พฤ|พ|ศ|ส)\.)"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?)\s*(?:ที่|,)?\s*(\d.*)",
    re.IGNORECASE,
)
_MONTHS = (
    ("มกราคม", "ม.ค.", "january", "jan"), ("กุมภาพันธ์", "ก.พ.", "february", "feb"),
    ("มีนาคม", "มี.ค.", "march", "mar"), ("เมษายน", "เม.ย.", "april", "apr"),
    ("พฤษภาคม", "พ.ค.", "may"), ("มิถุนายน", "มิ.ย.", "june", "jun"),
    ("กรกฎาคม", "ก.ค.", "july", "jul"), ("สิงหาคม", "ส.ค.", "august", "aug"),
    ("กันยายน", "ก.ย.", "september", "sep", "sept"), ("ตุลาคม", "ต.ค.", "october", "oct"),
    ("พฤศจิกายน", "พ.ย.", "november", "nov"), ("ธันวาคม", "ธ.ค.", "december", "dec"),
)  # fmt: skip
_MONTH_OF = {key(name): number for number, names in enumerate(_MONTHS, start=1) for name in names}
#: what people write for a month besides its name and its short form
_ALSO = {"ตุลา": 10, "กุมภา": 2, "เมษา": 4, "พฤษภา": 5, "กันยา": 9, "ธันวา": 12, "มกรา": 1, "มีนา": 3, "มิถุนา": 6,
         "กรกฎา": 7, "สิงหา": 8, "พฤศจิกา": 11}  # fmt: skip
_MONTH_OF |= {key(name): number for name, number in _ALSO.items()}
_REMEDY = said("Write it like 2012-08-15, 15/08/2555 or 15 ส.ค. 2555.")

_RANGE_REMEDY = said(
    "Write one day like 2012-09-03 or 3 ก.ย. 2555, several like 2012-09-03..2012-09-07 or 3-7 ก.ย. 2555."
)


def date(value: Cell) -> dt.date:
    """A date. Years from 2400 on are Buddhist; 01/02/2555 is the first of February, as Thai offices write it.

    A year of two digits is read beside a Thai month only, where it is Buddhist: ``30 ก.ย. 55``; beside the number of
    one by :func:`date_meant`.
    """
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            raise CellError(said("{value} has a time of day, too.", value=shown(value)), said("Write the date alone."))
        return _calendar_date(value, value.year, value.month, value.day)
    if isinstance(value, dt.date):
        return _calendar_date(value, value.year, value.month, value.day)
    if not isinstance(value, str):
        raise CellError(
            said("{value} is no date, but a number.", value=shown(value)),
            said("Format the cell as a date. {remedy}", remedy=_REMEDY),
        )
    plain = digits(normal(value))
    if match := _WEEKDAY_FIRST.fullmatch(plain):
        return _on_weekday(value, match[1], date(match[2]))
    if match := _YEAR_FIRST.fullmatch(plain):
        return _calendar_date(value, int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(plain):
        return _calendar_date(value, int(match[3]), int(match[2]), int(match[1]))
    if match := _SHORT.fullmatch(plain):
        if int(match[3]) in _SHORT_YEARS:
            _calendar_date(value, 2500 + int(match[3]), int(match[2]), int(match[1]))
        raise _yearless(value, match[3])
    if match := _MONTH_NAMED.fullmatch(plain):
        month = _MONTH_OF.get(key(match[2].strip(",-/ ")))
        if month is not None:
            between = plain[match.end(1) : match.start(4)]
            if _DASH.search(between) and not _DASHED.fullmatch(between):
                raise open_range(value, _RANGE_REMEDY)
            return _calendar_date(value, _year(value, *match.group(2, 3, 4)), month, int(match[1]))
    raise CellError(said("{value} is not a date.", value=shown(value)), _REMEDY)


def date_given(value: object) -> dt.date:
    """A date that a program gives: a date, a datetime or Timestamp at midnight, a datetime64, or text as in a cell.

    Raises:
        CellError: it is none, or has a time of day.
    """
    given: Any = value
    if type(given).__name__ == "datetime64":  # numpy's, which is not loaded for it; None for NaT
        given = given.astype("datetime64[us]").item()
    if not isinstance(given, str | dt.date) or given != given:  # pandas' NaT is a datetime that equals nothing
        raise CellError(said("{value} is not a date.", value=repr(value)), _REMEDY)
    return date(given)


def span_given(value: object) -> Span:
    """The first and the last day that a program gives: one date, text as in a cell, or a tuple of two dates.

    Raises:
        CellError: it is none of them; whether the days ascend is left to the caller.
    """
    if isinstance(value, tuple):
        if len(value) != 2:
            raise CellError(said("{value} is not a range of dates.", value=shown(value)), _RANGE_REMEDY)
        return date_given(value[0]), date_given(value[1])
    return date_range(value) if isinstance(value, str) else (date_given(value),) * 2


def _on_weekday(value: str, day: str, found: dt.date) -> dt.date:
    """The date ``found`` beside its weekday, as letters have it: ``วันพุธที่ 1 สิงหาคม 2555``."""
    number = weekday(day)
    if number is not None and number != found.weekday():
        cause = said("{value} does not fall on the weekday that it names.", value=shown(value))
        raise CellError(cause, said("Mend the date or the weekday. {remedy}", remedy=_REMEDY))
    return found


def _year(value: Cell, month: str, era: str | None, year: str) -> int:
    """The year beside a month, as it is written; the era, ``พ`` or ``ค``, has to be the one that it is of.

    Raises:
        CellError: it is of the other era, or two digits may be of either.
    """
    if len(year) == 4:
        if era is not None and (int(year) in BUDDHIST_YEARS) != (era == "พ"):
            cause = said("{value} names one era, and its year is of the other.", value=shown(value))
            raise CellError(cause, said("Mend the year or the era. {remedy}", remedy=_REMEDY))
        return int(year)
    if month.isascii() or era == "ค" or int(year) not in _SHORT_YEARS:
        raise _yearless(value, year)
    return 2500 + int(year)


def _yearless(value: Cell, year: str) -> CellError:
    return CellError(
        said("{value} does not say which year {year} is.", value=shown(value), year=year),
        said("Write the year in full. {remedy}", remedy=_REMEDY),
    )


def date_meant(written: str) -> dt.date | None:
    """The date that ``30/9/55`` can only mean: no plan is of 1955 or 2055; None for what is written otherwise."""
    match = _SHORT.fullmatch(digits(normal(written)))
    if match is None or int(match[3]) not in _SHORT_YEARS:
        return None
    try:
        return dt.date(2500 + int(match[3]) - BUDDHIST_ERA, int(match[2]), int(match[1]))
    except ValueError:
        return None


def dates_meant(written: str) -> str | None:
    """A list of days with the years of two digits that it can only mean in full; None where it has none such."""
    plain = digits(normal(written))

    def in_full(short: re.Match[str]) -> str:
        return f"{short[1]}{2500 + int(short[2])}" if int(short[2]) in _SHORT_YEARS else short[0]

    full = _SHORT_AMONG.sub(in_full, plain)
    return full if full != plain else None


def _calendar_date(value: Cell, year: int, month: int, day: int) -> dt.date:
    common = year - BUDDHIST_ERA if year >= BUDDHIST_YEARS.start else year
    if not 1900 <= common < 2200:
        raise CellError(
            said("{value} lies in the year {year}.", value=shown(value), year=year),
            said("Write the year in full. {remedy}", remedy=_REMEDY),
        )
    try:
        return dt.date(common, month, day)
    except ValueError:
        raise CellError(said("{value} is not in the calendar.", value=shown(value)), _REMEDY) from None


def dates(value: Cell) -> tuple[dt.date, ...]:
    """Dates and ranges of dates (``2012-08-06..2012-08-10``), separated by semicolons; ascending, each once.

    Month and year may stand once for the days before them: ``5, 7 และ 9 พ.ย. 2555``.
    """
    found: set[dt.date] = set()
    for part in parts(value) if isinstance(value, list) else [value]:
        listed = _listed(_LISTED.split(part)) if isinstance(part, str) else [(date(part),) * 2]
        for first, last in listed:
            found.update(days_between(first, last))
    return tuple(sorted(found))


def _listed(written: Sequence[str], until: dt.date | None = None) -> list[Span]:
    """The days of a list; what leaves month or year open has those of ``until``, the day that follows it.

    Raises:
        CellError: for the first that cannot be read, and does not only want the month of another such one.
    """
    pieces = [piece.strip() for piece in written if piece.strip()]
    hyphens = any(_WITH_HYPHENS.search(digits(piece)) for piece in pieces)
    found: list[Span] = []
    wrong: CellError | None = None
    for piece in reversed(pieces):
        try:
            found[:0] = spans = _days_of(piece, until, hyphens)
            until = spans[0][0]
        except CellError as error:
            if wrong is None or not _MONTHLESS.fullmatch(digits(piece)):
                wrong = error
            until = None
    if wrong is not None:
        raise wrong
    return found


def _days_of(piece: str, until: dt.date | None, hyphens: bool) -> list[Span]:
    """The days of one piece of a list: a date, a range, or days that only spaces part."""
    try:
        span = date_range(piece)
    except CellError:
        borrowed = _borrowed(piece, until, hyphens) if until is not None else None
        if borrowed is not None:
            return [borrowed]
        if len(spaced := _SPACED.split(piece)) == 1:
            raise
        try:
            return _listed(spaced, until)
        except CellError:
            pass  # it is told of the whole piece
        raise
    first, last = span
    if last < first:
        raise CellError(
            said("The range {value} ends before it begins.", value=shown(piece)),
            said("Write the earlier date first, each with its year."),
        )
    if (last - first).days > LONGEST_RANGE_DAYS:
        raise CellError(said("The range {value} is longer than a year.", value=shown(piece)), said("Mend the years."))
    return [span]


def _borrowed(piece: str, until: dt.date, hyphens: bool) -> Span | None:
    """The day, or the first and the last one, that leave month or year to ``until``; None for what is no such.

    ``hyphens``: dates of the list are written with hyphens, so that ``5-8`` may be a range or the fifth of August.

    Raises:
        CellError: the days do not ascend to ``until``, so that the month or the year before it may be meant.
    """
    plain = digits(normal(piece))
    ends = _RANGE.split(plain)
    if len(ends) == 1:
        ends = _HYPHEN.split(plain)
    if len(ends) > 2 or (hyphens and "-" in plain):
        return None
    last = _with_month_of(until, piece, ends[-1])
    first = last if last is None or len(ends) == 1 else _with_month_of(last, piece, ends[0])
    if first is None or last is None:
        return None
    if not first <= last <= until:
        cause = said("It is not clear of which month {value} is.", value=shown(piece))
        if not _MONTHLESS.fullmatch(plain):
            cause = said("It is not clear of which year {value} is.", value=shown(piece))
        raise CellError(cause, said("Write month and year beside it."))
    return first, last


def date_range(value: str) -> Span:
    """The first and the last day of a range, or of a single day: month and year may stand once for both.

    ``2012-09-03..2012-09-07``, ``3-7 ก.ย. 2555``, ``28 ก.ย. – 3 ต.ค. 55``, ``28/9-3/10/2555`` and the like.

    Raises:
        CellError: it is neither; whether the days ascend is left to the caller.
    """
    plain = digits(normal(value))
    if one_ended(plain):
        raise open_range(value, _RANGE_REMEDY)
    ends = _RANGE.split(plain)
    if len(ends) > 2:
        raise CellError(said("{value} is not a range of dates.", value=shown(value)), _RANGE_REMEDY)
    if len(ends) == 2:
        return _ends(value, *ends)
    try:
        return (date(value),) * 2
    except CellError as error:
        whole = error
    for hyphen in _HYPHEN.finditer(plain):  # the one of them that has a date on either side
        try:
            return _ends(value, plain[: hyphen.start()], plain[hyphen.end() :])
        except CellError:
            continue
    raise CellError(whole.cause, _RANGE_REMEDY)


def _ends(value: str, first: str, last: str) -> Span:
    """The two ends of a range; what the first leaves open is that of the last.

    Raises:
        CellError: one of them is no date.
    """
    try:
        until = date(last)
        return _with_month_of(until, value, first) or date(first), until
    except CellError as error:
        raise CellError(error.cause, _RANGE_REMEDY) from None


def _with_month_of(until: dt.date, value: str, written: str) -> dt.date | None:
    """The day that leaves month or year to ``until``, a later one, as ``28``, ``28 ก.ย.`` and ``28/9`` do; else None.

    It is of the year before where the year turns soon after: ``28 ธ.ค.`` until ``3 ม.ค. 2556``.

    Raises:
        CellError: it is not in the calendar.
    """
    if match := _WEEKDAY_FIRST.fullmatch(written.strip()):
        found = _with_month_of(until, value, match[2])
        return None if found is None else _on_weekday(value, match[1], found)
    alone, short = _DAY_ALONE.fullmatch(written.strip()), _DAY_AND_MONTH.fullmatch(written.strip())
    if alone is not None:
        return _calendar_date(value, until.year, until.month, int(alone[1]))
    if short is None:
        return None
    month = int(short[4]) if short[4] else _MONTH_OF.get(key(short[2].strip(",")))
    day = int(short[1] or short[3])
    if month is None:
        return None
    turned = month > until.month and until.month + 12 - month <= _TURN_MONTHS
    return _calendar_date(value, until.year - turned, month, day)
