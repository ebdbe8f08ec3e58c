"""The little handbook as a workbook, changed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.faults import InvalidInput
from models.handbook.context import Context
from models.handbook.reading import read_handbook
from models.handbook.writing import write_handbook
from support.circle import little_context, little_handbook

CONTEXT = little_context()
Change = Callable[[Any], None]


def faults(path: Path, context: Context = CONTEXT) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read_handbook(path, context)
    return [(fault.code, fault.where.removeprefix("handbook.xlsx, ")) for fault in caught.value.faults]


def filled(path: Path, change: Change) -> Path:
    """The little handbook as a workbook, changed."""
    file = path / "handbook.xlsx"
    write_handbook(file, CONTEXT, "en", little_handbook())
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    return file


def column(sheet: Any, key: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == key)


def put(sheet: str, row: int, key: str, value: Any) -> Change:
    def change(book: Any) -> None:
        book[sheet].cell(row, column(book[sheet], key)).value = value

    return change
