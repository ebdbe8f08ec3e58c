"""A small office's workbook without faults, and ways to spoil a copy of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from models.template import write_template
from support.tables import folder, workbook_of

Change = Callable[[Any], None]


def sound_workbook(to: Path) -> Path:
    """Write the workbook into the folder ``to``."""
    write_template(to / "empty.xlsx", "en")
    workbook_of(folder(to / "office"), to / "empty.xlsx").save(to / "office.xlsx")
    return to / "office.xlsx"


def changed(sound: Path, to: Path, change: Change) -> Path:
    book = openpyxl.load_workbook(sound)
    change(book)
    book.save(to / "office.xlsx")
    return to / "office.xlsx"


def put(sheet: str, cell: str, value: Any) -> Change:
    def change(book: Any) -> None:
        book[sheet][cell].value = value

    return change


def merge(sheet: str, cells: str) -> Change:
    return lambda book: book[sheet].merge_cells(cells)


def clear(sheet: str) -> Change:
    return lambda book: book[sheet].delete_rows(1, 100)


def rename(sheet: str, to: str) -> Change:
    def change(book: Any) -> None:
        book[sheet].title = to

    return change


def remove(sheet: str) -> Change:
    return lambda book: book.remove(book[sheet])


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def edited(sound: Path, to: Path, old: bytes, new: bytes, sheet: str = "issues") -> Path:
    """The workbook with ``old`` made ``new`` in the XML of one sheet."""
    with zipfile.ZipFile(sound) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    number = openpyxl.load_workbook(sound).sheetnames.index(sheet) + 1
    name = f"xl/worksheets/sheet{number}.xml"
    assert parts[name].count(old) == 1
    parts[name] = parts[name].replace(old, new)
    return packed(to / "office.xlsx", parts)
