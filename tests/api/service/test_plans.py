from __future__ import annotations

import json
import re
from random import Random
from typing import Any

import pytest
from starlette.testclient import TestClient
from support.builders import problem
from support.publishing import little_plan
from support.serving import Desk, idle

from api.runs.mishaps import failed, lost, not_run, overdue, too_large
from api.service.app import create_app
from api.settings import Settings
from api.storage import plans, reading
from api.storage.tokens import create_token
from models.faults import Fault
from models.plan import Cost

THAI = re.compile("[ก-๙]")


def streamed(desk: Desk, id_: str, after: int | None = None, lang: str = "en") -> list[tuple[int, str, dict[str, Any]]]:
    """The events of a run that is over, as a client reads them."""
    headers = {"Accept-Language": lang} | ({} if after is None else {"Last-Event-ID": str(after)})
    answer = desk("GET", f"/v1/plans/{id_}/events", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    found = []
    for block in answer.text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((int(fields["id"]), fields["event"], json.loads(fields["data"])))
    return found


def test_a_run_is_kept_before_it_is_answered(desk: Desk) -> None:
    id_ = desk.asked(problem(), seconds=3, gap=0.05, seed=7)
    with desk.service.database.read() as session:
        found = reading.plan_text(session, id_)
    assert found is not None
    assert found[0].request == {"seconds": 3.0, "gap": 0.05, "seed": 7, "deterministic": False}
    answer = desk("GET", f"/v1/plans/{id_}").json()
    assert (answer["state"], answer["attempts"], answer["cost"]) == ("queued", 0, None)


def test_a_finished_run_tells_cost_by_part_and_how_to_make_it_again(desk: Desk) -> None:
    made = little_plan(problem(), Random(3)).model_copy(update={"lower_bound": 50.0})
    id_ = desk.planned(problem(), made)
    answer = desk("GET", f"/v1/plans/{id_}").json()
    assert answer["state"] == "done"
    assert answer["cost"]["total"] == pytest.approx(made.cost.total)
    assert (answer["lower_bound"], answer["gap"]) == (50.0, made.gap)
    assert answer["planned"] + answer["unplanned"] == 2
    listed = desk("GET", "/v1/plans?state=done").json()
    assert [plan["id"] for plan in listed] == [id_]
    assert desk("GET", "/v1/plans?state=failed").json() == []


def test_numbers_of_one_answer_agree_to_the_satang(desk: Desk) -> None:
    cost = Cost.of(km=0.1 + 0.2, late=1.005)
    assert str(cost.total) == "1.305"
    id_ = desk.asked(problem())
    plans.start(desk.service.database, id_)
    best = {"cost": 9.3000000000000007, "bound": None, "gap": None, "share": 1.0, "seconds": 1.0}
    plans.progress(desk.service.database, id_, 1, best)
    assert desk("GET", f"/v1/plans/{id_}").json()["progress"]["cost"] == 9.3
    made = little_plan(problem(), Random(3)).model_copy(update={"cost": cost, "lower_bound": 1.0 / 3.0})
    plans.finish(desk.service.database, id_, 1, made)
    answer = desk("GET", f"/v1/plans/{id_}").json()
    parts = answer["cost"]
    assert (parts["km"], parts["late"], parts["total"]) == (0.3, 1.0, 1.3) == (answer["paid"], answer["weighed"], 1.3)
    assert (answer["lower_bound"], answer["progress"]["bound"]) == (0.33, 0.33)
    assert (answer["progress"]["cost"], answer["progress"]["gap"]) == (parts["total"], answer["gap"])


@pytest.mark.parametrize("address", ["plans?limit=1", "plans?drafts=true", "problems?limit=1"])
def test_an_item_that_no_list_has_leads_to_no_page(desk: Desk, address: str) -> None:
    desk.asked(problem())
    answer = desk("GET", f"/v1/{address}&after=zzz")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"], error["where"]) == (422, "id-unknown", "after")
    assert "'zzz'" in error["cause"] and "Link" in error["remedy"]


def test_one_key_asks_for_one_run(desk: Desk) -> None:
    body = {"problem": desk.posted(problem()), "seconds": 1.0}
    headers = {"Idempotency-Key": "abc"}
    first = desk("POST", "/v1/plans", json=body, headers=headers)
    second = desk("POST", "/v1/plans", json=body, headers=headers)
    assert first.status_code == second.status_code == 202
    assert first.json()["id"] == second.json()["id"]
    third = desk("POST", "/v1/plans", json=body | {"seed": 2}, headers=headers)
    assert (third.status_code, third.json()["errors"][0]["code"]) == (409, "key-reused")
    assert len(desk("GET", "/v1/plans").json()) == 1


def test_events_go_on_where_the_client_was(desk: Desk) -> None:
    id_ = desk.asked(problem())
    database = desk.service.database
    plans.start(database, id_)
    plans.progress(database, id_, 1, {"cost": 9.0, "bound": None, "gap": None, "share": 0.5, "seconds": 1.0})
    assert desk("GET", f"/v1/plans/{id_}").json()["progress"]["cost"] == 9.0
    plans.recover(database)
    assert desk("GET", f"/v1/plans/{id_}").json()["progress"] is None, "what an attempt had is lost with it"
    plans.start(database, id_)
    assert desk("GET", f"/v1/plans/{id_}").json()["progress"] is None
    plans.fail(database, id_, 2, [failed(RuntimeError("secret"))])
    whole = streamed(desk, id_)
    assert [kind for _, kind, _ in whole] == ["accepted", "started", "progress", "interrupted", "started", "ended"]
    assert [number for number, _, _ in whole] == [1, 2, 3, 4, 5, 6]
    assert whole[2][2]["share"] == 0.5
    assert streamed(desk, id_, after=4) == whole[4:]
    assert streamed(desk, id_, after=6) == []
    answer = desk("GET", f"/v1/plans/{id_}").json()
    assert (answer["state"], answer["faults"][0]["code"]) == ("failed", "run-failed")
    assert "secret" not in str(answer) + str(whole)


@pytest.mark.parametrize("fault", [lost(2), overdue(130.0), too_large(), failed(KeyError()), not_run()])
def test_why_a_run_failed_is_told_in_the_language_of_the_reader_at_every_door(desk: Desk, fault: Fault) -> None:
    body = {"problem": desk.posted(problem()), "seconds": 1.0}
    id_, database = (
        desk("POST", "/v1/plans", json=body, headers={"Idempotency-Key": "one"}).json()["id"],
        desk.service.database,
    )
    plans.start(database, id_)
    plans.recover(database)
    plans.start(database, id_)
    plans.fail(database, id_, 2, [fault])
    reason = {"en": "the service ended", "th": "ระบบปิดลงระหว่างคำนวณ"}
    for lang in ("en", "th"):
        meant = fault.in_language(lang)
        assert (THAI.search(meant.cause) is None) == (lang == "en") and "(" not in meant.cause
        expected = {"code": meant.code, "where": "plan", "cause": meant.cause, "remedy": meant.remedy, "place": None}
        spoken = {"Accept-Language": lang}
        told = [
            desk("GET", f"/v1/plans/{id_}", headers=spoken).json(),
            desk("GET", f"/v1/plans/{id_}?lang={lang}").json(),
            desk("GET", "/v1/plans", headers=spoken).json()[0],
            desk("DELETE", f"/v1/plans/{id_}", headers=spoken).json(),
            desk("POST", "/v1/plans", json=body, headers=spoken | {"Idempotency-Key": "one"}).json(),
            streamed(desk, id_, lang=lang)[-1][2],
        ]
        assert [one["faults"] for one in told] == [[expected]] * len(told)
        assert [data["reason"] for _, kind, data in streamed(desk, id_, lang=lang) if kind == "interrupted"] == [
            reason[lang]
        ]


@pytest.mark.parametrize("number", ["+0.0", "1.0", "1e3", "-1", "one"])
def test_only_digits_are_the_number_of_an_event(desk: Desk, number: str) -> None:
    run = desk.asked(problem())
    answer = desk("GET", f"/v1/plans/{run}/events", headers={"Last-Event-ID": number})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "header-value")


