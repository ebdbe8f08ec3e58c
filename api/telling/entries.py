"""Things with their facts below them, for a terminal of any width: a table of as many columns would not fit in one."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text


def entry(title: str, facts: Sequence[tuple[str, str]]) -> Group:
    """``title``, and below it a line for each fact, (what it is, what it says); an empty one is left out."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for what, says in facts:
        if says:
            grid.add_row(Text(what), Text(says))
    return Group(_indented(Text(title, style="bold"), 2), _indented(grid, 4))


def _indented(part: RenderableType, by: int) -> Padding:
    return Padding(part, (0, 0, 0, by), expand=False)
