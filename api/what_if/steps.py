"""The steps from an office as it is to a case of it, in the order in which they were asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.what_if.origins import OPTIONS, ProblemOrigin, TableOrigin
from models import given
from models.faults import InvalidInput
from models.office import Office
from models.problem import Problem
from models.saying import both
from optimizer.comparing import cases as changes
from optimizer.comparing.horizons import require_order, require_workdays

Edit = Callable[[Problem], Problem]


@dataclass(frozen=True)
class Step:
    """What it is called, and what it makes of a problem; ``today``: the day before which, by it, all is past."""

    label: str
    edit: Edit
    today: dt.date | None = None


#: argument of what_if -> what is made of a problem with what was read; districts are a matter of names
CHANGES: dict[str, Callable[[Problem, Any], Problem]] = {
    "officers": changes.with_officers,
    "topics": changes.with_topics,
    "cars": changes.with_cars,
    "without_officers": changes.without_officers,
    "without_cars": changes.without_cars,
    "prices": changes.with_prices,
    "absent": changes.with_absences,
    "travel": changes.with_travel,
    "durations": changes.with_durations,
    "windows": changes.with_windows,
    "slack": changes.with_slack,
    "add": changes.with_visits,
    "drop": changes.without_visits,
    "districts": lambda problem, _: problem,
}


def stepped(
    origin: TableOrigin | ProblemOrigin, horizon: Mapping[str, dt.date], steps: Sequence[Step]
) -> tuple[Problem, Office | None]:
    """The problem of the origin in a horizon with every step, and its names.

    Raises:
        InvalidInput: the horizon holds no workday, or a step cannot be made in it.
    """
    require_order(horizon, OPTIONS.__getitem__)
    problem, office = origin.book(horizon)
    require_workdays(problem, horizon, OPTIONS.__getitem__)
    for step in steps:
        problem = step.edit(problem)
    return problem, office


def edited(edit: Edit, problem: Problem) -> Problem:
    """What a function of the caller's makes of a problem.

    Raises:
        InvalidInput: no problem comes of it, or it is no function.
    """
    name = getattr(edit, "__name__", None) or repr(edit)
    remedy = both("Give a function from a problem to a problem.", "ระบุฟังก์ชันที่รับโจทย์และคืนโจทย์")
    if not callable(edit):
        raise InvalidInput([given.refused(edit, "what_if", remedy)])
    made = edit(problem)
    if not isinstance(made, Problem):
        raise InvalidInput([given.refused(made, f"what_if, {name}", remedy)])
    return made


def applied(change: Callable[[Problem, Any], Problem], value: Any, problem: Problem) -> Problem:
    """What a change makes of a problem, with what was read for it."""
    return change(problem, value)
