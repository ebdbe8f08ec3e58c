"""The handbook workbook: written, filled in, read back; and every way it can be wrong, all at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.circle import little_context, little_handbook, random_handbook

from models.faults import InvalidInput
from models.handbook.columns import NOTES, TOLD, forms, note_of
from models.handbook.context import Context
from models.handbook.reading import read_handbook
from models.handbook.records import Records, day_of
from models.handbook.reports import ASPECTS, Handbook
from models.handbook.writing import write_handbook

CONTEXT = little_context()
Change = Callable[[Any], None]


def faults(path: Path, context: Context = CONTEXT) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read_handbook(path, context)
    return [(fault.code, fault.where.removeprefix("handbook.xlsx, ")) for fault in caught.value.faults]


def filled(path: Path, change: Change) -> Path:
    """The little handbook as a workbook, changed."""
    file = path / "handbook.xlsx"
    write_handbook(file, CONTEXT, "en", little_handbook())
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    return file


def column(sheet: Any, key: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == key)


def put(sheet: str, row: int, key: str, value: Any) -> Change:
    def change(book: Any) -> None:
        book[sheet].cell(row, column(book[sheet], key)).value = value

    return change


def test_a_row_is_ready_for_each_visit_in_the_order_of_the_plan(tmp_path: Path) -> None:
    write_handbook(tmp_path / "handbook.xlsx", CONTEXT, "th")
    book = openpyxl.load_workbook(tmp_path / "handbook.xlsx")
    rows = list(book["การเข้าส่งเสริม"].iter_rows(min_row=2, max_col=4, values_only=True))
    assert [row[0] for row in rows] == ["c1-1", "c2-1", "c1-2", "c2-2", "c2-3"]
    assert rows[0] == ("c1-1", "สหกรณ์หนึ่ง", "6 ส.ค. 2555 08:40", "เจ้าหน้าที่ a (a); เจ้าหน้าที่ b (b)")
    assert rows[4][2] is None
    issues = list(book["ผลตามประเด็น"].iter_rows(min_row=2, max_col=5, values_only=True))
    assert issues[0] == ("c1-1", "สหกรณ์หนึ่ง", "i1", "เรื่อง i1", 3)
    rules = book["การเข้าส่งเสริม"].data_validations.dataValidation
    assert any(rule.formula1 == '"ใช่,ไม่ใช่"' for rule in rules)
    assert book["การเข้าส่งเสริม"]["A1"].comment is not None
    assert "สมมติ" in book["คำอธิบาย"]["A1"].value


def test_an_issue_found_earlier_has_a_row_with_the_later_visits(tmp_path: Path) -> None:
    """c2-1 of the 7th found one; c2-2 of the 15th is later, and c2-3 is left out, so that its day may come yet."""
    file = tmp_path / "handbook.xlsx"
    write_handbook(file, CONTEXT, "en", little_handbook())
    book = openpyxl.load_workbook(file)
    sheet = next(sheet for sheet in book if {"outcome", "wanted"} <= {cell.value for cell in sheet[1]})
    rows = {(row[0], row[2]): number for number, row in enumerate(sheet.iter_rows(min_row=2, values_only=True), 2)}
    assert {visit for visit, issue in rows if issue == "c2-1-1208-1"} == {"c2-2", "c2-3"}
    sheet.cell(rows["c2-2", "c2-1-1208-1"], column(sheet, "outcome")).value = "solved"
    sheet.cell(rows["c2-2", "c2-1-1208-1"], column(sheet, "sessions")).value = 1
    book.save(file)
    handbook = read_handbook(file, CONTEXT)
    records = Records(CONTEXT, handbook, day_of(CONTEXT, handbook))
    assert [issue.solved for issue in records.issues if issue.id == "c2-1-1208-1"] == [True]
    assert [issue.id for issue in records.found_before(CONTEXT.visits["c2-3"])] == []


@pytest.mark.parametrize("lang", ["th", "en"])
def test_an_empty_handbook_holds_no_report(lang: str, tmp_path: Path) -> None:
    write_handbook(tmp_path / "handbook.xlsx", CONTEXT, lang)
    assert read_handbook(tmp_path / "handbook.xlsx", CONTEXT) == Handbook(illustrative=True)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_what_is_written_is_read_back(lang: str, tmp_path: Path) -> None:
    write_handbook(tmp_path / "handbook.xlsx", CONTEXT, lang, little_handbook())
    back = read_handbook(tmp_path / "handbook.xlsx", CONTEXT)
    assert sorted(back.reports, key=lambda r: r.visit) == sorted(little_handbook().reports, key=lambda r: r.visit)


def test_one_plan_makes_one_file(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_handbook(tmp_path / name, CONTEXT, "th", little_handbook())
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_json_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "handbook.json").write_text(little_handbook().to_json(), encoding="utf-8")
    assert read_handbook(tmp_path / "handbook.json", CONTEXT) == little_handbook()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=False), lang=st.sampled_from(["th", "en"]))
def test_any_reports_are_read_back(random: Random, lang: str, tmp_path: Path) -> None:
    handbook = random_handbook(CONTEXT, random)
    write_handbook(tmp_path / "handbook.xlsx", CONTEXT, lang, handbook)
    back = read_handbook(tmp_path / "handbook.xlsx", CONTEXT)
    assert {report.visit: report for report in back.reports} == {report.visit: report for report in handbook.reports}


def test_what_is_left_empty_is_as_planned(tmp_path: Path) -> None:
    file = filled(tmp_path, put("visits", 2, "date", None))
    assert read_handbook(file, CONTEXT).by_visit["c1-1"].date is not None


#: what is done to a sound handbook, and the faults that must be told
MALFORMED: dict[str, tuple[Change, list[tuple[str, str]]]] = {
    "no sheet of visits": (
        lambda book: book.remove(book["visits"]),
        [("file-missing", "visits")],
    ),
    "a sheet of something else": (
        lambda book: book.create_sheet("budget"),
        [("table-unknown", "sheet budget")],
    ),
    "headings lost": (
        lambda book: book["steps"].delete_rows(1),
        [("header-missing", "sheet steps, row 1")],
    ),
    "a column of one's own": (
        put("visits", 1, "remarks", "weather"),
        [("column-unknown", "sheet visits, row 1, column U")],
    ),
    "a column twice": (
        put("visits", 1, "remarks", "members"),
        [("column-repeated", "sheet visits, row 1, column U")],
    ),
    "a needed column lost": (
        lambda book: book["progress"].delete_cols(3),
        [("column-missing", "sheet progress")],
    ),
    "cells merged": (
        lambda book: book["visits"].merge_cells("A6:A7"),
        [("cell-merged", "sheet visits, cells A6:A7")],
    ),
    "a formula without value": (
        put("visits", 2, "km", "=1+1"),
        [("cell-formula", "sheet visits, row 2, column km")],
    ),
    "a visit nobody planned": (
        put("visits", 6, "visit", "c9-9"),
        [("id-unknown", "sheet visits, row 6, column visit")],
    ),
    "a visit twice": (
        put("visits", 6, "visit", "c1-1"),
        [("id-repeated", "sheet visits, row 6, column visit")],
    ),
    "reported, but not whether it was held": (
        put("visits", 2, "held", None),
        [("cell-missing", "sheet visits, row 2, column held")],
    ),
    "held is no yes and no no": (
        put("visits", 2, "held", "maybe"),
        [("cell-value", "sheet visits, row 2, column held")],
    ),
    "not held, and nobody knows why": (
        put("visits", 4, "reason", None),
        [("cell-missing", "sheet visits, row 4, column reason")],
    ),
    "held, with a reason why it was not": (
        put("visits", 2, "reason", "weather"),
        [("report-contradiction", "sheet visits, row 2, column reason")],
    ),
    "not held, with people": (
        put("visits", 4, "members", 7),
        [("report-contradiction", "sheet visits, row 4, column members")],
    ),
    "a day that is none": (
        put("visits", 2, "date", "31/06/2555"),
        [("cell-value", "sheet visits, row 2, column date")],
    ),
    "a day of another year": (
        put("visits", 2, "date", "06/08/2556"),
        [("cell-value", "sheet visits, row 2, column date")],
    ),
    "it ends before it begins": (
        put("visits", 2, "end", "08:00"),
        [("time-order", "sheet visits, row 2, column end")],
    ),
    "one time of two": (
        put("visits", 2, "end", None),
        [("cell-missing", "sheet visits, row 2, column end")],
    ),
    "an officer nobody knows": (
        put("visits", 2, "officers", "a; zz"),
        [("id-unknown", "sheet visits, row 2, column officers")],
    ),
    "a level off the scale": (
        put("visits", 2, "condition_debt", 6),
        [("cell-value", "sheet visits, row 2, column condition_debt")],
    ),
    "people below zero": (
        put("visits", 2, "board", -1),
        [("cell-value", "sheet visits, row 2, column board")],
    ),
    "kilometres of one tour twice": (
        lambda book: (put("visits", 3, "date", "2012-08-06")(book)),
        [("report-contradiction", "sheet visits, row 3")],
    ),
    "an issue of another cooperative": (
        put("progress", 2, "issue", "i3"),
        [("id-unknown", "sheet progress, row 2, column issue")],
    ),
    "an issue twice": (
        put("progress", 2, "issue", "i2"),
        [("id-repeated", "sheet progress, row 3, column issue")],
    ),
    "sessions without an outcome": (
        put("progress", 2, "outcome", None),
        [("cell-missing", "sheet progress, row 2, column outcome")],
    ),
    "solved, and more sessions needed": (
        put("progress", 3, "needed", 2),
        [("report-contradiction", "sheet progress, row 3, column needed")],
    ),
    "open, and no more sessions needed": (
        put("progress", 2, "needed", 0),
        [("report-contradiction", "sheet progress, row 2, column needed")],
    ),
    "a new issue of a topic nobody knows": (
        put("new_issues", 2, "topic", "law"),
        [("id-unknown", "sheet new_issues, row 2, column topic")],
    ),
    "a new issue graver than the scale": (
        put("new_issues", 2, "severity", 9),
        [("cell-value", "sheet new_issues, row 2, column severity")],
    ),
    "a new issue with the code of another": (
        put("new_issues", 2, "id", "i1"),
        [("id-repeated", "sheet visits, row 3")],
    ),
    "a finding that is neither": (
        put("findings", 2, "kind", "opportunity"),
        [("cell-value", "sheet findings, row 2, column kind")],
    ),
    "a finding of a visit not reported": (
        put("findings", 2, "visit", "c2-3"),
        [("cell-missing", "sheet visits, row 6, column held")],
    ),
    "no outcome that there is, and nothing more needed": (
        lambda book: [put("progress", 2, key, value)(book) for key, value in (("outcome", "great"), ("needed", 0))],
        [("cell-value", "sheet progress, row 2, column outcome")],
    ),
    "a step too long to read": (
        put("steps", 2, "what", "ก" * 5000),
        [("cell-value", "sheet steps, row 2, column what")],
    ),
    "more people than there are": (
        put("visits", 2, "members", 10_000_000),
        [("cell-value", "sheet visits, row 2, column members")],
    ),
    "kilometres to the moon": (
        put("visits", 2, "km", 384_400),
        [("cell-value", "sheet visits, row 2, column km")],
    ),
    "a row with several things wrong": (
        lambda book: [
            put("new_issues", 2, key, value)(book)
            for key, value in (("topic", "law"), ("severity", 9), ("sessions", 0), ("due", "soon"), ("partner", "bank"))
        ],
        [
            ("cell-value", "sheet new_issues, row 2, column due"),
            ("cell-value", "sheet new_issues, row 2, column severity"),
            ("cell-value", "sheet new_issues, row 2, column sessions"),
            ("id-unknown", "sheet new_issues, row 2, column topic"),
            ("id-unknown", "sheet new_issues, row 2, column partner"),
        ],
    ),
    "a visit nobody planned, and officers nobody knows": (
        lambda book: [
            put("visits", 2, key, value)(book)
            for key, value in (("visit", "c9-9"), ("officers", "zz"), ("board", -1), ("start", "nine"))
        ],
        [
            ("cell-value", "sheet visits, row 2, column start"),
            ("id-unknown", "sheet visits, row 2, column visit"),
            ("cell-value", "sheet visits, row 2, column board"),
            ("id-unknown", "sheet visits, row 2, column officers"),
            ("id-unknown", "sheet progress, row 2, column visit"),
        ],
    ),
    "a step that nobody takes": (
        put("steps", 2, "who", None),
        [("cell-missing", "sheet steps, row 2, column who")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", MALFORMED)
def test_what_is_malformed_is_told_with_its_place(kind: str, tmp_path: Path) -> None:
    change, expected = MALFORMED[kind]
    assert faults(filled(tmp_path, change)) == expected


@pytest.mark.parametrize("kind", MALFORMED)
def test_what_is_malformed_is_told_in_thai(kind: str, tmp_path: Path) -> None:
    """No word of the library that checks values, and no English sentence beside a Thai one."""
    with pytest.raises(InvalidInput) as caught:
        read_handbook(filled(tmp_path, MALFORMED[kind][0]), CONTEXT)
    for fault in (fault.in_language("th") for fault in caught.value.faults):
        for text in (fault.cause, fault.remedy):
            assert any("ก" <= letter <= "๛" for letter in text), text
            assert not re.search(r"\b(Input|should|must|found|be|is|the)\b", text), text


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    alone = ["held is no yes and no no", "not held, and nobody knows why", "an officer nobody knows",
             "a finding that is neither", "a step that nobody takes"]  # fmt: skip
    changes = [MALFORMED[kind][0] for kind in alone if kind != "an officer nobody knows"]
    changes.append(put("visits", 3, "officers", "zz"))

    def all_of(book: Any) -> None:
        for change in changes:
            change(book)

    codes = [code for code, _ in faults(filled(tmp_path, all_of))]
    assert sorted(codes) == ["cell-missing", "cell-missing", "cell-value", "cell-value", "id-unknown"]


@pytest.mark.parametrize(("name", "content"), [("handbook.xlsx", b"no zip"), ("handbook.csv", b"a,b")])
def test_what_is_no_workbook_is_a_fault(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert [code for code, _ in faults(tmp_path / name)] == ["file-unreadable"]


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert [code for code, _ in faults(tmp_path / "handbook.xlsx")] == ["file-missing"]


@pytest.mark.parametrize(
    "change", [{"visit": "zz"}, {"held": False}, {"officers": []}, {"condition": {"debt": 9}}, {"extra": 1}]
)
def test_json_is_looked_at_as_closely(change: dict[str, Any], tmp_path: Path) -> None:
    import json

    data = json.loads(little_handbook().to_json())
    data["reports"][0] |= change
    (tmp_path / "handbook.json").write_text(json.dumps(data), encoding="utf-8")
    assert faults(tmp_path / "handbook.json")


def test_every_column_has_a_note_in_both_languages() -> None:
    for form in forms(ASPECTS):
        for each in form.columns:
            assert all(note_of(form.name, each.key))
    known = {f"{form.name}.{each.key}" for form in forms(ASPECTS) for each in form.columns}
    assert {key for key in NOTES if not key.endswith(".condition")} <= known
    assert {f"{name}.{key}" for name, keys in TOLD.items() for key in keys} <= known


def test_the_workbook_names_people_and_topics_and_offers_the_names(tmp_path: Path) -> None:
    write_handbook(tmp_path / "handbook.xlsx", CONTEXT, "th", little_handbook())
    book = openpyxl.load_workbook(tmp_path / "handbook.xlsx")
    assert CONTEXT.office is not None
    topics = {topic.name_th for topic in CONTEXT.office.topics}
    for sheet in ("ประเด็นใหม่", "จุดเด่นจุดอ่อน"):
        at = column(book[sheet], "ด้าน")
        told = {row[at - 1] for row in book[sheet].iter_rows(min_row=2, values_only=True)} - {None}
        assert told and told <= topics
        rule = next(one for one in book[sheet].data_validations.dataValidation if "$A$" in one.formula1)
        cells = book["คำอธิบาย"][rule.formula1.rpartition("!")[2].replace("$", "")]
        assert {cell.value for (cell,) in cells} == topics
    visits = book["การเข้าส่งเสริม"]
    people = {row[column(visits, "ผู้เข้าพบ") - 1] for row in visits.iter_rows(min_row=2, values_only=True)} - {None}
    assert "เจ้าหน้าที่ a; เจ้าหน้าที่ b" in people
    assert read_handbook(tmp_path / "handbook.xlsx", CONTEXT).reports == little_handbook().reports


@pytest.mark.parametrize(
    ("written", "read"),
    [("เจ้าหน้าที่ a", ("a",)), ("a; เจ้าหน้าที่ b (b)", ("a", "b")), (" b ;เจ้าหน้าที่  a", ("b", "a")), ("Officer a", ("a",))],
)
def test_officers_are_read_by_name_and_by_id(written: str, read: tuple[str, ...], tmp_path: Path) -> None:
    handbook = read_handbook(filled(tmp_path, put("visits", 2, "officers", written)), CONTEXT)
    assert handbook.reports[0].officers == read


def test_a_name_that_two_bear_is_asked_for_as_an_id(tmp_path: Path) -> None:
    assert CONTEXT.office is not None
    first, second, *rest = CONTEXT.office.officers
    twins = first, second.model_copy(update={"name_th": first.name_th, "name_en": first.name_en})
    office = CONTEXT.office.model_copy(update={"officers": (*twins, *rest)})
    context = Context(CONTEXT.plan, CONTEXT.problem, office)
    write_handbook(tmp_path / "handbook.xlsx", context, "th", little_handbook())  # by ids, which are read back
    assert read_handbook(tmp_path / "handbook.xlsx", context).reports == little_handbook().reports
    file = filled(tmp_path, put("visits", 2, "officers", first.name_th))
    assert ("id-unknown", "sheet visits, row 2, column officers") in faults(file, context)
