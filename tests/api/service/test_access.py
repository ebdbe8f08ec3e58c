from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from support.builders import officer, on, plan, problem, tour
from support.serving import Desk, idle

from api.service import memory
from api.service.app import create_app
from api.settings import Settings
from api.storage.tables import Invitation, Token
from api.storage.tokens import create_token, invite, revoke_token

TINY = problem(officers=[officer("a"), officer("b")])
MADE = plan(TINY, tour(TINY, on(1), "a", ["c1-1"]), tour(TINY, on(2), "b", ["c2-1"]))

#: what each role may, as (method, path, body) -> the roles that are let in; {id} is a finished plan
DOORS = {
    ("POST", "/v1/problems"): {"planner"},
    ("GET", "/v1/problems/x"): {"planner"},
    ("POST", "/v1/plans"): {"planner"},
    ("GET", "/v1/plans"): {"planner"},
    ("GET", "/v1/plans/{id}"): {"planner"},
    ("DELETE", "/v1/plans/{id}"): {"planner"},
    ("GET", "/v1/plans/{id}/events"): {"planner"},
    ("GET", "/v1/plans/{id}/calendar"): {"planner"},
    ("POST", "/v1/plans/{id}/publish"): {"planner"},
    ("POST", "/v1/plans/{id}/replan"): {"planner"},
    ("GET", "/v1/plans/{id}/differences"): {"planner"},
    ("GET", "/v1/plans/{id}/slots"): {"planner"},
    ("GET", "/v1/plans/{id}/visits/{visit}/why"): {"planner"},
    ("GET", "/v1/plans/{id}/visits/{visit}/slots"): {"planner"},
    ("GET", "/v1/plans/{id}/proposals"): {"planner"},
    ("GET", "/v1/calendar"): {"planner", "officer", "viewer"},
    ("POST", "/v1/feeds"): {"planner", "officer"},
    ("GET", "/v1/feeds"): {"planner", "officer"},
    ("DELETE", "/v1/feeds/x"): {"planner", "officer"},
    ("GET", "/metrics"): {"planner", "officer", "viewer"},
    ("GET", "/openapi.json"): {"planner", "officer", "viewer"},
}


@pytest.mark.parametrize(("door", "roles"), DOORS.items(), ids=lambda value: str(value))
def test_each_door_opens_to_its_roles_only(desk: Desk, door: tuple[str, str], roles: set[str]) -> None:
    id_ = desk.planned(TINY, MADE)
    method, path = door[0], door[1].replace("{id}", id_)
    closed = desk.client.request(method, path)
    assert (closed.status_code, closed.json()["errors"][0]["code"]) == (401, "token-missing")
    assert closed.headers["WWW-Authenticate"] == "Bearer"
    wrong = desk(method, path, token="pat_wrong")
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (401, "token-unknown")
    for role in ("planner", "officer", "viewer"):
        answer = desk(method, path, token=desk.token_of(role, "a" if role == "officer" else None), json={})
        assert (answer.status_code == 403) == (role not in roles), (role, answer.text)
        assert answer.status_code not in (401, 500)


def test_every_operation_is_behind_a_door(desk: Desk) -> None:
    told = desk("GET", "/openapi.json").json()["paths"]
    known = {(method, re.sub(r"\bx$", "{id}", path)) for method, path in DOORS}
    open_ = {("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/v1/feeds/{secret}.ics")}
    operations = {(method.upper(), path) for path, methods in told.items() for method in methods}
    assert operations == (known | open_) - {("GET", "/openapi.json")}


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


def test_the_one_time_link_makes_the_first_planner(settings: Settings) -> None:
    app = create_app(settings, idle)
    with TestClient(app) as client:
        code = invite(app.state.service.database)
        page = client.get(f"/welcome/{code}")
        assert page.status_code == 200
        assert "pat_" not in page.text
        entered = client.post(f"/welcome/{code}", headers={"Accept": "text/html"})
        secret = re.search(r"pat_[\w-]+", entered.text)
        assert secret
        assert entered.headers["set-cookie"].lower().count("httponly") == 1
        assert "samesite=strict" in entered.headers["set-cookie"].lower()
        assert client.get("/v1/plans").status_code == 200, "the browser keeps the cookie"
        client.cookies.clear()
        assert client.get("/v1/plans", headers={"Authorization": f"Bearer {secret[0]}"}).status_code == 200
        assert client.post(f"/welcome/{code}").status_code == 404
        assert client.post("/welcome/guess").status_code == 404


def test_no_secret_is_kept_or_logged(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    desk.published(TINY, MADE)
    address = desk("POST", "/v1/feeds", json={"officer": "a"}).json()["address"]
    secret = address.rpartition("/")[2].removesuffix(".ics")
    desk.client.get(address)
    desk.client.delete(address)
    desk("POST", "/v1/plans", content=b"{", headers={"Content-Type": "application/json"})
    with desk.service.database.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    logged = "".join(capfd.readouterr())
    for kept in (dump, logged):
        assert secret not in kept
        assert desk.token not in kept


@pytest.fixture
def strict(settings: Settings) -> Iterator[Desk]:
    app = create_app(settings.model_copy(update={"rate": "5/minute", "most_bytes": 1000}), idle)
    with TestClient(app) as client:
        database = app.state.service.database
        yield Desk(client, app.state.service, create_token(database, "t", "planner")[1])


def test_too_many_requests_of_one_token_say_when_to_come_back(strict: Desk) -> None:
    answers = [strict("GET", "/v1/plans") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1].json()["errors"][0]["code"] == "rate-exceeded"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert strict("GET", "/v1/plans", token=strict.token_of("planner")).status_code == 200


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


def test_metrics_count_by_pattern(desk: Desk) -> None:
    id_ = desk.asked(TINY)
    desk("GET", f"/v1/plans/{id_}")
    page = desk("GET", "/metrics").text
    assert 'patithin_runs{state="queued"} 1.0' in page
    assert 'patithin_requests_total{method="GET",route="/v1/plans/{id}",status="200"} 1.0' in page
    assert id_ not in page


def test_tables_hold_hashes_only() -> None:
    assert "hash" in Token.__table__.columns
    assert list(Invitation.__table__.columns.keys()) == ["hash", "created_at"]
