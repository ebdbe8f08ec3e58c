"""Ids that look alike: a row may stand twice, or a row of another table may name the wrong one of two."""

from __future__ import annotations

from collections.abc import Iterator

from models.faults import Fault
from models.intake.doubting import doubt
from models.intake.names import id_of
from models.intake.sources import Sources
from models.intake.tables import Row, Table
from models.intake.values import shown
from models.saying import both
from models.thaitext import digits, key, normal


def alike(sources: Sources) -> Iterator[Fault]:
    """A warning for each id that differs from one above it in nothing but case, spaces, and Thai or Arabic digits.

    And for each cooperative with the name and the district of one above it.
    """
    for table in sources.tables.values():
        before: dict[str, tuple[str, Row]] = {}
        for row in table.rows:
            id_ = id_of(row)
            first, above = before.setdefault(_look(id_), (id_, row))
            if first != id_:
                cause = both(
                    "The id {id} is like {first} of row {row}, and counts as another one.",
                    "รหัส {id} คล้ายกับ {first} ในแถว {row} แต่ถือเป็นคนละรหัส",
                    id=shown(id_), first=shown(first), row=above.where("id").parts.get("row", "-"),
                )  # fmt: skip
                remedy = both(
                    "If the row stands twice, remove one; else give it an id that cannot be mistaken.",
                    "ถ้าเป็นแถวซ้ำให้ลบออก ถ้าไม่ใช่ให้ใช้รหัสที่แยกจากกันได้ชัดเจน",
                )
                yield doubt(row.where("id"), cause, remedy)
    if cooperatives := sources.tables.get("cooperatives"):
        yield from _same_names(cooperatives)


def _same_names(table: Table) -> Iterator[Fault]:
    above: dict[tuple[str, ...], Row] = {}
    for row in table.rows:
        called = tuple(key(str(row.cells.get(column) or "")) for column in ("name_th", "district_th", "subdistrict_th"))
        first = above.setdefault(called, row)
        if first is not row and called[0] and id_of(first) != id_of(row):
            cause = both(
                "Row {row} has the same name and place: the cooperative may stand there twice.",
                "แถว {row} มีชื่อและที่ตั้งเดียวกัน อาจเป็นสหกรณ์เดียวกันที่ใส่ซ้ำ",
                row=first.where("id").parts.get("row", "-"),
            )  # fmt: skip
            yield doubt(
                row.where("name_th"), cause, both("Remove one, if they are one.", "ถ้าเป็นแห่งเดียวกันให้ลบออกหนึ่งแถว")
            )


def _look(id_: str) -> str:
    """An id without what is easily overlooked; a full stop or a hyphen is not: 1.12 and 11.2 are two."""
    return "".join(digits(normal(id_)).casefold().split())
