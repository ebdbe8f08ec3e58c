"""Connections within limits, on the layer below requests: a client that says nothing, says it slowly, says too much of
it, or does not take its answer, costs little and locks nobody out.

Uvicorn's protocol over httptools has a time for connections between two requests, and no other limit. Here each
connection has a time for the head of a request, a least rate for its body and for taking the answer, and a size of
head; there are so many at once, of everybody and of one address, and where there is no room the one that has waited
longest for a head makes way.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.service.networks import network_of

#: seconds between two looks at all connections
LOOK = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a connection may cost. ``trusted``: addresses of proxies, behind which there are many clients."""

    most: int
    most_of_address: int
    trusted: frozenset[str] = frozenset()
    head_bytes: int = 32_000
    head_seconds: float = 10.0
    #: a body, and an answer that is taken, has so many seconds, and one more for each so many bytes
    grace_seconds: float = 15.0
    least_rate: float = 20_000.0
    #: seconds and bytes in which a body is still read and thrown away after its answer, so that the answer arrives
    linger_seconds: float = 2.0
    linger_bytes: int = 300_000
    most_pipelined: int = 16


class Connections:
    """All connections of a server. For its event loop."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._all: dict[Connection, None] = {}
        self._of: dict[str, dict[Connection, None]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._ending = False

    def __len__(self) -> int:
        return len(self._all)

    def add(self, connection: Connection) -> None:
        """Count a connection; where it is one too many, the one that has waited longest for a head makes way."""
        mine = self._of.setdefault(connection.network, {})
        self._all[connection] = mine[connection] = None
        if connection.address not in self.limits.trusted and len(mine) > self.limits.most_of_address:
            _make_way(mine)
        elif len(self._all) > self.limits.most:
            _make_way(self._all)
        if self._timer is None:
            self._timer = connection.loop.call_later(LOOK, self._look, connection.loop)

    def remove(self, connection: Connection) -> None:
        """Count it no more."""
        self._all.pop(connection, None)
        mine = self._of.get(connection.network, {})
        mine.pop(connection, None)
        if not mine:
            self._of.pop(connection.network, None)

    def hang_up(self) -> None:
        """End those that send a body, and from now on those that begin one: nobody is there any more to read it."""
        self._ending = True
        for connection in list(self._all):
            if connection.in_body:
                connection.cut()

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """End the connections whose time is up; look again as long as there are any."""
        now = time.monotonic()
        for connection in list(self._all):
            connection.look(now)
        if self._ending:
            self.hang_up()
        self._timer = loop.call_later(LOOK, self._look, loop) if self._all else None


def _make_way(connections: dict[Connection, None]) -> None:
    """End the one that waits for a head longest: the newest itself, where all others are at work."""
    next(each for each in connections if each.waits).cut()


class Connection(HttpToolsProtocol):
    """One connection of a client."""

    def __init__(self, connections: Connections, **server: Any) -> None:
        super().__init__(**server)
        self._connections, self._limits = connections, connections.limits
        self.address = self.network = ""
        self._since = time.monotonic()
        self._in_head = True
        self._head_bytes = self._body_bytes = 0
        self._over_at: float | None = None
        self._unsent: tuple[float, int] | None = None

    @property
    def waits(self) -> bool:
        """Whether it waits for the head of a request."""
        return self._in_head and (self.cycle is None or self.cycle.response_complete)

    def cut(self) -> None:
        """End it at once, and throw away what was not sent."""
        self._connections.remove(self)
        if self.transport is not None:
            self.transport.abort()

    def look(self, now: float) -> None:
        """End it where its time is up."""
        limits, gone = self._limits, now - self._since
        unsent = self.transport.get_write_buffer_size()
        if not unsent or (self._unsent and unsent < self._unsent[1] - limits.least_rate * LOOK):
            self._unsent = (now, unsent) if unsent else None
        elif self._unsent is None:
            self._unsent = now, unsent
        elif now - self._unsent[0] > limits.grace_seconds:
            return self.cut()
        if self._over_at is not None:
            return self.cut() if now > self._over_at else None
        if self.waits:
            if gone > limits.head_seconds and self.timeout_keep_alive_task is None:
                self.cut()
        elif self.in_body and gone > limits.grace_seconds + self._body_bytes / limits.least_rate:
            self.cut()
        return None

    @property
    def in_body(self) -> bool:
        """Whether it sends a body, and that is read."""
        return not self._in_head and self.cycle is not None and self.cycle.more_body and not self.flow.read_paused

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # a server is given no other kind
        """A client has connected; as long as it says nothing, no more is made of it than has to be."""
        self.transport = transport
        peer = transport.get_extra_info("peername")
        self.address = peer[0] if peer else "unknown"
        self.network = network_of(self.address)
        self.connections.add(self)
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        self._connections.remove(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, and no more of a head than it may have."""
        if self.flow is None:
            super().connection_made(self.transport)
        if self.waits and not self._head_bytes:
            self._since = time.monotonic()
        while data and self._in_head and not self.transport.is_closing():
            room = self._limits.head_bytes - self._head_bytes
            if room <= 0:
                return self._refuse()
            self._head_bytes += len(data[:room])
            super().data_received(data[:room])
            data = data[room:]
        if data and not self.transport.is_closing():
            super().data_received(data)
        return None

    def on_message_begin(self) -> None:
        """A request begins."""
        self._in_head, self._body_bytes = True, 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or a trailer, which counts against the same size."""
        if not self._in_head:
            self._head_bytes += len(name) + len(value)
            if self._head_bytes > self._limits.head_bytes:
                return self.cut()
        return super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head, self._since = False, time.monotonic()
        super().on_headers_complete()
        if len(self.pipeline) > self._limits.most_pipelined:
            self.cut()

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._body_bytes += len(body)
        super().on_body(body)
        if self._over_at is not None and self._body_bytes > self._limits.linger_bytes:
            self.flow.pause_reading()

    def on_message_complete(self) -> None:
        """The request is whole: the next bytes are another head."""
        super().on_message_complete()
        self._in_head, self._head_bytes, self._since = True, 0, time.monotonic()
        if self.cycle is not None and self.cycle.response_complete:
            self._over_at = None

    def on_response_complete(self) -> None:
        """The answer is given. A client that still sends its body has a moment to take it."""
        cycle = self.cycle
        super().on_response_complete()
        if cycle is self.cycle and cycle.more_body and not self.transport.is_closing():
            self._unset_keepalive_if_required()
            self._over_at = time.monotonic() + self._limits.linger_seconds

    def _refuse(self) -> None:
        """A head that is too large: say so, and hang up."""
        self.transport.write(
            b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        )
        self.transport.close()
