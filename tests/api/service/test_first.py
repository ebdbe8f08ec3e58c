"""The first plan of an office that the service is started with, and what is told of days, capacity and what-ifs."""

from __future__ import annotations

from support.builders import days, problem
from support.serving import Desk

from api.service.first import plan_first
from api.storage.database import Database
from api.storage.links import invite
from api.storage.problems import Stated, keep_problem
from api.storage.reading import newest


def test_an_office_is_planned_once_and_its_first_planner_still_gets_a_link(database: Database) -> None:
    row, _ = keep_problem(database, Stated(problem(), None))
    for _ in range(2):
        plan_first(database, row.id, 7.0)
    with database.read() as session:
        (run,) = newest(session, None, 10)
        assert (run.problem_id, run.state, run.request["seconds"]) == (row.id, "queued", 7.0)
    assert invite(database) is not None


def test_days_are_read_as_tables_are(desk: Desk) -> None:
    told = desk("GET", "/v1/days", params={"text": "3 ก.ย. 2555 - 5 ก.ย. 2555"})
    assert told.json() == {
        "first": "2012-09-03", "last": "2012-09-05", "days": ["2012-09-03", "2012-09-04", "2012-09-05"],
    }  # fmt: skip
    for text in ("soon", " ", "2012-13-01", "5 ก.ย. 2555 - 3 ก.ย. 2555"):
        refused = desk("GET", "/v1/days", params={"text": text})
        assert refused.status_code == 422, text
        assert refused.json()["errors"][0]["remedy"]


def test_days_without_a_year_are_of_the_plan_where_that_is_without_doubt(desk: Desk) -> None:
    plan = {"first": "2027-01-04", "last": "2027-03-31"}
    for text in (
        "1/3/70 - 12/3/70", "1-12 มี.ค.", "1/3 - 12/3", "จันทร์ 1 มี.ค. - ศุกร์ 12 มี.ค. 2570",
        "จันทร์ 1 มี.ค. - ศุกร์ 12 มี.ค.",
    ):  # fmt: skip
        told = desk("GET", "/v1/days", params={"text": text} | plan).json()
        assert (told["first"], told["last"], len(told["days"])) == ("2027-03-01", "2027-03-12", 12), text
    wanting = [
        ("3 ก.ย.", plan),  # the plan has no such day
        ("1 มี.ค.", {"first": "2026-02-01", "last": "2027-03-31"}),  # it has two
        ("1 มี.ค.", {}),
    ]
    for text, known in wanting:
        refused = desk("GET", "/v1/days", params={"text": text} | known)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["remedy"].startswith(f"เติมปีด้วย: {text} 25")
    for text in ("soon", "31 ก.พ.", "5", "31 ก.พ. 2570"):  # it is not the year that is missing
        refused = desk("GET", "/v1/days", params={"text": text} | plan)
        assert refused.status_code == 422
        assert "เติมปี" not in refused.json()["errors"][0]["remedy"]


def test_a_time_of_day_is_read_as_tables_are(desk: Desk) -> None:
    for text in ("9.30", "09:30", "9.30 น.", "๐๙:๓๐ น.", "09.30 นาฬิกา"):
        assert desk("GET", "/v1/time", params={"text": text}).json() == {"time": "09:30"}, text
    for text in ("soon", " ", "25:00", "9.75"):
        refused = desk("GET", "/v1/time", params={"text": text})
        assert refused.status_code == 422, text
        assert refused.json()["errors"][0]["remedy"]


def test_a_what_if_is_a_copy_and_what_does_not_fit_is_refused(desk: Desk) -> None:
    base = desk.posted(problem(workdays=days(1, 2, 3)))
    made = desk(
        "POST", f"/v1/problems/{base}/what-if", json={"cars": {"kk": 1}, "prices": {"km": 9}, "last": "2012-08-02"}
    )
    assert made.status_code == 201, made.text
    copy = desk("GET", f"/v1/problems/{made.json()['id']}").json()
    assert (copy["offices"][0]["cars"], copy["prices"]["km"], len(copy["workdays"])) == (1, 9, 2)
    assert desk("GET", f"/v1/problems/{base}").json()["offices"][0]["cars"] == 2
    for wrong in (
        {"cars": {"x": 1}},
        {"prices": {"gold": 1}},
        {"first": "2030-01-01"},
        {"last": "2012-08-04"},
        {"first": "2012-07-31"},
        {"first": "2012-08-02", "last": "2012-08-01"},
        {"absent": {"x": []}},
        {"car": 1},
    ):
        refused = desk("POST", f"/v1/problems/{base}/what-if", json=wrong)
        assert refused.status_code == 422, wrong
        assert refused.json()["errors"]
    assert desk("POST", "/v1/problems/none/what-if", json={}).status_code == 404


def test_a_what_if_without_officers_and_cars_by_name_and_numbers_of_those_who_stay(desk: Desk) -> None:
    cars = [{"id": "van", "seats": 2}, {"id": "jeep", "seats": 2}, {"id": "bus", "seats": 2}]
    base = desk.posted(problem(offices=[{"id": "kk", "location": 0, "cars": cars}]))
    address, known = f"/v1/problems/{base}/what-if", desk("GET", f"/v1/problems/{base}").json()
    first, *others = (one["id"] for one in known["officers"])

    def asked(**changes: object) -> tuple[list[str], list[str]]:
        made = desk("POST", address, json=changes)
        assert made.status_code == 201, made.text
        copy = desk("GET", made.json()["address"]).json()
        return [one["id"] for one in copy["officers"]], [one["id"] for one in copy["offices"][0]["cars"]]

    assert asked(without_officers=[first], absent={first: ["2012-08-01"]})[0] == others
    assert asked(without_cars=["van", "van"])[1] == ["jeep", "bus"]
    assert asked(without_cars=["bus"], cars={"kk": 1})[1] == ["van"]
    assert asked(without_officers=[others[-1]], officers=1)[0] == [first]
    refused = desk("POST", address, json={"without_officers": ["x", "y"], "without_cars": ["z"], "first": "2030-01-01"})
    told = [(error["code"], error["cause"]) for error in refused.json()["errors"]]
    assert (refused.status_code, [code for code, _ in told]) == (422, ["id-unknown"] * 3 + ["horizon-empty"])
    assert [name for name, (_, cause) in zip("xyz", told, strict=False) if name in cause] == ["x", "y", "z"]


def test_capacity_counts_what_a_plan_uses(desk: Desk) -> None:
    told = desk("GET", f"/v1/plans/{desk.planned(problem())}/capacity").json()
    (week,) = told["weeks"]
    # two officers, 1 to 3 August, one ISO week: six officer-days, since no limit and enough seats stand against them
    assert week["week"] == "2012-W31" and week["there"] == 6
    assert 1 <= week["used"] <= 6
    assert told["shortfalls"] == [] and set(told["deputies"]) <= {"c1", "c2"}


def test_links_and_feeds_come_with_a_qr_code(desk: Desk) -> None:
    link = desk("POST", "/v1/links", json={"name": "Deputy", "role": "viewer"}).json()
    desk.published(problem())
    feed = desk("POST", "/v1/feeds", json={"officer": "a"}).json()
    for told in (link, feed):
        assert told["qr"].startswith("data:image/svg+xml")
    assert "qr" not in desk("GET", "/v1/links").json()[0] or desk("GET", "/v1/links").json()[0]["qr"] is None
