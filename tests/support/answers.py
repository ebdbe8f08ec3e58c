"""Answers for tests of the process that works them out: at once, never, with an error, or with its death."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path


def mine() -> bytes:
    """Whose answer this is."""
    return str(os.getpid()).encode()


def never() -> bytes:
    threading.Event().wait()
    return b""


def broken() -> bytes:
    raise ZeroDivisionError("secret of the plan")


def deadly() -> bytes:
    os._exit(1)


def meets(path: str) -> bytes:
    """Lets :func:`awaits` go on, and says whose answer this is."""
    Path(path).touch()
    return mine()


def awaits(path: str) -> bytes:
    """Whose answer this is, once another process has said :func:`meets`."""
    while not Path(path).exists():
        time.sleep(0.01)
    return mine()


def giant() -> bytes:
    """Wants more memory than it may have."""
    return bytes(bytearray(2 << 30))
