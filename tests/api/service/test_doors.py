"""Every route, every role, and every other person's data: generated from the routes, so that none is forgotten.

A route that is added needs a line in :data:`RULES`, else the first test fails; all else follows from that line.
"""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from typing import Any

import pytest
from support.builders import officer, on, plan, problem, tour
from support.serving import Desk

from api.formats import Format
from api.service.access import Door, allowed_of
from api.service.app import ROUTERS
from api.service.floods import BY_SECRET, GUARDED
from api.storage.feeds import create_feed

PLANNER, HEAD, OFFICER, VIEWER = "planner", "head", "officer", "viewer"
ALL = frozenset({PLANNER, HEAD, OFFICER, VIEWER})
WATCHERS = frozenset({PLANNER, HEAD})
PLANNERS = frozenset({PLANNER})
SUBSCRIBERS = frozenset({PLANNER, OFFICER})
HANDBOOK = frozenset({PLANNER, HEAD, OFFICER})
#: anybody, without a token
OPEN: frozenset[str] = frozenset()

#: method and pattern of each route -> who may
RULES = {
    "GET /": OPEN,
    "GET /page/{digest}/{path}": OPEN,
    "GET /offline.js": OPEN,
    "GET /welcome/{code}": OPEN,
    "POST /welcome/{code}": OPEN,
    "GET /healthz": OPEN,
    "GET /readyz": OPEN,
    "GET /v1/feeds/{secret}.ics": OPEN,
    "GET /metrics": ALL,
    "GET /openapi.json": ALL,
    "GET /v1/me": ALL,
    "POST /v1/session": ALL,
    "DELETE /v1/session": ALL,
    "GET /v1/events": ALL,
    "GET /tiles.pmtiles": ALL,
    "GET /v1/calendar": ALL,
    "GET /v1/calendar/names": ALL,
    "GET /v1/calendar/map": ALL,
    "GET /v1/feeds": SUBSCRIBERS,
    "POST /v1/feeds": SUBSCRIBERS,
    "DELETE /v1/feeds/{id}": SUBSCRIBERS,
    "GET /v1/tokens": PLANNERS,
    "POST /v1/tokens": PLANNERS,
    "DELETE /v1/tokens/{id}": PLANNERS,
    "GET /v1/links": PLANNERS,
    "POST /v1/links": PLANNERS,
    "DELETE /v1/links/{id}": PLANNERS,
    "POST /v1/problems": PLANNERS,
    "POST /v1/problems/next-quarter": PLANNERS,
    "POST /v1/problems/{id}/preparation": PLANNERS,
    "POST /v1/problems/sample": PLANNERS,
    "GET /v1/problems/template": PLANNERS,
    "GET /v1/problems": WATCHERS,
    "GET /v1/problems/{id}": WATCHERS,
    "GET /v1/problems/{id}/names": WATCHERS,
    "GET /v1/problems/{id}/map": WATCHERS,
    "POST /v1/plans": PLANNERS,
    "GET /v1/plans": WATCHERS,
    "GET /v1/plans/{id}": WATCHERS,
    "PATCH /v1/plans/{id}": PLANNERS,
    "DELETE /v1/plans/{id}": PLANNERS,
    "GET /v1/plans/{id}/events": WATCHERS,
    "GET /v1/plans/{id}/calendar": WATCHERS,
    "POST /v1/plans/{id}/moves": PLANNERS,
    "GET /v1/plans/{id}/moves": WATCHERS,
    "POST /v1/plans/{id}/replan": PLANNERS,
    "GET /v1/plans/{id}/proposals": WATCHERS,
    "GET /v1/plans/{id}/differences": WATCHERS,
    "GET /v1/plans/{id}/reported": WATCHERS,
    "GET /v1/plans/{id}/slots": WATCHERS,
    "GET /v1/plans/{id}/visits/{visit}/why": WATCHERS,
    "GET /v1/plans/{id}/visits/{visit}/slots": WATCHERS,
    "POST /v1/plans/{id}/visits/{visit}/remedies": PLANNERS,
    "POST /v1/plans/{id}/publish": PLANNERS,
    "GET /v1/days": HANDBOOK,
    "GET /v1/time": HANDBOOK,
    "POST /v1/problems/{id}/what-if": PLANNERS,
    "GET /v1/plans/{id}/capacity": WATCHERS,
    "GET /v1/plans/{id}/risk": WATCHERS,
    "GET /v1/visits/{id}/report": HANDBOOK,
    "GET /v1/visits/{id}/reporting": HANDBOOK,
    "PUT /v1/visits/{id}/report": SUBSCRIBERS,
    "GET /v1/visits/{id}/report/versions": HANDBOOK,
    "GET /v1/visits/{id}/attachments": HANDBOOK,
    "POST /v1/visits/{id}/attachments": SUBSCRIBERS,
    "GET /v1/visits/{id}/attachments/{file}": HANDBOOK,
    "GET /v1/handbook": HANDBOOK,
    "POST /v1/handbook": PLANNERS,
    "GET /v1/handbook/search": HANDBOOK,
    "GET /v1/reports": WATCHERS,
    "GET /v1/evaluation": WATCHERS,
    "GET /v1/urgency": WATCHERS,
    "GET /v1/readiness": WATCHERS,
    "POST /v1/next-quarter": PLANNERS,
    "GET /v1/approvals": WATCHERS,
    "POST /v1/approvals": frozenset({HEAD}),
    "GET /v1/publications": WATCHERS,
    "POST /v1/publications/{version}/restore": PLANNERS,
}
#: a stream of all that happens does not end by itself, and is tried elsewhere
ENDLESS = {"GET /v1/events"}

