from __future__ import annotations

from typing import Any

import icalendar
import pytest
from starlette.testclient import TestClient
from support.builders import cooperative, office, officer, on, plan, problem, tour, visit
from support.serving import Desk, idle

from api.service import following
from api.service.app import create_app
from api.service.loading import load_plan
from api.settings import Settings
from api.storage.tokens import create_token
from models.problem import Problem

TWO = problem(
    officers=[officer("a"), officer("b")],
    cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
    visits=[visit("c1-1"), visit("c2-1")],
)
BOTH = plan(TWO, tour(TWO, on(1), "a", ["c1-1"]), tour(TWO, on(2), "a", ["c2-1"]))
ONE = plan(TWO, tour(TWO, on(1), "a", ["c1-1"]))
MOVED = plan(TWO, tour(TWO, on(3), "a", ["c1-1"]))


def subscribed(desk: Desk, **whom: str) -> dict[str, Any]:
    answer = desk("POST", "/v1/feeds", json=whom)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def followed(desk: Desk, address: str) -> dict[str, icalendar.Event]:
    """The events of a feed by visit, as a phone without a token reads them."""
    answer = desk.client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/calendar")
    return {str(event["uid"]).partition(".")[0]: event for event in icalendar.Calendar.from_ical(answer.content).events}


def test_republishing_raises_the_sequence_and_cancels_what_vanished(desk: Desk) -> None:
    desk.published(TWO, BOTH)
    address = subscribed(desk, officer="a", lang="en")["address"]
    first = followed(desk, address)
    assert {name: event["status"] for name, event in first.items()} == {"c1-1": "CONFIRMED", "c2-1": "CONFIRMED"}
    desk.published(TWO, ONE, seed=2)
    second = followed(desk, address)
    assert {name: event["status"] for name, event in second.items()} == {"c1-1": "CONFIRMED", "c2-1": "CANCELLED"}
    assert second["c2-1"]["sequence"] > first["c2-1"]["sequence"]
    assert second["c2-1"]["uid"] == first["c2-1"]["uid"]
    desk.published(TWO, MOVED, seed=3)
    third = followed(desk, address)
    assert third["c1-1"]["dtstart"].dt.day == 3
    assert third["c1-1"]["sequence"] > second["c1-1"]["sequence"]
    assert third["c2-1"]["status"] == "CANCELLED", "a phone that slept through version 2 still hears of it"


def test_what_did_not_change_keeps_its_number(desk: Desk) -> None:
    desk.published(TWO, BOTH)
    address = subscribed(desk, cooperative="c1", lang="en")["address"]
    first = desk.client.get(address).content
    desk.published(TWO, ONE, seed=2)  # only c2 is gone
    assert desk.client.get(address).content == first


def test_the_next_period_does_not_take_the_last_days_of_the_one_before_off_a_phone(desk: Desk) -> None:
    """August is published, with a visit in September that the next calendar, from September on, takes over."""
    august = problem(
        officers=[officer("a"), officer("b")], workdays=[on(1), on(2), on(33)], visits=[visit("c1-1"), visit("c1-2")],
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
    )  # fmt: skip
    desk.published(august, plan(august, tour(august, on(2), "a", ["c1-1"]), tour(august, on(33), "a", ["c1-2"])))
    address = subscribed(desk, officer="a", lang="en")["address"]
    before = {event["uid"]: event for event in followed(desk, address).values()}
    september = problem(
        officers=[officer("a"), officer("b")], workdays=[on(33), on(34)], visits=[visit("c2-1")],
        cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
    )  # fmt: skip
    desk.published(september, plan(september, tour(september, on(34), "a", ["c2-1"])), seed=2)
    after = followed(desk, address)
    assert {name: event["status"] for name, event in after.items()} == {
        "c1-1": "CONFIRMED", "c1-2": "CANCELLED", "c2-1": "CONFIRMED",
    }  # fmt: skip
    stays = after["c1-1"]
    assert stays.to_ical() == before[stays["uid"]].to_ical()
    gone = after["c1-2"]
    assert gone["sequence"] > before[gone["uid"]]["sequence"]


