"""``patithin repeat``: make a plan again from what its record says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import beside, options
from api.cli.ending import DONE, RULE_BROKEN
from api.cli.suffixes import require_suffix
from api.together import all_of
from models.faults import Fault, InvalidInput
from models.saying import both

if TYPE_CHECKING:
    from models.plan import Plan, Record
    from models.problem import Problem


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("repeat")(repeat)


def repeat(
    plan: beside.StandingPlan = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the plan that is made now.")
    ] = None,
    problem: beside.ProblemFile = None,
    force: beside.Force = False,
    *,
    lang: options.LangOption,
) -> None:
    """Plan again by a plan's record: the same problem, parameters, seed and limit.

    patithin repeat out/plan.json
    patithin repeat out/plan.json -o again.json

    A deterministic plan comes out byte for byte (exit code 0) or the command says that it does not (1). One that
    was limited by the clock is made as long again; its cost is told beside the former one.
    """
    from api.cli.progress import shown
    from api.cli.screen import stderr
    from api.cli.warming import ready
    from api.cli.watching import watched
    from api.language.terminal import worded
    from api.staging import write_text
    from api.standing import require_new
    from optimizer.params import Params
    from optimizer.solving import solve
    from optimizer.sources import source_hash
    from optimizer.stopping import stop_of

    plan = beside.named(plan)
    read = beside.read_from(plan, problem, None)
    (made, stated, _), _ = all_of(
        lambda: beside.read_beside(plan, problem, None, lang.value),
        lambda: all_of(lambda: require_suffix(out, ".json"), lambda: require_new(out, force, *read)),
    )
    record = _repeatable(plan, made, stated)
    params, stop = Params.model_validate(record.params), stop_of(record.stop or {})
    if record.sources != source_hash():
        typer.echo(worded("other_sources", lang.value, sources=record.sources or record.version), err=True)
    ready(stderr(), lang.value)
    with shown(stderr(), lang.value) as on_progress:
        again = watched(lambda: solve(stated, params, stop, on_progress))
    if out is not None:
        write_text(out, again.to_json())
    same = again.to_json().encode() == plan.read_bytes()
    if same:
        typer.echo(worded("same_plan", lang.value))
    else:
        now, then = f"{again.cost.total:,.2f}", f"{made.cost.total:,.2f}"
        typer.echo(worded("another_plan", lang.value, now=now, then=then))
    raise typer.Exit(DONE if same or not record.deterministic else RULE_BROKEN)


def _repeatable(path: Path, made: Plan, stated: Problem) -> Record:
    """How the plan in ``path`` was made, with its parameters and stop criteria.

    Raises:
        InvalidInput: that is not known, or the problem is another.
    """
    record = made.record
    if record is None or record.params is None:
        cause = both(
            "It has no record of parameters and stop criteria, or parts of its search came from outside.",
            "แผนไม่ได้บันทึกว่าจัดขึ้นอย่างไร หรือใช้วิธีค้นหาจากภายนอก",
        )
    elif record.stop is None:
        cause = both(
            "A person or a program ended it, so its limit cannot be repeated.",
            "การค้นหาถูกสั่งให้จบก่อน จึงทำซ้ำให้เหมือนเดิมไม่ได้",
        )
    elif record.problem_hash != stated.hash:
        cause = both("The problem is not the one that the plan was made of.", "โจทย์นี้ไม่ใช่โจทย์ที่ใช้จัดแผน")
        remedy = both("Name its own problem with --problem.", "ระบุโจทย์ของแผนด้วย --problem")
        raise InvalidInput([Fault("plan-unrepeatable", str(path), cause, remedy)])
    else:
        return record
    remedy = both("Plan anew, with a limit in seconds.", "จัดแผนใหม่โดยกำหนดเวลาเป็นวินาที")
    raise InvalidInput([Fault("plan-unrepeatable", str(path), cause, remedy)])
