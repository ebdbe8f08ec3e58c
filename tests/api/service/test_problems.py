from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from support.builders import problem, visit
from support.serving import Desk
from support.tables import document

from api.service.problems import _file_name
from models.intake import read_office

KHONKAEN = Path(__file__).parents[3] / "data" / "khonkaen"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KALASIN = Path(__file__).parents[3] / "data" / "kalasin" / "office.xlsx"


def codes(answer: Any) -> list[str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return [error["code"] for error in answer.json()["errors"]]


def test_a_problem_is_kept_once_and_comes_back_as_it_was(desk: Desk) -> None:
    stated = problem()
    headers = {"Content-Type": "application/json; charset=utf-8"}
    first = desk("POST", "/v1/problems", content=stated.to_json(), headers=headers)
    again = desk("POST", "/v1/problems", content=stated.to_json(), headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert first.json()["visits"] == 2
    back = desk("GET", first.headers["Location"])
    assert back.json() == stated.to_dict()


def test_a_dry_run_keeps_nothing(desk: Desk) -> None:
    wrong = problem().to_dict() | {"workdays": ["2012-08-02", "2012-08-01"]}
    assert codes(desk("POST", "/v1/problems?dry_run=true", json=wrong)) == ["date-order"]
    answer = desk("POST", "/v1/problems?dry_run=true", content=problem().to_json(), headers=JSON)
    assert answer.status_code == 200
    assert answer.json()["id"] is None
    posted = desk("POST", "/v1/problems", content=problem().to_json(), headers=JSON)
    assert posted.status_code == 201


JSON = {"Content-Type": "application/json"}


def test_every_error_comes_at_once(desk: Desk) -> None:
    wrong = problem().to_dict()
    wrong["visits"] = [visit("c1-1"), visit("c9-1"), visit("c1-2", priority=9)]
    wrong["colour"] = "red"
    answer = desk("POST", "/v1/problems", json=wrong)
    assert answer.status_code == 422
    assert sorted(codes(answer)) == ["field-unknown", "field-value", "id-unknown"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "json-syntax"), (b"{", "json-syntax"), (b"\xff\xfe", "json-syntax"), (b"[1]", "json-shape"),
        (b"{}", "format-unknown"), (b"[" * 100_000, "json-syntax"), (b'{"format": "visit-office/1"}', "field-value"),
        (b'{"format": "visit-problem/1", "name": ' + b"9" * 5000 + b"}", "field-value"),
    ],
)  # fmt: skip
def test_what_is_no_problem_is_told_so(desk: Desk, body: bytes, code: str) -> None:
    answer = desk("POST", "/v1/problems", content=body, headers=JSON)
    assert answer.status_code == 422
    assert code in codes(answer)


def test_other_media_types_are_refused(desk: Desk) -> None:
    answer = desk("POST", "/v1/problems", content=b"name,visits", headers={"Content-Type": "text/csv"})
    assert (answer.status_code, codes(answer)) == (415, ["media-unknown"])


def test_tables_in_json_are_the_same_office_as_the_folder(desk: Desk) -> None:
    text = json.dumps(document(KHONKAEN), default=str)
    answer = desk("POST", "/v1/problems", content=text.encode(), headers=JSON)
    assert answer.status_code == 201, answer.text
    assert answer.json()["hash"] == read_office(KHONKAEN).problem.hash


def test_faults_in_tables_name_table_row_and_column(desk: Desk) -> None:
    office = document(KHONKAEN)
    office["tables"]["cooperatives"][3]["lat"] = "north"
    office["tables"]["officers"][0]["topics"] = {"debt": True}
    office["tables"]["lunches"] = []
    headers = JSON | {"Accept-Language": "en"}
    answer = desk("POST", "/v1/problems", content=json.dumps(office, default=str).encode(), headers=headers)
    assert answer.status_code == 422
    places = {error["code"]: error["where"] for error in answer.json()["errors"]}
    assert places["table-unknown"] == "tables.lunches"
    assert {"tables.cooperatives, entry 4, column lat", "tables.officers, entry 1, column topics"} <= {
        error["where"] for error in answer.json()["errors"]
    }


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unread(desk: Desk) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", bytes(100_000_000))
    assert len(packed.getvalue()) < 200_000
    answer = desk("POST", "/v1/problems", content=packed.getvalue(), headers={"Content-Type": XLSX})
    assert answer.status_code == 422
    assert "file-too-large" in codes(answer)


