"""Plans that were made already, kept by what they were made from: a second look is instant."""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from pathlib import Path

from api.staging import write_text
from models.faults import InvalidInput
from models.plan import Plan
from models.problem import Problem
from models.reading import read_plan
from models.referee import violations
from optimizer.params import Params


def folder() -> Path:
    """Where plans are kept: ``PATITHIN_SHELF``, else a folder of the user's cache."""
    named = os.environ.get("PATITHIN_SHELF")
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(named) if named else Path(cache) / "patithin" / "plans"


def place(problem: Problem, params: Params, seconds: float) -> Path:
    """The file for the plan of this problem under these parameters and this limit."""
    made_from = f"{problem.hash} {params.model_dump_json()} {seconds:g} {version('patithin')}"
    return folder() / f"{hashlib.sha256(made_from.encode()).hexdigest()[:32]}.json"


def known(problem: Problem, params: Params, seconds: float) -> Plan | None:
    """The plan that is kept, judged again; None where there is none, or none that is sound."""
    path = place(problem, params, seconds)
    if not path.exists():
        return None
    try:
        plan = read_plan(path, problem)
    except InvalidInput:
        return None
    return None if violations(problem, plan) else plan


def keep(problem: Problem, params: Params, seconds: float, plan: Plan) -> None:
    """Keep a plan for the next look.

    Raises:
        InvalidInput: it cannot be written.
    """
    write_text(place(problem, params, seconds), plan.to_json())
