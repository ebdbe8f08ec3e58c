"""A plan from a file, taken at its tours and not at its word: one changed by hand states the cost it had before."""

from __future__ import annotations

from typing import Final

from models.costing import cost
from models.faults import Fault
from models.plan import Plan
from models.problem import Problem
from models.referee import is_above, is_stated, violations
from models.saying import Said, said

#: baht between cost and bound below which a claim of optimality is believed: times in files are whole seconds
_PROVEN: Final = 1.0
_ANEW: Final = said("It is reckoned anew from the tours.")
_DROPPED: Final = said("It is left out; plan anew for a new proof.")


def reckoned(problem: Problem, plan: Plan, where: str = "plan") -> tuple[Plan, list[Fault]]:
    """The plan with the cost that it has and no claim that does not hold; and a doubt for each thing stated otherwise.

    A plan that states all as it is comes back as it is. ``where`` names its file in the doubts.
    """
    true = cost(problem, plan)
    doubts: list[Fault] = []
    if wrong := [
        part for part in type(true).model_fields if not is_stated(getattr(plan.cost, part), getattr(true, part))
    ]:
        listed = ", ".join(f"{part} {getattr(plan.cost, part):,.2f} ≠ {getattr(true, part):,.2f}" for part in wrong)
        doubts.append(
            _doubt(where, "cost", said("It states another cost, in baht, than it has: {parts}.", parts=listed))
        )
        plan = plan.model_copy(update={"cost": true})
    bound, total = plan.lower_bound, plan.cost.total
    if bound is not None and is_above(bound, total):
        cause = said(
            "It is {bound} baht, and the plan costs less: {total} baht.", bound=f"{bound:,.2f}", total=f"{total:,.2f}"
        )
        doubts.append(_doubt(where, "lower_bound", cause))
        bound = None
        plan = plan.model_copy(update={"lower_bound": None})
    if plan.status == "optimal" and (bound is None or total - bound > _PROVEN or violations(problem, plan)):
        doubts.append(_doubt(where, "status", said("It is called optimal, and no proof says so any more.")))
        plan = plan.model_copy(update={"status": "feasible"})
    return plan, doubts


def _doubt(where: str, key: str, cause: Said) -> Fault:
    return Fault("value-doubtful", f"{where}, {key}", cause, _ANEW if key == "cost" else _DROPPED)
