"""Parts of the search given from outside: ruin operators, and the rule by which a step is accepted.

The search's own steps run in machine code from end to end. With an :class:`Experiment` the loop over steps runs in
Python instead, and only what a step consists of is compiled: slower, but any callable can take part.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numba.core.dispatcher import Dispatcher

from models.problem import Problem
from optimizer.instance import Floats, Instance, Ints
from optimizer.search.annealing import note_unassigned, recreate
from optimizer.search.drawing import Dice, uniform
from optimizer.search.ruining import OPERATORS, ruin, send_home, take_out
from optimizer.search.state import Best, State, begin_step, remember, undo

#: (baht after the step, before it, of the best plan, temperature in baht, a number drawn from [0, 1)) -> keep it?
Accept = Callable[[float, float, float, float, float], bool]


def annealing(after: float, before: float, best: float, heat: float, draw: float) -> bool:
    """The search's own rule: what costs more is accepted the less often, the more it costs and the cooler it is."""
    return after < before - heat * math.log(1.0 - draw) + 1e-9


@dataclass(frozen=True, slots=True)
class RuinOperator:
    """A ruin operator of somebody's own; ``weight`` is how often it is drawn, where the search's own add up to 1.

    ``function`` is a Python function ``(work: Work, wanted: int)``, or one that numba compiled,
    ``(inst, state, dice, wanted)``; it takes out about ``wanted`` visits by ``take_out``.
    """

    name: str
    weight: float
    function: Callable[..., object]

    def __post_init__(self) -> None:
        if self.name in {operator.name for operator in OPERATORS}:
            raise ValueError(f"the search has an operator {self.name!r} of its own; choose another name")
        if not (math.isfinite(self.weight) and self.weight > 0):
            raise ValueError(f"the weight of {self.name!r} must be more than 0, not {self.weight!r}")
        if not callable(self.function):
            raise TypeError(f"the operator {self.name!r} is not a function: {self.function!r}")


@dataclass(frozen=True, slots=True)
class Experiment:
    """Parts of the search in the place of, or beside, its own. Own operators are off where ``Params`` says weight 0."""

    operators: tuple[RuinOperator, ...] = ()
    accept: Accept = annealing


@dataclass(slots=True)
class Work:
    """The plan in work, as an operator in Python sees it. Visits are numbered as in ``problem.visits``."""

    problem: Problem
    random: np.random.Generator
    state: State
    _handles: tuple[Instance, State] = field(repr=False)

    @property
    def planned(self) -> Ints:
        """Numbers of the visits that are planned [n]."""
        return np.flatnonzero(self.state.tour >= 0)

    def take_out(self, visit: int) -> bool:
        """Take a planned visit out; False where it must stay, being pinned or out already."""
        return bool(take_out(*self._handles, int(visit)))


class Trial:
    """An experiment on one searcher's plan."""

    def __init__(
        self, experiment: Experiment, problem: Problem, weights: Floats, seed: int,
        inst: Instance, state: State, handle: State,
    ) -> None:  # fmt: skip
        self._experiment = experiment
        self._inst, self._handle, self._state = inst, handle, state
        self._work = Work(problem, np.random.default_rng(seed), state, (inst, handle))
        own = [operator.weight for operator in experiment.operators]
        self._chances = np.concatenate([weights, np.array(own, dtype=float)])
        self._chances /= self._chances.sum()
        self._within = len(weights)

    def anneal(
        self, inst: Instance, dice: Dice, best: Best, best_cost: Floats, steps: int, heat: float, size: float,
        noise: float,
    ) -> None:  # fmt: skip
        """``steps`` steps at the temperature ``heat`` (baht), like :func:`optimizer.search.annealing.anneal`."""
        if not self._work.problem.visits:
            return
        self._inst, self._work._handles = inst, (inst, self._handle)
        state, cost = self._handle, self._state.cost
        for _ in range(steps):
            begin_step(state)
            before = float(cost[0])
            self._ruin(dice, size)
            recreate(inst, state, dice, noise)
            after = float(cost[0])
            if self._experiment.accept(after, before, float(best_cost[0]), heat, float(uniform(dice))):
                note_unassigned(inst, state)
                if after < best_cost[0] - 1e-7:
                    remember(state, best)
            else:
                undo(inst, state, before)

    def _ruin(self, dice: Dice, size: float) -> None:
        number = int(np.searchsorted(self._chances.cumsum(), uniform(dice), side="right"))
        if number < self._within:
            ruin(self._inst, self._handle, dice, size, number)
            return
        function = self._experiment.operators[min(number - self._within, len(self._experiment.operators) - 1)].function
        wanted = 1 + int(uniform(dice) * int(2 * size))
        if isinstance(function, Dispatcher):
            function(self._inst, self._handle, dice, wanted)
        else:
            function(self._work, wanted)
        send_home(self._inst, self._handle)
