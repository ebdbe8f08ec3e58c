"""Plans that were made already, kept by what they were made from: a second look is instant."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from platformdirs import user_cache_path

from api.staging import write_text
from models.faults import InvalidInput
from models.plan import Plan
from models.problem import Problem
from models.reading import read_plan
from models.referee import violations
from optimizer.params import Params
from optimizer.sources import source_hash


def folder() -> Path:
    """Where plans are kept: ``PATITHIN_SHELF``, else a folder of the user's cache."""
    named = os.environ.get("PATITHIN_SHELF")
    return Path(named) if named else user_cache_path("patithin", appauthor=False) / "plans"


def place(problem: Problem, params: Params, seconds: float) -> Path:
    """The file for the plan of this problem under these parameters and this limit, by these sources."""
    made_from = f"{problem.hash} {params.model_dump_json()} {seconds:g} {source_hash()}"
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
    """Keep a plan for the next look, where there is a place to keep it."""
    try:
        write_text(place(problem, params, seconds), plan.to_json())
    except InvalidInput:  # nothing can be written: the next look plans again
        return
