"""The newest news, looked up once for all event streams."""

from __future__ import annotations

import asyncio
import time

from fastapi.concurrency import run_in_threadpool

from api.service.bell import Bell
from api.storage.database import Database
from api.storage.news import News, newest_news

#: seconds between two looks at the database where nothing rings
LOOK = 1.0


class Newsroom:
    """The newest news, asked for once for all who want them. For one event loop."""

    def __init__(self, database: Database, bell: Bell) -> None:
        self._database, self._bell = database, bell
        self._lock = asyncio.Lock()
        self._seen, self._rung, self._news = float("-inf"), -1, News()

    async def newest(self) -> News:
        """The news: not older than the last ring of the bell, nor than a second."""
        async with self._lock:
            rung = self._bell.rung
            if rung != self._rung or time.monotonic() - self._seen >= LOOK:
                self._news = await run_in_threadpool(self._look)
                self._seen, self._rung = time.monotonic(), rung
            return self._news

    def _look(self) -> News:
        with self._database.read() as session:
            return newest_news(session)
