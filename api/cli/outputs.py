"""``patithin export`` and ``template``: a plan for other programs and people, and the empty tables to fill in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import options
from models.faults import Fault, InvalidInput

if TYPE_CHECKING:
    pass


class Format(StrEnum):
    """What a plan can be written as."""

    xlsx = "xlsx"
    html = "html"
    ics = "ics"
    csv = "csv"
    geojson = "geojson"
    requests = "requests"
    all = "all"


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("export")(export)
    app.command("template")(template)


def export(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="A plan file, visit-plan/1.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = Format.all,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="PATH", help="A file for xlsx, html and geojson; a folder for the others."),
    ] = None,
    problem: Annotated[
        Path | None, typer.Option("--problem", metavar="FILE", show_default="problem.json beside the plan")
    ] = None,
    office: Annotated[
        Path | None, typer.Option("--office", metavar="FILE", show_default="office.json beside the plan, if there")
    ] = None,
    *,
    lang: options.LangOption,
) -> None:
    """Write a plan as a workbook, a page, calendar feeds, tables, a map or travel requests.

    patithin export out/plan.json --format xlsx -o calendar.xlsx --lang th
    patithin export out/plan.json --format ics -o feeds
    patithin export out/plan.json --format all -o everything
    """


def template(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The workbook to write.")],
    *,
    lang: options.LangOption,
) -> None:
    """Write an office's workbook to fill in: empty tables with headings, drop-downs and notes.

    patithin template office.xlsx --lang th

    Fill it in, then: patithin plan office.xlsx
    """
    from api.staging import staged_file
    from models.template import write_template

    if file.suffix.lower() != ".xlsx":
        remedy = "Give a name that ends in .xlsx."
        raise InvalidInput([Fault("option-value", str(file), "It is not the name of a workbook.", remedy)])
    with staged_file(file) as staged:
        write_template(staged, lang.value)
    typer.echo(f"{file}: fill it in, then: patithin plan {file}")
