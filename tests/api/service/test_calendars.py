from __future__ import annotations

import io
import json
from pathlib import Path
from random import Random
from typing import Any

import icalendar
import openpyxl
import pytest
from support.builders import cooperative, officer, on, plan, problem, tour, visit
from support.publishing import little_plan
from support.serving import Desk

from api.storage.problems import Stated, keep_problem
from models.intake import OfficeBook, read_office
from models.plan import Plan
from models.problem import Problem

KHONKAEN = Path(__file__).parents[3] / "data" / "khonkaen"

THREE = problem(
    officers=[officer("a"), officer("b")],
    cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
    visits=[visit("c1-1"), visit("c1-2"), visit("c2-1")],
)
FIRST = plan(THREE, tour(THREE, on(1), "a", ["c1-1", "c2-1"]), tour(THREE, on(3), "b", ["c1-2"]))
SECOND = plan(THREE, tour(THREE, on(2), "b", ["c1-1"]), tour(THREE, on(3), "b", ["c1-2"]))


@pytest.fixture(scope="module")
def sample() -> OfficeBook:
    return read_office(KHONKAEN)


def visits(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["visit"] for row in answer.json()["visits"]]


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_every_format_of_the_sample_office_opens(desk: Desk, sample: OfficeBook) -> None:
    row, _ = keep_problem(desk.service.database, Stated(sample.problem, sample.office))
    answer = desk("POST", "/v1/plans", json={"problem": row.id, "seconds": 1.0})
    from api.storage import plans

    id_ = answer.json()["id"]
    assert plans.start(desk.service.database, id_)
    made = little_plan(sample.problem, Random(5))
    plans.finish(desk.service.database, id_, 1, made)
    count = sum(len(each.stops) for each in made.tours)

    def get(format_: str) -> Any:
        found = desk("GET", f"/v1/plans/{id_}/calendar", params={"format": format_, "lang": "en"})
        assert found.status_code == 200, found.text
        return found

    data = get("json").json()
    assert len(data["visits"]) == count
    assert all(row["illustrative"] for row in data["visits"])
    assert Plan.model_validate_json(get("plan").content) == made
    assert len(icalendar.Calendar.from_ical(get("ics").content).events) == count
    assert openpyxl.load_workbook(io.BytesIO(get("xlsx").content)).sheetnames
    assert get("csv").text.count("\n") == count + 1
    assert get("geojson").json()["type"] == "FeatureCollection"
    assert get("html").text.lower().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/calendar", "text/calendar"),
        ("text/csv;q=0.5, application/geo+json", "application/geo+json"),
        ("application/json;q=0, */*;q=0.1", "application/vnd.patithin.board+json"),
        ("text/*;q=nonsense, application/json", "application/json"),
    ],
)
def test_the_header_accept_chooses_the_format(desk: Desk, accept: str, media: str) -> None:
    id_ = desk.planned(THREE, FIRST)
    answer = desk("GET", f"/v1/plans/{id_}/calendar", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media
    wanted = desk("GET", f"/v1/plans/{id_}/calendar?format=csv", headers={"Accept": accept})
    assert wanted.headers["content-type"].startswith("text/csv")


def test_what_nobody_can_draw_is_not_acceptable(desk: Desk) -> None:
    id_ = desk.planned(THREE, FIRST)
    answer = desk("GET", f"/v1/plans/{id_}/calendar", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (406, "format-unavailable")
    assert desk("GET", f"/v1/plans/{id_}/calendar?format=png").status_code == 422


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["c1-1", "c2-1", "c1-2"]),
        ("officer=a", ["c1-1", "c2-1"]),
        ("cooperative=c1", ["c1-1", "c1-2"]),
        ("cooperative=c1&officer=a", ["c1-1"]),
        ("day=2012-08-03", ["c1-2"]),
        ("day=2012-08-02", []),
        ("week=2012-W31", ["c1-1", "c2-1", "c1-2"]),
        ("week=2012-W32", []),
    ],
)
def test_a_part_of_the_calendar(desk: Desk, query: str, expected: list[str]) -> None:
    id_ = desk.planned(THREE, FIRST)
    assert visits(desk("GET", f"/v1/plans/{id_}/calendar?{query}")) == expected
    table = desk("GET", f"/v1/plans/{id_}/calendar?format=csv&{query}").text.strip().splitlines()
    assert len(table) == 1 + len(expected)
    events = icalendar.Calendar.from_ical(desk("GET", f"/v1/plans/{id_}/calendar?format=ics&{query}").content).events
    assert len(events) == len(expected)


