"""A second table beside the first one of a sheet: headings after an empty column of which none says anything new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from models.faults import Fault
from models.intake.values import Cell, blank, shown
from models.saying import Place, both


def tables_beside(headings: Sequence[Cell], strange: Set[int]) -> Iterator[list[int]]:
    """The indices of the headings of each such table; ``strange``: of those that are unknown, or stand there twice."""
    block: list[int] = []
    apart = False
    for index in range(len(headings) + 1):
        if index < len(headings) and not blank(headings[index]):
            block.append(index)
        elif block:
            if apart and len(block) > 1 and set(block) <= strange:
                yield block
            block, apart = [], True


def table_beside(where: Place, letters: str, first: Cell) -> Fault:
    """The fault of a second table, in columns of these ``letters``, whose ``first`` heading stands at ``where``."""
    cause = both(
        "A second table seems to stand beside this one, in {columns}, from the heading {heading} on.",
        "ดูเหมือนมีตารางที่สองอยู่ข้างตารางนี้ ในคอลัมน์ {columns} ตั้งแต่หัวตาราง {heading}",
        columns=letters, heading=shown(first),
    )  # fmt: skip
    remedy = both(
        "Move it to another sheet, whose name begins with _; or begin each of its headings with _.",
        "ย้ายไปแผ่นงานอื่นที่ชื่อขึ้นต้นด้วย _ หรือขึ้นต้นหัวตารางของตารางนั้นทุกช่องด้วย _",
    )
    return Fault("column-unknown", where, cause, remedy)