#: what only planners and heads may see: names that stand in every answer that tells of officer b
SECRET = "topsecret"
TWO = problem(
    officers=[officer("a", name="mine"), officer("b", name=SECRET, absent=[on(1)])],
)
BOTH = plan(TWO, tour(TWO, on(1), "a", ["c1-1"]), tour(TWO, on(2), "b", ["c2-1"]))


def routes() -> dict[str, Any]:
    """Every route of the application, by method and pattern."""
    found: list[Any] = [route for router in ROUTERS for route in router.routes]
    return {f"{method} {route.path_format}": route for route in found for method in route.methods}


ROUTES = routes()


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    assert set(ROUTES) == set(RULES)


@pytest.mark.parametrize("name", ROUTES)
def test_every_route_is_a_door_for_those_whom_its_rule_names(name: str) -> None:
    route = ROUTES[name]
    assert isinstance(route, Door), "a plain route would read a body before it knows who asks"
    allowed = allowed_of(route.dependant)
    assert frozenset(allowed.roles if allowed else ()) == RULES[name]


def test_no_flood_shuts_what_is_open() -> None:
    paths = [name.partition(" ")[2] for name, roles in RULES.items() if roles == OPEN]
    assert [path for path in paths if path.startswith(GUARDED) and not path.startswith(BY_SECRET)] == []


def filled(name: str, plan_id: str) -> tuple[str, str]:
    """Method and address of a route, of things that exist where they can be named."""
    method, _, pattern = name.partition(" ")
    of_another = "c2-1" if "/visits/{id}" in pattern else "x"
    known = {"visit": "c1-1", "version": "1", "id": plan_id if "/plans/" in pattern else of_another}
    return method, re.sub(r"\{(\w+)\}", lambda match: known.get(match[1], "x"), pattern)


@pytest.mark.parametrize("name", [name for name in ROUTES if RULES.get(name) and name not in ENDLESS])
def test_a_door_opens_to_its_roles_only(desk: Desk, name: str) -> None:
    desk.published(TWO, BOTH)
    method, path = filled(name, desk.planned(TWO, BOTH))
    closed = desk.client.request(method, path)
    assert (closed.status_code, closed.json()["errors"][0]["code"]) == (401, "token-missing")
    assert closed.headers["WWW-Authenticate"] == "Bearer"
    wrong = desk(method, path, token="pat_wrong")
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (401, "token-unknown")
    for role in sorted(ALL):
        answer = desk(method, path, token=desk.token_of(role, "a" if role == OFFICER else None), content=b"{")
        assert (answer.status_code == 403) == (role not in RULES[name]), (role, answer.text)
        assert answer.status_code not in (401, 500)
        if role not in RULES[name]:
            assert answer.json()["errors"][0]["code"] == "role-forbidden"


