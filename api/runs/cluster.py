"""Where runs are solved: a cluster within this process tree, or one that is reached by its scheduler's address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from distributed import Client, LocalCluster

from api.logs import quiet_libraries
from api.runs.working import Prepare

#: seconds to wait for a scheduler that does not answer
PATIENCE = 5


@contextmanager
def connected(scheduler: str | None, workers: int) -> Iterator[Client]:
    """A client of the cluster at ``scheduler``, or of an embedded one with so many ``workers``.

    The embedded cluster talks over TLS with keys that live in its processes only: other users of the machine cannot
    send it work. Each worker does one run at a time.

    Raises:
        OSError, TimeoutError: the scheduler does not answer.
    """
    import dask

    quiet_libraries()
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
        if scheduler is not None:
            with Client(scheduler, timeout=PATIENCE, set_as_default=False) as client:
                yield _prepared(client)
            return
        with (
            LocalCluster(n_workers=0, threads_per_worker=1, dashboard_address=None, security=True) as cluster,
            Client(cluster, timeout=PATIENCE, set_as_default=False) as client,
        ):
            _prepared(client)
            cluster.scale(workers)
            yield client


def _prepared(client: Client) -> Client:
    client.register_plugin(Prepare())
    return client