def test_a_phone_is_told_when_to_ask_again(desk: Desk) -> None:
    desk.published(TWO, BOTH)
    text = desk.client.get(subscribed(desk, officer="a")["address"]).text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    assert "X-PUBLISHED-TTL:PT1H" in text


def test_a_feed_is_for_one_cooperative_or_one_officer(desk: Desk) -> None:
    desk.published(TWO, BOTH)
    assert set(followed(desk, subscribed(desk, cooperative="c2")["address"])) == {"c2-1"}
    assert followed(desk, subscribed(desk, officer="b")["address"]) == {}
    for whom in ({}, {"officer": "a", "cooperative": "c1"}):
        assert desk("POST", "/v1/feeds", json=whom).status_code == 422
    assert desk("POST", "/v1/feeds", json={"officer": "x"}).status_code == 404


def test_before_anything_is_published_there_is_nothing_to_follow(desk: Desk) -> None:
    assert desk("POST", "/v1/feeds", json={"officer": "a"}).status_code == 404


def test_a_revoked_feed_is_unknown(desk: Desk) -> None:
    desk.published(TWO, BOTH)
    feed = subscribed(desk, officer="a")
    assert [row["id"] for row in desk("GET", "/v1/feeds").json()] == [feed["id"]]
    assert desk("GET", "/v1/feeds").json()[0]["address"] is None
    assert desk("DELETE", f"/v1/feeds/{feed['id']}").status_code == 204
    assert desk.client.get(feed["address"]).status_code == 404
    assert desk("GET", "/v1/feeds").json() == []
    assert desk("DELETE", "/v1/feeds/nothing").status_code == 404


def test_a_phone_that_has_it_is_told_so(desk: Desk) -> None:
    desk.published(TWO, BOTH)
    address = subscribed(desk, officer="a")["address"]
    tag = desk.client.get(address).headers["ETag"]
    assert desk.client.get(address, headers={"If-None-Match": tag}).status_code == 304
    desk.published(TWO, ONE, seed=2)
    assert desk.client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_officers_make_see_and_revoke_their_own_feeds_only(desk: Desk) -> None:
    desk.published(TWO, BOTH)
    token = desk.token_of("officer", "a")
    other = subscribed(desk, officer="b")
    assert desk("POST", "/v1/feeds", token=token, json={"officer": "b"}).status_code == 403
    assert desk("POST", "/v1/feeds", token=token, json={"cooperative": "c1"}).status_code == 403
    own = desk("POST", "/v1/feeds", token=token, json={"officer": "a"}).json()
    assert [row["id"] for row in desk("GET", "/v1/feeds", token=token).json()] == [own["id"]]
    assert desk("DELETE", f"/v1/feeds/{other['id']}", token=token).status_code == 404
    assert desk("DELETE", f"/v1/feeds/{own['id']}", token=token).status_code == 204


@pytest.mark.parametrize("secret", ["x", "..", "%00", "a" * 5000])
def test_a_guess_finds_nothing(desk: Desk, secret: str) -> None:
    desk.published(TWO, BOTH)
    assert desk.client.get(f"/v1/feeds/{secret}.ics").status_code == 404


def test_a_feed_ends_with_the_token_that_made_it(desk: Desk) -> None:
    desk.published(TWO, BOTH)
    token, secret = create_token(desk.service.database, "a", "officer", "a")
    made = desk("POST", "/v1/feeds", token=secret, json={"officer": "a"}).json()
    assert desk.client.get(made["address"]).status_code == 200
    assert desk("DELETE", f"/v1/tokens/{token.id}").status_code == 204
    assert desk.client.get(made["address"]).status_code == 404
    assert made["id"] not in [each["id"] for each in desk("GET", "/v1/feeds").json()]


