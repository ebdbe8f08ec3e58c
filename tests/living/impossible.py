"""Random small problems: what is called impossible, late in every plan or the fewest moves, against exhaustion."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from support.exhaustive import optimum
from support.strategies import tiny_problems

from models.problem import Prices, Problem, Visit
from models.referee import moved
from optimizer.params import Params
from optimizer.replanning.keeping import keeping
from optimizer.solving import solve
from optimizer.stopping import StepLimit
from optimizer.why.alone import Alone
from optimizer.why.explaining import explain

#: verdicts that claim nothing of other plans
UNPROVEN = ("no-slot", "late-no-slot")
PARAMS = Params(deterministic=True, workers=1)


def measure(*, number: int, start: int) -> dict[str, Any]:
    """The figures of ``number`` problems, whose draws begin at ``start``."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []

    @seed(start)
    @settings(
        max_examples=number, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=HealthCheck
    )
    @given(tiny_problems())
    def judge(p: Problem) -> None:
        counts["problems"] += 1
        wrong.extend(f"{fault} in {p.to_json()}" for fault in faults(p, counts))

    judge()
    return {**counts, "wrong": wrong}


def faults(p: Problem, counts: Counter[str]) -> list[str]:
    """What is said wrongly of one problem; ``counts`` what was said and held against the truth."""
    found = []
    alone = Alone(p)
    made = solve(p, PARAMS, StepLimit(60))
    for visit in p.visits:
        verdict = explain(p, made, visit, seconds=0, params=PARAMS).verdict.code
        never = alone.impossible(visit) is not None
        counts["visits"] += 1
        counts["called impossible"] += never
        if (verdict == "impossible") != (never and visit.id in {left.visit for left in made.unplanned}):
            found.append(f"{visit.id}: the verdict is {verdict}, and each day forbidden: {never}")
        counts["called late in every plan"] += verdict == "late-in-every-plan"
        counts["only not found"] += verdict in UNPROVEN
        if never or verdict == "late-in-every-plan" or verdict in UNPROVEN:
            possible = has_a_place(p, visit, visit.due if verdict.startswith("late") else None)
            counts["only not found, and truly impossible"] += not possible and verdict in UNPROVEN
            if possible and verdict not in UNPROVEN:
                found.append(f"{visit.id}: {verdict}, and yet a plan has it")
    if p.published is not None:
        best = optimum(p.changed(prices=Prices(moved=1, moved_soon=1)))
        least = keeping(p, alone).least
        fewest = len(moved(p, best)) if best else 0
        counts["published plans"] += 1
        counts["fewest moves met"] += least == fewest
        if best is None or least > fewest:
            found.append(f"{least} moves are called the fewest, and a plan moves {fewest}")
    return found


def has_a_place(p: Problem, visit: Visit, by: dt.date | None) -> bool:
    """Whether any plan at all has the visit, by a date where one is given; others may be left out for it."""
    wanted = tuple(
        one.model_copy(update={"priority": 5, "latest": min(filter(None, (by, one.latest)), default=None)})
        if one.id == visit.id
        else one.model_copy(update={"priority": 1})
        for one in p.visits
    )
    if by is not None and visit.earliest is not None and visit.earliest > by:
        return False  # such a range is no sound problem, and plainly empty
    best = optimum(p.changed(visits=wanted, prices=Prices(unplanned=1)))
    if best is None and by is None:
        raise AssertionError("a problem without any plan")
    # pinned or bound to a rhythm that has begun: the visit has its day, and no plan at all has another
    return best is not None and visit.id not in {left.visit for left in best.unplanned}
