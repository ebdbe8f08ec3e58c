"""``patithin bench``: how good and how fast the optimizer is on a folder of problems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import options
from api.cli.ending import DONE, INTERRUPTED, RULE_BROKEN
from api.cli.suffixes import require_folder_name
from api.together import all_of

if TYPE_CHECKING:
    from api.benching.measuring import Trial


def register(app: typer.Typer) -> None:
    """Add the commands of this group to ``app``."""
    app.command("bench")(bench)


def bench(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Problem files, and best_known.csv where there is one.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the results are written.")] = Path(
        "bench-results"
    ),
    seconds: options.Seconds = 60.0,
    seeds: Annotated[str, typer.Option("--seeds", metavar="1,2,3", help="Solve every problem once with each.")] = "1",
    params: options.ParamsFile = None,
) -> None:
    """Solve every problem of a folder and tell cost, bound, gaps, times and memory.

    patithin bench problems --seconds 60 --seeds 1,2,3 --out results

    Each solve has a process of its own. Writes results.md, results.json and results.svg; a column compares with
    best_known.csv (columns instance, best_known). Exit code 1 when a plan breaks a rule or a run fails.
    """
    from api.benching.measuring import compile_search, measure, parse_seeds, problems_in, read_best_known
    from api.benching.tables import as_json, markdown, protocol
    from api.cli.screen import stdout
    from api.staging import require_writable, staged_folder

    def inputs() -> tuple[list[Path], dict[str, float]]:
        return all_of(lambda: problems_in(folder), lambda: read_best_known(folder / "best_known.csv"))

    def limits() -> tuple[int, ...]:
        _, chosen = all_of(lambda: options.steering(seconds, None, None, False, params), lambda: parse_seeds(seeds))
        return chosen

    (problems, known), chosen, _ = all_of(
        inputs, limits, lambda: all_of(lambda: require_folder_name(out), lambda: require_writable(out))
    )
    screen = stdout()
    runs: list[Trial] = []
    interrupted = False
    try:
        compile_search()
        for problem in problems:
            for seed in chosen:
                runs.append(measure(problem, seed, seconds, params, known.get(problem.stem)))
                screen.print(_line(runs[-1]), markup=False, soft_wrap=True)
    except KeyboardInterrupt:
        interrupted = True
    made = protocol(seconds, chosen, f"parameters of {params.name}" if params else "default parameters")
    with staged_folder(out) as staging:
        (staging / "results.md").write_text(markdown(made, runs), encoding="utf-8")
        (staging / "results.json").write_text(as_json(made, runs), encoding="utf-8")
        if any(run.cost for run in runs):
            from api.benching.pictures import svg

            (staging / "results.svg").write_text(svg(runs), encoding="utf-8")
    screen.print(markdown(made, runs), markup=False, soft_wrap=True)
    faulty = any(run.failure or run.broken for run in runs)
    raise typer.Exit(INTERRUPTED if interrupted else RULE_BROKEN if faulty else DONE)


def _line(run: Trial) -> str:
    if run.failure:
        return f"{run.instance}, seed {run.seed}: {run.failure}"
    from api.benching.tables import gap_percent, percent

    known = "" if run.above_best_known is None else f", {percent(run.above_best_known)} above best known"
    bound = "" if run.gap is None else f", gap {gap_percent(run.gap)}"
    return f"{run.instance}, seed {run.seed}: {run.cost:,.2f}{bound}{known}"
