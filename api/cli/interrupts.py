"""Ctrl-C: the first asks the run to end with its best plan, the second gives up at once."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

import typer

from api.language.terminal import worded
from optimizer.stopping import Cancel

#: a terminal's Ctrl-C, and what a service manager sends before it kills
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def interrupts_in(lang: str, ending: str = "ending_early") -> Interrupts:
    """Interrupts that say on stderr, in ``lang``, "th" or "en", that the run is ending; ``ending``: the text that does.

    The usual one says that the best plan is being written.
    """
    return Interrupts(lambda: typer.echo(worded(ending, lang), err=True))


class Interrupts:
    """Within ``with Interrupts(say) as interrupts``, the first signal sets ``interrupts.cancel`` and the second raises.

    ``say`` is called once, at the first signal, to tell the user. Only the main thread can use it.
    """

    def __init__(self, say: Callable[[], None]) -> None:
        self.cancel = Cancel()
        self._say = say
        self._before: dict[int, Any] = {}

    @property
    def asked(self) -> bool:
        """Whether someone asked the run to end."""
        return self.cancel.cancelled

    def __enter__(self) -> Interrupts:
        for number in _SIGNALS:
            self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.cancel.cancel()
        self._say()
