"""``patithin readiness``: how far the content of each issue is, who is next, and what comes too late."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli import beside, options
from api.cli.suffixes import require_suffix
from api.together import all_of
from models.faults import Fault, InvalidInput
from models.saying import both


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("readiness")(readiness)


def readiness(
    plan: beside.StandingPlan = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE.html", help="Write it as a page, too.")
    ] = None,
    day: Annotated[
        str | None, typer.Option("--day", metavar="DATE", help="As of this day.", show_default="before the first tour")
    ] = None,
    problem: beside.ProblemFile = None,
    office: beside.OfficeFile = None,
    force: beside.Force = False,
    *,
    lang: options.LangOption,
) -> None:
    """Say how far the content of each issue is: who is next, what is overdue, what is not ready by its first visit.

    patithin readiness out/plan.json --lang th
    patithin readiness out/plan.json --day 2012-07-20 -o readiness.html

    When content slips: patithin replan out/plan.json --slips ISSUE:DATE
    """
    from rich import box
    from rich.table import Table

    from api.circle.readiness import readiness_page, rows_of
    from api.cli.screen import stdout
    from api.language.terminal import worded
    from api.staging import write_text
    from api.standing import require_new
    from models.preparation import readiness as found_readiness

    (made, stated, known), until, _ = all_of(
        lambda: beside.read_beside(plan, problem, office, lang.value),
        lambda: options.date_of("--day", day),
        lambda: all_of(lambda: require_suffix(out, ".html", ".htm"), lambda: require_new(out, force)),
    )
    if known is None:
        cause = both("Readiness is told by the office's issues.", "ความพร้อมดูจากประเด็นของสำนักงาน")
        remedy = both("Give the office.json that the command plan wrote.", "ระบุ office.json ที่คำสั่ง plan เขียนไว้")
        raise InvalidInput([Fault("file-missing", "office.json", cause, remedy)])
    start = until or min([tour.date for tour in made.tours] or list(stated.workdays[:1]))
    found = found_readiness(known, stated, made, start)
    heads, rows = rows_of(made, stated, known, found, lang.value)
    if not rows:
        typer.echo(worded("no_readiness", lang.value))
    table = Table(*heads, box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    if rows:
        stdout().print(table)
    if out is not None:
        write_text(out, readiness_page(made, stated, known, found, start, lang.value))
        typer.echo(out)
