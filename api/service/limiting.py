"""Limits on requests: how many in a time, and how large."""

from __future__ import annotations

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.service.errors import Refused, answer
from models.faults import Fault


class Rates:
    """Counts requests by whoever makes them."""

    def __init__(self, rate: str) -> None:
        self._limit = parse(rate)
        self._windows = FixedWindowRateLimiter(MemoryStorage())

    def count(self, who: str) -> None:
        """Count one request.

        Raises:
            Refused: it is one too many; says when to come back.
        """
        if not self._windows.hit(self._limit, who):
            until = self._windows.get_window_stats(self._limit, who).reset_time
            wait = max(1, math.ceil(until - time.time()))
            fault = Fault("rate-exceeded", "request", f"More than {self._limit}.", f"Try again in {wait} s.")
            raise Refused(429, fault, headers={"Retry-After": str(wait)})


class BodyLimit:
    """Refuses bodies of more than ``most`` bytes, told or not, before they are read whole."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting its bytes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        fault = Fault("body-too-large", "body", f"It has more than {self._most} bytes.", "Send less at once.")
        told = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if not told.isdigit() or int(told[:20]) > self._most:
            await answer(413, [fault])(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._most:
                raise Refused(413, fault)
            return message

        await self._app(scope, counted, send)
