"""CP-SAT at work: stopped from outside within a moment, telling each better bound, repeatable where asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait

from ortools.sat.python import cp_model

from optimizer.cpsat import cp_sat

#: seconds between two looks at the stop criterion
LOOK = 0.05


def run(
    model: cp_model.CpModel, *, stop: Callable[[], bool], on_bound: Callable[[float], None], work: float | None
) -> tuple[cp_model.CpSolver, bool, bool]:
    """The solver after it has worked on ``model``, whether it has a solution, and whether that one is optimal.

    ``on_bound`` is told each better bound on the objective, from the solver's thread. ``work``: seconds at most of the
    solver's deterministic time, which depends on no clock.

    Raises:
        ValueError: the solver does not accept the model: a defect of who made it.
    """
    solver = cp_sat()
    parameters = solver.parameters
    parameters.random_seed = 1
    # Tours are tied together by their linear relaxation: all of it from the start proves in a few seconds what guessing
    # (probing, the default) does not.
    parameters.linearization_level = 2
    parameters.cp_model_probing_level = 0
    parameters.cp_model_use_sat_presolve = False
    if work is not None:
        parameters.max_deterministic_time = work
    solver.best_bound_callback = on_bound
    with ThreadPoolExecutor(1) as pool:
        solving = pool.submit(solver.solve, model)
        while not wait([solving], LOOK).done:
            if stop():
                solver.stop_search()  # lost where the solver has not begun: said again at the next look
        status = solving.result()
    if status == cp_model.MODEL_INVALID:
        raise ValueError(model.validate())
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return solver, found, status == cp_model.OPTIMAL


def complete(model: cp_model.CpModel, told: Iterable[tuple[cp_model.IntVar, bool]]) -> bool:
    """Hint at a whole solution of ``model`` in which the variables ``told`` have these values; False where none has.

    What is hinted only in part may be lost: here everything else follows first. The model has no hint yet.
    """
    known: set[int] = set()
    for literal, value in told:
        if literal.index not in known:
            known.add(literal.index)
            model.add_hint(literal, value)
    solver = cp_sat()
    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.max_deterministic_time = 1.0
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return False
    for index, value in enumerate(solver.response_proto.solution):
        if index not in known:
            model.proto.solution_hint.vars.append(index)
            model.proto.solution_hint.values.append(value)
    return True
