"""What lies beside a plan file: its problem, and names and places where there are any."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.together import all_of

if TYPE_CHECKING:
    from models.faults import Fault
    from models.handbook.context import Context
    from models.handbook.reports import Handbook
    from models.office import Office
    from models.plan import Plan
    from models.problem import Problem

StandingPlan = Annotated[
    Path | None,
    typer.Argument(metavar="PLAN", help="A plan file or its folder; where none is named, the plan that stands."),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite what is there.")]
ProblemFile = Annotated[
    Path | None, typer.Option("--problem", metavar="FILE", help="Its problem.", show_default="problem.json beside it")
]
OfficeFile = Annotated[
    Path | None,
    typer.Option("--office", metavar="FILE", help="Names and places.", show_default="office.json beside it, if there"),
]


def named(plan: Path | None) -> Path:
    """The plan file that is meant.

    Raises:
        InvalidInput: none is named, and none stands in this folder.
    """
    from api.standing import plan_file

    return plan_file(plan, Path())


def read_from(plan: Path | None, problem: Path | None, office: Path | None) -> tuple[Path, ...]:
    """The files that :func:`read_beside` reads, whether they are there or not.

    Raises:
        InvalidInput: no plan is named, and none stands in this folder.
    """
    from api.documents import OFFICE_FILE, PROBLEM_FILE

    plan = named(plan)
    return plan, problem or plan.with_name(PROBLEM_FILE), office or plan.with_name(OFFICE_FILE)


def split(plan: Path | None, words: list[str] | None) -> tuple[Path | None, list[str]]:
    """The plan and the words after it, where the plan may have been left out: the first word is then no plan."""
    if plan is None or plan.suffix == ".json" or plan.exists():
        return plan, list(words or ())
    return None, [str(plan), *(words or ())]


def read_beside(
    plan: Path | None, problem: Path | None, office: Path | None, lang: str
) -> tuple[Plan, Problem, Office | None]:
    """The plan with its problem and, where there is one, its office.

    Its cost is the one that it has: where its file states another one, stderr tells so in ``lang``.

    Raises:
        InvalidInput: with every fault found.
    """
    from api.documents import OFFICE_FILE, PROBLEM_FILE, read_office_file, read_plan_file, read_problem_file

    plan = named(plan)
    names = office or plan.with_name(OFFICE_FILE)

    def known_office() -> Office | None:
        return read_office_file(names) if office is not None or names.exists() else None

    stated, made, known = all_of(
        lambda: read_problem_file(problem or plan.with_name(PROBLEM_FILE)), lambda: read_plan_file(plan), known_office
    )
    return as_it_is(plan, made, stated, lang), stated, known


def as_it_is(path: Path, plan: Plan, problem: Problem, lang: str) -> Plan:
    """The plan of ``problem`` read from ``path``, with the cost that it has; stderr tells what it states otherwise.

    Raises:
        InvalidInput: it names what the problem does not know.
    """
    from api.cli.listing import list_doubts
    from api.documents import require_of
    from models.reckoning import reckoned

    require_of(path, plan, problem)
    found, doubts = reckoned(problem, plan, str(path))
    list_doubts(doubts, lang)
    return found


def broken(path: Path, plan: Plan, problem: Problem, office: Office | None) -> list[Fault]:
    """What is wrong with a plan read from ``path`` that breaks rules: how many, and the first of them; else nothing."""
    from api.language.teller import Teller
    from api.language.verdicts import line
    from models.faults import Fault
    from models.referee import violations
    from models.saying import Said

    rules = violations(problem, plan)
    if not rules:
        return []
    first = line(rules[0], Teller(problem, office, "th"))
    number = "1 rule" if len(rules) == 1 else f"{len(rules)} rules"
    cause = Said(f"It breaks {number}: {rules[0]}", None, f"แผนผิดข้อกำหนด {len(rules)} ข้อ: {first}")
    remedy = Said("Mend it first; patithin check lists the rules.", None, "แก้แผนก่อน ดูรายการด้วย patithin check")
    return [Fault("plan-broken", str(path), cause, remedy)]


def read_reports(handbook: Path, context: Context, lang: str) -> Handbook:
    """The reports in a handbook's file; what is to be told of its cells goes to stderr in ``lang``.

    Raises:
        InvalidInput: with every fault found.
    """
    from api.cli.listing import list_doubts
    from models.handbook.reading import read_handbook

    doubts: list[Fault] = []
    reports = read_handbook(handbook, context, doubts)
    list_doubts(doubts, lang)
    return reports
