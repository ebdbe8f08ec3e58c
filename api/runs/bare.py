"""Dask without what an office has no use for: no HTTP servers, no profiler, and ticks that leave the machine idle."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import dask
from distributed import Scheduler, Worker
from distributed.core import Server

import api.runs.forward
from api.logs import start_logging

#: seconds between two times of what has to be done again and again
RARELY: Final = 10
#: settings of every process of ours that Dask runs in; workers get them from the process that starts them
QUIET: Final[Mapping[str, Any]] = {
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.scheduler.worker-ttl": None,  # a connection that ends says so, and one that is dead is missed
    "distributed.comm.timeouts.tcp": f"{api.runs.forward.MISSED}s",
    "distributed.scheduler.work-stealing": False,
    "distributed.scheduler.work-stealing-interval": "60s",
    "distributed.client.scheduler-info-interval": "60s",
    "distributed.admin.tick.interval": "10s",
    "distributed.admin.tick.limit": "60s",
    "distributed.admin.system-monitor.interval": "30s",
    "distributed.admin.low-level-log-length": api.runs.forward.KEPT,
    "distributed.admin.system-monitor.gil.enabled": False,
}


def keep_quiet() -> None:
    """Let Dask in this process, and in those that it starts, do no more than it must."""
    dask.config.set(QUIET)


class _Rarely(Server):
    """What is done every quarter of a second or so is done rarely: a connection that ends says so at once."""

    def start_periodic_callbacks(self) -> None:
        """Start what is done again and again."""
        for each in self.periodic_callbacks.values():
            each.callback_time = max(each.callback_time, RARELY * 1000)
        super().start_periodic_callbacks()  # type: ignore[no-untyped-call]  # Dask does not say its types


class BareScheduler(_Rarely, Scheduler):
    """A scheduler without its HTTP server, which tells everybody who asks what is going on."""

    def start_http_server(self, *_: Any, **__: Any) -> None:
        """Start none."""


class BareWorker(_Rarely, Worker):
    """A worker without its HTTP server, and with a log like ours from its first moment on."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        start_logging()  # whoever loses its scheduler while it joins says so in a line, not with a trace
        super().__init__(*arguments, **options)

    def start_http_server(self, *_: Any, **__: Any) -> None:
        """Start none."""

    async def heartbeat(self) -> None:
        """Tell the scheduler that it lives; the answer asks for that twice a second."""
        await super().heartbeat()
        self.periodic_callbacks["heartbeat"].callback_time = RARELY * 1000


def address_towards(scheduler: str) -> str:
    """This machine's address on the way to ``scheduler``: the only one that a worker of it has to listen on.

    Raises:
        OSError: there is no way to it.
    """
    parts = urlsplit(scheduler if "://" in scheduler else f"tcp://{scheduler}")
    family, kind, _, _, place = socket.getaddrinfo(parts.hostname, parts.port, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, kind) as towards:
        towards.connect(place)
        return str(towards.getsockname()[0])
