"""A copy of a workbook in which each fault is a note in its cell, and a list of all of them on a sheet of its own."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import IllegalCharacterError

from models.faults import Fault, InvalidInput
from models.refusals import refusal_of
from models.saying import place, said

#: the sheet that lists the faults; its name begins with ``_``, so that reading the copy leaves it alone
LIST: Final = {"en": "_faults", "th": "_ข้อผิดพลาด"}
_HEADINGS: Final = {"en": ("where", "what is wrong", "what to do", "code"),
                    "th": ("ที่", "สิ่งที่ผิด", "วิธีแก้", "รหัส")}  # fmt: skip
_AUTHOR: Final = "patithin"
_WIDTH, _HEIGHT = 320, 120


def write_marked(source: Path, faults: Sequence[Fault], to: Path, lang: str) -> int:
    """Write a copy of the workbook ``source`` to ``to``, with ``faults`` as notes in ``lang`` ("th" or "en").

    Gives how many of them have a note; the others, such as that of a sheet that is not there, are in the list alone.

    A note that a cell has already stays above. Pictures and charts are not carried over.

    Raises:
        InvalidInput: ``source`` cannot be copied, or ``to`` cannot be written.
    """
    read = not any(fault.code in ("file-too-large", "file-unreadable") and not _cell_of(fault) for fault in faults)
    if faults and not (read and source.exists()):
        raise InvalidInput(faults)  # nothing of it can be read, so nothing can be marked
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about looks and extensions that are left out
            book = openpyxl.load_workbook(source, keep_vba=source.suffix.lower() == ".xlsm")
            noted = sum(_note(book, fault, lang) for fault in faults)
            _list(book, faults, lang)
            book.save(to)
    except Exception as error:  # the format's writer raises whatever it stumbles over in an odd file
        if not isinstance(error, OSError):
            cause, remedy = said("It cannot be copied: it has parts that only its own program knows."), said(
                "Open it in a spreadsheet, save it as .xlsx, and check that one.")  # fmt: skip
            raise InvalidInput([Fault("file-unreadable", place(file=source.name), cause, remedy)]) from None
        cause = said("It cannot be written: {reason}.", reason=refusal_of(error))
        fault = Fault("file-unwritable", place(file=str(to)), cause, said("Choose another place or name."))
        raise InvalidInput([fault]) from None
    return noted


def _cell_of(fault: Fault) -> tuple[str, str] | None:
    """Sheet and cell of a fault, such as ("issues", "G3"); its row's or its sheet's first where no cell is named."""
    parts = fault.place.parts if fault.place else {}
    if "sheet" not in parts:
        return None
    if "cells" in parts:
        return str(parts["sheet"]), str(parts["cells"]).partition(":")[0]
    return str(parts["sheet"]), f"{parts.get('letter', 'A')}{parts.get('row', 1)}"


def _note(book: Any, fault: Fault, lang: str) -> bool:
    """Write the note of a fault; whether there is a cell for it."""
    at = _cell_of(fault)
    if at is None or at[0] not in book.sheetnames:
        return False
    cell = book[at[0]][at[1]]
    if not hasattr(cell, "comment") or isinstance(cell, openpyxl.cell.cell.MergedCell):
        return False
    told = fault.in_language(lang)
    text = f"{told.cause}\n{told.remedy}"
    before = cell.comment.text.rstrip() + "\n\n" if cell.comment else ""
    cell.comment = Comment(before + text, _AUTHOR, width=_WIDTH, height=_HEIGHT + 15 * before.count("\n"))
    return True


def _list(book: Any, faults: Sequence[Fault], lang: str) -> None:
    for name in LIST.values():
        if name in book.sheetnames:
            del book[name]
    sheet = book.create_sheet(LIST[lang], 0)
    sheet.append(_HEADINGS[lang])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, fault in enumerate(faults, start=2):
        told, at = fault.in_language(lang), _cell_of(fault)
        try:
            sheet.append((str(told.where), str(told.cause), str(told.remedy), told.code))
        except IllegalCharacterError:
            sheet.append((ascii(told.where), ascii(told.cause), str(told.remedy), told.code))
        for cell in sheet[number]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.data_type = "s"  # text, whatever it begins with
        if at is not None and at[0] in book.sheetnames:
            quoted = at[0].replace("'", "''")
            sheet.cell(number, 1).hyperlink = f"#'{quoted}'!{at[1]}"
            sheet.cell(number, 1).style = "Hyperlink"
    for column, width in zip("ABCD", (48, 60, 60, 18), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    book.active = 0
