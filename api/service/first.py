"""The first plan of an office that the service was started with: whoever opens the page finds it planned."""

from __future__ import annotations

from sqlalchemy import select

from api.storage import plans
from api.storage.database import Database
from api.storage.tables import PLANNER, StoredPlan
from api.storage.tokens import create_token, revoke_token

#: whose run it is; nobody comes in as this
NAME = "patithin serve"


def plan_first(database: Database, problem: str, seconds: float) -> None:
    """Accept a run for a problem that nobody had planned so far; the engine begins it when it is there."""
    with database.read() as session:
        if session.scalar(select(StoredPlan.id).where(StoredPlan.problem_id == problem).limit(1)) is not None:
            return
    token, _ = create_token(database, NAME, PLANNER)
    revoke_token(database, token.id)
    request = {"seconds": seconds, "gap": None, "seed": 1, "deterministic": False}
    plans.accept(database, token.id, problem, request, None, plans.Room(all=1_000_000, each=1_000_000))
