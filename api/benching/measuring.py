"""One run of the benchmark: which problem, which seed, and the figures its process brought back."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from models.faults import Fault, InvalidInput
from models.reading import read_text
from models.saying import both, place, said

#: a cost is near the final one within this share of it
NEAR = 0.01
#: a process that takes longer than ``GRACE`` times its limit and ``STARTING`` seconds has failed
GRACE, STARTING = 3.0, 300.0


class Point(NamedTuple):
    """How a run stood ``seconds`` after its start: best cost and bound in baht, None where there was none."""

    seconds: float
    best: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What one solve of one problem with one seed came to.

    ``cost`` and ``bound`` in baht, ``seconds`` of the whole solve, ``memory`` the peak in MB (None where the system
    does not tell), ``cores`` how many were at work for it on average, ``broken`` the rules that the plan breaks,
    ``trace`` how best cost and bound went, ``best_known`` a published total or None, ``failure`` what the process said
    when it brought no plan.
    """

    instance: str
    seed: int
    cost: float | None = None
    bound: float | None = None
    status: str | None = None
    planned: int = 0
    visits: int = 0
    seconds: float = 0.0
    memory: float | None = None
    cores: float | None = None
    broken: tuple[str, ...] = ()
    trace: tuple[Point, ...] = ()
    best_known: float | None = None
    failure: str | None = None

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost, None without a plan or a bound."""
        if self.cost is None or self.bound is None:
            return None
        return (self.cost - self.bound) / self.cost if self.cost > 0 else 0.0

    @property
    def above_best_known(self) -> float | None:
        """cost / best known - 1, None without a plan or a best known total; negative for a cheaper plan."""
        if self.cost is None or not self.best_known:
            return None
        return self.cost / self.best_known - 1

    @property
    def first_plan(self) -> float | None:
        """Seconds from the solve's start to its first complete plan."""
        return next((point.seconds for point in self.trace if point.best is not None), None)

    @property
    def near_final(self) -> float | None:
        """Seconds from the solve's start until the best cost was within 1 % of the final one."""
        if self.cost is None:
            return None
        limit = self.cost + abs(self.cost) * NEAR
        return next((p.seconds for p in self.trace if p.best is not None and p.best <= limit), None)

    def to_dict(self) -> dict[str, Any]:
        """All figures, the derived ones too, as a JSON object."""
        derived = ("gap", "above_best_known", "first_plan", "near_final")
        return asdict(self) | {name: getattr(self, name) for name in derived}


def compile_search() -> None:
    """Have the search compiled, so that no run's time is spent on it."""
    subprocess.run([sys.executable, "-m", "optimizer.warmup"], check=True, start_new_session=True)


def measure(problem: Path, seed: int, seconds: float, params: Path | None, best_known: float | None) -> Trial:
    """Solve ``problem`` in a fresh process for ``seconds`` and return its figures; a failure is a figure, too."""
    command = [sys.executable, "-m", "api.benching.solving", str(problem), str(seconds), str(seed)]
    command += [str(params)] if params else []
    limit = GRACE * seconds + STARTING
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=limit, start_new_session=True
        )
    except subprocess.TimeoutExpired:
        return Trial(problem.stem, seed, best_known=best_known, failure=f"the process did not end within {limit:.0f} s")
    if done.returncode != 0:
        said = done.stderr.strip() or f"the process ended with code {done.returncode}"
        return Trial(problem.stem, seed, best_known=best_known, failure=said)
    figures = json.loads(done.stdout)
    figures["trace"] = tuple(Point(*point) for point in figures["trace"])
    figures["broken"] = tuple(figures["broken"])
    return Trial(problem.stem, seed, best_known=best_known, **figures)


def problems_in(folder: Path) -> list[Path]:
    """The problem files of ``folder``, by name; other JSON files are passed over.

    Raises:
        InvalidInput: there is no such folder, or no problem file in it.
    """
    if not folder.is_dir():
        raise InvalidInput(
            [
                Fault(
                    "file-missing",
                    str(folder),
                    both("There is no such folder.", "ไม่พบโฟลเดอร์นี้"),
                    said("Check the path."),
                )
            ]
        )
    found = [path for path in sorted(folder.glob("*.json")) if _is_problem(path)]
    if not found:
        remedy = both(
            'Put problem files there: JSON with format "visit-problem/1".',
            'ใส่ไฟล์โจทย์ไว้ในนั้น: JSON ที่มี format "visit-problem/1"',
        )
        cause = both("It holds no problem file.", "ไม่มีไฟล์โจทย์")
        raise InvalidInput([Fault("file-missing", str(folder), cause, remedy)])
    return found


def read_best_known(path: Path) -> dict[str, float]:
    """The table ``best_known.csv``: columns ``instance`` and ``best_known``; empty where there is no such file.

    Raises:
        InvalidInput: with every row that cannot be read.
    """
    if not path.exists():
        return {}
    known: dict[str, float] = {}
    faults: list[Fault] = []
    rows = csv.DictReader(io.StringIO(read_text(path)))
    for column in ("instance", "best_known"):
        if column not in (rows.fieldnames or ()):
            cause = both(f"There is no column {column!r}.", f"ไม่มีคอลัมน์ {column!r}")
            remedy = both("Add it: instance, best_known.", "เพิ่มคอลัมน์: instance, best_known")
            faults.append(Fault("column-missing", place(file=str(path), row=1), cause, remedy))
    for row in () if faults else rows:
        try:
            known[row["instance"]] = float(row["best_known"])
        except (TypeError, ValueError):
            where = place(file=str(path), row=rows.line_num, column="best_known")
            cause = said("{value} is not a number.", value=repr(row["best_known"]))
            faults.append(Fault("cell-value", where, cause, said("Write digits only, such as 17.5.")))
    if faults:
        raise InvalidInput(faults)
    return known


#: of a seed
_MOST_DIGITS = 10


def parse_seeds(text: str) -> tuple[int, ...]:
    """The seeds in ``1,2,3``.

    Raises:
        InvalidInput: one of them is not a seed.
    """
    faults = [
        Fault(
            "option-value",
            "--seeds",
            both(f"{part.strip()!r} is not a seed.", f"{part.strip()!r} ไม่ใช่เลขเริ่มสุ่ม"),
            both("Write whole numbers from 0: 1,2,3.", "เขียนจำนวนเต็มตั้งแต่ 0: 1,2,3"),
        )
        for part in text.split(",")
        if not (part.strip().isdecimal() and len(part.strip()) <= _MOST_DIGITS and int(part) < 2**31)
    ]
    if faults:
        raise InvalidInput(faults)
    return tuple(dict.fromkeys(int(part) for part in text.split(",")))


def _is_problem(path: Path) -> bool:
    """Whether the file claims to be a problem, sound or not: its own run says what is wrong with it."""
    try:
        data = json.loads(path.read_bytes())
    except ValueError:
        return False
    return isinstance(data, dict) and str(data.get("format", "")).startswith("visit-problem/")
