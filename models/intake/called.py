"""Names that are longer than any, and names on several lines: two may stand in one cell, or a text that was pasted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from models.faults import Fault
from models.intake.doubting import doubt
from models.intake.sources import Sources
from models.saying import Place, both

#: characters of a name, and of what an issue is about, beyond which it is doubted
LONGEST_NAME: Final = 200
LONGEST_TITLE: Final = 500
_NAMES: Final = (
    "id", "name_th", "name_en", "district_th", "district_en", "subdistrict_th", "subdistrict_en", "province_th",
    "plate", "driver", "position_th", "position_en",
)  # fmt: skip
_LONGEST: Final = dict.fromkeys(_NAMES, LONGEST_NAME) | dict.fromkeys(("title_th", "title_en"), LONGEST_TITLE)


def called(sources: Sources) -> Iterator[Fault]:
    """A warning for each name that is too long to be one, or was written on several lines."""
    for where, name, longest in _written(sources):
        text = " ".join(name.split())
        if len(text) > longest:
            cause = both("It has {length} characters.", "ยาว {length} อักขระ", length=f"{len(text):,}")
            yield doubt(where, cause, both("Check that it is the name alone.", "ตรวจว่าเป็นชื่อเท่านั้น"))
        elif longest == LONGEST_NAME and len(name.strip().splitlines()) > 1:
            cause = both("It stands on several lines, and is read as one name.", "เขียนไว้หลายบรรทัด อ่านเป็นชื่อเดียว")
            remedy = both("Leave it where that is meant; write each name into a row of its own.",
                          "ถ้าเป็นชื่อเดียวไม่ต้องแก้ ถ้าเป็นหลายชื่อให้แยกแถว")  # fmt: skip
            yield Fault("value-understood", where, cause, remedy)


def _written(sources: Sources) -> Iterator[tuple[Place, str, int]]:
    """Each name and each title as it is written, where it stands, and how long it may be."""
    office = (sources.settings or {}).get("office")
    for key, name in office.items() if isinstance(office, dict) else ():
        if key in ("name_th", "name_en") and isinstance(name, str):
            yield sources.where_setting(f"office.{key}"), name, LONGEST_NAME
    for table in sources.tables.values():
        for row in table.rows:
            for column, longest in _LONGEST.items():
                cell = row.cells.get(column)
                if isinstance(cell, str):
                    yield row.where(column), cell, longest
