"""Number formats: which show a date, a time or a duration, and how one shows a whole number used as a code."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from models.intake.cells import Broken, Cell, Figure
from models.saying import said

Kind = Literal["number", "date", "duration"]

#: formats that every spreadsheet knows by number alone. 27 to 36, 50 to 58 and 71 to 81 are those of East Asian and
#: Thai calendars; 46 and 79 count hours beyond a day
_DATES = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59), *range(71, 82)} - {79}
_DURATIONS = {46, 79}

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+|ช+|น+|ท+)\]", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\]]*\]")
#: years, months, days, hours, minutes, seconds: Latin and Thai letters (ป ด ว ช น ท), b for Buddhist years
_CALENDAR = re.compile(r"[ymdhsbgปดวชนท]", re.IGNORECASE)
_SECOND_FRACTIONS = re.compile(r"[sท]\]?[.,]0+", re.IGNORECASE)
_CODE = re.compile(r'(?:"[^"]*"|\\.|[-/ ()]|0)+')

_SECONDS = 86_400
_LAST_DAY = 2_958_465  # the last of December 9999


@lru_cache(maxsize=4096)
def kind_of(number: int, code: str | None) -> Kind:
    """What the format ``number`` with the ``code`` that the workbook gives it (None: built in) shows."""
    if code is None:
        return "duration" if number in _DURATIONS else "date" if number in _DATES else "number"
    plain = _SECOND_FRACTIONS.sub("s", _LITERAL.sub("", code.partition(";")[0]))
    if plain.strip().casefold() in ("general", "standard", "@", ""):
        return "number"
    elapsed = _ELAPSED.search(plain) is not None
    plain = _BRACKETED.sub("", _ELAPSED.sub("h", plain))
    if re.search(r"[0#?@]", plain) or not _CALENDAR.search(plain):
        return "number"
    return "duration" if elapsed and not re.search(r"[yd]", plain, re.IGNORECASE) else "date"


def cell_of(value: float, number: int, codes: Mapping[int, str], *, since_1904: bool) -> Cell:
    """What a number stands for under its format: a date, a time of day, a duration as text, or the number."""
    code = codes.get(number)
    kind = kind_of(number, code)
    if kind == "number":
        shown = _shown(value, code) if code is not None and value.is_integer() else None
        plain: float | int = int(value) if value.is_integer() and abs(value) < 1e15 else value
        return plain if shown is None or shown == str(plain) else Figure(value, shown)
    seconds = round(value * _SECONDS)
    if 0 <= seconds < _SECONDS:
        return (dt.datetime.min + dt.timedelta(seconds=seconds)).time()
    if kind == "duration" or seconds == _SECONDS:
        minutes, rest = divmod(abs(seconds), 60)
        return f"{'-' * (seconds < 0)}{minutes // 60}:{minutes % 60:02d}" + (f":{rest:02d}" if rest else "")
    days = value + (1462 if since_1904 else 0)
    if not 1 <= days <= _LAST_DAY:
        return Broken(
            "cell-value",
            said("The cell holds the number {value}, which is no date.", value=f"{value:g}"),
            said("Write the date again."),
        )
    epoch = dt.datetime(1899, 12, 30) if days >= 60 else dt.datetime(1899, 12, 31)
    moment = epoch + dt.timedelta(seconds=round(days * _SECONDS))
    return moment.date() if moment.time() == dt.time() else moment


def _shown(value: float, code: str) -> str | None:
    """How a format of zeros and fixed text (``0000``, ``"C"000``) shows a whole number; None for other formats."""
    positive = code.partition(";")[0]
    if not _CODE.fullmatch(positive) or value < 0:
        return None
    pieces = re.findall(r'"[^"]*"|\\.|.', positive)
    places = [index for index, piece in enumerate(pieces) if piece == "0"]
    figures = f"{int(value):0{len(places)}d}"
    if len(places) == 0:
        return None
    for place, figure in zip(reversed(places), reversed(figures), strict=False):
        pieces[place] = figure
    pieces[places[0]] = figures[: len(figures) - len(places) + 1]
    return "".join(piece if index in places else piece.strip('"').removeprefix("\\")
                   for index, piece in enumerate(pieces))  # fmt: skip
