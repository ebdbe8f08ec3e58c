"""Processes beside the service that work out heavy answers, so that nobody else waits for them.

Each answers one question after the other; several questions are answered side by side. A question about something that
a process has at hand already goes to that process where it is free. One is started with the service, the others when a
planner comes; they stand back for the service, and have a limit of memory. What takes too long is ended with its
process; the next question starts a new one.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final

from api.logs import log, place_of, start_logging
from api.service.errors import Refused
from models.faults import Fault, InvalidInput
from models.saying import Said, both

#: how much the processes stand back for the service; less than runs do, since somebody waits for an answer
NICENESS = 2
#: seconds in which a process is ready for its first question: libraries are loaded, on a new machine also compiled
LOADING = 90.0
#: questions that may wait at once, each at most so many seconds
ROOM, PATIENCE = 32, 30.0
#: the question that only makes a process load what it needs
_WARM = "warm"

_TOO_MANY: Final = both("Too many questions wait already.", "มีคำถามรออยู่มากเกินไป")
_OTHERS: Final = both("Other questions took too long.", "คำถามก่อนหน้าใช้เวลานานเกินไป")
_MEMORY: Final = both("It needs more memory than a process may have.", "ต้องใช้หน่วยความจำมากกว่าที่กำหนดไว้")
_DIED: Final = both(
    "The process that answers questions died twice, or could not be started.",
    "โปรเซสที่หาคำตอบหยุดทำงานสองครั้ง หรือเริ่มไม่ได้",
)
_ENDING: Final = both("The service is about to end.", "ระบบกำลังจะปิด")

#: makes a question: its name, and its arguments
First = Callable[[], tuple[str, tuple[Any, ...]]]


class Aside:
    """Asks ``processes``, which answer with the functions of ``module``. From any thread; blocks until they answer.

    ``most_memory``: bytes that each may have.
    """

    def __init__(self, module: str, processes: int = 2, most_memory: int | None = None) -> None:
        self._workers = [_Worker(module, most_memory) for _ in range(processes)]
        self._room, self._free = threading.BoundedSemaphore(ROOM), threading.Condition()
        self._closed = False

    def ask(self, about: Hashable, name: str, *arguments: Any, seconds: float) -> Any:
        """What the function ``name`` of the module, or ``other.module:name``, returns for these arguments.

        ``about``: what it has to load; a process that did so for the last question is asked again.

        Raises:
            Refused: it takes longer than ``seconds`` or more memory than it may, too many ask, or no process starts.
            InvalidInput: the function raised it.
            RuntimeError: it raised another error.
        """
        if not self._room.acquire(blocking=False):
            raise _overdue(_TOO_MANY)
        try:
            worker = self._taken(about)
            try:
                return worker.answer(name, arguments, seconds)
            finally:
                self._give_back(worker)
        finally:
            self._room.release()

    def warm(self, about: Hashable = None, first: First | None = None, *, most: int | None = None) -> None:
        """Start the processes that do not run yet, in the background, so that the first question finds them ready.

        ``first`` makes a question and its arguments, asked beforehand of each that was not asked for such a thing yet:
        it loads what ``about`` needs. ``most``: so many processes at once.
        """
        with self._free:
            idle = [] if self._closed else [each for each in self._workers if not each.busy]
            cold = [each for each in idle if not each.alive or (first is not None and not each.holds)][:most]
            for worker in cold:
                worker.busy, worker.about = True, about
        for worker in cold:
            try:
                threading.Thread(target=self._warm, args=[worker, first], name="warming", daemon=True).start()
            except RuntimeError:  # no thread, no memory: the first question starts it
                self._give_back(worker)

    def close(self) -> None:
        """End the processes, whatever they do."""
        with self._free:
            self._closed = True
            self._free.notify_all()
        for worker in self._workers:
            worker.close()

    def _warm(self, worker: _Worker, first: First | None) -> None:
        try:
            with suppress(Refused, RuntimeError):
                worker.answer(_WARM, (), LOADING)
                if first is not None:
                    worker.answer(*first(), LOADING)
                    worker.holds = True
        finally:
            self._give_back(worker)

    def _taken(self, about: Hashable) -> _Worker:
        deadline = time.monotonic() + PATIENCE
        with self._free:
            while True:
                if self._closed:
                    raise _overdue(_ENDING)
                free = [worker for worker in self._workers if not worker.busy]
                if free:
                    worker = max(free, key=lambda each: (each.about == about, each.alive))
                    worker.busy, worker.about = True, about
                    return worker
                if not self._free.wait(deadline - time.monotonic()):
                    raise _overdue(_OTHERS)

    def _give_back(self, worker: _Worker) -> None:
        with self._free:
            worker.busy = False
            self._free.notify()


class _Worker:
    """One process and the way to it; used by one thread at a time."""

    def __init__(self, module: str, most_memory: int | None) -> None:
        self._module, self._most_memory = module, most_memory
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._closed = False
        self._changing = threading.RLock()
        self.busy = False
        self.about: Hashable = None
        #: whether it was asked beforehand for what questions need
        self.holds = False

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self._process is not None and self._process.is_alive()

    def answer(self, name: str, arguments: tuple[Any, ...], seconds: float) -> Any:
        """The answer to one question; see :meth:`Aside.ask`."""
        for _ in range(2):  # a process that died since the last question, or over this one, is replaced once
            try:
                connection, limit = self._ready(seconds)
                connection.send((name, arguments))
                if not connection.poll(limit):
                    self._end()
                    raise _overdue(both(f"It took more than {limit:g} s.", f"ใช้เวลาเกิน {limit:g} วินาที"))
                kind, answer = connection.recv()
            except (EOFError, OSError):
                self._end()
                continue
            if kind == "answer":
                return answer
            if kind == "faults":
                raise InvalidInput(answer)
            if kind == "memory":
                raise _overdue(_MEMORY)
            raise RuntimeError(answer)
        raise _overdue(_DIED)

    def close(self) -> None:
        """End the process for good, also where it is being started just now."""
        with self._changing:
            self._closed = True
            self._end()

    def _ready(self, seconds: float) -> tuple[Connection, float]:
        """The way to a living process, and the seconds to wait for its answer."""
        with self._changing:
            if self._closed:
                raise _overdue(_ENDING)
            if self._connection is not None and self.alive:
                return self._connection, seconds
            self._end()
            spawn = multiprocessing.get_context("spawn")
            mine, theirs = spawn.Pipe()
            arguments = (self._module, theirs, self._most_memory)
            process = spawn.Process(target=_serve, args=arguments, name="aside", daemon=True)
            process.start()  # may fail, as the pipe may: no file handles, no memory
            theirs.close()
            self._process, self._connection = process, mine
            return mine, seconds + LOADING

    def _end(self) -> None:
        with self._changing:
            process, self._process, self._connection = self._process, None, None
            self.holds = False
            if process is not None:
                process.kill()
                process.join()


def _overdue(cause: Said) -> Refused:
    fault = Fault("answer-overdue", "answer", cause, both("Ask again later, or for less.", "ลองใหม่ภายหลัง หรือขอให้น้อยลง"))
    return Refused(503, fault, headers={"Retry-After": "10"})


def _serve(module: str, connection: Connection, most_memory: int | None) -> None:
    """Answer question after question, until the service is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the service is told, and ends this process
    threading.Thread(target=_follow, daemon=True).start()
    start_logging()
    os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
    if most_memory is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (most_memory, most_memory))
    with suppress(EOFError, OSError):
        while True:
            name, arguments = connection.recv()
            connection.send(_answered(module, name, arguments))


def _answered(module: str, name: str, arguments: tuple[Any, ...]) -> tuple[str, Any]:
    if ":" in name:
        module, _, name = name.partition(":")
    try:
        functions = import_module(module)
        return "answer", None if name == _WARM else getattr(functions, name)(*arguments)
    except InvalidInput as error:
        return "faults", error.faults
    except MemoryError:
        return "memory", None
    except Exception as error:
        log().error("no answer", error=type(error).__name__, at=place_of(error))
        return "error", f"{type(error).__name__} at {place_of(error)}"


def _follow() -> None:
    """End with the service, even where it is killed."""
    service = multiprocessing.parent_process()
    if service is not None:
        service.join()
        os._exit(1)
