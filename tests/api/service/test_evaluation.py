"""Evaluation, urgency and readiness over HTTP: from the reports so far, against earlier editions and quarters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from support.circle import little_plan
from support.reporting import OF, REPORTS, put
from support.serving import Desk

from api.service.loading import load_planned
from api.storage.database import Database
from models.evaluation.evaluating import EditionDays, evaluate
from models.evaluation.figures import Evaluation
from models.handbook.records import Records
from models.handbook.reports import Handbook
from models.plan import Plan, Unplanned

#: every visit left out
NOTHING = Plan(unplanned=tuple(Unplanned(visit=visit.id, reason="by-hand: left out") for visit in OF.visits))


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A desk where the little plan is published."""
    desk.published(OF, little_plan(OF))
    return desk


def test_handbook_evaluation_and_urgency(office: Desk) -> None:
    for visit in REPORTS:
        report = {key: value for key, value in REPORTS[visit].items() if key != "remarks"}
        body = {"replaces": 0, "report": report}
        assert office("PUT", f"/v1/visits/{visit}/report", json=body).status_code == 201
    head = office.token_of("head")
    handbook = Handbook.model_validate_json(office("GET", "/v1/handbook", token=head).content)
    assert {report.visit for report in handbook.reports} == set(REPORTS)
    page = office("GET", "/v1/handbook?format=html&cooperative=c1&lang=th", token=head)
    assert "คู่มือการทำงาน รายสหกรณ์" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert office("GET", "/v1/handbook?format=xlsx", token=head).content[:2] == b"PK"
    figures = office("GET", "/v1/evaluation", token=head).json()
    assert (figures["keeping"]["on_day"], figures["keeping"]["within_week"], figures["sessions_held"]) == (1, 2, 3)
    assert "<svg" in office("GET", "/v1/evaluation?format=html", token=head).text
    assert office("GET", "/v1/evaluation?format=xlsx", token=head).content[:2] == b"PK"
    first = office("GET", "/v1/urgency?day=2012-08-15", token=head).json()[0]
    assert first["points"] == sum(reason["points"] for reason in first["reasons"])
    for lang, word in (("th", "ครั้ง"), ("en", "visit")):
        told = office("GET", f"/v1/urgency?day=2012-08-15&lang={lang}", token=head).json()
        assert any(word in reason["sentence"] for one in told for reason in one["reasons"])


def test_the_evaluation_stands_against_the_quarter_before_and_earlier_handbooks_can_be_read(office: Desk) -> None:
    assert put(office, "c1-1").status_code == 201
    later = OF.changed(workdays=tuple(day + dt.timedelta(days=91) for day in OF.workdays), partners=(), visits=tuple(
        visit.model_copy(update={"due": None, "partner": None}) for visit in OF.visits
    ))  # fmt: skip
    office.published(later, NOTHING)
    page = office("GET", "/v1/evaluation?format=html&lang=en").text
    assert "quarter before" in page.lower()
    assert office("GET", "/v1/handbook").json()["reports"] == []
    earlier = office("GET", "/v1/handbook?version=1").json()["reports"]
    assert [report["visit"] for report in earlier] == ["c1-1"]
    assert office("GET", "/v1/evaluation?version=1").json()["keeping"]["on_day"] == 1
    assert office("GET", "/v1/handbook?version=7").status_code == 404


def test_an_evaluation_is_worked_out_again_only_for_what_is_new(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in (2, 3, 4):  # editions of the same quarter
        office.published(OF, seed=seed)
    worked: list[int] = []
    read: list[str] = []

    def counted(records: Records, editions: Sequence[EditionDays] = (), last: EditionDays | None = None) -> Evaluation:
        worked.append(len(editions))
        return evaluate(records, editions, last)

    def loaded(database: Database, id: str) -> Any:
        read.append(id)
        return load_planned(database, id)

    monkeypatch.setattr("api.service.handbook.evaluate", counted)
    monkeypatch.setattr("api.service.editions.load_planned", loaded)
    before = office("GET", "/v1/evaluation")
    again = office("GET", "/v1/evaluation", headers={"If-None-Match": before.headers["ETag"]})
    assert (again.status_code, worked, len(read)) == (304, [3], 4)
    assert put(office, "c1-1").status_code == 201
    assert office("GET", "/v1/evaluation").json() != before.json()
    office.published(OF, seed=5)
    assert office("GET", "/v1/evaluation").json()["moves"]["editions"] == 4
    # a report and a publication later: both anew, but of the editions only the new one is read
    assert (worked, len(read)) == ([3, 3, 4], 5)


def test_readiness_of_the_published_plan(office: Desk) -> None:
    assert office("GET", "/v1/readiness").json() == []  # a problem without tables has no issues to follow
