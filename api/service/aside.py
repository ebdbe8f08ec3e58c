"""A process beside the service that works out heavy answers, one after the other, so that nobody else waits for them.

It is started with the first question and stands back for the service. What takes too long is ended with its process;
the next question starts a new one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from api.logs import log, place_of, start_logging
from api.service.errors import Refused
from models.faults import Fault

#: how much the process stands back for others on the same machine
NICENESS = 5
#: seconds in which a process is ready for its first question: libraries are loaded, on a new machine also compiled
LOADING = 90.0
#: questions that may wait at once, each at most so many seconds
ROOM, PATIENCE = 8, 30.0


class Aside:
    """Asks the process, which answers with the functions of ``module``. From any thread; blocks until it answers."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._room, self._turn = threading.BoundedSemaphore(ROOM), threading.Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._closed = False

    def ask(self, name: str, *arguments: Any, seconds: float) -> bytes:
        """What the function ``name`` of the module returns for these arguments.

        Raises:
            Refused: it takes longer than ``seconds``, or too many ask.
            RuntimeError: it raised an error.
        """
        if not self._room.acquire(blocking=False):
            raise _overdue("Too many questions wait already.")
        try:
            if not self._turn.acquire(timeout=PATIENCE):
                raise _overdue("Other questions took too long.")
            try:
                return self._answer(name, arguments, seconds)
            finally:
                self._turn.release()
        finally:
            self._room.release()

    def close(self) -> None:
        """End the process, whatever it does."""
        self._closed = True
        self._end()

    def _answer(self, name: str, arguments: tuple[Any, ...], seconds: float) -> bytes:
        for _ in range(2):  # a process that died since the last question, or over this one, is replaced once
            connection, limit = self._ready(seconds)
            try:
                connection.send((name, arguments))
                if not connection.poll(limit):
                    self._end()
                    raise _overdue(f"It took more than {limit:g} s.")
                good, answer = connection.recv()
            except (EOFError, OSError):
                self._end()
                continue
            if good:
                return bytes(answer)
            raise RuntimeError(answer)
        raise _overdue("The process that answers questions died twice.")

    def _ready(self, seconds: float) -> tuple[Connection, float]:
        """The way to a living process, and the seconds to wait for its answer."""
        if self._closed:
            raise _overdue("The service is about to end.")
        if self._connection is not None and self._process is not None and self._process.is_alive():
            return self._connection, seconds
        self._end()
        spawn = multiprocessing.get_context("spawn")
        mine, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(self._module, theirs), name="aside", daemon=True)
        self._process.start()
        theirs.close()
        self._connection = mine
        return mine, seconds + LOADING

    def _end(self) -> None:
        process, self._process, self._connection = self._process, None, None
        if process is not None:
            process.kill()
            process.join()


def _overdue(cause: str) -> Refused:
    fault = Fault("answer-overdue", "answer", cause, "Ask again later, or for less.")
    return Refused(503, fault, headers={"Retry-After": "10"})


def _serve(module: str, connection: Connection) -> None:
    """Answer question after question, until the service is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the service is told, and ends this process
    threading.Thread(target=_follow, daemon=True).start()
    start_logging()
    os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
    with suppress(EOFError, OSError):
        while True:
            name, arguments = connection.recv()
            try:
                answer: tuple[bool, Any] = True, getattr(import_module(module), name)(*arguments)
            except Exception as error:
                log().error("no answer", error=type(error).__name__, at=place_of(error))
                answer = False, f"{type(error).__name__} at {place_of(error)}"
            connection.send(answer)


def _follow() -> None:
    """End with the service, even where it is killed."""
    service = multiprocessing.parent_process()
    if service is not None:
        service.join()
        os._exit(1)
