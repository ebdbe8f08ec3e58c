"""Cases side by side: a table of what they cost and how surely they differ, and the visits behind the difference."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, pstdev

import pandas as pd

from api.what_if.cases import Case, case_of
from api.what_if.running import OnDone, Run, plans_of
from models.plan import COST_PARTS, Plan
from models.problem import Problem
from optimizer.comparing.differences import differences
from optimizer.comparing.noise import verdict

_SECONDS = 10.0


def compare(
    base: Case | Plan, *cases: Case, seeds: int = 5, seconds: float = _SECONDS, on_done: OnDone | None = None
) -> pd.DataFrame:
    """Each case against ``base``, a case or the plan of one: a row for each measure, the cases side by side.

    Columns: (case, "mean") and (case, "spread"), the standard deviation over ``seeds`` runs of ``seconds`` each;
    for the cases also (case, "change") of the mean and (case, "verdict"): higher, lower, within noise, or too few
    runs to say (four at least). The runs go side by side on the embedded cluster and are kept for the next time.
    """
    first_case, standing = (case_of(base), base) if isinstance(base, Plan) else (base, None)
    runs = runs_of(first_case, *cases, seeds=seeds, seconds=seconds, on_done=on_done, standing=standing)
    measures = [column for column in runs.columns if column not in ("case", "seed")]
    columns: dict[tuple[str, str], list[object]] = {}
    samples = {str(name): group for name, group in runs.groupby("case", sort=False)}
    names = list(samples)
    for name in names:
        mine = samples[name]
        columns[name, "mean"] = [fmean(mine[key]) for key in measures]
        columns[name, "spread"] = [pstdev(mine[key]) for key in measures]
        if name != names[0]:
            first = samples[names[0]]
            columns[name, "change"] = [fmean(mine[key]) - fmean(first[key]) for key in measures]
            columns[name, "verdict"] = [verdict(list(first[key]), list(mine[key])) for key in measures]
    table = pd.DataFrame(columns, index=pd.Index(measures, name="measure"))
    table.columns = pd.MultiIndex.from_tuples(list(columns), names=["case", ""])
    return table


def runs_of(
    *cases: Case,
    seeds: int = 5,
    seconds: float = _SECONDS,
    on_done: OnDone | None = None,
    standing: Plan | None = None,
) -> pd.DataFrame:
    """Every run of the cases: a row for each case and seed, with its measures.

    Visits are placed otherwise than in ``standing``, else than in the first run.
    """
    names = _names(cases)
    runs = [Run(case.problem, seed, seconds) for case in cases for seed in range(1, seeds + 1)]
    plans = plans_of(runs, on_done)
    standing = standing or plans[0]
    rows = []
    for number, (run, plan) in enumerate(zip(runs, plans, strict=True)):
        row: dict[str, object] = {"case": names[number // seeds], "seed": run.seed}
        rows.append(row | measures_of(run.problem, plan) | {"visits placed otherwise": _moved(standing, plan)})
    return pd.DataFrame(rows)


def measures_of(problem: Problem, plan: Plan) -> dict[str, float]:
    """What is compared: the cost by part (baht), lateness by priority (workdays), km, tours, workload (hours)."""
    measures: dict[str, float] = {"total": plan.cost.total}
    measures |= {part: getattr(plan.cost, part) for part in COST_PARTS}
    late = dict.fromkeys(range(5, 0, -1), 0)
    for tour in plan.tours:
        for stop in tour.stops:
            visit = problem.visit_by_id[stop.visit]
            late[visit.priority] += problem.late_workdays(visit, tour.date)
    measures |= {f"late workdays, priority {priority}": float(days) for priority, days in late.items()}
    km = problem.travel.km
    driven = 0.0
    hours = {officer.id: 0.0 for officer in problem.officers}
    for tour in plan.tours:
        places = [problem.office_by_id[tour.office].location]
        places += [problem.cooperative_by_id[problem.visit_by_id[s.visit].cooperative].location for s in tour.stops]
        driven += sum(km[a][b] for a, b in zip(places, [*places[1:], places[0]], strict=True))
        for officer in tour.crew:
            hours[officer] += tour.worked / 60
    work = list(hours.values()) or [0.0]
    return measures | {
        "visits left out": float(len(plan.unplanned)),
        "tours": float(len(plan.tours)),
        "kilometres": driven,
        "hours, mean": fmean(work),
        "hours, most": max(work),
        "hours, spread": pstdev(work),
    }


def traced(base: Case | Plan, case: Case | Plan, *, seed: int = 1, seconds: float = _SECONDS) -> pd.DataFrame:
    """The visits behind the difference of two cases, or of plans of them: where each stands in the one and the other.

    Of a case the plan of ``seed`` is taken, as :func:`compare` made it.
    """
    cases = [case_of(one) if isinstance(one, Plan) else one for one in (base, case)]
    runs = [Run(one.problem, seed, seconds) for one in (base, case) if isinstance(one, Case)]
    made = iter(plans_of(runs, lambda done, total: None))
    before, after = (one if isinstance(one, Plan) else next(made) for one in (base, case))
    found = differences(before, after, cases[1].problem, cases[0].problem)
    names = {row.id: row.name_en or row.name_th for row in cases[1].office.cooperatives}
    rows = [
        {
            "visit": one.visit,
            "cooperative": names.get(one.cooperative, one.cooperative),
            "what": ", ".join(one.kinds),
            "before": one.before.date if one.before else None,
            "after": one.after.date if one.after else None,
            "crew before": " ".join(one.before.crew) if one.before else "",
            "crew after": " ".join(one.after.crew) if one.after else "",
        }
        for one in found.visits
    ]
    columns = ["visit", "cooperative", "what", "before", "after", "crew before", "crew after"]
    return pd.DataFrame(rows, columns=columns).set_index("visit")


def _moved(standing: Plan, plan: Plan) -> float:
    """Visits on another day than in the first run of the base, or with another crew."""
    was = {stop.visit: (tour.date, tour.crew) for tour in standing.tours for stop in tour.stops}
    now = {stop.visit: (tour.date, tour.crew) for tour in plan.tours for stop in tour.stops}
    return float(sum(was.get(visit) != now.get(visit) for visit in was.keys() | now.keys()))


def _names(cases: Sequence[Case]) -> list[str]:
    """Names that tell the cases apart."""
    names: list[str] = []
    for case in cases:
        name, number = case.name, 2
        while name in names:
            name, number = f"{case.name} ({number})", number + 1
        names.append(name)
    return names
