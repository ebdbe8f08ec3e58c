"""``patithin sample``: a sample office to look at, to plan and to change."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from api.cli import options
from models.faults import Fault, InvalidInput
from models.saying import both, said


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("sample")(sample)


def sample(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write; it must not exist yet.")],
    name: Annotated[
        str,
        typer.Option(metavar="NAME", help="Which sample office: khonkaen, a folder of tables; kalasin, a workbook."),
    ] = "khonkaen",
    *,
    lang: options.LangOption,
) -> None:
    """Write a sample office into a folder. Its places are real, its cooperatives and officers made up.

    patithin sample my-office
    patithin plan my-office
    """
    from api.language.terminal import worded
    from api.staging import staged_path
    from models.likeness import perhaps
    from patithin.samples import samples

    known = samples()
    faults = []
    if name not in known:
        cause = both(f"There is no sample {name!r}.", f"ไม่มีสำนักงานตัวอย่าง {name!r}")
        remedy = said("Give one of {choices}.", choices=", ".join(known))
        faults.append(Fault("option-value", "sample, --name", cause, perhaps(remedy, name, known)))
    if out.exists():
        remedy = both("Name another folder; nothing is overwritten.", "ระบุโฟลเดอร์อื่น จะไม่เขียนทับของเดิม")
        faults.append(Fault("file-exists", str(out), said("It is there already."), remedy))
    if faults:
        raise InvalidInput(faults)
    with staged_path(out) as staged:
        shutil.copytree(known[name], staged, ignore=shutil.ignore_patterns("*.py", "__pycache__", "sources"))
    typer.echo(worded("sampled", lang.value, out=out, name=name))
