"""What reports can hardly mean, what is read of boxes and of words for all, and handbooks of another plan."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.circle import little_handbook, little_plan, little_problem
from support.handbooks import CONTEXT, Change, faults, filled, put

from models.faults import Fault, InvalidInput
from models.handbook.context import Context
from models.handbook.reading import read_handbook
from models.handbook.reports import Report
from models.handbook.writing import write_handbook
from models.reading import read_plan, read_problem


def told(file: Path, context: Context = CONTEXT) -> list[tuple[str, str, str]]:
    """Code, place and cause of every warning, each of which has Thai."""
    doubts: list[Fault] = []
    read_handbook(file, context, doubts)
    assert all(each.in_language("th").cause != each.cause for each in doubts)
    return [(each.code, each.where.removeprefix("handbook.xlsx, "), each.cause) for each in doubts]


def several(*changes: Change) -> Change:
    def change(book: Any) -> None:
        for each in changes:
            each(book)

    return change


def added(sheet: str, **cells: Any) -> Change:
    """A further row of a sheet."""

    def change(book: Any) -> None:
        row = next(number for number in range(2, 1000) if book[sheet].cell(number, 1).value is None)
        for key, value in cells.items():
            put(sheet, row, key, value)(book)

    return change


def test_the_handbook_of_the_tests_has_nothing_doubtful(tmp_path: Path) -> None:
    assert told(filled(tmp_path, lambda book: None)) == []


DOUBTFUL: dict[str, tuple[Change, str, str]] = {
    "held on a Saturday": (
        put("visits", 5, "date", dt.datetime(2012, 8, 11)), "sheet visits, row 5, column date",
        "2012-08-11 is no workday",
    ),
    "held on a holiday": (
        put("visits", 5, "date", "13 ส.ค. 2555"), "sheet visits, row 5, column date", "2012-08-13 is no workday",
    ),
    "to be done before it was agreed": (
        put("steps", 2, "by", "2012-08-05"), "sheet steps, row 2, column by", "agreed on a visit of 2012-08-06",
    ),
    "to be done in another age": (
        put("steps", 2, "by", "2022-08-09"), "sheet steps, row 2, column by", "more than five years after",
    ),
    "a new issue due in another age": (
        put("new_issues", 2, "due", "2022-08-09"), "sheet new_issues, row 2, column due", "more than five years after",
    ),
    "a new issue due years ago": (
        put("new_issues", 2, "due", "2011-08-01"), "sheet new_issues, row 2, column due", "more than a year before",
    ),
    "a finding twice": (
        added("findings", visit="c1-1", kind="strength", topic="x", text="ทำบัญชี ทันเวลา"),
        "sheet findings, row 5, column text", "A row above says the same",
    ),
    "a step twice": (
        added("steps", visit="c1-1", what="ส่งงบทดลอง", who="ผู้จัดการ", by="2012-08-09"),
        "sheet steps, row 3, column what", "A row above says the same",
    ),
    "a new issue twice": (
        added("new_issues", visit="c2-1", topic="x", severity=2, sessions=1, audience="board"),
        "sheet new_issues, row 3, column topic", "A row above says the same",
    ),
    "no sheet of what became of the issues": (
        lambda book: book.remove(book["progress"]), "progress", "the issues of 2 visits is not said",
    ),
    "nothing on the sheet of what became of the issues": (
        lambda book: book["progress"].delete_rows(2, 100), "sheet progress", "the issues of 2 visits is not said",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_what_can_hardly_be_meant_is_doubted(kind: str, tmp_path: Path) -> None:
    change, where, cause = DOUBTFUL[kind]
    ((code, place, text),) = told(filled(tmp_path, change))
    assert (code, place, cause in text) == ("value-doubtful", where, True), text


@pytest.mark.parametrize(
    "change",
    [
        put("steps", 2, "by", "2012-08-06"), put("steps", 2, "by", "2013-08-06"), put("steps", 2, "by", None),
        put("new_issues", 2, "due", "2012-05-31"),  # found when it was late already
        added("steps", visit="c1-1", what="ส่งงบทดลอง", who="ประธาน", by="2012-08-09"),
        added("findings", visit="c2-1", kind="strength", topic="x", text="ทำบัญชีทันเวลา"),
        lambda book: book.remove(book["findings"]),
        lambda book: [book.remove(book[name]) for name in ("steps", "new_issues", "findings")],
    ],
)  # fmt: skip
def test_what_is_ordinary_is_not_doubted(change: Change, tmp_path: Path) -> None:
    assert told(filled(tmp_path, change)) == []


def test_a_handbook_in_which_nothing_was_held_misses_no_issues(tmp_path: Path) -> None:
    write_handbook(tmp_path / "handbook.xlsx", CONTEXT, "en")
    book = openpyxl.load_workbook(tmp_path / "handbook.xlsx")
    book.remove(book["progress"])
    book.save(tmp_path / "handbook.xlsx")
    assert told(tmp_path / "handbook.xlsx") == []


def test_json_is_doubted_as_the_workbook_is(tmp_path: Path) -> None:
    handbook = little_handbook()
    first, *rest = handbook.reports
    steps = tuple(step.model_copy(update={"by": dt.date(2012, 8, 5)}) for step in first.steps)
    saturday: dict[str, Any] = {"date": dt.date(2012, 8, 11), "steps": steps}
    made = handbook.model_copy(update={"reports": (Report.model_validate(first.model_dump() | saturday), *rest)})
    (tmp_path / "handbook.json").write_text(made.to_json(), encoding="utf-8")
    assert [(code, where) for code, where, _ in told(tmp_path / "handbook.json")] == [
        ("value-doubtful", "handbook.json, report of c1-1, date"),
        ("value-doubtful", "handbook.json, report of c1-1, steps[0].by"),
    ]  # fmt: skip


# --- boxes to tick


@pytest.mark.parametrize("box", [True, "TRUE", "true", "จริง"])
def test_a_box_that_is_ticked_says_that_it_was_held(box: object, tmp_path: Path) -> None:
    file = filled(tmp_path, put("visits", 2, "held", box))
    assert read_handbook(file, CONTEXT).by_visit["c1-1"].held
    assert told(file) == []


@pytest.mark.parametrize("box", [False, "FALSE", "เท็จ"])
def test_a_box_that_is_not_ticked_beside_a_reason_says_that_it_was_not_held(box: object, tmp_path: Path) -> None:
    file = filled(tmp_path, put("visits", 4, "held", box))
    assert not read_handbook(file, CONTEXT).by_visit["c1-2"].held
    assert told(file) == []


@pytest.mark.parametrize("box", [False, "FALSE"])
def test_a_box_that_is_not_ticked_in_a_row_without_more_is_no_report_yet_and_told(box: object, tmp_path: Path) -> None:
    file = filled(tmp_path, put("visits", 6, "held", box))
    assert "c2-3" not in read_handbook(file, CONTEXT).by_visit
    assert told(file) == [
        ("value-understood", "sheet visits, row 6, column held", "'FALSE' is read as not reported yet."),
    ]  # fmt: skip


def test_a_box_that_is_not_ticked_beside_what_happened_stays_a_fault(tmp_path: Path) -> None:
    found = faults(filled(tmp_path, put("visits", 2, "held", False)))
    assert ("cell-missing", "sheet visits, row 2, column reason") in found


# --- everybody


@pytest.mark.parametrize("word", ["ทุกคน", "Everyone", "ทั้งหมด"])
def test_everybody_is_the_crew_of_the_plan_and_that_is_told(word: str, tmp_path: Path) -> None:
    file = filled(tmp_path, put("visits", 2, "officers", word))
    assert read_handbook(file, CONTEXT).by_visit["c1-1"].officers == ("a", "b")
    assert told(file) == [
        ("value-understood", "sheet visits, row 2, column officers", f"'{word}' is read as the crew of the plan."),
    ]  # fmt: skip


@pytest.mark.parametrize(("row", "word"), [(2, "ทุกคน; a"), (2, "ทุกด้าน")])
def test_everybody_beside_somebody_is_asked_about(row: int, word: str, tmp_path: Path) -> None:
    found = faults(filled(tmp_path, put("visits", row, "officers", word)))
    assert found == [("id-unknown", f"sheet visits, row {row}, column officers")]


# --- handbooks of another plan


def moved(days: int) -> Context:
    """The little plan, its days so many later."""
    later = dt.timedelta(days=days)
    of = little_problem()

    def shift(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shift(one) for key, one in value.items()}
        if isinstance(value, list):
            return [shift(one) for one in value]
        if isinstance(value, str) and value.startswith("2012-0"):
            return str(dt.date.fromisoformat(value) + later)
        return value

    plan = shift(json.loads(little_plan(of).to_json()))
    return Context(read_plan(plan), read_problem(shift(of.to_dict())), CONTEXT.office)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_handbook_of_another_quarter_is_told_as_that_alone(lang: str, tmp_path: Path) -> None:
    """Days and officers are empty, so that each would be read as this plan has them."""
    file = tmp_path / "handbook.xlsx"
    write_handbook(file, CONTEXT, lang, little_handbook())
    with pytest.raises(InvalidInput) as caught:
        read_handbook(file, moved(91))
    (fault,) = caught.value.faults
    assert (fault.code, "other" in fault.cause, "คู่มือของแผนอื่น" in fault.in_language("th").cause) == (
        "plan-foreign",
        True,
        True,
    )


def test_a_handbook_of_visits_that_the_plan_has_not_is_told_once(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for row in range(2, 7):
            put("visits", row, "visit", f"z{row}-1")(book)

    assert faults(filled(tmp_path, change)) == [("plan-foreign", "sheet visits")]
    data = json.loads(little_handbook().to_json())
    for number, report in enumerate(data["reports"]):
        report["visit"] = f"z{number}-1"
    (tmp_path / "handbook.json").write_text(json.dumps(data), encoding="utf-8")
    assert faults(tmp_path / "handbook.json") == [("plan-foreign", "handbook.json")]


def test_a_handbook_of_another_office_whose_visits_are_called_alike_is_told(tmp_path: Path) -> None:
    assert CONTEXT.office is not None
    rows = tuple(
        row.model_copy(update={"name_th": f"อื่น {row.id}", "name_en": f"Other {row.id}"})
        for row in CONTEXT.office.cooperatives
    )
    other = replace(CONTEXT, office=CONTEXT.office.model_copy(update={"cooperatives": rows}))
    file = filled(tmp_path, lambda book: None)
    assert faults(file, other) == [("plan-foreign", "sheet visits")]
    one = rows[0], CONTEXT.office.cooperatives[1]  # one that is called otherwise by now
    renamed = replace(CONTEXT, office=CONTEXT.office.model_copy(update={"cooperatives": one}))
    assert read_handbook(file, renamed).reports


def test_what_is_left_empty_in_a_handbook_of_an_earlier_edition_is_told(tmp_path: Path) -> None:
    """The plan has c1-1 and c2-1 a day later by now, and with another crew."""
    first, *rest = CONTEXT.plan.tours
    tours = (first.model_copy(update={"date": dt.date(2012, 8, 7), "crew": ("b", "c")}), *rest)
    now = replace(CONTEXT, plan=CONTEXT.plan.model_copy(update={"tours": tours}))
    empty = several(put("visits", 2, "date", None), put("visits", 2, "officers", None), put("visits", 3, "km", None))
    file = filled(tmp_path, empty)
    assert [(code, where) for code, where, _ in told(file)] == []
    assert [(code, where, "sheet shows" in cause) for code, where, cause in told(file, now)] == [
        ("value-doubtful", "sheet visits, row 2, column date", True),
        ("value-doubtful", "sheet visits, row 2, column officers", True),
    ]  # fmt: skip
    assert told(filled(tmp_path, lambda book: None), now) == []  # all is written out
