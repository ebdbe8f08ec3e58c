"""A filled handbook comes back over HTTP: faults with their cells, nothing lost that stands, and reports that count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.circle import little_handbook, little_office, little_plan
from support.handbooks import filled
from support.handbooks import put as cell
from support.reporting import OF, code, put
from support.serving import Desk

from api.formats import XLSX
from api.storage.problems import Stated, keep_problem

WRITTEN = [report.visit for report in little_handbook().reports]


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A desk where the little plan is published, with its names."""
    row, _ = keep_problem(desk.service.database, Stated(OF, little_office()))
    plan = desk.ended(row.id, little_plan(OF))
    assert desk("POST", f"/v1/plans/{plan}/publish", json={"replaces": 0}).status_code == 201
    return desk


def sent(desk: Desk, book: Path, query: str = "") -> Any:
    return desk("POST", f"/v1/handbook?lang=en{query}", content=book.read_bytes(), headers={"Content-Type": XLSX})


def test_a_filled_workbook_is_filed_once_and_counts_like_reports_from_phones(office: Desk, tmp_path: Path) -> None:
    book = filled(tmp_path, lambda _: None)
    answer = sent(office, book)
    assert (answer.status_code, answer.json()["filed"]) == (201, WRITTEN), answer.text
    assert [one["visit"] for one in office("GET", "/v1/handbook").json()["reports"]] == sorted(WRITTEN)
    again = sent(office, book)
    assert (again.status_code, again.json()["filed"], again.json()["same"]) == (200, [], len(WRITTEN))
    assert office("GET", "/v1/visits/c1-1/report").json()["version"] == 1


def test_every_fault_comes_with_its_cell_and_nothing_is_filed(office: Desk, tmp_path: Path) -> None:
    def wrong(book: Any) -> None:
        cell("visits", 2, "start", "soon")(book)
        cell("visits", 3, "board", "many")(book)

    answer = sent(office, filled(tmp_path, wrong))
    told = answer.json()
    assert (answer.status_code, len(told["errors"])) == (422, 2)
    assert {(one["place"]["sheet"], one["place"]["column"]) for one in told["errors"]} == {
        ("visits", "start"), ("visits", "board"),
    }  # fmt: skip
    assert told["sheets"]["visits"]
    assert office("GET", "/v1/handbook").json()["reports"] == []


def test_what_officers_sent_is_kept_unless_the_planner_takes_the_workbooks(office: Desk, tmp_path: Path) -> None:
    """c1-1 was sent from a phone with other remarks; the row of c1-2, which was sent too, is empty in the workbook."""
    officer = office.token_of("officer", "a")
    assert put(office, "c1-1", token=officer, remarks="by phone").status_code == 201
    assert put(office, "c1-2").status_code == 201

    def older(book: Any) -> None:
        sheet = book["visits"]
        row = next(cells for cells in sheet.iter_rows(min_row=2) if cells[0].value == "c1-2")
        for each in row[1:]:
            each.value = None

    book = filled(tmp_path, older)
    told = sent(office, book).json()
    assert told["filed"] == [visit for visit in WRITTEN if visit not in ("c1-1", "c1-2")]
    assert told["empty"] == ["c1-2"]
    (other,) = told["differing"]
    assert (other["visit"], other["version"], other["by"], other["stands"]["remarks"]) == (
        "c1-1",
        1,
        "officer",
        "by phone",
    )
    assert office("GET", "/v1/visits/c1-1/report").json()["report"]["remarks"] == "by phone"
    stale = sent(office, book, "&take=2/c1-1").json()
    assert (stale["filed"], len(stale["differing"])) == ([], 1)
    assert sent(office, book, "&take=1/c1-1").json()["filed"] == ["c1-1"]
    assert office("GET", "/v1/visits/c1-1/report").json()["version"] == 2


def test_what_contradicts_a_report_that_stands_is_told_and_nothing_is_filed(office: Desk, tmp_path: Path) -> None:
    """The kilometres of the tour stand with c1-1 in the workbook; a phone wrote them with c2-1 already."""
    assert put(office, "c2-1", date="2012-08-06", km=60).status_code == 201
    answer = sent(office, filled(tmp_path, lambda _: None))
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["code"]) == (422, "report-contradiction")
    assert [one["visit"] for one in office("GET", "/v1/handbook").json()["reports"]] == ["c2-1"]


def test_only_a_planner_files_a_workbook(office: Desk) -> None:
    body = {"content": b"-", "headers": {"Content-Type": XLSX}}
    assert code(office("POST", "/v1/handbook", token=office.token_of("officer", "a"), **body)) == (
        403,
        "role-forbidden",
    )
    assert code(office("POST", "/v1/handbook", json={})) == (415, "media-unknown")
    assert office("POST", "/v1/handbook", **body).status_code == 422
