"""The next quarter over HTTP: every line told and why, each can be overruled, and the office that comes of it kept."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from httpx2 import Response
from support.publishing import little_plan
from support.serving import Desk
from support.tables import folder, tables, workbook_of

from api.formats import XLSX
from api.what_if.cases import load
from models.intake import read_office
from models.plan import Plan
from models.template import write_template

DAYS = {"first": "2012-11-01", "last": "2013-01-31"}
PATH = "/v1/next-quarter?lang=en"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office's workbook, which no test changes."""
    at = tmp_path_factory.mktemp("workbook")
    made = tables()
    made["issues"][1] |= {"partner": "", "content_ready": ""}
    write_template(at / "empty.xlsx", "en")
    workbook_of(folder(at / "office", made), at / "empty.xlsx").save(at / "office.xlsx")
    return at / "office.xlsx"


@pytest.fixture(scope="module")
def plan(workbook: Path) -> Plan:
    """A plan of the workbook's office."""
    return little_plan(read_office(workbook).problem, Random(1))


@pytest.fixture
def office(desk: Desk, workbook: Path, plan: Plan) -> str:
    """The id of the problem that the office's workbook became; its plan is published."""
    kept = desk("POST", "/v1/problems", content=workbook.read_bytes(), headers={"Content-Type": XLSX})
    assert kept.status_code == 201, kept.text
    id_ = str(kept.json()["id"])
    desk.published_of(id_, plan)
    return id_


def lines(desk: Desk, **more: Any) -> dict[str, dict[str, Any]]:
    answer = desk("POST", PATH, json=DAYS | more)
    assert answer.status_code == 200, answer.text
    return {line["key"]: line for line in answer.json()["lines"]}


def test_every_line_is_told_with_its_reason(desk: Desk, office: str) -> None:
    found = lines(desk)
    horizon = found["office/horizon/first_last"]
    assert (horizon["table"], horizon["why"], horizon["refused"]) == ("settings", "the new horizon", False)
    assert horizon["after"] == "1 Nov 2012 – 31 Jan 2013"
    # nothing is reported: c1 and c2 have their visits behind them, or left out, and get the leads of the plan
    assert {line["table"] for line in found.values()} >= {"settings", "cooperatives", "absences and duty"}
    closed = found["cooperatives/c2/closed"]
    assert (closed["before"], closed["after"], closed["why"]) == ("20–22 Aug, 3 Sep", "–", "past")
    thai = desk("POST", "/v1/next-quarter?lang=th", json=DAYS).json()["lines"][0]
    assert thai["why"] == "ช่วงแผนใหม่"


def test_days_that_are_planned_already_are_told(desk: Desk, office: str) -> None:
    assert desk("POST", PATH, json=DAYS).json()["warnings"] == []
    again = {"first": "2012-10-30", "last": "2013-01-31"}
    (warned,) = desk("POST", PATH, json=again).json()["warnings"]
    assert (warned["code"], warned["where"]) == ("date-order", "first")
    assert "has 2 of its workdays already, 2012-10-30 to" in warned["cause"]
    (thai,) = desk("POST", "/v1/next-quarter?lang=th", json=again).json()["warnings"]
    assert "อยู่แล้ว" in thai["cause"] and "2555" in thai["cause"]
    kept = desk("POST", "/v1/problems/next-quarter", json=again)
    assert kept.status_code == 201, kept.text
    assert "date-order" in [one["code"] for one in kept.json()["warnings"]]


def test_each_line_can_be_overruled_and_the_rest_stands(desk: Desk, office: str, tmp_path: Path) -> None:
    before = lines(desk)
    for key in before:
        after = lines(desk, refuse=[key])
        assert {one for one, line in after.items() if line["refused"]} == {key}
        assert after.keys() == before.keys()
    archive = desk("POST", f"{PATH}&format=zip", json=DAYS | {"refuse": ["office/horizon/first_last"]})
    with zipfile.ZipFile(io.BytesIO(archive.content)) as package:
        package.extractall(tmp_path / "same")
    assert "first = 2012-08-01" in (tmp_path / "same" / "office.toml").read_text(encoding="utf-8")
    assert ",office/horizon/first_last\n" in (tmp_path / "same" / "_changes.csv").read_text(encoding="utf-8")


