"""What careless clients and hostile ones ask for: told, cheap, and never done otherwise than it was meant."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import func, select
from starlette.requests import Request
from support.builders import officer, on, plan, problem, tour
from support.serving import Desk
from support.tables import document
from uvicorn.config import Config
from uvicorn.server import ServerState

from api.service import aside as aside_module
from api.service import limiting, streams, turns
from api.service.access import MOST_KEYS, MOST_VALUES, address_of
from api.service.aside import Aside
from api.service.connections import Connection, Connections, Limits
from api.service.errors import MOST_FAULTS, Refused
from api.service.formats import format_of
from api.service.limiting import Rates
from api.service.loading import load_texts
from api.service.networks import network_of
from api.service.queries import MOST_LISTED
from api.service.shelf import PENS, Shelf
from api.service.standing import load_standing
from api.service.streams import Streams
from api.service.turns import Turns
from api.storage import feeds, problems, sign_ins
from api.storage.sign_ins import find_signed_in, sign_in
from api.storage.tables import SignIn
from api.storage.tokens import create_token

TINY = problem(officers=[officer("a"), officer("b")])
MADE = plan(TINY, tour(TINY, on(1), "a", ["c1-1"]), tour(TINY, on(2), "b", ["c2-1"]))
KHONKAEN = Path(__file__).parents[3] / "data" / "khonkaen"
JSON = {"Content-Type": "application/json"}


def codes(answer: Any) -> tuple[int, list[str]]:
    return answer.status_code, [fault["code"] for fault in answer.json()["errors"]]


# --- what is read otherwise than it was meant


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"If-Match": '"x"'}, 400, "header-value"),
        ({"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, 400, "header-value"),
        ({"Content-Range": "bytes 0-9/100"}, 400, "header-value"),
        ({"X-HTTP-Method-Override": "GET"}, 400, "header-value"),
        ({"Content-Encoding": "gzip"}, 415, "media-unknown"),
    ],
)
def test_a_change_that_is_asked_for_by_a_header_that_is_not_heeded_is_not_made(
    desk: Desk, headers: dict[str, str], status: int, code: str
) -> None:
    before = len(desk("GET", "/v1/tokens").json())
    answer = desk("POST", "/v1/tokens", json={"name": "x", "role": "viewer"}, headers=headers)
    assert codes(answer) == (status, [code])
    assert len(desk("GET", "/v1/tokens").json()) == before


def test_who_only_reads_may_send_what_is_not_heeded(desk: Desk) -> None:
    desk.published(TINY, MADE)
    answer = desk("GET", "/v1/calendar?format=json", headers={"If-Match": '"x"', "Range": "bytes=0-3"})
    assert answer.status_code == 200
    assert answer.json()["version"] == 1, "whole, since nobody said that it is a part"


@pytest.mark.parametrize(
    "host",
    ["localhost:80@evil.example", "localhost:80/evil", "localhost:", "localhost:evil", "[::1]evil", "local host"],
)
def test_a_host_that_is_more_than_a_name_and_a_port_is_unknown(desk: Desk, host: str) -> None:
    assert codes(desk.client.get("/healthz", headers={"Host": host})) == (421, ["host-unknown"])


def test_a_map_of_numbers_that_are_none_is_refused_since_no_page_could_read_it(desk: Desk) -> None:
    office = document(KHONKAEN)
    corner = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [float("nan"), 1.0]}}
    office["map"] = {"type": "FeatureCollection", "features": [corner]}
    status, told = codes(desk("POST", "/v1/problems", content=json.dumps(office, default=str), headers=JSON))
    assert (status, set(told)) == (422, {"field-value"})


# --- what would cost others their time


def test_a_query_of_thousands_of_keys_is_refused_as_one_and_needs_no_token(desk: Desk) -> None:
    """Were each key held against each other one, the event loop would stand still for seconds."""
    for query in ("&".join(["aa"] * 10_000), "&".join(f"k{number}=1" for number in range(5_000))):
        assert codes(desk.client.get(f"/healthz?{query}")) == (422, ["field-unknown"])
    few = "&".join(f"k{number}=1" for number in range(MOST_KEYS))
    assert len(desk.client.get(f"/healthz?{few}").json()["errors"]) == MOST_KEYS


def test_a_small_body_of_very_many_values_is_refused_before_each_is_looked_at(desk: Desk) -> None:
    desk.published(TINY, MADE)
    plan_id = desk("GET", "/v1/publications").json()[0]["plan"]
    many = "[" + ",".join(["0"] * (MOST_VALUES + 1)) + "]"
    for path, key in ((f"/v1/plans/{plan_id}/replan", "changes"), (f"/v1/plans/{plan_id}/moves", "moves")):
        answer = desk("POST", path, content=f'{{"{key}": {many}}}', headers=JSON)
        assert codes(answer) == (413, ["body-too-large"]), path


def test_of_a_header_accept_only_so_many_ranges_are_looked_at() -> None:
    def asked(accept: str) -> Request:
        return Request({"type": "http", "headers": [(b"accept", accept.encode())], "query_string": b""})

    assert format_of(asked("x/y," * (MOST_LISTED - 1) + "text/csv"), None).media == "text/csv"
    with pytest.raises(Refused):
        format_of(asked("x/y," * 100_000 + "text/csv"), None)


def test_one_token_has_so_many_streams_and_room_again_when_one_ends(desk: Desk) -> None:
    counted = Streams()
    with ExitStack() as held:
        for _ in range(streams.MOST):
            held.enter_context(counted.counted("a"))
        counted.require_room("b")
        with pytest.raises(Refused) as caught:
            counted.require_room("a")
        assert (caught.value.status_code, (caught.value.headers or {})["Retry-After"]) == (429, str(streams.WAIT))
    counted.require_room("a")


@pytest.mark.parametrize("path", ["/v1/events", "/v1/plans/x/events"])
def test_the_stream_that_is_one_too_many_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(streams, "MOST", 0)
    assert codes(desk("GET", path)) == (429, ["rate-exceeded"])


def test_a_stream_that_has_ended_counts_no_more(desk: Desk) -> None:
    run = desk.planned(TINY, MADE)
    assert "ended" in desk("GET", f"/v1/plans/{run}/events").text
    assert not desk.service.streams._open


# --- what would fill the disk or the memory


def test_of_many_sign_ins_of_one_token_the_oldest_ends(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_ins, "MOST", 3)
    database = desk.service.database
    mine, other = (create_token(database, name, "viewer")[0].id for name in "ab")
    kept = sign_in(database, other, 1.0)[1]
    secrets = [sign_in(database, mine, 1.0)[1] for _ in range(5)]
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 4
        found = [find_signed_in(session, secret) is not None for secret in (*secrets, kept)]
    assert found == [False, False, True, True, True, True]


def test_a_token_has_so_many_feeds_and_room_again_when_one_is_revoked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST", 2)
    desk.published(TINY, MADE)
    made = [desk("POST", "/v1/feeds", json={"officer": "a"}) for _ in range(3)]
    assert [answer.status_code for answer in made] == [201, 201, 409]
    assert codes(made[2]) == (409, ["feed-full"])
    desk("DELETE", f"/v1/feeds/{made[0].json()['id']}")
    assert desk("POST", "/v1/feeds", json={"officer": "a"}).status_code == 201


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.1.2.3", "10.1.2.3"), ("::ffff:10.1.2.3", "10.1.2.3"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"), ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("testclient", "testclient"),
    ],
)  # fmt: skip
def test_whoever_has_one_address_of_ipv6_has_all_of_its_network(address: str, network: str) -> None:
    assert network_of(address) == network
    request = Request({"type": "http", "headers": [], "client": (address, 1)})
    assert address_of(request) == f"address {network}"


def test_connections_of_one_network_count_together() -> None:
    cut: list[str] = []

    class Line(asyncio.Transport):
        """A client's end of which nothing is heard but that it was cut."""

        def __init__(self, address: str) -> None:
            super().__init__({"peername": (address, 1)})
            self._address = address

        def abort(self) -> None:
            cut.append(self._address)

    async def nothing(scope: object, receive: object, send: object) -> None:
        """The service, of which no request is made."""

    held = Connections(Limits(10, 2, trusted=frozenset({"2001:db8::9"})))
    config, loop = Config(nothing, log_config=None), asyncio.new_event_loop()

    def connect(address: str) -> None:
        connection = Connection(held, config=config, server_state=ServerState(), app_state={}, _loop=loop)
        connection.connection_made(Line(address))

    for last in range(3):
        connect(f"2001:db8::{last}")
    assert cut == ["2001:db8::0"]
    connect("2001:db8::9")  # a proxy, behind which there are many
    assert cut == ["2001:db8::0"]
    loop.close()


