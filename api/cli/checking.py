"""``patithin check``: the referee's word on a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli import options
from api.cli.ending import DONE, RULE_BROKEN
from api.cli.listing import list_doubts
from api.together import all_of


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("check")(check)


def check(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM", help="A problem file, visit-problem/1.")],
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="A plan file for it, visit-plan/1.")],
    *,
    lang: options.LangOption,
) -> None:
    """Check a plan against its problem: every broken rule, and the cost part by part.

    patithin check out/problem.json out/plan.json

    The referee knows nothing of how the plan was made; any plan of the format can be checked.
    Exit code 1 when a rule is broken.
    """
    from api.cli.screen import stdout
    from api.cli.summary import costs, gap
    from api.documents import read_plan_file, read_problem_file, require_of
    from api.exports.calendar import Calendar
    from api.language.teller import Teller
    from api.language.terminal import worded
    from api.language.verdicts import line
    from models.reckoning import reckoned
    from models.referee import violations

    stated, made = all_of(lambda: read_problem_file(problem), lambda: read_plan_file(plan))
    require_of(plan, made, stated)
    broken = violations(stated, made)
    screen = stdout()
    tell = Teller(stated, None, lang.value)
    for violation in broken:
        said = str(violation) if lang.value == "en" else line(violation, tell)
        screen.print(said, style="red", markup=False, soft_wrap=True)
    true, doubts = reckoned(stated, made, str(plan))
    list_doubts([] if broken else doubts, lang.value)  # a cost that is stated otherwise is among the broken rules
    calendar = Calendar(true, stated, None, lang.value)
    screen.print(costs(calendar))
    screen.print(gap(calendar), soft_wrap=True)
    if broken:
        screen.print(worded("broken", lang.value, number=len(broken)), style="bold red")
    else:
        screen.print(worded("kept", lang.value, tours=len(made.tours), unplanned=len(made.unplanned)))
    raise typer.Exit(RULE_BROKEN if broken else DONE)
