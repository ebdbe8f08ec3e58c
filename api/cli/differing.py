"""``patithin diff``: two plans side by side."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli import beside, options
from api.cli.listing import list_doubts
from api.cli.suffixes import require_suffix
from api.together import all_of
from models.faults import Fault, InvalidInput
from models.saying import both


class View(StrEnum):
    """What a comparison can be written as."""

    text = "text"
    html = "html"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("diff")(diff)


def diff(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="A plan file, its problem.json beside it.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="Another plan file of the same office.")],
    format: Annotated[View, typer.Option("--format", "-f", help="How to show it.")] = View.text,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write it there instead of the terminal.")
    ] = None,
    problem: beside.ProblemFile = None,
    office: beside.OfficeFile = None,
    force: beside.Force = False,
    *,
    lang: options.LangOption,
) -> None:
    """Two plans side by side: visits moved, new leads, new crews, left out; the cost by part, by the later's account.

    patithin diff out/plan.json replan/balanced/plan.json
    patithin diff out/plan.json replan/balanced/plan.json --format html -o changes.html
    """
    from api.cli.screen import stdout
    from api.language.teller import Teller
    from api.staging import write_text
    from api.standing import require_new
    from api.telling import differences as told
    from optimizer.comparing.differences import differences

    own = {View.text: (".txt",), View.html: (".html", ".htm"), View.json: (".json",)}[format]
    read = [path for plan in (before, after) for path in beside.read_from(plan, problem, office)]
    (old, former, names), (new, stated, known), _ = all_of(
        lambda: beside.read_beside(before, problem, office, lang.value),
        lambda: beside.read_beside(after, problem, office, lang.value),
        lambda: all_of(lambda: require_suffix(out, *own), lambda: require_new(out, force, *read)),
    )
    visits = former.visit_by_id.keys(), stated.visit_by_id.keys()
    if any(visits) and visits[0].isdisjoint(visits[1]):
        cause = both("It has no visit in common with the other plan.", "ไม่มีการเข้าส่งเสริมใดตรงกับอีกแผน")
        remedy = both("Compare two plans of one office.", "เทียบสองแผนของสำนักงานเดียวกัน")
        raise InvalidInput([Fault("option-value", str(after), cause, remedy)])
    doubts = [*beside.broken(before, old, former, names), *beside.broken(after, new, stated, known)]
    list_doubts(doubts, lang.value)
    tell = Teller(stated, known, lang.value)
    found = differences(old, new, stated, former)
    if format is View.text and out is None:
        screen = stdout()
        for part in told.text(found, tell):
            screen.print(part)
        return
    content = {View.html: told.html, View.json: lambda found, tell: told.as_json(found), View.text: told.plain}[format]
    if out is None:
        typer.echo(content(found, tell), nl=False)
    else:
        write_text(out, content(found, tell))
        typer.echo(str(out))
