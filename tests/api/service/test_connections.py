"""Clients that are silent, slow, or too large, against a real server with short limits; each test waits for an end that
has to come, and none measures a time."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
import uvicorn

from api.service import connections as module
from api.service.connections import Connection, Connections, Limits

#: within so many seconds everything here has happened, on the slowest machine too
PATIENCE = 60.0
#: seconds of those who are to be ended
SHORT = 0.3
BIG = 30_000_000


async def answering(scope: Any, receive: Any, send: Any) -> None:
    """Reads the body, but for /early, and answers with its size, or with something big."""
    size, more = 0, scope["path"] != "/early"
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message["more_body"]
    body = b"x" * BIG if scope["path"] == "/big" else str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., tuple[Callable[[], socket.socket], Connections]]]:
    """A server with these limits: a way to connect to it, and its connections."""
    monkeypatch.setattr(module, "LOOK", 0.05)
    running: list[tuple[uvicorn.Server, threading.Thread]] = []
    clients: list[socket.socket] = []

    def start(**limits: Any) -> tuple[Callable[[], socket.socket], Connections]:
        # whoever is to be answered has all the time there is: on a busy machine the client may be the slow one
        ample = {"most": 100, "most_of_address": 100, "head_seconds": PATIENCE, "grace_seconds": PATIENCE}
        held = Connections(Limits(**(ample | {"linger_seconds": SHORT} | limits)))
        protocol: Any = partial(Connection, held)
        config = uvicorn.Config(answering, loop="uvloop", http=protocol, ws="none", lifespan="off", log_config=None)
        server, listening = uvicorn.Server(config), socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        running.append((server, thread))

        def connect() -> socket.socket:
            clients.append(socket.create_connection(listening.getsockname(), timeout=PATIENCE))
            return clients[-1]

        return connect, held

    yield start
    for client in clients:
        client.close()
    for server, thread in running:
        server.should_exit = True
        thread.join(PATIENCE)


def all_of(client: socket.socket) -> bytes:
    """What comes until the server hangs up, however it does."""
    parts = []
    try:
        while part := client.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def asked(client: socket.socket, request: bytes = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n") -> bytes:
    client.sendall(request)
    return answer(client)


def answer(client: socket.socket) -> bytes:
    """One answer, whole, in however many pieces it comes; as much of it as came where the server hangs up."""
    told = b""
    while (part := client.recv(65536)) != b"":
        told += part
        head, end, body = told.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]
        if end and len(body) >= int(length):
            break
    return told


def test_a_silent_connection_is_ended(serve: Any) -> None:
    connect, held = serve(head_seconds=SHORT)
    assert all_of(connect()) == b""
    dripping = connect()
    dripping.sendall(b"GET / HT")
    assert all_of(dripping) == b""
    until(lambda: len(held) == 0)


def test_a_head_that_never_ends_is_refused(serve: Any) -> None:
    connect, _ = serve(head_bytes=2_000)
    for giant in (b"GET /" + b"x" * 3_000, b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 3_000):
        client = connect()
        client.sendall(giant)
        assert all_of(client).startswith(b"HTTP/1.1 431 ")
    many = connect()
    many.sendall(b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(500)))
    assert all_of(many).startswith(b"HTTP/1.1 431 ")
    assert b"200 OK" in asked(connect())


def test_a_trailer_counts_like_a_head(serve: Any) -> None:
    connect, _ = serve(head_bytes=2_000)
    client = connect()
    client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n")
    with pytest.raises(OSError):
        for number in range(100_000):
            client.sendall(b"X-%d: %s\r\n" % (number, b"y" * 100))


def test_a_slow_body_is_ended_and_a_steady_one_is_not(serve: Any) -> None:
    connect, _ = serve(grace_seconds=SHORT)
    slow = connect()
    slow.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx")
    assert all_of(slow) == b""
    connect, _ = serve()
    steady = connect()
    steady.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(10):
        steady.sendall(b"x" * 10_000)
    assert answer(steady).endswith(b"100000")


def test_when_the_server_ends_nobody_waits_for_a_body_that_comes_later(serve: Any) -> None:
    """Of a client whose head was on its way when the signal came."""
    connect, held = serve(grace_seconds=10 * PATIENCE)
    held.hang_up()
    client = connect()
    client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
    assert all_of(client) == b""


def test_who_does_not_take_the_answer_is_ended(serve: Any) -> None:
    connect, held = serve(grace_seconds=SHORT, least_rate=1e9)
    client = connect()
    client.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
    assert client.recv(1) == b"H"
    until(lambda: len(held) == 0)
    assert len(all_of(client)) < BIG
    connect, _ = serve()
    assert len(all_of_big(connect())) > BIG, "who takes it gets it whole"


def all_of_big(client: socket.socket) -> bytes:
    client.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    return all_of(client)


def test_an_early_answer_arrives_and_the_rest_of_the_body_is_not_waited_for(serve: Any) -> None:
    connect, held = serve()
    client = connect()
    client.sendall(b"POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nxxx")
    assert b"200 OK" in all_of(client)
    until(lambda: len(held) == 0)


def test_where_there_is_no_room_the_longest_silent_makes_way(serve: Any) -> None:
    connect, held = serve(most_of_address=3)
    silent = [connect() for _ in range(3)]
    until(lambda: len(held) == 3)
    assert b"200 OK" in asked(connect())
    assert all_of(silent[0]) == b""
    assert b"200 OK" in asked(silent[2])


def test_several_requests_on_one_connection_are_answered(serve: Any) -> None:
    connect, _ = serve()
    client = connect()
    for _ in range(3):
        assert b"200 OK" in asked(client)
    client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 2 + b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert all_of(client).count(b"200 OK") == 3


def test_a_flood_of_requests_at_once_is_ended(serve: Any) -> None:
    connect, held = serve()
    client = connect()
    with pytest.raises(OSError):
        for _ in range(10_000):
            client.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n" * 100)
    until(lambda: len(held) == 0)


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)
