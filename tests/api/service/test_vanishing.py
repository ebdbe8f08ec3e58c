"""A machine that vanishes without closing its connections: every process of a cluster misses it in half a minute.

The kernel does it, by the limits that each connection was given; they are read from the connections themselves.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from distributed import Client
from support.processes import Process, free_port

from api.runs.bare import keep_quiet
from api.runs.forward import MISSED

Limits = tuple[int, int]


def reader() -> Callable[[Any], Limits]:
    """Seconds of silence after which a connection ends: to what was sent, and where nothing is sent.

    It is made here, so that it goes to the other processes as a whole.
    """

    def limits(connection: Any) -> Limits:
        import socket

        found = connection.stream.socket
        assert found.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        idle, every, times, sent = (
            found.getsockopt(socket.SOL_TCP, option)
            for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT, 18)  # 18: TCP_USER_TIMEOUT
        )
        return sent // 1000, idle + every * times

    return limits


def test_every_process_of_a_cluster_has_the_limit_whatever_dask_is_told(tmp_path: Path) -> None:
    limits, port = reader(), free_port()
    address = f"tcp://127.0.0.1:{port}"
    told = {"PYTHONPATH": str(Path(__file__).parents[3]), "DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": "300s"}
    scheduler = (
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard",
        "--preload", "api.runs.forward",
    )  # fmt: skip
    with ExitStack() as stack:
        for command in (scheduler, ("api.cli", "worker", address, "--runs", "1")):
            process = Process(tmp_path / "cluster.log", told, *command)
            stack.callback(process.clear)
            process.start()
        keep_quiet()
        client = stack.enter_context(Client(address, timeout=30, set_as_default=False))
        deadline = time.monotonic() + 60
        while not client.nthreads():
            assert time.monotonic() < deadline, "no worker has joined"
            time.sleep(0.1)

        def of_scheduler(dask_scheduler: Any) -> list[Limits]:
            return [limits(each.comm) for each in dask_scheduler.stream_comms.values()]

        def of_worker(dask_worker: Any) -> Limits:
            return limits(dask_worker.batched_stream.comm)

        wanted = (MISSED, MISSED)
        assert limits(client.scheduler_comm.comm) == wanted
        assert client.run_on_scheduler(of_scheduler) == [wanted]
        assert list(client.run(of_worker).values()) == [wanted]
