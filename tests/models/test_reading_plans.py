"""Malformed plans: each is met with coded faults in their place, all at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.builders import on, plan, problem, tour

from models.faults import InvalidInput
from models.reading import read_plan


def plan_faults_found(source: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read_plan(source, problem())
    return [(fault.code, fault.where) for fault in caught.value.faults]


def test_malformed_plans() -> None:
    p = problem()
    good = json.loads(plan(p, tour(p, on(1), "a", ["c1-1"])).to_json())
    assert read_plan(good, p).tours[0].crew == ("a",)
    cases: list[tuple[dict[str, Any], tuple[str, str]]] = [
        ({"format": "visit-problem/1"}, ("format-unknown", "input, format")),
        ({"status": "done"}, ("field-value", "status")),
        ({"lower_bound": float("-inf")}, ("field-value", "lower_bound")),
        ({"cost": {"km": "1"}}, ("field-value", "cost.km")),
        ({"cost": {"miles": 1}}, ("field-unknown", "cost.miles")),
        ({"leads": []}, ("field-value", "leads")),
        ({"leads": {"c1": None}}, ("field-value", "leads.c1")),
        ({"leads": {"c1": "z"}}, ("plan-foreign", "leads[c1]")),
        ({"unplanned": [{"visit": "c2-1"}]}, ("field-missing", "unplanned[0].reason")),
        ({"unplanned": [{"visit": "c9-1", "reason": "x"}]}, ("plan-foreign", "unplanned[0].visit")),
        ({"tours": {}}, ("field-value", "tours")),
        ({"tours": [None]}, ("field-value", "tours[0]")),
        ({"tours": [good["tours"][0] | {"stops": []}]}, ("field-value", "tours[0].stops")),
        ({"tours": [good["tours"][0] | {"crew": []}]}, ("field-value", "tours[0].crew")),
        ({"tours": [good["tours"][0] | {"depart": 510}]}, ("field-value", "tours[0].depart")),
        ({"tours": [good["tours"][0] | {"break": ["12:00"]}]}, ("field-missing", "tours[0].break[1]")),
        ({"tours": [good["tours"][0] | {"return_": "12:00"}]}, ("field-unknown", "tours[0].return_")),
        ({"tours": [good["tours"][0] | {"office": "ud"}]}, ("plan-foreign", "tours[0].office")),
    ]
    for change, expected in cases:
        assert expected in plan_faults_found(good | change), change


def test_all_faults_of_a_plan_at_once() -> None:
    bad = {"format": "visit-plan/1", "status": "x", "tours": [{}], "cost": {"km": -1, "oops": 1}}
    assert len(plan_faults_found(bad)) == 9  # status, oops, and seven keys of a tour
