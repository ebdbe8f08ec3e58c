"""How good a plan is proven to be, in words that a planner understands: at most so many of 100 baht could be saved."""

from __future__ import annotations

from math import ceil
from typing import Final

from api.language.outlook import Curve, outlook
from api.language.wording import Wording
from models.plan import Plan

#: a gap above which a bound says nothing that helps
WORTH_TELLING: Final = 0.5
#: a gap below which there is little left to prove
SMALL: Final = 0.02


def at_most(gap: float, parts: int = 1000) -> float:
    """A ``gap`` as it is told everywhere, to the tenth of a percent: rounded up, so that no plan is farther off.

    ``parts``: those that one is rounded to, 10,000 where measures tell hundredths of a percent.
    """
    return ceil(parts * gap - 1e-6) / parts


def told_gap(plan: Plan) -> float | None:
    """How far the plan is from the best there is, at most, as a share of its cost; None where that helps nobody."""
    return None if plan.gap is None or plan.gap > WORTH_TELLING else at_most(plan.gap)


def proof(words: Wording, plan: Plan, curve: Curve | None = None) -> list[str]:
    """Sentences on what could still be saved at most, where that lies, and what would make it less.

    With the ``curve`` of the run that made the plan, the last of them follow from it.
    """
    gap = told_gap(plan)
    if plan.status == "optimal":
        return [words("proof_optimal")]
    if gap is None or plan.lower_bound is None:
        return [words("proof_unknown"), *(outlook(words, curve) or [words("proof_longer")])]
    saved = max(0.0, plan.cost.total - plan.lower_bound)
    tenths = round(1000 * gap)
    of_100 = words.number(tenths / 10, 1 if tenths % 10 else 0)
    said = [words("proof_saves", of_100=of_100, baht=words.number(saved), bound=words.number(plan.lower_bound))]
    if saved:
        said.append(_where(words, plan, saved))
        said += [words("proof_little")] if gap <= SMALL else outlook(words, curve) or [words("proof_longer")]
    return said


def _where(words: Wording, plan: Plan, saved: float) -> str:
    """Where most of it lies: not in leads if all that they cost is less than half of it."""
    leads = plan.cost.stand_in + plan.cost.overload + plan.cost.lead_change
    return words("proof_in_tours" if leads < saved / 2 else "proof_in_leads", leads=words.number(leads))
