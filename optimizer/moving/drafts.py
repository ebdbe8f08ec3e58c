"""A plan after a planner's moves: what became of it, which rules it breaks, and what it costs more or less."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.costing import cost
from models.faults import InvalidInput
from models.moves import Move
from models.plan import COST_PARTS, Plan
from models.problem import Problem
from models.referee import Violation, violations
from optimizer.comparing.differences import Differences, differences
from optimizer.moving.hands import Hands
from optimizer.why.slots import Slots


@dataclass(frozen=True, slots=True)
class Draft:
    """A child of a plan.

    ``problem`` is the parent's, without the pins that were taken off. ``pins``: the visits to stay where the draft has
    them when the rest is planned around them. ``broken``: every rule it breaks; a draft may break rules, but only one
    that breaks none can be published. ``parts``: baht more than the parent, by part of the cost, ``total`` among them.
    """

    problem: Problem
    plan: Plan
    pins: tuple[str, ...]
    broken: tuple[Violation, ...]
    parts: dict[str, float]
    differences: Differences

    @property
    def sound(self) -> bool:
        """Whether it breaks no rule."""
        return not self.broken


def apply(
    problem: Problem,
    plan: Plan,
    moves: Sequence[Move],
    *,
    pins: Iterable[str] = (),
    slots: Slots | None = None,
) -> Draft:
    """The draft that ``moves``, done one after the other, make of ``plan``.

    A tour that is touched is laid out anew: starts stay where they can, and others are shifted by as little as the
    drives need. What no move speaks of stays as it is.

    Args:
        problem: the problem of the plan.
        plan: the parent; it may break rules itself.
        moves: what the planner does.
        pins: visits that were pinned by hand before, in the parent.
        slots: the slots of this very problem and plan, where they are at hand.

    Raises:
        InvalidInput: with every move that names what is not there, or moves what is history.
    """
    hands = Hands(problem, plan, pins, slots)
    for number, move in enumerate(moves):
        hands.do(move, f"moves[{number}]")
    if hands.faults:
        raise InvalidInput(hands.faults)
    return drafted(hands.problem, plan, hands.plan, hands.pins)


def drafted(problem: Problem, parent: Plan, plan: Plan, pins: Iterable[str]) -> Draft:
    """All there is to say of ``plan``, made by hand from ``parent``; ``problem`` is the draft's."""
    before = parent.model_copy(update={"cost": cost(problem, parent)})
    return Draft(
        problem=problem,
        plan=plan,
        pins=tuple(pins),
        broken=tuple(violations(problem, plan)),
        parts={part: getattr(plan.cost, part) - getattr(before.cost, part) for part in (*COST_PARTS, "total")},
        differences=differences(before, plan, problem),
    )
