"""A little plan that is mended over HTTP; the test plays the engine."""

from __future__ import annotations

from typing import Any

from api.runs.mending import mend
from api.storage import plans
from optimizer.params import Params
from optimizer.stopping import Cancel
from support.builders import cooperative, office, officer, on, plan, problem, tour, visit
from support.serving import Desk

STATED = problem(
    officers=[officer("a"), officer("b")],
    offices=[office(cars=1)],
    cooperatives=[cooperative("c1", 1), cooperative("c2", 2)],
    visits=[visit("c1-1"), visit("c2-1")],
    prices={"km": 1, "officer_day": 100, "unplanned": 1000, "moved": 10},
)
MADE = plan(STATED, tour(STATED, on(1), "a", ["c1-1"]), tour(STATED, on(2), "b", ["c2-1"]))
AWAY = {"kind": "absent", "officer": "a", "first": "2012-08-01", "last": "2012-08-02"}


def replan(desk: Desk, id_: str, body: dict[str, Any], **options: Any) -> Any:
    return desk("POST", f"/v1/plans/{id_}/replan", json=body, **options)


def mended(desk: Desk, id_: str, *, cancelled: bool = False, **body: Any) -> str:
    """The id of a replanning run that has ended: the test plays the engine, with the engine's own work."""
    answer = replan(desk, id_, {"changes": [AWAY], "seconds": 0.5} | body)
    assert answer.status_code == 202, answer.text
    run = plans.start(desk.service.database, answer.json()["id"])
    assert run is not None
    assert run.former is not None
    cancel = Cancel()
    if cancelled:
        cancel.cancel()
    *_, made = mend(run.former, run.request, Params(), cancel, lambda _: None)
    assert plans.propose(desk.service.database, run.id, run.attempt, made, cancelled)
    return run.id
