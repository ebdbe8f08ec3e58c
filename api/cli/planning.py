"""``patithin plan``, ``problem`` and ``solve``: from an office's tables, or any problem, to a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.cli import beside, options
from api.cli.ending import DONE, INTERRUPTED
from api.cli.listing import list_doubts
from api.cli.suffixes import require_folder_name, require_no_tables, require_suffix
from api.together import all_of

if TYPE_CHECKING:
    from api.cli.interrupts import Interrupts
    from api.language.outlook import Curve
    from models.office import Office
    from models.plan import Plan
    from models.problem import Problem

Source = Annotated[
    Path,
    typer.Argument(metavar="FOLDER|WORKBOOK", help="An office: a folder of tables, or one .xlsx workbook with them."),
]

PhaseOption = Annotated[
    Literal["visits", "preparation"],
    typer.Option("--phase", help="The visits of the horizon, or those on which their content is prepared."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("plan")(plan)
    app.command("problem")(problem)
    app.command("solve")(solve)


def plan(
    source: Source,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where everything is written.")] = Path("out"),
    seconds: options.Seconds = 60.0,
    gap: options.Gap = None,
    seed: options.Seed = None,
    deterministic: options.Deterministic = False,
    params: options.ParamsFile = None,
    force: beside.Force = False,
    phase: PhaseOption = "visits",
    *,
    lang: options.LangOption,
) -> None:
    """Plan an office, and write calendar, feeds, travel requests and the plan itself.

    patithin plan data/khonkaen
    patithin plan office.xlsx --out august --seconds 300 --lang th
    patithin plan data/khonkaen --gap 0.05
    patithin plan data/khonkaen --phase preparation --out preparation

    Ctrl-C ends the search early and still writes the best plan found; exit code 130 says so.
    """
    from api.cli.interrupts import interrupts_in
    from api.cli.screen import stdout
    from api.cli.summary import summary
    from api.documents import PLAN_FILE
    from api.exports import write_everything
    from api.exports.calendar import Calendar
    from api.staging import require_writable
    from api.standing import note_standing, require_new, standing
    from models.intake import read_office

    book, steering, _ = all_of(
        lambda: read_office(source, phase),
        lambda: options.steering(seconds, gap, seed, deterministic, params),
        lambda: all_of(
            lambda: all_of(lambda: require_folder_name(out), lambda: require_no_tables(out)),
            lambda: require_writable(out),
            lambda: require_new(out / PLAN_FILE, force),
        ),
    )
    list_doubts(book.warnings, lang.value)
    with interrupts_in(lang.value) as interrupts:
        made, curve = _solved(book.problem, steering, interrupts, lang.value)
        files = write_everything(made, book.problem, book.office, out, lang.value)
    if standing(Path()) is None:
        note_standing(out, Path())
    stdout().print(summary(Calendar(made, book.problem, book.office, lang.value), files, curve))
    _finish(interrupts)


def problem(
    source: Source,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The problem file to write.")] = Path(
        "problem.json"
    ),
    phase: PhaseOption = "visits",
    force: beside.Force = False,
    *,
    lang: options.LangOption,
) -> None:
    """Turn an office's tables into a problem file; names and places go into office.json beside it.

    patithin problem data/khonkaen -o problem.json
    """
    from api.documents import write_office
    from api.language.terminal import worded
    from api.staging import write_text
    from api.standing import require_new
    from models.intake import read_office

    book, _, _ = all_of(
        lambda: read_office(source, phase),
        lambda: require_suffix(out, ".json"),
        lambda: require_new(out, force, *_files(source)),
    )
    list_doubts(book.warnings, lang.value)
    write_text(out, book.problem.to_json())
    names = write_office(_place_of_names(out, book.office, force), book.office)
    visits, cooperatives = len(book.problem.visits), len(book.problem.cooperatives)
    typer.echo(worded("problem_made", lang.value, out=out, visits=visits, cooperatives=cooperatives, beside=names))


def _files(source: Path) -> list[Path]:
    """An office's own files; none that cannot be listed, which whoever reads them tells."""
    try:
        return [source, *source.iterdir()] if source.is_dir() else [source]
    except OSError:
        return []


def _place_of_names(out: Path, office: Office, force: bool) -> Path:
    """Where the names beside the problem ``out`` go: not over the problem itself, nor over those of another office."""
    from api.documents import OFFICE_FILE, office_text

    usual = out.with_name(OFFICE_FILE)
    foreign = usual.exists() and not force and usual.read_bytes() != office_text(office).encode()
    return out.with_name(f"{out.stem}.{OFFICE_FILE}") if foreign or usual.name == out.name else usual


def solve(
    source: Annotated[Path, typer.Argument(metavar="PROBLEM", help="A problem file, visit-problem/1.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The plan file to write.")] = Path(
        "plan.json"
    ),
    seconds: options.Seconds = 60.0,
    gap: options.Gap = None,
    seed: options.Seed = None,
    deterministic: options.Deterministic = False,
    params: options.ParamsFile = None,
    force: beside.Force = False,
    *,
    lang: options.LangOption,
) -> None:
    """Solve any problem file of the contract, and write its plan.

    patithin solve problem.json -o plan.json
    patithin solve problem.json -o plan.json --seconds 20 --deterministic --seed 7

    Ctrl-C ends the search early and still writes the best plan found; exit code 130 says so.
    """
    from api.cli.interrupts import interrupts_in
    from api.cli.screen import stdout
    from api.cli.summary import summary
    from api.documents import read_problem_file
    from api.exports.calendar import Calendar
    from api.staging import require_writable, write_text
    from api.standing import require_new

    stated, steering, _ = all_of(
        lambda: read_problem_file(source),
        lambda: options.steering(seconds, gap, seed, deterministic, params),
        lambda: all_of(
            lambda: require_suffix(out, ".json"),
            lambda: require_writable(out),
            lambda: require_new(out, force, source),
        ),
    )
    with interrupts_in(lang.value) as interrupts:
        made, curve = _solved(stated, steering, interrupts, lang.value)
        write_text(out, made.to_json())
    stdout().print(summary(Calendar(made, stated, None, lang.value), [out], curve))
    _finish(interrupts)


def _solved(problem: Problem, steering: options.Steering, interrupts: Interrupts, lang: str) -> tuple[Plan, Curve]:
    """The plan, and how cost and bound moved on the way to it."""
    from api.cli.progress import shown
    from api.cli.screen import stderr
    from api.cli.warming import ready
    from api.cli.watching import watched
    from api.language.outlook import Curve
    from optimizer.solving import solve
    from optimizer.stopping import AnyOf, Progress

    stop = AnyOf(*steering.stops, interrupts.cancel)
    ready(stderr(), lang)
    curve = Curve()
    with shown(stderr(), lang) as show:

        def on_progress(progress: Progress) -> None:
            curve(progress)
            show(progress)

        return watched(lambda: solve(problem, params=steering.params, stop=stop, on_progress=on_progress)), curve


def _finish(interrupts: Interrupts) -> None:
    raise typer.Exit(INTERRUPTED if interrupts.asked else DONE)
