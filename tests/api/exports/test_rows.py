"""The plan as rows, as CSV and as GeoJSON."""

from __future__ import annotations

import csv as csv_module
import io
import json

import pandas as pd
import pytest
from support.builders import problem

from api.exports import csv, geojson, table
from api.exports.rows import COLUMNS
from models.plan import Plan

from .conftest import FORMULA, Sample


def test_one_row_for_each_planned_visit(sample: Sample) -> None:
    frame = table(sample.plan, sample.problem, sample.office, "en")
    assert list(frame.columns) == list(COLUMNS)
    assert frame["visit"].tolist() == ["c1-1", "c2-1", "c/3-1", "c1-2"]
    assert frame["crew"].tolist() == ["a; b", "a; b", "c/ค", "a"]
    assert frame["stand_in"].tolist() == [False, False, True, False]
    assert frame["late_workdays"].tolist() == [0, 0, 0, 1]
    assert frame["due"].isna().tolist() == [True, True, True, False]
    assert frame["km"].tolist() == [10, 10, 30, 10]
    assert frame["illustrative"].all()
    assert frame["travel_estimated"].all()


def test_the_columns_are_of_their_kinds_even_without_rows() -> None:
    of = problem(visits=[])
    frame = table(Plan(), of, None)
    assert len(frame) == 0
    assert pd.api.types.is_datetime64_any_dtype(frame["date"])
    assert {name: str(frame[name].dtype) for name in ("stop", "km", "stand_in")} == {
        "stop": "int64", "km": "float64", "stand_in": "bool",
    }  # fmt: skip


@pytest.mark.parametrize(("lang", "weekday"), [("th", "จันทร์"), ("en", "Monday")])
def test_names_are_in_the_language_asked_for(sample: Sample, lang: str, weekday: str) -> None:
    assert table(sample.plan, sample.problem, sample.office, lang)["weekday"][0] == weekday


def test_csv_is_read_back_and_holds_no_formula(sample: Sample) -> None:
    content = csv(sample.plan, sample.problem, sample.office, "th")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv_module.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["date"] for row in rows] == ["2012-08-06", "2012-08-06", "2012-08-07", "2012-08-14"]
    assert rows[0]["cooperative_name"] == "'" + FORMULA
    assert rows[0]["agenda"].startswith("'+1, -2; สาม\nEND")
    assert rows[0]["due"] == ""
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "-", "@"))]


def test_geojson_has_offices_cooperatives_and_tours(sample: Sample) -> None:
    found = geojson(sample.plan, sample.problem, sample.office, "th")
    assert json.loads(json.dumps(found)) == found
    assert (found["illustrative"], found["travel_estimated"]) == (True, True)
    kinds = [feature["properties"]["kind"] for feature in found["features"]]
    assert kinds == ["office"] + ["cooperative"] * 5 + ["tour"] * 3
    first = found["features"][6]
    assert first["geometry"]["type"] == "LineString"
    assert first["geometry"]["coordinates"] == [[102.84, 16.44], [102.94, 16.44], [103.04, 16.44], [102.84, 16.44]]
    assert first["properties"]["return"] == "11:10"
    assert first["properties"]["visits"] == ["c1-1", "c2-1"]
    ids = [feature["id"] for feature in found["features"]]
    assert len(set(ids)) == len(ids)


def test_geojson_without_places_has_no_geometries(bare: Sample) -> None:
    found = geojson(bare.plan, bare.problem, None)
    assert len(found["features"]) == 9
    assert {feature["geometry"] for feature in found["features"]} == {None}
    assert (found["illustrative"], found["travel_estimated"]) == (None, None)


def test_a_visit_without_an_issue_has_what_it_is_for(bare: Sample) -> None:
    """As in the workbook: a regular advice visit, not an empty cell."""
    assert "เข้าแนะนำส่งเสริมตามรอบ" in set(table(bare.plan, bare.problem, bare.office, "th")["agenda"])
