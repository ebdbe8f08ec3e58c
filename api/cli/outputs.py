"""``patithin export`` and ``template``: a plan for other programs and people, and the empty tables to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import beside, options
from api.cli.listing import list_doubts
from api.cli.suffixes import require_folder_name, require_no_tables, require_suffix
from api.formats import Format
from api.together import all_of
from models.faults import Fault, InvalidInput
from models.saying import said

if TYPE_CHECKING:
    from models.plan import Plan

#: every format at once, in a folder
ALL = "all"


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("export")(export)
    app.command("template")(template)


def export(
    plan: beside.StandingPlan = None,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="|".join([*Format, ALL]), help="What to write.")
    ] = ALL,
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
    force: beside.Force = False,
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
    from api.exports.editions import edition_of
    from api.exports.folder import write_everything
    from api.formats import Part
    from api.staging import staged_path
    from api.standing import require_new

    wanted, (made, stated, names), edition = all_of(
        lambda: _format(format),
        lambda: beside.read_beside(plan, problem, office, lang.value),
        lambda: edition_of(beside.named(plan).parent),
    )
    place = out or Path("everything" if wanted is None else wanted.file)
    _require_suffix(place, wanted)
    _require_own(place, beside.named(plan), made, force)
    list_doubts(beside.broken(beside.named(plan), made, stated, names), lang.value)
    if wanted is None:
        write_everything(made, stated, names, place, lang.value, edition)
    else:
        if place.is_file():
            require_new(place, force)
        with staged_path(place) as staged:
            wanted.write(Part(Calendar(made, stated, names, lang.value), edition), staged)
    typer.echo(place)


def _require_suffix(place: Path, wanted: Format | None) -> None:
    """See that no file bears the ending of another kind of file than it is.

    Raises:
        InvalidInput: it would.
    """
    if wanted is None or (wanted is Format.ics and place.suffix.lower() != ".ics"):
        require_folder_name(place)
        require_no_tables(place)
    else:
        own = Path(wanted.file).suffix or ".ics"
        require_suffix(place, *([own, ".json"] if wanted is Format.geojson else [own]))


def _require_own(place: Path, plan: Path, made: Plan, force: bool) -> None:
    """See that no other plan, and not the plan file itself, is overwritten by its outputs.

    Raises:
        InvalidInput: it would be, and there is no ``force``.
    """
    from api.documents import OFFICE_FILE, PLAN_FILE, PROBLEM_FILE, read_plan_file
    from api.standing import require_new

    inside = place / PLAN_FILE
    if inside.exists() and read_plan_file(inside) != made:
        require_new(inside, force)
    if place.resolve() in (plan.resolve(), *(plan.with_name(name).resolve() for name in (PROBLEM_FILE, OFFICE_FILE))):
        require_new(place, force)


def _format(name: str) -> Format | None:
    """The format of this name; None for all of them.

    Raises:
        InvalidInput: there is none.
    """
    if name == ALL:
        return None
    if name in list(Format):
        return Format[name]
    cause = said("There is no format {name}.", name=repr(name))
    remedy = said("Give one of {choices}.", choices=", ".join([*Format, ALL]))
    raise InvalidInput([Fault("option-value", "--format", cause, remedy)])


def template(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The workbook to write.")],
    force: beside.Force = False,
    *,
    lang: options.LangOption,
) -> None:
    """Write an office's workbook to fill in: empty tables with headings, drop-downs and notes.

    patithin template office.xlsx --lang th

    Fill it in, then: patithin plan office.xlsx
    """
    from api.language.terminal import worded
    from api.staging import staged_file
    from api.standing import require_new
    from models.template import write_template

    if file.suffix.lower() != ".xlsx":
        cause, remedy = said("It is not the name of a workbook."), said("Give a name that ends in .xlsx.")
        raise InvalidInput([Fault("option-value", str(file), cause, remedy)])
    require_new(file, force)  # it may be filled in
    with staged_file(file) as staged:
        write_template(staged, lang.value)
    typer.echo(worded("fill_in", lang.value, file=file))
