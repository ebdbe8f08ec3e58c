from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from starlette.testclient import TestClient
from support.builders import officer, on, plan, problem, tour
from support.serving import Desk, idle

from api.service import memory
from api.service.app import create_app
from api.service.errors import Refused
from api.service.limiting import Rates
from api.settings import Settings
from api.storage import reading
from api.storage.links import invite
from api.storage.tables import Feed, Invitation, SignIn, Token
from api.storage.tokens import create_token, revoke_token

TINY = problem(officers=[officer("a"), officer("b")])
MADE = plan(TINY, tour(TINY, on(1), "a", ["c1-1"]), tour(TINY, on(2), "b", ["c2-1"]))


def test_health_is_open(desk: Desk) -> None:
    assert desk.client.get("/healthz").json() == {"status": "alive"}
    assert desk.client.get("/readyz").json() == {"status": "ready", "engine": "ready"}


def test_an_officer_reads_the_own_calendar_only(desk: Desk) -> None:
    desk.published(TINY, MADE)
    token = desk.token_of("officer", "a")
    own = desk("GET", "/v1/calendar", token=token).json()
    assert [row["visit"] for row in own["visits"]] == ["c1-1"]
    assert desk("GET", "/v1/calendar?officer=a", token=token).status_code == 200
    assert desk("GET", "/v1/calendar?officer=b", token=token).status_code == 403
    whole = desk("GET", "/v1/calendar", token=desk.token_of("viewer")).json()
    assert len(whole["visits"]) == 2


def test_a_revoked_token_is_let_in_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    token, secret = create_token(desk.service.database, "gone", "planner")
    assert desk("GET", "/v1/plans", token=secret).status_code == 200
    revoke_token(desk.service.database, token.id)
    monkeypatch.setattr(memory, "FRESH", 0.0)
    assert desk("GET", "/v1/plans", token=secret).status_code == 401


def test_the_one_time_link_signs_the_first_planner_in(settings: Settings) -> None:
    app = create_app(settings, idle)
    with TestClient(app, base_url="http://localhost") as client:
        code = invite(app.state.service.database)
        page = client.get(f"/welcome/{code}")
        assert page.status_code == 200
        assert "pat_" not in page.text
        entered = client.post(f"/welcome/{code}", headers={"Accept": "text/html"}, follow_redirects=False)
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get("/v1/me").json()["role"] == "planner", "the browser keeps the cookie"
        own = {"Origin": "http://localhost"}
        assert client.post(f"/welcome/{code}", headers=own).status_code == 404
        assert client.post("/welcome/guess", headers=own).status_code == 404


def test_the_first_link_is_void_once_somebody_may_plan(settings: Settings) -> None:
    app = create_app(settings, idle)
    with TestClient(app, base_url="http://localhost") as client:
        database = app.state.service.database
        code = invite(database)
        create_token(database, "made by command", "planner")
        assert client.get(f"/welcome/{code}").status_code == 404
        assert client.post(f"/welcome/{code}").status_code == 404
        assert invite(database) is None


