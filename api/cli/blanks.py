"""Words of a command line that are empty: as a path one would be the folder that is worked in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import typer

from models.faults import Fault
from models.saying import both


def blanks(command: Any, given: Sequence[str]) -> list[Fault]:
    """A fault for each option and argument of ``command`` that is ``given`` empty.

    None for those that say what happened, whose reader tells it beside all else, nor where the line cannot be parsed.
    """
    if all(word.strip() and not word.endswith("=") for word in given):
        return []
    try:
        return list(_blanks(command, None, list(given)))
    except typer.TyperException:
        return []


def _blanks(command: Any, parent: typer.Context | None, given: list[str]) -> Iterator[Fault]:
    from api.cli.happened import FORMS
    from api.cli.usage import name_of

    context = typer.Context(command, info_name=command.name, parent=parent, **command.context_settings)
    found, rest, _ = command.make_parser(context).parse_args(given)
    for param in command.params:
        values = found.get(param.name)
        texts = [values] if isinstance(values, str) else values if isinstance(values, list | tuple) else []
        if name_of(param) not in FORMS and any(isinstance(text, str) and not text.strip() for text in texts):
            cause = both("It is empty.", "ว่างเปล่า")
            remedy = both("Give it a value, or leave it out.", "ใส่ค่า หรือไม่ต้องระบุ")
            yield Fault("command-usage", f"{context.command_path}, {name_of(param)}", cause, remedy)
    if rest and (below := getattr(command, "commands", {}).get(rest[0])):
        yield from _blanks(below, context, rest[1:])
