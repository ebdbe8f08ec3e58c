"""Rows of a table that are none of its own: remarks, signatures, sums, and the headings once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from models.intake.values import Cell, blank
from models.thaitext import key as plain

#: what stands first in a row of sums
SUM: Final = re.compile(
    r"(?:ยอด)?รวม(?:ทั้งสิ้น|ทั้งหมด)?[\s:]*[\d,.]*\s*(?:แห่ง|คน|ราย|รายการ|คัน)?|(?:grand )?(?:total|sum)[\s:]*[\d,.]*", re.I
)

#: headings of columns that say nothing: the number of the row
ORDINAL: Final = frozenset(map(plain, ("ลำดับ", "ลำดับที่", "ที่", "No", "Nr", "#")))
#: what a remark below a table begins with
_REMARK: Final = re.compile(r"(?:หมายเหตุ|ที่มา|note|remark|source)s?\s*[:：]|\*|หมายเหตุ\s|ข้อมูล\s*ณ\s", re.I)
#: where the signatures below a table begin, and what stands under each: a name in brackets, a position, a day
_SIGNATURE: Final = re.compile(
    r"\(?\s*(?:ลงชื่อ|ลงนาม|ผู้(?:จัดทำ|รวบรวม|ตรวจสอบ|รับรอง|อนุมัติ|ให้ข้อมูล)|signed\b|signature\b)", re.I
)
_SIGNER: Final = re.compile(r"\(.*\)$|ตำแหน่ง|วันที่|นักวิชาการ|เจ้าพนักงาน|ผู้อำนวยการ|หัวหน้า|สหกรณ์จังหวัด|position\b|date\b", re.I)


def says_nothing(cells: Sequence[Cell], headings: Sequence[Cell]) -> bool:
    """Whether a row is numbered only, a single remark below the table, or the headings once more."""
    filled = [(index, cell) for index, cell in enumerate(cells) if not blank(cell)]
    if len(filled) > 1 and all(_same(cell, headings[index : index + 1]) for index, cell in filled):
        return True
    numbers = {index for index, cell in enumerate(headings) if not blank(cell) and plain(str(cell)) in ORDINAL}
    told = [cell for index, cell in filled if index not in numbers]
    return not told or (len(told) == 1 and _REMARK.match(str(told[0]).strip()) is not None)


def signs(cells: Sequence[Cell], signed: bool) -> bool:
    """Whether a row is of the signatures below a table; ``signed``: the row above is, too."""
    told = [str(cell).strip() for cell in cells if not blank(cell)]
    return bool(told) and (
        all(_SIGNATURE.match(one) for one in told)
        or (signed and all(_SIGNATURE.match(one) or _SIGNER.match(one) for one in told))
    )


def sums(cells: Sequence[Cell], headings: Sequence[Cell]) -> bool:
    """Whether a row says that it sums up the others, where others have their number."""
    first = next((index for index, cell in enumerate(cells) if not blank(cell)), len(headings))
    numbered = first < len(headings) and not blank(headings[first]) and plain(str(headings[first])) in ORDINAL
    return numbered and SUM.fullmatch(str(cells[first]).strip()) is not None


def _same(cell: Cell, heading: Sequence[Cell]) -> bool:
    return bool(heading) and not blank(heading[0]) and plain(str(cell)) == plain(str(heading[0]))