def test_no_secret_is_kept_or_logged(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    desk.published(TINY, MADE)
    address = desk("POST", "/v1/feeds", json={"officer": "a"}).json()["address"]
    secret = address.rpartition("/")[2].removesuffix(".ics")
    desk.client.get(address)
    desk.client.delete(address)
    desk("POST", "/v1/plans", content=b"{", headers={"Content-Type": "application/json"})
    with closing(sqlite3.connect(str(desk.service.database.engine.url.database))) as kept:
        dump = "\n".join(kept.iterdump())
    logged = "".join(capfd.readouterr())
    for text in (dump, logged):
        assert secret not in text
        assert desk.token not in text


@pytest.fixture
def strict(settings: Settings) -> Iterator[Desk]:
    app = create_app(settings.model_copy(update={"rate": "5/minute", "most_bytes": 1000}), idle)
    with TestClient(app, base_url="http://localhost") as client:
        database = app.state.service.database
        yield Desk(client, app.state.service, create_token(database, "t", "planner")[1])


def test_too_many_requests_of_one_token_say_when_to_come_back(strict: Desk) -> None:
    answers = [strict("GET", "/v1/plans") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1].json()["errors"][0]["code"] == "rate-exceeded"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert strict("GET", "/v1/plans", token=strict.token_of("planner")).status_code == 200


def test_who_floods_without_a_token_is_hung_up_on_and_who_has_one_is_not(strict: Desk) -> None:
    flood = [strict.client.post("/v1/plans", content=b"[" * 900) for _ in range(6)]
    assert [answer.status_code for answer in flood] == [401] * 5 + [429]
    assert [answer.headers.get("Connection") for answer in flood] == [None] * 5 + ["close"]
    known = [strict("GET", "/v1/plans") for _ in range(6)]
    assert (known[-1].status_code, known[-1].headers.get("Connection")) == (429, None)


def test_guessing_tokens_and_feeds_is_slowed_down(strict: Desk) -> None:
    guesses = [strict("GET", "/v1/plans", token=f"pat_{n}").status_code for n in range(4)]
    guesses += [strict.client.get(f"/v1/feeds/{n}.ics").status_code for n in range(3)]
    assert guesses == [401] * 4 + [404] + [429] * 2


@pytest.mark.parametrize("body", [b"x" * 1001, iter([b"x" * 600, b"x" * 600])], ids=["told", "untold"])
@pytest.mark.parametrize("path", ["/v1/problems", "/v1/plans"])
def test_large_bodies_are_refused(strict: Desk, path: str, body: Any) -> None:
    content = body if isinstance(body, bytes) else iter([b"x" * 600, b"x" * 600])
    answer = strict("POST", path, content=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (413, "body-too-large")


def test_unknown_addresses_and_methods_are_told_in_the_same_way(desk: Desk) -> None:
    lost = desk("GET", "/v2/plans")
    assert (lost.status_code, lost.json()["errors"][0]["code"]) == (404, "address-unknown")
    wrong = desk("PATCH", "/v1/plans")
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (405, "method-unknown")
    assert set(wrong.headers["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/v2/plans", {}, 404),
        ("PATCH", "/v1/plans", {}, 405),
        ("GET", "/v1/plans", {"Host": "evil.example"}, 421),
        ("POST", "/v1/plans", {"Origin": "https://evil.example"}, 403),
    ],
)
def test_every_error_is_told_in_the_language_of_who_asks(
    desk: Desk, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answers = {lang: desk(method, path, headers=headers | {"Accept-Language": lang}) for lang in ("th", "en")}
    assert {answer.status_code for answer in answers.values()} == {status}
    thai, english = (answers[lang].json() for lang in ("th", "en"))
    assert thai["title"] != english["title"]
    assert thai["errors"][0]["remedy"] != english["errors"][0]["remedy"]


def test_metrics_count_by_pattern(desk: Desk) -> None:
    id_ = desk.asked(TINY)
    desk("GET", f"/v1/plans/{id_}")
    desk("GET", "/v1/visits/c1%2F2555-1/report")
    page = desk("GET", "/metrics").text
    assert 'patithin_runs{state="queued"} 1.0' in page
    assert 'patithin_requests_total{method="GET",route="/v1/plans/{id}",status="200"} 1.0' in page
    assert 'patithin_requests_total{method="GET",route="/v1/visits/{id}/report",status="404"} 1.0' in page
    assert id_ not in page and "2555" not in page


def test_tables_hold_hashes_only() -> None:
    assert "hash" in Token.__table__.columns
    for table in (Invitation, SignIn, Feed):
        assert "hash" in table.__table__.columns
        assert not {"secret", "code", "token"} & set(table.__table__.columns.keys())


@pytest.mark.parametrize(
    ("headers", "let_in"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://localhost.evil.example"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
def test_a_browser_changes_something_only_from_the_own_page(desk: Desk, headers: dict[str, str], let_in: bool) -> None:
    assert desk("POST", "/v1/session").status_code == 201
    answer = desk.client.post("/v1/tokens", json={"name": "x", "role": "viewer"}, headers=headers)
    assert (answer.status_code == 201) == let_in, answer.text
    if not let_in:
        assert answer.json()["errors"][0]["code"] == "origin-foreign"
    assert desk.client.get("/v1/me", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200, (
        "reading changes nothing"
    )


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("localhost", True), ("LOCALHOST:8000", True), ("127.0.0.1:8000", True), ("[::1]:8000", True),
        ("10.1.2.3", True), ("evil.example", False), ("localhost.evil.example", False), ("", False),
        ("[::1", False),
    ],
)  # fmt: skip
def test_only_hosts_that_the_service_goes_by_are_answered(desk: Desk, host: str, known: bool) -> None:
    answer = desk.client.get("/healthz", headers={"Host": host})
    assert answer.status_code == (200 if known else 421)
    assert known or answer.json()["errors"][0]["code"] == "host-unknown"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ([("Host", "localhost"), ("Host", "localhost")], "header-value"),
        ([("Authorization", "Bearer x"), ("Authorization", "Bearer y")], "header-value"),
        ([("Cookie", "patithin=x; other=y; patithin=z")], "header-value"),
        ([("Cookie", "patithin=x"), ("Cookie", "patithin=z")], "header-value"),
    ],
)
def test_headers_that_decide_are_there_once(desk: Desk, headers: list[tuple[str, str]], code: str) -> None:
    answer = desk.client.get("/v1/me", headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code)


@pytest.mark.parametrize(
    "body", ['{"problem": "a", "problem": "b", "seconds": 1}', '{"changes": [{"kind": 1, "kind": 2}]}']
)
def test_a_key_that_is_there_twice_is_told_and_neither_is_taken(desk: Desk, body: str) -> None:
    path = "/v1/plans" if "problem" in body else "/v1/plans/x/replan"
    answer = desk("POST", path, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "key-repeated")


def test_a_key_of_the_query_is_there_once_but_for_those_with_several_values(desk: Desk) -> None:
    desk.published(TINY, MADE)
    answer = desk("GET", "/v1/calendar?lang=th&lang=en")
    assert [(fault["code"], fault["where"]) for fault in answer.json()["errors"]] == [("key-repeated", "lang")]
    plan = desk("GET", "/v1/publications").json()[0]["plan"]
    several = desk("GET", f"/v1/plans/{plan}/slots?cooperative=none&minutes=60&topic=a&topic=b").json()
    assert "key-repeated" not in {fault["code"] for fault in several["errors"]}


def test_every_answer_has_a_policy_for_browsers(desk: Desk) -> None:
    desk.published(TINY, MADE)
    for path in ("/healthz", "/v1/me", "/v1/calendar", "/v1/calendar?format=html", "/nothing"):
        headers = desk("GET", path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'"), path
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_browser_signs_in_and_out(desk: Desk) -> None:
    own = {"Sec-Fetch-Site": "same-origin"}
    assert desk("POST", "/v1/session", headers=own).status_code == 201
    told = desk.client.get("/v1/me").json()
    assert (told["role"], told["name"]) == ("planner", "test")
    assert told["until"] is not None
    assert desk.client.delete("/v1/session", headers=own).status_code == 204
    assert desk.client.get("/v1/me").status_code == 401
    assert desk("GET", "/v1/me").json()["until"] is None, "the token stays"


def test_a_sign_in_ends_when_its_time_is_up(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"session_days": 1e-9}), idle)
    with TestClient(app, base_url="http://localhost") as client:
        secret = create_token(app.state.service.database, "t", "planner")[1]
        assert client.post("/v1/session", headers={"Authorization": f"Bearer {secret}"}).status_code == 201
        assert client.get("/v1/me").status_code == 401


