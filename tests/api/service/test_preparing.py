"""Preparation over HTTP: the visits that prepare content, how far it is, and planning anew when it slips."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random
from typing import Any

import pytest
from support.publishing import little_plan
from support.serving import Desk
from support.tables import TOML, folder, tables

from api.service.reading import read_tables
from api.storage.problems import keep_problem
from models.intake import read_office

PREPARING = "[preparation]\nfirst = 2012-07-02\nlast = 2012-07-31\n"


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> str:
    """An office's problem whose plan is published: i1 is agreed with the board, i2 is to be ready on 20 August."""
    made = tables()
    made["issues"][0] |= {"readiness": "board"}
    made["issues"][1] |= {"readiness": "draft", "content_ready": "2012-08-20", "partner": "", "audience": "management"}
    path = folder(tmp_path / "office", made, TOML + PREPARING)
    row, _ = keep_problem(desk.service.database, read_tables(path)[0])
    desk.published_of(row.id, little_plan(read_office(path).problem, Random(1)))
    return row.id


def test_the_visits_that_prepare_content_follow_from_the_tables_that_were_kept(desk: Desk, office: str) -> None:
    made = desk("POST", f"/v1/problems/{office}/preparation")
    assert made.status_code == 201, made.text
    assert desk("POST", f"/v1/problems/{office}/preparation").status_code == 200
    problem = desk("GET", made.json()["address"]).json()
    assert [visit["id"] for visit in problem["visits"]] == ["c1-p1", "c2-p1"]  # neither is ready
    assert (problem["workdays"][0], problem["workdays"][-1]) == ("2012-07-02", "2012-07-31")
    assert desk("POST", "/v1/problems/none/preparation").status_code == 404
    assert desk("POST", f"/v1/problems/{office}/preparation", token=desk.token_of("head")).status_code == 403


def test_a_problem_without_tables_cannot_be_prepared(desk: Desk, tmp_path: Path) -> None:
    id_ = desk.posted(read_office(folder(tmp_path / "office")).problem)
    answer = desk("POST", f"/v1/problems/{id_}/preparation")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "file-missing")


def found(desk: Desk, day: str) -> dict[str, dict[str, Any]]:
    return {one["issue"]: one for one in desk("GET", f"/v1/readiness?day={day}").json()}


def test_how_far_content_is_and_planning_anew_in_one_step_when_it_slips(desk: Desk, office: str) -> None:
    before = found(desk, "2012-07-20")
    assert (before["i1"]["state"], before["i1"]["next_step"]) == ("board", "members")
    assert (before["i2"]["state"], before["i2"]["next_step"], before["i2"]["overdue"]) == ("draft", "management", False)
    assert found(desk, "2012-08-21")["i2"]["overdue"]
    first = dt.date.fromisoformat(before["i2"]["first_visit"])
    slips = first + dt.timedelta(days=1)
    plan = desk("GET", "/v1/calendar").json()["plan"]
    change = {"kind": "content-late", "issue": "i2", "ready": slips.isoformat()}
    run = desk("POST", f"/v1/plans/{plan}/replan", json={"changes": [change], "today": "2012-08-01", "seconds": 1})
    assert run.status_code == 202, run.text
    problem = desk("GET", f"/v1/problems/{run.json()['problem']}").json()
    about = [visit for visit in problem["visits"] if "i2" in visit.get("issues", ())]
    assert about and all(visit["earliest"] >= slips.isoformat() for visit in about)
    wrong = desk("POST", f"/v1/plans/{plan}/replan", json={"changes": [change | {"issue": "i9"}], "seconds": 1})
    assert wrong.status_code == 422
