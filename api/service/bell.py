"""A bell that wakes event streams where something has happened."""

from __future__ import annotations

import asyncio

#: whom to wake where something happened that all may hear of: a publication, a draft, a revoked token
NEWS = "news"


class Bell:
    """Wakes those that wait for a run's news, from whichever thread."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[str, set[asyncio.Event]] = {}
        #: how often it was rung
        self.rung = 0

    def attach(self) -> None:
        """Belong to the running event loop."""
        self._loop = asyncio.get_running_loop()

    def ring(self, run: str) -> None:
        """Wake those that wait for this run, and those that wait for all news."""
        self.rung += 1
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, run)

    def _wake(self, run: str) -> None:
        for event in self._waiting.get(run, set()) | self._waiting.get(NEWS, set()):
            event.set()

    def ring_all(self) -> None:
        """Wake everybody: the service is about to end."""
        for run in list(self._waiting):
            self.ring(run)

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Wait until a registered ``event`` is rung, or so many seconds are over."""
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return
        finally:
            event.clear()

    def register(self, run: str) -> asyncio.Event:
        """An event that is set when the run has news."""
        event = asyncio.Event()
        self._waiting.setdefault(run, set()).add(event)
        return event

    def forget(self, run: str, event: asyncio.Event) -> None:
        """Undo :meth:`register`."""
        waiting = self._waiting.get(run, set())
        waiting.discard(event)
        if not waiting:
            self._waiting.pop(run, None)
