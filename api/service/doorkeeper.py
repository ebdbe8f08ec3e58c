"""Remembers for a moment whom the database let in, so that a busy client does not cost a query each time."""

from __future__ import annotations

import time

from fastapi.concurrency import run_in_threadpool

from api.storage.database import Database
from api.storage.tables import Token
from api.storage.tokens import find_token, hashed

#: seconds after which a token is looked up anew: so long a revoked one may still come in
FRESH = 1.0
#: tokens remembered at once
MOST = 1_000


class Doorkeeper:
    """Knows the tokens of ``database``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, tuple[float, Token]] = {}

    async def find(self, secret: str) -> Token | None:
        """The token with this secret, unless it is revoked (since more than a moment)."""
        key = hashed(secret)
        seen, token = self._known.get(key, (float("-inf"), None))
        if time.monotonic() - seen < FRESH:
            return token
        token = await run_in_threadpool(self._found, secret)
        if token is None:
            self._known.pop(key, None)
        else:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[key] = time.monotonic(), token
        return token

    def _found(self, secret: str) -> Token | None:
        with self._database.read() as session:
            return find_token(session, secret)
