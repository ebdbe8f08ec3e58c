"""A workbook's look: formats, headings, print set-up. Text goes in as text, never as a formula."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final, Literal

import xlsxwriter

from api.exports.calendar import Calendar

#: Excel's limit is 32,767 characters in a cell
LONGEST: Final = 32_000
#: Excel's limit for a sheet's header with its codes, and what the name of the office takes of its width at most
MOST_OF_HEADER, MOST_OF_NAME = 255, 120
#: decimals that a number keeps at most
DIGITS = 6
#: rows above a sheet's column heads: title and remarks
HEAD_ROWS: Final = 3
#: points; Excel's own limit is 409
_HIGHEST: Final = 400.0

#: font, its size in points, and what one of its characters takes of a column's width (which counts Calibri 11), with
#: room for the wider font that stands in where this one is missing
_FONTS: Final = {"th": ("TH Sarabun New", 14, 1.08), "en": ("Calibri", 11, 1.0)}
#: Excel shows Buddhist years and Thai month names by this locale, whatever the computer's own is
_DATES: Final = {"th": "[$-107041E]ddd d mmm yyyy", "en": "[$-409]ddd d mmm yyyy"}
_INK, _ACCENT, _HEAD, _LINE, _WARN = "#1f2933", "#0b5c56", "#dcebe9", "#c4ccd4", "#9a3412"

Kind = Literal["text", "date", "time", "whole", "number", "money", "mark"]


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a table: its heading, its width in characters, and what its cells hold."""

    head: str
    width: float
    kind: Kind = "text"