@pytest.mark.parametrize("name", [name for name in ROUTES if RULES.get(name)])
def test_no_byte_of_a_body_is_read_for_those_who_may_not(desk: Desk, name: str) -> None:
    method, path = filled(name, "x")
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("the body was asked for")

    async def send(message: dict[str, Any]) -> None:
        statuses.extend([message["status"]] if "status" in message else [])

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "http",
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json"), (b"content-length", b"9")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip
    asyncio.run(desk.client.app(scope, receive, send))
    assert statuses == [401]


def questions(name: str) -> list[str]:
    """The queries with which an officer may try to see more."""
    if name == "GET /v1/calendar":
        whose = ("", "officer=b", "cooperative=c2", "day=2012-08-02", "week=2012-W31", "version=1")
        return [f"format={format}&lang={lang}&{more}" for format in Format for lang in ("th", "en") for more in whose]
    return ["", "officer=b", "lang=en"]


#: who must not see b, by route; a viewer reads the whole published calendar, and b in it
OTHERS = [
    (name, role)
    for name in ROUTES
    for role in (OFFICER, VIEWER, None)
    if name.startswith("GET ") and name not in ENDLESS and not (role == VIEWER and name.startswith("GET /v1/calendar"))
]


@pytest.fixture(scope="module")
def secretive(reading_desk: Desk) -> tuple[Desk, str]:
    """A desk that keeps secrets of officer b, and the id of a plan there."""
    desk = reading_desk
    desk.published(TWO, BOTH)
    create_feed(desk.service.database, desk("GET", "/v1/me").json()["id"], officer="b", cooperative=None, lang="en")
    desk("POST", "/v1/links", json={"name": SECRET, "role": VIEWER})
    report = {"visit": "c2-1", "held": False, "reason": "other", "remarks": SECRET}
    made = desk("PUT", "/v1/visits/c2-1/report", json={"replaces": 0, "report": report})
    assert made.status_code == 201, made.text
    return desk, desk.planned(TWO, BOTH)


@pytest.mark.parametrize(("name", "role"), OTHERS)
def test_nobody_reads_what_is_of_another(secretive: tuple[Desk, str], name: str, role: str | None) -> None:
    """Officer b is a secret of b's and of those who plan; viewers see the published calendar, and b in it."""
    desk, plan_id = secretive
    method, path = filled(name, plan_id)
    token = desk.token_of(role, "a" if role == OFFICER else None) if role else "pat_none"
    for query in questions(name):
        answer = desk(method, f"{path}?{query}", token=token)
        assert SECRET not in told(answer.content), query
        assert answer.status_code < 500


def told(body: bytes) -> str:
    """The text of an answer, unpacked where it is a workbook."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            body = b"".join(package.read(part) for part in package.namelist())
    return body.decode(errors="replace")


def test_an_officer_touches_no_feed_of_another(desk: Desk) -> None:
    desk.published(TWO, BOTH)
    planner = desk("GET", "/v1/me").json()["id"]
    other, _ = create_feed(desk.service.database, planner, officer="b", cooperative=None, lang="en")
    token = desk.token_of(OFFICER, "a")
    assert desk("GET", "/v1/feeds", token=token).json() == []
    assert desk("DELETE", f"/v1/feeds/{other.id}", token=token).status_code == 404
    assert desk("POST", "/v1/feeds", token=token, json={"officer": "b"}).status_code == 403
    assert desk("POST", "/v1/feeds", token=token, json={"cooperative": "c2"}).status_code == 403
    assert desk("POST", "/v1/feeds", token=token, json={"officer": "a"}).status_code == 201