def test_what_an_officer_writes_is_no_formula_in_the_tables_that_a_planner_opens(
    desk: Desk, office: str, tmp_path: Path
) -> None:
    harm = '=HYPERLINK("http://harm.example")'
    tour = desk("GET", "/v1/calendar?format=plan").json()["tours"][0]
    stop, topic = tour["stops"][0], desk("GET", "/v1/calendar/names").json()["topics"][0]["id"]
    found = {"id": "found", "topic": topic, "severity": 5, "sessions": 1, "audience": "board", "title_th": harm}
    report = {
        "visit": stop["visit"], "held": True, "date": tour["date"], "start": stop["start"], "end": stop["end"],
        "officers": tour["crew"], "board": 1, "new_issues": [found],
    }  # fmt: skip
    body = {"replaces": 0, "report": report}
    made = desk("PUT", f"/v1/visits/{stop['visit']}/report", json=body, token=desk.token_of("officer", tour["crew"][0]))
    assert made.status_code == 201, made.text
    with zipfile.ZipFile(io.BytesIO(desk("POST", f"{PATH}&format=zip", json=DAYS).content)) as package:
        package.extractall(tmp_path / "next")
    cells = {
        name: [
            cell for row in csv.reader(io.StringIO((tmp_path / "next" / name).read_text("utf-8-sig"))) for cell in row
        ]
        for name in ("issues.csv", "_changes.csv")
    }
    assert [cell for each in cells.values() for cell in each if harm in cell and not cell.startswith("'=")] == []
    assert f"'{harm}" in cells["issues.csv"]
    read = read_office(tmp_path / "next").office
    assert harm in {issue.title_th for issue in read.issues}, "and is read back as it was"


def test_tables_workbook_and_problem_say_the_same(desk: Desk, office: str, tmp_path: Path) -> None:
    archive = desk("POST", f"{PATH}&format=zip", json=DAYS)
    assert archive.headers["content-type"] == "application/zip"
    assert desk("POST", f"{PATH}&format=zip", json=DAYS).content == archive.content
    with zipfile.ZipFile(io.BytesIO(archive.content)) as package:
        package.extractall(tmp_path / "next")
    assert "Tables for the next quarter" in (tmp_path / "next" / "next.html").read_text(encoding="utf-8")
    book = desk("POST", f"{PATH}&format=xlsx", json=DAYS)
    (tmp_path / "next.xlsx").write_bytes(book.content)
    one, two = read_office(tmp_path / "next"), read_office(tmp_path / "next.xlsx")
    assert (one.problem, one.office) == (two.problem, two.office)
    kept = desk("POST", "/v1/problems/next-quarter", json=DAYS)
    assert kept.status_code == 201, kept.text
    assert kept.json()["hash"] == one.problem.hash
    assert desk("POST", "/v1/problems/next-quarter", json=DAYS).status_code == 200
    # and the quarter after it follows from the tables that were kept with it
    desk.published_of(kept.json()["id"], little_plan(one.problem, Random(2)))
    third = desk("POST", PATH, json={"first": "2013-02-01", "last": "2013-04-30"}).json()
    assert third["lines"][0]["before"] == "1 Nov 2012 – 31 Jan 2013"


def test_the_workbook_is_a_copy_of_the_one_posted_last(desk: Desk, office: str, workbook: Path, tmp_path: Path) -> None:
    """Columns, sheets, notes and widths of the planner's own stay, and go with their rows."""
    book = openpyxl.load_workbook(workbook)
    sheet, own = book["cooperatives"], book["cooperatives"].max_column + 1
    for row, cell in enumerate(("_โทร", "043-111111", "043-222222"), start=1):
        sheet.cell(row, own, cell)
    sheet["B2"].comment = openpyxl.comments.Comment("โทรก่อน", "มาลี")
    sheet.column_dimensions["B"].width = 47
    book.create_sheet("_ของเรา")["A1"] = "ไม่ลืม"
    book.save(tmp_path / "own.xlsx")
    body = (tmp_path / "own.xlsx").read_bytes()
    kept = desk("POST", "/v1/problems", content=body, headers={"Content-Type": XLSX})
    assert (kept.status_code, kept.json()["id"]) == (200, office)  # the same problem: what differs is the planner's own

    (tmp_path / "next.xlsx").write_bytes(desk("POST", f"{PATH}&format=xlsx", json=DAYS).content)
    made = openpyxl.load_workbook(tmp_path / "next.xlsx")
    rows = {row[0].value: row[own - 1].value for row in made["cooperatives"].iter_rows()}
    assert rows == {"id": "_โทร", "c1": "043-111111", "c2": "043-222222"}
    assert made["cooperatives"]["B2"].comment.text == "โทรก่อน"
    assert made["cooperatives"].column_dimensions["B"].width == 47
    assert made["_ของเรา"]["A1"].value == "ไม่ลืม"
    settings = {row[0].value: row[1].value for row in made["office"].iter_rows()}
    assert settings["horizon.first"] == dt.datetime(2012, 11, 1)

    # and it is that of the quarter which is kept: the one after it has them, too
    following = desk("POST", "/v1/problems/next-quarter", json=DAYS).json()["id"]
    desk.published_of(following, little_plan(read_office(tmp_path / "next.xlsx").problem, Random(3)))
    third = desk("POST", f"{PATH}&format=xlsx", json={"first": "2013-02-01", "last": "2013-04-30"})
    assert openpyxl.load_workbook(io.BytesIO(third.content))["_ของเรา"]["A1"].value == "ไม่ลืม"


