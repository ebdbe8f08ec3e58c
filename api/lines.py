"""Lines of a log, written by a thread of their own: where nobody takes them, nobody waits.

A terminal that was halted, a pipe that nobody reads, or a disk that hangs would else hold up whoever has something to
say, and with the event loop everybody.
"""

from __future__ import annotations

import atexit
import logging
import os
import queue
import threading

#: lines that wait at once; further ones are left out, and their number is told
MOST = 10_000
#: seconds in which the last lines are written where a process ends
ENDING = 1.0


class Lines(logging.Handler):
    """Writes to a file ``descriptor``, in the background."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._waiting: queue.Queue[bytes] = queue.Queue(MOST)
        self._left_out, self._torn = 0, False
        threading.Thread(target=self._work, name="log", daemon=True).start()
        atexit.register(self.flush)

    def emit(self, record: logging.LogRecord) -> None:
        """Have a line written, where there is room for it."""
        line = f"{self.format(record)}\n".encode(errors="backslashreplace")
        try:
            self._waiting.put_nowait(line)
        except queue.Full:
            self._left_out += 1

    def flush(self) -> None:
        """Wait until what waits is written, and no longer than a moment."""
        done = self._waiting.all_tasks_done
        with done:
            done.wait_for(lambda: not self._waiting.unfinished_tasks, ENDING)

    def _work(self) -> None:
        while True:
            line = self._waiting.get()
            self._write(line)
            self._waiting.task_done()
            if self._left_out:
                number, self._left_out = self._left_out, 0
                logging.getLogger("patithin").warning("%d lines were left out: nobody took them", number)

    def _write(self, line: bytes) -> None:
        """Write a line; what a full disk or a closed pipe does not take is lost, and the next line begins anew."""
        left = b"\n" + line if self._torn else line
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
            self._torn = False
        except OSError:
            self._torn = self._torn or len(left) < len(line)
