"""The referee's sentences in Thai: none is missing, and ids are named."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest
from support.builders import on, plan, problem, tour

import models.referee
from api.language.teller import Teller
from api.language.verdicts import SENTENCES, title, verdict
from models.referee import Violation, violations


def sentences() -> list[str]:
    """Every sentence that the referee can say, with ``x`` for its figures."""
    found = []
    for node in ast.walk(ast.parse(Path(models.referee.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Violation":
            found += texts(node.args[2])
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "what":
            found += texts(node.value)
    return found


def texts(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*texts(node.body), *texts(node.orelse)]
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        parts = []
        for part in node.values:
            quoted = isinstance(part, ast.FormattedValue) and part.conversion == ord("r")
            parts.append(str(part.value) if isinstance(part, ast.Constant) else "'x'" if quoted else "x")
        return ["".join(parts)]
    return []


def test_every_sentence_of_the_referee_has_its_thai() -> None:
    tell = Teller(problem(), None, "th")
    found = sentences()
    assert len(found) > 45
    assert [text for text in found if verdict(Violation(2, "tour t on 2012-08-01", text), tell) == text] == []


@pytest.mark.parametrize("english", list(SENTENCES))
def test_both_languages_have_the_same_figures(english: str) -> None:
    def fields(template: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(template) if name}

    assert fields(SENTENCES[english]) <= fields(english)


def test_a_verdict_names_whom_it_is_about() -> None:
    of = problem(officers=[{"id": "a", "name": "สมชาย", "office": "kk", "topics": [], "absent": [on(1)]}])
    (found,) = violations(of, plan(of, tour(of, on(1), "a", ["c1-1", "c2-1"])))
    assert verdict(found, Teller(of, None, "th")) == "มี สมชาย ซึ่งไม่อยู่ในวันนั้น"
    assert title(found, Teller(of, None, "th")) == "คนและรถของแต่ละเที่ยว"
    assert verdict(found, Teller(of, None, "en")) == "takes officer a, who is absent"
