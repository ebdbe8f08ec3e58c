"""The optimum of a small problem, proven: every tour that can be is listed, and CP-SAT chooses among them.

See ``docs/proving.md``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimizer.instance import Frame
from optimizer.proving.candidates import Candidate, TooLarge, candidate_tours
from optimizer.search.state import Best
from optimizer.stopping import Stopped

#: candidate tours beyond which a problem is not small
MOST_TOURS = 20_000
#: rides (a candidate tour and an officer who could ride on it) beyond which a problem is not small
MOST_RIDES = 40_000


def prove(
    frame: Frame,
    *,
    stop: Callable[[], bool],
    hint: Best | None = None,
    on_bound: Callable[[float], None] | None = None,
    work: float | None = None,
) -> tuple[Best | None, float | None]:
    """The best rows found and a proven lower bound on every plan's cost, both in baht without ``frame.sunk``.

    Either is None where there is none: nothing is claimed of a problem that is not small or has no plan at all. Where
    both meet within 0.005 baht, the rows are an optimum.
    ``hint``: a plan to start from; it may be lost. ``on_bound``
    is told each better bound, from another thread. Ends soon after ``stop`` becomes true, or after ``work`` seconds of
    the solver's deterministic time; where ``stop`` stays false, equal calls give equal answers.

    Raises:
        InvalidInput: pins of the problem cannot all stand.
    """
    try:
        tours = candidate_tours(frame, MOST_TOURS, stop)
        if _rides(frame, tours) > MOST_RIDES:
            return None, None
        return _choose(frame, tours, stop, hint, on_bound, work)
    except (TooLarge, Stopped):
        return None, None


def _rides(frame: Frame, tours: list[Candidate]) -> int:
    """Rides that the model would have at most."""
    people = np.bincount(frame.instance.base, minlength=len(frame.instance.depot))
    return sum(int(people[tour.office]) for tour in tours)


def _choose(
    frame: Frame, tours: list[Candidate], stop: Callable[[], bool], hint: Best | None,
    on_bound: Callable[[float], None] | None, work: float | None,
) -> tuple[Best | None, float | None]:  # fmt: skip
    # ortools takes half a second to import, and most problems are not small
    from optimizer.proving.answering import Answering
    from optimizer.proving.choosing import Choice
    from optimizer.proving.rows import hints, rows_of
    from optimizer.proving.running import run

    choice = Choice(frame, tours, stop)
    answering = Answering(choice)
    scale = choice.close()
    if hint is not None:
        for literal, value in hints(frame, choice, answering, hint):
            choice.model.add_hint(literal, value)
    bounds: list[float] = []

    def better(units: float) -> None:
        if units > 0:  # that no plan costs less than nothing needs no proof
            bounds.append(units / scale)
            if on_bound is not None:
                on_bound(max(bounds))

    solver, found, optimal = run(choice.model, stop=stop, on_bound=better, work=work)
    if not found:
        return None, max(bounds, default=None)
    rows = rows_of(frame, choice, answering, lambda literal: bool(solver.boolean_value(literal)))
    if optimal:
        bounds.append(solver.objective_value / scale)
    return rows, max(bounds, default=None)
