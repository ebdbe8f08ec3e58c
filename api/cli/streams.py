"""Standard output and error that are closed, full, or read no further: what a command does does not hang on them."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any


class _Lasting(io.FileIO):
    """What cannot be written is dropped. ``failed``: why, unless it is only that nobody reads on."""

    failed: OSError | None = None

    def write(self, content: Any, /) -> int:
        """Write ``content``; all of it counts as written."""
        try:
            return super().write(content)
        except OSError as error:
            if error.errno != errno.EPIPE:
                self.failed = error
            return len(content)


def lasting() -> None:
    """Make standard output and error such that no writing to them ends a command."""
    for number in range(3):  # else the next file that is opened takes the number of a stream that is closed
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)
    sys.stdout, sys.stderr = _lasting(sys.stdout, 1), _lasting(sys.stderr, 2)


def failure() -> OSError | None:
    """Why standard output did not take what was written to it; None where it did, or nobody read on."""
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    if not isinstance(raw, _Lasting):
        return None
    sys.stdout.flush()
    return raw.failed


def _lasting(stream: Any, number: int) -> Any:
    if stream is not None and not isinstance(stream, io.TextIOWrapper):
        return stream
    if stream is None or not stream.isatty():
        encoding, by_line = (stream.encoding, stream.line_buffering) if stream is not None else ("utf-8", False)
        buffer = io.BufferedWriter(_Lasting(number, "w", closefd=False))
        stream = io.TextIOWrapper(buffer, encoding, line_buffering=by_line)
    stream.reconfigure(errors="replace")  # a terminal that cannot write Thai, or a file's odd name, is no error
    return stream
