"""Questions about a plan over HTTP: answered as on the command line, by the real process aside."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import cooperative, officer, on, plan, problem, tour, visit
from support.serving import Desk

from api.service.explaining import DayAnswer, WhyAnswer

STATED = problem(
    officers=[officer("a", "x"), officer("b")],
    cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
    visits=[visit("c1-1"), visit("c2-1"), visit("c2-2", topics=["y"])],
)
MADE = plan(STATED, tour(STATED, on(1), "a", ["c1-1"]))


def codes(answer: Any) -> set[tuple[str, str]]:
    return {(error["code"], error["where"]) for error in answer.json()["errors"]}


def test_every_question_about_a_plan_is_answered(desk: Desk) -> None:
    at = f"/v1/plans/{desk.planned(STATED, MADE)}"
    left = WhyAnswer.model_validate(desk("GET", f"{at}/visits/c2-1/why?lang=en&seconds=60").json())
    assert (left.tour, left.verdict.code, left.proven) == (None, "slot-cheaper", True)
    assert [day.date for day in left.days] == ["2012-08-01", "2012-08-02", "2012-08-03"]
    assert "960" in left.verdict.sentence
    assert left.remedies[0].changes[0].code == "take-slot"
    assert left.remedies_complete
    impossible = WhyAnswer.model_validate(desk("GET", f"{at}/visits/c2-2/why?lang=en&seconds=60").json())
    assert (impossible.verdict.code, impossible.proven) == ("impossible", True)
    assert {each.changes[0].code for each in impossible.remedies} == {"one-more-officer"}
    hasty = WhyAnswer.model_validate(desk("GET", f"{at}/visits/c2-2/why?seconds=0").json())
    assert (hasty.verdict.code, hasty.remedies, hasty.remedies_complete) == ("impossible", [], False)
    stands = desk("GET", f"{at}/visits/c1-1/why").json()
    assert stands["crew"] == [{"code": "leads", "facts": {"officer": "a"}, "sentence": stands["crew"][0]["sentence"]}]

    days = [DayAnswer.model_validate(day) for day in desk("GET", f"{at}/visits/c2-1/slots?lang=en").json()]
    assert days == left.days
    new = desk("GET", f"{at}/slots?cooperative=c2&minutes=30&due=2012-08-02&today=2012-08-02&topic=x").json()
    suitable = [DayAnswer.model_validate(day) for day in new]
    assert [day.date for day in suitable] == ["2012-08-02", "2012-08-03"]
    assert suitable[0].slots[0].crew == ["a"]
    assert suitable[0].slots[0].baht == 140.0, "40 km and an officer's day"
    assert "unplanned" not in suitable[0].slots[0].parts


def test_what_is_not_there_cannot_be_explained(desk: Desk) -> None:
    made, waits = desk.planned(STATED, MADE), desk.asked(STATED)
    for address in ("visits/c1-1/why", "visits/c1-1/slots", "slots?cooperative=c1&minutes=9"):
        assert desk("GET", f"/v1/plans/nothing/{address}").status_code == 404
        early = desk("GET", f"/v1/plans/{waits}/{address}")
        assert (early.status_code, codes(early)) == (409, {("plan-missing", "plan")})
    for address in ("visits/c9-1/why", "visits/c9-1/slots"):
        unknown = desk("GET", f"/v1/plans/{made}/{address}")
        assert (unknown.status_code, codes(unknown)) == (404, {("address-unknown", "visit")})


@pytest.mark.parametrize(
    ("address", "faults"),
    [
        ("visits/c1-1/why?seconds=61", {("field-value", "seconds")}),
        ("visits/c1-1/why?seconds=nan", {("field-value", "seconds")}),
        ("visits/c1-1/why?lang=xx", {("field-value", "lang")}),
        ("visits/c1-1/why?second=1", {("field-unknown", "second")}),
        ("visits/c1-1/slots?seconds=1", {("field-unknown", "seconds")}),
        ("slots", {("field-missing", "cooperative"), ("field-missing", "minutes")}),
        (
            "slots?cooperative=%00&minutes=0&priority=6&due=1.8.2012&today=0&topic=",
            {
                ("field-value", "cooperative"), ("field-value", "minutes"), ("field-value", "priority"),
                ("field-value", "due"), ("field-value", "today"), ("field-value", "topic[0]"),
            },
        ),
        ("slots?cooperative=c9&minutes=9&topic=none", {("id-unknown", "cooperative"), ("id-unknown", "topic")}),
        ("slots?cooperative=c1&minutes=9&today=2013-08-01", {("date-order", "today")}),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_read_is_refused(desk: Desk, address: str, faults: set[tuple[str, str]]) -> None:
    answer = desk("GET", f"/v1/plans/{desk.planned(STATED, MADE)}/{address}")
    assert (answer.status_code, codes(answer)) == (422, faults), answer.text


def test_an_answer_is_worked_out_once_for_each_language(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = desk.planned(problem())
    asked: list[tuple[Any, ...]] = []

    def answer(*question: Any, seconds: float) -> bytes:
        asked.append(question)
        return b"[]"

    monkeypatch.setattr(desk.service.aside, "ask", answer)
    for question in (f"/v1/plans/{id_}/visits/c1-1/slots?", f"/v1/plans/{id_}/visits/c1-1/why?seconds=1&"):
        asked.clear()
        first, again, other = (desk("GET", f"{question}lang={lang}") for lang in ("th", "th", "en"))
        assert (first.status_code, again.status_code, other.status_code) == (200, 200, 200)
        assert len(asked) == 2
        assert {question[0] for question in asked} == {id_}, "the process that has the plan at hand is asked"
        known = desk("GET", f"{question}lang=th", headers={"If-None-Match": first.headers["ETag"]})
        assert (known.status_code, len(asked)) == (304, 2)


def test_a_remedy_is_tried_in_a_copy(desk: Desk) -> None:
    at = f"/v1/plans/{desk.planned(STATED, MADE)}"
    remedy = desk("GET", f"{at}/visits/c2-2/why?lang=en&seconds=60").json()["remedies"][0]
    changes = [{"code": change["code"], "facts": change["facts"]} for change in remedy["changes"]]
    tried = desk("POST", f"{at}/visits/c2-2/remedies?lang=en", json={"changes": changes})
    assert tried.status_code == 201
    made = tried.json()
    assert made["name"] == " + ".join(change["sentence"] for change in remedy["changes"])
    board = desk("GET", f"/v1/plans/{made['plan']}/calendar?format=json").json()
    assert "c2-2" in str(board)
    draft = desk("GET", f"/v1/plans/{made['plan']}/moves?lang=en").json()
    assert (draft["name"], draft["sound"]) == (made["name"], True)
    assert draft["change"]["total"] == pytest.approx(remedy["baht"], abs=0.01)
    unsaid = desk("POST", f"/v1/plans/{made['plan']}/publish", json={"replaces": 0})
    assert (unsaid.status_code, codes(unsaid)) == (409, {("plan-what-if", "plan")})
    foreign = desk("POST", f"{at}/visits/c2-2/remedies", json={"changes": [{"code": "one-more-car"}]})
    assert (foreign.status_code, codes(foreign)) == (422, {("field-value", "changes[0]")})
    assert desk("POST", f"{at}/visits/c9-9/remedies", json={"changes": changes}).status_code == 404
