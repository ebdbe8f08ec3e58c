"""Limits on requests: how many in a time."""

from __future__ import annotations

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from api.service.errors import Refused
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
