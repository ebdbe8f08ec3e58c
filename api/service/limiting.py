"""Limits on requests: how many in a time."""

from __future__ import annotations

import math
import threading
import time

from limits import parse

from api.service.errors import Refused
from models.faults import Fault
from models.saying import both

#: callers remembered at once
MOST = 10_000


class Rates:
    """Counts requests by whoever makes them, in windows of a fixed length.

    By the clock that only runs forward: a library that counts by the time of day lets nobody in when that is set back.
    """

    def __init__(self, rate: str) -> None:
        self._limit = parse(rate)
        self._windows: dict[str, tuple[float, int]] = {}
        self._lock = threading.Lock()

    def count(self, who: str, *, hang_up: bool = False) -> None:
        """Count one request.

        Raises:
            Refused: it is one too many; says when to come back, and where ``hang_up`` ends the connection, so that
                nothing more is read from it.
        """
        now, length = time.monotonic(), self._limit.get_expiry()
        with self._lock:
            if len(self._windows) >= MOST and who not in self._windows:
                self._make_room(now - length)
            began, number = self._windows.get(who, (now, 0))
            if now - began >= length:
                began, number = now, 0
            if number < self._limit.amount:
                self._windows[who] = began, number + 1
                return
        raise self._one_too_many(began, hang_up)

    def refuse(self, who: str) -> None:
        """Refuse a request, and hang up, where this one would be one too many; it is not counted.

        Raises:
            Refused: it would be.
        """
        began, number = self._windows.get(who, (0.0, 0))
        if number >= self._limit.amount and time.monotonic() - began < self._limit.get_expiry():
            raise self._one_too_many(began, hang_up=True)

    def _make_room(self, over: float) -> None:
        """Forget the windows that were ``over`` by then, and where that is not enough the older half of the others."""
        living = sorted((seen for seen in self._windows.items() if seen[1][0] > over), key=lambda seen: seen[1][0])
        self._windows = dict(living[-MOST // 2 :])

    def _one_too_many(self, began: float, hang_up: bool) -> Refused:
        wait = max(1, math.ceil(began + self._limit.get_expiry() - time.monotonic()))
        cause = both(f"More than {self._limit}.", f"เกิน {self._limit}")
        fault = Fault("rate-exceeded", "request", cause, both(f"Try again in {wait} s.", f"ลองใหม่ใน {wait} วินาที"))
        headers = {"Retry-After": str(wait)} | ({"Connection": "close"} if hang_up else {})
        return Refused(429, fault, headers=headers)
