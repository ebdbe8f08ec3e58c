"""``patithin search``: words in the reports of the visits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli import beside, options
from models.faults import Fault, InvalidInput
from models.saying import both


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("search")(search)


def search(
    plan: beside.StandingPlan = None,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="HANDBOOK WORDS...", help="The handbook filled in, and what is sought, word by word."),
    ] = None,
    problem: beside.ProblemFile = None,
    office: beside.OfficeFile = None,
    *,
    lang: options.LangOption,
) -> None:
    """Find words in the reports of the visits; Thai is broken into words first.

    patithin search out/plan.json handbook.xlsx งบทดลอง
    patithin search handbook.xlsx งบทดลอง

    Needs the extra search: pip install "patithin[search]"
    """
    from api.circle.telling import Telling
    from api.language.terminal import worded
    from models.handbook.context import Context
    from models.handbook.records import Records
    from models.handbook.searching import search as found_in

    plan, handbook, sought = _split(plan, words)
    context = Context(*beside.read_beside(plan, problem, office, lang.value))
    reports = beside.read_reports(handbook, context, lang.value)
    records = Records.until(context, reports)
    tell = Telling(records, lang.value)
    texts = found_in(records, " ".join(sought))
    if not texts:
        typer.echo(worded("no_text", lang.value, words=" ".join(sought), reports=len(reports.reports)), err=True)
    for found in texts:
        date = tell.words.date(found.date) if found.date else tell.words("not_held")
        typer.echo(f"{found.visit}  {date}  {tell.names.cooperative(found.cooperative)}  “{found.text}”")


def _split(plan: Path | None, words: list[str] | None) -> tuple[Path | None, Path, list[str]]:
    """The plan, where one is named, the handbook, and the words that are sought.

    Raises:
        InvalidInput: the handbook is missing, or the words.
    """
    from models.reading import WORKBOOK_SUFFIXES

    given = list(words or ())
    if plan is not None and plan.suffix.lower() in WORKBOOK_SUFFIXES:
        plan, given = None, [str(plan), *given]
    if len(given) < 2:
        cause = both("The handbook and the words are missing.", "ขาดคู่มือการทำงานและคำที่ค้น")
        remedy = both("Write: patithin search handbook.xlsx WORDS", "เขียน: patithin search handbook.xlsx คำที่ค้น")
        raise InvalidInput([Fault("command-usage", "patithin search", cause, remedy)])
    return plan, Path(given[0]), given[1:]