def test_a_planner_makes_a_link_that_signs_another_in_once(desk: Desk) -> None:
    made = desk("POST", "/v1/links", json={"name": "Somchai", "role": "officer", "officer": "a"})
    assert made.status_code == 201, made.text
    listed = desk("GET", "/v1/links").json()
    assert [(each["id"], each["address"]) for each in listed] == [(made.json()["id"], None)]
    path = made.json()["address"].removeprefix("http://localhost")
    assert "an officer" in desk.client.get(path).text
    entered = desk.client.post(
        path, headers={"Accept": "text/html", "Origin": "http://localhost"}, follow_redirects=False
    )
    assert entered.status_code == 303
    told = desk.client.get("/v1/me").json()
    assert (told["name"], told["role"], told["officer"]) == ("Somchai", "officer", "a")
    assert desk("GET", "/v1/links").json() == []
    mine = next(each for each in desk("GET", "/v1/tokens").json() if each["name"] == "Somchai")
    assert desk("DELETE", f"/v1/tokens/{mine['id']}").status_code == 204
    assert desk.client.get("/v1/me").status_code == 401, "revoked at once"


def test_links_are_ended_and_die_with_their_maker(desk: Desk) -> None:
    def link(token: str) -> tuple[str, str]:
        made = desk("POST", "/v1/links", token=token, json={"name": "v", "role": "viewer"}).json()
        return made["id"], made["address"].removeprefix("http://localhost")

    other, secret = create_token(desk.service.database, "other", "planner")
    first, path = link(secret)
    assert desk("DELETE", f"/v1/links/{first}").status_code == 204
    assert desk.client.get(path).status_code == 404
    _, path = link(secret)
    assert desk.client.get(path).status_code == 200
    assert desk("DELETE", f"/v1/tokens/{other.id}").status_code == 204
    assert desk.client.get(path).status_code == 404


