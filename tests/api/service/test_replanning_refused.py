"""What is wrong with a request for replanning is told at once, each fault in its place."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import on, plan, tour
from support.mending import AWAY, MADE, STATED, replan
from support.serving import Desk


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {("field-missing", "changes")}),
        ({"changes": [{"kind": "rain"}]}, {("field-value", "changes[0]")}),
        ({"changes": [AWAY | {"first": "1.8.2012"}]}, {("field-value", "changes[0].absent.first")}),
        ({"changes": [AWAY | {"why": "flu"}]}, {("field-unknown", "changes[0].absent.why")}),
        ({"changes": [], "proposals": []}, {("field-value", "proposals")}),
        ({"changes": [], "proposals": ["best"]}, {("field-value", "proposals[0]")}),
        ({"changes": [], "seconds": 601}, {("field-value", "seconds")}),
        ({"changes": [], "seconds": 0}, {("field-value", "seconds")}),
        ({"changes": [], "frontier": "yes"}, {("field-value", "frontier")}),
        ({"changes": [], "colour": "red"}, {("field-unknown", "colour")}),
        (
            {"changes": [{"kind": "urgent", "cooperative": "c1", "minutes": 0, "priority": 6}]},
            {("field-value", "changes[0].urgent.minutes"), ("field-value", "changes[0].urgent.priority")},
        ),
        (
            {
                "changes": [
                    AWAY | {"officer": "x"},
                    AWAY | {"last": "2012-07-01"},
                    {"kind": "closed", "cooperative": "x", "first": "2012-08-02", "last": "2012-08-02"},
                    {"kind": "cars", "office": "x", "first": "2012-08-02", "last": "2012-08-02", "cars": 0},
                    {"kind": "missed", "visit": "c2-1"},
                    {"kind": "held", "visit": "c2-1", "date": "2012-08-02"},
                    {"kind": "urgent", "cooperative": "c1", "minutes": 9, "id": "c1-1"},
                ],
                "today": "2012-08-02",
                "pins": ["c9-9"],
            },
            {
                ("id-unknown", "changes[0].officer"), ("date-order", "changes[1]"),
                ("id-unknown", "changes[2].cooperative"), ("id-unknown", "changes[3].office"),
                ("date-order", "changes[4]"), ("date-order", "changes[5]"), ("id-repeated", "changes[6]"),
                ("id-repeated", "changes[5].visit"), ("id-unknown", "pins[0]"),
            },
        ),
        (
            {"changes": [{"kind": "held", "visit": "c1-1", "date": "9999-12-31"}]},
            {("date-order", "changes[0]")},
        ),
        ({"changes": [AWAY | {"first": "2013-08-01", "last": "2013-08-02"}]}, {("date-order", "changes[0]")}),
        ({"changes": [AWAY], "begins": "2013-08-01"}, {("date-order", "begins")}),
        ({"changes": [AWAY], "today": "2013-08-01"}, {("date-order", "today")}),
        (
            {"changes": [{"kind": "urgent", "cooperative": "c1", "minutes": 9, "id": "new"}] * 2},
            {("id-repeated", "changes[1].id")},
        ),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_is_told_at_once(
    desk: Desk, body: dict[str, Any], faults: set[tuple[str, str]]
) -> None:
    answer = replan(desk, desk.planned(STATED, MADE), body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert {(error["code"], error["where"]) for error in answer.json()["errors"]} == faults


def test_a_pin_that_the_plan_leaves_out_is_refused(desk: Desk) -> None:
    partly = desk.planned(STATED, plan(STATED, tour(STATED, on(1), "a", ["c1-1"])))
    answer = replan(desk, partly, {"changes": [], "pins": ["c1-1", "c2-1"]})
    assert [(error["code"], error["where"]) for error in answer.json()["errors"]] == [("pin-unpublished", "pins[1]")]


def test_only_a_plan_can_be_mended(desk: Desk) -> None:
    assert replan(desk, "nothing", {"changes": []}).status_code == 404
    answer = replan(desk, desk.asked(STATED), {"changes": []})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "plan-missing")
