"""What lies beside a plan file: its problem, and names and places where there are any."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from models.office import Office
    from models.plan import Plan
    from models.problem import Problem

PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help="A plan file, visit-plan/1.")]
ProblemFile = Annotated[
    Path | None, typer.Option("--problem", metavar="FILE", help="Its problem.", show_default="problem.json beside it")
]
OfficeFile = Annotated[
    Path | None,
    typer.Option("--office", metavar="FILE", help="Names and places.", show_default="office.json beside it, if there"),
]


def read_beside(plan: Path, problem: Path | None, office: Path | None) -> tuple[Plan, Problem, Office | None]:
    """The plan with its problem and, where there is one, its office.

    Raises:
        InvalidInput: with every fault found.
    """
    from api.cli.ending import all_of
    from api.documents import OFFICE_FILE, PROBLEM_FILE, read_office_file, read_plan_file, read_problem_file

    names = office or plan.with_name(OFFICE_FILE)

    def named() -> Office | None:
        return read_office_file(names) if office is not None or names.exists() else None

    stated, _, known = all_of(
        lambda: read_problem_file(problem or plan.with_name(PROBLEM_FILE)), lambda: read_plan_file(plan), named
    )
    return read_plan_file(plan, stated), stated, known
