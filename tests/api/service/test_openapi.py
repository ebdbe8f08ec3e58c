"""The API's description: its examples work, and the page of the docs names everything in it."""

from __future__ import annotations

from pathlib import Path

from support.serving import Desk

from api.settings import Settings
from models.faults import CODES
from models.problem import Problem

DOCS = Path(__file__).parents[3] / "docs"


def test_the_examples_work_one_after_the_other(desk: Desk) -> None:
    told = desk("GET", "/openapi.json").json()
    post = told["paths"]["/v1/problems"]["post"]["requestBody"]["content"]["application/json"]
    answer = desk("POST", "/v1/problems", json=post["example"])
    assert answer.status_code == 201, answer.text
    for example in told["components"]["schemas"]["PlanRequest"]["examples"]:
        answer = desk("POST", "/v1/plans", json=example)
        assert answer.status_code == 202, answer.text
    base = desk.planned(Problem.model_validate(post["example"]))
    for example in told["components"]["schemas"]["ReplanRequest"]["examples"]:
        answer = desk("POST", f"/v1/plans/{base}/replan", json=example)
        assert answer.status_code == 202, answer.text
    for example in told["components"]["schemas"]["MovesRequest"]["examples"]:
        answer = desk("POST", f"/v1/plans/{base}/moves", json=example)
        assert answer.status_code == 201, answer.text
        assert answer.json()["sound"]


def test_every_reference_leads_somewhere(desk: Desk) -> None:
    told = desk("GET", "/openapi.json").json()
    references: set[str] = set()

    def collect(node: object) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                references.add(node["$ref"])
            for value in node.values():
                collect(value)
        elif isinstance(node, list):
            for value in node:
                collect(value)

    collect(told)
    assert references
    assert {name.rpartition("/")[2] for name in references} <= set(told["components"]["schemas"])


def test_every_operation_setting_and_format_is_in_the_docs(desk: Desk) -> None:
    page = (DOCS / "service.md").read_text(encoding="utf-8")
    told = desk("GET", "/openapi.json").json()["paths"]
    for path, methods in told.items():
        for method in methods:
            assert f"`{method.upper()} {path}`" in page
    for name in Settings.model_fields:
        assert f"`PATITHIN_{name.upper()}`" in page


def test_errors_that_are_documented_exist(desk: Desk) -> None:
    page = (DOCS / "service.md").read_text(encoding="utf-8")
    assert [code for code in ("queue-full", "publish-overtaken") if code not in CODES or code not in page] == []
