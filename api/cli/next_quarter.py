"""``patithin next``: the next quarter's office out of this one's plan and reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import beside, options
from api.cli.circle import Day, Reports, doubt_day, plan_and_handbook
from api.cli.listing import list_doubts
from api.cli.suffixes import require_folder_name
from api.together import all_of
from models.faults import Fault, InvalidInput

if TYPE_CHECKING:
    from models.handbook.reports import Handbook
    from models.plan import Plan
    from models.problem import Problem


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("next")(next_)


def next_(
    office: Annotated[Path, typer.Argument(metavar="FOLDER|WORKBOOK", help="This quarter's office.")],
    first: Annotated[str, typer.Option("--first", metavar="DATE", help="The first day of the next quarter.")],
    last: Annotated[str, typer.Option("--last", metavar="DATE", help="Its last day.")],
    plan: beside.StandingPlan = None,
    handbook: Reports = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder to write to.")] = Path("next"),
    refuse: Annotated[
        Path | None,
        typer.Option("--refuse", metavar="FILE", help="A _changes.csv with no under accept where a line is not to be."),
    ] = None,
    day: Day = None,
    problem: beside.ProblemFile = None,
    force: beside.Force = False,
    *,
    lang: options.LangOption,
) -> None:
    """Make the office's tables for the next quarter out of this one's plan and reports; a workbook stays one.

    patithin next data/khonkaen out/plan.json handbook.xlsx --first 2012-11-01 --last 2013-01-31 -o next

    next.html says line by line what changed and why, _changes.csv is for refusing lines. Then: patithin plan next
    """
    from api.circle.next_page import next_files
    from api.language.terminal import worded
    from api.staging import staged_folder
    from models.next_quarter.changes import read_refused
    from models.next_quarter.making import next_quarter

    (begin, end, until), (made_plan, stated, reports), _ = all_of(
        lambda: _days(first, last, day),
        lambda: _quarter(office, *plan_and_handbook(plan, handbook), problem, lang.value),
        lambda: _require_place(out, force),
    )
    doubt_day(stated, until, lang.value)
    made = next_quarter(office, made_plan, stated, reports, begin, end, until)
    refused = read_refused(refuse, made.changes) if refuse is not None else frozenset()
    with staged_folder(out) as folder:
        made.write(folder, refused)
        for name, text in next_files(made, lang.value, refused).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    page, changed = out / "next.html", len(made.changes)
    typer.echo(worded("rolled_over", lang.value, out=out, number=changed, refused=len(refused), page=page))
    list_doubts([replace(doubt, where=f"--{doubt.where} {first}") for doubt in made.rollover.doubts], lang.value)
    if made.rollover.unreported:
        typer.echo(worded("unreported", lang.value, number=len(made.rollover.unreported)), err=True)
    _told_unplannable(out, lang.value)


def _days(first: str, last: str, day: str | None) -> tuple[dt.date, dt.date, dt.date | None]:
    """The days that the options say.

    Raises:
        InvalidInput: with each that is none, or because the last lies before the first.
    """
    from models.next_quarter.making import backwards

    begin, end, until = all_of(
        lambda: options.date_of("--first", first),
        lambda: options.date_of("--last", last),
        lambda: options.date_of("--day", day),
    )
    if faults := list(backwards(begin, end, "--last")):
        raise InvalidInput(faults)
    return begin, end, until


def _quarter(
    office: Path, plan: Path | None, handbook: Path, problem: Path | None, lang: str
) -> tuple[Plan, Problem, Handbook]:
    """The plan of this quarter's office, its problem, and the reports of its visits.

    Raises:
        InvalidInput: with every fault; of a plan of another office or quarter that alone, since much follows from it.
    """
    from api.documents import PROBLEM_FILE, read_plan_file, read_problem_file
    from models.handbook.context import Context
    from models.intake import read_office
    from models.next_quarter.making import foreign

    file = beside.named(plan)
    stated, made, book = all_of(
        lambda: read_problem_file(problem or file.with_name(PROBLEM_FILE)),
        lambda: read_plan_file(file),
        lambda: read_office(office),
    )
    made = beside.as_it_is(file, made, stated, lang)
    if faults := list(foreign(book, stated)):
        raise InvalidInput(faults)
    return made, stated, beside.read_reports(handbook, Context(made, stated, book.office), lang)


def _told_unplannable(out: Path, lang: str) -> None:
    """Say what a planner has to mend in the next quarter's office before it can be planned, by its files in ``out``.

    Raises:
        InvalidInput: there is something to mend.
    """
    from api.language.terminal import worded
    from models.intake import read_office

    try:
        read_office(out)
    except InvalidInput as error:
        typer.echo(worded("next_unplannable", lang, out=out), err=True)
        raise InvalidInput(map(partial(_within, out), error.faults), error.warnings) from None


def _within(folder: Path, fault: Fault) -> Fault:
    """The fault of a file, with the folder that the file lies in."""
    if fault.place is None or "file" not in fault.place.parts:
        return fault
    return replace(fault, where=fault.place.at(file=str(folder / str(fault.place.parts["file"]))))


def _require_place(out: Path, force: bool) -> None:
    """See that the next quarter's office can be written to ``out``; a planner may have gone on with one there.

    Raises:
        InvalidInput: it cannot, or there is one and no ``force``.
    """
    from api.staging import require_writable
    from api.standing import require_new
    from models.intake.reading import WORKBOOK

    all_of(lambda: require_folder_name(out), lambda: require_writable(out))
    for name in (WORKBOOK, "office.toml"):
        require_new(out / name, force)