def test_a_later_version_is_laid_over_what_was_read_before(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(session: Any, id_: str) -> Any:
        read.append(id_)
        return load_plan(session, id_)

    monkeypatch.setattr(following, "load_plan", counted)
    desk.published(TWO, BOTH)
    address = subscribed(desk, officer="a", lang="en")["address"]
    for seed, made in enumerate([ONE, MOVED, ONE, MOVED, ONE], start=2):
        desk.published(TWO, made, seed=seed)
        read.clear()
        events = followed(desk, address)
        assert events["c2-1"]["status"] == "CANCELLED", "of the first version, five versions later too"
        assert len(set(read)) <= 2, "the version that stands, and the one before it"


def test_whatever_a_phone_shows_is_new_where_it_differs(desk: Desk) -> None:
    """Another car, another name, another agenda: the plan stays, to the minute, and the number rises all the same."""
    cars = {"cars": [{"id": "red", "seats": 2}, {"id": "blue", "seats": 2}], "seats": None}

    def of(**more: Any) -> Problem:
        return problem(
            officers=[officer("a", **more), officer("b")], offices=[office(**cars)],
            cooperatives=[cooperative("c1", 1), cooperative("c2", 2)], visits=[visit("c1-1"), visit("c2-1")],
        )  # fmt: skip

    numbers, address = [], ""
    for seed, (stated, car) in enumerate(
        [(of(), "red"), (of(), "blue"), (of(name="Anong"), "blue"), (of(name="A"), "blue")]
    ):
        made = plan(
            stated, *(tour(stated, on(day), "a", [f"c{day}-1"], car=car if day == 1 else "red") for day in (1, 2))
        )
        desk.published(stated, made, seed=seed)
        address = address or subscribed(desk, officer="a", lang="en")["address"]
        numbers.append([event["sequence"] for event in followed(desk, address).values()])
    assert numbers == [[1, 1], [2, 1], [3, 3], [4, 4]]


def test_no_more_is_kept_of_what_was_told_than_the_next_version_is_held_against(desk: Desk) -> None:
    desk.published(TWO, BOTH)
    address = subscribed(desk, officer="a", lang="en")["address"]
    followed(desk, address)
    kept = len(following._TOLD)
    for seed, made in enumerate([ONE, MOVED, ONE, MOVED], start=2):
        desk.published(TWO, made, seed=seed)
        followed(desk, address)
    assert len(following._TOLD) == kept


def test_days_that_a_later_quarter_took_over_are_not_given_back_by_the_one_after(desk: Desk) -> None:
    """September's calendar cancels what August's had in September; October's leaves it so."""
    months = [(1, 2, 33), (33, 34), (63, 64)]
    visits = [["c1-1", "c1-2"], ["c2-1"], ["c2-2"]]
    address = ""
    for seed, (workdays, names) in enumerate(zip(months, visits, strict=True)):
        stated = problem(
            officers=[officer("a"), officer("b")], workdays=[on(day) for day in workdays],
            cooperatives=[cooperative("c1", 1), cooperative("c2", 2)], visits=[visit(name) for name in names],
        )  # fmt: skip
        tours = [tour(stated, on(day), "a", [name]) for day, name in zip(workdays[1:], names, strict=False)]
        desk.published(stated, plan(stated, *tours), seed=seed)
        address = address or subscribed(desk, officer="a", lang="en")["address"]
        events = followed(desk, address)
        assert events["c1-1"]["status"] == "CONFIRMED"
        assert events["c1-2"]["status"] == ("CONFIRMED" if seed == 0 else "CANCELLED")


def test_the_address_of_a_feed_is_not_made_from_whatever_host_was_asked(settings: Settings) -> None:
    public = settings.model_copy(update={"public_address": "https://plan.example.org"})
    app = create_app(public, idle)
    with TestClient(app, base_url="http://localhost") as client:
        desk = Desk(client, app.state.service, create_token(app.state.service.database, "t", "planner")[1])
        desk.published(TWO, BOTH)
        assert subscribed(desk, officer="a")["address"].startswith("https://plan.example.org/v1/feeds/")
        assert desk("GET", "/healthz", headers={"Host": "plan.example.org"}).status_code == 200
        assert desk("POST", "/v1/session").headers["set-cookie"].lower().count("secure") == 1
