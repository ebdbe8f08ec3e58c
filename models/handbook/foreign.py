"""Handbooks of another plan than the one that they are given with: told as that, and not row by row.

A workbook shows beside each visit its cooperative, day and crew as the plan had them when it was written. Nothing is
read from these columns; they are held against the plan, since what is left empty means what the plan says.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from models.faults import Fault
from models.handbook.context import Context, Place
from models.intake.columns import FORMS
from models.intake.doubting import doubt
from models.intake.sources import Sources
from models.intake.tables import Row, Table
from models.intake.values import CellError, blank, date
from models.saying import both, place, said
from models.thaitext import key

#: visits of another plan from which on a whole handbook may be one's; as many are named as examples
_SOME: Final = 3
_REMEDY: Final = said("Give the plan that the handbook was written for.")
#: ``สมชาย ใจดี (o01)``, several parted by semicolons
_IN_CREW: Final = re.compile(r"\(([^()]+)\)\s*(?:;|$)")


def foreign_sheet(table: Table, context: Context) -> Fault | None:
    """The fault of a sheet of visits of which most are another plan's, or None."""
    named = ((row.cells.get("visit"), row) for row in table.rows)
    visits = [(id_.strip(), row) for id_, row in named if isinstance(id_, str) and id_.strip()]
    strange = [id_ for id_, _ in visits if id_ not in context.visits]
    if (unknown := foreign_visits(strange, len(visits), table.place)) is not None:
        return unknown
    names = _names(context)
    others = [id_ for id_, row in visits if id_ in context.visits and _is_of_another(row, id_, context, names)]
    if not _most(len(others), len(visits)):
        return None
    cause = both(
        "The sheet shows {count} of the {all} visits with other cooperatives, or on days outside of the plan: "
        "{examples}. It was written for another plan.",
        "แผ่นนี้แสดงการเข้าส่งเสริม {count} จาก {all} ครั้งเป็นของสหกรณ์อื่น หรืออยู่นอกช่วงแผน: {examples} จึงเป็นคู่มือของแผนอื่น",
        count=len(others), all=len(visits), examples=", ".join(others[:_SOME]),
    )  # fmt: skip
    return Fault("plan-foreign", table.place, cause, _REMEDY)


def foreign_visits(strange: Sequence[str], number: int, where: str) -> Fault | None:
    """The fault of a handbook of ``number`` visits of which the plan does not have most, the ``strange`` ones."""
    if not _most(len(strange), number):
        return None
    cause = both(
        "Of {all} visits of this handbook the plan has not {count}, such as {examples}: it was written for another.",
        "แผนไม่มีการเข้าส่งเสริม {count} จาก {all} ครั้งในคู่มือนี้ เช่น {examples} จึงเป็นคู่มือของแผนอื่น",
        count=len(strange), all=number, examples=", ".join(dict.fromkeys(strange[:_SOME])),
    )  # fmt: skip
    return Fault("plan-foreign", where, cause, _REMEDY)


def office_workbook(sources: Sources) -> Fault | None:
    """The fault of an office's workbook that is given as a handbook, or None."""
    places = (fault.place for fault in sources.faults if fault.code == "table-unknown" and not sources.tables)
    sheets = {key(str(place.parts.get("sheet"))) for place in places if place is not None}
    if sum(not sheets.isdisjoint(map(key, form.names)) for form in FORMS if form.required) < _SOME:
        return None
    cause = both("It is the workbook of an office, not a handbook.", "เป็นสมุดงานของสำนักงาน ไม่ใช่คู่มือการทำงาน")
    remedy = said("Begin with the workbook that the command handbook writes.")
    return Fault("file-unreadable", place(file=sources.name), cause, remedy)


def _most(some: int, of: int) -> bool:
    return some >= _SOME and 2 * some > of


def _is_of_another(row: Row, visit: str, context: Context, names: Mapping[str, set[str]]) -> bool:
    """Whether a row shows a visit of the plan with another cooperative, or on a day that is not of its time."""
    was, days = _planned_day(row), context.problem.workdays
    if was is not None and days and not days[0] <= was <= days[-1]:
        return True
    name, known = row.cells.get("cooperative"), names.get(context.visits[visit].cooperative)
    return known is not None and isinstance(name, str) and key(name) not in known


def _names(context: Context) -> dict[str, set[str]]:
    """What a sheet may show for each cooperative, nothing among it; none where no office says how they are called."""
    rows = context.office.cooperatives if context.office else ()
    found = {row.id: {key(row.name_th), key(row.name_en), key(row.id), ""} for row in rows}
    for row in context.problem.cooperatives:
        found.get(row.id, set()).add(key(row.name or ""))
    return found


def outdated(row: Row, now: Place) -> Iterator[Fault]:
    """A warning for each empty cell of a visit held, which means what the plan has ``now``, where the sheet shows
    another day or crew.
    """
    was, crew = _planned_day(row), _planned_crew(row)
    if blank(row.cells.get("date")) and was not in (None, now.date):
        cause = both(
            "The plan has it on another day than this sheet shows: that of the plan is taken, as the cell is empty.",
            "แผนมีการเข้าส่งเสริมนี้คนละวันกับที่แผ่นนี้แสดง ช่องนี้ว่าง จึงใช้วันตามแผน",
        )
        yield doubt(row.where("date"), cause, both("Write the day on which it was held.", "ใส่วันที่เข้าพบจริง"))
    if blank(row.cells.get("officers")) and crew and crew != frozenset(now.crew):
        cause = both(
            "The plan has it with another crew than this sheet shows: that of the plan is taken, as the cell is empty.",
            "แผนมีผู้เข้าพบคนละชุดกับที่แผ่นนี้แสดง ช่องนี้ว่าง จึงใช้ผู้เข้าพบตามแผน",
        )
        yield doubt(row.where("officers"), cause, both("Write who was there.", "ใส่ผู้ที่เข้าพบจริง"))


def _planned_day(row: Row) -> dt.date | None:
    """The day on which a row shows its visit as planned; None where it shows none."""
    shown = row.cells.get("planned")
    try:
        return date(shown.strip().rpartition(" ")[0]) if isinstance(shown, str) else None
    except CellError:
        return None


def _planned_crew(row: Row) -> frozenset[str]:
    """Whom a row shows as the crew of its visit, by their ids; nobody where it shows none."""
    shown = row.cells.get("planned_crew")
    return frozenset(_IN_CREW.findall(shown)) if isinstance(shown, str) else frozenset()
