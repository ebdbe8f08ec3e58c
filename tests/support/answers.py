"""Answers for tests of the process that works them out: at once, never, with an error, or with its death."""

from __future__ import annotations

import os
import threading


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
