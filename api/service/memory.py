"""What the database said a moment ago: who a token is, and which plan is published. Spares busy clients the queries."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from fastapi.concurrency import run_in_threadpool

#: seconds after which the database is asked anew: so long a token revoked elsewhere may still come in
FRESH = 1.0
#: answers remembered at once
MOST = 1_000

T = TypeVar("T")


class Memory:
    """Remembers answers for a moment; what is not there (None) is never remembered. For one event loop."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[float, Any]] = {}
        self._forgotten = 0

    async def recall(self, key: Hashable, ask: Callable[[], T | None]) -> T | None:
        """The answer to ``key``: remembered, or asked for in a thread."""
        seen, answer = self._known.get(key, (float("-inf"), None))
        if time.monotonic() - seen < FRESH:
            known: T = answer
            return known
        before = self._forgotten
        found = await run_in_threadpool(ask)
        if found is not None and before == self._forgotten:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[key] = time.monotonic(), found
        return found

    def forget(self) -> None:
        """Remember nothing, not even what is being asked for now. From any thread."""
        self._forgotten += 1
        self._known.clear()
