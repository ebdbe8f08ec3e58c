"""The two places a command writes to. Off a terminal, lines are plain and as wide as their content."""

from __future__ import annotations

import sys
from functools import partial

from rich.console import Console

#: columns where no terminal says how many there are: wide enough that no line is broken
WIDE = 1000


def stdout() -> Console:
    """The console for what a command is asked for."""
    return _console(stderr=False)


def stderr() -> Console:
    """The console for progress and errors."""
    return _console(stderr=True)


def _console(stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    make = partial(Console, stderr=stderr, highlight=False)
    return make() if stream.isatty() else make(width=WIDE)