def test_what_is_no_workbook_is_told_so(desk: Desk) -> None:
    answer = desk("POST", "/v1/problems", content=b"PK\x03\x04nothing", headers={"Content-Type": XLSX})
    assert answer.status_code == 422
    assert codes(answer) == ["file-unreadable"]
    assert "/tmp" not in answer.text


def test_unknown_problems_are_not_found(desk: Desk) -> None:
    assert desk("GET", "/v1/problems/nothing").status_code == 404


def test_faults_of_a_workbook_come_with_their_cells_and_what_stands_around_them(desk: Desk) -> None:
    empty = desk("GET", "/v1/problems/template?lang=en")
    assert empty.headers["content-type"] == XLSX
    book = openpyxl.load_workbook(io.BytesIO(empty.content))
    sheet = book["cooperatives"]
    headings = {cell.value: cell.column for cell in sheet[1]}
    for row in (2, 3):
        sheet.cell(row, headings["id"], f"C{row}")
        sheet.cell(row, headings["lat"], 16.4 if row == 2 else "north")
    sheet.cell(2, headings["last_visit"], dt.date(2012, 7, 3))
    filled = io.BytesIO()
    book.save(filled)
    answer = desk("POST", "/v1/problems", content=filled.getvalue(), headers={"Content-Type": XLSX})
    assert answer.status_code == 422
    (wrong,) = [e for e in answer.json()["errors"] if e["code"] == "cell-value" and "north" in e["cause"]]
    letter = openpyxl.utils.get_column_letter(headings["lat"])
    place = {"file": "workbook.xlsx", "sheet": "cooperatives", "row": 3, "column": "lat", "letter": letter}
    place["setting"] = None
    assert wrong["place"] == place
    missing = {e["place"]["setting"] for e in answer.json()["errors"] if e["code"] == "field-missing"}
    assert "horizon.first" in missing
    headers = {"Content-Type": XLSX, "Accept-Language": "th-TH,th;q=0.9,en;q=0.8"}
    headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote('แผนตุลาคม.xlsx')}"
    place = place | {"file": "แผนตุลาคม.xlsx"}
    thai = desk("POST", "/v1/problems", content=filled.getvalue(), headers=headers).json()
    assert any("ไม่ใช่ตัวเลข" in e["cause"] and e["place"] == place for e in thai["errors"])
    around = answer.json()["sheets"]["cooperatives"]
    assert around["1"][headings["lat"] - 1] == "lat"
    assert [around[row][headings["lat"] - 1] for row in ("2", "3")] == [16.4, "north"]
    assert around["2"][headings["last_visit"] - 1] == "2012-07-03"  # a spreadsheet keeps it with a time of day


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (None, None),
        ("inline", None),
        ('attachment; filename="a.xlsx"', "a.xlsx"),
        ("attachment; filename=b.xlsx; filename*=UTF-8''%E0%B8%81.xlsx", "ก.xlsx"),
        ("attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("attachment; filename=C:\\\\Users\\\\c.xlsx", "c.xlsx"),
        ("attachment; filename*=UTF-8''%FF%00%0A", "�"),
        (f"attachment; filename={'x' * 500}", "x" * 200),
    ],
)
def test_the_name_of_the_file_that_was_sent(told: str | None, name: str | None) -> None:
    assert _file_name(told) == name


