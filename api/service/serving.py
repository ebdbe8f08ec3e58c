"""The server: listens first, tells where, and ends in order when it is told to."""

from __future__ import annotations

import ctypes
import signal
import socket
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from api.logs import log, start_logging
from api.service.app import create_app
from api.service.connections import Connection, Connections, Limits
from api.service.first import REPORTS, plan_first, report_first
from api.service.state import Service
from api.settings import Settings
from api.storage.links import invite
from api.storage.problems import Stated, keep_problem
from models.faults import Fault, InvalidInput
from models.refusals import refusal_of
from models.saying import both

#: glibc's number of the setting below, and how many heaps the threads share: of one for each, of forty, what was freed
#: in one is not there for the others
M_ARENA_MAX, HEAPS = -8, 2
#: seconds after which a thread that computes lets another one go on: whoever reads the database lets go of its turn
#: many times, and would wait as often and as long for those who draw
SWITCH = 0.001
#: what the first start says, in both languages as the page behind the link does
INVITING = """
ยังไม่มีผู้วางแผน เปิดลิงก์นี้เพื่อเริ่มใช้งาน ใช้ได้ครั้งเดียว
Nobody may plan here yet. Open this once to begin:

    {link}

"""
#: seconds that open requests have to end once the service is told to stop
GRACE = 5
#: seconds that a connection is kept between two requests: longer than browsers' libraries (5) and proxies (60) keep
#: theirs, so that it is the client who ends it, and no request is on its way to a connection that has just been ended
KEEP = 75


class Server(uvicorn.Server):
    """A server that ends open event streams as soon as it is told to stop, and then ends in order with code 0."""

    def __init__(self, config: uvicorn.Config, service: Service, connections: Connections) -> None:
        super().__init__(config)
        self._service, self._connections = service, connections

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal to stop has come; a second Ctrl-C waits for nobody."""
        self._service.stop_listening()
        self._connections.hang_up()
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def serve(settings: Settings, host: str, port: int, office: Path | None = None, seconds: float | None = None) -> None:
    """Serve until a signal ends it, with the ``office`` in a folder or workbook loaded where one is named.

    ``seconds``: so long the office is planned at once, where it has no plan yet.

    Raises:
        InvalidInput: the address cannot be listened on, the database not be reached, or the office not be used.
    """
    start_logging()
    _share_heaps()
    sys.setswitchinterval(SWITCH)
    listening = _listen(host, port)
    app = create_app(settings)
    service: Service = app.state.service
    try:
        if office is not None:
            service.office, stated = _loaded(service, office)
            report_first(service.database, service.office, stated, office / REPORTS)
            if seconds is not None:
                plan_first(service.database, service.office, seconds)
        code = invite(service.database)
    except SQLAlchemyError as error:
        name = type(error).__name__
        cause = both(
            f"The database {service.database} does not answer ({name}).", f"ฐานข้อมูล {service.database} ไม่ตอบ ({name})"
        )
        remedy = both("Check the URL, and that the server runs.", "ตรวจที่อยู่ฐานข้อมูล และว่าเครื่องแม่ข่ายทำงานอยู่")
        fault = Fault("service-unready", "PATITHIN_DATABASE", cause, remedy)
        raise InvalidInput([fault]) from None
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
    if code is not None:
        sys.stderr.write(INVITING.format(link=f"{address}/welcome/{code}"))
    log().info("serving", address=address, database=str(service.database))
    connections = Connections(_limits(settings))
    Server(_config(app, settings, connections), service, connections).run(sockets=[listening])


def _share_heaps() -> None:
    """Have threads share what memory was freed, where the C library lets us."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, HEAPS)


def _limits(settings: Settings) -> Limits:
    return Limits(settings.connections, settings.connections_per_address, frozenset(_proxies(settings)))


def _proxies(settings: Settings) -> list[str]:
    return [address.strip() for address in (settings.proxies or "").split(",") if address.strip()]


def _config(app: FastAPI, settings: Settings, connections: Connections) -> uvicorn.Config:
    proxies = _proxies(settings)
    protocol: Any = partial(Connection, connections)
    return uvicorn.Config(
        app, loop="uvloop", http=protocol, ws="none", access_log=False, log_config=None, server_header=False,
        proxy_headers=bool(proxies), forwarded_allow_ips=proxies or None, timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=KEEP,
    )  # fmt: skip


def _loaded(service: Service, path: Path) -> tuple[str, Stated]:
    """The problem of the office in ``path``, which is kept like one that is posted, with its id."""
    from api.service.reading import read_tables  # only now: it takes its time to load

    stated, _ = read_tables(path)
    return keep_problem(service.database, stated)[0].id, stated


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(1024)
    except OSError as error:
        at = f"{host}:{port}"
        cause = both("{at}: {told}.", "ใช้ {at} ไม่ได้: {told}", at=at, told=refusal_of(error))
        remedy = both("Choose another address.", "เลือกที่อยู่หรือพอร์ตอื่น เช่น --port 0")
        raise InvalidInput([Fault("option-value", "--host, --port", cause, remedy)]) from None
    return listening
