"""What is told of a wrong request: in the planner's words and language, and with what to write instead."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from support.builders import on, plan, problem, tour
from support.serving import Desk

import api.service
import api.storage

TINY = problem()
ONE = plan(TINY, tour(TINY, on(1), "a", ["c1-1"]))

#: what only the validator says, or the framework
FOREIGN = ("should", "Value error", "Input", "string_", "valid ", "instance", "tag ", "Unable", "extract")
AWAY = {"kind": "absent", "officer": "a", "first": "2012-08-02", "last": "2012-08-03"}


def refused(desk: Desk, method: str, address: str, body: Any = None, lang: str = "en") -> list[dict[str, Any]]:
    answer = desk(method, address, headers={"Accept-Language": lang}, **({} if body is None else {"json": body}))
    assert answer.status_code == 422, answer.text
    errors: list[dict[str, Any]] = answer.json()["errors"]
    return errors


@pytest.mark.parametrize(
    ("address", "body", "cause", "remedy"),
    [
        ("/v1/calendar?week=W32", None, "There is no week 'W32'.", "Write year and ISO week: 2012-W32."),
        ("/v1/calendar?week=2555-W32", None, "The year 2555 is one of the Buddhist era.", "Subtract 543: write 2012-"),
        ("/v1/calendar?day=03/09/2012", None, "'03/09/2012' is no date.", "Write it as YYYY-MM-DD."),
        ("/v1/calendar?day=2555-09-03", None, "The year 2555 is one of the Buddhist era.", "write 2012-09-03."),
        ("/v1/plans?limit=abc", None, "'abc' is no whole number.", "Write digits only, such as 3."),
        ("/v1/plans?limit=0", None, "It must be 1 or more (found '0').", "Write 1 or more."),
        ("/v1/calendar?format=pdf", None, "It must be ", "Write one of "),
        ("replan", {"changes": [AWAY | {"first": "03/09/2012"}]}, "'03/09/2012' is no date.", "YYYY-MM-DD."),
        ("replan", {"changes": [AWAY | {"first": "2555-09-03"}]}, "The year 2555 is", "write 2012-09-03."),
        ("replan", {"changes": [AWAY], "today": "2555-09-03"}, "The year 2555 is", "write 2012-09-03."),
        ("replan", {"changes": {}}, "It must be a list", "Write a list in square brackets."),
        ("replan", {"changes": [AWAY | {"kind": "abscent"}]}, "(found 'abscent').", "mean absent? Write one"),
        ("replan", {"changes": [{"officer": "a"}]}, "It does not say of which kind it is", "Write its kind."),
        ("replan", [1], "It must be an object with keys and values", "Write keys and values in braces."),
        ("moves", {"moves": []}, "The list is empty.", "Write at least one."),
        ("moves", {"moves": {}}, "It must be a list", "Write a list in square brackets."),
        ("/v1/feeds", {}, "Neither an officer nor a cooperative is named.", "Name one of them."),
        ("/v1/feeds", {"officer": "a", "cooperative": "c1"}, "An officer and a cooperative are named.", "Name one"),
        ("/v1/tokens", {"name": "x", "role": "officer"}, "exactly where the role is officer.", "Give officer"),
    ],
)
def test_a_wrong_value_is_told_in_our_words(desk: Desk, address: str, body: Any, cause: str, remedy: str) -> None:
    path = address if address.startswith("/") else f"/v1/plans/{desk.planned(TINY, ONE)}/{address}"
    (english,) = refused(desk, "GET" if body is None else "POST", path, body)
    (thai,) = refused(desk, "GET" if body is None else "POST", path, body, "th")
    assert cause in english["cause"] and remedy in english["remedy"], english
    for text in (english["cause"], english["remedy"]):
        assert text.endswith((".", "?")) and ".." not in text, text
        assert not any(word in text for word in FOREIGN), text
    for text in (thai["cause"], thai["remedy"]):
        assert any("\u0e00" <= letter <= "\u0e7f" for letter in text), text
    assert english["cause"] not in thai["cause"], "the English is not put behind the Thai"


def test_what_cannot_be_kept_is_told_where_it_stands_with_all_else_that_is_wrong(desk: Desk) -> None:
    def told(body: str) -> list[tuple[str, str]]:
        answer = desk("POST", "/v1/plans", content=body.encode(), headers={"Content-Type": "application/json"})
        assert answer.status_code == 422, answer.text
        return sorted((one["where"], one["code"]) for one in answer.json()["errors"])

    wrong = [("gap", "field-value"), ("name", "field-value"), ("seconds", "field-value"), ("seed", "field-value")]
    assert told(r'{"problem": "x", "seed": 1.5, "gap": "x", "name": "\ud800", "seconds": 1e999, "zz": 1}') == [
        *wrong,
        ("zz", "field-unknown"),
    ]
    assert told('{"problem": "x", "seconds": 1e999}') == [("seconds", "field-value")]
    assert ("zz.a[1]", "field-value") in told(r'{"problem": "x", "zz": {"a": ["", "\u0000"]}}')
    assert ("body", "field-value") in told(r'{"problem": "x", "\ud800": {"b": "\ud800"}}')


def test_a_request_without_a_token_is_told_what_to_send_in_either_language(desk: Desk) -> None:
    for lang, words in (("th", "ไม่มีโทเคนในคำขอ"), ("en", "There is no token.")):
        answer = desk.client.get("/v1/me", headers={"Accept-Language": lang})
        (error,) = answer.json()["errors"]
        assert error["cause"] == words and "Authorization: Bearer" in error["remedy"]


def _texts() -> list[tuple[str, ast.expr]]:
    found = []
    for folder in (api.service, api.storage):
        for file in sorted(Path(folder.__path__[0]).glob("*.py")):
            calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
            own = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Fault"]
            found += [(f"{file.name}:{call.lineno}", text) for call in own for text in call.args[2:4]]
    return found


def test_every_fault_of_the_service_is_said_in_both_languages() -> None:
    texts = _texts()
    assert len(texts) > 60
    assert [where for where, text in texts if isinstance(text, ast.Constant | ast.JoinedStr)] == []
