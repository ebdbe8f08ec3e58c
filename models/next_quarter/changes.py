"""One line of what changes from quarter to quarter: a cell or a row, before, after and why; and overruling lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from models.faults import Fault, InvalidInput
from models.intake.folder import csv_rows
from models.intake.sources import Sources
from models.intake.values import Cell, blank, text
from models.saying import place, said

Why = Literal[
    "solved", "needs", "content_used", "graver_worse", "graver_overdue", "graver_both", "found", "lead_now",
    "last_visit", "last_visit_ahead", "owed", "owed_left_out", "owed_not_held", "owed_paid",
    "ledger_hours", "ledger_stand_ins", "ledger_leads", "ledger_duty", "past", "duty", "horizon",
]  # fmt: skip

#: the file of the changes beside the tables; its name keeps it out of what an office is read from
CHANGES_FILE: Final = "_changes.csv"
#: what that file is read for, by its headings in both languages: the line's key, and whether it is to be
KEY: Final = ("key", "รหัสบรรทัด")
ACCEPT: Final = ("accept", "รับ")
NO: Final = ("no", "ไม่", "ไม่ใช่", "ไม่รับ", "false", "เท็จ")
YES: Final = ("yes", "ใช่", "รับ", "true", "จริง")


@dataclass(frozen=True, slots=True)
class Change:
    """A cell (``column``) of a row, or the whole row (``column`` None): gone where ``after`` is None, new where
    ``before`` is None. ``cells`` are those of a new row; ``fields`` fill the words of ``why``.
    """

    table: str
    row: str
    column: str | None
    before: str | None
    after: str | None
    why: Why
    fields: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What names this line when it is overruled."""
        return f"{self.table}/{self.row}/{self.column or '*'}"


def read_refused(path: Path, known: Sequence[Change]) -> frozenset[str]:
    """The keys of the lines that a planner refused in a file of changes.

    Raises:
        InvalidInput: with every fault; a key that is none of ``known`` is one, so that no refusal is lost.
    """
    sources = Sources(name=path.name)
    rows = list(csv_rows(path, sources))
    if sources.faults:
        raise InvalidInput([replace(fault, where=str(path)) for fault in sources.faults])
    headings = [str(cell).strip().casefold() for cell in (rows[0][1] if rows else ())]
    at_key, at_accept = (next((at for at, one in enumerate(headings) if one in names), None) for names in (KEY, ACCEPT))
    if at_key is None or at_accept is None:
        cause = said("There are no columns key and accept.")
        raise InvalidInput([Fault("column-missing", str(path), cause, said("Begin with {file}.", file=CHANGES_FILE))])
    keys, refused, faults = {one.key for one in known}, set(), []
    for number, cells in rows[1:]:
        key, accept = _cell(cells, at_key), _cell(cells, at_accept).casefold()
        at = place(file=str(path), row=number)
        if accept and accept not in (*YES, *NO):
            cause = said("{value} is neither yes nor no.", value=repr(accept))
            faults.append(Fault("cell-value", at.at(column=headings[at_accept]), cause, said("Write yes or no.")))
        elif accept in NO and key not in keys:
            cause = said("There is no line {key} among the changes.", key=repr(key))
            remedy = said("Take the keys from a fresh file of changes.")
            faults.append(Fault("id-unknown", at.at(column=headings[at_key]), cause, remedy))
        elif accept in NO:
            refused.add(key)
    if faults:
        raise InvalidInput(faults)
    return frozenset(refused)


def _cell(cells: Sequence[Cell], at: int) -> str:
    return "" if at >= len(cells) or blank(cells[at]) else text(cells[at]).strip()