def test_distances_of_a_part_are_those_of_the_whole_tour(desk: Desk) -> None:
    id_ = desk.planned(THREE, FIRST)
    whole = desk("GET", f"/v1/plans/{id_}/calendar").json()["visits"]
    part = desk("GET", f"/v1/plans/{id_}/calendar?cooperative=c2").json()["visits"]
    assert part == [row for row in whole if row["cooperative"] == "c2"]


@pytest.mark.parametrize("query", ["officer=x", "cooperative=x", "district=x"])
def test_a_part_that_does_not_exist_is_not_found(desk: Desk, query: str) -> None:
    id_ = desk.planned(THREE, FIRST)
    answer = desk("GET", f"/v1/plans/{id_}/calendar?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "id-unknown")


@pytest.mark.parametrize(
    "query", ["week=2012-W54", "week=2012-31", "day=tomorrow", "day=0", "lang=xx", "week=0000-W01", "oficer=a"]
)
def test_a_query_that_cannot_be_read_is_refused(desk: Desk, query: str) -> None:
    id_ = desk.planned(THREE, FIRST)
    assert desk("GET", f"/v1/plans/{id_}/calendar?{query}").status_code == 422


def test_a_client_that_has_it_is_told_so(desk: Desk) -> None:
    id_ = desk.planned(THREE, FIRST)
    first = desk("GET", f"/v1/plans/{id_}/calendar")
    again = desk("GET", f"/v1/plans/{id_}/calendar", headers={"If-None-Match": f'W/"x", {first.headers["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    other = desk("GET", f"/v1/plans/{id_}/calendar?officer=a", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_a_run_without_a_plan_has_no_calendar_and_is_not_published(desk: Desk) -> None:
    id_ = desk.asked(THREE)
    for answer in (
        desk("GET", f"/v1/plans/{id_}/calendar"),
        desk("POST", f"/v1/plans/{id_}/publish", json={"replaces": 0}),
    ):
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "plan-missing")
    assert desk("GET", "/v1/plans/nothing/calendar").status_code == 404


def test_versions_follow_each_other_and_the_old_stay_readable(desk: Desk) -> None:
    empty = desk("GET", "/v1/calendar")
    assert (empty.status_code, empty.json()["errors"][0]["code"]) == (404, "calendar-unpublished")
    assert desk.published(THREE, FIRST) == 1
    assert desk.published(THREE, SECOND, seed=2) == 2
    assert desk("GET", "/v1/calendar").json()["version"] == 2
    assert visits(desk("GET", "/v1/calendar")) == ["c1-1", "c1-2"]
    assert visits(desk("GET", "/v1/calendar?version=1")) == ["c1-1", "c2-1", "c1-2"]
    assert desk("GET", "/v1/calendar?version=3").status_code == 404
    assert desk("GET", "/v1/calendar").json()["unplanned"][0]["visit"] == "c2-1"


def test_who_publishes_too_late_is_told_what_changed(desk: Desk) -> None:
    desk.published(THREE, FIRST)
    mine, other = desk.planned(THREE, seed=8), desk.planned(THREE, SECOND, seed=9)
    assert desk("POST", f"/v1/plans/{other}/publish", json={"replaces": 1}).status_code == 201
    late = desk("POST", f"/v1/plans/{mine}/publish", json={"replaces": 1})
    assert (late.status_code, late.json()["errors"][0]["code"]) == (409, "publish-overtaken")
    told = late.json()
    assert told["current"]["version"] == 2
    assert told["changed"] == 3
    gone, moved, led = told["changes"]
    assert (gone["kinds"], moved["kinds"]) == (["unplanned"], ["moved-day", "new-lead", "new-crew"])
    assert (led["visit"], led["kinds"]) == ("c1-2", ["new-lead"])
    assert (moved["visit"], moved["before"]["date"], moved["after"]["date"]) == ("c1-1", "2012-08-01", "2012-08-02")
    assert (moved["before"]["crew"], moved["after"]["crew"]) == (["a"], ["b"])
    assert (gone["visit"], gone["after"]) == ("c2-1", None)
    assert desk("POST", f"/v1/plans/{other}/publish", json={"replaces": 1}).status_code == 200
    assert desk("GET", "/v1/calendar").json()["version"] == 2


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_cells_never_become_formulas(desk: Desk) -> None:
    risky = Problem.model_validate(
        json.loads(THREE.to_json()) | {"cooperatives": [cooperative("c1", 1, name="=1+1"), cooperative("c2", 2)]}
    )
    id_ = desk.planned(risky, FIRST)
    assert "'=1+1" in desk("GET", f"/v1/plans/{id_}/calendar?format=csv").text
    book = openpyxl.load_workbook(io.BytesIO(desk("GET", f"/v1/plans/{id_}/calendar?format=xlsx").content))
    assert not [
        c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f" and "1+1" in c.value
    ]
