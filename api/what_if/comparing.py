"""Cases side by side: a table of what they cost and how surely they differ, and the visits behind the difference."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

import pandas as pd

from api.what_if.cases import SECONDS, Case
from api.what_if.frames import satang
from api.what_if.planned import Planned
from api.what_if.running import Effort, OnDone
from models import given
from models.costing import kilometres
from models.faults import InvalidInput
from models.plan import COST_PARTS, Plan
from models.problem import Problem
from models.saying import both
from optimizer.comparing.differences import differences
from optimizer.comparing.noise import verdicts
from optimizer.params import Params

if TYPE_CHECKING:
    from api.what_if.running import Cluster

#: the measure of what a change after publication costs
CHANGED = "baht, against the plan that stood"
#: columns of a table of runs that are no measures
KEYS = ("case", "seed")


def compare(
    base: Case | Planned,
    *cases: Case | Planned,
    seeds: int = 5,
    seconds: float = SECONDS,
    params: Params | None = None,
    workers: int | None = None,
    client: Cluster = None,
    on_done: OnDone | None = None,
) -> pd.DataFrame:
    """Each case against ``base``, a case or a plan of one: a row for each measure, the cases side by side.

    Columns: (case, "mean") and (case, "spread"), the standard deviation over ``seeds`` runs of ``seconds`` each;
    for the cases also (case, "change") of the mean and (case, "verdict"): higher, lower, within noise, or too few
    runs to say. In at most one of twenty tables is any verdict more than chance (see ``optimizer.comparing.noise``).
    The runs go side by side in this process, or on ``client``, and are kept for the next time. Ctrl-C gives up.
    """
    runs = runs_of(base, *cases, seeds=seeds, seconds=seconds, params=params, workers=workers, client=client,
                   on_done=on_done)  # fmt: skip
    measures = [column for column in runs.columns if column not in KEYS]
    samples = {str(name): group[measures].astype(float) for name, group in runs.groupby("case", sort=False)}
    columns: dict[tuple[str, str], Sequence[object]] = {}
    first = next(iter(samples))
    for name, mine in samples.items():
        columns[name, "mean"] = _shown(mine.mean())
        columns[name, "spread"] = _shown(mine.std(ddof=0))
        if name != first:
            columns[name, "change"] = _shown(mine.mean() - samples[first].mean())
            columns[name, "verdict"] = verdicts(samples[first].to_numpy(), mine.to_numpy(), len(samples) - 1)
    table = pd.DataFrame(columns, index=pd.Index(measures, name="measure"))
    table.columns = pd.MultiIndex.from_tuples(list(columns), names=["case", ""])
    return table


def runs_of(
    base: Case | Planned,
    *cases: Case | Planned,
    seeds: int = 5,
    seconds: float = SECONDS,
    params: Params | None = None,
    workers: int | None = None,
    client: Cluster = None,
    on_done: OnDone | None = None,
) -> pd.DataFrame:
    """Every run of the cases: a row for each case and seed, with its measures.

    Visits are placed otherwise than in ``base`` where that is a plan, else than in its first run. Where a case is a
    replanned one, ``baht, against the plan that stood`` is what its change costs, by its own account; 0 for the others.
    """
    all_cases = [case_of(one, "compare") for one in (base, *cases)]
    standing = base.plan if isinstance(base, Planned) else None
    names = names_of(all_cases)
    effort = Effort(seeds, seconds, params, workers, client, on_done)
    made = effort.plans([case.problem for case in all_cases])
    standing = standing or made[0][2]
    replanned = any(case.stood is not None for case in all_cases)
    rows = []
    for index, seed, plan in made:
        problem, stood = all_cases[index].problem, all_cases[index].stood
        row: dict[str, object] = {"case": names[index], "seed": seed}
        row |= measures_of(problem, plan) | {"visits placed otherwise": _moved(standing, plan)}
        if replanned:
            row[CHANGED] = satang(plan.cost.total - stood.total) if stood is not None else 0.0
        rows.append(row)
    return pd.DataFrame(rows)


def measures_of(problem: Problem, plan: Plan) -> dict[str, float]:
    """What is compared: baht in all and by part, workdays late by priority, kilometres, tours, hours of work."""
    measures: dict[str, float] = {"baht, in all": satang(plan.cost.total)}
    measures |= {
        f"baht, {_PARTS.get(part, part.replace('_', ' '))}": satang(getattr(plan.cost, part)) for part in COST_PARTS
    }
    late = dict.fromkeys(range(5, 0, -1), 0)
    hours = {officer.id: 0.0 for officer in problem.officers}
    for tour in plan.tours:
        for stop in tour.stops:
            visit = problem.visit_by_id[stop.visit]
            late[visit.priority] += problem.late_workdays(visit, tour.date)
        for officer in tour.crew:
            hours[officer] += tour.worked / 60
    measures |= {f"late workdays, priority {priority}": float(days) for priority, days in late.items()}
    work = list(hours.values()) or [0.0]
    return measures | {
        "visits left out": float(len(plan.unplanned)),
        "tours": float(len(plan.tours)),
        "kilometres": sum(kilometres(problem, tour) for tour in plan.tours),
        "hours, mean": fmean(work),
        "hours, most": max(work),
        "hours, spread": pstdev(work),
    }


def _shown(values: pd.Series[float]) -> list[float]:
    """The values of a column of the table, baht to the satang."""
    return [satang(value) if str(name).startswith("baht") else value for name, value in values.items()]


#: what a part of the cost is called where "km" would be taken for a distance
_PARTS = {"km": "driving", "late": "lateness", "unplanned": "visits left out"}


def traced(
    base: Case | Planned, case: Case | Planned, *, seed: int = 1, seconds: float = SECONDS,
    params: Params | None = None, workers: int | None = None, client: Cluster = None,
) -> pd.DataFrame:  # fmt: skip
    """The visits behind the difference of two cases, or of plans of them: where each stands in the one and the other.

    Of a case the plan of ``seed`` is taken, as :func:`compare` made it.
    """
    before, after = (
        one
        if isinstance(one, Planned)
        else case_of(one, "traced").plan(seconds, seed, params=params, workers=workers, client=client)
        for one in (base, case)
    )
    found = differences(before.plan, after.plan, after.problem, before.problem)
    names = {id_: row["name"] for frame in (before.visits, after.visits) for id_, row in frame.iterrows()}
    rows = [
        {
            "visit": one.visit,
            "cooperative": names.get(one.visit, one.cooperative),
            "what": ", ".join(one.kinds),
            "before": pd.Timestamp(one.before.date) if one.before else pd.NaT,
            "after": pd.Timestamp(one.after.date) if one.after else pd.NaT,
            "crew before": " ".join(one.before.crew) if one.before else "",
            "crew after": " ".join(one.after.crew) if one.after else "",
        }
        for one in found.visits
    ]
    columns = ["visit", "cooperative", "what", "before", "after", "crew before", "crew after"]
    return pd.DataFrame(rows, columns=columns).set_index("visit")


def case_of(one: object, where: str) -> Case:
    """The case that ``one`` is, or is a plan of.

    Raises:
        InvalidInput: it is neither.
    """
    if isinstance(one, Case | Planned):
        return one.case if isinstance(one, Planned) else one
    remedy = both("Give cases: load(...), or what_if(...) of one.", "ระบุกรณี: load(...) หรือ what_if(...)")
    if isinstance(one, list | tuple) and all(isinstance(each, Case | Planned) for each in one):
        remedy = both("Give them one by one: compare(base, *cases).", "ระบุทีละกรณี: compare(base, *cases)")
    raise InvalidInput([given.refused(one, where, remedy)])


def _moved(standing: Plan, plan: Plan) -> float:
    """Visits on another day than in the first run of the base, or with another crew."""
    was = {stop.visit: (tour.date, tour.crew) for tour in standing.tours for stop in tour.stops}
    now = {stop.visit: (tour.date, tour.crew) for tour in plan.tours for stop in tour.stops}
    return float(sum(was.get(visit) != now.get(visit) for visit in was.keys() | now.keys()))


def names_of(cases: Sequence[Case]) -> list[str]:
    """Names that tell the cases apart."""
    names: list[str] = []
    for case in cases:
        name, number = case.name, 2
        while name in names:
            name, number = f"{case.name} ({number})", number + 1
        names.append(name)
    return names