class Paper:
    """One workbook being written for one calendar."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self._buffer,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        words = calendar.words
        #: a fixed time of making, so that one plan makes one file, byte for byte
        first = calendar.horizon[0] if calendar.horizon else dt.date(1970, 1, 1)
        self.book.set_properties(
            {"title": words("title"), "subject": calendar.title, "created": dt.datetime.combine(first, dt.time())}
        )
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        _, size, self._breadth = _FONTS[words.lang]
        self._line = size * (1.7 if words.lang == "th" else 1.4)

    def format(self, **look: Any) -> Any:
        """The cell format of these xlsxwriter properties on top of the usual font; each is made once."""
        font, size, _ = _FONTS[self.calendar.words.lang]
        full = {"font_name": font, "font_size": size, "font_color": _INK, "valign": "top"} | look
        key = tuple(sorted(full.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(full)
        return self._formats[key]

    def cell(self, kind: Kind, **look: Any) -> Any:
        """The format of a table cell of this kind, bordered."""
        kinds: dict[Kind, dict[str, Any]] = {
            "text": {"text_wrap": True, "align": "left", "indent": 1},
            "date": {"num_format": _DATES[self.calendar.words.lang], "align": "left"},
            "time": {"num_format": "hh:mm", "align": "center"},
            "whole": {"num_format": "#,##0", "align": "right"},
            "number": {"num_format": "#,##0.0", "align": "right"},
            "money": {"num_format": "#,##0.00", "align": "right"},
            "mark": {"align": "center", "font_color": _WARN, "bold": True, "text_wrap": True},
        }
        return self.format(**({"border": 1, "border_color": _LINE} | kinds[kind] | look))

    def sheet(self, key: str, columns: Sequence[Head], *, landscape: bool = True, pages_wide: int = 1) -> Any:
        """A new sheet with title, remarks, widths and A4 print set-up; column heads and first column stay in sight."""
        words, calendar = self.calendar.words, self.calendar
        sheet = self.book.add_worksheet(words.head(key)[:31])
        self.section(sheet, 0, f"{words.head(key)} · {calendar.title}")
        for row, text in enumerate(self.remarks(), 1):
            sheet.set_row(row, self._line)
            self.write(
                sheet, row, 0, text, self.format(font_color=_WARN if calendar.illustrative else _INK, bold=row > 1)
            )
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
        sheet.set_paper(9)
        sheet.set_landscape() if landscape else sheet.set_portrait()
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(pages_wide, 0)
        sheet.repeat_columns(0)
        sheet.hide_gridlines(2)
        beside = f"&C{words('illustrative') if calendar.illustrative else ''}&R{words.head(key)}"
        sheet.set_header(f"&L{_in_header(calendar.title, MOST_OF_HEADER - len(beside) - 2)}{beside}")
        sheet.set_footer("&C&P / &N")
        self.heads(sheet, HEAD_ROWS, columns)
        sheet.repeat_rows(HEAD_ROWS)
        sheet.freeze_panes(HEAD_ROWS + 1, 1)
        return sheet

    def remarks(self) -> list[str]:
        """The period with what is estimated, and what is made up: the lines under each sheet's title."""
        calendar, words = self.calendar, self.calendar.words
        period = words.span(*calendar.horizon) if calendar.horizon else ""
        estimated = words("estimated_long") if calendar.estimated else ""
        first = " · ".join(part for part in (period, estimated) if part)
        return [first, words("illustrative_long")] if calendar.illustrative else [first]

    def heads(self, sheet: Any, row: int, columns: Sequence[Head]) -> None:
        """Column heads in ``row``."""
        look = self.format(
            bold=True, bg_color=_HEAD, border=1, border_color=_LINE, text_wrap=True, valign="vcenter", align="center"
        )
        self._fit(sheet, row, columns, [column.head for column in columns])
        for index, column in enumerate(columns):
            self.write(sheet, row, index, column.head, look)

    def row(self, sheet: Any, row: int, columns: Sequence[Head], values: Sequence[object], **look: Any) -> None:
        """One table row; None leaves a cell empty. Times are minutes since midnight."""
        self._fit(sheet, row, columns, values)
        for index, (column, value) in enumerate(zip(columns, values, strict=True)):
            cell = self.cell(column.kind, **look)
            if value is None or value == "":
                sheet.write_blank(row, index, None, cell)
            elif isinstance(value, dt.date):
                sheet.write_datetime(row, index, dt.datetime.combine(value, dt.time()), cell)
            elif isinstance(value, str):
                self.write(sheet, row, index, value, cell)
            elif isinstance(value, int | float):
                if column.kind == "time":
                    # whole minutes, as every output shows them: a spreadsheet would cut the seconds off.
                    # benchmark days may run over midnight, where the plain format would start again from zero
                    minutes = round(value)
                    long = self.cell("time", num_format="[hh]:mm", **look)
                    sheet.write_number(row, index, minutes / 1440, long if minutes >= 1440 else cell)
                else:
                    # a binary fraction shows its dust where the cell is clicked, or read by another program
                    sheet.write_number(row, index, round(value, DIGITS), cell)
            else:
                raise TypeError(f"a cell holds no {type(value).__name__}")

    def write(self, sheet: Any, row: int, column: int, text: str, look: Any) -> None:
        """Text as text, cut where Excel would refuse it."""
        sheet.write_string(row, column, text[:LONGEST], look)

    def section(self, sheet: Any, row: int, text: str) -> None:
        """A heading within a sheet."""
        sheet.set_row(row, self._line * 1.4)
        _, size, _ = _FONTS[self.calendar.words.lang]
        self.write(sheet, row, 0, text, self.format(bold=True, font_size=size + 4, font_color=_ACCENT))

    def chart_font(self) -> dict[str, Any]:
        """The font of charts."""
        font, size, _ = _FONTS[self.calendar.words.lang]
        return {"name": font, "size": size - 2, "color": _INK}

    def content(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self._buffer.getvalue()

    def _fit(self, sheet: Any, row: int, columns: Sequence[Head], values: Sequence[object]) -> None:
        """Make the row as high as its wrapped text; spreadsheet programs do not agree on doing it themselves."""
        lines = max(
            sum(max(1, ceil(_breadth(part) * self._breadth / (column.width - 2.5))) for part in value.split("\n"))
            if isinstance(value, str)
            else 1
            for column, value in zip(columns, values, strict=True)
        )
        sheet.set_row(row, min(lines * self._line, _HIGHEST))


def _in_header(text: str, room: int) -> str:
    """The beginning of ``text`` that a header has ``room`` for, as Excel counts: in UTF-16, an ampersand twice."""
    parts = [character.replace("&", "&&") for character in text[:MOST_OF_NAME]]
    while sum(len(part.encode("utf-16-le")) // 2 for part in parts) > room:
        parts.pop()
    return "".join(parts)


def _breadth(text: str) -> int:
    """Characters that take room: Thai vowels and tone marks above and below the line do not."""
    return sum(unicodedata.category(character) != "Mn" for character in text)