def test_no_more_callers_are_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "MOST", 100)
    rates = Rates("2/minute")
    for number in range(1_000):
        rates.count(f"address {number}")
        assert len(rates._windows) <= 100
    rates.count("address 999")
    with pytest.raises(Refused):
        rates.count("address 999")


def test_where_no_thread_can_be_started_the_process_is_still_free_for_questions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    aside = Aside("support.answers", processes=1)

    class Unstarted(threading.Thread):
        def start(self) -> None:
            raise RuntimeError("can't start new thread")

    monkeypatch.undo()  # warming is left out in these tests, but for this one
    monkeypatch.setattr(aside_module.threading, "Thread", Unstarted)
    aside.warm()
    monkeypatch.undo()
    assert not any(worker.busy for worker in aside._workers)
    aside.close()


# --- what others may keep


def test_no_cache_keeps_an_answer_but_documents_and_those_for_the_one_who_asked(desk: Desk) -> None:
    desk.published(TINY, MADE)
    for method, path in (("GET", "/v1/plans"), ("GET", "/v1/tokens"), ("GET", "/nothing"), ("POST", "/v1/tokens")):
        answer = desk(method, path, json={"name": "x", "role": "viewer"} if method == "POST" else None)
        assert answer.headers["Cache-Control"] == "no-store", path
    calendar = desk("GET", "/v1/calendar?format=html").headers
    assert calendar["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie"} <= set(calendar["Vary"].split(", "))


