"""How the service stands up to clients without a token that mean harm, while a planner works.

``python -m load.hostile --seconds 300``: a thousand silent connections, slow heads, slow bodies, giant heads and
bodies, and broken JSON at full speed, all at once and from the planner's own address, the hardest to tell apart.
Prints the figures beside what they should reach, and ends with 1 where one does not.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
from support.processes import Serving

from api.storage.database import Database
from api.storage.tokens import create_token
from load.measuring import publish
from load.reading import Reading, percentile, tell

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
#: bytes of a head and of a body that never end by themselves
GIANT = 300_000_000

#: seconds after which an answer is none, on a machine that is busy with other things too
PATIENCE = 60.0

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def silent(streams: Streams) -> None:
    """Say nothing, and wait to be hung up on."""
    await streams[0].read()


async def slow_head(streams: Streams) -> None:
    for byte in b"GET /v1/calendar HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"x" * 1_000:
        await _send(streams, bytes([byte]))
        await asyncio.sleep(0.5)


async def slow_body(streams: Streams) -> None:
    await _send(streams, b"POST /v1/problems HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n")
    for _ in range(1_000):
        await _send(streams, b"[")
        await asyncio.sleep(0.5)


async def giant_head(streams: Streams) -> None:
    await _send(streams, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
    await _pour(streams)


async def giant_body(streams: Streams) -> None:
    await _send(streams, b"POST /v1/problems HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % GIANT)
    await _pour(streams)


async def broken_json(streams: Streams) -> None:
    body = b"[[]," * 50_000
    head = b"POST /v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    while True:
        await _send(streams, head % len(body) + body)
        if not await streams[0].read(65536):
            return


#: who means harm, how many of them, and seconds between two tries of one of them
ATTACKERS: dict[Callable[[Streams], Awaitable[None]], tuple[int, float]] = {
    silent: (1_000, 1.0), slow_head: (50, 1.0), slow_body: (50, 1.0), giant_head: (4, 0.1), giant_body: (4, 0.1),
    broken_json: (4, 0.0),
}  # fmt: skip


async def _send(streams: Streams, data: bytes) -> None:
    streams[1].write(data)
    await streams[1].drain()


async def _pour(streams: Streams) -> None:
    for _ in range(GIANT // 100_000):
        await _send(streams, b"x" * 100_000)


def attack(port: int) -> None:
    """Mean harm until this process is ended."""

    async def one(kind: Callable[[Streams], Awaitable[None]], pause: float) -> None:
        while True:
            with suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                try:
                    await kind((reader, writer))
                finally:
                    writer.transport.abort()
            await asyncio.sleep(pause)

    async def all_of_them() -> None:
        await asyncio.gather(*(one(kind, pause) for kind, (many, pause) in ATTACKERS.items() for _ in range(many)))

    asyncio.run(all_of_them())


async def watched(service: Serving, token: str, seconds: float) -> list[Reading]:
    """What a planner and a probe see meanwhile, and how much memory the service takes at most."""
    ask = f"GET /v1/calendar?lang=en HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    until, server = time.monotonic() + seconds, service.tree[0]
    memory: list[float] = []

    async def timed(request: bytes, pause: float) -> tuple[list[float], int]:
        taken, errors = [], 0
        while time.monotonic() < until:
            began = time.perf_counter()
            try:
                status = await asyncio.wait_for(_asked(service.port, request), PATIENCE)
                errors += status != b"200"
            except (OSError, TimeoutError, asyncio.IncompleteReadError):
                errors += 1
            taken.append(time.perf_counter() - began)
            await asyncio.sleep(pause)
        return taken, errors

    async def weighed() -> None:
        while time.monotonic() < until:
            memory.append(server.memory_info().rss / 1e6)
            await asyncio.sleep(0.5)

    (health, unhealthy), (read, unread), _ = await asyncio.gather(timed(HEALTH, 0.05), timed(ask, 0.2), weighed())
    return [
        Reading("/healthz, p99", len(health), unhealthy, percentile(health, 99), 0.2, "s"),
        Reading("a planner's calendar, p95", len(read), unread, percentile(read, 95), 0.1, "s"),
        Reading("memory of the service at most", len(memory), 0, round(max(memory)), 500, "MB"),
    ]


async def _asked(port: int, request: bytes) -> bytes:
    """The status of an answer, on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]))
        return head.split(b" ")[1]
    finally:
        writer.close()


def measure(seconds: float) -> list[Reading]:
    """All figures."""
    with tempfile.TemporaryDirectory(prefix="patithin-hostile-") as name:
        database = f"sqlite:///{name}/hostile.db"
        store = Database(database)
        store.migrate()
        token = create_token(store, "planner", "planner")[1]
        store.close()
        service = Serving(Path(name), database)
        attacker = multiprocessing.get_context("spawn").Process(target=attack, args=(service.port,), daemon=True)
        try:
            service.start()
            service.until_ready()
            headers = {"Authorization": f"Bearer {token}"}
            with httpx2.Client(base_url=service.address, headers=headers, timeout=60) as http:
                publish(http, 3.0)
                for run in http.get("/v1/plans?state=running").json():
                    http.delete(run["address"])
            attacker.start()
            time.sleep(3.0)
            return asyncio.run(watched(service, token, seconds))
        finally:
            if attacker.pid is not None:
                attacker.kill()
            service.clear()


def main() -> int:
    """Measure as the arguments say; 1 where something is out of reach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0)
    chosen: Any = parser.parse_args()
    return tell(measure(chosen.seconds))


if __name__ == "__main__":
    sys.exit(main())
