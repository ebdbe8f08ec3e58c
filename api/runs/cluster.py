"""Where runs are solved: a cluster within this process tree, or one that is reached by its scheduler's address."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import dask
from distributed import Client, LocalCluster
from tornado.platform.asyncio import BaseAsyncIOLoop

from api.logs import quiet_libraries
from api.runs.joining import PATIENCE, work
from api.runs.working import Prepare

#: seconds to wait for a scheduler that does not answer
CONNECT = 5


@contextmanager
def connected(scheduler: str | None, workers: int) -> Iterator[Client]:
    """A client of the cluster at ``scheduler``, or of an embedded one with so many ``workers``.

    The embedded cluster talks over TLS with keys that live in its processes only: other users of the machine cannot
    send it work. Each worker does one run at a time. The cluster is there at once, its workers join one by one.

    Raises:
        OSError, TimeoutError: the scheduler does not answer.
    """
    quiet_libraries()
    if scheduler is not None:
        with Client(scheduler, timeout=CONNECT, set_as_default=False) as client:
            yield _prepared(client)
        return
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(n_workers=0, dashboard_address=None, security=True) as cluster,
        Client(cluster, timeout=CONNECT, set_as_default=False) as client,
    ):
        _prepared(client)
        with _working(cluster, workers):
            yield client


def _prepared(client: Client) -> Client:
    client.register_plugin(Prepare())
    return client


@contextmanager
def _working(cluster: LocalCluster, workers: int) -> Iterator[None]:
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
