"""Moves by hand over HTTP: a draft for each step, what it breaks, and how the rest is planned around it."""

from __future__ import annotations

from typing import Any

import pytest
from support.builders import on, plan, problem, tour, visit
from support.serving import Desk

from models.plan import Plan
from models.problem import Problem
from models.referee import violations


@pytest.fixture
def base() -> tuple[Problem, Plan]:
    """``a`` drives to c1 on the first day and ``b`` to c2 on the second; c2 may not be visited on the third."""
    of = problem(visits=[visit("c1-1"), visit("c2-1", latest=on(2))])
    return of, plan(of, tour(of, on(1), "a", ["c1-1"], id_="t1"), tour(of, on(2), "b", ["c2-1"], id_="t2"))


def moved(desk: Desk, id_: str, *moves: dict[str, Any], status: int = 201, **more: Any) -> dict[str, Any]:
    answer = desk("POST", f"/v1/plans/{id_}/moves?lang=en", json={"moves": list(moves)} | more)
    assert answer.status_code == status, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_a_draft_is_a_plan_of_its_own_with_its_price(desk: Desk, base: tuple[Problem, Plan]) -> None:
    of, standing = base
    parent = desk.planned(of, standing)
    told = moved(desk, parent, {"kind": "place", "visit": "c2-1", "date": "2012-08-01"}, name="together")
    assert told["sound"]
    assert (told["parent"], told["name"], told["plan"]) != (None, None, parent)
    assert told["change"] == {"paid": -100, "weighed": 0, "total": -100, "parts": {"officer_days": -100}}
    assert told["differences"]["counts"] == {"moved-day": 1, "new-crew": 1}
    drafted = Plan.model_validate_json(desk("GET", f"/v1/plans/{told['plan']}/calendar?format=plan").content)
    assert violations(of, drafted) == []
    assert drafted.cost.total == told["cost"]["total"] == standing.cost.total - 100
    kept = Plan.model_validate_json(desk("GET", f"/v1/plans/{parent}/calendar?format=plan").content)
    assert kept.tours == standing.tours
    again = desk("GET", f"/v1/plans/{told['plan']}/moves?lang=en").json()
    assert again == told
    answer = desk("POST", f"/v1/plans/{told['plan']}/publish", json={"replaces": 0})
    assert answer.status_code == 201


def test_a_draft_that_breaks_rules_says_which_and_cannot_be_published(desk: Desk, base: tuple[Problem, Plan]) -> None:
    told = moved(desk, desk.planned(*base), {"kind": "place", "visit": "c2-1", "date": "2012-08-03"})
    assert not told["sound"]
    (broken,) = told["broken"]
    assert broken["rule"] == 3
    assert broken["about"] == {"kind": "visit", "id": "c2-1", "date": "2012-08-03"}
    refused = desk("POST", f"/v1/plans/{told['plan']}/publish", json={"replaces": 0})
    assert refused.status_code == 409
    for lang in ("th", "en"):  # whoever made it, and in whatever language
        spoken = {"Accept-Language": lang}
        wanted = desk("GET", f"/v1/plans/{told['plan']}/moves", headers=spoken).json()["broken"]
        assert ("หลัง" in wanted[0]["what"]) == (lang == "th")
        again = desk("POST", f"/v1/plans/{told['plan']}/publish", json={"replaces": 0}, headers=spoken)
        assert again.json()["broken"] == wanted
        assert desk("GET", f"/v1/plans/{told['plan']}", headers=spoken).json()["draft"]["broken"] == wanted
        assert desk("GET", "/v1/plans?drafts=true", headers=spoken).json()[0]["draft"]["broken"] == wanted
    mended = moved(desk, told["plan"], {"kind": "place", "visit": "c2-1", "date": "2012-08-02"})
    assert mended["sound"]
    assert desk("POST", f"/v1/plans/{mended['plan']}/publish", json={"replaces": 0}).status_code == 201


def test_pins_go_on_from_draft_to_draft_until_they_are_taken_off(desk: Desk, base: tuple[Problem, Plan]) -> None:
    first = moved(desk, desk.planned(*base), {"kind": "pin", "visit": "c1-1"})
    second = moved(desk, first["plan"], {"kind": "pin", "visit": "c2-1"}, {"kind": "unpin", "visit": "c1-1"})
    assert (first["pins"], second["pins"]) == (["c1-1"], ["c2-1"])
    third = moved(desk, second["plan"], {"kind": "leave-out", "visit": "c1-1"})
    assert third["pins"] == ["c2-1"]
    run = desk("POST", f"/v1/plans/{third['plan']}/replan", json={"changes": [], "pins": third["pins"]})
    assert run.status_code == 202, run.text


def test_a_pin_of_the_problem_that_is_taken_off_is_off_in_the_draft(desk: Desk) -> None:
    free = problem()
    standing = plan(free, tour(free, on(1), "a", ["c1-1"], id_="t1"), tour(free, on(2), "b", ["c2-1"], id_="t2"))
    parent = desk.planned(free.changed(published=standing, pins=("c1-1",)), standing)
    bound = moved(desk, parent, {"kind": "place", "visit": "c1-1", "date": "2012-08-03"})
    assert {each["rule"] for each in bound["broken"]} == {10}
    off = moved(desk, bound["plan"], {"kind": "unpin", "visit": "c1-1"})
    assert off["sound"]
    assert moved(desk, off["plan"], {"kind": "place", "visit": "c1-1", "date": "2012-08-02"})["sound"]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"moves": []}, "moves"),
        ({"moves": [{"kind": "place", "visit": "c9-1", "date": "2012-08-01"}]}, "moves[0].visit"),
        ({"moves": [{"kind": "fly", "visit": "c1-1"}]}, "moves[0]"),
        ({"moves": [{"kind": "pin", "visit": "c1-1"}], "colour": "red"}, "colour"),
        ({"moves": [{"kind": "place", "visit": "c1-1", "date": "1 August"}]}, "moves[0].place.date"),
    ],
)
def test_bad_moves_are_refused_with_their_place(desk: Desk, base: tuple[Problem, Plan], body: Any, where: str) -> None:
    parent = desk.planned(*base)
    answer = desk("POST", f"/v1/plans/{parent}/moves", json=body)
    assert answer.status_code == 422, answer.text
    assert where in {fault["where"] for fault in answer.json()["errors"]}
    assert desk("GET", "/v1/plans?drafts=true").json() == []


def test_only_planners_move_and_what_is_no_draft_has_no_moves(desk: Desk, base: tuple[Problem, Plan]) -> None:
    parent = desk.planned(*base)
    body = {"moves": [{"kind": "pin", "visit": "c1-1"}]}
    for role in ("viewer", "head"):
        assert desk("POST", f"/v1/plans/{parent}/moves", json=body, token=desk.token_of(role)).status_code == 403
    assert desk("POST", "/v1/plans/nowhere/moves", json=body).status_code == 404
    assert desk("GET", f"/v1/plans/{parent}/moves").status_code == 404
