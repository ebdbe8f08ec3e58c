"""Runs that have ended, put into a database as the engine would."""

from __future__ import annotations

from api.storage import plans
from api.storage.database import Database
from models.plan import Plan


def finished(database: Database, token: str, problem: str, plan: Plan) -> str:
    """A run that has ended with ``plan``."""
    request = {"seconds": 1.0, "gap": None, "seed": 1, "deterministic": True}
    row, _ = plans.accept(database, token, problem, request, None, plans.Room(50, 50))
    run = plans.start(database, row.id)
    assert run is not None
    assert plans.finish(database, row.id, run.attempt, plan)
    return row.id
