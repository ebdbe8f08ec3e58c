"""The command line put together: every group of commands, and what ``patithin`` says by itself."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli import (
    accepting,
    benching,
    checking,
    circle,
    differing,
    explaining,
    moving,
    next_quarter,
    offices,
    options,
    outputs,
    planning,
    preparing,
    repeating,
    replanning,
    sampling,
    searching,
    serving,
    warming,
)

#: the modules that hold the commands, in the order of the help
GROUPS = (
    planning,
    checking,
    outputs,
    replanning,
    differing,
    accepting,
    moving,
    explaining,
    circle,
    next_quarter,
    offices,
    preparing,
    searching,
    benching,
    serving,
    repeating,
    sampling,
    warming,
)

_ABOUT = """Plans the visit calendar (ปฏิทิน) of a cooperative promotion office.

Begin with the sample office, or with a workbook of your own:

patithin sample my-office
patithin plan my-office
patithin template office.xlsx

Exit codes: 0 done, 1 a plan breaks a rule (check, move, bench) or does not
come out again (repeat), 2 bad input, 70 a defect of patithin, 130 interrupted
and the best plan so far written.
"""


def application() -> typer.Typer:
    """The command line with the commands of every group."""
    app = typer.Typer(
        name="patithin",
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=_ABOUT, invoke_without_command=True)(_root)
    for group in GROUPS:
        group.register(app)
    return app


def _root(
    context: typer.Context,
    *,
    lang: options.LangOption,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        from importlib.metadata import version as version_of

        typer.echo(f"patithin {version_of('patithin')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
