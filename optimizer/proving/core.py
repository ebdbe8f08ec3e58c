"""The constraint-programming core in the main job: CP-SAT puts a plan together from the tours and crews that the search
has driven, under every rule and at the whole cost, from the plan at hand.

Of the pool it takes the columns of least reduced cost (:mod:`optimizer.proving.columns`): the plan at hand, and what
could be a part of a better one. The leads are chosen anew, or stand as they are. A call is bounded by the solver's
deterministic time, ends soon after it is told to stop, and never gives a dearer plan.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimizer.borrowing import borrowed
from optimizer.instance import Frame
from optimizer.pool import TourPool
from optimizer.search.annealing import load
from optimizer.search.state import Best, new_state
from optimizer.stopping import Stopped

#: columns that the linear programme prices: the last ones of the pool
MOST_PRICED = 8_000
#: columns that CP-SAT chooses among
MOST_CHOSEN = 2_000


class Core:
    """Better plans from the pool."""

    def __init__(self, frame: Frame, pool: TourPool, *, free_leads: bool = True) -> None:
        self.frame, self.inst, self.pool, self.free_leads = frame, frame.instance, pool, free_leads
        self._state = new_state(frame.instance)
        self._handle, self._rows = borrowed(frame.instance), borrowed(self._state)

    def improve(self, rows: Best, *, stop: Callable[[], bool], work: float | None) -> Best | None:
        """A cheaper plan than ``rows``; None where CP-SAT finds none within ``work`` seconds of its deterministic time,
        where given, or before ``stop``.
        """
        # ortools takes half a second to import
        from optimizer.proving.answering import Answering
        from optimizer.proving.choosing import Choice
        from optimizer.proving.columns import candidate, columns_of, prices_of, reduced_costs
        from optimizer.proving.rows import rows_of
        from optimizer.proving.running import complete, run

        inst = self.inst
        load(self._handle, self._rows, borrowed(rows))
        own = int((rows.size > 0).sum())
        columns = columns_of(self._state, inst, rows, self.pool, MOST_PRICED)
        if stop():
            return None
        dear = reduced_costs(inst, columns, prices_of(inst, self._handle, columns, rows.lead))
        dear[:own] = -np.inf  # the plan at hand is always among them
        chosen = [columns[j] for j in np.argsort(dear, kind="stable")[:MOST_CHOSEN]]
        frame = self.frame
        if not self.free_leads:
            frame = Frame(frame.problem, inst._replace(fixed_lead=rows.lead), frame.sunk)
        try:
            choice = Choice(frame, [candidate(inst, self._handle, tour) for tour in chosen], stop, frozenset())
        except Stopped:
            return None
        answering = Answering(choice)
        choice.close()
        told = [(choice.runs[t], t < own) for t in range(len(chosen))]
        told += [(takes, t < own and chosen[t].kind == kind) for (t, kind), takes in choice.takes.items()]
        told += [(lead, rows.lead[c] == o) for (c, o), lead in answering.lead.items()
                 if (c, int(rows.lead[c])) in answering.lead]  # fmt: skip
        if stop() or not complete(choice.model, told):
            return None
        solver, found, _ = run(choice.model, stop=stop, on_bound=lambda units: None, work=work)
        if not found:
            return None
        better = rows_of(self.frame, choice, answering, lambda literal: bool(solver.boolean_value(literal)))
        return better if better.cost[0] < rows.cost[0] - 1e-6 else None
