"""The handbook workbook: written, filled in, read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.builders import cooperative, officer, plan, problem, tour, visit
from support.circle import little_handbook, random_handbook
from support.handbooks import CONTEXT, column, filled, put

from models.faults import InvalidInput
from models.handbook.columns import NOTES, TOLD, forms, note_of
from models.handbook.context import Context
from models.handbook.reading import read_handbook
from models.handbook.records import Records
from models.handbook.reports import ASPECTS, Handbook, Report
from models.handbook.writing import write_handbook


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


def test_an_officer_and_a_cooperative_may_bear_the_same_id(tmp_path: Path) -> None:
    assert CONTEXT.office is not None
    rename = {"a": "c1", "b": "c2", "c": "c"}
    of = problem(
        workdays=CONTEXT.problem.workdays,
        officers=[officer(id_, "xy") for id_ in rename.values()],
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
        visits=[visit("c1-1"), visit("c2-1")],
    )
    people = tuple(row.model_copy(update={"id": rename[row.id]}) for row in CONTEXT.office.officers)
    office = CONTEXT.office.model_copy(update={"officers": people})
    made = plan(of, tour(of, of.workdays[0], ["c1", "c2"], ["c1-1", "c2-1"], id_="t1"))
    write_handbook(tmp_path / "handbook.xlsx", Context(made, of, office), "en")
    sheet = openpyxl.load_workbook(tmp_path / "handbook.xlsx")["visits"]
    rows = list(sheet.iter_rows(min_row=2, max_row=3, max_col=4, values_only=True))
    assert [row[1] for row in rows] == ["Cooperative c1", "Cooperative c2"]
    assert {row[3] for row in rows} == {"Officer a (c1); Officer b (c2)"}


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (("a", "b"), ("Smith, John", "Doe | Joe")), (("a,b", "x|y"), ("นายสมชาย, ป.ตรี", "a,b")),
        (("a", "b"), ("b", "-")), (("a", "b"), ("Smith (b", "Joe; J. (b)")),
        (("a; b", "a"), ("Smith", "Smith")), (("a", "b", "a; b"), ("Smith", "John", "Smith; John")),
    ],
)  # fmt: skip
def test_whoever_held_a_visit_is_read_back_whatever_the_name_or_id_holds(
    ids: tuple[str, ...], names: tuple[str, ...], known: bool, lang: str, tmp_path: Path
) -> None:
    of = problem(workdays=CONTEXT.problem.workdays, officers=[officer(id_, "xy") for id_ in ids],
                 cooperatives=[cooperative("c1", 1)], visits=[visit("c1-1")])  # fmt: skip
    assert CONTEXT.office is not None
    people = tuple(CONTEXT.office.officers[0].model_copy(update={"id": id_, "name_th": name, "name_en": name})
                   for id_, name in zip(ids, names, strict=True))  # fmt: skip
    office = CONTEXT.office.model_copy(update={"officers": people}) if known else None
    made = plan(of, tour(of, of.workdays[0], list(ids[:2]), ["c1-1"], id_="t1"))
    context = Context(made, of, office)
    for crew in (ids[:2], ids[1:2], tuple(reversed(ids))):
        written = Handbook(aspects=context.aspects, reports=(Report(
            visit="c1-1", held=True, date=of.workdays[0], officers=crew, start=600, end=660, board=1),))  # fmt: skip
        write_handbook(tmp_path / "handbook.xlsx", context, lang, written)
        assert read_handbook(tmp_path / "handbook.xlsx", context).reports[0].officers == crew


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
    records = Records.until(CONTEXT, handbook)
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


def test_a_handbook_of_a_plan_without_visits_is_read_as_one_without_reports(tmp_path: Path) -> None:
    idle = problem(visits=[])
    context = Context(plan(idle), idle)
    write_handbook(tmp_path / "handbook.xlsx", context, "th")
    assert read_handbook(tmp_path / "handbook.xlsx", context).reports == ()


def test_what_is_left_empty_is_as_planned(tmp_path: Path) -> None:
    file = filled(tmp_path, put("visits", 2, "date", None))
    assert read_handbook(file, CONTEXT).by_visit["c1-1"].date is not None


#: what is done to a sound handbook, and the faults that must be told
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


def test_officers_are_read_without_their_titles_and_a_first_name_is_asked_about(tmp_path: Path) -> None:
    assert CONTEXT.office is not None
    people = tuple(
        row.model_copy(update={"name_th": f"นาย{first} ใจดี"})
        for row, first in zip(CONTEXT.office.officers, ("สมชาย", "วิชัย"), strict=False)
    )
    context = replace(CONTEXT, office=CONTEXT.office.model_copy(update={"officers": people}))
    file = filled(tmp_path, put("visits", 2, "officers", "สมชาย ใจดี"))
    assert read_handbook(file, context).reports[0].officers == (people[0].id,)
    with pytest.raises(InvalidInput) as caught:
        read_handbook(filled(tmp_path, put("visits", 2, "officers", "สมชาย")), context)
    assert str(caught.value.faults[0].remedy).startswith("Did you mean นายสมชาย ใจดี?")


def test_whom_a_new_issue_is_for_is_read_as_in_the_offices_workbook(tmp_path: Path) -> None:
    handbook = read_handbook(filled(tmp_path, put("new_issues", 2, "audience", "กรรมการ")), CONTEXT)
    assert [new.audience for report in handbook.reports for new in report.new_issues] == ["board"]


@pytest.mark.parametrize("tick", ["/", "✓", "√", "เข้าพบแล้ว", "ใช่ ", "Yes"])
def test_a_tick_says_that_it_was_held(tick: str, tmp_path: Path) -> None:
    ticked = read_handbook(filled(tmp_path, put("visits", 2, "held", tick)), CONTEXT)
    assert ticked.by_visit["c1-1"].held
