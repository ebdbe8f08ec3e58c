"""A proposal to mend a plan: a whole plan, what it moves, and what is proven of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from models.plan import Plan
from optimizer.replanning.moves import Move

#: a kind that can be asked for; those of the frontier move "at-most" so many visits
Asked = Literal["least-disruption", "balanced", "cheapest"]
Kind = Literal[Asked, "at-most"]
#: the kinds that can be asked for, and every kind of proposal
ASKED: tuple[Asked, ...] = get_args(Asked)
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole plan for the disturbed problem.

    ``least`` is a proven lower bound on the visits that any plan moves, and ``proven`` whether this plan moves just so
    many and leaves out only what no plan can have.
    """

    kind: Kind
    plan: Plan
    moves: tuple[Move, ...]
    least: int
    proven: bool

    @property
    def lost(self) -> tuple[str, ...]:
        """The published visits that it leaves out."""
        return tuple(move.visit for move in self.moves if move.after is None)

    @property
    def running(self) -> float:
        """Baht without the price of the moves themselves."""
        return self.plan.cost.total - self.plan.cost.moved
