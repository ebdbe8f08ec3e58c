"""What the service's parts share while it runs."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from importlib import import_module
from typing import Protocol, cast

from fastapi import Request

from api.logs import log, place_of
from api.service.aside import Aside
from api.service.bell import Bell
from api.service.editions import Editions
from api.service.limiting import Rates
from api.service.memory import Memory
from api.service.metrics import Metrics
from api.service.newsroom import Newsroom
from api.service.shelf import Shelf
from api.service.streams import Streams
from api.service.turns import Turns
from api.settings import Settings
from api.storage.database import Database
from api.storage.opening import open_database
from api.today import today

#: seconds before the engine is started anew where it could not be, at first and at most
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0


class Runner(Protocol):
    """What runs accepted runs; :class:`api.runs.engine.Engine` is the real one."""

    state: str

    def start(self) -> None:
        """Begin, in the background."""

    def ring(self) -> None:
        """Hear that the database has news."""

    def stop(self) -> None:
        """End; blocks until everything is handed over."""


#: makes the runner, given the database, the settings and whom to tell that a run has news
RunnerOf = Callable[[Database, Settings, Callable[[str], None]], Runner]


class Service:
    """Database, settings, engine and the rest of one running service."""

    def __init__(self, settings: Settings, runner_of: RunnerOf) -> None:
        self.settings, self._runner_of = settings, runner_of
        #: the id of the problem that the service was started with
        self.office: str | None = None
        self.database = open_database(settings)
        self.memory = Memory()
        self.editions = Editions(self.database)
        self.bell = Bell()
        self.streams = Streams()
        self.turns = Turns()
        self.newsroom = Newsroom(self.database, self.bell)
        self.aside = Aside("api.telling.answers", most_memory=settings.most_memory)
        self.shelf = Shelf()
        self.rates = Rates(settings.rate)
        self.metrics = Metrics()
        self.stopping = threading.Event()
        #: the date, from which notice of changes is given
        self.this_day: Callable[[], dt.date] = today
        self._runner: Runner | None = None
        self._trouble = "starting"
        self._starting = threading.Thread(target=self._start_runner, name="starting", daemon=True)

    def start(self) -> None:
        """Begin to run what was accepted; the engine, and what draws and answers, are loaded in the background."""
        threading.Thread(target=self._load, name="loading", daemon=True).start()
        self._starting.start()

    def _load(self) -> None:
        """Load what the first questions need."""
        import_module("api.exports")
        self.aside.warm(most=1)

    def _start_runner(self) -> None:
        """Load the engine and start it, as often as it takes."""
        wait = FIRST_WAIT
        while not self.stopping.is_set():
            try:
                runner = self._runner_of(self.database, self.settings, self.bell.ring)
                runner.start()
            except Exception as error:
                # out of memory or of file handles, a library that does not load: told, tried anew
                self._trouble = f"could not start ({type(error).__name__}), tries again"
                log().error("the engine could not start", error=type(error).__name__, at=place_of(error))
                self.stopping.wait(wait)
                wait = min(2 * wait, LONGEST_WAIT)
            else:
                self._runner = runner
                return

    @property
    def engine_state(self) -> str:
        """How the engine stands."""
        return self._runner.state if self._runner else self._trouble

    def ring(self, run: str) -> None:
        """Tell the engine, and those that listen, that this run has news."""
        if self._runner is not None:
            self._runner.ring()
        self.bell.ring(run)

    def stop_listening(self) -> None:
        """End open event streams, so that the server can close its connections."""
        self.stopping.set()
        self.bell.ring_all()

    def stop(self) -> None:
        """Hand over what runs, and close the database."""
        self.stop_listening()
        self.aside.close()
        self._starting.join()
        if self._runner is not None:
            self._runner.stop()
        self.database.close()


async def service(request: Request) -> Service:
    """The running service, for operations."""
    return cast(Service, request.app.state.service)
