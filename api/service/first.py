"""The first plan of an office that the service was started with: whoever opens the page finds it planned."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import select

from api.logs import log
from api.storage import plans
from api.storage.database import Database
from api.storage.problems import Stated
from api.storage.publications import Overtaken, publication, publish
from api.storage.reports import put_report
from api.storage.tables import PLANNER, StoredPlan
from api.storage.tokens import create_token, revoke_token
from models.faults import InvalidInput

#: whose run it is; nobody comes in as this
NAME = "patithin serve"
#: the folder within a sample office that holds a plan of it and its made-up reports
REPORTS: Final = "reports"


def plan_first(database: Database, problem: str, seconds: float) -> None:
    """Accept a run for a problem that nobody had planned so far; the engine begins it when it is there."""
    with database.read() as session:
        if session.scalar(select(StoredPlan.id).where(StoredPlan.problem_id == problem).limit(1)) is not None:
            return
    request = {"seconds": seconds, "gap": None, "seed": 1, "deterministic": False}
    plans.accept(database, _nobody(database), problem, request, None, _ROOM)


_ROOM: Final = plans.Room(all=1_000_000, each=1_000_000)


def _nobody(database: Database) -> str:
    """A token that lets nobody in."""
    token, _ = create_token(database, NAME, PLANNER)
    revoke_token(database, token.id)
    return token.id


def report_first(database: Database, problem: str, stated: Stated, folder: Path) -> bool:
    """Publish the plan that lies with a sample office, and file its reports; whether that was done.

    Only of an office whose cooperatives and officers are made up, and only where nothing is published yet. What does
    not fit the tables (any more) is left out, and the log says why.
    """
    from models.handbook.context import Context
    from models.handbook.reading import read_handbook
    from models.reading import read_plan
    from models.referee import violations

    paths = folder / "plan.json", folder / "handbook.json"
    if stated.office is None or not stated.office.illustrative or not all(path.exists() for path in paths):
        return False
    with database.read() as session:
        if publication(session) is not None:
            return False
    try:
        plan = read_plan(paths[0], stated.problem)
        handbook = read_handbook(paths[1], Context(plan, stated.problem, stated.office))
    except InvalidInput as error:
        log().warning("sample reports left out", faults=len(error.faults), first=str(error.faults[0]))
        return False
    if broken := violations(stated.problem, plan):
        log().warning("sample reports left out", faults=len(broken), first=str(broken[0]))
        return False
    token = _nobody(database)
    request = {"seconds": 1.0, "gap": None, "seed": 1, "deterministic": True}
    row, _ = plans.accept(database, token, problem, request, None, _ROOM)
    run = plans.start(database, row.id)
    if run is None or not plans.finish(database, row.id, run.attempt, plan):
        return False
    try:
        publish(database, row.id, token, 0)
    except Overtaken:
        return False
    for report in handbook.reports:
        put_report(
            database, stated.problem.workdays[0], report.visit, report.model_dump_json(exclude_none=True), token, 0
        )
    return True
