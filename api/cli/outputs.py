"""``patithin export`` and ``template``: a plan for other programs and people, and the empty tables to fill in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import beside, options
from models.faults import Fault, InvalidInput

if TYPE_CHECKING:
    from api.exports.calendar import Calendar


class Format(StrEnum):
    """What a plan can be written as."""

    xlsx = "xlsx"
    html = "html"
    ics = "ics"
    csv = "csv"
    geojson = "geojson"
    requests = "requests"
    all = "all"


#: where each format is written unless the command says otherwise; ``ics`` and ``all`` are folders
PLACES = {
    Format.xlsx: Path("calendar.xlsx"),
    Format.html: Path("calendar.html"),
    Format.ics: Path("ics"),
    Format.csv: Path("visits.csv"),
    Format.geojson: Path("tours.geojson"),
    Format.requests: Path("travel-requests.html"),
    Format.all: Path("out"),
}


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("export")(export)
    app.command("template")(template)


def export(
    plan: beside.PlanFile,
    format: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = Format.all,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="PATH",
            help="The file to write; for all, and for ics unless it ends in .ics, a folder.",
            show_default="by format: calendar.xlsx, ics, …",
        ),
    ] = None,
    problem: beside.ProblemFile = None,
    office: beside.OfficeFile = None,
    *,
    lang: options.LangOption,
) -> None:
    """Write a plan as a workbook, a page, feeds for phones, a table, a map or travel requests.

    patithin export out/plan.json --format xlsx -o calendar.xlsx --lang th
    patithin export out/plan.json --format ics -o feeds
    patithin export out/plan.json --format all -o everything

    Problem and names are read from problem.json and office.json beside the plan.
    """
    from api.exports.calendar import Calendar
    from api.exports.folder import write_everything
    from api.staging import staged_file, staged_folder

    made, stated, names = beside.read_beside(plan, problem, office)
    place = out or PLACES[format]
    if format is Format.all:
        write_everything(made, stated, names, place, lang.value)
    elif format is Format.ics and place.suffix != ".ics":
        with staged_folder(place) as folder:
            _write_feeds(Calendar(made, stated, names, lang.value), folder)
    else:
        with staged_file(place) as file:
            file.write_bytes(_content(format, Calendar(made, stated, names, lang.value)))
    typer.echo(place)


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


def _content(format: Format, calendar: Calendar) -> bytes:
    """The one file of a format, as bytes."""
    import json

    from api import exports

    plan, problem, office, lang = calendar.plan, calendar.problem, calendar.office, calendar.words.lang
    match format:
        case Format.xlsx:
            return exports.workbook(plan, problem, office, lang)
        case Format.csv:
            return exports.csv(plan, problem, office, lang)
        case Format.ics:
            return exports.feed(plan, problem, office, lang=lang)
        case Format.geojson:
            shapes = exports.geojson(plan, problem, office, lang)
            return f"{json.dumps(shapes, ensure_ascii=False, indent=1)}\n".encode()
        case Format.requests:
            return exports.travel_requests(plan, problem, office, lang).encode()
        case _:
            return exports.page(plan, problem, office, lang).encode()


def _write_feeds(calendar: Calendar, folder: Path) -> None:
    """One feed for each officer and each cooperative, as ``plan`` writes them into ``ics``."""
    from api.exports.feeds import Feeds
    from api.exports.filenames import file_names

    feeds = Feeds(calendar)
    for kind in ("officers", "cooperatives"):
        (folder / kind).mkdir()
    for id_, name in file_names(officer.id for officer in calendar.problem.officers).items():
        (folder / "officers" / f"{name}.ics").write_bytes(feeds.feed(officer=id_))
    for id_, name in file_names(cooperative.id for cooperative in calendar.problem.cooperatives).items():
        (folder / "cooperatives" / f"{name}.ics").write_bytes(feeds.feed(cooperative=id_))