# --- who is busy


def test_so_many_requests_of_one_token_are_worked_on_at_once_and_those_of_others_do_not_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "MOST", 2)
    given, at_work, most = Turns(), dict.fromkeys("ab", 0), dict.fromkeys("ab", 0)

    async def ask(token: str) -> bool:
        async with given.turn(token) as waited:
            at_work[token] += 1
            most[token] = max(most[token], at_work[token])
            for _ in range(5):
                await asyncio.sleep(0)
            at_work[token] -= 1
            return waited

    async def all_of_them() -> list[bool]:
        return await asyncio.gather(*(ask("a") for _ in range(20)), ask("b"))

    waited = asyncio.run(all_of_them())
    assert (most, waited[:3], waited[-1]) == ({"a": 2, "b": 1}, [False, False, True], False)
    assert given._lines == {}


def test_a_reader_who_has_left_while_waiting_is_not_worked_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    @asynccontextmanager
    async def late(_token: str) -> Any:
        yield True

    async def left(_request: Request) -> bool:
        return True

    monkeypatch.setattr(desk.service.turns, "turn", late)
    assert desk("GET", "/v1/plans").status_code == 200
    monkeypatch.setattr(Request, "is_disconnected", left)
    assert desk("GET", "/v1/plans").status_code == 422, "which nobody reads"
    assert desk("POST", "/v1/tokens", json={"name": "x", "role": "viewer"}).status_code == 201, "a change is made"


def test_of_very_many_faults_a_thousand_are_told_and_how_many_more_there_are(desk: Desk) -> None:
    keys = ",".join(f'"k{number}": 0' for number in range(MOST_FAULTS + 500))
    told = desk("POST", "/v1/tokens", content=f'{{"name": "x", "role": "viewer", {keys}}}', headers=JSON).json()
    assert (len(told["errors"]), told["left_out"]) == (MOST_FAULTS, 500)
    few = desk("POST", "/v1/tokens", content='{"name": "x", "role": "viewer", "k": 0}', headers=JSON).json()
    assert "left_out" not in few


def test_so_many_documents_are_drawn_at_once_and_all_are_drawn() -> None:
    shelf, lock = Shelf(), threading.Lock()
    at_work, most = 0, 0
    begun = threading.Barrier(PENS)

    def draw(number: int) -> bytes:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        if number < PENS:
            begun.wait()  # so many are at it side by side
        with lock:
            at_work -= 1
        return b"%d" % number

    drawn: dict[int, bytes] = {}
    threads = [
        threading.Thread(target=lambda n=n: drawn.update({n: shelf.get(n, lambda: draw(n)).body})) for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == PENS
    assert drawn == {number: b"%d" % number for number in range(20)}


def test_a_plan_whose_problem_was_read_anew_is_the_one_that_is_remembered(desk: Desk) -> None:
    """A service of many problems forgets some, and reads them again; what was worked out of the first reading cannot be
    held against the second."""
    desk.published(TINY, MADE)
    id_ = desk("GET", "/v1/publications").json()[0]["plan"]
    first = load_standing(desk.service.database, id_)
    read = load_texts(desk.service.database, id_)
    read.stated.problem.__dict__["worked out"] = np.arange(3)
    problems._parsed.cache_clear()
    again = load_texts(desk.service.database, id_)
    again.stated.problem.__dict__["worked out"] = np.arange(3)
    assert read == again
    assert len({read, again}) == 1
    assert load_standing(desk.service.database, id_) == first
