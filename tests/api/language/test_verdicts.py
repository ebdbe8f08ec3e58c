"""The referee's sentences in Thai: none is missing, and ids are named."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest
from support.builders import cooperative, days, on, plan, problem, tour, visit

import models.referee
from api.language.teller import Teller
from api.language.verdicts import SENTENCES, line, title, verdict, whereabouts
from models.office import IssueRow, Office
from models.referee import Violation, violations
from models.rules.finding import Finding


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


@pytest.mark.parametrize(
    ("where", "thai"),
    [
        ("visit c1-1 on 2012-08-03", "c1-1 วันที่ 3 ส.ค. 2555"),
        ("visit c1-1", "c1-1"),
        ("tour t1 on 2012-08-03", "เที่ยว t1 วันที่ 3 ส.ค. 2555"),
        ("officer a in week 31", "สมชาย สัปดาห์ที่ 31"),
        ("car van of kk on 2012-08-03", "รถ van ของ kk วันที่ 3 ส.ค. 2555"),
        ("published tour t1", "ที่ประกาศไว้: เที่ยว t1"),
        ("pinned visit c1-1", "ที่ตรึงไว้: c1-1"),
    ],
)
def test_where_it_is_broken_is_said_in_thai(where: str, thai: str) -> None:
    of = problem(officers=[{"id": "a", "name": "สมชาย", "office": "kk", "topics": []}])
    assert whereabouts(Violation(2, where, "x"), Teller(of, None, "th")) == thai
    assert whereabouts(Violation(2, where, "x"), Teller(of, None, "en")) == where


def test_days_are_said_as_thai_says_them() -> None:
    broken = Violation(3, "visit c1-1 on 2012-12-27", "lies after 2012-11-05")
    assert line(broken, Teller(problem(), None, "th")).endswith(" · c1-1 วันที่ 27 ธ.ค. 2555: อยู่หลัง 5 พ.ย. 2555")
    gap = Violation(8, "visit c1-1", "on 2012-08-03 follows c2-1 on 2012-08-02 within the gap")
    assert "2012" not in line(gap, Teller(problem(), None, "th"))


def test_a_day_that_a_visit_is_not_for_is_told_with_the_days_that_it_is_for() -> None:
    """Its window, its cooperative's hours, and its dates, which are those of meetings where the tables say so."""
    bound = visit("c1-1", dates=days(2, 3), window=[["13:00", "13:30"]], issues=["i1"])
    shut = cooperative("c1", 1, open={"thu": [["09:00", "13:30"]]})
    of = problem(visits=[bound], cooperatives=[shut, cooperative("c2", 2)])
    made = plan(of, tour(of, on(1), "a", ["c1-1"]))
    assert {each.what for each in violations(of, made) if each.rule == 3} == {
        "starts at 08:40, outside its window 13:00-13:30",
        "falls on a weekday on which the cooperative is not open",
        "is on none of its dates, 2012-08-02, 2012-08-03",
    }
    (found,) = (each for each in violations(of, made) if "dates" in each.what)
    assert "2 ส.ค. 2555, 3 ส.ค. 2555" in verdict(found, Teller(of, None, "th"))
    row = IssueRow(id="i1", cooperative="c1", topic="debt", severity=3, sessions=1, audience="board")
    office = Office(
        name_th="ก", name_en="A", depots=(), cooperatives=(), officers=(), issues=(row,), topics=(), agencies=(),
        travel_estimated=False,
    )  # fmt: skip
    assert verdict(found, Teller(of, office, "en")).startswith("it is for a board meeting of")
    against = Finding("not-its-date", {"visit": "c1-1", "cooperative": "c1", "dates": "2012-08-02, 2012-08-03"})
    assert Teller(of, office, "th").sentence(against) == verdict(found, Teller(of, office, "th"))
    assert "คณะกรรมการ" in Teller(of, office, "th").sentence(against)
    assert Teller(of, None, "en").sentence(against).startswith("it is for")
    hours = "lies outside the cooperative's open hours 09:00-13:30"
    early = tour(of, on(2), "a", ["c1-1"])
    assert hours in {each.what for each in violations(of, plan(of, early))}
