"""The next quarter over HTTP."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import pytest
from support.publishing import little_plan
from support.serving import Desk
from support.tables import folder, tables, workbook_of

from api.service.reading import WORKBOOK
from models.intake import read_office
from models.template import write_template

HEADERS = {"Content-Type": WORKBOOK}


@pytest.fixture
def workbook(desk: Desk, tmp_path: Path) -> bytes:
    """The office's workbook; its plan is published."""
    made = tables()
    made["issues"][1] |= {"partner": "", "content_ready": ""}
    write_template(tmp_path / "empty.xlsx", "en")
    workbook_of(folder(tmp_path / "office", made), tmp_path / "empty.xlsx").save(tmp_path / "office.xlsx")
    problem = read_office(tmp_path / "office.xlsx").problem
    desk.published(problem, little_plan(problem, Random(1)))
    return (tmp_path / "office.xlsx").read_bytes()


def test_tables_and_the_page_come_back_as_an_archive(desk: Desk, workbook: bytes, tmp_path: Path) -> None:
    path = "/v1/next-quarter?first=2012-11-01&last=2013-01-31&lang=en"
    made = desk("POST", path, content=workbook, headers=HEADERS)
    assert made.status_code == 200, made.text
    assert desk("POST", path, content=workbook, headers=HEADERS).content == made.content
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        package.extractall(tmp_path / "next")
    assert str(read_office(tmp_path / "next").problem.workdays[0]) == "2012-11-01"
    assert "Tables for the next quarter" in (tmp_path / "next" / "next.html").read_text(encoding="utf-8")
    refused = desk("POST", f"{path}&refuse=office/horizon/first_last", content=workbook, headers=HEADERS)
    with zipfile.ZipFile(io.BytesIO(refused.content)) as package:
        assert b"2012-08-01" in package.read("office.toml")


@pytest.mark.parametrize(
    ("query", "body", "media", "status", "code"),
    [
        ("first=2012-11-01&last=2012-10-01", None, WORKBOOK, 422, "date-order"),
        ("first=2012-11-01&last=2013-01-31&refuse=nothing", None, WORKBOOK, 422, "id-unknown"),
        ("first=2012-11-01&last=2013-01-31", b"no workbook", WORKBOOK, 422, "file-unreadable"),
        ("first=2012-11-01&last=2013-01-31", b"{}", "application/json", 415, "media-unknown"),
        ("first=soon&last=2013-01-31", None, WORKBOOK, 422, "field-value"),
    ],
)
def test_bad_input_is_told(
    desk: Desk, workbook: bytes, query: str, body: bytes | None, media: str, status: int, code: str
) -> None:
    told = desk("POST", f"/v1/next-quarter?{query}", content=body or workbook, headers={"Content-Type": media})
    assert (told.status_code, told.json()["errors"][0]["code"]) == (status, code)
