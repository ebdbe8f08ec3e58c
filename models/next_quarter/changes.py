"""One line of what changes from quarter to quarter: a cell or a row, before, after and why; and overruling lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from models.faults import Fault, InvalidInput
from models.reading import read_text
from models.saying import said

Why = Literal[
    "solved", "needs", "content_used", "graver_worse", "graver_overdue", "graver_both", "found", "lead_now",
    "last_visit", "owed",
    "owed_paid", "ledger_hours", "ledger_stand_ins", "ledger_leads", "ledger_duty", "past", "duty", "horizon",
]  # fmt: skip

#: the file of the changes beside the tables; its name keeps it out of what an office is read from
CHANGES_FILE: Final = "_changes.csv"
HEADINGS: Final = ("key", "table", "row", "column", "before", "after", "why", "detail", "accept")
_NO: Final = ("no", "ไม่", "ไม่ใช่")
_YES: Final = ("", "yes", "ใช่")


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


def changes_csv(changes: Iterable[Change], refused: frozenset[str] = frozenset()) -> str:
    """The changes as CSV: a planner writes ``no`` under accept where a line is not to be."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    for one in changes:
        detail = "; ".join(f"{key} {value}" for key, value in one.fields.items())
        accept = "no" if one.key in refused else "yes"
        writer.writerow([
            one.key, one.table, one.row, one.column or "", one.before or "", one.after or "", one.why, detail, accept
        ])  # fmt: skip
    return out.getvalue()


def read_refused(path: Path, known: Sequence[Change]) -> frozenset[str]:
    """The keys of the lines that a planner refused in a file of changes.

    Raises:
        InvalidInput: with every fault; a key that is none of ``known`` is one, so that no refusal is lost.
    """
    try:
        reader = csv.DictReader(io.StringIO(read_text(path)), strict=True)
        rows, headings = list(reader), set(reader.fieldnames or ())
    except csv.Error as error:
        fault = Fault(
            "file-unreadable", str(path), said("It is not CSV: {error}.", error=str(error)), said("Save it as CSV.")
        )
        raise InvalidInput([fault]) from None
    faults = []
    if not {"key", "accept"} <= headings:
        cause = said("There are no columns key and accept.")
        raise InvalidInput([Fault("column-missing", str(path), cause, said("Begin with {file}.", file=CHANGES_FILE))])
    keys = {one.key for one in known}
    refused = set()
    for number, row in enumerate(rows, start=2):
        accept = (row["accept"] or "").strip().casefold()
        where = f"{path}, row {number}, column"
        if accept not in (*_YES, *_NO):
            fault = Fault(
                "cell-value",
                f"{where} accept",
                said("{value} is neither yes nor no.", value=repr(accept)),
                said("Write yes or no."),
            )
            faults.append(fault)
        elif accept in _NO and row["key"] not in keys:
            cause = said("There is no line {key} among the changes.", key=repr(row["key"]))
            faults.append(
                Fault("id-unknown", f"{where} key", cause, said("Take the keys from a fresh file of changes."))
            )
        elif accept in _NO:
            refused.add(row["key"])
    if faults:
        raise InvalidInput(faults)
    return frozenset(refused)
