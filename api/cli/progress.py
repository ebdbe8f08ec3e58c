"""How a run shows itself: a bar on a terminal, plain lines elsewhere. Both tell best cost, bound, gap and time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from api.language.proof import WORTH_TELLING, at_most
from api.language.terminal import worded
from optimizer.stopping import OnProgress, Progress

#: seconds of the run between two plain lines
_QUIET = 5.0


def progress_line(progress: Progress, lang: str = "en") -> str:
    """Best cost, bound and gap in one line, in ``lang``, "th" or "en"."""
    if progress.best is None:
        return worded("no_plan_yet", lang)
    best = f"{progress.best:,.0f}"
    if progress.bound is None or progress.gap is None or progress.gap > WORTH_TELLING:
        return worded("best_unbound", lang, best=best)
    return worded(
        "best_bound", lang, best=best, bound=f"{progress.bound:,.0f}", gap=f"{100 * at_most(progress.gap):.1f} %"
    )


@contextmanager
def shown(console: Console, lang: str = "en") -> Iterator[OnProgress]:
    """A callback that shows the progress of a run on ``console``, in ``lang``, while the context lasts."""
    if console.is_terminal:
        with _bar(console, lang) as callback:
            yield callback
    else:
        lines = _Lines(console, lang)
        yield lines
        lines.close()


@contextmanager
def _bar(console: Console, lang: str) -> Iterator[OnProgress]:
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(bar_width=24), TaskProgressColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=console) as bar:
        task = bar.add_task(worded("starting", lang), total=1.0)

        def show(progress: Progress) -> None:
            bar.update(task, completed=progress.share, description=progress_line(progress, lang))

        yield show


class _Lines:
    """One line at the first plan, then one every few seconds of the run in which something changed, and the last."""

    def __init__(self, console: Console, lang: str) -> None:
        self._console, self._lang = console, lang
        self._last: Progress | None = None
        self._printed: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        self._last = progress
        before = self._printed
        first_plan = progress.best is not None and (before is None or before.best is None)
        due = before is None or progress.seconds - before.seconds >= _QUIET
        if first_plan or (due and (before is None or progress_line(before) != progress_line(progress))):
            self._print(progress)

    def close(self) -> None:
        """Print how the run ended, unless the last line says so already."""
        if self._last is not None and self._last != self._printed:
            self._print(self._last)

    def _print(self, progress: Progress) -> None:
        self._printed = progress
        line = worded(
            "at_second", self._lang, seconds=f"{progress.seconds:6.1f}", told=progress_line(progress, self._lang)
        )
        self._console.print(line, soft_wrap=True)
