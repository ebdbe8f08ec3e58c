"""``patithin check-office``: what is wrong with an office's tables, also as notes in a copy of the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import options
from api.cli.listing import list_doubts

if TYPE_CHECKING:
    from models.faults import Fault


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("check-office")(check_office)


def check_office(
    source: Annotated[
        Path,
        typer.Argument(metavar="FOLDER|WORKBOOK", help="An office: a folder of tables, or one .xlsx workbook."),
    ],
    mark: Annotated[
        Path | None,
        typer.Option("--mark", metavar="FILE.xlsx", help="Write a copy of the workbook with each fault as a note."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file of --mark where it is there.")] = False,
    *,
    lang: options.LangOption,
) -> None:
    """Check an office's tables: every fault and every doubt at once, without planning.

    patithin check-office office.xlsx --mark marked.xlsx --lang th

    The copy has a note in each cell at fault and a sheet that lists them all. Exit code 2 when something is wrong.
    """
    from api.language.terminal import worded
    from models.faults import InvalidInput
    from models.intake import read_office
    from models.intake.reading import workbook_in

    source = workbook_in(source)
    if mark is not None:
        _require(source, mark, force)
    try:
        book = read_office(source)
    except InvalidInput as error:
        _mark(source, mark, [*error.faults, *error.warnings], lang.value)
        list_doubts(error.warnings, lang.value)
        raise
    _mark(source, mark, book.warnings, lang.value)
    list_doubts(book.warnings, lang.value)
    problem = book.problem
    counts = {kind: len(getattr(problem, kind)) for kind in ("cooperatives", "officers", "visits")}
    typer.echo(worded("nothing_wrong", lang.value, name=source.name, **counts))


def _require(source: Path, mark: Path, force: bool) -> None:
    """Only a workbook can be marked, into a file of its own."""
    from models.faults import Fault, InvalidInput
    from models.reading import WORKBOOK_SUFFIXES
    from models.saying import said

    faults = []
    if source.is_dir() or source.suffix.lower() not in WORKBOOK_SUFFIXES:
        cause = said("Notes go into a workbook, and this is none.")
        faults.append(Fault("option-value", "--mark", cause, said("Leave it out.")))
    elif mark.suffix.lower() != source.suffix.lower():
        cause = said("{file} does not end with {suffix}.", file=mark.name, suffix=source.suffix)
        remedy = said("Name a file that ends with {suffix}.", suffix=source.suffix)
        faults.append(Fault("option-value", "--mark", cause, remedy))
    if mark.exists() and mark.samefile(source):
        remedy = said("Choose another name.")
        faults.append(Fault("file-exists", str(mark), said("It is the workbook itself."), remedy))
    elif mark.exists() and not force:
        remedy = said("Choose another name, or give --force.")
        faults.append(Fault("file-exists", str(mark), said("It is there already."), remedy))
    if faults:
        raise InvalidInput(faults)


def _mark(source: Path, mark: Path | None, faults: Sequence[Fault], lang: str) -> None:
    if mark is None or not faults:
        return
    from api.language.terminal import worded
    from models.intake.marking import LIST, write_marked

    noted = write_marked(source, faults, mark, lang)
    listed = len(faults) - noted
    if noted or not listed:
        typer.echo(worded("marked", lang, number=noted, file=mark), err=True)
    if listed:
        typer.echo(worded("marked_listed", lang, number=listed, sheet=LIST[lang], file=mark), err=True)