@pytest.mark.parametrize(
    "body", [{"name": "x", "role": "officer"}, {"name": "x", "role": "king"}, {"name": "", "role": "viewer"}]
)
def test_links_and_tokens_for_nobody_are_refused(desk: Desk, body: dict[str, str]) -> None:
    for path in ("/v1/links", "/v1/tokens"):
        assert desk("POST", path, json=body).status_code == 422


def test_an_error_of_our_own_is_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "newest", lambda *_, **__: 1 / 0)
    assert desk("GET", "/v1/plans").status_code == 500
    assert 'patithin_requests_total{method="GET",route="/v1/plans",status="500"} 1.0' in desk("GET", "/metrics").text


def test_a_flood_without_a_token_reaches_no_door(settings: Settings) -> None:
    """It is refused before a route is looked for, also where there is none. What is open, and who has a token, pass."""
    app = create_app(settings.model_copy(update={"rate": "3/minute"}), idle)
    with TestClient(app, headers={"Host": "localhost"}) as client:
        assert [client.get("/v1/me").status_code for _ in range(4)] == [401] * 3 + [429]
        over = client.post("/v1/nowhere", content=b"[" * 1000, headers={"Accept-Language": "th"})
        assert (over.status_code, over.headers["Connection"]) == (429, "close")
        assert over.headers["X-Content-Type-Options"] == "nosniff"
        assert "เกิน" in over.json()["errors"][0]["cause"]
        assert client.get("/healthz").status_code == 200
        assert client.get("/v1/feeds/x.ics").status_code == 429
        token = create_token(app.state.service.database, "t", "planner")[1]
        assert client.get("/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200
        told = app.state.service.metrics.page({}, engine_ready=True).decode()
        assert 'patithin_requests_total{method="POST",route="none",status="429"} 1.0' in told


def test_a_rate_does_not_depend_on_the_time_of_day(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = Rates("2/minute")
    rates.count("a")
    monkeypatch.setattr(time, "time", lambda: 0.0)
    rates.count("a")
    with pytest.raises(Refused) as caught:
        rates.count("a")
    assert 1 <= int((caught.value.headers or {})["Retry-After"]) <= 60


@pytest.mark.parametrize("what", ["%00", "a%00b"])
def test_no_database_is_asked_for_a_character_of_no_meaning(url: str, what: str) -> None:
    app = create_app(Settings(database=url), idle)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        desk = Desk(client, app.state.service, create_token(app.state.service.database, "t", "planner")[1])
        for path in (f"/v1/plans/{what}", f"/v1/problems/{what}", f"/welcome/{what}", f"/v1/feeds/{what}.ics"):
            assert desk("GET", path).status_code == 404, path
        assert desk("GET", f"/v1/plans?after={what}").status_code in (200, 422)
        body = {"name": "x\0y", "role": "viewer"}
        for path in ("/v1/links", "/v1/tokens"):
            assert desk("POST", path, json=body).json()["errors"][0]["code"] == "field-value"
        asked = desk("POST", "/v1/plans", json={"problem": "\0"})
        assert asked.status_code == 422
