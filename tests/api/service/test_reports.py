"""Reports over HTTP: by whom, version by version, conflicts told; the handbook, words found in it, approvals."""

from __future__ import annotations

import datetime as dt
import json
import threading
from typing import Any

import pytest
from sqlalchemy import inspect
from support.circle import little_plan
from support.reporting import OF, REPORTS, code, put
from support.serving import Desk

from api.service import reports
from api.storage.database import Database
from api.storage.reports import ReportOvertaken, newest_report, put_report, report_versions
from api.storage.tables import Publication
from api.storage.tokens import create_token
from models.handbook.reports import Handbook

SEASON = OF.workdays[0]


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A desk where the little plan is published."""
    desk.published(OF, little_plan(OF))
    return desk


def test_no_visit_was_held_on_a_day_to_come(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """At seven in the evening of the 7th in UTC it is the 8th at the offices; c2-2 is planned for the 10th."""
    office.service.this_day = lambda: dt.date(2012, 8, 8)
    monkeypatch.setattr("api.storage.reports.now", lambda: dt.datetime(2012, 8, 7, 19, tzinfo=dt.UTC))
    held = {"held": True, "reason": None, "officers": ["b"]}
    early = put(office, "c2-2", date="2012-08-10", **held)
    (fault,) = early.json()["errors"]
    assert (early.status_code, fault["code"], fault["where"]) == (422, "report-contradiction", "report.date")
    assert put(office, "c2-2", date="2012-08-08", **held).status_code == 201


def test_what_is_called_off_beforehand_makes_no_day_past(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the 7th: c1-1 of the 6th was held, and c1-2 of the 9th is not to be. That one may still be moved."""
    office.service.this_day = lambda: dt.date(2012, 8, 7)
    monkeypatch.setattr("api.storage.reports.now", lambda: dt.datetime(2012, 8, 7, 5, tzinfo=dt.UTC))
    assert put(office, "c1-1", date="2012-08-06").status_code == 201
    assert put(office, "c1-2").status_code == 201
    plan = office("GET", "/v1/me").json()["publication"]["plan"]
    told = office("GET", f"/v1/plans/{plan}/reported").json()
    assert (told["last"], told["changes_from"], told["ahead"]) == ("2012-08-06", "2012-08-07", ["c1-2"])
    moved = office("POST", f"/v1/plans/{plan}/moves", json={"moves": [{"kind": "leave-out", "visit": "c1-2"}]})
    assert office("GET", f"/v1/plans/{moved.json()['plan']}/reported").json()["moved"] == []


def test_what_stands_already_makes_no_version(office: Desk) -> None:
    """Whoever sends it again: what was approved stays so."""
    assert put(office, "c1-1").json()["version"] == 1
    again = put(office, "c1-1", 1, token=office.token_of("officer", "a"))
    assert (again.status_code, again.json()["version"]) == (200, 1)
    assert put(office, "c1-1", 1, remarks="และ").json()["version"] == 2


def test_what_is_doubtful_in_a_report_is_told_with_it(office: Desk) -> None:
    """The 4th of August 2012 is a Saturday."""
    (doubt,) = put(office, "c2-2", date="2012-08-04").json()["warnings"]
    assert (doubt["code"], doubt["where"]) == ("value-doubtful", "report.date")
    assert put(office, "c1-1").json()["warnings"] == []


def test_an_officer_of_the_crew_reports_and_nobody_else(office: Desk) -> None:
    mine, other = office.token_of("officer", "a"), office.token_of("officer", "c")
    assert put(office, "c1-1", token=mine).status_code == 201
    assert code(put(office, "c1-1", 1, token=other)) == (404, "address-unknown")
    assert put(office, "c1-1", 1, remarks="โดยผู้วางแผน").status_code == 201  # a planner
    head = office.token_of("head")
    assert code(put(office, "c1-1", 2, token=head)) == (403, "role-forbidden")
    assert office("GET", "/v1/visits/c1-1/report", token=head).json()["version"] == 2
    assert office("GET", "/v1/visits/c1-1/report", token=other).status_code == 404
    versions = office("GET", "/v1/visits/c1-1/report/versions", token=mine).json()
    assert [(one["version"], one["by"]) for one in versions] == [(2, "test"), (1, "officer")]
    assert versions[1]["report"] == REPORTS["c1-1"] or versions[1]["report"]["km"] == 62


