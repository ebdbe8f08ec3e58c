"""Days and moments at the edges: the first and the last day that there are, and nights in the office."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from support.circle import little_handbook, little_plan, little_problem
from support.serving import Desk

from api.storage import reports

OF = little_problem()
REPORTS = {report.visit: json.loads(report.model_dump_json(exclude_none=True)) for report in little_handbook().reports}
EDGES = ("0001-01-01", "9999-12-31")


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A desk where the little plan is published, and one visit reported."""
    desk.published(OF, little_plan(OF))
    body = {"replaces": 0, "report": REPORTS["c1-1"]}
    assert desk("PUT", "/v1/visits/c1-1/report", json=body).status_code == 201
    return desk


def takes_days(parameter: dict[str, Any]) -> bool:
    schema = parameter["schema"]
    return any(each.get("format") == "date" for each in (schema, *schema.get("anyOf", ())))


def test_no_day_is_too_early_or_too_late_for_a_question(office: Desk) -> None:
    plan = office("GET", "/v1/publications").json()[0]
    problem = office("GET", "/v1/problems").json()[0]["id"]
    asked = 0
    for path, methods in office("GET", "/openapi.json").json()["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", ()):
            if parameter["in"] != "query" or not takes_days(parameter):
                continue
            stands_for = problem if path.startswith("/v1/problems") else plan["plan"] if "/plans/" in path else "c1-1"
            for edge in EDGES:
                answer = office("GET", f"{path.format(id=stands_for, visit='c1-1')}?{parameter['name']}={edge}")
                assert answer.status_code < 500, (path, edge, answer.text)
                asked += 1
    assert asked >= 2 * len(EDGES)


@pytest.mark.parametrize("week", ["0001-W01", "9999-W52", "0000-W01", "9999-W53"])
def test_no_week_is_too_early_or_too_late_for_a_calendar(office: Desk, week: str) -> None:
    assert office("GET", f"/v1/calendar?week={week}").status_code in (200, 422)


def test_a_report_that_is_approved_early_in_the_morning_is_so_on_the_day_of_the_office(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "now", lambda: dt.datetime(2012, 9, 2, 18, 30, tzinfo=dt.UTC))
    approving = {"kind": "handbook", "visit": "c1-1", "version": 1}
    assert office("POST", "/v1/approvals", token=office.token_of("head"), json=approving).status_code == 201
    assert "3 Sep 2012" in office("GET", "/v1/handbook?format=html&lang=en").text
