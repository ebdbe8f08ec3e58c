"""The benchmark's figures as a Markdown table and as JSON, each with the protocol that made them."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from statistics import fmean

from api.benching.measuring import Trial
from api.language.proof import at_most


@dataclass(frozen=True, slots=True)
class Protocol:
    """How the runs were made: limit, seeds, and the machine."""

    seconds: float
    seeds: tuple[int, ...]
    params: str
    patithin: str
    ortools: str
    python: str
    machine: str
    cores: int


def protocol(seconds: float, seeds: tuple[int, ...], params: str) -> Protocol:
    """The protocol of runs made now, on this machine; ``params`` says in words which parameters steer them."""
    machine = f"{platform.system()} {platform.machine()}"
    cores = os.cpu_count() or 1
    made_by = (version("patithin"), version("ortools"), platform.python_version())
    return Protocol(seconds, seeds, params, *made_by, machine, cores)


_COLUMNS: dict[str, Callable[[Trial], str]] = {
    "instance": lambda run: run.instance,
    "seed": lambda run: str(run.seed),
    "cost": lambda run: _number(run.cost, 2),
    "bound": lambda run: _number(run.bound, 2),
    "gap to bound": lambda run: gap_percent(run.gap),
    "best known": lambda run: _number(run.best_known, 2),
    "above it": lambda run: percent(run.above_best_known),
    "first plan, s": lambda run: _number(run.first_plan, 1),
    "within 1 % of final, s": lambda run: _number(run.near_final, 1),
    "peak memory, MB": lambda run: _number(run.memory, 0),
    "cores at work": lambda run: _number(run.cores, 1),
    "planned": lambda run: f"{run.planned}/{run.visits}",
    "rules broken": lambda run: str(len(run.broken)),
}


def markdown(made: Protocol, runs: Sequence[Trial]) -> str:
    """A page with the protocol, the mean of each class of instances, every run, and what failed."""
    seeds = ", ".join(map(str, made.seeds))
    lines = [
        "# Benchmark",
        "",
        f"{made.seconds:g} s a run, seeds {seeds}, {made.params}; each run alone in a process of its own.",
        f"Patithin {made.patithin}, OR-Tools {made.ortools}, Python {made.python}, {made.machine}, {made.cores} cores.",
        "",
        *_table(("class", "runs", "mean gap to bound", "mean above best known", "worst above it"), _classes(runs)),
        "",
        *_table(tuple(_COLUMNS), [[show(run) for show in _COLUMNS.values()] for run in runs if run.failure is None]),
    ]
    for run in runs:
        lines += [f"- {run.instance}, seed {run.seed} failed: {run.failure}"] if run.failure else []
        lines += [f"- {run.instance}, seed {run.seed}, {broken}" for broken in run.broken]
    return "\n".join(lines) + "\n"


def as_json(made: Protocol, runs: Sequence[Trial]) -> str:
    """The same, with the whole trace of every run, for programs."""
    data = {"protocol": asdict(made), "runs": [run.to_dict() for run in runs]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _classes(runs: Sequence[Trial]) -> list[list[str]]:
    """One row for each class: what stands before the first ``-`` of an instance's name."""
    classes: dict[str, list[Trial]] = {}
    for run in runs:
        classes.setdefault(run.instance.partition("-")[0], []).append(run)
    rows = []
    for name, members in classes.items():
        gaps = [run.gap for run in members if run.gap is not None]
        above = [run.above_best_known for run in members if run.above_best_known is not None]
        means = [tell(fmean(values) if values else None) for tell, values in ((gap_percent, gaps), (percent, above))]
        rows.append([name, str(len(members)), *means, percent(max(above, default=None))])
    return rows


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    rule = ["---", *["---:"] * (len(head) - 1)]
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def gap_percent(gap: float | None) -> str:
    """A gap as everywhere else rounded up, ``1.24%`` of 0.01231; a dash for what is not known."""
    return "–" if gap is None else f"{at_most(gap, 10_000):.2%}"


def percent(share: float | None) -> str:
    """``1.23%`` of 0.0123, without a negative zero; a dash for what is not known."""
    return "–" if share is None else f"{round(share, 4) + 0.0:.2%}"
