"""The cells of one sheet that hold something, in one pass: values, formulas, merged cells, what is struck through."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from models.intake.cells import Broken, Cell, blank
from models.intake.xlsx.formats import cell_of
from models.intake.xlsx.package import LONGEST_TEXT, Package, damaged, unescaped
from models.intake.xlsx.strikes import Strikes
from models.intake.xlsx.walking import Attributes, walk
from models.saying import Said, said

#: characters of all cells of one sheet together
MOST_CHARACTERS = 10_000_000
#: the last row that a spreadsheet has
LAST_ROW = 1_048_576

_TRUE = ("1", "true")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class TooLargeError(Exception):
    """The sheet holds more than is read: ``cause`` says of what."""

    def __init__(self, cause: Said) -> None:
        super().__init__(str(cause))
        self.cause = cause


@dataclass(slots=True)
class Content:
    """The filled rows with their numbers, and the merged cells as (first row, last row, first column, last column).

    ``hidden_rows``: the numbers of those filled rows that do not show; ``hidden_columns``: ranges of columns likewise.
    ``struck``: the filled cells whose content is struck through, by row number and index of the column.
    """

    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)
    too_large: Said | None = None


def read_sheet(package: Package, part: str, most_rows: int, most_columns: int) -> Content:
    """The content of the sheet in ``part``; rows and columns beyond the limits end the reading, said in the result.

    Raises:
        UnreadableError: the part is damaged.
    """
    reader = _Reader(package, most_rows, most_columns)
    try:
        with package.open(part) as stream:
            walk(stream, reader.start, reader.end, reader.text)
    except TooLargeError as error:
        reader.content.too_large = error.cause
    except Exception as error:  # the readers of zip and XML raise whatever they stumble over in a broken file
        raise damaged() from error
    reader.content.rows.sort(key=lambda row: row[0])
    return reader.content


class _Reader:
    """Collects cells as the walk meets them."""

    def __init__(self, package: Package, most_rows: int, most_columns: int) -> None:
        self._package, self._most_rows, self._most_columns = package, most_rows, most_columns
        self.content = Content()
        self._row, self._column = 0, -1
        self._cells: dict[int, Cell] = {}
        self._given: Attributes = {}
        self._pieces: list[str] | None = None  # of the element whose text is being read
        self._stored: str | None = None
        self._inline: list[str] = []
        self._strikes = Strikes()
        self._formula = self._reading = self._hidden = False
        self._characters = 0

    def start(self, name: str, given: Attributes) -> None:
        """An element begins."""
        self._strikes.start(name, given)
        if name == "c":
            match = _REFERENCE.fullmatch(given.get("r", ""))
            self._column = column_index(match[1]) if match else self._column + 1
            self._given, self._stored, self._formula = given, None, False
            self._inline.clear()
            self._strikes.begin()
        elif name == "v" or (name == "t" and not self._reading):
            self._pieces = []
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._reading = True
        elif name == "row":
            number = given.get("r", "")
            self._row = int(number) if number.isdigit() and len(number) < 10 else self._row + 1
            self._column, self._cells, self._hidden = -1, {}, given.get("hidden") in _TRUE
        elif name == "col" and given.get("hidden") in _TRUE:
            self._hide(given.get("min", ""), given.get("max", ""))
        elif name == "mergeCell":
            self._merge(given.get("ref", ""))

    def text(self, piece: str) -> None:
        """Text of the element that is open."""
        if self._pieces is not None:
            self._pieces.append(piece)
            self._strikes.text(piece)

    def end(self, name: str) -> None:
        """An element ends."""
        self._strikes.end(name)
        if name == "c":
            self._put()
        elif name == "v" and self._pieces is not None:
            self._stored, self._pieces = "".join(self._pieces), None
        elif name == "t" and self._pieces is not None:
            self._inline.append("".join(self._pieces))
            self._pieces = None
        elif name == "rPh":
            self._reading = False
        elif name == "row" and self._cells:
            self._add_row()

    def _put(self) -> None:
        if self._stored is None and not self._inline and not self._formula:
            return
        value = self._value()
        if not blank(value) or (isinstance(value, str) and value.strip()):
            if isinstance(value, str):
                self._characters += len(value)
                if len(value) > LONGEST_TEXT or self._characters > MOST_CHARACTERS:
                    raise TooLargeError(said("It is refused: its cells hold more text than any office has."))
            self._cells[self._column] = value
            if self._struck():
                self.content.struck.add((self._row, self._column))

    def _struck(self) -> bool:
        """Whether what the cell holds is struck through."""
        style, struck = int(self._given.get("s", "0")), self._package.struck
        cell = 0 <= style < len(struck) and struck[style]
        if self._given.get("t") == "s" and self._stored is not None:
            return self._package.rich.get(int(self._stored), (False, True))[cell]
        return self._strikes.through(cell)

    def _value(self) -> Cell:
        kind = self._given.get("t", "n")
        stored = self._stored
        if kind == "e":
            return Broken(
                "cell-value", said("The cell shows the error {value}.", value=(stored or "")[:20]),
                said("Mend the formula, or write the value."),
            )  # fmt: skip
        if kind == "inlineStr":
            return unescaped("".join(self._inline))
        if stored is None or (not stored and kind != "str"):
            if not self._formula:
                return None
            return Broken(
                "cell-formula", said("The formula has no stored value."),
                said("Open and save the workbook in a spreadsheet, or write the value."),
            )  # fmt: skip
        if kind == "s":
            return self._package.texts[int(stored)]
        if kind == "str":
            return unescaped(stored)
        if kind == "b":
            return stored.strip() in _TRUE
        if kind == "d":
            moment = dt.datetime.fromisoformat(stored)
            return moment.date() if moment.time() == dt.time() else moment
        style = int(self._given.get("s", "0"))
        styles = self._package.styles
        return cell_of(
            float(stored), styles[style] if 0 <= style < len(styles) else 0, self._package.codes,
            since_1904=self._package.since_1904,
        )  # fmt: skip

    def _add_row(self) -> None:
        if self._row > LAST_ROW:
            return
        if self._row > self._most_rows:
            raise TooLargeError(said("It is refused: it has more than {rows} rows.", rows=self._most_rows))
        last = max(self._cells)
        if last >= self._most_columns:
            raise TooLargeError(said("It is refused: it has more than {columns} columns.", columns=self._most_columns))
        self.content.rows.append((self._row, [self._cells.get(column) for column in range(last + 1)]))
        if self._hidden:
            self.content.hidden_rows.append(self._row)

    def _hide(self, first: str, last: str) -> None:
        if first.isdigit() and last.isdigit() and len(self.content.hidden_columns) < self._most_columns:
            self.content.hidden_columns.append(range(int(first) - 1, int(last)))

    def _merge(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        if len(corners) == 2 and all(corners) and len(self.content.merged) < self._most_rows:
            (one, other) = (match for match in corners if match)
            self.content.merged.append(
                (int(one[2]), int(other[2]), column_index(one[1]), column_index(other[1]))
            )  # fmt: skip


def column_index(letters: str) -> int:
    """The index from 0 of the column with these letters."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