def test_headings_below_a_title_are_told_with_a_fault_far_below_them(desk: Desk) -> None:
    book = openpyxl.load_workbook(KALASIN)
    book["สหกรณ์"]["E20"] = "ต.ไม่มีจริง"
    filled = io.BytesIO()
    book.save(filled)
    answer = desk("POST", "/v1/problems", content=filled.getvalue(), headers={"Content-Type": XLSX})
    assert [e["code"] for e in answer.json()["errors"]] == ["place-unknown"]
    around = answer.json()["sheets"]["สหกรณ์"]
    assert list(around) == ["1", "4", "18", "19", "20", "21", "22"]  # title, headings, and the rows around the fault
    assert around["4"][4] == "ตำบล"


def test_the_sample_office_is_kept_with_its_names_and_map(desk: Desk) -> None:
    answer = desk("POST", "/v1/problems/sample")
    assert answer.status_code == 201, answer.text
    assert desk("POST", "/v1/problems/sample").status_code == 200
    assert desk("GET", "/v1/me").json()["office"]["illustrative"] is True
    address = answer.json()["address"]
    names = desk("GET", f"{address}/names")
    told = names.json()
    assert told["illustrative"] is True
    assert {"name_th", "name_en"} <= told["officers"][0].keys()
    assert all(each["name_th"] and each["lat"] for each in told["cooperatives"])
    assert {(each["district_th"], each["district_en"]) for each in told["cooperatives"]} == {
        (each["name_th"], each["name_en"]) for each in told["districts"]
    }
    assert all(topic["name_en"] for topic in told["topics"])
    assert (told["cars"][0]["id"], told["cars"][0]["name_en"]) == ("car1", "Sample car 1")
    again = desk("GET", f"{address}/names", headers={"If-None-Match": names.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert desk("GET", f"{address}/map").json()["type"] == "FeatureCollection"
    assert desk("GET", "/v1/problems").json()[0]["id"] == answer.json()["id"]


def test_documents_are_sent_compressed_to_those_who_like_it(desk: Desk) -> None:
    address = desk("POST", "/v1/problems/sample").json()["address"]
    for refused in ("identity", "gzip;q=0", "gzip;q=0.000", "gzip; q=0.00, br"):
        answer = desk("GET", address, headers={"Accept-Encoding": refused})
        assert "Content-Encoding" not in answer.headers, refused
    plain = desk("GET", address, headers={"Accept-Encoding": "identity"})
    packed = desk("GET", address, headers={"Accept-Encoding": "gzip"})
    assert plain.content == packed.content
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 3
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_the_preparation_of_an_office_is_a_problem_of_its_own(desk: Desk) -> None:
    import json

    office = {
        "format": "visit-office/1",
        "settings": {
            "office": {"name_th": "ก", "name_en": "k"}, "horizon": {"first": "2012-08-01", "last": "2012-08-31"},
            "day": {"start": "08:30", "end": "16:30"}, "prices": {"km": 4, "officer_day": 120, "unplanned": 5000},
            "preparation": {"first": "2012-07-02", "last": "2012-07-31"},
        },
        "tables": {
            "depots": [{"id": "kk", "name_th": "ก", "lat": 16.44, "lon": 102.83, "cars": 1, "seats": 2}],
            "topics": [{"id": "x", "name_th": "ข"}],
            "officers": [{"id": "a", "name_th": "ค", "topics": "x"}],
            "cooperatives": [{"id": "c", "name_th": "ง", "kind": "savings", "district_th": "เมืองขอนแก่น",
                              "lat": 16.45, "lon": 102.84, "standard": "good"}],
            "issues": [{"id": "i", "cooperative": "c", "topic": "x", "severity": 2, "sessions": 1,
                        "audience": "management"}],
        },
    }  # fmt: skip
    headers = {"Content-Type": "application/json"}
    made = desk("POST", "/v1/problems?phase=preparation", content=json.dumps(office), headers=headers)
    assert made.status_code == 201, made.text
    problem = desk("GET", made.json()["address"]).json()
    assert [visit["id"] for visit in problem["visits"]] == ["c-p1"]
    assert problem["workdays"][0] == "2012-07-02"
