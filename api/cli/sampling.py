"""``patithin sample``: a sample office to look at, to plan and to change."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from models.faults import Fault, InvalidInput


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("sample")(sample)


def sample(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write; it must not exist yet.")],
    name: Annotated[
        str, typer.Option("--name", help="Which sample office: khonkaen, a folder of tables; kalasin, a workbook.")
    ] = "khonkaen",
) -> None:
    """Write a sample office into a folder. Its places are real, its cooperatives and officers made up.

    patithin sample my-office
    patithin plan my-office
    """
    from api.staging import staged_path
    from patithin.samples import samples

    known = samples()
    faults = []
    if name not in known:
        names = ", ".join(known)
        faults.append(
            Fault("option-value", "sample, --name", f"There is no sample {name!r}.", f"Take one of: {names}.")
        )
    if out.exists():
        remedy = "Name another folder; nothing is overwritten."
        faults.append(Fault("file-exists", str(out), "There is something already.", remedy))
    if faults:
        raise InvalidInput(faults)
    with staged_path(out) as staged:
        shutil.copytree(known[name], staged, ignore=shutil.ignore_patterns("*.py", "__pycache__", "sources"))
    typer.echo(f"{out}: the sample office {name}. Its cooperatives and officers are illustrative.")
