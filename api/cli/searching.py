"""``patithin search``: words in the reports of the visits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli import beside, options


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("search")(search)


def search(
    plan: beside.PlanFile,
    handbook: Annotated[Path, typer.Argument(metavar="HANDBOOK", help="The handbook filled in.")],
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What is sought, word by word.")],
    problem: beside.ProblemFile = None,
    office: beside.OfficeFile = None,
    *,
    lang: options.LangOption,
) -> None:
    """Find words in the reports of the visits; Thai is broken into words first.

    patithin search out/plan.json handbook.xlsx งบทดลอง

    Needs the extra search: pip install "patithin[search]"
    """
    from api.circle.telling import Telling
    from models.handbook.context import Context
    from models.handbook.reading import read_handbook
    from models.handbook.records import Records, day_of
    from models.handbook.searching import search as found_in

    context = Context(*beside.read_beside(plan, problem, office))
    reports = read_handbook(handbook, context)
    records = Records(context, reports, day_of(context, reports))
    tell = Telling(records, lang.value)
    for found in found_in(records, " ".join(words)):
        date = tell.words.date(found.date) if found.date else tell.words("not_held")
        typer.echo(f"{found.visit}  {date}  {tell.names.cooperative(found.cooperative)}  “{found.text}”")
