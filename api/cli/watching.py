"""A solve in its own thread, so that the main thread hears Ctrl-C while compiled code works."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")

#: seconds between two looks at whether the thread is done; a signal is heard no later
_LOOK = 0.05
_NAME = "patithin-solve"


def watched(solve: Callable[[], T]) -> T:
    """What ``solve`` returns, or raises, run in a thread of its own.

    Raises:
        KeyboardInterrupt: a signal handler raised it; the thread is left behind, and the process should end.
    """
    future: Future[T] = Future()
    thread = threading.Thread(target=_run, args=(solve, future), name=_NAME, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_LOOK)
    return future.result()


def given_up() -> bool:
    """Whether a solve that nobody waits for still works."""
    return any(thread.name == _NAME for thread in threading.enumerate())


def _run(solve: Callable[[], T], future: Future[T]) -> None:
    try:
        future.set_result(solve())
    except BaseException as error:
        future.set_exception(error)
