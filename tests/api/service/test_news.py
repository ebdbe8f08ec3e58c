"""The stream of all that happens: what it begins with, what it tells to whom, and that it ends with its token."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from support.builders import on, plan, problem, tour
from support.serving import Desk

from api.service.news import _told
from api.storage import plans
from api.storage.drafts import keep_draft
from api.storage.news import News, newest_news
from api.storage.problems import Stated
from api.storage.tokens import create_token, revoke_token

TINY = problem()
ONE = plan(TINY, tour(TINY, on(1), "a", ["c1-1"]))


def looked(desk: Desk) -> News:
    with desk.service.database.read() as session:
        return newest_news(session)


def told(desk: Desk, before: News | None, whole: bool = True) -> list[tuple[str, dict[str, Any]]]:
    return list(_told(before, looked(desk), whole))


def test_a_stream_begins_with_how_everything_stands(desk: Desk) -> None:
    desk.published(TINY, ONE)
    waiting = desk.asked(TINY, seed=7)
    (kind, data), *more = told(desk, None)
    assert (kind, more) == ("standing", [])
    assert data["publication"]["version"] == 1
    assert {run["id"]: run["state"] for run in data["runs"]}[waiting] == "queued"
    assert told(desk, None, whole=False)[0][1]["runs"] == []


def test_what_happens_is_told_once_and_runs_only_to_those_who_plan(desk: Desk) -> None:
    before = looked(desk)
    id_ = desk.asked(TINY)
    run = plans.start(desk.service.database, id_)
    assert run is not None
    plans.progress(desk.service.database, id_, run.attempt, {"cost": 5.0})
    assert [(kind, data["state"], data["progress"]) for kind, data in told(desk, before)] == [
        ("run", "running", {"cost": 5.0})
    ]
    assert told(desk, before, whole=False) == []
    before = looked(desk)
    assert told(desk, before) == []
    plans.finish(desk.service.database, id_, run.attempt, ONE)
    desk("POST", f"/v1/plans/{id_}/publish", json={"replaces": 0})
    assert {kind for kind, _ in told(desk, before)} == {"run", "published"}
    assert [kind for kind, _ in told(desk, before, whole=False)] == ["published"]


def test_drafts_are_told(desk: Desk) -> None:
    parent = desk.planned(TINY, ONE)
    before = looked(desk)
    token = desk("GET", "/v1/me").json()["id"]
    row, _ = keep_draft(desk.service.database, token, parent, Stated(TINY, None), ONE, [], [])
    assert [(kind, data["id"], data["parent"]) for kind, data in told(desk, before)] == [("draft", row.id, parent)]


def test_the_stream_ends_with_its_token(desk: Desk) -> None:
    token, secret = create_token(desk.service.database, "viewer", "viewer")
    desk.published(TINY, ONE)

    async def followed() -> list[tuple[str, Any]]:
        """What the application sends: it is asked as a server asks it, since the test client waits for the end."""
        app, parts = desk.client.app, []

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(3600)
            return {}

        async def send(message: dict[str, Any]) -> None:
            parts.append(message)
            if b"event: standing" in message.get("body", b""):
                revoke_token(desk.service.database, token.id)
                desk.service.memory.forget()

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "path": "/v1/events",
            "raw_path": b"/v1/events", "query_string": b"", "root_path": "", "scheme": "http",
            "headers": [(b"host", b"localhost"), (b"authorization", f"Bearer {secret}".encode())],
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
        }  # fmt: skip
        await asyncio.wait_for(app(scope, receive, send), 20)
        text = b"".join(part.get("body", b"") for part in parts).decode()
        kinds = [line.removeprefix("event: ") for line in text.splitlines() if line.startswith("event: ")]
        datas = [json.loads(line.removeprefix("data: ")) for line in text.splitlines() if line.startswith("data: ")]
        return list(zip(kinds, datas, strict=True))

    (kind, data), *more = asyncio.run(followed())
    assert (kind, more) == ("standing", [])
    assert data["publication"]["version"] == 1