def test_a_what_if_of_an_office_has_its_tables_too(desk: Desk, office: str) -> None:
    copy = desk("POST", f"/v1/problems/{office}/what-if", json={"prices": {"km": 9}}).json()["id"]
    assert lines(desk, problem=copy).keys() == lines(desk).keys()


def test_a_what_if_of_other_days_lays_the_visits_of_an_office_out_anew(desk: Desk, office: str, workbook: Path) -> None:
    def asked(**days: str) -> Response:
        return desk("POST", f"/v1/problems/{office}/what-if", json=days)

    known = desk("GET", f"/v1/problems/{office}").json()
    longer = desk("GET", asked(last="2012-11-30").json()["address"]).json()
    assert (longer["workdays"][0], longer["workdays"][-1]) == (known["workdays"][0], "2012-11-30")
    assert max(max(one.get("dates") or [""]) for one in longer["visits"]) > known["workdays"][-1]
    same = load(workbook).what_if(end="2012-11-30").problem
    assert longer == json.loads(same.model_dump_json(by_alias=True, exclude_none=True))
    assert asked(last=known["workdays"][-1]).json()["id"] == office
    for days, told in (({"last": "2099-01-01"}, [("horizon-too-long", "last")]),
                       ({"first": "2012-11-01"}, [("date-order", "last")])):  # fmt: skip
        answer = asked(**days)
        assert [(one["code"], one["where"]) for one in answer.json()["errors"]] == told, answer.text


def test_a_problem_without_tables_is_told_so(desk: Desk, tmp_path: Path) -> None:
    problem = read_office(folder(tmp_path / "office")).problem
    desk.published(problem, little_plan(problem, Random(1)))
    answer = desk("POST", PATH, json=DAYS)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "file-missing")
    thai = desk("POST", "/v1/next-quarter?lang=th", json=DAYS).json()["errors"][0]
    assert "สมุดงาน" in thai["remedy"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last": "2012-10-01"}, "date-order"), ({"refuse": ["nothing"]}, "id-unknown"),
        ({"first": "soon"}, "field-value"),
        ({"problem": "nothing"}, "file-missing"), ({"more": 1}, "field-unknown"),
    ],
)  # fmt: skip
def test_bad_input_is_told(desk: Desk, office: str, changes: dict[str, Any], code: str) -> None:
    for path in (PATH, "/v1/problems/next-quarter"):
        answer = desk("POST", path, json=DAYS | changes)
        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["code"], error["where"]) == (422, code, *changes), answer.text


def test_what_cannot_be_planned_is_told_and_not_kept(desk: Desk, office: str) -> None:
    assert desk("POST", PATH, json=DAYS).json()["faults"] == []
    told = desk("POST", PATH, json={"first": "2012-11-03", "last": "2012-11-04"}).json()["faults"]
    assert [one["code"] for one in told] == ["horizon-empty"]
    answer = desk("POST", "/v1/problems/next-quarter", json={"first": "2012-11-03", "last": "2012-11-04"})  # a weekend
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "horizon-empty")


def test_only_planners_make_the_next_quarter(desk: Desk, office: str) -> None:
    for role in ("head", "viewer"):
        assert desk("POST", PATH, json=DAYS, token=desk.token_of(role)).status_code == 403
