"""The circle by command: a handbook to fill in, what it comes to, and the next quarter's tables."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from pathlib import Path
from random import Random

import openpyxl
import pytest
from support.circle import little_context, little_handbook
from support.publishing import little_plan
from support.tables import folder, tables, workbook_of

from api.documents import write_office
from models.handbook.writing import write_handbook
from models.intake import read_office
from models.intake.folder import read_folder
from models.template import write_template

from .conftest import Run


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """The little plan with its problem and office beside it, and its reports as a workbook."""
    context = little_context()
    (tmp_path / "problem.json").write_text(context.problem.to_json(), encoding="utf-8")
    (tmp_path / "plan.json").write_text(context.plan.to_json(), encoding="utf-8")
    assert context.office is not None
    write_office(tmp_path / "office.json", context.office)
    write_handbook(tmp_path / "filled.xlsx", context, "en", little_handbook())
    return tmp_path / "plan.json"


def test_a_handbook_to_fill_in(run: Run, plan_file: Path, tmp_path: Path) -> None:
    said = run("handbook", plan_file, "-o", "handbook.xlsx")
    assert (said.code, said.out.strip()) == (0, "handbook.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "handbook.xlsx")["visits"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["c1-1", "c2-1", "c1-2", "c2-2", "c2-3"]


def test_made_up_reports_are_marked_and_always_the_same(run: Run, plan_file: Path, tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        assert run("handbook", plan_file, "--simulate", 7, "-o", name).code == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    data = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    assert data["illustrative"] is True
    assert len(data["reports"]) == 4


@pytest.mark.parametrize(("option", "there", "missing"), [
    ("--cooperative=c1", "Cooperative c1 (c1)", "Officer a (a)"),
    ("--officer=a", "Officer a (a)", "Cooperative c2 (c2)"),
    ("--cooperative=สหกรณ์หนึ่ง", "Cooperative c1 (c1)", "Officer a (a)"),
    ("--officer=officer A", "Officer a (a)", "Cooperative c2 (c2)"),
])  # fmt: skip
def test_sheets_to_print(run: Run, plan_file: Path, tmp_path: Path, option: str, there: str, missing: str) -> None:
    said = run("handbook", plan_file, "--reports", "filled.xlsx", "-o", "sheets.html", option)
    assert said.code == 0, said.err
    text = (tmp_path / "sheets.html").read_text(encoding="utf-8")
    assert there in text
    assert missing not in text
    assert "Illustrative data" in text


def test_evaluate_writes_page_workbook_and_figures(run: Run, plan_file: Path, tmp_path: Path) -> None:
    said = run("evaluate", plan_file, "filled.xlsx", "-o", "evaluation", "--lang", "th")
    assert said.code == 0, said.err
    figures = json.loads((tmp_path / "evaluation" / "evaluation.json").read_text(encoding="utf-8"))
    assert (figures["keeping"]["on_day"], figures["keeping"]["within_week"], figures["sessions_held"]) == (1, 2, 3)
    page = (tmp_path / "evaluation" / "evaluation.html").read_text(encoding="utf-8")
    assert "ข้อมูลตัวอย่าง" in page
    assert "<svg" in page
    assert "ส.ค. 2555" in page[page.index('id="condition"') :], "months are named in the language of the page"
    assert "/2012<" not in page
    assert "3 / 4" in page  # held of due
    book = openpyxl.load_workbook(tmp_path / "evaluation" / "evaluation.xlsx")
    assert len(book.sheetnames) == 9
    turned = run("evaluate", "filled.xlsx", plan_file, "-o", "turned", "--lang", "th")  # the workbook is the handbook
    assert turned.code == 0, turned.err
    again = run("evaluate", plan_file, "filled.xlsx", "-o", "second", "--before", "evaluation/evaluation.json")
    assert again.code == 0, again.err
    assert "Quarter before" in (tmp_path / "second" / "evaluation.html").read_text(encoding="utf-8")


def test_the_plan_that_stands_need_not_be_named(run: Run, plan_file: Path, tmp_path: Path) -> None:
    assert run("evaluate", "filled.xlsx", "-o", "none").code == 2  # none stands here yet
    (tmp_path / ".patithin.json").write_text('{"standing": "."}', encoding="utf-8")
    assert run("evaluate", "filled.xlsx", "-o", "found").code == 0
    assert run("evaluate", plan_file, "filled.xlsx", "-o", "named").code == 0
    for name in ("evaluation.json", "evaluation.html"):
        assert (tmp_path / "found" / name).read_bytes() == (tmp_path / "named" / name).read_bytes()
    assert run("handbook", "-o", "handbook.xlsx").code == 0
    assert "[command-usage]" in run("evaluate").err


def test_against_the_plan_first_published(run: Run, plan_file: Path, tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    first = json.loads(plan_file.read_text(encoding="utf-8"))
    first["tours"][2]["date"] = "2012-08-08"
    (tmp_path / "first" / "plan.json").write_text(json.dumps(first), encoding="utf-8")
    (tmp_path / "first" / "problem.json").write_bytes((tmp_path / "problem.json").read_bytes())
    assert run("evaluate", plan_file, "filled.xlsx", "--first", "first/plan.json").code == 0
    figures = json.loads((tmp_path / "evaluation" / "evaluation.json").read_text(encoding="utf-8"))
    assert (figures["moves"]["editions"], figures["moves"]["moved"], figures["moves"]["from_first"]) == (1, 1, 1)


@pytest.mark.parametrize(("edition", "doubts"), [(1, 0), (2, 1)])
def test_against_the_plan_that_stood_before(
    run: Run, plan_file: Path, tmp_path: Path, edition: int, doubts: int
) -> None:
    """A folder that accept wrote has what stood before it; of a third edition the first is not known, and told so."""
    first = json.loads(plan_file.read_text(encoding="utf-8"))
    first["tours"][2]["date"] = "2012-08-08"
    (tmp_path / "before.json").write_text(json.dumps(first), encoding="utf-8")
    (tmp_path / "edition.json").write_text(json.dumps({"edition": edition, "changed": {}}), encoding="utf-8")
    said = run("evaluate", plan_file, "filled.xlsx", "--lang", "th")
    assert said.code == 0, said.err
    assert said.err.count("แผนนี้เป็นฉบับที่ 3 นับเฉพาะที่เลื่อนจากฉบับที่ 2") == doubts
    figures = json.loads((tmp_path / "evaluation" / "evaluation.json").read_text(encoding="utf-8"))
    assert (figures["moves"]["editions"], figures["moves"]["moved"], figures["moves"]["from_first"]) == (1, 1, 1)


def test_the_next_quarter(run: Run, tmp_path: Path) -> None:
    made = tables()
    office = folder(tmp_path / "office", made)
    book = read_office(office)
    plan = little_plan(book.problem, Random(3))
    (tmp_path / "problem.json").write_text(book.problem.to_json(), encoding="utf-8")
    (tmp_path / "plan.json").write_text(plan.to_json(), encoding="utf-8")
    write_office(tmp_path / "office.json", book.office)
    assert run("handbook", "plan.json", "--simulate", 1, "-o", "handbook.xlsx").code == 0
    arguments = ("next", "office", "plan.json", "handbook.xlsx", "--first", "1 พ.ย. 2555", "--last", "2013-01-31")
    said = run(*arguments)
    assert said.code == 0, said.err
    assert "lines changed" in said.out
    assert "workdays already" not in said.err
    twice = run(*arguments[:5], "2012-10-30", *arguments[6:], "-o", "twice")
    assert twice.code == 0
    assert "has 2 of its workdays already, 2012-10-30 to 2012-10-31" in twice.err
    assert "Begin on 2012-11-01" in twice.err
    again = read_office(tmp_path / "next")
    assert str(again.problem.workdays[0]) == "2012-11-01"
    page = (tmp_path / "next" / "next.html").read_text(encoding="utf-8")
    assert "days of the plan" in page and "office/horizon" not in page
    rows = list(csv.DictReader((tmp_path / "next" / "_changes.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["line"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    ledger = next(row for row in rows if row["key"] == "ledger/o1/hours")
    assert f'>{ledger["line"]}</td><th scope="row">{ledger["row"]}' in page
    mine = f"sep=;\naccept;key\nyes;{rows[0]['key']}\nNo;ledger/o1/hours\n"
    (tmp_path / "mine.csv").write_text(mine, encoding="utf-8")
    again = run(*arguments, "--refuse", "mine.csv")  # the planner may have gone on with what is there
    assert again.code == 2 and "[file-exists]" in again.err
    assert run(*arguments, "--force").code == 0
    refused = run(*arguments, "--refuse", "mine.csv", "-o", "other")
    assert refused.code == 0, refused.err
    rows = read_folder(tmp_path / "other").tables["ledger"].rows
    assert not [row for row in rows if row.cells["officer"] == "o1" and row.cells.get("hours")]


def test_a_workbook_becomes_the_next_quarters_workbook(run: Run, tmp_path: Path) -> None:
    write_template(tmp_path / "empty.xlsx", "th")
    workbook_of(folder(tmp_path / "tables"), tmp_path / "empty.xlsx", thai=True).save(tmp_path / "office.xlsx")
    book = read_office(tmp_path / "office.xlsx")
    (tmp_path / "problem.json").write_text(book.problem.to_json(), encoding="utf-8")
    (tmp_path / "plan.json").write_text(little_plan(book.problem, Random(3)).to_json(), encoding="utf-8")
    write_office(tmp_path / "office.json", book.office)
    assert run("handbook", "plan.json", "--simulate", 1, "-o", "handbook.xlsx").code == 0
    days = ("--first", "2012-11-01", "--last", "2013-01-31")
    for office in ("office.xlsx", "tables"):
        said = run("next", office, "plan.json", "handbook.xlsx", *days, "-o", f"from-{Path(office).stem}")
        assert said.code == 0, said.err
    assert sorted(path.name for path in (tmp_path / "from-office").iterdir()) == [
        "_changes.csv", "next.html", "office.xlsx",
    ]  # fmt: skip
    one, two = (read_office(tmp_path / name) for name in ("from-office", "from-tables"))
    assert (one.problem, one.office, one.absences) == (two.problem, two.office, two.absences)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("handbook", "plan.json", "-o", "handbook.doc"), "option-value"),
        (("handbook", "plan.json", "--simulate", 1, "--reports", "filled.xlsx"), "command-usage"),
        (("handbook", "plan.json", "--cooperative", "c1"), "command-usage"),
        (("handbook", "plan.json", "-o", "a.html", "--officer", "nobody"), "id-unknown"),
        (("handbook", "plan.json", "--day", "someday"), "option-value"),
        (("evaluate", "plan.json", "nothing.xlsx"), "file-missing"),
        (("evaluate", "plan.json", "filled.xlsx", "--before", "plan.json"), "format-unknown"),
        (("evaluate", "plan.json", "problem.json"), "format-unknown"),
        (("evaluate", "plan.json", "filled.xlsx", "--before", "none.json"), "file-missing"),
        (("next", "none", "plan.json", "filled.xlsx", "--first", "2012-11-01", "--last", "2013-01-31"), "file-missing"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(
    run: Run, plan_file: Path, tmp_path: Path, arguments: tuple[object, ...], code: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    said = run(*arguments)
    assert said.code == 2
    assert f"[{code}]" in said.err
    assert sorted(tmp_path.rglob("*")) == before


def test_how_far_the_content_is_and_planning_anew_when_it_slips(run: Run, plan_file: Path, tmp_path: Path) -> None:
    office = json.loads((tmp_path / "office.json").read_text(encoding="utf-8"))
    office["issues"][0] |= {"readiness": "draft", "content_ready": "2012-08-07"}
    (tmp_path / "office.json").write_text(json.dumps(office), encoding="utf-8")
    said = run("readiness", plan_file, "-o", "readiness.html")
    assert said.code == 0, said.err
    assert "draft" in said.out
    assert "not ready by the first visit" in (tmp_path / "readiness.html").read_text(encoding="utf-8")
    mended = run(
        "replan", plan_file, "--slips", "i1:2012-08-07", "--today", "2012-08-01", "--seconds", "0.2", "-o", "new"
    )
    assert mended.code == 0, mended.err
    plan = json.loads(next((tmp_path / "new").glob("*/plan.json")).read_text(encoding="utf-8"))
    dates = {stop["visit"]: tour["date"] for tour in plan["tours"] for stop in tour["stops"]}
    assert dates.get("c1-1", "2012-08-07") >= "2012-08-07"
    assert dates.get("c1-2", "2012-08-07") >= "2012-08-07"
    wrong = run("replan", plan_file, "--slips", "nothing:2012-08-07", "--today", "2012-08-01")
    assert (wrong.code, "[id-unknown]" in wrong.err) == (2, True)


def test_words_in_reports(run: Run, plan_file: Path, tmp_path: Path) -> None:
    (tmp_path / ".patithin.json").write_text('{"standing": "."}', encoding="utf-8")
    assert run("search", "filled.xlsx", "ลูกหนี้").out == run("search", plan_file, "filled.xlsx", "ลูกหนี้").out
    assert "[command-usage]" in run("search", "filled.xlsx").err
    said = run("search", plan_file, "filled.xlsx", "ลูกหนี้")
    assert said.code == 0, said.err
    assert said.out.strip() == "c2-1  7 Aug 2012  Cooperative c2  “ไม่มีทะเบียนลูกหนี้”"
    none = run("search", plan_file, "filled.xlsx", "งบทดลอง", "ประจำเดือน")
    assert (none.code, none.out) == (0, "")
    assert re.fullmatch(r"No text of \d reports has “งบทดลอง ประจำเดือน”.", none.err.strip())


def test_all_that_is_wrong_with_the_words_of_a_command_is_told_at_once(run: Run) -> None:
    told = run("next", "office", "plan.json", "handbook.xlsx", "--first", "soon", "--last", "later", "--day", "x")
    assert (told.code, told.err.count("[option-value]")) == (2, 3)
    told = run("evaluate", "--day", "31/02/2555", "-o", "evaluation.xlsx")
    assert told.code == 2
    assert {code for code in ("[command-usage]", "[option-value]") if code in told.err} == {
        "[command-usage]", "[option-value]",
    }  # fmt: skip


@pytest.mark.parametrize(("day", "doubted"), [
    ("2012-07-31", True), ("2012-08-01", False), ("2013-06-30", False), ("2019-01-01", True),
])  # fmt: skip
def test_a_day_far_from_those_of_the_plan_is_doubted(run: Run, plan_file: Path, day: str, doubted: bool) -> None:
    for command in (["evaluate", plan_file, "filled.xlsx"], ["handbook", plan_file, "-o", "made.html"]):
        said = run(*command, "--day", day)
        assert said.code == 0
        assert ("--day  [value-doubtful]" in said.err) is doubted


def test_a_name_that_nobody_bears_is_told_beside_options_that_cannot_be(run: Run, plan_file: Path) -> None:
    wrong = ("--officer", "nobody", "--reports", "x.xlsx", "--simulate", 1, "--day", "x")
    said = run("handbook", plan_file, "-o", "a.html", *wrong)
    assert said.code == 2
    for place in ("--officer", "--simulate", "--day"):
        assert place in said.err, place


def test_a_next_office_that_cannot_be_planned_yet_says_what_to_mend_where(run: Run, tmp_path: Path) -> None:
    """A quarter of one day, two days after the last visits: 7 days have to lie between."""
    book = read_office(folder(tmp_path / "office", tables()))
    plan = little_plan(book.problem, Random(1))
    (tmp_path / "problem.json").write_text(book.problem.to_json(), encoding="utf-8")
    (tmp_path / "plan.json").write_text(plan.to_json(), encoding="utf-8")
    write_office(tmp_path / "office.json", book.office)
    assert run("handbook", "plan.json", "--simulate", 1, "-o", "handbook.xlsx").code == 0
    day = str(max(tour.date for tour in plan.tours) + dt.timedelta(days=2))
    said = run("next", "office", "plan.json", "handbook.xlsx", "--first", day, "--last", day)
    assert said.code == 2
    assert "next: it cannot be planned yet. Mend the following in its tables, or run this again" in said.err
    assert f"{Path('next', 'cooperatives.csv')}, row" in said.err and "its last visit was on" in said.err
    assert run("check-office", "next").code == 2
