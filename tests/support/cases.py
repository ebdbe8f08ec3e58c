"""The inputs in ``tests/cases``: what is right for each, whichever door it comes in by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.office import Office
from models.problem import Problem

FOLDER: Final = Path(__file__).parents[1] / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """An input: the codes of its faults, words that one of them has in both languages, or what is right of it."""

    codes: tuple[str, ...] = ()
    words: tuple[str, str] = ("", "")
    right: Callable[[Problem, Office], bool] = lambda problem, office: True

    @property
    def sound(self) -> bool:
        """Whether it is read without a fault."""
        return not self.codes


def _ready(problem: Problem, office: Office) -> bool:
    return [issue.content_ready for issue in office.issues][1] == dt.date(2012, 8, 15)


def _half_past_eight(problem: Problem, office: Office) -> bool:
    return problem.day.start == 510


def _as_plain(problem: Problem, office: Office) -> bool:
    return (len(problem.officers), len(problem.cooperatives), len(office.issues)) == (3, 3, 2)


CASES: Final[dict[str, Case]] = {
    "date-format-27.xlsx": Case(right=_ready),
    "date-format-77.xlsx": Case(right=_ready),
    "time-format-75.xlsx": Case(right=_half_past_eight),
    "time-a-hair-short.xlsx": Case(right=_half_past_eight),
    "formula-empty-text.xlsx": Case(right=_as_plain),
    "line-break-escape.xlsx": Case(right=lambda _, office: "_x" not in office.issues[0].title_th),
    "merged-beside-table.xlsx": Case(right=_as_plain),
    "very-hidden-sheet.xlsx": Case(right=_as_plain),
    "strict-ooxml.xlsx": Case(("file-unreadable",), ("Strict Open XML", "Strict Open XML")),
    "ids-shown-with-zeros.xlsx": Case(("cell-value",) * 3, ("shown as 0001", "แสดงเป็น 0001")),
    "csv-sep-line": Case(right=_as_plain),
    "matrix-diagonal-dash": Case(right=lambda problem, _: problem.travel.km[0][0] == 0),
    "thai-sara-am": Case(right=_as_plain),
    "thai-weekday-long": Case(right=_as_plain),
    "matrix-row-too-long": Case(("column-unknown",) * 2, ("'13'", "'13'")),
    "semicolon-decimal-comma": Case(("cell-value",) * 24, ("Write 11.345 or 11345.", "พิมพ์ 11.345 หรือ 11345")),
    "json-key-repeated.json": Case(("key-repeated",), ("'cars' 2 times", "'cars' 2 ครั้ง")),
    "topic-nobody-has.json": Case(),
}
WORKBOOKS: Final = sorted(name for name in CASES if name.endswith(".xlsx"))
PROBLEMS: Final = sorted(name for name in CASES if name.endswith(".json"))
