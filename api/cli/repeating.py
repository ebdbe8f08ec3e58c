"""``patithin repeat``: make a plan again from what its record says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli import beside
from api.cli.ending import DONE, RULE_BROKEN
from models.faults import Fault, InvalidInput


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("repeat")(repeat)


def repeat(
    plan: beside.PlanFile,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the plan that is made now.")
    ] = None,
    problem: beside.ProblemFile = None,
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
    from api.staging import write_text
    from optimizer.params import Params
    from optimizer.solving import solve
    from optimizer.sources import source_hash
    from optimizer.stopping import stop_of

    made, stated, _ = beside.read_beside(plan, problem, None)
    record = made.record
    if record is None or record.params is None or record.stop is None:
        cause = "A person or a program ended it, so its limit cannot be repeated."
        if record is None or record.params is None:
            cause = "It has no record of parameters and stop criteria, or parts of its search came from outside."
        raise InvalidInput([Fault("plan-unrepeatable", str(plan), cause, "Plan anew, with a limit in seconds.")])
    if record.problem_hash != stated.hash:
        cause = "The problem is not the one that the plan was made of."
        raise InvalidInput([Fault("plan-unrepeatable", str(plan), cause, "Name its own problem with --problem.")])
    if record.sources != source_hash():
        typer.echo(f"Made by other sources ({record.sources or record.version}); these may plan otherwise.", err=True)
    ready(stderr())
    params, stop = Params.model_validate(record.params), stop_of(record.stop)
    with shown(stderr()) as on_progress:
        again = watched(lambda: solve(stated, params, stop, on_progress))
    if out is not None:
        write_text(out, again.to_json())
    same = again.to_json().encode() == plan.read_bytes()
    if same:
        typer.echo("The same plan, byte for byte.")
    else:
        typer.echo(f"Another plan: {again.cost.total:,.2f} baht now, {made.cost.total:,.2f} then.")
    raise typer.Exit(DONE if same or not record.deterministic else RULE_BROKEN)
