"""Turns of those who ask: so many requests of one token are worked on at once, and its further ones wait, so that a
token that is too busy harms itself only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

#: requests of one token that are worked on at once: a browser asks for six
MOST = 8


@dataclass(slots=True)
class _Line:
    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST))
    #: requests that are worked on or wait
    there: int = 0


class Turns:
    """Gives turns to each token. For one event loop."""

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def turn(self, token: str) -> AsyncIterator[bool]:
        """Work on a request of this token, as soon as there is a turn; whether it had to wait for it."""
        line = self._lines.setdefault(token, _Line())
        line.there += 1
        try:
            waited = line.free.locked()
            async with line.free:
                yield waited
        finally:
            line.there -= 1
            if not line.there:
                del self._lines[token]