def test_the_same_again_changes_nothing_and_a_conflict_is_shown(office: Desk) -> None:
    assert put(office, "c1-1").status_code == 201
    assert put(office, "c1-1").status_code == 200
    told = put(office, "c1-1", remarks="ของเครื่องที่สอง")
    assert code(told) == (409, "report-overtaken")
    assert told.json()["current"]["version"] == 1
    assert put(office, "c1-1", 1, remarks="ของเครื่องที่สอง").json()["version"] == 2
    assert len(office("GET", "/v1/visits/c1-1/report/versions").json()) == 2


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"visit": "c1-2"}, "field-value"),
        ({"held": False}, "cell-missing"),
        ({"officers": ["zz"]}, "id-unknown"),
        ({"condition": {"debt": 9}}, "field-value"),
        ({"start": "10:00", "end": "09:00"}, "time-order"),
        ({"start": "10:00:00.2", "end": "10:00:00.4"}, "time-order"),  # one moment, as it would be kept
        ({"progress": [{"issue": "i3", "outcome": "solved"}]}, "id-unknown"),
        ({"hidden": 1}, "field-unknown"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(office: Desk, changes: dict[str, Any], wanted: str) -> None:
    told = put(office, "c1-1", **changes)
    assert told.status_code == 422
    assert wanted in [fault["code"] for fault in told.json()["errors"]]
    assert office("GET", "/v1/visits/c1-1/report").status_code == 404


def test_reports_look_at_each_other(office: Desk) -> None:
    assert put(office, "c1-1").status_code == 201
    # c2-1 on the day of the tour that c1-1 gave the kilometres of
    told = put(office, "c2-1", date="2012-08-06", new_issues=[])
    assert [fault["code"] for fault in told.json()["errors"]] == ["report-contradiction"]


def test_what_is_wrong_between_other_reports_keeps_nobody_from_reporting(office: Desk) -> None:
    """As after a new edition that has two visits on one tour, whose kilometres were told of each."""
    token, _ = create_token(office.service.database, "p", "planner")
    for visit in ("c1-1", "c2-1"):
        report = REPORTS[visit] | {"date": "2012-08-06", "new_issues": []}
        put_report(office.service.database, SEASON, visit, json.dumps(report), token.id, 0)
    assert put(office, "c2-2").status_code == 201
    assert code(put(office, "c2-1", 1, date="2012-08-06", new_issues=[])) == (422, "report-contradiction")


def test_reports_written_at_once_look_at_each_other(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is put after this one was first looked at counts: both would tell the kilometres of one tour."""
    real, also = reports.put_report, json.dumps(REPORTS["c1-1"])
    token, _ = create_token(office.service.database, "p", "planner")

    def later(*given: Any) -> Any:
        real(office.service.database, SEASON, "c1-1", also, token.id, 0)
        return real(*given)

    monkeypatch.setattr(reports, "put_report", later)
    assert code(put(office, "c2-1", date="2012-08-06", new_issues=[])) == (422, "report-contradiction")


def test_nothing_is_reported_before_a_plan_is_published(desk: Desk) -> None:
    assert code(put(desk, "c1-1")) == (404, "calendar-unpublished")


def test_reports_outlive_a_new_edition(office: Desk) -> None:
    assert put(office, "c1-1").status_code == 201
    office.published(OF.changed(name="again"), little_plan(OF))
    assert office("GET", "/v1/visits/c1-1/report").json()["version"] == 1


def test_the_form_lists_open_issues_that_earlier_visits_found(office: Desk) -> None:
    assert put(office, "c2-1").status_code == 201  # it finds c2-1-1208-1

    def listed(visit: str) -> list[tuple[str, str | None]]:
        form = office("GET", f"/v1/visits/{visit}/reporting").json()
        return [(issue["id"], issue["found"]) for issue in form["issues"]]

    agenda = [("i3", None)] if office("GET", "/v1/visits/c2-1/reporting").json()["issues"] else []
    found = ("c2-1-1208-1", "2012-08-07")
    assert listed("c2-1") == agenda, "the visit that found it has it among its new issues"
    assert listed("c2-2") == [found]
    solved = [{"issue": "c2-1-1208-1", "outcome": "solved", "sessions": 1}]
    assert put(office, "c2-2", progress=solved).status_code == 201
    assert listed("c2-2") == [found], "what its own report tells stays"
    assert listed("c2-3") == agenda, "it is solved"
    figures = office("GET", "/v1/evaluation").json()["issues"]
    assert (figures["issues"], figures["solved"]) == (1, 1)


def test_an_officer_has_the_own_handbook(office: Desk) -> None:
    for visit in ("c1-1", "c2-2"):
        assert put(office, visit).status_code == 201
    token = office.token_of("officer", "a")
    handbook = Handbook.model_validate_json(office("GET", "/v1/handbook", token=token).content)
    assert [report.visit for report in handbook.reports] == ["c1-1"]  # c2-2 is of b alone
    assert office("GET", "/v1/handbook?format=html", token=token).status_code == 200
    for query in ("?officer=b", "?cooperative=c2", "?format=xlsx"):
        assert office("GET", f"/v1/handbook{query}", token=token).status_code == 403


def test_the_head_approves_once(office: Desk) -> None:
    assert put(office, "c1-1").status_code == 201
    head = office.token_of("head")
    plan, report = {"kind": "plan", "version": 1}, {"kind": "handbook", "visit": "c1-1", "version": 1}
    for what in (plan, report):
        first, again = (office("POST", "/v1/approvals", token=head, json=what) for _ in range(2))
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
    found = office("GET", "/v1/approvals").json()
    assert {(one["kind"], one["version"], one["visit"], one["by"]) for one in found} == {
        ("plan", 1, None, "head"), ("handbook", 1, "c1-1", "head"),
    }  # fmt: skip
    for wrong, status in (
        ({"kind": "plan", "version": 9}, 404), ({"kind": "handbook", "version": 1}, 422),
        ({"kind": "requests", "version": 1, "visit": "c1-1"}, 422), (report | {"version": 2}, 404),
        ({"kind": "budget", "version": 1}, 422),
    ):  # fmt: skip
        assert office("POST", "/v1/approvals", token=head, json=wrong).status_code == status


def test_reports_are_listed_with_their_approval_and_one_written_again_waits_again(office: Desk) -> None:
    mine, head = office.token_of("officer", "a"), office.token_of("head")
    assert put(office, "c1-1", token=mine).status_code == 201
    approving = {"kind": "handbook", "visit": "c1-1", "version": 1}
    assert office("GET", "/v1/reports", token=mine).status_code == 403
    assert [one["approved_by"] for one in office("GET", "/v1/reports", token=head).json()] == [None]
    assert office("POST", "/v1/approvals", token=head, json=approving).status_code == 201
    (listed,) = office("GET", "/v1/reports", token=head).json()
    assert (listed["visit"], listed["cooperative"], listed["by"]) == ("c1-1", "c1", "officer")
    assert (listed["version"], listed["approved_by"]) == (1, "head")
    form = office("GET", "/v1/visits/c1-1/reporting", token=mine).json()
    assert (form["approved_by"], form["approved_at"]) == ("head", listed["approved_at"])
    assert (form["limits"]["km"], form["limits"]["wanted"]) == ([0, 5000], [1, 50])
    assert "อนุมัติโดย head" in office("GET", "/v1/handbook?format=html&lang=th", token=head).text
    assert put(office, "c1-1", 1, token=mine, remarks="แก้").status_code == 201
    (again,) = office("GET", "/v1/reports", token=head).json()
    assert (again["version"], again["approved_by"]) == (2, None)
    assert "อนุมัติโดย head" not in office("GET", "/v1/handbook?format=html&lang=th", token=head).text


def test_words_of_the_reports_are_found_and_officers_find_their_own(office: Desk) -> None:
    for visit in ("c1-1", "c2-2"):
        assert put(office, visit).status_code == 201
    assert put(office, "c2-1").status_code == 201
    found = office("GET", "/v1/handbook/search", params={"q": "ทะเบียน"}).json()
    # "ไม่มีทะเบียนลูกหนี้", a weakness of c2-1
    assert [(one["visit"], one["cooperative"], one["part"], one["date"]) for one in found] == [
        ("c2-1", "c2", "weakness", "2012-08-07")
    ]
    assert office("GET", "/v1/handbook/search", params={"q": "เบียน"}).json() == []  # the middle of a word
    for officer, wanted in (("b", ["c2-1"]), ("c", [])):
        token = office.token_of("officer", officer)
        answer = office("GET", "/v1/handbook/search", params={"q": "ลูกหนี้"}, token=token).json()
        assert [one["visit"] for one in answer] == wanted
    assert code(office("GET", "/v1/handbook/search", params={"q": ""}))[0] == 422
    assert office("GET", "/v1/handbook/search?q=x", token=office.token_of("viewer")).status_code == 403


def test_every_version_is_kept_on_each_database(database: Database) -> None:
    token, _ = create_token(database, "p", "planner")
    assert put_report(database, SEASON, "v", "{}", token.id, 0)[1]
    with pytest.raises(ReportOvertaken):
        put_report(database, SEASON, "v", "[]", token.id, 0)
    put_report(database, SEASON, "v", "[]", token.id, 1)
    with database.read() as session:
        assert [row.report for row, _ in report_versions(session, SEASON, "v")] == ["[]", "{}"]
        assert newest_report(session, SEASON, "w") is None


def test_of_writers_at_once_one_wins_each_version(database: Database) -> None:
    token, _ = create_token(database, "p", "planner")
    won: list[int] = []

    def write(number: int) -> None:
        try:
            put_report(database, SEASON, "v", str(number), token.id, 0)
            won.append(number)
        except ReportOvertaken:
            pass

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    with database.read() as session:
        assert [row.version for row, _ in report_versions(session, SEASON, "v")] == [1]


def test_the_tables_go_up_and_down(database: Database) -> None:
    names = {"reports", "attachments", "approvals"}
    assert names <= set(inspect(database.engine).get_table_names())
    database.migrate("0003")
    assert not names & set(inspect(database.engine).get_table_names())
    assert Publication.__tablename__ in inspect(database.engine).get_table_names()
    database.migrate()
    assert names <= set(inspect(database.engine).get_table_names())


def test_what_is_reported_has_happened(office: Desk) -> None:
    plan = office("GET", "/v1/calendar").json()["plan"]
    path = f"/v1/plans/{plan}/reported"
    assert office("GET", path).json() == {"held": {}, "last": None, "changes_from": None, "moved": [], "ahead": []}
    held, missed = (next(id_ for id_, one in REPORTS.items() if one["held"] is wanted) for wanted in (True, False))
    out = {"moves": [{"kind": "leave-out", "visit": held}]}
    left = office("POST", f"/v1/plans/{plan}/moves", json=out).json()  # before anybody reported it
    assert put(office, held).status_code == 201
    assert put(office, missed).status_code == 201
    planned = {stop.visit: tour.date for tour in little_plan(OF).tours for stop in tour.stops}
    last = max(planned[held], planned[missed], dt.date.fromisoformat(REPORTS[held]["date"]))
    told = office("GET", path).json()
    assert told == {
        "held": {held: True, missed: False}, "last": str(last), "changes_from": str(last + dt.timedelta(1)),
        "moved": [], "ahead": [],
    }  # fmt: skip
    away = {"kind": "absent", "officer": "a", "first": str(OF.workdays[0]), "last": str(OF.workdays[-1])}
    run = office("POST", f"/v1/plans/{plan}/replan", json={"changes": [away]}).json()
    assert (run["request"]["today"], run["request"]["today_by"]) == (told["changes_from"], "reports")
    named = office("POST", f"/v1/plans/{plan}/replan", json={"changes": [away], "today": str(OF.workdays[0])}).json()
    assert named["request"]["today"] == str(OF.workdays[0])  # a day that is given is taken
    assert "today_by" not in named["request"]
    assert code(office("POST", f"/v1/plans/{plan}/moves", json=out)) == (422, "date-order")
    shown = office("GET", f"/v1/plans/{plan}/visits/c2-2/slots").json()
    assert [day["date"] for day in shown] == [str(day) for day in OF.workdays if day > last]
    assert office("GET", f"/v1/plans/{left['plan']}/reported").json()["moved"] == [held]


def test_a_draft_that_moved_what_was_reported_since_opens_when_the_published_plan_does(office: Desk) -> None:
    """Its own day of that visit says nothing: what was reported took place where people had it."""
    plan = office("GET", "/v1/calendar").json()["plan"]
    missed = next(id_ for id_, one in REPORTS.items() if not one["held"])
    later = {"kind": "place", "visit": missed, "date": str(OF.workdays[-1])}
    draft = office("POST", f"/v1/plans/{plan}/moves", json={"moves": [later]}).json()["plan"]
    assert put(office, missed).status_code == 201
    told = office("GET", f"/v1/plans/{draft}/reported").json()
    assert told["moved"] == [missed]
    assert told["changes_from"] == office("GET", f"/v1/plans/{plan}/reported").json()["changes_from"]
    away = {"kind": "absent", "officer": "a", "first": str(OF.workdays[0]), "last": str(OF.workdays[-1])}
    run = office("POST", f"/v1/plans/{draft}/replan", json={"changes": [away]})
    assert (run.status_code, run.json()["request"]["today"]) == (202, told["changes_from"])


def test_what_is_reported_meanwhile_makes_no_other_request_of_one_that_is_made_again(office: Desk) -> None:
    """A page asks again where an answer was lost, and what was settled by the reports of then is settled."""
    plan, days = office("GET", "/v1/calendar").json()["plan"], [str(day) for day in OF.workdays]
    away = {"kind": "absent", "officer": "a", "first": days[0], "last": days[-1]}

    def asked(key: str, change: dict[str, str]) -> Any:
        headers = {"Idempotency-Key": key}
        return office("POST", f"/v1/plans/{plan}/replan", json={"changes": [change]}, headers=headers)

    runs = {"before": asked("before", away).json()}
    assert "today_by" not in runs["before"]["request"]
    for visit in REPORTS:
        assert put(office, visit).status_code == 201  # which may move the day on, in the end beyond the last workday
        for key, run in runs.items():
            again = asked(key, away)
            assert (again.status_code, again.json()["id"]) == (202, run["id"])
            assert again.json()["request"] == run["request"]
            assert code(asked(key, away | {"last": days[-2]})) == (409, "key-reused")
        anew = asked(visit, away)
        if anew.status_code == 202:
            runs[visit] = anew.json()
    assert {run["request"].get("today_by") for run in runs.values()} == {None, "reports"}
