"""``patithin warmup``, and the bar that other commands show where the search has to be compiled first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import options
from api.language.terminal import worded

if TYPE_CHECKING:
    from rich.console import Console


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("warmup")(warmup)


def warmup(
    shared: Annotated[
        bool, typer.Option("--shared", help="Keep the machine code beside the package, for all users of this machine.")
    ] = False,
    *,
    lang: options.LangOption,
) -> None:
    """Compile the search once, so that later starts take a moment.

    patithin warmup
    patithin warmup --shared

    Every command that searches does this by itself before its clock starts. With --shared an administrator does it
    for all users of the machine.
    """
    from api.cli.screen import stderr
    from api.staging import require_writable
    from optimizer import compiling

    if shared:
        require_writable(compiling.SHARED)
        compiling.keep_beside_the_package()
    ready(stderr(), lang.value)
    typer.echo(worded("compiled", lang.value, place=compiling.home()))


def ready(console: Console, lang: str) -> None:
    """Compile what is not compiled yet, with a bar on ``console``, in ``lang``, "th" or "en"."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from optimizer.warmup import is_warm, make_ready

    if is_warm():
        make_ready()
        return
    words = worded("compiling", lang)
    if not console.is_terminal:
        console.print(worded("compiling_long", lang, words=words), soft_wrap=True)
        make_ready()
        return
    with Progress(TextColumn(words), BarColumn(bar_width=24), TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task(words, total=1.0)
        make_ready(lambda share: bar.update(task, completed=share))
