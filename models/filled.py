"""The workbook of an office, filled: the empty one with settings and rows written into it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

from models.intake.columns import MATRICES, Form
from models.intake.sources import Sources
from models.intake.values import Cell, blank, integer, number
from models.intake.writing import written
from models.template import Writer, close, open_book

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,10})?")


def write_filled(path: Path, sources: Sources, lang: str) -> None:
    """Write an office as a workbook with headings and notes in ``lang`` ("th" or "en"); a map does not go into one.

    Raises:
        ValueError: ``lang`` is neither.
        InvalidInput: the file cannot be written.
    """
    writer = _Filled(open_book(path, lang), lang, sources)
    writer.guide()
    writer.settings()
    writer.tables()
    writer.matrices()
    close(writer.book, path)


class _Filled(Writer):
    """Writes the sheets of the empty workbook with what an office has in them."""

    def __init__(self, book: Any, lang: str, sources: Sources) -> None:
        super().__init__(book, lang)
        self.sources = sources

    def start_of(self, key: str, default: object) -> object:
        """The office's own setting; open where it is not given."""
        section, _, name = key.partition(".")
        value = (self.sources.settings or {}).get(section, {}).get(name)
        return written(value) if isinstance(value, list | dt.date | dt.time) else value

    def table(self, form: Form) -> Any:
        """A table with its rows."""
        sheet = super().table(form)
        known = self.sources.tables.get(form.name)
        for at, row in enumerate(known.rows if known else (), start=1):
            for place, column in enumerate(form.columns):
                cell = row.cells.get(column.key)
                if self.thai and isinstance(cell, str):
                    cell = column.choices.get(cell, cell)
                self._write(sheet, at, place, cell, numeric=column.parse in (number, integer))
        return sheet

    def matrices(self) -> None:
        """The office's own travel tables."""
        for key, rows in self.sources.matrices.items():
            sheet = self.book.add_worksheet(self.name(key, MATRICES[key]))
            for at, (_, cells) in enumerate(rows.rows):
                for place, cell in enumerate(cells):
                    self._write(sheet, at, place, cell, numeric=at > 0 and place > 0)

    def _write(self, sheet: Any, row: int, column: int, cell: Cell, *, numeric: bool) -> None:
        """A cell as text, a date, or where the column has numbers as a number, so that ids keep their zeros."""
        if blank(cell):
            return
        text = written(cell)
        if numeric and _NUMBER.fullmatch(text):
            sheet.write_number(row, column, float(text), self.plain)
        elif _DAY.fullmatch(text):
            sheet.write_datetime(row, column, dt.datetime.fromisoformat(text), self.date)
        else:
            sheet.write_string(row, column, text, self.text)
