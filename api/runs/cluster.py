"""Where runs are solved: a cluster within this process tree, or one that is reached by its scheduler's address."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from distributed import Client, Security, SpecCluster
from tornado.platform.asyncio import BaseAsyncIOLoop

from api.logs import quiet_libraries
from api.runs.bare import BareScheduler, keep_quiet
from api.runs.joining import PATIENCE, work
from api.runs.working import Prepare

LOOPBACK = "127.0.0.1"
#: seconds to wait for a scheduler that does not answer
CONNECT = 5


@contextmanager
def connected(scheduler: str | None, workers: int, most_memory: int) -> Iterator[Client]:
    """A client of the cluster at ``scheduler``, or of an embedded one with so many ``workers``.

    Each worker may have ``most_memory`` bytes, and does one run at a time. The embedded cluster listens on the loopback
    interface only, and talks over TLS with keys that live in its processes only: other users of the machine cannot send
    it work. It is there at once, its workers join one by one.

    Raises:
        OSError, TimeoutError: the scheduler does not answer.
    """
    quiet_libraries()
    keep_quiet()
    if scheduler is not None:
        with Client(scheduler, timeout=CONNECT, set_as_default=False) as client:
            yield _prepared(client, most_memory)
        return
    security = Security.temporary()
    options = {
        "host": LOOPBACK, "protocol": "tls://", "security": security, "dashboard": False, "allowed_failures": 0,
    }  # fmt: skip
    with (
        SpecCluster(workers={}, scheduler={"cls": BareScheduler, "options": options}, security=security) as cluster,
        Client(cluster, timeout=CONNECT, set_as_default=False) as client,
    ):
        _prepared(client, most_memory)
        with _working(cluster, workers):
            yield client


def _prepared(client: Client, most_memory: int) -> Client:
    client.register_plugin(Prepare(most_memory))
    return client


@contextmanager
def _working(cluster: SpecCluster, workers: int) -> Iterator[None]:
    """Workers for the embedded scheduler; Dask's own would not come back when they die while they start."""
    assert isinstance(cluster.loop, BaseAsyncIOLoop)
    loop = cluster.loop.asyncio_loop
    stopping = asyncio.Event()
    working = asyncio.run_coroutine_threadsafe(
        work(cluster.scheduler_address, workers, stopping, cluster.security), loop
    )
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stopping.set)
        working.result(2 * PATIENCE)
