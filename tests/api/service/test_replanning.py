"""Replanning over HTTP: what happened is checked, a run is kept, and its proposals are plans like any other."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import icalendar
import openpyxl
import pytest
from support.builders import days, on, plan, problem, tour, visit
from support.mending import AWAY, MADE, STATED, mended, replan
from support.serving import Desk

from api.storage import plans, reading
from api.storage.tables import StoredPlan
from models.cars import Depot
from models.plan import Plan
from models.problem import Problem
from models.referee import moved, violations
from optimizer.replanning.proposals import Proposal


def test_each_proposal_says_what_moves_and_is_a_plan_to_look_at_and_publish(desk: Desk) -> None:
    desk.published(STATED, MADE)
    base = desk("GET", "/v1/calendar").json()["plan"]
    run = mended(desk, base)
    answer = desk("GET", f"/v1/plans/{run}").json()
    assert (answer["state"], answer["cost"], answer["request"]["replans"]) == ("done", None, base)
    told = desk("GET", f"{answer['proposals']}?lang=en").json()
    assert [each["kind"] for each in told] == ["least-disruption", "balanced", "cheapest"]
    least = told[0]
    assert (least["proven"], least["least_moves"]) == (True, 1)
    (move,) = least["moves"]
    assert (move["visit"], move["from"]["crew"], move["to"]["crew"]) == ("c1-1", ["a"], ["b"])
    assert (move["why"]["code"], move["baht"]) == ("officer-away", 10.0)
    assert {"a", "b", "c1"} <= set(move["told"])
    assert "a" in move["why"]["sentence"]
    for each in told:
        row = desk("GET", each["address"]).json()
        assert row["proposals"] is None
        asked = {"proposed_by": run, "proposal": each["kind"], "moves": len(each["moves"])}
        assert (row["state"], row["request"]) == ("done", asked)
        assert row["cost"]["total"] == pytest.approx(each["cost"]["total"])
        stands = Plan.model_validate_json(desk("GET", f"{each['address']}/calendar?format=plan").content)
        stated = desk("GET", f"/v1/problems/{row['problem']}").json()
        assert violations(problem().model_validate(stated), stands) == []
        assert "event: ended" in desk("GET", f"{each['address']}/events").text
    assert desk("POST", f"{least['address']}/publish", json={"replaces": 1}).json()["version"] == 2
    assert desk("GET", "/v1/calendar").json()["plan"] == least["plan"]
    assert desk("GET", "/v1/calendar?version=1").json()["plan"] == base, "the old version stays readable"


def test_each_proposal_says_what_the_plan_before_would_cost_had_it_stood(desk: Desk) -> None:
    """``a`` is away, so the tour of ``a`` could not have been: it costs what it would, as the differences reckon it."""
    base = desk.planned(STATED, MADE)
    for each in desk("GET", f"/v1/plans/{mended(desk, base)}/proposals").json():
        cost = desk("GET", f"{each['address']}/differences?from={base}").json()["cost"]
        stood = each["stood"]
        assert {part: pair["before"] for part, pair in cost.items()} == stood["cost"] | {
            "paid": stood["paid"], "weighed": stood["weighed"],
        }  # fmt: skip
        assert {part: pair["after"] for part, pair in cost.items()} == each["cost"] | {
            "paid": each["paid"], "weighed": each["weighed"],
        }  # fmt: skip
        assert stood["paid"] == pytest.approx(MADE.cost.paid, abs=0.005)


def test_who_is_told_is_the_same_of_a_proposal_and_when_it_is_published(desk: Desk) -> None:
    """The 2nd changes: ``b`` takes the other car there and is told, the cooperative is not."""
    cars = [{"id": "one", "seats": 2}, {"id": "two", "seats": 2, "away": days(3)}]
    stated = STATED.changed(offices=[Depot.model_validate({"id": "kk", "location": 0, "cars": cars})])
    made = plan(stated, *(each.model_copy(update={"car": "one"}) for each in MADE.tours))
    base = desk.planned(stated, made)
    gone = {"kind": "car-away", "car": "one", "first": "2012-08-02", "last": "2012-08-02"}
    for each in desk("GET", f"/v1/plans/{mended(desk, base, changes=[gone])}/proposals").json():
        differ = desk("GET", f"{each['address']}/differences?from={base}").json()["visits"]
        told = {(whom["kind"], whom["who"]) for one in differ for whom in one["told"]}
        assert told == {(one["kind"], one["who"]) for one in each["told"]} == {("officer", "b")}


def test_from_a_proposal_one_can_replan_again(desk: Desk) -> None:
    first = mended(desk, desk.planned(STATED, MADE), proposals=["least-disruption"])
    (proposal,) = desk("GET", f"/v1/plans/{first}/proposals").json()
    later = {"kind": "closed", "cooperative": "c2", "first": "2012-08-02", "last": "2012-08-02"}
    again = mended(desk, proposal["plan"], changes=[later], proposals=["least-disruption"], today="2012-08-02")
    (told,) = desk("GET", f"/v1/plans/{again}/proposals").json()
    assert [move["visit"] for move in told["moves"]] == ["c2-1"]


LONG = problem(
    workdays=days(1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15),
    visits=[visit("c1-1"), visit("c1-2"), visit("c1-3"), visit("c2-1")],
    prices={"km": 1, "officer_day": 100, "unplanned": 9000, "moved": 10},
)
#: ``a`` visits c1 on the 1st, 7th and 14th, ``b`` c2 on the 8th
KEPT = plan(
    LONG,
    *(tour(LONG, on(day), "a", [f"c1-{number}"], id_=f"t{day}") for number, day in ((1, 1), (2, 7), (3, 14))),
    tour(LONG, on(8), "b", ["c2-1"], id_="t8"),
)


def away(first: int, last: int) -> dict[str, Any]:
    return {"kind": "absent", "officer": "a", "first": str(on(first)), "last": str(on(last))}


@pytest.mark.parametrize("said", [None, 6])
def test_days_before_a_published_absence_are_open_again(desk: Desk, said: int | None) -> None:
    """``a`` is away from the 13th on, which is published; then one day, the 7th, becomes known. What was said to be
    past when the first was mended stays past, and nothing else."""
    desk.published(LONG, KEPT)
    base = desk("GET", "/v1/calendar").json()["plan"]
    days = {"today": str(on(said)), "begins": str(on(13))} if said else {}
    first = mended(desk, base, changes=[away(13, 15)], proposals=["least-disruption"], **days)
    request = desk("GET", f"/v1/plans/{first}").json()["request"]
    assert (request["today"], request["begins"]) == (str(on(said)) if said else None, str(on(13)))
    assert "today_by" not in request
    (proposal,) = desk("GET", f"/v1/plans/{first}/proposals").json()
    plan_ = proposal["plan"]
    open_days = [str(day) for day in LONG.workdays if said is None or day >= on(said)]

    def slots() -> list[str]:
        return [day["date"] for day in desk("GET", f"/v1/plans/{plan_}/visits/c2-1/slots").json()]

    assert slots() == [str(day) for day in LONG.workdays if day >= on(13)]  # as it is proposed
    assert desk("GET", f"/v1/plans/{plan_}/calendar?format=board").json()["today"] == str(on(13))
    assert desk("POST", f"/v1/plans/{plan_}/publish", json={"replaces": 1}).status_code == 201
    assert slots() == open_days
    moves = desk("GET", "/v1/evaluation").json()["moves"]  # noticed on the day that was today, not when it begins
    assert (moves["moved"], moves["notice_days"]) == (1, [(on(14) - on(said)).days] if said else [])
    for path in ("/v1/calendar", f"/v1/plans/{plan_}/calendar"):
        assert desk("GET", f"{path}?format=board").json()["today"] == request["today"]
    assert desk("GET", f"/v1/plans/{plan_}/reported").json()["changes_from"] == request["today"]
    weeks = desk("GET", f"/v1/plans/{plan_}/capacity").json()["weeks"]
    first_open = min(day for day in LONG.workdays if said is None or day >= on(said))
    assert weeks[0]["week"] == f"{first_open:%G-W%V}"
    why = desk("GET", f"/v1/plans/{plan_}/visits/c1-2/why?seconds=0&lang=en").json()
    assert why["verdict"]["code"] != "history"
    new = desk("GET", f"/v1/plans/{plan_}/slots?cooperative=c2&minutes=30").json()
    assert [day["date"] for day in new] == open_days
    place = {"kind": "place", "visit": "c1-2", "date": str(on(6))}
    draft = desk("POST", f"/v1/plans/{plan_}/moves", json={"moves": [place]}).json()
    assert draft["sound"] and draft["cost"]["moved"] == draft["change"]["parts"]["moved"] == 10
    row = desk("GET", f"/v1/plans/{draft['plan']}").json()
    stated = Problem.model_validate(desk("GET", f"/v1/problems/{row['problem']}").json())
    made = Plan.model_validate_json(desk("GET", f"/v1/plans/{draft['plan']}/calendar?format=plan").content)
    assert violations(stated, made) == []
    assert (stated.today, stated.published and stated.published.leads) == (on(said) if said else None, made.leads)
    second = mended(desk, plan_, changes=[away(7, 7)], proposals=["least-disruption"])
    (told,) = desk("GET", f"/v1/plans/{second}/proposals").json()
    assert [move["visit"] for move in told["moves"]] == ["c1-2"]
    assert desk("GET", f"/v1/plans/{second}").json()["request"]["begins"] == str(on(7))
    again = mended(desk, draft["plan"], changes=[away(6, 6)], proposals=["least-disruption"])  # and from the draft
    assert desk("GET", f"/v1/plans/{again}").json()["request"]["begins"] == str(on(6))


def test_a_draft_of_the_published_plan_pays_for_what_it_moves(desk: Desk) -> None:
    desk.published(LONG, KEPT)
    base = desk("GET", "/v1/calendar").json()["plan"]
    place = {"kind": "place", "visit": "c2-1", "date": str(on(9))}
    assert desk("POST", f"/v1/plans/{base}/moves", json={"moves": [place]}).json()["cost"]["moved"] == 10
    other = desk.planned(LONG, KEPT)  # that nobody acts on
    assert desk("POST", f"/v1/plans/{other}/moves", json={"moves": [place]}).json()["cost"]["moved"] == 0


def test_what_a_published_replan_moved_is_no_longer_counted(desk: Desk) -> None:
    """As `patithin accept` has it: on the board, to the head, in files, and as the base of a what-if. The plan file
    goes with the problem that it was made for."""
    desk.published(STATED, MADE)
    base = desk("GET", "/v1/calendar").json()["plan"]
    (least,) = desk("GET", f"/v1/plans/{mended(desk, base, proposals=['least-disruption'])}/proposals").json()
    assert least["cost"]["moved"] == 10
    assert desk("GET", f"{least['address']}/calendar?format=board").json()["cost"]["weighed"] == least["weighed"]
    desk("POST", f"{least['address']}/publish", json={"replaces": 1})
    for path in ("/v1/calendar", f"{least['address']}/calendar"):
        told = desk("GET", f"{path}?format=board").json()
        assert told["cost"]["weighed"] == least["weighed"] - 10
        made = Plan.model_validate_json(desk("GET", f"{path}?format=plan").content)
        kept = Problem.model_validate(desk("GET", f"/v1/problems/{told['problem']}").json())
        assert (made.cost.moved, violations(kept, made)) == (10, [])
    copy = desk("POST", f"/v1/problems/{told['problem']}/what-if", json={"prices": {"km": 2}}).json()["id"]
    asked = Problem.model_validate(desk("GET", f"/v1/problems/{copy}").json())
    assert asked.published is not None and asked.published.tours == made.tours
    assert moved(asked, made) == []


def test_notice_is_counted_from_the_date_of_the_service(desk: Desk) -> None:
    """``a`` is away on the 14th, which is told on the 5th, and on the 7th, which is told on the 6th."""
    stated = LONG.changed(
        prices=LONG.prices.model_copy(update={"moved": 10.0, "moved_soon": 30.0}), notice_days=7
    )  # fmt: skip
    desk.published(stated, KEPT)
    base = desk("GET", "/v1/calendar").json()["plan"]

    def told(plan_: str, date: dt.date, **asked: Any) -> tuple[Any, Any]:
        desk.service.this_day = lambda: date
        run = mended(desk, plan_, proposals=["least-disruption"], **asked)
        (least,) = desk("GET", f"/v1/plans/{run}/proposals").json()
        return desk("GET", f"/v1/plans/{run}").json()["request"], least

    request, least = told(base, on(5), changes=[away(14, 14)])
    assert (request["noticed"], request["begins"], request["notice_days"]) == (str(on(5)), str(on(14)), 7)
    assert [move["baht"] for move in least["moves"]] == [10] and least["cost"]["moved"] == 10
    desk("POST", f"{least['address']}/publish", json={"replaces": 1})
    request, later = told(least["plan"], on(6), changes=[away(7, 7)])
    assert (request["noticed"], request["notice_days"]) == (str(on(6)), 7)
    assert [move["baht"] for move in later["moves"]] == [30]
    request, _ = told(base, dt.date(2026, 11, 29), changes=[away(14, 14)])
    assert request["noticed"] == str(on(14))
    request, _ = told(base, on(5), changes=[away(14, 14)], today=str(on(3)), begins=str(on(9)))
    assert request["noticed"] == str(on(3))


def test_changes_cannot_begin_before_what_is_past(desk: Desk) -> None:
    base = desk.planned(LONG.changed(today=on(6), published=KEPT), KEPT)
    refused = replan(desk, base, {"changes": [away(13, 15)], "begins": str(on(2))})
    assert refused.status_code == 422
    assert [(one["code"], one["where"]) for one in refused.json()["errors"]] == [("date-order", "begins")]
    taken_back = replan(desk, base, {"changes": [away(13, 15)], "today": str(on(2))}).json()["request"]
    assert (taken_back["today"], taken_back["begins"]) == (str(on(2)), str(on(2)))


def test_a_frontier_adds_plans_by_number_of_moves(desk: Desk) -> None:
    run = mended(desk, desk.planned(STATED, MADE), proposals=["cheapest", "least-disruption"], frontier=True)
    told = desk("GET", f"/v1/plans/{run}/proposals").json()
    assert [each["kind"] for each in told[:2]] == ["least-disruption", "cheapest"]
    points = told[2:]
    assert points
    assert {each["kind"] for each in points} == {"at-most"}
    moves = [len(each["moves"]) for each in points]
    assert moves == sorted(set(moves))


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_every_kind_of_change_ends_in_calendars_that_open(desk: Desk) -> None:
    changes = [
        {"kind": "leaves", "officer": "b", "first": "2012-08-02"},
        {"kind": "closed", "cooperative": "c2", "first": "2012-08-02", "last": "2012-08-02"},
        {"kind": "cars", "office": "kk", "first": "2012-08-02", "last": "2012-08-02", "cars": 0},
        {"kind": "urgent", "cooperative": "c2", "minutes": 30, "due": "2012-08-03", "priority": 4, "id": "new"},
        {"kind": "missed", "visit": "c1-1", "latest": "2012-08-03"},
    ]
    base = desk.planned(STATED, MADE)
    run = mended(desk, base, changes=changes, today="2012-08-02", proposals=["balanced"])
    (told,) = desk("GET", f"/v1/plans/{run}/proposals?lang=en").json()
    calendar = f"{told['address']}/calendar"
    assert "new" in {row["visit"] for row in desk("GET", calendar).json()["visits"]}
    for format_ in ("html", "csv", "geojson", "ics", "xlsx"):
        assert desk("GET", f"{calendar}?format={format_}").status_code == 200
    assert icalendar.Calendar.from_ical(desk("GET", f"{calendar}?format=ics").content).events
    assert openpyxl.load_workbook(io.BytesIO(desk("GET", f"{calendar}?format=xlsx").content)).sheetnames


def test_going_back_to_a_plan_that_lacks_an_urgent_visit_cancels_it_in_feeds(desk: Desk) -> None:
    desk.published(STATED, MADE)
    base = desk("GET", "/v1/calendar").json()["plan"]
    feed = desk("POST", "/v1/feeds", json={"cooperative": "c2"}).json()["address"]
    urgent = {"kind": "urgent", "cooperative": "c2", "minutes": 30, "id": "new"}
    run = mended(desk, base, changes=[urgent], proposals=["least-disruption"])
    (told,) = desk("GET", f"/v1/plans/{run}/proposals").json()
    assert desk("POST", f"{told['address']}/publish", json={"replaces": 1}).status_code == 201
    assert "new." in desk.client.get(feed).text
    assert desk("POST", f"/v1/plans/{base}/publish", json={"replaces": 2}).status_code == 201
    late = desk("POST", f"{told['address']}/publish", json={"replaces": 2})
    assert (late.status_code, late.json()["errors"][0]["code"]) == (409, "publish-overtaken")
    assert desk.client.get(feed).status_code == 200


def test_the_run_itself_is_no_plan(desk: Desk) -> None:
    run = mended(desk, desk.planned(STATED, MADE))
    for answer in (
        desk("GET", f"/v1/plans/{run}/calendar"),
        desk("POST", f"/v1/plans/{run}/publish", json={"replaces": 0}),
        replan(desk, run, {"changes": [AWAY]}),
    ):
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "plan-missing")
        assert "proposals" in answer.json()["errors"][0]["remedy"]


def test_proposals_are_there_once_the_run_is_over(desk: Desk) -> None:
    base = desk.planned(STATED, MADE)
    waits = replan(desk, base, {"changes": [AWAY], "seconds": 0.5}).json()
    early = desk("GET", f"{waits['address']}/proposals")
    assert (early.status_code, early.json()["errors"][0]["code"]) == (409, "plan-missing")
    assert desk("DELETE", waits["address"]).json()["state"] == "cancelled"
    for id_ in (base, "nothing"):
        assert desk("GET", f"/v1/plans/{id_}/proposals").status_code == 404


def test_a_cancelled_run_keeps_what_it_has(desk: Desk) -> None:
    run = mended(desk, desk.planned(STATED, MADE), cancelled=True)
    assert desk("GET", f"/v1/plans/{run}").json()["state"] == "cancelled"
    assert [each["kind"] for each in desk("GET", f"/v1/plans/{run}/proposals").json()] == ["least-disruption"]


def test_proposals_are_kept_once_and_with_the_end_of_the_run(desk: Desk) -> None:
    base, database = desk.planned(STATED, MADE), desk.service.database
    id_ = replan(desk, base, {"changes": [AWAY], "seconds": 0.5}).json()["id"]
    assert plans.start(database, id_)
    assert plans.recover(database) == [id_]
    second = plans.start(database, id_)
    assert second is not None
    proposal = Proposal("balanced", MADE, (), 0, False)
    assert not plans.propose(database, id_, 1, [proposal], False), "the first attempt was given up"
    assert plans.propose(database, id_, 2, [proposal], False)
    assert not plans.propose(database, id_, 2, [proposal], False)
    with database.read() as session:
        assert len(reading.proposals_of(session, id_)) == 1
        assert session.query(StoredPlan).count() == 3


def test_one_key_asks_for_one_run(desk: Desk) -> None:
    base, key = desk.planned(STATED, MADE), {"Idempotency-Key": "abc"}
    body = {"changes": [AWAY], "seconds": 0.5}
    first, second = (replan(desk, base, body, headers=key) for _ in range(2))
    assert first.status_code == second.status_code == 202
    assert first.json()["id"] == second.json()["id"]
    assert first.headers["Location"] == first.json()["address"]
    other = replan(desk, base, body | {"frontier": True}, headers=key)
    assert (other.status_code, other.json()["errors"][0]["code"]) == (409, "key-reused")