def test_cancelling_ends_a_waiting_run_and_leaves_an_ended_one(desk: Desk) -> None:
    waits, done = desk.asked(problem()), desk.planned(problem(), seed=2)
    assert desk("DELETE", f"/v1/plans/{waits}").json()["state"] == "cancelled"
    assert desk("DELETE", f"/v1/plans/{waits}").json()["state"] == "cancelled"
    assert desk("DELETE", f"/v1/plans/{done}").json()["state"] == "done"
    assert desk("DELETE", "/v1/plans/nothing").status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"seconds": 601}, "field-value"), ({"seconds": 0}, "field-value"), ({"seconds": "5"}, "field-value"),
        ({"gap": 1}, "field-value"), ({"seed": -1}, "field-value"), ({"colour": "red"}, "field-unknown"),
    ],
)  # fmt: skip
def test_requests_out_of_limits_are_refused(desk: Desk, change: dict[str, Any], code: str) -> None:
    answer = desk("POST", "/v1/plans", json={"problem": desk.posted(problem()), "seconds": 1.0} | change)
    assert answer.status_code == 422
    assert [error["code"] for error in answer.json()["errors"]] == [code]


def test_a_run_of_an_unknown_problem_is_refused(desk: Desk) -> None:
    answer = desk("POST", "/v1/plans", json={"problem": "nothing"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "id-unknown")


@pytest.mark.parametrize("room", [{"queue": 2}, {"runs_per_token": 2}])
def test_a_full_queue_says_when_to_come_back(settings: Settings, room: dict[str, int]) -> None:
    app = create_app(settings.model_copy(update={"workers": 1} | room), idle)
    with TestClient(app, base_url="http://localhost") as client:
        desk = Desk(client, app.state.service, create_token(app.state.service.database, "t", "planner")[1])
        first = desk.asked(problem(), seconds=30)
        desk.asked(problem(), seconds=31)
        body = {"problem": desk.posted(problem()), "seconds": 1.0}
        full = desk("POST", "/v1/plans", json=body)
        assert (full.status_code, full.json()["errors"][0]["code"]) == (429, "queue-full")
        assert full.headers["Retry-After"] == "61"
        desk("DELETE", f"/v1/plans/{first}")
        assert desk("POST", "/v1/plans", json=body).status_code == 202
