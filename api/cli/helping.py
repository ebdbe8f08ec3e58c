"""The help in the planner's language: the texts of all commands and options, put into the command line when it starts.

Commands and options say their help in English where they are written; :mod:`api.language.helptexts` has the Thai.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import typer
from rich.markup import escape

from api.language.lang import Lang

#: the line of an example; ``NAME=value`` may stand before the command
_EXAMPLE = re.compile(r"(?:[A-Z_]+=\S+ )?patithin( .*)?")
#: what the library's own module calls the words around the help
_PANELS = {
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "OPTIONS_PANEL_TITLE": "Options",
    "COMMANDS_PANEL_TITLE": "Commands",
    "DEFAULT_STRING": "[default: {}]",
    "REQUIRED_LONG_STRING": "[required]",
}

Say = Callable[[str], str]


def in_language(command: Any, lang: str) -> None:
    """Put the help of ``command`` and all commands below it into ``lang``, "th" or "en"; their default ``--lang`` too.

    Args:
        command: as ``typer.main.get_command`` makes it; its texts are English.
        lang: "th" or "en".

    Raises:
        KeyError: a text has no Thai.
    """
    frame, texts, form = _catalogues(lang)
    from typer import rich_utils

    for name, english in _PANELS.items():
        setattr(rich_utils, name, frame(english))
    for context in _contexts(command, None, command.name):
        one = context.command
        one.context_class = _ContextInThai if lang == "th" else typer.Context
        told = (each if is_example(each) else texts(each) for each in paragraphs(one.help))
        one.help = escape("\n\n".join(told))
        one.options_metavar = form(one.options_metavar or "")
        if hasattr(one, "subcommand_metavar"):
            one.subcommand_metavar = form(one.subcommand_metavar)
        for param in one.get_params(context):
            _tell(param, lang, frame if param.name == "help" else texts, form)


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a help text: those of examples as they are written, others on one line."""
    found = inspect.cleandoc(text or "").split("\n\n")
    return [paragraph if is_example(paragraph) else " ".join(paragraph.split()) for paragraph in found]


def is_example(paragraph: str) -> bool:
    """Whether every line of it is a command to type, which is the same in all languages."""
    return all(_EXAMPLE.fullmatch(line) for line in paragraph.splitlines())


def _tell(param: Any, lang: str, say: Say, form: Say) -> None:
    if getattr(param, "is_flag", False) or param.param_type_name == "argument":  # the name says it, or there is nothing
        param.display_type_rich = _nothing
    if param.metavar:
        param.metavar = form(param.metavar)
    if getattr(param, "help", None):
        param.help = escape(say(param.help))
    if isinstance(getattr(param, "show_default", None), str) and not param.show_default.isdigit():
        param.show_default = say(param.show_default)
    if param.name == "lang":
        param.default = Lang(lang)


def _nothing(**_context: Any) -> None:
    """No kind of value."""


def _catalogues(lang: str) -> tuple[Say, Say, Say]:
    """What the library says, what we say, and what is to be written, in ``lang``."""
    if lang == "en":
        return str, str, str
    from api.language.helptexts import FRAME, THAI, form

    return FRAME.__getitem__, THAI.__getitem__, form


def _contexts(command: Any, parent: typer.Context | None, name: str) -> Iterator[typer.Context]:
    """A context of each command, those below it after it."""
    context = typer.Context(command, info_name=name, parent=parent, **command.context_settings)
    yield context
    for below, one in getattr(command, "commands", {}).items():
        yield from _contexts(one, context, below)


class _FormatterInThai(typer.Context.formatter_class):  # type: ignore[valid-type,misc]  # typer exports it as this only
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line, with its first word in Thai."""
        from api.language.helptexts import FRAME

        super().write_usage(prog, args, prefix or FRAME["Usage: "])


class _ContextInThai(typer.Context):
    formatter_class = _FormatterInThai
