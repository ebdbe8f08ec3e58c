"""What a cell holds: text, numbers, choices, lists of words; read without guessing.

Each function takes a cell's raw value (text from CSV; text, number, date or time from a workbook, TOML or JSON) and
returns what it means, or raises :class:`CellError` with cause and remedy. Dates are read by :mod:`.dates`, times of
day by :mod:`.hours`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from models.fields import LARGEST
from models.likeness import perhaps
from models.saying import Said, both, named, said
from models.thai import thai_date
from models.thaitext import digits, key, normal


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell whose value is lost already where it was read: what a fault will say of it."""

    code: str
    cause: str
    remedy: str


class Figure(float):
    """A number that its sheet shows as other text than its digits: 1 shown as 0001."""

    shown: str

    def __new__(cls, value: float, shown: str) -> Self:
        """``value``, shown as the text ``shown``."""
        made = super().__new__(cls, value)
        made.shown = shown
        return made

    def __getnewargs__(self) -> tuple[float, str]:  # type: ignore[override]  # what __new__ takes
        return float(self), self.shown


Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | list[object] | Broken | None

_NUMBER = re.compile(r"[+-]?(\d+|[1-9]\d{0,2}(,\d{3})+)(\.\d*)?([eE][+-]?\d{1,2})?")
#: a comma that may mean thousands or a decimal point: ``1,234`` and ``12,5``, but not ``1,234.5`` or ``1,234,567``
ONE_COMMA = re.compile(r"[+-]?\d+,\d+")
#: what parts the values in a cell that may hold several; kept when split
SEPARATORS = re.compile(r"([;,\n|])")
#: what parts the ends of a range; a hyphen does, too, but stands within dates as well
RANGE_MARK = r"\.\.+|…|ถึง(?:วันที่)?|\b(?:to|until)\b|[‐-―−~]"
#: a range whose other end is missing: its mark stands first or last, or beside what parts one value from the next
_ONE_ENDED = re.compile(rf"(?:^|[;,|])\s*(?:{RANGE_MARK}|-)|(?:{RANGE_MARK}|-)\s*(?:$|[;,|])", re.IGNORECASE)
#: what people write into a cell where nothing is meant
_NOTHING = frozenset("-–—−")


class CellError(ValueError):
    """A cell that cannot be read: ``cause`` says what is wrong with its value, ``remedy`` what to write instead."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.remedy = remedy


def blank(cell: Cell) -> bool:
    """Whether a cell holds nothing: it is empty, or holds a lone dash."""
    return cell is None or (isinstance(cell, str) and (not cell.strip() or cell.strip() in _NOTHING))


def one_ended(written: str) -> bool:
    """Whether a range in the text has one end only, as ``พุธ-`` and ``-ศุกร์`` have."""
    return _ONE_ENDED.search(digits(normal(written))) is not None


def open_range(value: object, remedy: Said) -> CellError:
    """The fault of a range with one end only; ``remedy`` says what to write."""
    return CellError(said("{value} is a range with one end only.", value=shown(value)), remedy)


def clean(cell: Cell) -> Cell:
    """The cell with its text in one spelling; every reader of tables cleans every cell with it."""
    return normal(cell) if isinstance(cell, str) else cell


def shown(value: object) -> str:
    """The value as it is quoted in a message: short, however long it is."""
    if isinstance(value, dt.datetime):
        return both(str(value), f"{thai_date(value)} {value:%H:%M}")
    if isinstance(value, dt.date):
        return both(str(value), thai_date(value))
    text = str(value) if isinstance(value, dt.time) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def text(value: Cell) -> str:
    """Text in one spelling on one line; whole numbers lose the ``.0`` of spreadsheets."""
    if isinstance(value, bool | list | dt.date | dt.time | Broken):
        raise CellError(
            said("{value} is not text.", value=shown(value)), said("Format the cell as text and write it again.")
        )
    if isinstance(value, Figure):
        raise CellError(
            said("The cell holds the number {value}, shown as {shown}.", value=f"{value:g}", shown=value.shown),
            said("Format the cell as text and write {shown}.", shown=value.shown),
        )
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    plain = re.sub(r"\s+", " ", normal(str(value))).strip()
    if not plain.isprintable():
        raise CellError(
            said("{value} has characters that cannot be printed.", value=shown(value)), said("Type the text again.")
        )
    return plain


def unclear(written: str) -> bool:
    """Whether a comma in a number may part thousands or decimals; between Thai digits it parts thousands."""
    plain = digits(written)
    return ONE_COMMA.fullmatch(plain) is not None and (plain == written.strip() or not _NUMBER.fullmatch(plain))


def number(value: Cell) -> float:
    """A number of a size that occurs; Thai digits are understood, and thousands commas where they are beyond doubt."""
    plain = digits(value) if isinstance(value, str) else ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = float(value) if abs(value) <= LARGEST else math.inf
    elif unclear(str(value)):
        raise CellError(
            said("{value} is not clear: the comma may part thousands or decimals.", value=shown(value)),
            said("Write {decimal} or {whole}.", decimal=plain.replace(",", "."), whole=plain.replace(",", "")),
        )
    elif _NUMBER.fullmatch(plain):
        found = float(plain.replace(",", ""))
    else:
        raise CellError(said("{value} is not a number.", value=shown(value)), said("Write digits only, such as 17.5."))
    if not abs(found) <= LARGEST:
        raise CellError(
            said("{value} is larger than anything an office has.", value=shown(value)), said("Mend the number.")
        )
    return found


def integer(value: Cell) -> int:
    """A whole number."""
    try:
        result = number(value)
    except CellError as error:
        written = str(value) if isinstance(value, str) else ""
        figure = isinstance(value, int | float) and not isinstance(value, bool)
        if not (figure or _NUMBER.fullmatch(digits(written)) or unclear(written)):
            raise CellError(error.cause, said("Write digits only, such as 3.")) from None
        raise
    if not result.is_integer():
        raise CellError(
            said("{value} is not a whole number.", value=shown(value)), said("Write digits only, such as 3.")
        )
    return int(result)


def parts(value: Cell) -> list[Cell]:
    """The values in a cell that may hold several, separated by semicolons, commas or lines."""
    if isinstance(value, str):
        return [part.strip() for part in SEPARATORS.split(value)[::2] if part.strip()]
    if isinstance(value, list):
        return [part if isinstance(part, str | int | float | dt.date) else str(part) for part in value]
    return [value]


def texts(value: Cell) -> tuple[str, ...]:
    """Words separated by semicolons or commas, each once, in the order given."""
    return tuple(dict.fromkeys(text(part) for part in parts(value)))


def choice(value: Cell, names: Mapping[str, str], also: Mapping[str, Iterable[str]] | None = None) -> str:
    """One of the keys of ``names`` (key -> Thai name), as key, as Thai name, or as one of its words ``also``."""
    written = key(text(value))
    for name, thai in names.items():
        if written in {key(word) for word in (name, thai, *(also or {}).get(name, ()))}:
            return name
    remedy = said("Write one of: {choices}.", choices=named(", ".join(names), ", ".join(names.values())))
    words = (*names.values(), *names)
    raise CellError(said("{value} is none of the choices.", value=shown(value)), perhaps(remedy, text(value), words))
