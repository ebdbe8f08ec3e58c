"""The office's tables changed in mid quarter: what is published is mended around them over HTTP."""

from __future__ import annotations

from typing import Any

from support.builders import cooperative, days, on, plan, problem, tour, visit
from support.serving import Desk

from api.runs.mending import mend
from api.storage import plans
from optimizer.params import Params
from optimizer.stopping import Cancel

#: c1 is visited on the 1st by a, and on the 6th, when its board meets; c2 on the 2nd by b, and on the 8th
FORMER = problem(
    workdays=days(1, 2, 3, 6, 7, 8),
    cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
    visits=[
        visit("c1-1", issues=["i1"]), visit("c1-2", issues=["i2"], dates=days(6, 8)),
        visit("c2-1", issues=["i3"]), visit("c2-2", issues=["i4"]),
    ],
    prices={"km": 1, "officer_day": 100, "unplanned": 5000, "moved": 50},
)  # fmt: skip
MADE = plan(
    FORMER,
    tour(FORMER, on(1), "a", ["c1-1"], id_="t1"),
    tour(FORMER, on(2), "b", ["c2-1"], id_="t2"),
    tour(FORMER, on(6), "a", ["c1-2"], id_="t3"),
    tour(FORMER, on(8), "b", ["c2-2"], id_="t4"),
)
#: the board of c1 meets on the 7th instead, and all is numbered anew
NOW = FORMER.changed(
    visits=(
        visit("c1-1", issues=["i2"], dates=days(7)), visit("c1-2", issues=["i1"]),
        visit("c2-1", issues=["i3"]), visit("c2-2", issues=["i4"]),
    )
)  # fmt: skip


def posted(desk: Desk) -> dict[str, Any]:
    answer = desk("POST", "/v1/problems", content=NOW.to_json(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def report(desk: Desk, visit: str, day: int, officer: str) -> None:
    report = {"visit": visit, "held": True, "date": str(on(day)), "officers": [officer]}
    report["progress"] = [{"issue": {"c1-1": "i1", "c2-1": "i3"}[visit], "outcome": "solved", "sessions": 1}]
    answer = desk("PUT", f"/v1/visits/{visit}/report", json={"replaces": 0, "report": report})
    assert answer.status_code == 201, answer.text


def least(desk: Desk, base: str, **asked: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The request of a run that mends ``base``, and its proposal of least disruption."""
    body = {"changes": [], "seconds": 0.5, "proposals": ["least-disruption"]} | asked
    answer = desk("POST", f"/v1/plans/{base}/replan", json=body)
    assert answer.status_code == 202, answer.text
    run = plans.start(desk.service.database, answer.json()["id"])
    assert run is not None
    assert run.former is not None
    *_, made = mend(run.former, run.request, Params(), Cancel(), lambda _: None)
    assert plans.propose(desk.service.database, run.id, run.attempt, made, False)
    (proposal,) = desk("GET", f"/v1/plans/{run.id}/proposals?lang=en").json()
    return dict(answer.json()["request"]), dict(proposal)


def test_a_board_day_that_changed_in_the_tables_moves_its_visit_and_nothing_else(desk: Desk) -> None:
    """Two visits are reported: what lies before the 3rd is past, and the tables count from there on."""
    desk.published(FORMER, MADE)
    base = desk("GET", "/v1/calendar").json()["plan"]
    for visit_, day, who in (("c1-1", 1, "a"), ("c2-1", 2, "b")):
        report(desk, visit_, day, who)
    kept = posted(desk)
    assert kept["mends"] == base
    request, proposal = least(desk, base, problem=kept["id"])
    assert (request["problem"], request["today"], request["today_by"]) == (kept["id"], str(on(3)), "reports")
    assert [(move["visit"], move["to"]["date"]) for move in proposal["moves"]] == [("c1-2", str(on(7)))]
    assert proposal["stood"]["paid"] > 0
    assert desk("GET", f"{proposal['address']}/reported").json()["moved"] == []
    assert desk("POST", f"{proposal['address']}/publish", json={"replaces": 1}).json()["version"] == 2


def test_what_was_told_before_holds_on_under_new_tables(desk: Desk) -> None:
    """``b`` is on leave on the 8th, told and published before the tables change; the absence of the 1st is past."""
    away = [{"kind": "absent", "officer": "b", "first": str(on(day)), "last": str(on(day))} for day in (8, 1)]
    desk.published(FORMER, MADE)
    _, proposal = least(desk, desk("GET", "/v1/calendar").json()["plan"], changes=away)
    assert desk("POST", f"{proposal['address']}/publish", json={"replaces": 1}).status_code == 201
    tables = posted(desk)["id"]
    request, again = least(desk, proposal["plan"], problem=tables, today=str(on(3)))
    assert request["changes"] == away[:1]
    assert [move["visit"] for move in again["moves"]] == ["c1-2"]
    asked = {"changes": [], "problem": tables, "today": str(on(3)), "seconds": 1.0}
    runs = [
        desk("POST", f"/v1/plans/{proposal['plan']}/replan", json=asked, headers={"Idempotency-Key": "k"}).json()["id"]
        for _ in range(2)
    ]
    assert runs[0] == runs[1]


def test_tables_that_count_from_no_known_day_are_asked_for_it(desk: Desk) -> None:
    desk.published(FORMER, MADE)
    base = desk("GET", "/v1/calendar").json()["plan"]
    answer = desk("POST", f"/v1/plans/{base}/replan", json={"changes": [], "problem": posted(desk)["id"]})
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["code"], fault["where"]) == (422, "field-missing", "today")
    unknown = desk("POST", f"/v1/plans/{base}/replan", json={"changes": [], "problem": "nowhere"})
    assert unknown.status_code == 404


def test_tables_of_another_quarter_mend_nothing(desk: Desk) -> None:
    desk.published(FORMER, MADE)
    other = FORMER.changed(workdays=tuple(days(2, 3, 6, 7, 8)))
    answer = desk("POST", "/v1/problems", content=other.to_json(), headers={"Content-Type": "application/json"})
    assert answer.json()["mends"] is None
