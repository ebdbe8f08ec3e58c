"""CP-SAT as every part of the optimizer uses it."""

from __future__ import annotations

from ortools.sat.python import cp_model


def cp_sat() -> cp_model.CpSolver:
    """A solver of one worker that leaves Ctrl-C to the process.

    One worker repeats itself, and leaves the other core to the search. Its own handler of the signal would take the
    place of Python's, and leave none behind: the next Ctrl-C would end a notebook's kernel, or a command without its
    plan.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    return solver
