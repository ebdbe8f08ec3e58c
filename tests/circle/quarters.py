"""Four quarters in a row on the sample: plan, made-up reports, the next quarter's tables; with the ledger and without.

    PYTHONPATH=.:tests python -m circle.quarters --seconds 20

Every plan is judged by the referee, every issue is followed from quarter to quarter, and at the end stands how far the
officers' hours of the whole year lie from their fair shares, with hours repaid (``next.repay`` 1) and without (0).
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.evaluation.evaluating import evaluate
from models.handbook.context import Context
from models.handbook.records import Records
from models.handbook.simulation import simulate
from models.intake import read_office
from models.next_quarter.making import next_quarter
from models.plan import Plan
from models.problem import Problem
from models.referee import violations
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import TimeLimit

SAMPLE = Path(__file__).parents[2] / "data" / "khonkaen"
#: the days of the quarters after the sample's own
FOLLOWING = (
    (dt.date(2012, 11, 1), dt.date(2013, 1, 31)), (dt.date(2013, 2, 1), dt.date(2013, 4, 30)),
    (dt.date(2013, 5, 1), dt.date(2013, 7, 31)), (dt.date(2013, 8, 1), dt.date(2013, 10, 31)),
)  # fmt: skip


@dataclass
class Year:
    """What four quarters came to: hours and fair shares by officer, and what each quarter was like."""

    hours: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    fair: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    quarters: list[str] = field(default_factory=list)

    @property
    def balances(self) -> dict[str, float]:
        """Hours of the year above the fair share, by officer; below it: negative."""
        return {id_: self.hours[id_] - fair for id_, fair in self.fair.items()}

    @property
    def mean_distance(self) -> float:
        """The mean of the balances without their sign, in hours."""
        return sum(abs(hours) for hours in self.balances.values()) / len(self.balances)

    def __str__(self) -> str:
        most = max(self.balances, key=self.balances.__getitem__)
        least = min(self.balances, key=self.balances.__getitem__)
        above, below = self.balances[most], -self.balances[least]
        return (
            f"mean distance from the fair share {self.mean_distance:.1f} h, most above {above:.1f} h ({most}), "
            f"most below {below:.1f} h ({least}), {sum(self.hours.values()):.0f} h in all"
        )


def office_with(repay: float, folder: Path) -> Path:
    """The sample with this share of hours repaid."""
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("reports", "sources", "*.py"))
    settings = folder / "office.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[travel]", f"[next]\nrepay = {repay}\n\n[travel]", 1), encoding="utf-8")
    return folder


def a_year(repay: float, seconds: float, folder: Path, seed: int = 2555, quarters: int = len(FOLLOWING)) -> Year:
    """So many quarters one after the other.

    Raises:
        AssertionError: a plan breaks a rule, or an issue came from nowhere or vanished.
    """
    year = Year()
    path = office_with(repay, folder / "quarter-1")
    levels: dict[str, dict[str, int]] = {}
    for number, (first, last) in enumerate(FOLLOWING[:quarters], start=1):
        book = read_office(path)
        plan = _solved(book.problem, seconds)
        broken = violations(book.problem, plan)
        assert not broken, [str(one) for one in broken]
        context = Context(plan, book.problem, book.office)
        handbook = simulate(context, seed + number, None, levels)
        records = Records(context, handbook, book.problem.workdays[-1])
        for one in evaluate(records).officers:
            year.hours[one.id] += one.hours
            year.fair[one.id] += one.fair
        levels = {id_: {a: judged[-1].level for a, judged in own.items()} for id_, own in records.condition.items()}
        made = next_quarter(path, plan, book.problem, handbook, first, last, book.problem.workdays[-1])
        path = folder / f"quarter-{number + 1}"
        path.mkdir()
        for name, text in made.files().items():
            (path / name).write_text(text, encoding="utf-8")
        year.quarters.append(_followed(records, {issue.id for issue in read_office(path).office.issues}, plan))
    return year


def _followed(records: Records, after: set[str], plan: Plan) -> str:
    before = {issue.id for issue in records.issues if issue.found is None}
    found = {issue.id for issue in records.issues if issue.found is not None}
    solved = {issue.id for issue in records.issues if issue.solved}
    assert after == (before | found) - solved, "an issue came from nowhere or vanished"
    return (
        f"{len(before)} issues, {len(found)} found, {len(solved)} solved, {len(after)} go on; "
        f"{len(plan.unplanned)} visits left out, {plan.cost.total:,.0f} baht"
    )


def _solved(problem: Problem, seconds: float) -> Plan:
    params = Params(seed=1, deterministic=True)
    return solve(problem, params=params, stop=TimeLimit(seconds))


def told(seconds: float, repays: Sequence[float]) -> Iterator[str]:
    """A year for each share of hours repaid, line by line."""
    for repay in repays:
        with tempfile.TemporaryDirectory() as folder:
            year = a_year(repay, seconds, Path(folder))
        for number, quarter in enumerate(year.quarters, start=1):
            yield f"repay {repay:g}, quarter {number}: {quarter}"
        yield f"repay {repay:g}, the year: {year}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--repay", type=float, nargs="*", default=[1.0, 0.0])
    asked = parser.parse_args()
    for line in told(asked.seconds, asked.repay):
        print(line, flush=True)  # noqa: T201  # what the command says
