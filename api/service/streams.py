"""Event streams that are open: so many of one token, so that one client's leak or ill will leaves the others room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from api.service.errors import Refused
from models.faults import Fault
from models.saying import both

#: streams of one token at once: a page has one for all its tabs
MOST = 60
#: seconds after which a client that has too many is to try again
WAIT = 30


class Streams:
    """Counts the open streams of each token. For one event loop."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    def require_room(self, token: str) -> None:
        """See that one more may be opened.

        Raises:
            Refused: the token has as many as it may have.
        """
        if self._open[token] >= MOST:
            cause = both(f"The token has {MOST} open event streams.", f"โทเคนนี้เปิดกระแสเหตุการณ์ครบ {MOST} รายการแล้ว")
            remedy = both("Close some, and share one among tabs.", "ปิดบางรายการ และใช้ร่วมกันระหว่างแท็บ")
            raise Refused(429, Fault("rate-exceeded", "streams", cause, remedy), headers={"Retry-After": str(WAIT)})

    @contextmanager
    def counted(self, token: str) -> Iterator[None]:
        """Count a stream as long as it is open."""
        self._open[token] += 1
        try:
            yield
        finally:
            self._open[token] -= 1
            if not self._open[token]:
                del self._open[token]
