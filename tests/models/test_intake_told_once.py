"""A fault of an office's tables is told once: what follows from it alone is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.tables import faults, folder, tables

from models.faults import Fault, InvalidInput
from models.intake import read_office
from models.intake.columns import FORM


def told(path: Path) -> list[Fault]:
    """Every fault of the office in ``path``."""
    with pytest.raises(InvalidInput) as caught:
        read_office(path)
    return list(caught.value.faults)


def test_an_officer_entered_twice_is_one_fault_and_what_names_it_is_none(tmp_path: Path) -> None:
    again = {"id": "o9", "name_th": "หนึ่ง", "topics": "accounts"}
    changed = tables(cooperatives__0__current_lead="หนึ่ง")
    changed["officers"].append(again)
    (found,) = told(folder(tmp_path, changed))
    row = len(changed["officers"]) + 1
    assert (found.code, found.where) == ("name-repeated", f"officers.csv, row {row}, column name_th")
    assert found.cause == f"Two officers bear the name 'หนึ่ง': rows 2 and {row}."
    assert f"แถว 2 และแถว {row}" in found.in_language("th").cause


def test_an_officer_entered_twice_with_the_same_id_is_the_repeated_id_alone(tmp_path: Path) -> None:
    changed = tables(cooperatives__0__current_lead="หนึ่ง")
    changed["officers"].append(dict(changed["officers"][0]))
    assert [each.code for each in told(folder(tmp_path, changed))] == ["id-repeated"]


def test_a_name_that_two_cooperatives_bear_is_ambiguous_not_unknown(tmp_path: Path) -> None:
    changed = tables(cooperatives__1__name_th="สหกรณ์หนึ่ง", issues__0__cooperative="สหกรณ์หนึ่ง")
    (found,) = told(folder(tmp_path, changed))
    assert (found.code, found.where) == ("name-ambiguous", "issues.csv, row 2, column cooperative")
    assert "c1, c2" in found.cause


@pytest.mark.parametrize("missing", ["officers", "cooperatives"])
def test_what_names_rows_of_a_missing_table_is_not_reported_as_well(tmp_path: Path, missing: str) -> None:
    changed = tables()
    del changed[missing]
    (found,) = told(folder(tmp_path, changed))
    assert found.code == "file-missing"
    assert found.in_language("th").where.endswith(FORM[missing].thai)  # as the planner knows it


def test_a_wrong_heading_is_one_fault_with_what_was_meant(tmp_path: Path) -> None:
    changed = tables()
    for row in changed["cooperatives"]:
        row.pop("lat"), row.pop("lon")
        row |= {"district_th": "เมืองขอนแก่น", "ตำบลที่ตั้ง": "พระลับ"}
    (found,) = told(folder(tmp_path, changed))
    assert found.code == "column-unknown"
    assert "ตำบล" in found.in_language("th").remedy.split("หรือไม่")[0]


def test_a_wrong_heading_of_ids_is_not_missed_by_what_names_them(tmp_path: Path) -> None:
    changed = tables()
    for row in changed["officers"]:
        row["code of officer"] = row.pop("id")
    assert {each.code for each in told(folder(tmp_path, changed))} == {"column-unknown", "column-missing"}


def test_a_cell_under_no_heading_is_told_by_the_thai_name_of_its_column(tmp_path: Path) -> None:
    changed = tables()
    for row in changed["cooperatives"]:
        row.pop("lat"), row.pop("lon")
    found = told(folder(tmp_path, changed))
    assert found and all(each.code == "cell-missing" for each in found)
    assert all("คอลัมน์ ตำบล" in each.in_language("th").where for each in found)


@pytest.mark.parametrize("left", [None, []])
def test_a_table_that_is_not_there_or_empty_is_told_once(left: list[dict[str, Any]] | None, tmp_path: Path) -> None:
    made = tables(issues__0__partner="baac", issues__1__partner="cad")
    if left is None:
        del made["partners"]
    else:
        made["partners"] = [{"id": "", "name_th": "", "weekdays": "", "per_day": ""}]
    with pytest.raises(InvalidInput) as caught:
        read_office(folder(tmp_path / "office", made))
    found = caught.value.faults
    assert len(found) == 1
    assert found[0].code == ("file-missing" if left is None else "id-unknown")
    assert "partners" in found[0].where
    assert "issues.csv, row 2, column partner" in found[0].cause
    assert "ไม่มี" in str(found[0].in_language("th").cause)


def test_hours_and_closed_days_that_leave_no_day_are_told_as_that(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_office(folder(tmp_path / "office", tables(cooperatives__1__closed="2012-08-01..2012-10-31")))
    assert [each.cause for each in caught.value.faults] == [
        "It is open on none of the workdays: its hours and its closed days leave none."
    ]


def test_who_names_a_row_without_an_id_is_not_at_fault(tmp_path: Path) -> None:
    made = tables(officers__0__id="", cooperatives__0__current_lead="หนึ่ง")
    assert faults(folder(tmp_path / "office", made)) == [("cell-missing", "officers.csv, row 2, column id")]
