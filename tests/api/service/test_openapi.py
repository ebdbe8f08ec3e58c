"""The API's description: its examples work, and the page of the docs names everything in it."""

from __future__ import annotations

from pathlib import Path

from support.serving import Desk, idle

from api.service.app import create_app
from api.settings import Settings
from models.faults import CODES
from models.problem import Problem

DOCS = Path(__file__).parents[3] / "docs"


#: bodies that are shown, in the order in which one needs what the one before made
BODIES: tuple[tuple[str, str, int], ...] = (
    ("POST", "/v1/plans", 202), ("POST", "/v1/plans/{id}/replan", 202), ("POST", "/v1/problems/{id}/what-if", 201),
    ("POST", "/v1/plans/{id}/moves", 201),
    ("PATCH", "/v1/plans/{id}", 200), ("POST", "/v1/plans/{id}/publish", 201),
    ("POST", "/v1/publications/{version}/restore", 200), ("POST", "/v1/feeds", 201),
    ("PUT", "/v1/visits/{id}/report", 201), ("POST", "/v1/approvals", 201), ("POST", "/v1/tokens", 201),
    ("POST", "/v1/links", 201),
)  # fmt: skip
#: what needs an office with tables, or a visit to mend, and is tried with one in tests of its own
ELSEWHERE = {
    ("POST", "/v1/next-quarter"), ("POST", "/v1/problems/next-quarter"),
    ("POST", "/v1/plans/{id}/visits/{visit}/remedies"),
}  # fmt: skip


def test_the_examples_work_one_after_the_other(desk: Desk) -> None:
    told = desk("GET", "/openapi.json").json()
    post = told["paths"]["/v1/problems"]["post"]["requestBody"]["content"]["application/json"]
    answer = desk("POST", "/v1/problems", json=post["example"])
    assert answer.status_code == 201, answer.text
    problem = answer.json()["id"]
    plan = desk.planned(Problem.model_validate(post["example"]))
    head, draft = desk.token_of("head"), ""
    for method, path, status in BODIES:
        body = told["paths"][path][method.lower()]["requestBody"]["content"]["application/json"]["schema"]
        examples = told["components"]["schemas"][body["$ref"].rpartition("/")[2]]["examples"]
        ids = {"/v1/problems": problem, "/v1/visits": "C001-1"}.get(path.partition("/{")[0], plan)
        address = path.format(id=draft if method == "PATCH" else ids, visit="C001-1", version=1)
        for example in examples:
            answer = desk(method, address, json=example, token=head if path == "/v1/approvals" else None)
            assert answer.status_code == status, (path, answer.text)
        draft = answer.json()["plan"] if path.endswith("moves") else draft


def test_every_body_of_json_has_an_example_that_is_tried(desk: Desk) -> None:
    paths = desk("GET", "/openapi.json").json()["paths"]
    bodies = {
        (method.upper(), path)
        for path, methods in paths.items()
        for method, told in methods.items()
        if "$ref" in told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    }
    assert bodies - {(method, path) for method, path, _ in BODIES} - ELSEWHERE <= {("POST", "/v1/problems")}


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


def test_what_is_asked_in_a_query_may_be_refused(desk: Desk) -> None:
    """A word that no language is, for one: each operation with a query says that it answers 422 as a problem."""
    for path, operations in desk("GET", "/openapi.json").json()["paths"].items():
        for method, told in operations.items():
            if any(parameter["in"] == "query" for parameter in told.get("parameters", [])):
                assert "application/problem+json" in told["responses"]["422"]["content"], (method, path)


def test_every_operation_takes_the_language_and_tells_its_errors_in_it(desk: Desk) -> None:
    for path, operations in desk("GET", "/openapi.json").json()["paths"].items():
        for method, told in operations.items():
            assert [one["in"] for one in told["parameters"] if one["name"] == "lang"] == ["query"], (method, path)
    assert desk("GET", "/v1/me?lang=en").status_code == 200
    refused = desk("GET", "/v1/me?lang=th&x=1").json()["errors"]
    assert [(one["code"], one["where"], one["cause"]) for one in refused] == [("field-unknown", "x", "ไม่มีพารามิเตอร์ชื่อนี้")]


def test_an_application_makes_no_route_anew(tmp_path: Path) -> None:
    """Else the first question to each waits for all of them to be made."""
    one, other = (create_app(Settings(database=f"sqlite:///{tmp_path}/{name}.db"), idle) for name in ("one", "other"))
    assert one.routes
    assert [id(route) for route in one.routes] == [id(route) for route in other.routes]
    for app in (one, other):
        app.state.service.database.close()
